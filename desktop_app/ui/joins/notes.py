"""Who is told of what about notes: the margin, the details, the library, the keys."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.core.model import Document
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.marking.verbs import MarkVerbs
from desktop_app.ui.notes.keeping import NoteKeeping
from desktop_app.ui.panes.document_note import DocumentNote
from desktop_app.ui.reader.margin import Margin
from desktop_app.ui.reader.note_writing import NoteWriting
from desktop_app.ui.reader.pages_notes import PagesNotes
from desktop_app.ui.reader.shown_notes import ShownNotes
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session


class NotesJoins(QObject):
    """The connections of notes in one window."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        window: MainWindow,
        reading: Reading,
        *,
        verbs: MarkVerbs,
        appearance: Appearance,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.keeping = NoteKeeping(session, self)
        reader = window.reader
        self.notes = ShownNotes(reader.view)
        self.notes.read_only = session.read_only
        self.writing = NoteWriting(self.notes, reader.view.viewport())
        self.margin = Margin(appearance, reader.view, self.notes, self.writing)
        self.pages = PagesNotes(appearance, reader.pages, self.notes, self.writing)
        self.details = DocumentNote(appearance, window.details)
        self.details.set_read_only(session.read_only)
        window.details.add_section(self.tr("NOTE"), self.details)
        self._connect(reading)
        self._connect_writing(actions, verbs)

    def _connect(self, reading: Reading) -> None:
        notes, keeping, reader = self.notes, self.keeping, self._window.reader
        self.margin.picked.connect(self._choose)
        self.pages.picked.connect(self._choose)
        keeping.changed.connect(notes.set_typed)
        keeping.changed.connect(self.details.set_typed)
        self._window.details.documents_shown.connect(self._look_up_note)
        reader.marks_changed.connect(keeping.heard)
        reading.note_changed.connect(notes.set_document_note)
        reading.note_changed.connect(keeping.heard)
        reader.sheets.changed.connect(self._change_sheet)
        self._session.tags_changed.connect(self._on_tags)

    def _connect_writing(self, actions: Actions, verbs: MarkVerbs) -> None:
        writing, keeping = self.writing, self.keeping
        for writer in (writing, self.details):
            writer.typed.connect(keeping.typed)
            writer.finished.connect(keeping.finished)
            writer.given_up.connect(self._say_given_up)
            keeping.closing.connect(writer.finish)
        verbs.note_asked.connect(writing.edit_on)
        actions.on("document.note", writing.edit_document)

    def start(self) -> None:
        """Save what was being written when the program last ended."""
        self.keeping.recover()

    def _on_tags(self, tree: TagTree) -> None:
        self.notes.set_tags(tree)

    def _choose(self, highlight: int) -> None:
        """Choose a highlight, and bring it into view where it is not."""
        reader = self._window.reader
        found = reader.surface.marks.with_id(highlight)
        if found is not None and found.place is not None:
            if reader.surface.in_view(found.place.start):
                reader.surface.choose(highlight)
            else:
                reader.go_to_highlight(highlight)
            reader.focus_text()

    def _look_up_note(self, documents: tuple[Document, ...]) -> None:
        """Show the note on the one document of the details."""
        if len(documents) != 1:
            self.details.show_note(None, "")
            return
        document = documents[0].id

        def came(note: str) -> None:
            self.details.show_note(document, note)
            self.keeping.heard()

        self._session.read(lambda library: library.marks.note(document), came, key="details-note")

    def _change_sheet(self, pages: bool) -> None:
        reader = self._window.reader
        self.writing.move_to((reader.pages if pages else reader.view).viewport())

    def _say_given_up(self) -> None:
        self._session.said.emit(
            self.tr("The note is as it was. Write on it again to bring back what you typed.")
        )
