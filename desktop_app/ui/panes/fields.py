"""What fields in several panes share: plain labels, and the sentence on what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget


def show_problem_of(field: QLineEdit, sentence: QLabel, problem: str) -> None:
    """Say beside a field what is wrong with it, to the eye and to a screen reader; empty: nothing."""
    mark(field, "problem", "true" if problem else "false")
    field.setAccessibleDescription(problem)
    sentence.setText(problem)
    sentence.setVisible(bool(problem))


def mark(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def label(text: str, tone: str, parent: QWidget) -> QLabel:
    """Make a label of plain text in a tone of the style sheet."""
    made = QLabel(parent)
    # Names and sentences come from outside: none of them is ever read as markup.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("tone", tone)
    return made


def plain_text(action: QAction) -> str:
    """The text of an action without the marks of its mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
