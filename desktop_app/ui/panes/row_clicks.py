"""What of a row can be clicked beside the row itself: its passages, and what stands under it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from desktop_app.core.matching import Passage

if TYPE_CHECKING:
    from desktop_app.ui.panes.document_view import DocumentView


class Part(Enum):
    """What of a row can be clicked, beside a passage."""

    COPIES = "copies"


@dataclass(frozen=True, slots=True)
class Beside:
    """What can be clicked of a note, or of a highlighted passage."""

    passage: Passage


class RowClicks(QObject):
    """Follows the mouse over the rows of a view and says what was clicked.

    It takes no event away, so that a click also chooses the row.
    """

    def __init__(self, view: DocumentView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: QPoint | None = None
        view.setMouseTracking(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at presses, releases and moves over the rows."""
        if isinstance(event, QMouseEvent):
            point = event.position().toPoint()
            match event.type():
                case QEvent.Type.MouseButtonPress:
                    left = event.button() == Qt.MouseButton.LeftButton
                    self._pressed = point if left and not event.modifiers() else None
                case QEvent.Type.MouseButtonRelease:
                    self._release(event, point)
                case QEvent.Type.MouseMove:
                    self._show_shape(event, point)
        return False

    def _release(self, event: QMouseEvent, point: QPoint) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (point - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        document = self._view.current_id()
        at = self._view.what_is_at(point)
        if document is None:
            return
        if at is Part.COPIES:
            self._view.copies_asked.emit(document, None)
        elif isinstance(at, Passage):
            self._view.passage_opened.emit(document, at)
        elif isinstance(at, Beside):
            self._view.beside_opened.emit(document, at.passage)

    def _show_shape(self, event: QMouseEvent, point: QPoint) -> None:
        over = not event.buttons() and self._view.what_is_at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)
