"""What a query is answered with: documents or highlights, counts, facets, advice."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.core.matching import Matcher, Passage
from desktop_app.core.query import Query, QueryError


@dataclass(frozen=True, slots=True)
class PartCount:
    """One part of a query in words, and how many documents it alone holds.

    With `find:passages` highlights are counted. start, end: its place in the query.
    """

    text: str
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OffCount:
    """A part of a query that is switched off, in words. count: None where it could not run."""

    text: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    ids: exact and complete, in the order asked for. words: what ran, with a count for each part.
    behind: documents that the index had still to take in; 0 where it is current or was not asked.
    scores: how well documents fit, only of those found by words. With errors nothing ran, and
    where it was stopped nothing was found out.
    copies: of documents in ids, those with the very same text that stand under them and not in
    ids, ascending. highlights: what `find:passages` found, in the order of their documents and
    places; None where documents were asked for, and then ids are the documents they stand in.
    off: the counts of the parts that are switched off, in the order they were given.
    """

    query: Query
    ids: array[int] = field(default_factory=lambda: array("q"))
    total: int = 0
    words: str = ""
    notes: tuple[str, ...] = ()
    errors: tuple[QueryError, ...] = ()
    behind: int = 0
    scores: Mapping[int, float] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=Matcher)
    parts: tuple[PartCount, ...] = ()
    copies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    highlights: array[int] | None = None
    within: str = ""
    off: tuple[OffCount, ...] = ()
    stopped: bool = False

    @property
    def folded(self) -> int:
        """How many documents stand under others with the same text."""
        return sum(map(len, self.copies.values()))


@dataclass(frozen=True, slots=True)
class Hit:
    """What of a document was found: how many matches its text has, and the best passages.

    notes, quotes: the best passage of the notes on it and of what is highlighted in it, where these
    were asked for and say anything of it; its places are in that note or quote.
    """

    matches: int
    passages: tuple[Passage, ...]
    notes: tuple[Passage, ...] = ()
    quotes: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that rows of an answer have. part: what narrows the query to them.

    count: how many rows the narrowed query would give.
    """

    label: str
    part: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field that rows of an answer have, those of most rows first; years in order.

    field: tag, source, year, type, language or state.
    """

    field: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Instead:
    """Something else to ask for: `other` in the place of what was typed.

    text: the whole query then, and count how many rows it finds, at least one.
    """

    typed: str
    other: str
    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What would be found otherwise, where nothing was.

    without: each part in words, its start and end in the query, and how many rows there are without
    it. instead: what else to ask for; of each part the nearest first, of those as near the one that
    finds the most.
    """

    without: tuple[tuple[str, int, int, int], ...] = ()
    instead: tuple[Instead, ...] = ()
