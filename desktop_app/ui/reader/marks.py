"""The highlights of a text that stand in it, ready to be looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from desktop_app.core.highlights import Highlight


class Marks:
    """Highlights in order of their places; those that are lost are not among them."""

    def __init__(self, highlights: Sequence[Highlight] = ()) -> None:
        self.all = tuple(highlights)
        placed = [(each.place.start, each.place.end, each) for each in highlights if each.place]
        placed.sort(key=lambda mark: (mark[0], -mark[1], mark[2].id))
        self.placed = tuple(each for _, _, each in placed)
        self._starts = [start for start, _, _ in placed]
        # How far the highlights up to each one reach: behind that, none of them has to be looked at.
        self._reach = list(accumulate((end for _, end, _ in placed), max))

    def __len__(self) -> int:
        return len(self.placed)

    def within(self, start: int, end: int) -> Iterator[Highlight]:
        """The highlights that touch a range, by place; of two at one place the longer one first."""
        first = bisect_left(self._reach, start + 1)
        for index in range(first, bisect_left(self._starts, end)):
            each = self.placed[index]
            if each.place is not None and each.place.end > start:
                yield each

    def at(self, point: int) -> list[Highlight]:
        """The highlights over a code point, the shortest first."""
        return sorted(self.within(point, point + 1), key=_length)

    def with_id(self, highlight: int) -> Highlight | None:
        """The highlight of an id, lost ones too."""
        return next((each for each in self.all if each.id == highlight), None)


def _length(each: Highlight) -> int:
    return each.place.end - each.place.start if each.place is not None else 0
