"""The bar for finding a string in the document that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop_app.ui.reader.bars import button


class FindBar(QFrame):
    """A field, the count, and steps to the next and the previous place."""

    wanted = Signal(str)  # as it is typed
    stepped = Signal(int)  # +1 next, -1 previous
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find in this document"))
        self.field.setAccessibleName(self.tr("Find in this document"))
        self.field.setClearButtonEnabled(False)
        self.field.setFixedWidth(260)
        self.count = QLabel(self)
        self.count.setProperty("tone", "small")
        self._previous = button("previous", self.tr("Previous place (Shift+Enter)"), self)
        self._next = button("next", self.tr("Next place (Enter)"), self)
        self._close = button("close", self.tr("Close the find bar (Esc)"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 5, 8, 5)
        for part in (self.field, self.count, self._previous, self._next):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._close)
        self._connect()

    def _connect(self) -> None:
        self.field.textChanged.connect(self.wanted)
        self._previous.clicked.connect(lambda: self.stepped.emit(-1))
        self._next.clicked.connect(lambda: self.stepped.emit(1))
        self._close.clicked.connect(self.closed)

    def open_with(self, text: str) -> None:
        """Show the bar, ready to type; text is put in where there is any."""
        self.show()
        if text:
            self.field.setText(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def say(self, text: str, *, none: bool = False) -> None:
        """Show the count; none marks it as a failure, in words as well as in colour."""
        self.count.setText(text)
        self.count.setProperty("tone", "problem" if none else "small")
        self.count.style().unpolish(self.count)
        self.count.style().polish(self.count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if shift else 1)
        else:
            super().keyPressEvent(event)
