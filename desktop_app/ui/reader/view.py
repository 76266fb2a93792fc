"""What mouse and keys do on the page: scroll, select, open folds, offer links without following."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from desktop_app.core.text import SpanKind
from desktop_app.ui.reader.page import Page
from desktop_app.ui.reader.rows import RowKind
from desktop_app.ui.reader.selecting import Selecting
from desktop_app.ui.theme import Appearance

LONGEST_TIP = 300

_Key = Qt.Key


class PageView(Page):
    """A page that answers to mouse and keys."""

    size_asked = Signal(int)  # steps larger, or smaller where negative
    link_hovered = Signal(str)  # the target under the pointer, "" where there is none

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._selecting = Selecting(self)
        self._link = ""
        self._wheel = 0.0  # what a fine wheel has turned and is not scrolled yet
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.size_asked.emit(1 if turned > 0 else -1)
            event.accept()
            return
        exact = event.pixelDelta().y()
        if exact:
            self.scroll_by(-exact)
        else:
            lines = QGuiApplication.styleHints().wheelScrollLines()
            self._wheel -= event.angleDelta().y() / 120 * lines * self._style.line_px
            whole = int(self._wheel)
            self._wheel -= whole
            self.scroll_by(whole)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key of the page does; tell whether it is one."""
        line = self._style.line_px
        key, held = event.key(), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        if key == _Key.Key_Space:
            self.turn(-1 if shift else 1)
        elif shift and key in (_Key.Key_Left, _Key.Key_Right):
            self._selecting.extend(1 if key == _Key.Key_Right else -1)
        elif key in (_Key.Key_PageDown, _Key.Key_PageUp):
            self.turn(1 if key == _Key.Key_PageDown else -1)
        elif key in (_Key.Key_Down, _Key.Key_Up) and not shift:
            self.scroll_by(2 * line if key == _Key.Key_Down else -2 * line)
        elif key in (_Key.Key_Home, _Key.Key_End):
            self.scroll_to_edge(end=key == _Key.Key_End)
        elif key in (_Key.Key_Return, _Key.Key_Enter):
            return self._toggle_first_fold()
        elif key == _Key.Key_B and not shift:
            self.toggle_folds()
        else:
            return False
        return True

    def _toggle_first_fold(self) -> bool:
        for _, _, laid in self._column.visible() if self._column is not None else ():
            if laid.row.kind == RowKind.FOLD:
                self.toggle_fold(laid.row.block)
                return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        fold = self._fold_at(event.position())
        if fold is not None:
            self.toggle_fold(fold)
        else:
            self._selecting.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._fold_at(event.position()) is None:
            self._selecting.press_twice(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._selecting.drag(event.position())
            return
        fold = self._fold_at(event.position())
        shape = Qt.CursorShape.IBeamCursor if fold is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self._hover(self.link_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._selecting.release()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu(event.pos()).popup(event.globalPos())

    def context_menu(self, place: QPoint) -> QMenu:
        """Make the menu of a place: what is selected, and the link that is there."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"), self.copy)
        copy.setEnabled(self.selection() is not None)
        link = self.link_at(QPointF(place))
        if link:
            menu.addAction(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(link))
        menu.addSeparator()
        menu.addAction(self.tr("Select all"), self.select_all).setEnabled(self._rows is not None)
        if self.has_folds():
            menu.addAction(self.tr("Show or hide what is folded"), self.toggle_folds)
        return menu

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self._tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), said, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        return super().viewportEvent(event)

    def _tip(self, place: QPointF) -> str:
        fold = self._fold_at(place)
        if fold is not None and self._rows is not None:
            return self._rows.folds[fold].rule
        return self.link_at(place)[:LONGEST_TIP]

    def link_at(self, place: QPointF) -> str:
        """The target of the link under a place of the window, "" where there is none."""
        if self._column is None or self._rows is None:
            return ""
        x = place.x() - self._left()
        for _, y, laid in self._column.visible():
            if not y <= place.y() < y + laid.height or laid.row.kind != RowKind.TEXT:
                continue
            start = self._rows.text.starts[laid.row.block]
            spot = QPointF(x, place.y() - y)
            for span in self._rows.text.blocks[laid.row.block].spans:
                if span.kind == SpanKind.LINK and span.target:
                    boxes = laid.rects(start + span.start, start + span.end)
                    if any(box.contains(spot) for box in boxes):
                        return span.target
        return ""

    def _hover(self, link: str) -> None:
        if link != self._link:
            self._link = link
            self.link_hovered.emit(link)

    def _fold_at(self, place: QPointF) -> int | None:
        if self._column is None:
            return None
        spot = QPointF(place.x() - self._left(), place.y())
        for _, y, laid in self._column.visible():
            if laid.button is not None and laid.button.translated(0, y).contains(spot):
                return laid.row.block
        return None
