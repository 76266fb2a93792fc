"""The small window that says why a library cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Problem


class RefusalDialog(QDialog):
    """Says what happened, what is safe, and what to do."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The library cannot be opened"))
        message = QLabel(problem.message, self)
        message.setProperty("tone", "title")
        hint = QLabel(problem.hint, self)
        hint.setProperty("tone", "muted")
        for label in (message, hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(10)
        column.addWidget(message)
        column.addWidget(hint)
        column.addSpacing(6)
        column.addWidget(buttons)
        self.setMinimumWidth(460)
