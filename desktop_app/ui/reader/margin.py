"""The margin of the page: a card for every note beside its line, small marks where room is short.

Only what is in view is built.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.margin_editor import HEAD_PX, MarginEditor
from desktop_app.ui.reader.margin_footnotes import MarginFootnotes
from desktop_app.ui.reader.margin_marks import MARK_PX, EdgeMark
from desktop_app.ui.reader.margin_popup import MarginPopup
from desktop_app.ui.reader.margin_room import cards_beside
from desktop_app.ui.reader.margin_stack import stacked
from desktop_app.ui.reader.note_body import PREVIEW_PX
from desktop_app.ui.reader.note_card import NoteCard
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.note_text import LINE_PX
from desktop_app.ui.reader.note_writing import NoteWriting
from desktop_app.ui.reader.noted import Noted
from desktop_app.ui.reader.shown_notes import ShownNotes
from desktop_app.ui.reader.view import PageView

KEPT_CARDS = 60
_AROUND_PX = 120  # what stands on a card around its note, with several lines of tags
_EDITING = Noted(NoteSubject(-1), None, "")  # stands for the editor among the cards


@dataclass(frozen=True, slots=True)
class _Entry:
    """A note with the height of the window that it belongs to."""

    y: int
    noted: Noted


class Margin(QObject):
    """Places the notes of a page beside it."""

    picked = Signal(int)  # the id of a highlight whose card was clicked

    def __init__(
        self, appearance: Appearance, page: PageView, notes: ShownNotes, writing: NoteWriting
    ) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._page = page
        self._notes = notes
        self._writing = writing
        self._chosen: int | None = None
        self._expanded: set[str] = set()
        self._cards: OrderedDict[str, NoteCard] = OrderedDict()
        self._marks: list[EdgeMark] = []
        self._shown: list[NoteCard | EdgeMark] = []
        self.popup = MarginPopup(appearance, page.viewport())
        self.footnotes = MarginFootnotes(appearance, page)
        self._editor = MarginEditor(page, notes, writing)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._connect()

    def _connect(self) -> None:
        self._soon.timeout.connect(self._place)
        self._page.moved.connect(self._place)
        self._page.moved.connect(self.popup.close_popup)
        self._page.folds_changed.connect(self._place)
        self._page.chosen_changed.connect(self.set_chosen)
        self._notes.changed.connect(self._refresh)
        self._notes.document_changed.connect(self._change_document)
        self._appearance.changed.connect(self._refresh)
        self.popup.picked.connect(self._pick)
        self.popup.edit_asked.connect(self._writing.edit)
        self._writing.begun.connect(self._begin)
        self._writing.moved.connect(self._soon.start)

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

    # News.

    @Slot()
    def _change_document(self) -> None:
        self.popup.close_popup()
        self.footnotes.forget()
        self._expanded.clear()

    @Slot()
    def _refresh(self) -> None:
        if not self.popup.isHidden():
            self.popup.refresh(self._notes.by_key())
        self._soon.start()

    @Slot()
    def _begin(self) -> None:
        self.popup.close_popup()
        self._place()

    # Placing.

    @Slot()
    def _place(self) -> None:
        """Put cards and marks beside the lines in view."""
        self._soon.stop()
        page = self._page
        before = self._shown
        self._shown = []
        if self._notes.document is not None and page.text is not None:
            right = page.column_place()[1]
            entries = self._entries()
            room = cards_beside(page.viewport().width() - right)
            if room is None:
                self.footnotes.hide()
                self._place_marks(entries, right)
                if self._editor.is_here:
                    self._editor.place_over(right)
            else:
                self._place_cards(entries, right, *room)
        else:
            self.footnotes.hide()
        shown = set(map(id, self._shown))
        for part in before:
            if id(part) not in shown:
                part.hide()
        if list(map(id, before)) != list(map(id, self._shown)):
            self._order_keys()

    def _entries(self) -> list[_Entry]:
        """What is noted on the lines in view and a little above it, by line."""
        entries: list[_Entry] = []
        notes = self._notes
        editing = self._writing.subject
        offset = (self._page.style_of_reading.line_px - LINE_PX) // 2 - 2
        above = _AROUND_PX + (self._most() if self._expanded else PREVIEW_PX)
        for index, origin, laid in self._page.rows_from(above):
            if index == 0:
                own = notes.of_document()
                if own is not None and own.subject != editing:
                    entries.append(_Entry(round(origin.y()) + HEAD_PX, own))
                continue
            first = bisect_left(notes.starts, laid.row.start)
            for marked in notes.marked[first : bisect_left(notes.starts, laid.row.end)]:
                noted = notes.of(marked)
                if noted.subject != editing:
                    y = origin.y() + laid.line_top(noted.start)
                    entries.append(_Entry(round(y) + offset, noted))
        entries.sort(key=lambda entry: (entry.y, entry.noted.start))
        return entries

    def _place_cards(self, entries: list[_Entry], right: int, gap: int, width: int) -> None:
        x = right + gap
        height = self._page.viewport().height()
        kept = next((i for i, e in enumerate(entries) if self._is_chosen(e.noted)), None)
        top = editor_height = 0
        if self._editor.is_here:
            top, editor_height = self._editor.beside(width)
            kept = bisect_left([entry.y for entry in entries], top)
            entries.insert(kept, _Entry(top, _EDITING))

        cards: dict[int, NoteCard] = {}

        def height_of(index: int) -> int:
            noted = entries[index].noted
            if noted is _EDITING:
                return editor_height
            cards[index] = self._card(noted, width)
            return cards[index].height()

        tops = stacked([entry.y for entry in entries], height_of, end=height - 12, kept=kept)
        left_over: list[_Entry] = []
        for index, (entry, place) in enumerate(zip(entries, tops, strict=True)):
            if entry.noted is _EDITING:
                self._editor.place_beside(x, entry.y, width, editor_height)
            elif place is None:
                left_over.append(entry)
            else:
                card = cards[index]
                card.set_chosen(self._is_chosen(entry.noted))
                card.move(x, place)
                if place + card.height() > 0:
                    card.show()
                    self._shown.append(card)
        taken = [(card.y(), card.geometry().bottom()) for card in self.cards]
        if self._editor.is_here:
            taken.append((top, top + editor_height))
        self.footnotes.place(x, width, sorted(taken))
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
                card.edit_asked.connect(self._writing.edit)
                card.expand_asked.connect(self._expand)
                card.all_asked.connect(self._open_all)
                card.stepped.connect(self._step)
            self._cards[key] = card
        else:
            self._cards.move_to_end(key)
        card.read_only = self._notes.read_only
        card.show_noted(noted, width, expanded=key in self._expanded, most=self._most())
        return card

    def _most(self) -> int:
        """How much of an expanded note stands in the margin: one has to see where it belongs."""
        return max(round(self._page.viewport().height() * 0.7), PREVIEW_PX)

    def _is_chosen(self, noted: Noted) -> bool:
        return noted.highlight is not None and noted.highlight == self._chosen

    # What is done.

    @Slot(object)
    def _pick(self, noted: Noted) -> None:
        if noted.highlight is not None:
            self.picked.emit(noted.highlight)
        else:
            self._writing.edit(noted)

    @Slot(object)
    def _expand(self, noted: Noted) -> None:
        self._expanded ^= {noted.subject.key}
        self._place()

    @Slot(object)
    def _open_all(self, noted: Noted) -> None:
        """Show a note that is longer than the margin where it can be scrolled through."""
        card = self._cards[noted.subject.key]
        self.popup.read_only = self._notes.read_only
        place = QPoint(card.geometry().right(), max(card.y(), 0))
        self.popup.open_beside(place, [noted], keys=True)

    @Slot(object)
    def _open_mark(self, mark: EdgeMark) -> None:
        self.popup.read_only = self._notes.read_only
        place = mark.geometry().center() + QPoint(MARK_PX, 0)
        self.popup.open_beside(place, mark.noted, keys=mark.hasFocus())

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
