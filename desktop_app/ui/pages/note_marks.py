"""The small marks at the right edge of a page that stand for the notes of its highlights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.highlights import MARK_COLOURS, Highlight
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.pages.sheet import PAPER

if TYPE_CHECKING:
    from desktop_app.ui.pages.pages import Pages

EDGE_PX = 19  # from the right edge of a page
HIT_PX = 16


class NoteMarks(QObject):
    """Places the marks of what is in view."""

    def __init__(self, view: Pages) -> None:
        super().__init__(view)
        self._view = view

    def in_view(self) -> list[tuple[Highlight, QRectF]]:
        """The highlights in view that have a note, each with its mark, from above."""
        found: list[tuple[Highlight, QRectF]] = []
        for page in self._view.pages_in_view():
            found += self._on_page(page)
        return found

    def at(self, place: QPointF) -> Highlight | None:
        """The highlight whose mark is at a place of the view."""
        return next((mark for mark, box in self.in_view() if box.contains(place)), None)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint a leaf with lines for each."""
        for mark, box in self.in_view():
            line = theme.mark_lines.get(mark.colour, theme.mark_lines[MARK_COLOURS[0]])
            painter.setPen(QPen(QColor(line), 1.4))
            painter.setBrush(PAPER)
            leaf = QRectF(box.left() + 2, box.top() + 1, 11, 13)
            painter.drawRoundedRect(leaf, 2, 2)
            for below in (4, 6.5, 9):
                y = leaf.top() + below
                painter.drawLine(QPointF(leaf.left() + 3, y), QPointF(leaf.right() - 3, y))

    def _on_page(self, page: int) -> list[tuple[Highlight, QRectF]]:
        reach = self._view.range_on(page)
        found: list[tuple[Highlight, QRectF]] = []
        if reach is None:
            return found
        right = min(self._view.page_rect(page).right(), self._view.viewport().width())
        lowest = float("-inf")
        for mark in _noted(self._view.marks.within(*reach), reach[0]):
            tops = [box.top() for box in self._view.boxes_on(page, mark)]
            if tops:
                lowest = max(tops[0], lowest + HIT_PX)
                found.append((mark, QRectF(right - EDGE_PX, lowest, HIT_PX, HIT_PX)))
        return found


def _noted(marks: Iterable[Highlight], first: int) -> list[Highlight]:
    """Those that have a note and begin on this page."""
    return [
        mark for mark in marks if mark.note and mark.place is not None and mark.place.start >= first
    ]
