"""The two handles of the chosen highlight on a page, and what dragging one of them shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.dragging import KNOB_PX, REACH_PX, DraggedHandles

if TYPE_CHECKING:
    from desktop_app.ui.pages.pages import Pages


class PageHandles(DraggedHandles):
    """Draws the handles and lets them be dragged."""

    def __init__(self, view: Pages) -> None:
        super().__init__(view, view)
        self._view = view

    def at(self, place: QPointF) -> str | None:
        """Which end the handle at a place of the view is for: start or end."""
        near = []
        for end, middle, _ in self._knobs():
            away = middle - place
            if max(abs(away.x()), abs(away.y())) <= REACH_PX:
                near.append((away.manhattanLength(), end))
        return min(near)[1] if near else None

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw them over all pages in view."""
        if self._range is not None:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            for box in self._view.boxes_in_view(*self._range):
                painter.fillRect(box, QColor(theme.text_selection))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for _, middle, stem in self._knobs():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRect(stem)
            painter.setPen(QPen(Qt.GlobalColor.white, 1.5))
            knob = min(KNOB_PX, stem.height() * 0.6) / 2
            painter.drawEllipse(middle, knob, knob)

    def _knobs(self) -> list[tuple[str, QPointF, QRectF]]:
        """The handles in view: which end, the middle of the knob, the stem."""
        mark = self._view.chosen_mark
        if mark is None or mark.place is None:
            return []
        start, end = self._range or (mark.place.start, mark.place.end)
        if not self._view.boxes_in_view(mark.place.start, mark.place.end):
            return []
        found: list[tuple[str, QPointF, QRectF]] = []
        first = self._view.boxes_in_view(start, start + 1)
        last = self._view.boxes_in_view(max(end - 1, start), end)
        if first:
            x, top = first[0].left(), first[0].top()
            found.append(("start", QPointF(x, top - 1), QRectF(x - 1, top, 2, first[0].height())))
        if last:
            x, top = last[-1].right(), last[-1].top()
            stem = QRectF(x - 1, top, 2, last[-1].height())
            found.append(("end", QPointF(x, last[-1].bottom() + 1), stem))
        return found
