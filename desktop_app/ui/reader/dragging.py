"""What dragging the handles of the chosen highlight does, whatever shows its text."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight

KNOB_PX = 9
REACH_PX = 9  # how far from the middle of a knob a press still takes it
EVERY_MS = 30


class Ground(Protocol):
    """What the handles are dragged over."""

    @property
    def chosen_mark(self) -> Highlight | None: ...

    def point_at(self, place: QPointF, /) -> int: ...

    def viewport(self) -> QWidget: ...

    def scroll_by(self, pixels: int, /) -> None: ...


class DraggedHandles(QObject):
    """Lets the handles of a highlight be dragged; where they are, those who draw them know."""

    moved = Signal(int, int, int)  # the highlight and the range that it is dragged to

    def __init__(self, ground: Ground, parent: QObject) -> None:
        super().__init__(parent)
        self._ground = ground
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
        mark = self._ground.chosen_mark
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
        fixed, point = self._dragged[1], self._ground.point_at(place)
        if point != fixed:  # a highlight never becomes empty
            self._range = (min(fixed, point), max(fixed, point))
        self._ground.viewport().update()
        if 0 <= place.y() < self._ground.viewport().height():
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
        self._ground.viewport().update()

    def at(self, place: QPointF) -> str | None:
        """Which end the handle at a place of the view is for: start or end."""
        raise NotImplementedError

    @Slot()
    def _scroll(self) -> None:
        height = self._ground.viewport().height()
        past = self._pointer.y() if self._pointer.y() < 0 else self._pointer.y() - height
        self._ground.scroll_by(int(max(min(past, 120), -120) / 2) or (1 if past >= 0 else -1))
        self.drag(self._pointer)
