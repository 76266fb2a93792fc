"""One spelling: its words, how many documents say it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop_app.library.spellings import Spelling
from desktop_app.ui.panes.fields import OneLine, label

_BUTTONS = ("add", "join")


class SpellingRow(QWidget):
    """A row with two buttons; arrow keys go between rows and buttons."""

    add_asked = Signal(object)  # Spelling: into the search, or out of it
    join_asked = Signal(object)  # Spelling: to the name, or away from it
    stepped = Signal(int, str)  # rows down, which button

    def __init__(self, spelling: Spelling, *, of: str, asked: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.spelling = spelling
        self._name = OneLine("strong" if spelling.joined else "", self)
        self._name.setText(spelling.forms)
        said = "1 document" if spelling.documents == 1 else f"{spelling.documents:,} documents"
        count = label(said, "small", self)
        other = label("", "small", self)
        if spelling.elsewhere:
            other.setText(self.tr("in the name “{0}”").format(spelling.elsewhere))
        self.add = self._button(
            self.tr("In the search") if asked else self.tr("Add with OR"),
            self.tr("Take “{0}” out of the search")
            if asked
            else self.tr("Add “{0}” to the search with OR"),
            pressed=asked,
        )
        self.join = self._button(
            self.tr("Joined") if spelling.joined else self.tr("Join"),
            self.tr("Part “{0}” from the name again")
            if spelling.joined
            else self.tr("Join “{0}” to “{1}”: name:{1} then finds both"),
            pressed=spelling.joined,
            of=of,
        )
        self._align()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 2, 1)
        row.setSpacing(8)
        row.addWidget(self._name, 1)
        for widget in (other, count, self.add, self.join):
            row.addWidget(widget)
        self.setAccessibleName(f"{spelling.forms}, {said}")
        self.add.clicked.connect(lambda: self.add_asked.emit(self.spelling))
        self.join.clicked.connect(lambda: self.join_asked.emit(self.spelling))

    def button(self, name: str) -> QToolButton:
        """One of the two buttons, by its name."""
        return self.join if name == "join" else self.add

    def _align(self) -> None:
        """Let the buttons of all rows stand below each other, whatever they say."""
        padding = self.add.sizeHint().width() - self.add.fontMetrics().horizontalAdvance(
            self.add.text()
        )
        for button, longest in ((self.add, "In the search"), (self.join, "Joined")):
            wide = button.fontMetrics().horizontalAdvance(f"✓ {self.tr(longest)}")
            button.setMinimumWidth(max(wide + padding, button.sizeHint().width()))

    def _button(self, text: str, says: str, *, pressed: bool, of: str = "") -> QToolButton:
        made = QToolButton(self)
        made.setText(f"✓ {text}" if pressed else text)
        said = says.format(self.spelling.forms, of)
        made.setToolTip(said)
        made.setAccessibleName(said)
        made.setProperty("kind", "choice")
        made.setCheckable(True)
        made.setChecked(pressed)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.installEventFilter(self)
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = "join" if watched is self.join else "add"
            match event.key():
                case Qt.Key.Key_Up:
                    self.stepped.emit(-1, at)
                case Qt.Key.Key_Down:
                    self.stepped.emit(1, at)
                case Qt.Key.Key_Left | Qt.Key.Key_Right:
                    self.stepped.emit(0, _BUTTONS[1 - _BUTTONS.index(at)])
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.button(at).click()
                case _:
                    return False
            return True
        return False
