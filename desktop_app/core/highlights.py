"""Highlights: what is kept of a marked passage, and where it stands in the text in use.

The anchor is the passage as a person marked it, or last agreed to it; nothing but a person changes
it. Where it stands in another text of the document is worked out from it, and said.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Code points kept before and behind a passage, to know it again by.
CONTEXT = 32
# A passage longer than this was marked by mistake, and would be copied with every backup.
LONGEST_QUOTE = 100_000
LONGEST_NOTE = 100_000

# By name; every theme has its own shade of each. The first one is taken where none is chosen.
MARK_COLOURS = ("yellow", "green", "blue", "pink", "purple")


class MarkStyle(StrEnum):
    """How a highlight is drawn."""

    FILL = "fill"  # behind the letters
    UNDERLINE = "underline"
    BAR = "bar"  # a bar in the margin, as tall as its lines


class How(StrEnum):
    """How a passage was found in a text, the surest first."""

    MARKED = "marked"  # it was marked, or agreed to, in this very text
    POSITION = "position"  # it stands where it stood
    QUOTE = "quote"  # word for word in one place only
    CONTEXT = "context"  # word for word, and told from others by what stands around it
    CLOSE = "close"  # nearly word for word: somebody has to look at it
    LOST = "lost"


class Standing(StrEnum):
    """How surely a highlight stands in the text in use."""

    PLACED = "placed"
    REVIEW = "review"  # found by closeness, not agreed to yet
    LOST = "lost"  # not found


Quad = tuple[float, float, float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of one version of a text, and what it is known again by.

    start, end: code points of the canonical text of the version. quote: the text between them.
    before, after: up to 32 code points on either side. page: from 1, None where there are none.
    quads: in points of the page from its bottom left, as PDF counts, each four corners (bottom
    left, bottom right, top right, top left); empty where they were not looked up.
    """

    version: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    page: int | None = None
    quads: tuple[Quad, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in a text: code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage of a document. Ids and tags are as for documents.

    place: in the text in use, None where it is lost there. how: by what it was found there.
    note: Markdown, "" for none. Times are UTC.
    """

    id: int
    uuid: str
    document: int
    anchor: Anchor
    colour: str
    style: MarkStyle
    note: str
    made_at: datetime
    changed_at: datetime
    tags: tuple[int, ...] = ()
    place: Place | None = None
    how: How = How.MARKED

    @property
    def standing(self) -> Standing:
        """How surely it stands where it is said to stand."""
        if self.how is How.LOST:
            return Standing.LOST
        return Standing.REVIEW if self.how is How.CLOSE else Standing.PLACED


class HighlightSort(StrEnum):
    """The order of a list of highlights; ties go by document, then by place."""

    DOCUMENT = "document"  # by the document's title, then by place
    NEWEST = "-made"
    OLDEST = "made"
    CHANGED = "-changed"
    QUOTE = "quote"
    NOTE = "note"
    COLOUR = "colour"
    TAGS = "tags"
    DATE_NEWEST = "-date"  # of the document
    DATE_OLDEST = "date"


@dataclass(frozen=True, slots=True)
class HighlightFilter:
    """Which highlights are wanted; what is empty or None asks nothing.

    words: each must stand in the quote, the note, or the document's title; folded as in a search,
    the last one may be the beginning of a word. tags: any of these. standing: any of these.
    documents: only of these.
    """

    words: str = ""
    colours: frozenset[str] = frozenset()
    tags: frozenset[int] = frozenset()
    standing: frozenset[Standing] = frozenset()
    with_note: bool | None = None
    documents: frozenset[int] | None = None


_JOINERS = frozenset("\u200d\u200c")


def anchor_at(
    version: str, canonical: str, start: int, end: int, *, page: int | None = None
) -> Anchor:
    """The anchor of a passage of a text."""
    return Anchor(
        version,
        start,
        end,
        canonical[start:end],
        canonical[max(start - CONTEXT, 0) : start],
        canonical[end : end + CONTEXT],
        page,
    )


def whole_letters(canonical: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks at its ends, widened so that it cuts no written letter in two.

    What belongs to the letter before it is a combining mark, a joiner or a sign that changes how a
    letter is drawn, and what a joiner joins. An empty range comes back empty.
    """
    start, end = max(start, 0), min(end, len(canonical))
    while start < end and canonical[start].isspace():
        start += 1
    while end > start and canonical[end - 1].isspace():
        end -= 1
    if start >= end:
        return start, start
    while start > 0 and _belongs(canonical, start):
        start -= 1
    while end < len(canonical) and _belongs(canonical, end):
        end += 1
    return start, end


def _belongs(text: str, at: int) -> bool:
    """Whether what stands at a place is one letter with what stands before it."""
    here, before = text[at], text[at - 1]
    if here.isspace() or before.isspace():
        return False
    return (
        bool(unicodedata.combining(here))
        or unicodedata.category(here) in ("Mn", "Me", "Mc")
        or here in _JOINERS
        or before == "\u200d"
        or "\ufe00" <= here <= "\ufe0f"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or "\U000e0020" <= here <= "\U000e007f"
        or (_is_flag_half(here) and _odd_halves_before(text, at))
    )


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _odd_halves_before(text: str, at: int) -> bool:
    count = 0
    while at > 0 and _is_flag_half(text[at - 1]):
        count += 1
        at -= 1
    return count % 2 == 1
