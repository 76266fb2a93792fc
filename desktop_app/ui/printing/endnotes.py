"""What stands behind the text: the notes and tags of its highlights, numbered as in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QFont

from desktop_app.core.highlights import MARK_COLOURS, Highlight, Standing
from desktop_app.core.text import Span, SpanKind
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.printing.strips import Stack, Strip
from desktop_app.ui.reader.lines import Lines, Setting, Settings
from desktop_app.ui.reader.note_text import note_document

LONGEST_QUOTE = 400
_INDENT_PX = 40
_NOTE_SIZE = 15
_RULE_PX = 3


@dataclass(frozen=True, slots=True)
class Numbered:
    """A highlight and the number that leads from the text to its note; None: it has neither."""

    highlight: Highlight
    number: int | None


def numbered(highlights: Sequence[Highlight]) -> list[Numbered]:
    """Number the highlights that have a note or tags, as they follow each other in the text."""
    placed = [each for each in highlights if each.place is not None]
    placed.sort(key=lambda each: (each.place.end, each.place.start) if each.place else (0, 0))
    made: list[Numbered] = []
    count = 0
    for each in placed:
        told = bool(each.note or each.tags)
        count += told
        made.append(Numbered(each, count if told else None))
    return made


class EndNotes:
    """Sets the notes for one width."""

    def __init__(
        self, lines: Lines, made: Settings, theme: Theme, width: float, tags: Mapping[int, str]
    ) -> None:
        self._lines = lines
        self._theme = theme
        self._width = width
        self._tags = tags
        self._quote = made.note
        self._small = Setting(fonts.interface(13), 20, made.muted)
        self._head = Setting(
            fonts.font(made.body.face.family(), 22, weight=QFont.Weight.DemiBold), 30, made.ink
        )
        self._ink = made.ink

    def strips(
        self, document_note: str, marks: Sequence[Numbered], lost: Sequence[Highlight]
    ) -> Iterator[Strip]:
        """The note on the document, those on highlights, and the highlights that are lost."""
        if document_note:
            yield self._heading(_tr("Note on the document"))
            stack = Stack()
            self._add_note(stack, document_note, x=0, gap=0)
            yield stack.strip(self._ink)
        told = [each for each in marks if each.number is not None]
        if told:
            yield self._heading(_tr("Notes"))
        for each in told:
            yield self._entry(each.highlight, f"{each.number}")
        if lost:
            yield self._heading(_tr("Highlights that are not found in this text"))
        for mark in lost:
            yield self._entry(mark, "–")

    def _heading(self, words: str) -> Strip:
        stack = Stack()
        stack.add(self._lines.piece(words, self._head, self._width), x=0, gap=34)
        stack.height += 8
        made = stack.strip(self._ink, lead=34)
        return Strip(made.height, made.paint, (), lead=34, below=90)

    def _entry(self, mark: Highlight, number: str) -> Strip:
        stack = Stack()
        gap, width = 12.0, self._width - _INDENT_PX
        words = " ".join(mark.anchor.quote.split())
        if len(words) > LONGEST_QUOTE:
            words = words[:LONGEST_QUOTE].rstrip() + "…"
        spans = (Span(0, len(words), SpanKind.ITALIC),)
        quote = self._lines.piece(words, self._quote, width - 12, spans=spans)
        stack.add(quote, x=_INDENT_PX + 12, gap=gap)
        shade = self._theme.mark_lines.get(mark.colour, self._theme.mark_lines[MARK_COLOURS[0]])
        stack.rules.append(
            (QRectF(_INDENT_PX, gap + 3, _RULE_PX, stack.height - gap - 6), QColor(shade))
        )
        stack.add_beside(self._lines.piece(number, self._small, _INDENT_PX - 6), x=0, y=gap + 2)
        about = self._about(mark)
        if about:
            stack.add(self._lines.piece(about, self._small, width - 12), x=_INDENT_PX + 12, gap=2)
        if mark.note:
            self._add_note(stack, mark.note, x=_INDENT_PX + 12, gap=4)
        return stack.strip(self._ink, lead=gap)

    def _about(self, mark: Highlight) -> str:
        """The tags of a highlight, and where it is not sure that it stands where it is shown."""
        parts = [name for tag in mark.tags if (name := self._tags.get(tag))]
        if mark.anchor.page is not None:
            parts.append(_tr("page {0:,}").format(mark.anchor.page))
        if mark.standing is Standing.REVIEW:
            parts.append(_tr("its place is to be reviewed"))
        return " · ".join(parts)

    def _add_note(self, stack: Stack, note: str, *, x: float, gap: float) -> None:
        document = note_document(note, self._theme)
        document.setDefaultFont(fonts.interface(_NOTE_SIZE))
        stack.add_document(document, x=x, width=self._width - x, gap=gap)


def _tr(text: str) -> str:
    return QCoreApplication.translate("printing", text)
