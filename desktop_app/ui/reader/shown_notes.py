"""The notes of the document that is shown, as cards show them: with tags, and as they were typed.

It knows no library: what is on its way there, and what could not be saved, is told to it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.highlights import Highlight
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.reader.note_chips import TagChip
from desktop_app.ui.reader.note_editor import NoteEditor
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.noted import Noted
from desktop_app.ui.reader.view import PageView

_SHORT_QUOTE = 60


class ShownNotes(QObject):
    """Keeps what the cards show true.

    marked: the highlights with a note or tags that stand in the text, by place; starts: where each
    begins.
    """

    changed = Signal()
    document_changed = Signal()  # before anything of the other document is shown

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self.document: int | None = None
        self.marked: list[Highlight] = []
        self.starts: list[int] = []
        self.read_only = False
        self._document_note = ""
        self._tree = TagTree()
        self._typed: Mapping[str, str] = {}  # what is on its way to the library, by key
        self._failed: frozenset[str] = frozenset()  # the keys of what could not be saved
        self._given_up: dict[str, str] = {}
        view.marks_changed.connect(self._take_marks)

    # What there is.

    @Slot(int, str)
    def set_document_note(self, document: int, note: str) -> None:
        """Show the note on the document, "" for none, where that is the one that is shown."""
        if document == self.document and note != self._document_note:
            self._document_note = note
            self.changed.emit()

    def set_tags(self, tree: TagTree) -> None:
        """Show the tags by their names and colours of now."""
        self._tree = tree
        self._take_marks()

    @Slot(object, object)
    def set_typed(self, typed: Mapping[str, str], failed: frozenset[str]) -> None:
        """Show notes as they were typed while the library does not have them yet; by key."""
        if typed != self._typed or failed != self._failed:
            self._typed, self._failed = typed, failed
            self._take_marks()

    def by_key(self) -> dict[str, Noted]:
        """All of them by the keys of their subjects."""
        found = {each.subject.key: each for each in map(self.of, self.marked)}
        own = self.of_document()
        if own is not None:
            found[own.subject.key] = own
        return found

    def of_document(self) -> Noted | None:
        """The note on the document; None where there is none."""
        if self.document is None:
            return None
        subject = NoteSubject(self.document)
        note = self._typed.get(subject.key, self._document_note)
        failed = subject.key in self._failed
        return Noted(subject, None, note, -1, unsaved=failed) if note or failed else None

    def of(self, highlight: Highlight) -> Noted:
        """The note on a highlight."""
        subject = NoteSubject(highlight.document, highlight.uuid)
        quote = highlight.anchor.quote[: _SHORT_QUOTE + 1]
        if len(quote) > _SHORT_QUOTE:
            quote = quote[:_SHORT_QUOTE].rstrip() + "…"
        known = [tag for tag in highlight.tags if tag in self._tree.by_id]
        return Noted(
            subject,
            highlight.id,
            self._typed.get(subject.key, highlight.note) if self._typed else highlight.note,
            highlight.place.start if highlight.place is not None else 0,
            highlight.colour,
            quote,
            tuple(self._chip(tag) for tag in known),
            subject.key in self._failed if self._failed else False,
        )

    def highlight_of(self, subject: NoteSubject) -> Highlight | None:
        """The highlight that a note is on; None where it is on the document, or not shown."""
        if not subject.uuid:
            return None
        return next((each for each in self._view.marks.all if each.uuid == subject.uuid), None)

    # Writing.

    def open(self, editor: NoteEditor, noted: Noted) -> None:
        """Begin to write a note in an editor."""
        subject = noted.subject
        if subject.uuid:
            name = self.tr("Note on the passage “{0}”").format(noted.quote)
            highlight = self.highlight_of(subject)
            saved = highlight.note if highlight is not None else ""
        else:
            name, saved = self.tr("Note on the document"), self._document_note
        editor.open_with(
            subject,
            name,
            saved,
            typed=self._typed.get(subject.key),
            given_up=self._given_up.get(subject.key, ""),
        )

    def give_up(self, subject: NoteSubject, text: str) -> None:
        """Remember what was typed and given up, to offer it until another note is saved."""
        self._given_up[subject.key] = text

    def forget_given_up(self, subject: NoteSubject) -> None:
        """Offer it no longer."""
        self._given_up.pop(subject.key, None)

    @Slot()
    def _take_marks(self) -> None:
        if self._view.document_id != self.document:
            self.document_changed.emit()
            self.document, self._document_note = self._view.document_id, ""
        typed, known = self._typed, self._tree.by_id.keys()
        self.marked = [
            each
            for each in self._view.marks.placed
            if each.note
            or not known.isdisjoint(each.tags)
            or (typed and NoteSubject(each.document, each.uuid).key in typed)
        ]
        self.starts = [each.place.start for each in self.marked if each.place is not None]
        self.changed.emit()

    def _chip(self, tag: int) -> TagChip:
        found = self._tree.by_id[tag]
        return TagChip(found.name, found, self._tree.path(tag))
