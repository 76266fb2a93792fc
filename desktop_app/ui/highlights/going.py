"""From a row of highlights to its place in the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reading import Reading

if TYPE_CHECKING:
    from desktop_app.core.model import Document


class Going(QObject):
    """Opens the document of a highlight, and goes to its place once it is there."""

    arrived = Signal(int, bool)  # a highlight; whether it has a place in the text in use

    def __init__(self, reading: Reading, reader: ReaderPane, parent: QObject) -> None:
        super().__init__(parent)
        self._reading = reading
        self._reader = reader
        self._wanted: tuple[int, int, bool] | None = None  # document, highlight, take the keys
        reading.document_changed.connect(self._on_document)
        reading.failed.connect(self.forget)

    def go(self, document: int, highlight: int, *, focus: bool = False) -> None:
        """Go to a highlight of a document; focus: put the keys into the reader as well."""
        self._wanted = (document, highlight, focus)
        shown = self._reading.document
        if shown is not None and shown.id == document == self._reading.wanted:
            self._arrive()
        else:
            self._reading.open(document)

    def forget(self) -> None:
        """Stay where one is."""
        self._wanted = None

    def _on_document(self, document: Document | None) -> None:
        if self._wanted is None:
            return
        if self._reading.wanted != self._wanted[0]:
            self.forget()  # one has gone elsewhere meanwhile
        elif document is not None and document.id == self._wanted[0]:
            self._arrive()

    def _arrive(self) -> None:
        assert self._wanted is not None
        _, highlight, focus = self._wanted
        self._wanted = None
        found = self._reader.go_to_highlight(highlight)
        if focus:
            self._reader.focus_text()
        self.arrived.emit(highlight, found)
