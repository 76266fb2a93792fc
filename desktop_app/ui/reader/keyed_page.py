"""What keys do on the page: scroll, turn, move a caret, go through its spots, open them.

A spot is a fold line, the mark of a note, the way back from it, or a picture.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.caret import Caret
from desktop_app.ui.reader.handles import Handles
from desktop_app.ui.reader.hovering import Hovering
from desktop_app.ui.reader.laid import Spot, SpotKind
from desktop_app.ui.reader.marked_page import MarkedPage
from desktop_app.ui.reader.rows import RowKind, Rows
from desktop_app.ui.reader.selecting import Selecting
from desktop_app.ui.reader.spot_keys import SpotKeys
from desktop_app.ui.reader.telling import Telling

_Key = Qt.Key
_Keys = QKeySequence.StandardKey


class KeyedPage(MarkedPage):
    """A page that answers to keys."""

    looked_up = Signal()  # one went to a note or back: that is not reading
    picture_asked = Signal(int)  # the index of an image block to be shown larger
    keys_selected = Signal()  # Shift was let go of, over a selection that the caret made
    caret_turned = Signal(bool)
    chosen_entered = Signal()  # Enter, while a highlight is chosen

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._selecting = Selecting(self)
        self._hovering = Hovering(self)
        self._keys = SpotKeys(self)
        self._telling = Telling(self)
        self._handles = Handles(self)
        self._caret = Caret(self)
        self._called_from: dict[str, tuple[int, int]] = {}  # by note, the mark one came by

    def show_text(
        self, document: Document, text: Text, *, position: int = 0, rows: Rows | None = None
    ) -> None:
        """Show a text with a code point of it at the top; 0 shows the title."""
        self._hovering.leave()
        self._keys.clear()
        self._called_from.clear()
        self._handles.cancel()
        self._caret.put(position)
        super().show_text(document, text, position=position, rows=rows)

    def event(self, event: QEvent) -> bool:
        # What is about the text comes before what the same key does in the window.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._is_about_text(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def _is_about_text(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return self.text is not None
        return event.matches(QKeySequence.StandardKey.Copy) and self.selection() is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._handles.dragging and event.key() == _Key.Key_Escape:
            self._handles.cancel()
        elif not self._press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        shift = event.key() == _Key.Key_Shift and not event.isAutoRepeat()
        if shift and self._caret.on and self.selection() is not None:
            self.keys_selected.emit()
        super().keyReleaseEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key of the page does; tell whether it is one."""
        if self._caret.on and self._caret.press(event):
            return True
        line = self._style.line_px
        key, held = event.key(), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return True
        if event.matches(_Keys.MoveToStartOfDocument) or event.matches(_Keys.MoveToEndOfDocument):
            self.scroll_to_edge(end=event.matches(_Keys.MoveToEndOfDocument))
            return True
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

    # The caret.

    @property
    def caret_on(self) -> bool:
        """Whether a caret is moved by keys in the page."""
        return self._caret.on

    def turn_caret(self, on: bool) -> None:
        """Show a caret that keys move, or none."""
        if on != self._caret.on:
            self._caret.turn(on)
            if on:
                self._caret.bring_into_view()
                self.tell_caret(self._caret.point, "line")
            self.caret_turned.emit(on)

    @property
    def caret(self) -> int | None:
        """Where the caret stands; None while there is none."""
        return self._caret.point if self._caret.on else None

    def extend_selection(self, begun_at: int, place: int) -> None:
        """Move the loose end of the selection to a place; a new one begins where it is said."""
        self._selecting.extend_to(place, begun_at=begun_at)

    def tell_caret(self, point: int, how: str) -> None:
        """Tell a screen reader of the letter, word or line that the caret has come to."""
        self._telling.tell_caret(point, how)

    def _enter(self) -> bool:
        """Act on the spot that has the keys, or the chosen highlight, or the first fold in view."""
        if self._keys.spot is not None:
            self._act(self._keys.spot)
            return True
        if self.chosen is not None:
            self.chosen_entered.emit()
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

    # What is said.

    def tip_at(self, place: QPointF) -> str:
        """What the tooltip of a place says."""
        return self._hovering.tip_at(place)

    def handle_at(self, place: QPointF) -> bool:
        """Tell whether a handle of the chosen highlight is at a place of the window."""
        return self._handles.at(place) is not None

    def marks_tip(self, place: QPointF) -> str:
        """Note and tags of the highlights at a place of the window."""
        said = []
        for mark in self.marks_at(place):
            names = [self.tag_names.get(tag, "") for tag in mark.tags]
            said += [" ".join(mark.note.split()), " · ".join(name for name in names if name)]
        return "\n".join(part for part in said if part)

    def say(self, start: int, words: str) -> None:
        """Say something in a card beside a place, until the pointer or the page moves."""
        box = self.place_of(start, start + 1)
        middle = self.viewport().rect().center()
        place = middle if box.isEmpty() else self.viewport().mapFromGlobal(box.center())
        self.say_at(QPointF(place), words)

    def say_at(self, place: QPointF, words: str) -> None:
        """Show words in a card at a place, until the pointer or the page moves."""
        self._hovering.say(place, words)
