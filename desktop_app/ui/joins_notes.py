"""Who is told of what about notes: the margin, the details, the library, the keys."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.library.tag_tree import TagTree
from desktop_app.ui.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mark_verbs import MarkVerbs
from desktop_app.ui.note_keeping import NoteKeeping
from desktop_app.ui.reader.margin import Margin
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session
from desktop_app.ui.theme import Appearance


class NotesJoins(QObject):
    """The connections of notes in one window."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        window: MainWindow,
        reading: Reading,
        verbs: MarkVerbs,
        appearance: Appearance,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.keeping = NoteKeeping(session, self)
        self.margin = Margin(appearance, window.reader.view)
        self.margin.set_read_only(session.read_only)
        self._connect(actions, reading, verbs)

    def _connect(self, actions: Actions, reading: Reading, verbs: MarkVerbs) -> None:
        margin, keeping, reader = self.margin, self.keeping, self._window.reader
        margin.typed.connect(keeping.typed)
        margin.finished.connect(keeping.finished)
        margin.given_up.connect(self._say_given_up)
        margin.picked.connect(reader.go_to_highlight)
        keeping.changed.connect(margin.set_typed)
        keeping.closing.connect(margin.finish)
        reader.marks_changed.connect(keeping.heard)
        reader.view.chosen_changed.connect(margin.set_chosen)
        reading.note_changed.connect(margin.set_document_note)
        reading.note_changed.connect(keeping.heard)
        verbs.note_asked.connect(margin.edit_on)
        actions.on("document.note", margin.edit_document)
        self._session.tags_changed.connect(self._on_tags)

    def start(self) -> None:
        """Save what was being written when the program last ended."""
        self.keeping.recover()

    def _on_tags(self, tree: TagTree) -> None:
        self.margin.set_tags(tree)

    def _say_given_up(self) -> None:
        self._session.said.emit(
            self.tr("The note is as it was. Write on it again to bring back what you typed.")
        )
