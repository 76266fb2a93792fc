"""The two handles of the chosen highlight, and what dragging one of them shows until it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.highlights import Highlight
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.caret_places import caret_box
from desktop_app.ui.reader.laid import Laid

if TYPE_CHECKING:
    from desktop_app.ui.reader.keyed_page import KeyedPage

KNOB_PX = 9
REACH_PX = 9  # how far from the middle of a knob a press still takes it
EVERY_MS = 30


class Handles(QObject):
    """Draws the handles of a page and lets them be dragged."""

    moved = Signal(int, int, int)  # the highlight and the range that it is dragged to

    def __init__(self, view: KeyedPage) -> None:
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
        """Take the handle at a place of the window; False where there is none."""
        mark = self._view.chosen_mark
        end = self.at(place)
        if mark is None or mark.place is None or end is None:
            return False
        start, past = mark.place.start, mark.place.end
        self._dragged = (mark.id, past if end == "start" else start)
        self._range = (start, past)
        return True

    def drag(self, place: QPointF) -> None:
        """Move the end that was taken to a place of the window."""
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

    @Slot()
    def _scroll(self) -> None:
        height = self._view.viewport().height()
        past = self._pointer.y() if self._pointer.y() < 0 else self._pointer.y() - height
        self._view.scroll_by(int(max(min(past, 120), -120) / 2) or (1 if past >= 0 else -1))
        self.drag(self._pointer)


def _shows(laid: Laid, point: int) -> bool:
    """Tell whether the letter at a point is set in a row."""
    return any(piece.start <= point < piece.end for piece in laid.pieces)
