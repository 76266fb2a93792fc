"""What every reader hands over, and what is done to all of it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.core.model import FactName
from desktop_app.core.text import Block, Chapter, canonical_of, make_text
from desktop_app.core.words import words
from desktop_app.formats.extract import Attachment, Extract, PictureFile, Proposal
from desktop_app.formats.headline import headline_folds
from desktop_app.formats.language import language_of
from desktop_app.formats.proposals import guessed, one_line

NO_TEXT = "It opens but holds no text."


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks and proposals of one file.

    proposals: best first. warning: as in Extract. language_stated: proposals that go behind what
    the text itself shows. whole: of a web page, the blocks of all of it where `blocks` is only its
    article. chapters: (level, title, index of the block where it starts) of the file's own table
    of contents. pictures: those that blocks name. attachments: as in Extract.
    """

    blocks: Sequence[Block]
    proposals: Sequence[Proposal]
    extractor: str
    warning: str | None = None
    language_stated: Sequence[Proposal] = field(default=())
    whole: Sequence[Block] | None = None
    chapters: Sequence[tuple[int, str, int]] = ()
    pictures: Sequence[PictureFile] = ()
    attachments: Sequence[Attachment] = ()


def finish(reading: Reading, media_type: str) -> Extract:
    """Fold the headline, tell the language, count the words."""
    title = next((p.value for p in reading.proposals if p.fact is FactName.TITLE), None)
    folds = headline_folds(reading.blocks, title if isinstance(title, str) else None)
    text = make_text(reading.blocks, reading.extractor, folds=folds, chapters=_chapters(reading))
    whole = None
    if reading.whole is not None:
        whole = make_text(reading.whole, f"{reading.extractor}+whole")
        whole = None if whole.canonical == text.canonical else whole
    told = language_of(text.canonical)
    languages = guessed(FactName.LANGUAGE, told[0], "the text", told[1]) if told else []
    # Pages say "en" by habit: what a long enough text shows goes before what is stated.
    proposals = (*reading.proposals, *languages, *reading.language_stated)
    warning = reading.warning if text.canonical else reading.warning or NO_TEXT
    count = len(words(text.canonical))
    return Extract(
        text,
        proposals,
        media_type,
        reading.extractor,
        count,
        warning,
        whole,
        tuple(reading.pictures),
        tuple(reading.attachments),
    )


def _chapters(reading: Reading) -> list[Chapter]:
    if not reading.chapters:
        return []
    canonical, starts = canonical_of(reading.blocks)
    made = [
        Chapter(
            min(max(level, 1), 100), line, starts[index] if index < len(starts) else len(canonical)
        )
        for level, title, index in reading.chapters
        if (line := one_line(title))
    ]
    return sorted(made, key=lambda chapter: chapter.start)
