"""Paints highlights, matches and the selection behind the lines in view.

The rest of the text costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.mark_shapes import Shapes, outline, shapes_of
from desktop_app.ui.reader.marks import Marks

Range = tuple[int, int]

KEPT = 300  # rows whose shapes are kept; far more than any screen shows


class Matches:
    """The places that were searched for, in order, and which of them is the current one.

    marks: the words of them, which are painted; the places themselves where nothing else is said.
    """

    def __init__(
        self, ranges: Sequence[Range] = (), *, marks: Sequence[Range] | None = None
    ) -> None:
        self.ranges = sorted({(start, end) for start, end in ranges if start < end})
        self.marks = self.ranges if marks is None else sorted(marks)
        self.current: int | None = None
        self._starts = [start for start, _ in self.ranges]
        self._mark_starts = self._starts if marks is None else [start for start, _ in self.marks]
        self._longest_mark = max((end - start for start, end in self.marks), default=0)

    def __len__(self) -> int:
        return len(self.ranges)

    def painted(self, start: int, end: int) -> list[tuple[Range, bool]]:
        """The marks that may touch a range, those of the current match (True) behind the others."""
        first = bisect_left(self._mark_starts, start - self._longest_mark)
        marks = self.marks[first : bisect_left(self._mark_starts, end)]
        now = self.ranges[self.current] if self.current is not None else (0, 0)
        mine = [(mark, now[0] <= mark[0] and mark[1] <= now[1]) for mark in marks]
        return sorted(mine, key=lambda each: each[1])

    def from_point(self, point: int) -> int | None:
        """The first match that starts at or behind a code point; None where there is none."""
        index = bisect_left(self._starts, point)
        return index if index < len(self.ranges) else None

    def before_point(self, point: int) -> int | None:
        """The last match that starts before a code point; None where there is none."""
        index = bisect_left(self._starts, point) - 1
        return index if index >= 0 else None

    def index_of(self, start: int, end: int) -> int | None:
        """The index of a match: at the same start, or one that all of a range lies in."""
        index = bisect_right(self._starts, start) - 1
        if index >= 0 and (self.ranges[index][0] == start or end <= self.ranges[index][1]):
            return index
        return None


class Overlay:
    """Paints what is marked in a row, between what lies behind its text and the text.

    What is worked out for a row is kept until the row or its highlights are others.
    """

    def __init__(self) -> None:
        self._shapes: dict[int, _Kept] = {}

    def paint(
        self,
        painter: QPainter,
        laid: Laid,
        theme: Theme,
        matches: Matches,
        *,
        selection: Range | None,
        marks: Marks,
        chosen: int | None = None,
    ) -> None:
        """Paint the overlay of one row, whose top left is the painter's origin.

        From below: fills of highlights, the selection, matches, lines of highlights, the outline
        of the chosen one. The current match is stronger and has an edge, so that colour is not
        all that tells it. chosen: the id of a highlight.
        """
        shapes = self._shapes_of(laid, marks, theme)
        painter.setPen(Qt.PenStyle.NoPen)
        # Boxes that touch must share their edge to the pixel, or the page would shine through.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for name, boxes in shapes.fills.items():
            painter.setBrush(_shade(theme.marks, name))
            painter.drawRects(boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        _paint_selection(painter, laid, theme, selection)
        _paint_matches(painter, laid, theme, matches, marked=bool(shapes.fills))
        _paint_lines(painter, theme, shapes)
        if chosen is not None:
            _paint_chosen(painter, laid, theme, marks.with_id(chosen))

    def _shapes_of(self, laid: Laid, marks: Marks, theme: Theme) -> Shapes:
        if not len(marks):
            return _NOTHING
        kept = self._shapes.get(id(laid))
        if kept is not None and kept.laid is laid and kept.marks is marks:
            return kept.shapes
        row = laid.row
        within = tuple(marks.within(row.start, row.end))
        lanes = tuple([marks.lane(each) for each in within if each.style is MarkStyle.BAR])
        if kept is not None and kept.laid is laid and (kept.within, kept.lanes) == (within, lanes):
            kept.marks = marks  # others have changed, elsewhere
            return kept.shapes
        if len(self._shapes) >= KEPT:
            self._shapes.clear()
        made = shapes_of(laid, marks, thick=3 if theme.strong else 2)
        self._shapes[id(laid)] = _Kept(laid, marks, within, lanes, made)
        return made


@dataclass(slots=True)
class _Kept:
    """The shapes of a row, and what they were made of."""

    laid: Laid
    marks: Marks
    within: tuple[Highlight, ...]
    lanes: tuple[int, ...]
    shapes: Shapes


_NOTHING = Shapes()


def _paint_selection(painter: QPainter, laid: Laid, theme: Theme, selection: Range | None) -> None:
    row = laid.row
    if selection is not None and selection[0] < row.end and row.start < selection[1]:
        painter.setBrush(QColor(theme.text_selection))
        for rect in laid.rects(*selection):
            painter.drawRect(rect)


def _paint_matches(
    painter: QPainter, laid: Laid, theme: Theme, matches: Matches, *, marked: bool
) -> None:
    """Paint the matches of a row; between fills of highlights each has a line around it."""
    row = laid.row
    painter.setBrush(QColor(theme.match))
    if marked or theme.strong:
        painter.setPen(QPen(QColor(theme.strip), 1))
    for (start, end), current in matches.painted(row.start, row.end):
        if current:
            painter.setBrush(QColor(theme.match_now))
            painter.setPen(QPen(QColor(theme.match_edge), 2.5 if theme.strong else 1.5))
        for rect in laid.rects(start, end):
            painter.drawRoundedRect(soft(rect), 3, 3)
    painter.setPen(Qt.PenStyle.NoPen)


def _paint_lines(painter: QPainter, theme: Theme, shapes: Shapes) -> None:
    """Paint the lines, dashes and signs of highlights."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for name, lines in shapes.lines.items():
        painter.setBrush(_shade(theme.mark_lines, name))
        painter.drawRects(lines)
    if shapes.more:
        pen = QPen(QColor(theme.ink), 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1, 1.5])
        painter.setPen(pen)
        painter.drawLines(shapes.more)
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for name, dashes in shapes.dashes.items():
        pen = QPen(_shade(theme.mark_lines, name), 2.5 if theme.strong else 1.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.drawLines(dashes)
    painter.setPen(Qt.PenStyle.NoPen)
    for name, signs in shapes.signs.items():
        painter.fillPath(signs, _shade(theme.mark_lines, name))


def _paint_chosen(painter: QPainter, laid: Laid, theme: Theme, mark: Highlight | None) -> None:
    """Draw a line around the chosen highlight."""
    place = mark.place if mark is not None else None
    if mark is None or place is None or place.start >= laid.row.end:
        return
    if place.end <= laid.row.start:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_shade(theme.mark_lines, mark.colour), 3 if theme.strong else 2))
    painter.drawPath(outline(laid, mark))
    painter.setPen(Qt.PenStyle.NoPen)


def _shade(shades: Mapping[str, str], name: str) -> QColor:
    """The shade of a colour; that of the usual one where the name is not known here."""
    return QColor(shades.get(name, shades[MARK_COLOURS[0]]))


def soft(rect: QRectF) -> QRectF:
    """The box of a mark around the box of its letters."""
    return rect.adjusted(-1.5, 0.5, 1.5, -0.5)
