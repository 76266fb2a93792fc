"""The small window that says why a library cannot be opened, and what can be done instead."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import LibraryBusy, Problem

WIDTH = 480


class Way(Enum):
    """What can be done where a library cannot be opened for writing."""

    AGAIN = "Try again"
    READ = "Open for reading only"
    CLOSE = "Close"


class RefusalDialog(QDialog):
    """Says what happened, what is safe, and what to do."""

    chosen = Signal(object)  # a Way

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The library cannot be opened"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for text, tone in ((problem.message, "title"), (problem.hint, "muted")):
            column.addWidget(self._label(text, tone))
        column.addSpacing(8)
        row = QHBoxLayout()
        row.addStretch(1)
        column.addLayout(row)
        busy = isinstance(problem, LibraryBusy)
        ways = (Way.READ, Way.AGAIN, Way.CLOSE) if busy else (Way.CLOSE,)
        self.buttons: dict[Way, QPushButton] = {}
        for way in ways:
            button = QPushButton(self.tr(way.value), self)
            button.setAutoDefault(way is ways[-1])
            button.clicked.connect(lambda _checked=False, way=way: self._choose(way))
            row.addWidget(button)
            self.buttons[way] = button
        self.setFixedWidth(WIDTH)
        self.setFixedHeight(column.totalHeightForWidth(WIDTH))

    def reject(self) -> None:
        """Close, as with Esc."""
        self._choose(Way.CLOSE)

    def _choose(self, way: Way) -> None:
        self.hide()
        self.chosen.emit(way)

    def _label(self, text: str, tone: str) -> QLabel:
        made = QLabel(text, self)
        made.setProperty("tone", tone)
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made
