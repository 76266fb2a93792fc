"""Where the rows stand: the heights of all, which of them are set, and which row is at the top.

The place at the top is a row and a distance into it, so that what one looks at stays where it is
while guessed heights of rows elsewhere give way to real ones. Nothing here paints.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate, pairwise

from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.rows import RowKind
from desktop_app.ui.reader.typeset import Typesetter

KEPT = 240  # rows that stay set; far more than any screen shows


class Column:
    """The rows of a document as one tall column, seen through a window of some height."""

    def __init__(self, typesetter: Typesetter, height: int) -> None:
        self.typesetter = typesetter
        self.rows = typesetter.rows
        self.view_height = height
        self.top_row = 0
        self.top_inside = 0  # how much of the top row is above the window
        self._heights = typesetter.estimates()
        self._above: list[int] | None = None
        self._laid: OrderedDict[int, Laid] = OrderedDict()

    def laid(self, index: int) -> Laid:
        """The row of an index, set in type."""
        found = self._laid.get(index)
        if found is None:
            found = self._laid[index] = self.typesetter.set(index)
            if self._heights[index] != found.height:
                self._heights[index] = found.height
                self._above = None
            if len(self._laid) > KEPT:
                self._laid.popitem(last=False)
        else:
            self._laid.move_to_end(index)
        return found

    def above(self) -> list[int]:
        """For each row the height of all rows above it, and last the height of all."""
        if self._above is None:
            self._above = list(accumulate(self._heights, initial=0))
        return self._above

    def total(self) -> int:
        """The height of the whole column, as well as it is known."""
        return self.above()[-1]

    def offset(self) -> int:
        """How much of the column is above the window."""
        return self.above()[self.top_row] + self.top_inside

    def seek(self, offset: int) -> None:
        """Put a distance from the top of the column at the top of the window."""
        above = self.above()
        offset = min(max(offset, 0), max(above[-1] - 1, 0))
        self.top_row = min(bisect_right(above, offset) - 1, len(self._heights) - 1)
        self.top_inside = offset - above[self.top_row]
        self._settle()

    def scroll(self, by: int) -> None:
        """Move the window down by some pixels, or up where it is negative."""
        self.top_inside += by
        self._settle()

    def uncut(self) -> None:
        """Bring a line that the top of the window cuts wholly into view."""
        for _, y, laid in self.visible()[:1]:
            for piece in laid.pieces:
                for top, bottom in pairwise(piece.tops):
                    if y + piece.y + top < 0 < y + piece.y + bottom:
                        self.scroll(round(y + piece.y + top))
                        return

    def put(self, index: int, inside: float, *, at: float = 0) -> None:
        """Put a place in a row at a height of the window."""
        self.top_row = index
        self.top_inside = round(inside - at)
        self._settle()

    def place_of(self, point: int) -> tuple[int, float]:
        """The row that shows a code point, and where in it the line with it starts."""
        index = self.rows.at(point)
        return index, self.laid(index).line_top(point)

    def visible(self) -> list[tuple[int, int, Laid]]:
        """The rows in the window: index, top in the window, row."""
        found: list[tuple[int, int, Laid]] = []
        y = -self.top_inside
        index = self.top_row
        while y < self.view_height and index < len(self.rows):
            laid = self.laid(index)
            if laid.height:
                found.append((index, y, laid))
            y += laid.height
            index += 1
        return found

    def top_point(self) -> int:
        """The code point that starts the first line in the window; 0 at the very top."""
        if self.at_start():
            return 0
        for _, y, laid in self.visible():
            if laid.row.kind == RowKind.HEAD:
                continue
            line = laid.first_line_from(-y)
            if line is not None:
                return line[0]
        return self.bottom_point()

    def bottom_point(self) -> int:
        """The code point behind the last line that is wholly in the window."""
        seen = 0
        for _, y, laid in self.visible():
            if laid.row.kind == RowKind.END or y + laid.height <= self.view_height:
                seen = max(seen, laid.row.end)
                continue
            for piece in laid.pieces:
                for line in range(len(piece.tops) - 1):
                    if y + piece.y + piece.tops[line + 1] > self.view_height:
                        break
                    last = line + 2 == len(piece.tops)
                    seen = max(seen, piece.end if last else piece.line_start(line + 1))
        return seen

    def at_start(self) -> bool:
        """Tell whether the top of the column is at the top of the window."""
        return self.top_row == 0 and self.top_inside == 0

    def _settle(self) -> None:
        """Bring the top into its row, and neither end of the column into the window."""
        last = len(self.rows) - 1
        while self.top_inside < 0 and self.top_row > 0:
            self.top_row -= 1
            self.top_inside += self.laid(self.top_row).height
        while self.top_row < last and self.top_inside >= self.laid(self.top_row).height:
            self.top_inside -= self.laid(self.top_row).height
            self.top_row += 1
        self.top_inside = max(self.top_inside, 0)
        bottom = -self.top_inside
        index = self.top_row
        while bottom < self.view_height and index <= last:
            bottom += self.laid(index).height
            index += 1
        missing = self.view_height - bottom
        while missing > 0 and (self.top_row > 0 or self.top_inside > 0):
            step = min(missing, self.top_inside)
            self.top_inside -= step
            missing -= step
            if missing > 0 and self.top_row > 0:
                self.top_row -= 1
                self.top_inside = self.laid(self.top_row).height
