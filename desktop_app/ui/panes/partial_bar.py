"""The line over a list that says that its answer is partial, by how much, and that it is made whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui.look.icons import Tone, icon


class PartialBar(QFrame):
    """Hidden where the answer is whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The answer is partial"))
        sign = QLabel(self)
        sign.setPixmap(icon("refused", Tone.PROBLEM).pixmap(16, 16))
        self._words = QLabel(self)
        self._words.setProperty("tone", "problem")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 2, 18, 6)
        row.setSpacing(8)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty while the bar is hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_behind(self, behind: int, *, going_on: bool, note: str = "") -> None:
        """Say how many documents an answer could not take into account; 0 for none.

        going_on: whether they are being taken in. note: what else the index says of itself.
        """
        if behind:
            documents = (
                self.tr("1 document is") if behind == 1 else self.tr("{0:,} documents are")
            ).format(behind)
            words = self.tr("This answer is partial: {0} not yet in the search index.").format(
                documents
            )
            if going_on:
                words += self.tr(" It becomes whole by itself.")
            self._words.setText(f"{words} {note}".rstrip())
            self.setAccessibleDescription(self._words.text())
        self.setVisible(behind > 0)
