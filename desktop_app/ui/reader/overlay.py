"""Paints matches and the selection behind the lines in view; the rest of the text costs nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.theme import Theme

Range = tuple[int, int]


class Matches:
    """The places that were searched for, in order, and which of them is the current one."""

    def __init__(self, ranges: Sequence[Range] = ()) -> None:
        self.ranges = sorted({(start, end) for start, end in ranges if start < end})
        self.current: int | None = None
        self._starts = [start for start, _ in self.ranges]
        self._longest = max((end - start for start, end in self.ranges), default=0)

    def __len__(self) -> int:
        return len(self.ranges)

    def within(self, start: int, end: int) -> range:
        """The indexes of the matches that may touch a range."""
        first = bisect_left(self._starts, start - self._longest)
        return range(first, bisect_left(self._starts, end))

    def from_point(self, point: int) -> int | None:
        """The first match that starts at or behind a code point; None where there is none."""
        index = bisect_left(self._starts, point)
        return index if index < len(self.ranges) else None

    def before_point(self, point: int) -> int | None:
        """The last match that starts before a code point; None where there is none."""
        index = bisect_left(self._starts, point) - 1
        return index if index >= 0 else None

    def index_of(self, start: int, end: int) -> int | None:
        """The index of a match, the one at the same start where the end differs."""
        index = bisect_left(self._starts, start)
        if index < len(self.ranges) and self.ranges[index][0] == start:
            return index
        return None


def paint(
    painter: QPainter,
    laid: Laid,
    theme: Theme,
    matches: Matches,
    *,
    selection: Range | None,
    marks: Marks,
) -> None:
    """Paint the overlay of one row, whose top left is the painter's origin.

    The current match is stronger and has an edge, so that colour is not all that tells it.
    """
    row = laid.row
    painter.setPen(Qt.PenStyle.NoPen)
    for mark in marks.within(row.start, row.end):
        if mark.place is not None:
            painter.setBrush(QColor(theme.marks[mark.colour]))
            for rect in laid.rects(mark.place.start, mark.place.end):
                painter.drawRect(rect)
    if selection is not None and selection[0] < row.end and row.start < selection[1]:
        painter.setBrush(QColor(theme.text_selection))
        for rect in laid.rects(*selection):
            painter.drawRect(rect)
    plain = QColor(theme.match)
    for index in matches.within(row.start, row.end):
        start, end = matches.ranges[index]
        if index == matches.current:
            continue
        painter.setBrush(plain)
        for rect in laid.rects(start, end):
            painter.drawRoundedRect(soft(rect), 3, 3)
    if matches.current is not None:
        start, end = matches.ranges[matches.current]
        if start < row.end and row.start < end:
            painter.setBrush(QColor(theme.match_now))
            painter.setPen(QPen(QColor(theme.match_edge), 1.5))
            for rect in laid.rects(start, end):
                painter.drawRoundedRect(soft(rect), 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)


def soft(rect: QRectF) -> QRectF:
    """The box of a mark around the box of its letters."""
    return rect.adjusted(-1.5, 0.5, 1.5, -0.5)
