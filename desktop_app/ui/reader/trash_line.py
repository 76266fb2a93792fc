"""A line above the page of a document that lies in the trash, with the way out of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.core.model import Document
from desktop_app.ui.panes.fields import label


class TrashLine(QFrame):
    """Hidden while the open document lies anywhere else."""

    put_back = Signal(int)  # the document

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar")
        self._document: int | None = None
        self._said = label(
            self.tr("This document is in the trash; lists and searches leave it out."),
            "muted",
            self,
        )
        self._back = QPushButton(self.tr("Put it back"), self)
        self._back.setProperty("kind", "link")
        self._back.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 2, 15, 2)
        row.addWidget(self._said)
        row.addWidget(self._back)
        row.addStretch(1)
        self.hide()

    @property
    def words(self) -> str:
        """What is said; "" while the line is hidden."""
        return "" if self.isHidden() else self._said.text()

    def show_document(self, document: Document | None) -> None:
        """Say where the open document lies, if that is the trash."""
        self._document = document.id if document is not None else None
        self.setVisible(document is not None and document.trashed_at is not None)

    def _ask(self) -> None:
        if self._document is not None:
            self.put_back.emit(self._document)
