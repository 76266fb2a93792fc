"""What a card of a note shows, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.ui.reader.note_chips import TagChip
from desktop_app.ui.reader.note_subject import NoteSubject


@dataclass(frozen=True, slots=True)
class Noted:
    """What a card shows.

    highlight: its id; None where the note is on the whole document. colour: a name of a colour of
    highlights. start: the code point that it stands beside. unsaved: what was typed could not be
    written yet. plain: it is of the text itself and no Markdown.
    """

    subject: NoteSubject
    highlight: int | None
    note: str
    start: int = 0
    colour: str = ""
    quote: str = ""
    chips: tuple[TagChip, ...] = ()
    unsaved: bool = False
    plain: bool = False
