"""A tag that is dragged over rows: which rows would get it, and the frame around them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QDropEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView

from desktop_app.ui.models.drag import tag_of
from desktop_app.ui.panes.sidebar_painting import theme_palette


class TagDrop(QObject):
    """Takes tags that are dropped on the rows of a view: the row itself, or all that are chosen.

    rows_at: the rows that are meant at a place of the viewport. dropped: is told the tag and these.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        rows_at: Callable[[QPoint], AbstractSet[int]],
        dropped: Callable[[int, AbstractSet[int]], None],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._rows_at = rows_at
        self._dropped = dropped
        self.enabled = True  # False where nothing may be changed
        self.rows: AbstractSet[int] = frozenset()
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a tag over the rows; whatever else is dragged is not for them."""
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove:
                assert isinstance(event, QDropEvent)
                return self._move(event)
            case QEvent.Type.DragLeave:
                self._aim(frozenset())
                return True
            case QEvent.Type.Drop:
                assert isinstance(event, QDropEvent)
                return self._drop(event)
        return False

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Frame a row that would get the tag."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme_palette().color(QPalette.ColorRole.Accent), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(3, 2, -3, -2), 6, 6)
        painter.restore()

    def _move(self, event: QDropEvent) -> bool:
        tag = tag_of(event.mimeData())
        if tag is None:
            return False
        aimed = self._rows_at(event.position().toPoint()) if self.enabled else frozenset()
        self._aim(aimed)
        if aimed:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        elif event.type() == QEvent.Type.DragEnter:
            event.acceptProposedAction()  # else no move is heard of
        else:
            event.ignore()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        tag = tag_of(event.mimeData())
        if tag is None:
            return False
        rows = self._rows_at(event.position().toPoint()) if self.enabled else frozenset()
        self._aim(frozenset())
        if rows:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._dropped(tag, rows)
        return True

    def _aim(self, rows: AbstractSet[int]) -> None:
        if rows != self.rows:
            self.rows = rows
            self._view.viewport().update()
