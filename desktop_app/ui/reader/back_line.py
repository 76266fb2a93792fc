"""A line above the page, while the reader stands where the list was, with the way back to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget


class BackLine(QFrame):
    """Hidden while both have room."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self.button = QPushButton(self)
        self.button.setProperty("kind", "link")
        self.button.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 2, 15, 2)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def show_way(self, name: str) -> None:
        """Say what the way leads back to; "" hides the line."""
        words = self.tr("‹ {0} (Esc)").format(name)
        self.button.setText(words)
        self.button.setAccessibleName(self.tr("Back to: {0}").format(name))
        self.setVisible(bool(name))
