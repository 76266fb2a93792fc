"""Saves notes: each writing is one step of undo, and nothing that was typed is lost.

While somebody types, a draft goes to the disk every second. It is given up only when the note is
saved, or when that is what was asked. What cannot be saved stays: as a draft, and on its card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.errors import Problem
from desktop_app.library.highlight_commands import SetDocumentNote, SetNote
from desktop_app.ui.notes import drafts as note_drafts
from desktop_app.ui.notes.drafts import Draft, holds, recovered
from desktop_app.ui.notes.writing import DraftWriting
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.core.changes import Changes
    from desktop_app.library.library import Library


@dataclass(frozen=True, slots=True)
class _Found:
    """A subject as it is in the library. highlight: None where the note is on the document."""

    there: bool
    highlight: int | None
    note: str


class NoteKeeping(QObject):
    """Takes what is typed and brings it into the library."""

    changed = Signal(object, object)  # typed texts by key; the keys of those that failed
    closing = Signal()  # who is writing is to finish

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._drafts: dict[str, Draft] = {}
        self._saving: dict[str, str] = {}  # what is on its way, or saved and not shown yet
        self._settled: set[str] = set()
        self._failed: set[str] = set()
        self._recovering: set[str] = set()  # of an earlier run, and not settled yet
        self._recovered = 0
        self._writing = DraftWriting(session, lambda: self._drafts, self)
        session.closing.connect(self._on_closing)

    def recover(self) -> None:
        """Save what was being typed when the program last ended."""
        if not self._session.read_only:
            self._writing.read_earlier(self._recover_all)

    @Slot(object, str, str)
    def typed(self, subject: NoteSubject, text: str, base: str) -> None:
        """Keep what stands in a field as a draft."""
        self._drafts[subject.key] = Draft(subject.document, subject.uuid, text, base)
        self._writing.soon()

    @Slot(object, str, bool)
    def finished(self, subject: NoteSubject, text: str, save: bool) -> None:
        """Save a note, or give up its draft."""
        if save:
            self._save(subject, text)
        elif subject.key in self._drafts:
            self._failed.discard(subject.key)
            self._forget(subject.key)

    @Slot()
    def heard(self) -> None:
        """Show no longer what is saved: the library has said what there is now."""
        if self._settled:
            for key in self._settled:
                self._saving.pop(key, None)
            self._settled.clear()
            self._tell()

    # Saving.

    def _save(
        self, subject: NoteSubject, text: str, then: Callable[[], None] | None = None
    ) -> None:
        """Save a note. then: what to do once the library has it."""
        key = subject.key
        self._saving[key] = text
        self._settled.discard(key)
        self._failed.discard(key)
        self._tell()
        self._with_found(subject, lambda found: self._write_note(subject, text, found, then))

    def _with_found(self, subject: NoteSubject, then: Callable[[_Found], None]) -> None:
        """Look a subject up behind every change that was asked before: it may be made by one."""
        self._session.read(
            lambda library: _found(library, subject),
            then,
            lambda error: self._not_saved(subject.key, error),
            lane=Lane.CHANGE,
        )

    def _write_note(
        self, subject: NoteSubject, text: str, found: _Found, then: Callable[[], None] | None
    ) -> None:
        if not found.there:
            self._keep_of_gone(subject, text)
            return
        command: SetNote | SetDocumentNote
        if found.highlight is not None:
            command = SetNote(found.highlight, text)
        else:
            command = SetDocumentNote(subject.document, text)

        def done(changes: Changes) -> None:
            self._saved(subject.key, text, changes)
            if then is not None:
                then()

        self._session.do(
            command,
            done,
            lambda error: self._not_saved(subject.key, error),
        )

    def _saved(self, key: str, text: str, changes: Changes) -> None:
        if self._saving.get(key) == text:
            self._settled.add(key)
            if not changes:
                self.heard()
        if key in self._drafts and self._drafts[key].text == text:
            self._forget(key)
        self._end_recovery(key, saved=True)

    def _not_saved(self, key: str, error: Exception) -> None:
        self._failed.add(key)
        self._tell()
        self._end_recovery(key, saved=False)
        self._session.say_problem(error)

    def _keep_of_gone(self, subject: NoteSubject, text: str) -> None:
        """Put what was typed about a highlight that is gone into the note on its document."""
        whole = NoteSubject(subject.document)
        self._end_recovery(subject.key, saved=False)  # another sentence says what became of it
        if not text.strip():
            self._saving.pop(subject.key, None)
            self._forget(subject.key)
            return

        def append(found: _Found) -> None:
            if not found.there:
                self._keep_aside(subject, text)
                return
            # What is being written on the document may not have come to the library yet.
            typed = self._drafts.get(whole.key)
            before = (typed.text.strip() if typed is not None else "") or found.note
            joined = f"{before}\n\n{text}" if before else text
            if holds(before, text.strip()):  # saved before a kill, and still a draft
                joined = before
            # Until it is saved there it is a draft there, so that it is one on the disk at any time.
            self._drafts[whole.key] = Draft(whole.document, "", joined, found.note)
            self._saving.pop(subject.key, None)
            self._forget(subject.key)
            self._save(whole, joined, say)

        def say() -> None:
            self._session.problem.emit(
                Problem(
                    self.tr("The highlight that the note was on is gone."),
                    self.tr("What you typed has been added to the note on the document."),
                )
            )

        self._with_found(whole, append)

    def _keep_aside(self, subject: NoteSubject, text: str) -> None:
        """Put what was typed about a document that is gone into a file beside the library's own."""

        def kept(file: Path) -> None:
            self._saving.pop(subject.key, None)
            self._forget(subject.key)
            self._session.problem.emit(
                Problem(
                    self.tr("The document of the note that you wrote is no longer in the library."),
                    self.tr("What you typed has been added to {0}.").format(file),
                )
            )

        self._session.read(
            lambda library: note_drafts.keep_aside(library.folder, text),
            kept,
            lambda error: self._not_saved(subject.key, error),
            lane=Lane.CHANGE,
        )

    # Drafts.

    def _recover_all(self, drafts: dict[str, Draft]) -> None:
        self._recovering.update(drafts)
        for key, draft in drafts.items():
            self._drafts.setdefault(key, draft)
            self._recover(NoteSubject(draft.document, draft.uuid), draft)

    def _recover(self, subject: NoteSubject, draft: Draft) -> None:
        def look(found: _Found) -> None:
            note = recovered(found.note, draft) if found.there else draft.text.strip()
            newer = self._drafts.get(subject.key) not in (None, draft)  # it is being written on
            if note is None or (not found.there and not note):
                if not newer:
                    self._forget(subject.key)
                self._end_recovery(subject.key, saved=False)
                return
            if not newer:
                self._drafts[subject.key] = Draft(draft.document, draft.uuid, note, found.note)
            self._save(subject, note)

        self._with_found(subject, look)

    def _end_recovery(self, key: str, *, saved: bool) -> None:
        """Say how many notes of an earlier run were saved, once none is under way."""
        if key not in self._recovering:
            return
        self._recovering.remove(key)
        self._recovered += saved
        if self._recovering or not self._recovered:
            return
        count, self._recovered = self._recovered, 0
        self._session.said.emit(
            self.tr("A note that was not saved when Postil ended has been saved.")
            if count == 1
            else self.tr(
                "{0:,} notes that were not saved when Postil ended have been saved."
            ).format(count)
        )

    def _forget(self, key: str) -> None:
        self._drafts.pop(key, None)
        self._tell()
        self._writing.soon()

    @Slot()
    def _on_closing(self) -> None:
        self.closing.emit()
        for key in sorted(self._failed):
            draft = self._drafts.get(key)
            if draft is not None:
                self._save(NoteSubject(draft.document, draft.uuid), draft.text)
        self._writing.close()

    def _tell(self) -> None:
        failed = {key: self._drafts[key].text for key in self._failed if key in self._drafts}
        self.changed.emit({**failed, **self._saving}, frozenset(self._failed))


def _found(library: Library, subject: NoteSubject) -> _Found:
    """Look a subject up in the library."""
    if not library.documents([subject.document]):
        return _Found(False, None, "")
    if not subject.uuid:
        return _Found(True, None, library.marks.note(subject.document))
    for each in library.marks.of(subject.document):
        if each.uuid == subject.uuid:
            return _Found(True, each.id, each.note)
    return _Found(False, None, "")
