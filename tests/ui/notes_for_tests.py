"""Highlights with notes, and a page with its margin, for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.core.highlights import Highlight, MarkStyle, Place, anchor_at
from desktop_app.core.text import Text, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.margin import Margin
from desktop_app.ui.reader.note_writing import NoteWriting
from desktop_app.ui.reader.shown_notes import ShownNotes
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import SENTENCE, a_document, paragraph

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def numbered(count: int) -> Text:
    """A text of paragraphs that begin with their numbers."""
    return make_text([paragraph(f"Number {n}: {SENTENCE * 3}") for n in range(count)], "test")


def marked(
    text: Text,
    words: str,
    note: str = "",
    *,
    number: int = 1,
    tags: tuple[int, ...] = (),
    colour: str = "yellow",
) -> Highlight:
    """A highlight of words of a text."""
    start = text.canonical.index(words)
    return Highlight(
        id=number,
        uuid=f"uuid-{number}",
        document=7,
        anchor=anchor_at(text.version, text.canonical, start, start + len(words)),
        colour=colour,
        style=MarkStyle.FILL,
        note=note,
        made_at=NOW,
        changed_at=NOW,
        tags=tags,
        place=Place(start, start + len(words)),
    )


@dataclass(slots=True)
class Sheet:
    """A page with its margin."""

    view: PageView
    notes: ShownNotes
    writing: NoteWriting
    margin: Margin


def a_sheet(appearance: Appearance) -> Sheet:
    """Make a page that shows notes."""
    view = PageView(appearance)
    notes = ShownNotes(view)
    writing = NoteWriting(notes, view.viewport())
    return Sheet(view, notes, writing, Margin(appearance, view, notes, writing))


def show(sheet: Sheet, text: Text, *highlights: Highlight) -> None:
    """Show a text with highlights."""
    sheet.view.show_text(a_document(), text)
    sheet.view.set_marks(highlights)
    sheet.margin._place()
