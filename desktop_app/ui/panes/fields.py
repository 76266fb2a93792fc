"""What fields in several panes share: plain labels, and the sentence on what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QSizePolicy, QWidget


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


def add_field(
    form: QFormLayout, title: str, field: QWidget, *, beside: QWidget | None = None
) -> None:
    """Add a line to a form: a title whose letter after & leads to the field, and what stands there.

    beside: what holds the field where that is not alone in its line.
    """
    said = label(title, "plain", field)
    said.setBuddy(field)
    form.addRow(said, beside or field)


def plain_text(action: QAction) -> str:
    """The text of an action without the marks of its mnemonic."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def short(text: str, letters: int = 40) -> str:
    """A name cut to what a button can bear; its tooltip has it whole."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


class OneLine(QLabel):
    """A label of one line that never asks for room and ends in dots where there is too little."""

    def __init__(self, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        end = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), end, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            self.palette(),
            True,
            text,
            self.foregroundRole(),
        )
        painter.end()
