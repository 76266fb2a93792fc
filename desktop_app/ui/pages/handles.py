"""The two handles of the chosen highlight on a page, and what dragging one of them shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.handles import EVERY_MS, KNOB_PX, REACH_PX

if TYPE_CHECKING:
    from desktop_app.ui.pages.pages import Pages


class PageHandles(QObject):
    """Draws the handles and lets them be dragged."""

    moved = Signal(int, int, int)  # the highlight and the range that it is dragged to

    def __init__(self, view: Pages) -> None:
        super().__init__(view)
        self._view = view
        self._dragged: tuple[int, int] | None = None  # the highlight, and the end that stays
        self._range: tuple[int, int] | None = None
        self._pointer = QPointF()
        self._scroller = QTimer(self, interval=EVERY_MS)
        self._scroller.timeout.connect(self._scroll)

    @property
    def dragging(self) -> bool:
        """Whether a handle is being dragged."""
        return self._dragged is not None

    def press(self, place: QPointF) -> bool:
        """Take the handle at a place of the view; False where there is none."""
        mark = self._view.chosen_mark
        end = self.at(place)
        if mark is None or mark.place is None or end is None:
            return False
        start, past = mark.place.start, mark.place.end
        self._dragged = (mark.id, past if end == "start" else start)
        self._range = (start, past)
        return True

    def drag(self, place: QPointF) -> None:
        """Move the end that was taken to a place of the view."""
        if self._dragged is None:
            return
        self._pointer = place
        fixed, point = self._dragged[1], self._view.point_at(place)
        if point != fixed:  # a highlight never becomes empty
            self._range = (min(fixed, point), max(fixed, point))
        self._view.viewport().update()
        if 0 <= place.y() < self._view.viewport().height():
            self._scroller.stop()
        elif not self._scroller.isActive():
            self._scroller.start()

    def release(self) -> bool:
        """Let the highlight be what was dragged; False where none was."""
        dragged, moved = self._dragged, self._range
        self.cancel()
        if dragged is None or moved is None:
            return False
        self.moved.emit(dragged[0], *moved)
        return True

    def cancel(self) -> None:
        """Leave the highlight as it was."""
        self._dragged = self._range = None
        self._scroller.stop()
        self._view.viewport().update()

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

    @Slot()
    def _scroll(self) -> None:
        height = self._view.viewport().height()
        past = self._pointer.y() if self._pointer.y() < 0 else self._pointer.y() - height
        self._view.scroll_by(int(max(min(past, 120), -120) / 2) or (1 if past >= 0 else -1))
        self.drag(self._pointer)
