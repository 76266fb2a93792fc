"""Passages of one text by their places, to find the one that has most in common with another.

Halved again and again, by where they start and where they end in turn; whatever lies too far off
to have more in common than the best so far is passed over unseen.
"""

from __future__ import annotations

from collections.abc import Sequence

Range = tuple[int, int]

_FEW = 8  # passages that are looked at one by one


def share_of(one: Range, other: Range) -> float:
    """How much of the longer of two passages they have in common."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    longer = max(one[1] - one[0], other[1] - other[0])
    return common / longer if common > 0 and longer else 0.0


class Passages:
    """Passages that are looked up by their places, and taken out once they have found theirs."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = ranges
        self._homes: dict[int, _Part] = {}
        self._root = self._part(list(range(len(ranges))), None)

    def _part(self, numbers: list[int], above: _Part | None) -> _Part:
        part = _Part(above)
        if len(numbers) <= _FEW:
            part.numbers = numbers
            self._homes.update(dict.fromkeys(numbers, part))
            part.measure(self._ranges)
            return part
        spread = [[self._ranges[number][end] for number in numbers] for end in (0, 1)]
        by = 0 if max(spread[0]) - min(spread[0]) >= max(spread[1]) - min(spread[1]) else 1
        numbers.sort(key=lambda number: (self._ranges[number][by], number))
        middle = len(numbers) // 2
        part.below = self._part(numbers[:middle], part), self._part(numbers[middle:], part)
        part.gather()
        return part

    def nearest(self, one: Range, *, least: float = 0.0) -> tuple[float, int] | None:
        """The passage that has most in common with another, and how much; the first among equals.

        least: what is less is no answer; nothing in common is none either.
        """
        best, found = least, -1
        waiting = [(self._root.at_most(one), self._root)]
        while waiting:
            bound, part = waiting.pop()
            if bound <= 0 or bound < best or (bound == best and 0 <= found < part.first):
                continue
            if part.below is not None:
                # The more promising one is looked at first: it rules out more of the other.
                waiting += sorted(
                    ((each.at_most(one), each) for each in part.below),
                    key=lambda each: (each[0], -each[1].first),
                )
                continue
            for number in part.numbers:
                share = share_of(one, self._ranges[number])
                if share <= 0 or share < best:
                    continue
                if share > best or found < 0 or number < found:
                    best, found = share, number
        return (best, found) if found >= 0 else None

    def take_out(self, number: int) -> None:
        """Find a passage no more."""
        home = self._homes.pop(number)
        home.numbers.remove(number)
        home.measure(self._ranges)
        above = home.above
        while above is not None:
            above.gather()
            above = above.above


class _Part:
    """Some of the passages, and between which bounds they lie; none at all once it is empty."""

    __slots__ = ("above", "below", "ends", "first", "numbers", "starts")

    def __init__(self, above: _Part | None) -> None:
        self.above = above
        self.below: tuple[_Part, _Part] | None = None
        self.numbers: list[int] = []
        self.starts: Range | None = None  # the first and the last, like the ends; None: empty
        self.ends: Range = (0, 0)
        self.first = 0  # the smallest number

    def measure(self, ranges: Sequence[Range]) -> None:
        """Set the bounds by the passages themselves."""
        if not self.numbers:
            self.starts = None
            return
        starts = [ranges[number][0] for number in self.numbers]
        ends = [ranges[number][1] for number in self.numbers]
        self.starts, self.ends = (min(starts), max(starts)), (min(ends), max(ends))
        self.first = min(self.numbers)

    def gather(self) -> None:
        """Set the bounds by those of the two halves."""
        assert self.below is not None
        full = [each for each in self.below if each.starts is not None]
        if not full:
            self.starts = None
            return
        starts = [each.starts for each in full if each.starts is not None]
        self.starts = min(low for low, _ in starts), max(high for _, high in starts)
        self.ends = min(each.ends[0] for each in full), max(each.ends[1] for each in full)
        self.first = min(each.first for each in full)

    def at_most(self, one: Range) -> float:
        """What any of these can have in common with a passage, at most."""
        if self.starts is None:
            return 0.0
        common = min(one[1], self.ends[1]) - max(one[0], self.starts[0])
        longer = max(one[1] - one[0], self.ends[0] - self.starts[1])
        return common / longer if common > 0 and longer > 0 else 0.0
