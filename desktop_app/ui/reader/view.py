"""What the mouse does on the page: scroll, select, mark, open folds, go to notes, offer links.

A link is offered and never followed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.keyed_page import KeyedPage
from desktop_app.ui.reader.laid import Laid, Spot, SpotKind
from desktop_app.ui.reader.menus import context_menu


class PageView(KeyedPage):
    """A page that answers to mouse and keys."""

    size_asked = Signal(int)  # steps larger, or smaller where negative
    link_hovered = Signal(str)  # the target under the pointer, "" where there is none
    never_fold_asked = Signal(tuple)  # the Folds that the document's source is to keep open
    always_fold_asked = Signal(str)  # a line that is to be folded in all texts of the source
    selection_made = Signal()  # a hand has let go of the mouse over a selection, or over a mark
    resize_asked = Signal(int, int, int)  # the highlight, and the range that it is to be
    menu_asked = Signal(object, object)  # a QMenu that is about to open, and its place in the view

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.read_only = False  # whether nothing can be said of folds
        self._pressed: Spot | None = None  # a picture, to be shown on release
        self._pressed_at = QPointF()
        # A double click may become a triple one: what it selected is not finished before.
        self._made_soon = QTimer(self, singleShot=True)
        self._made_soon.timeout.connect(self.selection_made)
        self._wheel = 0.0  # what a fine wheel has turned and is not scrolled yet
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._hovering.link_hovered.connect(self.link_hovered)
        self._handles.moved.connect(self.resize_asked)

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

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hovering.leave()
        self._keys.clear()
        self._made_soon.stop()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._handles.press(event.position()):
            return
        spot = self.spot_at(event.position())
        if spot is None or spot.kind is SpotKind.PICTURE:
            self._selecting.press(event)
            self._pressed, self._pressed_at = spot, event.position()
        else:
            self._act(spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.spot_at(event.position()) is None:
            self._made_soon.stop()
            self._selecting.press_twice(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hovering.move(event.position())
        elif self._handles.dragging:
            self._handles.drag(event.position())
        else:
            self._selecting.drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._handles.release():
            return
        began = self._selecting.pressed
        self._selecting.release()
        pressed, self._pressed = self._pressed, None
        if not began:
            return
        away = event.position() - self._pressed_at
        still = away.manhattanLength() < QApplication.startDragDistance()
        if pressed is not None and still:
            self._act(pressed)
        elif self.selection() is not None:
            self._caret.put(self._selecting.loose_end)
            wait = QGuiApplication.styleHints().mouseDoubleClickInterval()
            self._made_soon.start(wait if self._selecting.by_word else 0)
        elif still:
            self._caret.put(self.point_at(event.position()))
            self._choose_at(event.position())

    def _choose_at(self, place: QPointF) -> None:
        """Choose the highlight at a place, the shortest; once more there, the next one."""
        ids = [each.id for each in self.marks_at(place)]
        if self.chosen in ids:
            self.choose(ids[(ids.index(self.chosen) + 1) % len(ids)])
        else:
            self.choose(ids[0] if ids else None)
        if ids:
            self.selection_made.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._hovering.leave()
        place = event.pos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self._place_of_keys()
        self.context_menu(place).popup(self.viewport().mapToGlobal(place))

    def _place_of_keys(self) -> QPoint:
        """The place of the window that keys are about: a selection, a highlight, the caret."""
        mark = self.chosen_mark
        spoken = self.selection() or (
            (mark.place.start, mark.place.end) if mark is not None and mark.place else None
        )
        if spoken is None and self.caret is not None:
            spoken = (self.caret, self.caret + 1)
        if spoken is not None:
            for _, origin, laid in self.rows_in_view():
                for rect in laid.rects(*spoken):
                    return rect.translated(origin).center().toPoint()
        return self.viewport().rect().center()

    def context_menu(self, place: QPoint) -> QMenu:
        """Make the menu of a place of the window; a highlight there is chosen."""
        if self.selection() is None:
            ids = [each.id for each in self.marks_at(QPointF(place))]
            if ids and self.chosen not in ids:
                self.choose(ids[0])
        menu = context_menu(self, place)
        self.menu_asked.emit(menu, place)
        return menu

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), said, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hovering.leave()
        return super().viewportEvent(event)

    def _paint_marks(self, painter: QPainter, index: int, laid: Laid) -> None:
        super()._paint_marks(painter, index, laid)
        theme = self._appearance.theme
        self._handles.paint(painter, laid, theme)
        self._caret.paint(painter, index, laid, theme.ink)
        self._keys.paint(painter, index, laid, theme.accent)
