"""The highlights of a text that stand in it, ready to be looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from operator import attrgetter
from weakref import ref

from desktop_app.core.highlights import Highlight, MarkStyle, Place

_START, _END = attrgetter("place.start"), attrgetter("place.end")

FAN = 16
LANES = 4  # bars that stand side by side in the margin


class Marks:
    """Highlights in order of their places; those that are lost are not among them."""

    def __init__(self, highlights: Sequence[Highlight] = ()) -> None:
        self.all = tuple(highlights)
        found = [each for each in self.all if each.place is not None]
        starts = list(map(_START, found))
        ends = list(map(_END, found))
        # One number each, by start, then the longer, then the older: ten thousand in a moment.
        keys = [
            (start << 80) - (end << 40) + each.id
            for start, end, each in zip(starts, ends, found, strict=True)
        ]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.placed = tuple([found[index] for index in order])
        self._starts = [starts[index] for index in order]
        self._reach = _reaches([ends[index] for index in order])
        self._by_id: dict[int, Highlight] | None = None
        self._lanes: dict[int, int] | None = None
        self._base: ref[Marks] | None = None
        self._added: Place | None = None

    def added_to(self, others: Marks) -> Place | None:
        """The place of what was added, where these are others and one more; else None."""
        made_from = self._base() if self._base is not None else None
        return self._added if made_from is others else None

    def with_one(self, made: Highlight) -> Marks:
        """These and one more, without looking at all of them again."""
        if made.place is None:
            return Marks((*self.all, made))
        more = Marks()
        more._base, more._added = ref(self), made.place
        more.all = (*self.all, made)
        start, end = made.place.start, made.place.end
        index = bisect_left(self._starts, start)
        ends = self._reach[0]
        while index < len(ends) and self._starts[index] == start and ends[index] >= end:
            index += 1
        more.placed = (*self.placed[:index], made, *self.placed[index:])
        more._starts = [*self._starts[:index], start, *self._starts[index:]]
        more._reach = _reaches([*ends[:index], end, *ends[index:]])
        if self._lanes is not None:
            more._lanes = dict(self._lanes)
            if made.style is MarkStyle.BAR:
                beside = {self.lane(each) for each in self._bars_within(start, end)}
                free = (lane for lane in range(LANES) if lane not in beside)
                more._lanes[made.id] = next(free, LANES - 1)
        return more

    def _bars_within(self, start: int, end: int) -> Iterator[Highlight]:
        return (each for each in self.within(start, end) if each.style is MarkStyle.BAR)

    def __len__(self) -> int:
        return len(self.placed)

    @property
    def starts(self) -> Sequence[int]:
        """Where each of `placed` starts, ascending."""
        return self._starts

    def within(self, start: int, end: int) -> Iterator[Highlight]:
        """The highlights that touch a range, by place; of two at one place the longer one first."""
        last = bisect_left(self._starts, end)
        waiting = [(len(self._reach) - 1, 0)]
        while waiting:
            level, index = waiting.pop()
            reach = self._reach[level]
            if index >= len(reach) or index * FAN**level >= last or reach[index] <= start:
                continue
            if level == 0:
                yield self.placed[index]
            else:
                first = index * FAN
                waiting.extend([(level - 1, at) for at in range(first + FAN - 1, first - 1, -1)])

    def at(self, point: int) -> list[Highlight]:
        """The highlights over a code point, the shortest first."""
        return sorted(self.within(point, point + 1), key=_length)

    def with_id(self, highlight: int) -> Highlight | None:
        """The highlight of an id, lost ones too."""
        if self._by_id is None:
            self._by_id = {each.id: each for each in self.all}
        return self._by_id.get(highlight)

    def lane(self, highlight: Highlight) -> int:
        """In which lane of the margin the bar of a highlight stands: 0 is nearest to the text.

        Bars beside each other have lanes of their own; beyond LANES of them, they share the last.
        """
        if self._lanes is None:
            self._lanes = dict(_lanes([m for m in self.placed if m.style is MarkStyle.BAR]))
        return self._lanes.get(highlight.id, 0)


def _reaches(ends: list[int]) -> list[list[int]]:
    """How far highlights reach: one by one, then the farthest of every FAN, of every FAN of them…

    With that, those that touch a place are found though one of them spans the whole text.
    """
    found = [ends]
    while len(ends := found[-1]) > 1:
        found.append([max(ends[at : at + FAN]) for at in range(0, len(ends), FAN)])
    return found


def _lanes(bars: Sequence[Highlight]) -> Iterator[tuple[int, int]]:
    """The lane of each bar: the first that is free where it starts."""
    free = list(range(LANES))
    taken: list[tuple[int, int]] = []  # where it ends, lane
    for bar in bars:
        if bar.place is None:
            continue
        while taken and taken[0][0] <= bar.place.start:
            heappush(free, heappop(taken)[1])
        if free:
            lane = heappop(free)
            heappush(taken, (bar.place.end, lane))
        else:
            lane = LANES - 1
        yield bar.id, lane


def _length(each: Highlight) -> int:
    return each.place.end - each.place.start if each.place is not None else 0
