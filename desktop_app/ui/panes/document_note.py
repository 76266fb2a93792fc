"""The note on a document in the details: shown as it reads, written in place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.note_card import NoteCard
from desktop_app.ui.reader.note_editor import NoteEditor
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.noted import Noted

_MOST_PX = 320


class _Room(QWidget):
    """Holds the card, which knows its own height, and the editor in the same place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tall = 0

    def take_height(self, height: int) -> None:
        """Ask for a height."""
        self.tall = height
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(120, self.tall)


class DocumentNote(QWidget):
    """Shows and writes the note on one document; what is typed is told by signals."""

    typed = Signal(object, str, str)  # NoteSubject, what stands in the field, what the note was
    finished = Signal(object, str, bool)  # NoteSubject, text, whether it is to be saved
    given_up = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._subject: NoteSubject | None = None
        self._note = ""
        self._typed: Mapping[str, str] = {}
        self._failed: frozenset[str] = frozenset()
        self._given_up: dict[str, str] = {}
        self._expanded = False
        self._read_only = False
        self._room = _Room(self)
        self.card = NoteCard(appearance, self._room)
        self.editor = NoteEditor(self._room)
        self.add = QPushButton(self.tr("Write a note…"), self)
        self.add.setProperty("kind", "link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._room)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._connect(appearance)
        self._show()

    def _connect(self, appearance: Appearance) -> None:
        self.add.clicked.connect(self.edit)
        self.card.picked.connect(self.edit)
        self.card.edit_asked.connect(self.edit)
        self.card.expand_asked.connect(self._expand)
        self.card.stepped.connect(self._step)
        self.editor.typed.connect(self.typed)
        self.editor.finished.connect(self._on_finished)
        self.editor.resized.connect(self._place)
        appearance.changed.connect(self._on_theme)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be written."""
        self._read_only = self.card.read_only = read_only
        self._show()

    def show_note(self, document: int | None, note: str) -> None:
        """Show the note on a document; another one than before ends what is being written."""
        subject = NoteSubject(document) if document is not None else None
        if subject != self._subject:
            self.finish()
            self._expanded = False
        self._subject, self._note = subject, note
        self._show()

    @Slot(object, object)
    def set_typed(self, typed: Mapping[str, str], failed: frozenset[str]) -> None:
        """Show notes as they were typed while the library does not have them yet; by key."""
        self._typed, self._failed = typed, failed
        self._show()

    @Slot()
    def edit(self) -> None:
        """Write the note."""
        subject = self._subject
        if subject is None or self._read_only or self.editor.is_open:
            return
        self.editor.set_most(_MOST_PX)
        self.editor.open_with(
            subject,
            self.tr("Note on the document"),
            self._note,
            typed=self._typed.get(subject.key),
            given_up=self._given_up.get(subject.key, ""),
        )
        self._show()
        self.editor.field.setFocus()

    @Slot()
    def finish(self) -> None:
        """Save what is being written, and end it."""
        self.editor.finish(save=True)

    def _show(self) -> None:
        subject = self._subject
        writing = self.editor.is_open
        key = subject.key if subject is not None else ""
        note = self._typed.get(key, self._note)
        shown = subject is not None and bool(note) and not writing
        if subject is not None and shown:
            noted = Noted(subject, None, note, -1, unsaved=key in self._failed)
            self.card.show_noted(noted, max(self.width(), 80), expanded=self._expanded)
        self.card.setVisible(shown)
        self._room.setVisible(shown or writing)
        self.add.setVisible(not shown and not writing and not self._read_only)
        self._place()

    @Slot()
    def _place(self) -> None:
        if self.editor.is_open:
            height = self.editor.height_for(self.width())
            self.editor.setGeometry(0, 0, self.width(), height)
            self._room.take_height(height)
        else:
            self._room.take_height(self.card.height())

    @Slot(object, str, bool)
    def _on_finished(self, subject: NoteSubject, text: str, save: bool) -> None:
        changed = self.editor.is_changed
        if changed and save:
            self._given_up.pop(subject.key, None)
        elif changed:
            self._given_up[subject.key] = text
        self.finished.emit(subject, text, save and changed)
        if changed and not save:
            self.given_up.emit()
        self._show()

    @Slot()
    def _expand(self) -> None:
        self._expanded = not self._expanded
        self._show()

    @Slot(bool)
    def _step(self, forward: bool) -> None:
        QWidget.focusNextPrevChild(self, forward)

    @Slot()
    def _on_theme(self) -> None:
        self.card.forget()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show()
