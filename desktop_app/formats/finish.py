"""What every reader hands over, and what is done to all of it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.core.folding import FoldRules, Phrases, folds_of, folds_of_lines, made_from
from desktop_app.core.folding_phrases import BUILT_IN_PHRASES
from desktop_app.core.lines import lines_of, remember
from desktop_app.core.model import FactName
from desktop_app.core.text import Block, Chapter, Fold, canonical_of, make_text
from desktop_app.core.words import words
from desktop_app.formats.extract import Attachment, Extract, PictureFile, Proposal
from desktop_app.formats.facts.language import language_of
from desktop_app.formats.facts.proposals import guessed, short_line
from desktop_app.formats.sentences import NO_TEXT


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


def finish(reading: Reading, media_type: str, *, phrases: Phrases = BUILT_IN_PHRASES) -> Extract:
    """Fold what is not the author's, tell the language, count the words that stay open."""
    proposed = next((p.value for p in reading.proposals if p.fact is FactName.TITLE), None)
    title = proposed if isinstance(proposed, str) else ""
    rules = FoldRules(phrases)
    canonical, starts = canonical_of(reading.blocks)
    lines = lines_of(reading.blocks, starts)
    folds = folds_of_lines(reading.blocks, lines, title=title, rules=rules)
    text = make_text(reading.blocks, reading.extractor, folds=folds, chapters=_chapters(reading))
    whole = None
    if reading.whole is not None:
        _, starts = canonical_of(reading.whole)
        others = folds_of(reading.whole, starts, title=title, rules=rules)
        whole = make_text(reading.whole, f"{reading.extractor}+whole", folds=others)
        whole = None if whole.canonical == text.canonical else whole
    told = language_of(text.canonical)
    languages = guessed(FactName.LANGUAGE, told[0], "the text", told[1]) if told else []
    # Pages say "en" by habit: what a long enough text shows goes before what is stated.
    proposals = (*reading.proposals, *languages, *reading.language_stated)
    warning = reading.warning if text.canonical else reading.warning or NO_TEXT
    count = len(words(_open(canonical, folds)))
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
        remember(reading.blocks, lines),
        made_from(title, text.version, rules, frozenset()),
    )


def _open(canonical: str, folds: Sequence[Fold]) -> str:
    """A text without its folds."""
    if not folds:
        return canonical
    edges = [0, *(edge for fold in folds for edge in (fold.start, fold.end)), len(canonical)]
    return "\n".join(
        canonical[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)
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
        if (line := short_line(title))
    ]
    return sorted(made, key=lambda chapter: chapter.start)
