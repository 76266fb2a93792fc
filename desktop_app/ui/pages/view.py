"""What mouse and keys do on the pages: scroll, turn, zoom, select, choose a highlight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages import keys, sheet
from desktop_app.ui.pages.handles import PageHandles
from desktop_app.ui.pages.note_marks import NoteMarks
from desktop_app.ui.pages.pages import Pages
from desktop_app.ui.pages.telling import Telling
from desktop_app.ui.reader.key_line import KeyLine
from desktop_app.ui.reader.selecting import Selecting

_Key = Qt.Key
_Held = Qt.KeyboardModifier

WHEEL_PX = 34  # for a line of the wheel
LONGEST_TIP = 300


class PagesView(Pages):
    """Pages that answer to mouse and keys."""

    looked_up = Signal()  # one went somewhere to look something up: that is not reading
    link_hovered = Signal(str)  # the target under the pointer, "" where there is none
    text_asked = Signal()  # the text is wanted in place of the pages
    note_asked = Signal(int, object)  # a highlight's note is wanted beside a QRect of the screen
    resize_asked = Signal(int, int, int)  # the highlight, and the range that it is to be
    menu_asked = Signal(object, object)  # a QMenu that is about to open, and its place in the view

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.tag_names: Mapping[int, str] = {}  # by id, for what is told of a highlight
        self._selecting = Selecting(self)
        self._telling = Telling(self)
        self._handles = PageHandles(self)
        self._note_marks = NoteMarks(self)
        self._pressed_at: QPointF | None = None
        self._key_line = KeyLine()
        self._link = ""  # under the pointer
        # A double click may become a triple one: what it selected is not finished before.
        self._made_soon = QTimer(self, singleShot=True)
        self._made_soon.timeout.connect(self.selection_made)
        self._handles.moved.connect(self.resize_asked)
        self.viewport().setMouseTracking(True)

    # Keys.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.wants_changed.emit()  # the window is on another screen
        # What is about the text comes before what the same key does in the window.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_about_text(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def extend(self, by: int) -> None:
        """Move the loose end of the selection by letters."""
        self._selecting.extend(by)

    def _is_about_text(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self.text is not None and bool(self.text.canonical)
        return event.matches(QKeySequence.StandardKey.Copy) and self.selection() is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._handles.dragging and event.key() == _Key.Key_Escape:
            self._handles.cancel()
        elif not keys.press(self, event):
            super().keyPressEvent(event)

    def open_note_of_chosen(self) -> bool:
        """Open the note of the chosen highlight, or of the first one in view that has any."""
        noted = self._note_marks.in_view()
        found = next((each for each in noted if each[0].id == self.chosen), None)
        if found is None and self.chosen is None and noted:
            found = noted[0]
        if found is None:
            return False
        self.choose(found[0].id)
        self._ask_for_note(found[0].id, found[1])
        return True

    def _ask_for_note(self, highlight: int, box: QRectF) -> None:
        inside = box.toAlignedRect()
        corner = self.viewport().mapToGlobal(inside.topLeft())
        self.note_asked.emit(highlight, QRect(corner, inside.size()))

    # Wheel.

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, exact = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & _Held.ControlModifier:
            if turned.y():
                self.step_zoom(1 if turned.y() > 0 else -1, about=event.position())
            event.accept()
            return
        lines = QGuiApplication.styleHints().wheelScrollLines()
        along, down = turned.x(), turned.y()
        if event.modifiers() & _Held.ShiftModifier and not along:
            along, down = down, 0
        if along:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (exact.x() or round(along / 120 * lines * WHEEL_PX)))
        if down and exact.y():
            self.scroll_by(-exact.y())
        elif down:
            self._wheel -= down / 120 * lines * WHEEL_PX
            whole = int(self._wheel)
            self._wheel -= whole
            self.scroll_by(whole)
        event.accept()

    # Mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._card.hide()
        self._made_soon.stop()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        if self._handles.press(place):
            return
        self._pressed_at = place
        if self._note_marks.at(place) is not None or self._failed_at(place):
            return
        if self._has_letters_at(place):
            self._selecting.press(event)
        else:
            self.select(0, 0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._has_letters_at(event.position()):
            self._made_soon.stop()
            self._selecting.press_twice(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.viewport().setCursor(self._shape_at(event.position()))
            self._say_link(self.link_at(event.position()))
        elif self._handles.dragging:
            self._handles.drag(event.position())
        else:
            self._selecting.drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._handles.release():
            return
        began = self._selecting.pressed
        self._selecting.release()
        pressed, self._pressed_at = self._pressed_at, None
        if began and self.selection() is not None:
            wait = QGuiApplication.styleHints().mouseDoubleClickInterval()
            self._made_soon.start(wait if self._selecting.by_word else 0)
        elif pressed is not None:
            away = event.position() - pressed
            if away.manhattanLength() < QApplication.startDragDistance():
                self._click(pressed)

    def _click(self, place: QPointF) -> None:
        """Open a note, or go to the text of a page that cannot be drawn, or choose a highlight."""
        noted = self._note_marks.at(place)
        if noted is not None:
            self.choose(noted.id)
            self._ask_for_note(noted.id, QRectF(place, QSizeF(1, 1)))
        elif self._failed_at(place):
            self._read_text_at(place)
        else:
            self._choose_at(place)

    def _choose_at(self, place: QPointF) -> None:
        """Choose the highlight at a place, the shortest; once more there, the next one."""
        ids = [each.id for each in self.marks_at(place)]
        if self.chosen in ids:
            self.choose(ids[(ids.index(self.chosen) + 1) % len(ids)])
        else:
            self.choose(ids[0] if ids else None)
        if ids:
            self.selection_made.emit()

    def _has_letters_at(self, place: QPointF) -> bool:
        """Whether the nearest page has letters, and they are known."""
        return self.count > 0 and self.range_on(self.page_at(place)) is not None

    def _failed_at(self, place: QPointF) -> bool:
        page = self.page_at(place) if self.count else 0
        return bool(self.shelf.failed(page)) and self.page_rect(page).contains(place)

    def _say_link(self, link: str) -> None:
        if link != self._link:
            self._link = link
            self.link_hovered.emit(link)

    def _shape_at(self, place: QPointF) -> Qt.CursorShape:
        if self._handles.at(place) is not None:
            return Qt.CursorShape.SizeHorCursor
        if self._note_marks.at(place) is not None or self._failed_at(place):
            return Qt.CursorShape.PointingHandCursor
        page = self.page_at(place) if self.count else 0
        if self.range_on(page) is not None and self.page_rect(page).contains(place):
            return Qt.CursorShape.IBeamCursor
        return Qt.CursorShape.ArrowCursor

    # Menu and tooltips.

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu(event.pos()).popup(event.globalPos())

    def context_menu(self, place: QPoint) -> QMenu:
        """Make the menu of a place of the view; a highlight there is chosen."""
        if self.selection() is None:
            ids = [each.id for each in self.marks_at(QPointF(place))]
            if ids and self.chosen not in ids:
                self.choose(ids[0])
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.copy).setEnabled(self.selection() is not None)
        if link := self.link_at(QPointF(place)):
            clipboard = QGuiApplication.clipboard()
            menu.addAction(self.tr("Copy link"), lambda: clipboard.setText(link))
        has_text = self.text is not None and bool(self.text.canonical)
        menu.addAction(self.tr("Select all"), self.select_all).setEnabled(has_text)
        menu.addSeparator()
        menu.addAction(
            self.tr("Read the text from here"), lambda: self._read_text_at(QPointF(place))
        )
        self.menu_asked.emit(menu, place)
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
        if event.type() == QEvent.Type.Leave:
            self._say_link("")
        return super().viewportEvent(event)

    def tip_at(self, place: QPointF) -> str:
        """What the tooltip of a place says: the link, or note and tags of the highlights there."""
        if link := self.link_at(place):
            return link[:LONGEST_TIP]
        noted = self._note_marks.at(place)
        said: list[str] = []
        for mark in [noted] if noted is not None else self.marks_at(place):
            names = [self.tag_names.get(tag, "") for tag in mark.tags]
            said += [" ".join(mark.note.split()), " · ".join(name for name in names if name)]
        return "\n".join(part for part in said if part)[:LONGEST_TIP]

    def note_marks(self) -> list[tuple[Highlight, QRectF]]:
        """The highlights in view that have a note, each with where its mark is in the view."""
        return self._note_marks.in_view()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = sheet.on_sheet(self._appearance.theme)
        self._note_marks.paint(painter, theme)
        self._handles.paint(painter, theme)
        self._key_line.paint(painter, self.viewport().width(), self._appearance.theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._key_line.come(event)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._key_line.go()
        self.viewport().update()
        super().focusOutEvent(event)

    def clear(self) -> None:
        """Show nothing."""
        self._handles.cancel()
        super().clear()
