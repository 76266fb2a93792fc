"""The notes of the text itself, in the margin where the reader's own notes leave room.

They never move another card; one that finds no room is shown where its mark is pointed at.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Slot

from desktop_app.core.text import SpanKind
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.laid import Laid, SpotKind
from desktop_app.ui.reader.margin_stack import GAP_PX
from desktop_app.ui.reader.note_card import NoteCard
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.reader.noted import Noted
from desktop_app.ui.reader.view import PageView

_FARTHEST_PX = 120
_MOST = 24
_NO_DOCUMENT = -2  # a footnote is on none; its label tells it from others

Stretch = tuple[int, int]  # top and bottom


class MarginFootnotes(QObject):
    """Places the footnotes whose marks are in view."""

    def __init__(self, appearance: Appearance, page: PageView) -> None:
        super().__init__(page)
        self._appearance = appearance
        self._page = page
        self._expanded: set[str] = set()
        self._cards: list[NoteCard] = []

    @property
    def cards(self) -> list[NoteCard]:
        """The footnotes that stand in the margin, from top to bottom."""
        return [card for card in self._cards if not card.isHidden()]

    def forget(self) -> None:
        """Let go of what was shown: the theme or the text is another."""
        self._expanded.clear()
        for card in self._cards:
            card.forget()

    def place(self, x: int, width: int, taken: Sequence[Stretch]) -> None:
        """Stand footnotes beside their marks, in what the other cards leave."""
        height = self._page.viewport().height()
        shown = 0
        free = 0
        for line, noted in self._called():
            if shown == _MOST:
                break
            card = self._card(shown)
            card.show_noted(noted, width, expanded=noted.subject.key in self._expanded)
            top = _room(max(line, free), card.height(), taken)
            if top - line > _FARTHEST_PX or top + card.height() > height:
                continue
            card.move(x, top)
            card.show()
            free = top + card.height() + GAP_PX
            shown += 1
        self._hide_from(shown)

    def hide(self) -> None:
        """Show none."""
        self._hide_from(0)

    def _hide_from(self, index: int) -> None:
        for card in self._cards[index:]:
            card.hide()

    def _called(self) -> list[tuple[int, Noted]]:
        """The footnotes that are called in view, each once, by the height of their marks."""
        found: dict[str, tuple[int, Noted]] = {}
        for _, origin, laid in self._page.rows_in_view():
            for spot in laid.spots:
                label = str(spot.target)
                if spot.kind is not SpotKind.NOTE or label in found:
                    continue
                words = self._page.note_words(label)
                if words:
                    y = round(origin.y() + spot.rect.top())
                    mark = self._mark(laid, label)
                    note = words if words.startswith(mark) else f"{mark} {words}"
                    subject = NoteSubject(_NO_DOCUMENT, label)
                    found[label] = y, Noted(subject, None, note, plain=True)
        return sorted(found.values(), key=lambda each: each[0])

    def _mark(self, laid: Laid, label: str) -> str:
        """How a footnote is called in the text: its number or sign."""
        text = self._page.text
        if text is None:
            return ""
        block = text.blocks[laid.row.block]
        for span in block.spans:
            if span.kind is SpanKind.NOTE and span.target == label:
                return block.text[span.start : span.end].strip()
        return ""

    def _card(self, index: int) -> NoteCard:
        if index == len(self._cards):
            card = NoteCard(self._appearance, self._page.viewport())
            # The page itself leads to a footnote and back by keys.
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            card.setCursor(Qt.CursorShape.ArrowCursor)
            card.expand_asked.connect(self._expand)
            self._cards.append(card)
        return self._cards[index]

    @Slot(object)
    def _expand(self, noted: Noted) -> None:
        self._expanded ^= {noted.subject.key}
        self._page.moved.emit()


def _room(top: int, height: int, taken: Sequence[Stretch]) -> int:
    """The highest place from a height on where a card fits between what is taken."""
    for first, last in taken:
        if first - GAP_PX < top + height and top < last + GAP_PX:
            top = last + GAP_PX
    return top
