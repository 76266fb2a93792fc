"""A document's text: flat blocks with inline spans, and the canonical text they make.

The canonical text is the texts of the blocks joined by one newline, in NFC; a block without text
(a page break, an image without caption) adds nothing, not even the newline. A table row is its
cells joined by a tab. Every offset in the product counts code points of that text.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Part of every version id: raise it when the rules in this module change what a text becomes.
NORMALISER = "nfc-1"

# Marks that turn the direction of all that follows: in a title they turn the line around it, too.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff]")


class BlockKind(StrEnum):
    """What a block is; the level of a heading or of a list item is kept beside it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    PREFORMATTED = "preformatted"
    TABLE_ROW = "table_row"
    IMAGE = "image"
    PAGE_BREAK = "page_break"


class SpanKind(StrEnum):
    """How a run of a block is set."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    LINK = "link"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    STRUCK = "struck"  # still to be read, but taken back by its author
    NOTE = "note"  # the mark of a footnote or endnote; its target is the label of the note's blocks


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a block's text: code points of the block, end exclusive.

    target: an address for a link, a label (see Block.note) for a note, None for the rest.
    """

    start: int
    end: int
    kind: SpanKind
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """What an image block shows.

    hash: SHA-256 of the kept picture, hexadecimal; None where the picture is not in the file.
    address: where it would be, for the words of its placeholder; it is never fetched.
    width, height: in pixels, 0 where they are not known.
    """

    hash: str | None = None
    address: str | None = None
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text.

    text: NFC, no control characters but newline and (between the cells of a table row) tab.
    level: 1-6 for a heading, 1 and up for the depth of a list item, 0 otherwise.
    number: the number before an item of an ordered list, None for every other block.
    page: the page it stands on, counted from 1, also for the break before that page; None where a
    text has no pages. runs: pairs (offset in text, index of the character on the page), ascending:
    from each offset on, text and page run side by side until the next one.
    picture: only of an image. note: the label of the note that the block belongs to.
    """

    kind: BlockKind
    text: str
    level: int = 0
    number: int | None = None
    spans: tuple[Span, ...] = ()
    page: int | None = None
    runs: tuple[tuple[int, int], ...] = ()
    picture: Picture | None = None
    note: str | None = None

    @property
    def plain(self) -> bool:
        """Whether it has nothing but its kind and its text."""
        return not (
            self.spans
            or self.level
            or self.number is not None
            or self.page is not None
            or self.picture
            or self.note
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of a text's table of contents. level: 1 and up. start: a code point of the text."""

    level: int
    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Fold:
    """A range of the canonical text that the reader shows as one line until it is opened."""

    start: int
    end: int
    kind: str  # what it is, in a word or two: "headline"
    rule: str  # why it was folded, in words


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document in one version.

    canonical: see the module. starts: for each block, where its text starts in canonical.
    chapters: the table of contents that the file itself brings, ascending by start; mostly empty.
    """

    version: str
    blocks: tuple[Block, ...]
    canonical: str
    starts: tuple[int, ...]
    folds: tuple[Fold, ...] = ()
    chapters: tuple[Chapter, ...] = ()


def clean(text: str) -> str:
    """Bring text to NFC without control characters; line ends become newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text).replace("\u2029", "\n"))


def one_line(text: str) -> str:
    """Bring text to one line: clean, white space made single, nothing that turns its direction."""
    return " ".join(_TURNS.sub("", clean(text)).split())


def block_of_runs(
    kind: BlockKind,
    runs: Iterable[tuple[str, Sequence[tuple[SpanKind, str | None]]]],
    *,
    level: int = 0,
    number: int | None = None,
) -> Block:
    """Make a block of runs of text, each with the (kind, link target) pairs it is set in.

    Runs are cleaned together, since an accent may stand in the run behind its letter; white space
    at both ends goes, except in preformatted text and table rows. Neighbours set alike are joined.
    """
    raw: list[str] = []
    marks: list[tuple[int, int, SpanKind, str | None]] = []
    length = 0
    for text, kinds in runs:
        text = clean(text)
        raw.append(text)
        marks.extend((length, length + len(text), k, target) for k, target in kinds)
        length += len(text)
    joined = "".join(raw)
    whole = unicodedata.normalize("NFC", joined)
    moved = len(whole) != len(joined)
    lead = 0
    if kind not in (BlockKind.PREFORMATTED, BlockKind.TABLE_ROW):
        lead = len(whole) - len(whole.lstrip())
        whole = whole.strip()

    def place(offset: int) -> int:
        if moved:
            offset = len(unicodedata.normalize("NFC", joined[:offset]))
        return min(max(offset - lead, 0), len(whole))

    spans: dict[tuple[SpanKind, str | None], list[tuple[int, int]]] = {}
    for start, end, span_kind, target in marks:
        start, end = place(start), place(end)
        if start >= end:
            continue
        ranges = spans.setdefault((span_kind, target), [])
        if ranges and ranges[-1][1] >= start:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    made = [Span(s, e, k, t) for (k, t), ranges in spans.items() for s, e in ranges]
    made.sort(key=lambda span: (span.start, -span.end, span.kind))
    return Block(kind, whole, level, number, tuple(made))


def canonical_of(blocks: Sequence[Block]) -> tuple[str, tuple[int, ...]]:
    """The canonical text of blocks, and where each block's text starts in it."""
    starts: list[int] = []
    parts: list[str] = []
    length = 0
    for block in blocks:
        if not block.text:
            starts.append(length)
            continue
        if parts:
            length += 1
        starts.append(length)
        parts.append(block.text)
        length += len(block.text)
    return "\n".join(parts), tuple(starts)


def make_text(
    blocks: Sequence[Block],
    extractor: str,
    *,
    folds: Sequence[Fold] = (),
    chapters: Sequence[Chapter] = (),
) -> Text:
    """Make the text of blocks that one extractor gave; its version id names all three.

    Raises ValueError for a span, run, fold or chapter outside its text, or a block that is not
    clean.
    """
    canonical, starts = canonical_of(blocks)
    for block in blocks:
        if clean(block.text) != block.text:
            raise ValueError("a block's text is not clean")
        if any(not 0 <= span.start < span.end <= len(block.text) for span in block.spans):
            raise ValueError("a span lies outside its block")
        if any(not 0 <= offset <= len(block.text) or index < 0 for offset, index in block.runs):
            raise ValueError("a run lies outside its block")
    if any(not 0 <= fold.start < fold.end <= len(canonical) for fold in folds):
        raise ValueError("a fold lies outside the text")
    if any(not 0 <= chapter.start <= len(canonical) for chapter in chapters):
        raise ValueError("a chapter starts outside the text")
    version = version_of(canonical, extractor)
    return Text(version, tuple(blocks), canonical, starts, tuple(folds), tuple(chapters))


def digest_of(canonical: str) -> str:
    """What texts are known to be equal by: 32 hexadecimal digits; "" for one without a letter."""
    if not canonical.strip():
        return ""
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def version_of(canonical: str, extractor: str) -> str:
    """The version id of a canonical text: 32 hexadecimal digits."""
    seed = f"{NORMALISER}\0{extractor}\0{canonical}"
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:32]
