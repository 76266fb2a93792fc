"""A link of as many lines as its words need: Qt's buttons have one line, however narrow the place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

_BESIDE = 16  # what the frame of a link takes from its width


class WayLine(QPushButton):
    """A link that is broken into lines where it is fitted into a width."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setProperty("kind", "link")
        self.setAccessibleName(words)
        self.setText(words.replace("&", "&&"))

    def fit(self, width: int) -> None:
        """Break the words so that the link is no wider than a width."""
        self.ensurePolished()
        lines = broken(self._words, self.fontMetrics(), width - _BESIDE)
        self.setText("\n".join(lines).replace("&", "&&"))


def broken(words: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break words into lines that are no wider than a width; a word that is wider alone is cut."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width) for line in lines]
