"""Notes over the pages of a PDF: read and written in a popup beside the passage."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Signal, Slot

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages.view import PagesView
from desktop_app.ui.reader.margin_popup import WIDTH_PX, MarginPopup
from desktop_app.ui.reader.note_writing import NoteWriting
from desktop_app.ui.reader.noted import Noted
from desktop_app.ui.reader.shown_notes import ShownNotes

_TOP_PX = 24


class PagesNotes(QObject):
    """Opens notes where their signs on the pages are pressed, and places the editor."""

    picked = Signal(int)  # the id of a highlight whose card was clicked

    def __init__(
        self, appearance: Appearance, pages: PagesView, notes: ShownNotes, writing: NoteWriting
    ) -> None:
        super().__init__(pages)
        self._pages = pages
        self._notes = notes
        self._writing = writing
        self.popup = MarginPopup(appearance, pages.viewport())
        self.popup.picked.connect(self._pick)
        self.popup.edit_asked.connect(writing.edit)
        pages.note_asked.connect(self._open)
        pages.moved.connect(self.popup.close_popup)
        pages.moved.connect(self._place_editor)
        writing.begun.connect(self._begin)
        writing.moved.connect(self._place_editor)
        notes.changed.connect(lambda: self.popup.refresh(notes.by_key()))
        notes.document_changed.connect(self.popup.close_popup)

    @Slot(int, object)
    def _open(self, highlight: int, beside: QRect) -> None:
        """Show a note below a place of the screen."""
        found = self._pages.marks.with_id(highlight)
        if found is not None:
            self.popup.read_only = self._notes.read_only
            place = self._pages.viewport().mapFromGlobal(beside.bottomRight())
            self.popup.open_beside(place, [self._notes.of(found)], keys=False)

    @Slot(object)
    def _pick(self, noted: Noted) -> None:
        if noted.highlight is not None:
            self.picked.emit(noted.highlight)

    @Slot()
    def _begin(self) -> None:
        self.popup.close_popup()
        self._place_editor()

    @Slot()
    def _place_editor(self) -> None:
        editor = self._writing.editor
        view = self._pages.viewport()
        if not editor.is_open or editor.parentWidget() is not view:
            return
        subject = editor.subject
        found = self._notes.highlight_of(subject) if subject is not None else None
        box = QRect(view.width() // 2, _TOP_PX, 1, 1)
        if found is not None and found.place is not None:
            seen = self._pages.place_of(found.place.start, found.place.end)
            if not seen.isEmpty():
                box = QRect(view.mapFromGlobal(seen.topLeft()), seen.size())
        width = min(WIDTH_PX, view.width() - 16)
        editor.set_most(round(view.height() * 0.6))
        height = editor.height_for(width)
        below, above = box.bottom() + 8, box.top() - height - 8
        y = below if below + height < view.height() or above < 4 else above
        y = min(max(y, 4), max(view.height() - height - 4, 4))
        x = min(max(box.center().x() - width // 2, 8), max(view.width() - width - 8, 8))
        editor.setGeometry(QRect(QPoint(x, y), QPoint(x + width, y + height)))
        editor.raise_()
