"""What mouse and keys do on the page: scroll, select, open folds, go to notes, offer links.

A link is offered and never followed.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from desktop_app.core.highlights import Highlight, Quad
from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.reader.chosen import Chosen
from desktop_app.ui.reader.hovering import Hovering
from desktop_app.ui.reader.laid import Laid, Spot, SpotKind
from desktop_app.ui.reader.menus import context_menu
from desktop_app.ui.reader.page import Page
from desktop_app.ui.reader.rows import RowKind, Rows
from desktop_app.ui.reader.selecting import Selecting
from desktop_app.ui.reader.spot_keys import SpotKeys
from desktop_app.ui.reader.telling import Telling
from desktop_app.ui.theme import Appearance

_Key = Qt.Key


class PageView(Page):
    """A page that answers to mouse and keys."""

    size_asked = Signal(int)  # steps larger, or smaller where negative
    link_hovered = Signal(str)  # the target under the pointer, "" where there is none
    looked_up = Signal()  # one went to a note or back: that is not reading
    picture_asked = Signal(int)  # the index of an image block to be shown larger
    never_fold_asked = Signal(tuple)  # the Folds that the document's source is to keep open
    always_fold_asked = Signal(str)  # a line that is to be folded in all texts of the source
    selection_made = Signal()  # a hand has let go of the mouse over a fresh selection
    chosen_changed = Signal(object)  # the id of the highlight that is chosen now, or None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.read_only = False  # whether nothing can be said of folds
        self._selecting = Selecting(self)
        self._hovering = Hovering(self)
        self._keys = SpotKeys(self)
        self._telling = Telling(self)
        self._chosen = Chosen()
        self._pressed: tuple[Spot, QPointF] | None = None  # a picture, to be shown on release
        self._called_from: dict[str, tuple[int, int]] = {}  # by note, the mark one came by
        self._wheel = 0.0  # what a fine wheel has turned and is not scrolled yet
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._hovering.link_hovered.connect(self.link_hovered)

    def show_text(
        self, document: Document, text: Text, *, position: int = 0, rows: Rows | None = None
    ) -> None:
        """Show a text with a code point of it at the top; 0 shows the title."""
        self._hovering.leave()
        self._keys.clear()
        self._called_from.clear()
        super().show_text(document, text, position=position, rows=rows)

    # Highlights; see MarkSurface.

    @property
    def document_id(self) -> int | None:
        """The document that is shown."""
        return self._document.id if self._document is not None else None

    @property
    def version(self) -> str:
        """The version of the text that is shown, "" where nothing is."""
        return self.text.version if self.text is not None else ""

    @property
    def chosen(self) -> int | None:
        """The id of the highlight that is chosen."""
        return self._chosen.id

    def choose(self, highlight: int | None) -> None:
        """Choose a highlight, or none."""
        if self._chosen.choose(highlight, self.marks):
            self.viewport().update()
            self.chosen_changed.emit(self.chosen)

    def set_marks(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights; the chosen one stays so while it is among them."""
        changed = self._chosen.follow(highlights)
        super().set_marks(highlights)
        if changed:
            self.chosen_changed.emit(self.chosen)

    def quads(self, start: int, end: int) -> tuple[Quad, ...]:
        """None: the text page knows no pages."""
        return ()

    def hidden_lines(self, start: int, end: int) -> int:
        """How many lines of a range are folded away."""
        rows = self._rows
        if rows is None:
            return 0
        lines = 0
        for index in rows.folds_over(start, end):
            part = rows.folds[index]
            hidden = rows.text.canonical[max(part.start, start) : min(part.end, end)]
            lines += sum(1 for line in hidden.split("\n") if line.strip())
        return lines

    def place_of(self, start: int, end: int) -> QRect:
        """The box around what is in view of a range, on the screen; empty where nothing is."""
        box = QRectF()
        for _, origin, laid in self.rows_in_view():
            if laid.row.start < end and start < laid.row.end:
                for rect in laid.rects(start, end):
                    box = box.united(rect.translated(origin))
        inside = box.toAlignedRect().intersected(self.viewport().rect())
        return QRect(self.viewport().mapToGlobal(inside.topLeft()), inside.size())

    def say(self, start: int, words: str) -> None:
        """Say something in a card beside a place, until the pointer or the page moves."""
        box = self.place_of(start, start + 1)
        place = self.viewport().mapFromGlobal(box.center())
        self.say_at(QPointF(place if not box.isEmpty() else self.viewport().rect().center()), words)

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
            return self._enter()
        elif key == _Key.Key_B and not shift:
            self.toggle_folds()
        else:
            return False
        return True

    def _enter(self) -> bool:
        """Act on the spot that has the keys, else open or close the first fold in view."""
        if self._keys.spot is not None:
            self._act(self._keys.spot)
            return True
        for _, _, laid in self._column.visible() if self._column is not None else ():
            if laid.row.kind == RowKind.FOLD:
                self.toggle_fold(laid.row.block)
                return True
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the spots in view before the keys leave the page."""
        if not self._keys.step(1 if forward else -1):
            return super().focusNextPrevChild(forward)
        if self._keys.spot is not None:
            self._telling.tell_spot(self._keys.spot)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._keys.clear()
        super().focusOutEvent(event)

    def _act(self, spot: Spot) -> None:
        """Do what a spot is for."""
        if spot.kind in (SpotKind.FOLD, SpotKind.RULE):
            self.toggle_fold(int(spot.target))
        elif spot.kind is SpotKind.PICTURE:
            self.picture_asked.emit(int(spot.target))
        elif spot.kind is SpotKind.NOTE:
            self._go_to_note(str(spot.target), spot)
        else:
            self._go_back_from(str(spot.target))

    def _go_to_note(self, label: str, spot: Spot) -> None:
        place = self._notes.place(label) if self._notes is not None else None
        if place is None:
            self.say_at(QPointF(self.viewport().rect().center()), self.tr(
                "The note is not in this text."
            ))  # fmt: skip
            return
        for _, _, laid in self.rows_in_view():
            if spot in laid.spots:
                point = laid.point_of(spot)
                self._called_from[label] = (point, point + 1)
        self.looked_up.emit()
        self.go_to(*place)
        self._keys.give(SpotKind.RETURN, label)

    def _go_back_from(self, label: str) -> None:
        place = self._called_from.get(label)
        if place is None and self._notes is not None:
            place = self._notes.mark(label)
        if place is not None:
            self.looked_up.emit()
            self.go_to(*place)
            self._keys.give(SpotKind.NOTE, label, near=place[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hovering.leave()
        self._keys.clear()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        spot = self.spot_at(event.position())
        if spot is None or spot.kind is SpotKind.PICTURE:
            self._selecting.press(event)
            self._pressed = (spot, event.position()) if spot is not None else None
        else:
            self._act(spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.spot_at(event.position()) is None:
            self._selecting.press_twice(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._selecting.drag(event.position())
        else:
            self._hovering.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._selecting.release()
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            away = event.position() - pressed[1]
            if away.manhattanLength() < QApplication.startDragDistance():
                self._act(pressed[0])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._hovering.leave()
        self.context_menu(event.pos()).popup(event.globalPos())

    def context_menu(self, place: QPoint) -> QMenu:
        """Make the menu of a place of the window."""
        return context_menu(self, place)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), said, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hovering.leave()
        return super().viewportEvent(event)

    def tip_at(self, place: QPointF) -> str:
        """What the tooltip of a place says."""
        return self._hovering.tip_at(place)

    def say_at(self, place: QPointF, words: str) -> None:
        """Show words in a card at a place, until the pointer or the page moves."""
        self._hovering.say(place, words)

    def _paint_marks(self, painter: QPainter, index: int, laid: Laid) -> None:
        super()._paint_marks(painter, index, laid)
        self._keys.paint(painter, index, laid, self._appearance.theme.accent)
