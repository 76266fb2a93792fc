"""The line above the panes that says what went wrong, or what can be done; never in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_app.core.errors import Problem
from desktop_app.ui.look.icons import Tone, icon
from desktop_app.ui.panes.fields import label, mark


class ProblemBar(QFrame):
    """Hidden while there is nothing to say. Stays until it is closed or another takes its place."""

    action_clicked = Signal(str)  # the key that came with the action
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.setAccessibleName("Message")
        self._key = ""
        self._sign = QLabel(self)
        self._message = label("", "title", self)
        self._message.setWordWrap(True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QPushButton(self)
        self._action.setProperty("kind", "link")
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAccessibleName("Close the message")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._message, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self._close.clicked.connect(self.clear)
        self._action.clicked.connect(self._act)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty while the bar is hidden."""
        return "" if self.isHidden() else self._message.text()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong and what to do about it."""
        self._say(str(problem), "problem", "", "")

    def show_message(self, text: str, action_text: str = "", key: str = "") -> None:
        """Say something that is no problem, with one thing that can be done about it."""
        self._say(text, "", action_text, key)

    def clear(self) -> None:
        """Say nothing."""
        if not self.isHidden():
            self.hide()
            self.cleared.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _say(self, text: str, tone: str, action_text: str, key: str) -> None:
        self._key = key
        sign = icon("bad", Tone.PROBLEM) if tone else icon("details", Tone.ACCENT)
        side = self.fontMetrics().height()
        self._sign.setPixmap(sign.pixmap(side, side))
        mark(self._message, "tone", tone)
        self._message.setText(text)
        self._action.setText(action_text)
        self._action.setVisible(bool(action_text))
        self.setAccessibleDescription(text)
        self.show()
        event = QAccessibleEvent(self, QAccessible.Event.Alert)
        QAccessible.updateAccessibility(event)

    def _act(self) -> None:
        key = self._key
        self.clear()
        self.action_clicked.emit(key)
