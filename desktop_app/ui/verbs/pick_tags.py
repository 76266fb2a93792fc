"""Opens the tag picker for documents or highlights, however many, and keeps it as the library is.

What they carry is counted in the library: of a whole result nothing comes to the window but ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.changes import Changes, Kind
from desktop_app.library.commands import AddTag, Command, RemoveTag
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.carrying import Carriers
from desktop_app.library.tags.commands import CreateTag, TakeOffMade
from desktop_app.ui.models.document_words import highlights_in_words
from desktop_app.ui.models.tag_lookup import TagLookup
from desktop_app.ui.models.tag_words import documents_in_words
from desktop_app.ui.panes.tag_picker import TagPicker
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

_LASTING = 3_000  # so many are tagged in a third of a second, or more on a slow machine


class PickTags(QObject):
    """What the picker is open for."""

    def __init__(self, session: Session, picker: TagPicker, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._picker = picker
        self._ids: tuple[int, ...] = ()
        self._known: frozenset[int] = frozenset()
        self._on_marks = False
        self._found = ""
        self._lookup: TagLookup | None = None  # of the tree that was seen last
        self._carriers: Carriers | None = None  # as they were read last; None where they changed
        self._turn = 0  # counts what makes them others
        self._settled = 0  # how many of the things asked for in the picker are done
        picker.command.connect(self._run)
        # A look at them that is still under way would open the card again.
        picker.closed.connect(lambda: session.tasks.forget("picker"))
        session.changed.connect(self._on_changes)
        session.tags_changed.connect(lambda _tree: self._refresh())

    def for_documents(self, ids: Sequence[int], *, found: str = "") -> None:
        """Let the tags of documents be chosen; found: see TagPicker.open_for."""
        self._begin(ids, on_marks=False, found=found)

    def for_highlights(self, ids: Sequence[int], *, found: str = "") -> None:
        """Let the tags of highlights be chosen; found: see TagPicker.open_for."""
        self._begin(ids, on_marks=True, found=found)

    def _begin(self, ids: Sequence[int], *, on_marks: bool, found: str) -> None:
        if ids:
            self._ids, self._known = tuple(ids), frozenset(ids)
            self._on_marks, self._found = on_marks, found
            self._forget()
            self._open()

    def _forget(self) -> None:
        self._carriers = None
        self._turn += 1

    def _open(self) -> None:
        ids, on_marks, found = self._ids, self._on_marks, self._found
        tree, known = self._session.tag_tree, self._lookup
        if tree is None:
            return

        seen_last, turn, settled = self._carriers, self._turn, self._settled

        def look(library: Library) -> tuple[Carriers, TagLookup]:
            lookup = known if known is not None and known.tree is tree else TagLookup(tree)
            return seen_last or library.carriers(ids, highlights=on_marks), lookup

        def then(seen: tuple[Carriers, TagLookup]) -> None:
            carriers, self._lookup = seen
            if turn == self._turn:
                self._carriers = carriers
            if carriers.ids and ids is self._ids:
                self._picker.open_for(
                    carriers, self._lookup, on_marks=on_marks, found=found, settled=settled
                )

        self._session.read(look, then, key="picker")

    def _on_changes(self, changes: Changes) -> None:
        touched = (
            changes.touches(Kind.HIGHLIGHTS)
            if self._on_marks
            else not changes.documents.isdisjoint(self._known)
        )
        if touched:
            self._forget()
            if self._settled == self._picker.asked.count:  # else it is looked up when that is done
                self._refresh()

    def _refresh(self) -> None:
        if self._picker.is_open:
            self._open()

    def _run(self, command: Command) -> None:
        """Do what the picker asks; say that it is being done where so many are tagged that it lasts."""
        session = self._session
        number = self._picker.asked.count
        words = highlights_in_words if self._on_marks else documents_in_words
        lasts = (count := _how_many(command)) >= _LASTING
        if lasts:
            session.busy_with.emit(self.tr("Tagging {0}").format(words(count)))

        def ended() -> None:
            self._settled = number
            self._forget()
            self._refresh()
            if lasts:
                session.busy_with.emit("")

        def failed(error: Exception) -> None:
            self._picker.asked.refused(number)
            ended()
            session.say_problem(error)

        session.do(command, lambda _changes: ended(), failed)


def _how_many(command: Command) -> int:
    match command:
        case AddTag() | RemoveTag():
            return len(command.documents)
        case TagHighlights():
            return len(command.highlights)
        case CreateTag() | TakeOffMade():
            return len(command.documents) + len(command.highlights)
    return 0
