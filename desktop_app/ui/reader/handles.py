"""The two handles of the chosen highlight, and what dragging one of them shows until it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.highlights import Highlight
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.caret_places import caret_box
from desktop_app.ui.reader.dragging import KNOB_PX, REACH_PX, DraggedHandles
from desktop_app.ui.reader.laid import Laid

if TYPE_CHECKING:
    from desktop_app.ui.reader.keyed_page import KeyedPage


class Handles(DraggedHandles):
    """Draws the handles of a page and lets them be dragged."""

    def __init__(self, view: KeyedPage) -> None:
        super().__init__(view, view)
        self._view = view

    def at(self, place: QPointF) -> str | None:
        """Which end the handle at a place of the window is for: start or end."""
        mark = self._view.chosen_mark
        if mark is None:
            return None
        near: list[tuple[float, str]] = []
        for _, origin, laid in self._view.rows_in_view():
            for end, middle, _ in self._knobs(mark, laid):
                away = middle + origin - place
                if max(abs(away.x()), abs(away.y())) <= REACH_PX:
                    near.append((away.manhattanLength(), end))
        return min(near)[1] if near else None

    def paint(self, painter: QPainter, laid: Laid, theme: Theme) -> None:
        """Draw what belongs to a row."""
        mark = self._view.chosen_mark
        if mark is None:
            return
        accent = QColor(theme.accent)
        if self._range is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.text_selection))
            for rect in laid.rects(*self._range):
                painter.drawRect(rect)
        for _, middle, stem in self._knobs(mark, laid):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            painter.drawRect(stem)
            painter.setPen(QPen(QColor(theme.page), 1.5))
            painter.drawEllipse(middle, KNOB_PX / 2, KNOB_PX / 2)
        painter.setPen(Qt.PenStyle.NoPen)

    def _knobs(self, mark: Highlight, laid: Laid) -> list[tuple[str, QPointF, QRectF]]:
        """The handles in a row: which end, the middle of the knob, the stem."""
        place = self._range
        if place is None:
            if mark.place is None:
                return []
            place = (mark.place.start, mark.place.end)
        found: list[tuple[str, QPointF, QRectF]] = []
        start = caret_box(laid, place[0]) if _shows(laid, place[0]) else None
        if start is not None:
            stem = QRectF(start.left() - 1, start.top(), 2, start.height())
            found.append(("start", QPointF(start.left(), start.top() - 1), stem))
        end = caret_box(laid, place[1], behind=True) if _shows(laid, place[1] - 1) else None
        if end is not None:
            stem = QRectF(end.left() - 1, end.top(), 2, end.height())
            found.append(("end", QPointF(end.left(), end.bottom() + 1), stem))
        return found


def _shows(laid: Laid, point: int) -> bool:
    """Tell whether the letter at a point is set in a row."""
    return any(piece.start <= point < piece.end for piece in laid.pieces)
