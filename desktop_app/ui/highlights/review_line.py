"""A line above the page: how many highlights of the document somebody has to look at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.ui.highlights.standing_words import Standings, to_review_in_words
from desktop_app.ui.panes.fields import label


class ReviewLine(QFrame):
    """Hidden while there is nothing to look at."""

    asked = Signal()  # the list, of this document

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._said = label("", "muted", self)
        self._show = QPushButton(self.tr("Review"), self)
        self._show.setProperty("kind", "link")
        self._show.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 2, 15, 2)
        row.addWidget(self._said)
        row.addWidget(self._show)
        row.addStretch(1)
        self.hide()

    @property
    def words(self) -> str:
        """What is said; "" while the line is hidden."""
        return "" if self.isHidden() else self._said.text()

    def show_counts(self, counts: Standings) -> None:
        """Say what is to be looked at, if anything is."""
        words = to_review_in_words(counts)
        self._said.setText(words)
        self._show.setAccessibleName(self.tr("Review: {0}").format(words))
        self.setVisible(bool(words))
