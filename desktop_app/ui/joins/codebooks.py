"""Who is told of what about tag collections as files, and about two that are compared."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.core.model import Document
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.codebooks.comparing import ComparingVerbs
from desktop_app.ui.codebooks.verbs import CodebookVerbs
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session


class CodebookJoins(QObject):
    """The connections of tag collections that come, go, and are compared."""

    def __init__(
        self, session: Session, actions: Actions, window: MainWindow, reading: Reading
    ) -> None:
        super().__init__(window)
        self._window = window
        self._reading = reading
        self._going: tuple[int, int, int] | None = None  # document, start, end
        self.verbs = CodebookVerbs(session, actions, window)
        self.comparing = ComparingVerbs(session, actions, window)
        self.comparing.place_asked.connect(self._go)
        reading.document_changed.connect(self._on_document)
        reading.failed.connect(self._forget)

    def _go(self, document: int, start: int, end: int) -> None:
        self._going = (document, start, end)
        shown = self._reading.document
        if shown is not None and shown.id == document == self._reading.wanted:
            self._arrive()
        else:
            self._reading.open(document)

    def _forget(self) -> None:
        self._going = None

    def _on_document(self, document: Document | None) -> None:
        if self._going is None:
            return
        if self._reading.wanted != self._going[0]:
            self._forget()  # one has gone elsewhere meanwhile
        elif document is not None and document.id == self._going[0]:
            self._arrive()

    def _arrive(self) -> None:
        assert self._going is not None
        _, start, end = self._going
        self._going = None
        self._window.bring_reader()
        if end > start:
            self._window.reader.go_to(start, end)
