"""Landmarks: runs of letters that stand once in each of two texts, and in the same order in both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from desktop_app.anchoring.runs import beginnings

RUN = 32  # bytes of letters
_LONG = 3_000_000  # in longer texts fewer landmarks will do
_AROUND = 4_000
_EACH_SIDE = 5


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

    def __init__(self, pairs: list[tuple[int, int]], ends: tuple[int, int]) -> None:
        """pairs: where runs begin in both texts, ascending. ends: how long the texts are."""
        self._ends = ends
        chain = _in_order([place for _, place in pairs])
        self._old = [pairs[at][0] for at in chain]
        self._new = [pairs[at][1] for at in chain]
        kept = set(chain)
        strays = [pair for at, pair in enumerate(pairs) if at not in kept]
        self._stray_old = [place for place, _ in strays]
        self._stray_new = [place for _, place in strays]

    @classmethod
    def of(cls, old: bytes, new: bytes) -> Landmarks:
        """The landmarks of two texts."""
        return cls(_once_in_both(old, new), (len(old), len(new)))

    @classmethod
    def near(cls, old: bytes, new: bytes, start: int, end: int) -> Landmarks:
        """The few landmarks around a range of the old text; much faster for a single one."""
        first = max(start - _AROUND, 0)
        begins = [first + at for at, _ in beginnings(old[first : end + _AROUND], RUN, often=True)]
        left = [at for at in begins if at + RUN <= start]
        inside = [at for at in begins if start - RUN < at < end]
        right = [at for at in begins if at >= end]
        pairs: list[tuple[int, int]] = []
        for row, most in (
            (left[::-1], _EACH_SIDE),
            (inside[:: len(inside) // _EACH_SIDE + 1], _EACH_SIDE),
            (right, _EACH_SIDE),
        ):
            count = 0
            for at in row[: 4 * most]:
                place = _only(new, old[at : at + RUN])
                if place >= 0 and _only(old, old[at : at + RUN]) >= 0:
                    pairs.append((at, place))
                    count += 1
                    if count == most:
                        break
        return cls(sorted(pairs), (len(old), len(new)))

    def before(self, offset: int) -> Landmark:
        """The last landmark that ends at or before an offset of the old text, or the beginning."""
        at = bisect_right(self._old, offset - RUN) - 1
        return Landmark(self._old[at], self._new[at]) if at >= 0 else Landmark(0, 0, 0)

    def behind(self, offset: int) -> Landmark:
        """The first landmark at or behind an offset of the old text, or the end."""
        at = bisect_left(self._old, offset)
        if at < len(self._old):
            return Landmark(self._old[at], self._new[at])
        return Landmark(*self._ends, 0)

    def touching(self, start: int, end: int) -> list[Landmark]:
        """The landmarks that share letters with a range of the old text; a few, if many do."""
        first = bisect_right(self._old, start - RUN)
        last = bisect_left(self._old, end)
        step = max(1, (last - first) // 8)
        return [Landmark(self._old[at], self._new[at]) for at in range(first, last, step)]

    def moved(self, start: int, end: int) -> list[Landmark]:
        """Those out of order that share letters with a range of the old text; a few, if many do."""
        first = bisect_right(self._stray_old, start - RUN)
        last = bisect_left(self._stray_old, end)
        step = max(1, (last - first) // 8)
        return [
            Landmark(self._stray_old[at], self._stray_new[at]) for at in range(first, last, step)
        ]


def _only(text: bytes, run: bytes) -> int:
    """Where a run stands in a text; -1 for nowhere, or in more places than one."""
    at = text.find(run)
    return at if at >= 0 and text.find(run, at + 1) < 0 else -1


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
