"""From what a search found to its place: a match, the note that says it, the next document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.matching import Passage
from desktop_app.ui.joins.highlights import HighlightJoins
from desktop_app.ui.joins.notes import NotesJoins
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.core.model import Document
    from desktop_app.library.library import Library


class FoundJoins(QObject):
    """The ways from the rows of the list into the reader, and from there to the next row."""

    def __init__(
        self,
        session: Session,
        reading: Reading,
        window: MainWindow,
        *,
        highlights: HighlightJoins,
        notes: NotesJoins,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._reading = reading
        self._window = window
        self._highlights = highlights
        self._notes = notes
        self._note_of: int | None = None  # the document whose note is opened once it is shown
        window.list.opened.connect(self.open)
        window.list.passage_opened.connect(self._open_passage)
        window.list.beside_opened.connect(self._open_beside)
        reading.past_last_match.connect(self._go_past)
        reading.shown.connect(self._on_shown)

    def open(self, document: int) -> None:
        """Give the keys to a document of the list, at what its row shows first of it."""
        row = self._window.list.model.known_row(document)
        hit = row.hit if row is not None else None
        if hit is not None and not hit.passages and (hit.notes or hit.quotes):
            self._open_beside(document, (hit.notes or hit.quotes)[0])
            return
        passages = hit.passages if hit is not None else ()
        first = next((mark for passage in passages for mark in passage.marks), None)
        self._reading.open_at_match(document, at=first)

    def _open_passage(self, document: int, passage: Passage) -> None:
        self._reading.open_at_match(document, at=next(iter(passage.marks), None))

    def _open_beside(self, document: int, passage: Passage) -> None:
        """Open the note that a passage is of, or the highlight whose words it is of."""

        def came(highlight: int | None) -> None:
            if highlight is not None:
                self._highlights.going.go(document, highlight, focus=True)
            elif self._reading.document is not None and self._reading.document.id == document:
                self._open_note()
            else:
                self._note_of = document
                self._reading.open(document, position=0)

        self._session.read(
            lambda library: _said_by(library, document, passage), came, key="said-by"
        )

    def _on_shown(self, document: Document) -> None:
        wanted, self._note_of = self._note_of, None
        if wanted == document.id:
            self._open_note()

    def _open_note(self) -> None:
        """Show the note on the open document, ready to be written on."""
        self._window.reader.focus_text()
        self._window.reader.return_to(0)
        self._notes.writing.edit_document()

    def _go_past(self, by: int) -> None:
        """Go on with the next document behind the last match, or the one before the first."""
        listed = self._window.list
        if not self._window.shows_list:
            last = self.tr("This is the last match in this document.")
            first = self.tr("This is the first match in this document.")
            self._session.said.emit(last if by > 0 else first)
            return
        if by < 0 and listed.can_step(by):
            self._reading.come_from_behind()
        listed.step(by)


def _said_by(library: Library, document: int, passage: Passage) -> int | None:
    """The highlight whose note or words a passage is of; None for the note on the document."""

    def of(text: str) -> bool:
        return text[passage.start : passage.end] == passage.text

    if of(library.marks.note(document)):
        return None
    marks = library.marks.of(document)
    by_note = (each.id for each in marks if of(each.note))
    by_quote = (each.id for each in marks if of(each.anchor.quote))
    return next(by_note, next(by_quote, None))
