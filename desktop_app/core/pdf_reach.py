"""How far down a page each letter of its text stands, so that one can say how far it was seen."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from desktop_app.core.pages import PageLetters, PageShape

_SEEN = 0.2  # of a letter has to stand below a height, for lines that overlap a little


class PageReach:
    """The heights of the letters of one page, in points from the top of it as it is shown."""

    def __init__(
        self, offsets: Iterable[tuple[int, int]], letters: PageLetters, shape: PageShape
    ) -> None:
        """offsets: pairs of a letter of the text, ascending, and its character of the page."""
        boxes = letters.boxes
        # Which of left, bottom, right and top lies lower as the page is shown, which higher.
        low, high = ((1, 3), (2, 0), (3, 1), (0, 2))[shape.turns]
        origin = (shape.top, shape.left, shape.bottom, shape.right)[shape.turns]
        sign = -1 if shape.turns in (0, 3) else 1
        self._offsets = array("l")
        feet, found = array("d"), []
        for offset, at in offsets:
            place = 4 * at
            foot, head = boxes[place + low], boxes[place + high]
            if foot == head:
                continue  # it is not drawn
            foot, head = sign * (foot - origin), sign * (head - origin)
            self._offsets.append(offset)
            feet.append(foot)
            found.append((foot - _SEEN * (foot - head), offset, foot - head))
        self._lowest = array("d", accumulate(feet, max))  # up to each letter
        found.sort()
        self._ends = array("d", [end for end, _, _ in found])
        self._by_end = [(offset, tall) for _, offset, tall in found]

    def first_cut(self, y: float) -> int | None:
        """The first letter, as one reads, that is not wholly above a height; None where all are."""
        at = bisect_right(self._lowest, y)
        return self._offsets[at] if at < len(self._offsets) else None

    def first_at(self, y: float) -> int | None:
        """The first letter, as one reads, of those at a height or next below; None where none is."""
        at = bisect_right(self._ends, y)
        if at == len(self._ends):
            return None
        past = bisect_right(self._ends, self._ends[at] + self._by_end[at][1] / 2)
        return min(offset for offset, _ in self._by_end[at:past])
