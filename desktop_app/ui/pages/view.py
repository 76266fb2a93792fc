"""What mouse and keys do on the pages: scroll, turn, zoom, select, choose a highlight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.ui.pages import overlay, sheet
from desktop_app.ui.pages.area import LINE_PX
from desktop_app.ui.pages.pages import Pages
from desktop_app.ui.pages.telling import Telling
from desktop_app.ui.reader.selecting import Selecting
from desktop_app.ui.theme import Appearance

_Key = Qt.Key
_Held = Qt.KeyboardModifier

NOTE_PX = 15  # how far from the right edge of a page the marks of notes stand
HIT_PX = 14


class PagesView(Pages):
    """Pages that answer to mouse and keys."""

    looked_up = Signal()  # one went somewhere to look something up: that is not reading
    text_asked = Signal()  # the text is wanted in place of the pages
    note_asked = Signal(
        int, object
    )  # the note of a highlight is wanted beside a QRect of the screen
    menu_asked = Signal(object, object)  # a QMenu that is about to open, and its place in the view

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._selecting = Selecting(self)
        self._telling = Telling(self)
        self._pressed_at: QPointF | None = None
        self.viewport().setMouseTracking(True)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key of the pages does; tell whether it is one."""
        key, held = event.key(), event.modifiers() & ~_Held.KeypadModifier
        shift = bool(held & _Held.ShiftModifier)
        if held == _Held.ControlModifier and key in (_Key.Key_PageDown, _Key.Key_PageUp):
            self.turn_pages(1 if key == _Key.Key_PageDown else -1)
            return True
        if held & ~_Held.ShiftModifier:
            return False
        if key == _Key.Key_Space:
            self.turn(-1 if shift else 1)
        elif shift and key in (_Key.Key_Left, _Key.Key_Right):
            self._selecting.extend(1 if key == _Key.Key_Right else -1)
        elif key in (_Key.Key_PageDown, _Key.Key_PageUp):
            self.turn(1 if key == _Key.Key_PageDown else -1)
        elif key in (_Key.Key_Down, _Key.Key_Up) and not shift:
            self.scroll_by(LINE_PX if key == _Key.Key_Down else -LINE_PX)
        elif key in (_Key.Key_Left, _Key.Key_Right):
            self._sideways_or_turn(1 if key == _Key.Key_Right else -1)
        elif key in (_Key.Key_Home, _Key.Key_End):
            self.scroll_to_edge(end=key == _Key.Key_End)
        else:
            return False
        return True

    def _sideways_or_turn(self, by: int) -> None:
        bar = self.horizontalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.value() + by * LINE_PX)
        else:
            self.turn_pages(by)

    # Wheel.

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, exact = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & _Held.ControlModifier:
            if turned.y():
                self.step_zoom(1 if turned.y() > 0 else -1, about=event.position())
            event.accept()
            return
        sideways = exact.x() or turned.x() * LINE_PX / 40
        down = turned.y()
        if event.modifiers() & _Held.ShiftModifier and not sideways:
            sideways, down = turned.y() * LINE_PX / 40, 0
        if sideways:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round(sideways))
        if exact.y() and down:
            self.scroll_by(-exact.y())
        elif down:
            lines = QGuiApplication.styleHints().wheelScrollLines()
            self._wheel -= down / 120 * lines * LINE_PX * 0.7
            whole = int(self._wheel)
            self._wheel -= whole
            self.scroll_by(whole)
        event.accept()

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._card.hide()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        self._pressed_at = place
        if self._note_at(place) is None and not self._failed_at(place):
            self._selecting.press(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._selecting.press_twice(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._selecting.drag(event.position())
        else:
            self.viewport().setCursor(self._shape_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._selecting.release()
        pressed, self._pressed_at = self._pressed_at, None
        if pressed is None:
            return
        if (event.position() - pressed).manhattanLength() < QApplication.startDragDistance():
            self._click(pressed)
        if self.selection() is not None:
            self.selection_made.emit()

    def _click(self, place: QPointF) -> None:
        """Open a note, or go to the text of a page that cannot be drawn, or choose a highlight."""
        noted = self._note_at(place)
        if noted is not None:
            self.choose(noted.id)
            corner = self.viewport().mapToGlobal(place.toPoint())
            self.note_asked.emit(noted.id, QRectF(corner, corner).toRect().adjusted(-9, -9, 9, 9))
        elif self._failed_at(place):
            self.looked_up.emit()
            self.text_asked.emit()
        elif self.selection() is None:
            found = self.mark_at(place)
            self.choose(found.id if found is not None else None)

    def mark_at(self, place: QPointF) -> Highlight | None:
        """The highlight at a place of the view, the shortest of several."""
        near = self.marks.within(*self._around(self.point_at(place)))
        hit = [
            mark
            for mark in near
            if mark.place is not None
            and any(
                box.adjusted(-2, -2, 2, 2).contains(place)
                for box in self.boxes_in_view(mark.place.start, mark.place.end)
            )
        ]
        return (
            min(hit, key=lambda mark: mark.place.end - mark.place.start if mark.place else 0)
            if hit
            else None
        )

    def _around(self, point: int) -> tuple[int, int]:
        return max(point - 1, 0), point + 1

    def _failed_at(self, place: QPointF) -> bool:
        page = self.page_at(place) if self.count else 0
        return bool(self.shelf.failed(page)) and self.page_rect(page).contains(place)

    def _shape_at(self, place: QPointF) -> Qt.CursorShape:
        if self._note_at(place) is not None or self._failed_at(place):
            return Qt.CursorShape.PointingHandCursor
        page = self.page_at(place) if self.count else 0
        lettered = self._places is not None and self._places.range_of(page) is not None
        if lettered and self.page_rect(page).contains(place):
            return Qt.CursorShape.IBeamCursor
        return Qt.CursorShape.ArrowCursor

    # Notes.

    def notes_in_view(self) -> list[tuple[Highlight, QRectF]]:
        """The highlights in view that have a note, each with its mark at the edge of the page."""
        found: list[tuple[Highlight, QRectF]] = []
        places = self._places
        if places is None:
            return found
        for page in self.pages_in_view():
            reach = places.range_of(page)
            if reach is None or not places.knows(page):
                continue
            rect = self.page_rect(page)
            lowest = -1e9
            for mark in self.marks.within(*reach):
                if not mark.note or mark.place is None or mark.place.start < reach[0]:
                    continue
                boxes = places.boxes(page, mark.place.start, mark.place.end)
                if not boxes:
                    continue
                top = max(self._placed(page, rect, boxes[:1])[0].top(), lowest + HIT_PX)
                lowest = top
                found.append((mark, QRectF(rect.right() - NOTE_PX, top, HIT_PX, HIT_PX)))
        return found

    def _note_at(self, place: QPointF) -> Highlight | None:
        return next((mark for mark, box in self.notes_in_view() if box.contains(place)), None)

    def _paint_over(self, painter: QPainter, page: int, rect: QRectF) -> None:
        super()._paint_over(painter, page, rect)
        if page == self.pages_in_view().stop - 1:
            theme = sheet.on_sheet(self._appearance.theme)
            for mark, box in self.notes_in_view():
                overlay.paint_note_mark(painter, box, theme.mark_lines[mark.colour])

    # Menu and tooltips.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu(event.pos()).popup(event.globalPos())

    def context_menu(self, place: QPoint) -> QMenu:
        """Make the menu of a place of the view."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.copy).setEnabled(self.selection() is not None)
        has_text = self.text is not None and bool(self.text.canonical)
        menu.addAction(self.tr("Select all"), self.select_all).setEnabled(has_text)
        menu.addSeparator()
        menu.addAction(self.tr("Read its text here"), lambda: self._read_text_at(QPointF(place)))
        self.menu_asked.emit(menu, QPointF(place))
        return menu

    def _read_text_at(self, place: QPointF) -> None:
        point = self.point_at(place)
        self.looked_up.emit()
        self.go_to(point, point + 1)
        self.text_asked.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, place: QPointF) -> str:
        """What the tooltip of a place says."""
        noted = self._note_at(place)
        return noted.note[:300] if noted is not None else ""
