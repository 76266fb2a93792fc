"""The one place where a note of the open document is being written: over the text, or the pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.ui.reader.note_editor import NoteEditor
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.noted import Noted
from desktop_app.ui.reader.shown_notes import ShownNotes


class NoteWriting(QObject):
    """Opens and ends the editor; where it stands is for who shows the note."""

    begun = Signal()
    moved = Signal()  # the editor needs another height
    typed = Signal(object, str, str)  # NoteSubject, what stands in the field, what the note was
    finished = Signal(object, str, bool)  # NoteSubject, text, whether it is to be saved
    given_up = Signal()  # what was typed; it is offered when the note is written on again

    def __init__(self, notes: ShownNotes, host: QWidget) -> None:
        super().__init__(host)
        self._notes = notes
        self.editor = NoteEditor(host)
        self.editor.typed.connect(self.typed)
        self.editor.finished.connect(self._on_finished)
        self.editor.resized.connect(self.moved)
        notes.document_changed.connect(self.finish)

    @property
    def subject(self) -> NoteSubject | None:
        """What is being written on; None while nothing is."""
        return self.editor.subject

    def edit_on(self, highlight: Highlight) -> None:
        """Write the note on a highlight, which the library may not have yet."""
        self.edit(self._notes.of(highlight))

    def edit_document(self) -> None:
        """Write the note on the whole document."""
        if self._notes.document is not None:
            subject = NoteSubject(self._notes.document)
            self.edit(self._notes.of_document() or Noted(subject, None, "", -1))

    @Slot(object)
    def edit(self, noted: Noted) -> None:
        """Write a note; what was being written is saved first."""
        if self._notes.read_only or self.editor.subject == noted.subject:
            return
        self.finish()
        self._notes.open(self.editor, noted)
        self.begun.emit()
        self.editor.field.setFocus()

    @Slot()
    def finish(self) -> None:
        """Save what is being written, and end it."""
        self.editor.finish(save=True)

    def move_to(self, host: QWidget) -> None:
        """Stand on another sheet from now on; what is being written is saved first."""
        if self.editor.parentWidget() is not host:
            self.finish()
            self.editor.setParent(host)

    @Slot(object, str, bool)
    def _on_finished(self, subject: NoteSubject, text: str, save: bool) -> None:
        changed = self.editor.is_changed
        if changed and save:
            self._notes.forget_given_up(subject)
        elif changed:
            self._notes.give_up(subject, text)
        self.finished.emit(subject, text, save and changed)
        if changed and not save:
            self.given_up.emit()
        self.moved.emit()
