"""What every reader hands over, and what is done to all of it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.core.model import FactName
from desktop_app.core.text import Block, make_text
from desktop_app.core.words import words
from desktop_app.formats.extract import Extract, Proposal
from desktop_app.formats.headline import headline_folds
from desktop_app.formats.language import language_of
from desktop_app.formats.proposals import guessed

NO_TEXT = "It opens but holds no text."


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks and proposals of one file. proposals: best first. warning: as in Extract."""

    blocks: Sequence[Block]
    proposals: Sequence[Proposal]
    extractor: str
    warning: str | None = None
    language_stated: Sequence[Proposal] = field(default=())


def finish(reading: Reading, media_type: str) -> Extract:
    """Fold the headline, tell the language, count the words."""
    title = next((p.value for p in reading.proposals if p.fact is FactName.TITLE), None)
    folds = headline_folds(reading.blocks, title if isinstance(title, str) else None)
    text = make_text(reading.blocks, reading.extractor, folds=folds)
    told = language_of(text.canonical)
    languages = guessed(FactName.LANGUAGE, told[0], "the text", told[1]) if told else []
    # Pages say "en" by habit: what a long enough text shows goes before what is stated.
    proposals = (*reading.proposals, *languages, *reading.language_stated)
    warning = reading.warning if text.canonical else NO_TEXT
    count = len(words(text.canonical))
    return Extract(text, proposals, media_type, reading.extractor, count, warning)
