"""The margin of the page: a card for every note beside its line, small marks where room is short.

Only what is in view is built. It knows no library: what is written, picked or asked for is told by
signals, and what cannot be saved yet is told to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.library.tag_tree import TagTree
from desktop_app.ui.reader.margin_marks import MARK_PX, EdgeMark
from desktop_app.ui.reader.margin_popup import WIDTH_PX, MarginPopup
from desktop_app.ui.reader.margin_room import cards_beside
from desktop_app.ui.reader.margin_stack import stacked
from desktop_app.ui.reader.note_card import PREVIEW_PX, NoteCard, Noted
from desktop_app.ui.reader.note_chips import TagChip
from desktop_app.ui.reader.note_editor import NoteEditor
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.note_text import LINE_PX
from desktop_app.ui.reader.view import PageView
from desktop_app.ui.theme import Appearance

KEPT_CARDS = 60
_HEAD_PX = 36  # from the top of the head to the note on the document
_ABOVE_PX = PREVIEW_PX + 120  # a card may be seen while its line is this far above the window
_SHORT_QUOTE = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """A note with the height of the window that it belongs to."""

    y: int
    noted: Noted


class Margin(QObject):
    """Places the notes of a page beside it."""

    picked = Signal(int)  # the id of a highlight whose card was clicked
    typed = Signal(object, str, str)  # NoteSubject, what stands in the field, what the note was
    finished = Signal(object, str, bool)  # NoteSubject, text, whether it is to be saved
    given_up = Signal()  # what was typed; it is offered when the note is written on again

    def __init__(self, appearance: Appearance, page: PageView) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._page = page
        self._document: int | None = None
        self._document_note = ""
        self._tree = TagTree()
        self._noted: list[Noted] = []
        self._starts: list[int] = []
        self._chosen: int | None = None
        self._expanded: set[str] = set()
        self._typed: Mapping[str, str] = {}  # what is on its way to the library, by key
        self._failed: frozenset[str] = frozenset()  # the keys of what could not be saved
        self._given_up: dict[str, str] = {}
        self._cards: OrderedDict[str, NoteCard] = OrderedDict()
        self._marks: list[EdgeMark] = []
        self._shown: list[NoteCard | EdgeMark] = []
        self._read_only = False
        self.editor = NoteEditor(page.viewport())
        self.popup = MarginPopup(appearance, page.viewport())
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._connect()

    def _connect(self) -> None:
        self._soon.timeout.connect(self._place)
        self._page.moved.connect(self._place)
        self._page.moved.connect(self.popup.close_popup)
        self._page.marks_changed.connect(self._take_marks)
        self._page.folds_changed.connect(self._place)
        self._appearance.changed.connect(self._on_theme)
        self.popup.picked.connect(self._pick)
        self.popup.edit_asked.connect(self._edit)
        self.editor.typed.connect(self.typed)
        self.editor.finished.connect(self._on_finished)
        self.editor.resized.connect(self._soon.start)

    # What is shown.

    def set_document_note(self, document: int, note: str) -> None:
        """Show the note on the document, "" for none, where that is the one that is shown."""
        if document == self._document and note != self._document_note:
            self._document_note = note
            self._refresh()

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

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be written, for a library that cannot be."""
        self._read_only = self.popup.read_only = read_only

    @Slot(object)
    def set_chosen(self, highlight: int | None) -> None:
        """Let the card of the chosen highlight stand out and keep its line."""
        if highlight != self._chosen:
            self._chosen = highlight
            self._place()

    @property
    def cards(self) -> list[NoteCard]:
        """The cards in view, from top to bottom."""
        return [each for each in self._shown if isinstance(each, NoteCard)]

    @property
    def marks(self) -> list[EdgeMark]:
        """The marks in view that stand for notes without room, from top to bottom."""
        return [each for each in self._shown if isinstance(each, EdgeMark)]

    # Writing.

    def edit_on(self, highlight: Highlight) -> None:
        """Write the note on a highlight, which the library may not have yet."""
        self._edit(self._noted_of(highlight))

    def edit_document(self) -> None:
        """Write the note on the whole document."""
        if self._document is not None:
            self._edit(self._noted_of_document())

    @Slot()
    def finish(self) -> None:
        """Save what is being written, and end it."""
        self.editor.finish(save=True)

    @Slot(object)
    def _edit(self, noted: Noted) -> None:
        if self._read_only or self.editor.subject == noted.subject:
            return
        self.finish()
        self.popup.close_popup()
        subject = noted.subject
        saved = self._saved_note(subject)
        self.editor.open_with(
            subject,
            self._name_of(noted),
            saved,
            typed=self._typed.get(subject.key),
            given_up=self._given_up.pop(subject.key, ""),
        )
        self._place()
        self.editor.field.setFocus()

    def _saved_note(self, subject: NoteSubject) -> str:
        if not subject.uuid:
            return self._document_note
        found = next((each for each in self._page.marks.all if each.uuid == subject.uuid), None)
        return found.note if found is not None else ""

    def _name_of(self, noted: Noted) -> str:
        if not noted.subject.uuid:
            return self.tr("Note on the document")
        return self.tr("Note on the passage “{0}”").format(noted.quote)

    @Slot(object, str, bool)
    def _on_finished(self, subject: NoteSubject, text: str, save: bool) -> None:
        changed = self.editor.is_changed
        self.finished.emit(subject, text, save and changed)
        if changed and not save:
            self._given_up[subject.key] = text
            self.given_up.emit()
        self._place()

    # What the notes are.

    @Slot()
    def _take_marks(self) -> None:
        if self._page.document_id != self._document:
            self._change_document()
        marks = self._page.marks
        placed = [each for each in marks.placed if each.note or each.tags or self._typed_on(each)]
        self._noted = [self._noted_of(each) for each in placed]
        self._starts = [noted.start for noted in self._noted]
        self._refresh()

    def _change_document(self) -> None:
        """Follow the page to another document; what is being written is saved first."""
        self.finish()
        self.popup.close_popup()
        self._expanded.clear()
        self._document, self._document_note = self._page.document_id, ""

    def _refresh(self) -> None:
        if not self.popup.isHidden():
            self.popup.refresh({each.subject.key: each for each in self._all()})
        self._soon.start()

    def _all(self) -> list[Noted]:
        own = [self._noted_of_document()] if self._has_document_note() else []
        return [*own, *self._noted]

    def _typed_on(self, highlight: Highlight) -> bool:
        return bool(self._typed) and self._subject_of(highlight).key in self._typed

    def _subject_of(self, highlight: Highlight) -> NoteSubject:
        return NoteSubject(highlight.document, highlight.uuid)

    def _noted_of(self, highlight: Highlight) -> Noted:
        subject = self._subject_of(highlight)
        typed = self._typed.get(subject.key) if self._typed else None
        quote = highlight.anchor.quote[: _SHORT_QUOTE + 1]
        if len(quote) > _SHORT_QUOTE:
            quote = quote[:_SHORT_QUOTE].rstrip() + "…"
        known = [tag for tag in highlight.tags if tag in self._tree.by_id]
        return Noted(
            subject,
            highlight.id,
            highlight.note if typed is None else typed,
            highlight.place.start if highlight.place is not None else 0,
            highlight.colour,
            quote,
            tuple(self._chip(tag) for tag in known),
            subject.key in self._failed,
        )

    def _chip(self, tag: int) -> TagChip:
        found = self._tree.by_id[tag]
        return TagChip(found.name, found.colour, self._tree.path(tag))

    def _noted_of_document(self) -> Noted:
        subject = NoteSubject(self._document or 0)
        typed = self._typed.get(subject.key)
        note = self._document_note if typed is None else typed
        return Noted(subject, None, note, -1, unsaved=subject.key in self._failed)

    def _has_document_note(self) -> bool:
        if self._document is None:
            return False
        return bool(self._document_note) or NoteSubject(self._document).key in self._typed

    # Placing.

    @Slot()
    def _place(self) -> None:
        """Put cards and marks beside the lines in view."""
        self._soon.stop()
        page = self._page
        before = self._shown
        self._shown = []
        if self._document is not None and page.text is not None:
            left, right = page.column_place()
            entries = self._entries()
            room = cards_beside(page.viewport().width() - right)
            if room is None:
                self._place_marks(entries, right)
                self._place_editor_over(entries, left, right)
            else:
                self._place_cards(entries, right, *room)
        shown = set(map(id, self._shown))
        for part in before:
            if id(part) not in shown:
                part.hide()
        if list(map(id, before)) != list(map(id, self._shown)):
            self._order_keys()

    def _entries(self) -> list[_Entry]:
        """What is noted on the lines in view and a little above it, by line."""
        entries: list[_Entry] = []
        editing = self.editor.subject
        offset = (self._page.style_of_reading.line_px - LINE_PX) // 2 - 2
        for index, origin, laid in self._page.rows_from(_ABOVE_PX):
            if index == 0:
                if self._has_document_note() and editing != NoteSubject(self._document or 0):
                    entries.append(_Entry(round(origin.y()) + _HEAD_PX, self._noted_of_document()))
                continue
            first = bisect_left(self._starts, laid.row.start)
            for noted in self._noted[first : bisect_left(self._starts, laid.row.end)]:
                if noted.subject != editing:
                    y = origin.y() + laid.line_top(noted.start)
                    entries.append(_Entry(round(y) + offset, noted))
        entries.sort(key=lambda entry: (entry.y, entry.noted.start))
        return entries

    def _place_cards(self, entries: list[_Entry], right: int, gap: int, width: int) -> None:
        x = right + gap
        height = self._page.viewport().height()
        kept = next((i for i, e in enumerate(entries) if self._is_chosen(e.noted)), None)
        editor_height = 0
        if self.editor.is_open:
            self.editor.set_most(round(height * 0.6))
            editor_height = self.editor.height_for(width)
            top = min(max(self._editor_line(), 4), max(height - editor_height - 4, 4))
            kept = bisect_left([entry.y for entry in entries], top)
            entries.insert(kept, _Entry(top, _EDITING))

        def height_of(index: int) -> int:
            noted = entries[index].noted
            return editor_height if noted is _EDITING else self._card(noted, width).height()

        tops = stacked([entry.y for entry in entries], height_of, end=height - 12, kept=kept)
        left_over: list[_Entry] = []
        for entry, place in zip(entries, tops, strict=True):
            if entry.noted is _EDITING:
                self.editor.setGeometry(QRect(x - 4, place or 0, width + 8, editor_height))
                self.editor.raise_()
            elif place is None:
                left_over.append(entry)
            else:
                card = self._card(entry.noted, width)
                card.set_chosen(self._is_chosen(entry.noted))
                card.move(x, place)
                if place + card.height() > 0:
                    card.show()
                    self._shown.append(card)
        self._place_marks(left_over, right)

    def _place_marks(self, entries: Sequence[_Entry], right: int) -> None:
        """Stand small marks at the column's edge, one for each line."""
        height = self._page.viewport().height()
        lines: OrderedDict[int, list[Noted]] = OrderedDict()
        for entry in entries:
            if -MARK_PX < entry.y < height:
                lines.setdefault(entry.y, []).append(entry.noted)
        room = self._page.viewport().width() - right
        x = right + max(min(4, room - MARK_PX), 0)
        while len(self._marks) < len(lines):
            mark = EdgeMark(self._appearance, self._page.viewport())
            mark.opened.connect(self._open_mark)
            mark.stepped.connect(self._step)
            self._marks.append(mark)
        for mark, (y, noted) in zip(self._marks, lines.items(), strict=False):
            mark.show_noted(noted, chosen=any(map(self._is_chosen, noted)))
            mark.move(x, y + 2)
            mark.show()
            self._shown.append(mark)

    def _place_editor_over(self, entries: Sequence[_Entry], left: int, right: int) -> None:
        """Where there is no room beside the column, write over the page, below the line."""
        if not self.editor.is_open:
            return
        view = self._page.viewport()
        width = min(WIDTH_PX, view.width() - 16)
        self.editor.set_most(round(view.height() * 0.6))
        height = self.editor.height_for(width)
        below = self._editor_line() + self._page.style_of_reading.line_px + 4
        above = self._editor_line() - height - 6
        y = below if below + height < view.height() or above < 4 else above
        y = min(max(y, 4), max(view.height() - height - 4, 4))
        x = min(max(right - width + 12, 8), max(view.width() - width - 8, 8))
        self.editor.setGeometry(x, y, width, height)
        self.editor.raise_()

    def _editor_line(self) -> int:
        """The height of the line that is written on; that of a line out of view is just outside."""
        subject = self.editor.subject
        if subject is None or not subject.uuid:
            rows = self._page.rows_in_view()
            return round(rows[0][1].y()) + _HEAD_PX if rows and rows[0][0] == 0 else 0
        found = next((each for each in self._page.marks.all if each.uuid == subject.uuid), None)
        start = 0
        if found is not None and found.place is not None:
            start = found.place.start
        index = self._page.row_at(start)
        rows = self._page.rows_in_view()
        for number, origin, laid in rows:
            if number == index:
                return round(origin.y() + laid.line_top(start))
        return 0 if not rows or index < rows[0][0] else self._page.viewport().height()

    def _card(self, noted: Noted, width: int) -> NoteCard:
        """The card of a note; one that was used longest ago is taken where there are enough."""
        key = noted.subject.key
        card = self._cards.get(key)
        if card is None:
            if len(self._cards) >= KEPT_CARDS:
                _, card = self._cards.popitem(last=False)
            else:
                card = NoteCard(self._appearance, self._page.viewport())
                card.picked.connect(self._pick)
                card.edit_asked.connect(self._edit)
                card.expand_asked.connect(self._expand)
                card.stepped.connect(self._step)
            self._cards[key] = card
        else:
            self._cards.move_to_end(key)
        card.read_only = self._read_only
        card.show_noted(noted, width, expanded=key in self._expanded)
        return card

    def _is_chosen(self, noted: Noted) -> bool:
        return noted.highlight is not None and noted.highlight == self._chosen

    # What is done.

    @Slot(object)
    def _pick(self, noted: Noted) -> None:
        if noted.highlight is not None:
            self.picked.emit(noted.highlight)
        elif not self._read_only:
            self._edit(noted)

    @Slot(object)
    def _expand(self, noted: Noted) -> None:
        self._expanded ^= {noted.subject.key}
        self._place()

    @Slot(object)
    def _open_mark(self, mark: EdgeMark) -> None:
        place = mark.geometry().center() + QPoint(MARK_PX, 0)
        self.popup.open_beside(place, mark.noted, keys=mark.hasFocus())

    @Slot()
    def _on_theme(self) -> None:
        for card in (*self._cards.values(), *self.popup.cards):
            card.forget()
        self._refresh()

    # Keys.

    def _order_keys(self) -> None:
        """Let Tab go from the page through cards and marks, from top to bottom."""
        before: QWidget = self._page
        for part in sorted(self._shown, key=lambda part: part.y()):
            QWidget.setTabOrder(before, part)
            before = part

    @Slot(bool)
    def _step(self, forward: bool) -> None:
        parts = sorted(self._shown, key=lambda part: part.y())
        at = next((i for i, part in enumerate(parts) if part.hasFocus()), None)
        if at is None:
            return
        after = at + (1 if forward else -1)
        if after < 0:
            self._page.setFocus()
        elif after < len(parts):
            parts[after].setFocus()
        else:
            QAbstractScrollArea.focusNextPrevChild(self._page, True)


_EDITING = Noted(NoteSubject(-1), None, "")
