"""How far the letters around a passage agree with those around another place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# By so many letters must a place be better than every other one.
_CLEARLY = 12
_FAR = 1 << 16


@dataclass(frozen=True, slots=True)
class Sides:
    """How many letters agree directly before and directly behind a passage."""

    before: int
    behind: int

    @property
    def both(self) -> int:
        """The letters that agree around it."""
        return self.before + self.behind

    def beats(self, rival: Sides) -> bool:
        """Whether no side of a rival is better, and both of them together are clearly worse."""
        return (
            rival.before <= self.before
            and rival.behind <= self.behind
            and rival.both + _CLEARLY <= self.both
        )


@dataclass(frozen=True, slots=True)
class Sought:
    """A passage of some letters: bytes of them, end exclusive."""

    text: bytes
    start: int
    end: int

    @property
    def letters(self) -> bytes:
        """The passage itself."""
        return self.text[self.start : self.end]

    @property
    def size(self) -> int:
        """How many letters it has."""
        return self.end - self.start

    def sides(self, new: bytes, at: int) -> Sides:
        """How far the letters around it agree with those around a place with the same letters."""
        past = at + self.size
        before = _agreeing(self.text, new, (self.start, at), -1, min(self.start, at))
        most = min(len(self.text) - self.end, len(new) - past)
        return Sides(before, _agreeing(self.text, new, (self.end, past), 1, most))

    def best(self, new: bytes, places: Iterable[int]) -> tuple[int, Sides]:
        """The place where most letters around it agree."""
        sides = {at: self.sides(new, at) for at in places}
        at = max(sides, key=lambda place: sides[place].both)
        return at, sides[at]

    def is_told_apart(
        self, new: bytes, at: int, places: Iterable[int], others: Iterable[int]
    ) -> bool:
        """Whether a place and the passage belong together rather than with any of the others.

        places: in the new text; others: in the text of the passage; all with the same letters.
        """
        sides = self.sides(new, at)
        if not all(sides.beats(self.sides(new, place)) for place in places if place != at):
            return False
        rivals = (Sought(self.text, other, other + self.size) for other in others)
        return all(
            sides.beats(rival.sides(new, at)) for rival in rivals if rival.start != self.start
        )


def _agreeing(one: bytes, other: bytes, ends: tuple[int, int], way: int, most: int) -> int:
    """How many bytes agree from two places on, forwards or (way -1) backwards."""
    at, there = ends
    most = min(most, _FAR)
    count, step = 0, 32
    while count < most:
        step = min(step, most - count)
        if way > 0:
            same = (
                one[at + count : at + count + step] == other[there + count : there + count + step]
            )
        else:
            same = (
                one[at - count - step : at - count] == other[there - count - step : there - count]
            )
        if same:
            count += step
            step *= 2
        else:
            most = count + step - 1
            step = max(1, step // 2)
    return count
