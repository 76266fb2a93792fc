"""A card that lies over the window for a moment: a field, what it finds, a line of hints.

Not a window of its own and not modal: Escape or a click elsewhere puts it away and gives the keys
back to whoever had them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.panes.choice_list import ChoiceList
from desktop_app.ui.panes.fields import label

_WIDTH = 520
_HEIGHT = 420
_EDGE = 16


def keeps_letters(event: QEvent) -> bool:
    """Keep a key without Ctrl or Alt from the window's own, for the buttons of a card."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    modifier = Qt.KeyboardModifier
    if event.modifiers() & ~(modifier.ShiftModifier | modifier.KeypadModifier):
        return False
    event.accept()
    return True


class Card(QFrame):
    """The card with its field and list; what Enter does is for those who derive."""

    closed = Signal()

    def __init__(self, name: str, hints: str, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None
        self.setProperty("surface", "popup")
        self.setAccessibleName(name)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(name)
        self.list = ChoiceList(f"{name}: what fits", self)
        self.hints = label(hints, "small", self)
        self.hints.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(10, 10, 10, 8)
        self.column.setSpacing(6)
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.hints)
        self.field.installEventFilter(self)
        host.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether the card is to be seen."""
        return self.isVisible()

    def open_card(self) -> None:
        """Show the card over the window with the keys in its field."""
        if not self.isVisible():
            # The window's own: no widget at all has the keys while it is not in front.
            self._before = self.window().focusWidget()
            QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Put the card away and give the keys back."""
        if not self.isVisible():
            return
        QApplication.instance().focusChanged.disconnect(self._follow_focus)  # type: ignore[union-attr]
        inside = self._holds(self.window().focusWidget())
        # Before it is hidden: else Qt gives the keys to whatever comes next, for a moment.
        if inside and self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self._before = None
        self.closed.emit()

    def key_in_field(self, event: QKeyEvent) -> bool:
        """Do what a key in the field means; False lets the field have it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            return True
        return self.list.step_by_key(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self.field and event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            # A field with nothing of its own to undo leaves Ctrl+Z to the window.
            if event.matches(QKeySequence.StandardKey.Undo) and not self.field.isUndoAvailable():
                event.ignore()
                return True
        elif watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self.key_in_field(event)
        return False

    def event(self, event: QEvent) -> bool:
        return keeps_letters(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        # No other key may reach the window's own single letters from here.
        event.accept()

    def _place(self) -> None:
        scale = max(1.0, self.fontMetrics().height() / 18)
        room = self._host.size()
        width = min(round(_WIDTH * scale), room.width() - 2 * _EDGE)
        height = min(round(_HEIGHT * scale), room.height() - 2 * _EDGE)
        top = max(_EDGE, min(round(room.height() * 0.09), room.height() - height - _EDGE))
        self.setGeometry((room.width() - width) // 2, top, width, height)

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        # No widget at all has the keys while another program is in front: the card stays.
        if now is not None and not self._holds(now) and now.window() is self.window():
            self.close_card()
