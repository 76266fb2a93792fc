"""Landmarks: runs of letters that stand once in each of two texts, and in the same order in both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from desktop_app.anchoring.runs import beginnings

RUN = 32  # bytes of letters
_LONG = 3_000_000  # in longer texts fewer landmarks will do


@dataclass(frozen=True, slots=True)
class Landmark:
    """Where a run begins in both texts. length: 0 for the beginning and the end of the texts."""

    old: int
    new: int
    length: int = RUN

    @property
    def shift(self) -> int:
        """What is added to an offset of the old text beside it."""
        return self.new - self.old


class Landmarks:
    """The landmarks of two texts.

    Those that stand in the same order are for finding one's way; the others (`moved`) belong to
    passages that now stand elsewhere.
    """

    def __init__(self, old: bytes, new: bytes) -> None:
        self._ends = len(old), len(new)
        pairs = _once_in_both(old, new)
        chain = _in_order([place for _, place in pairs])
        self.old = [pairs[at][0] for at in chain]
        self.new = [pairs[at][1] for at in chain]
        kept = set(chain)
        strays = [pair for at, pair in enumerate(pairs) if at not in kept]
        self._stray_old = [place for place, _ in strays]
        self._stray_new = [place for _, place in strays]

    def before(self, offset: int) -> Landmark:
        """The last landmark that ends at or before an offset of the old text, or the beginning."""
        at = bisect_right(self.old, offset - RUN) - 1
        return Landmark(self.old[at], self.new[at]) if at >= 0 else Landmark(0, 0, 0)

    def behind(self, offset: int) -> Landmark:
        """The first landmark at or behind an offset of the old text, or the end."""
        at = bisect_left(self.old, offset)
        if at < len(self.old):
            return Landmark(self.old[at], self.new[at])
        return Landmark(*self._ends, 0)

    def touching(self, start: int, end: int) -> list[Landmark]:
        """The landmarks that share letters with a range of the old text; a few, if many do."""
        first = bisect_right(self.old, start - RUN)
        last = bisect_left(self.old, end)
        step = max(1, (last - first) // 8)
        return [Landmark(self.old[at], self.new[at]) for at in range(first, last, step)]

    def moved(self, start: int, end: int) -> list[Landmark]:
        """Those out of order that share letters with a range of the old text; a few, if many do."""
        first = bisect_right(self._stray_old, start - RUN)
        last = bisect_left(self._stray_old, end)
        step = max(1, (last - first) // 8)
        return [
            Landmark(self._stray_old[at], self._stray_new[at]) for at in range(first, last, step)
        ]


def _once_in_both(old: bytes, new: bytes) -> list[tuple[int, int]]:
    """Where the runs begin that stand once in each text, by their place in the old one."""
    often = max(len(old), len(new)) <= _LONG
    places: dict[bytes, int] = {}
    for at, run in beginnings(old, RUN, often=often):
        places[run] = -1 if run in places else at
    in_new: dict[bytes, int] = {}
    for at, run in beginnings(new, RUN, often=often):
        if places.get(run, -1) >= 0:
            in_new[run] = -1 if run in in_new else at
    return sorted((places[run], at) for run, at in in_new.items() if at >= 0)


def _in_order(places: list[int]) -> list[int]:
    """The numbers of the longest ascending row among places."""
    tails: list[int] = []  # the lowest place that a row of each length can end in
    numbers: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        length = bisect_left(tails, place)
        if length == len(tails):
            tails.append(place)
            numbers.append(number)
        else:
            tails[length] = place
            numbers[length] = number
        before.append(numbers[length - 1] if length else -1)
    row: list[int] = []
    at = numbers[-1] if numbers else -1
    while at >= 0:
        row.append(at)
        at = before[at]
    row.reverse()
    return row
