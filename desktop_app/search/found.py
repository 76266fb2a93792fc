"""What the index answers."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.core.query_tree import Word

# A word of a query that stands for more words than this would mean nothing: letters are asked for.
MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that say one part of a query.

    ids: ascending, no repeats. scores: for each id. sure: False where the letters of the text must
    decide (CASED words), so that each id is only a candidate.
    """

    ids: array[int]
    scores: array[float]
    sure: bool = True


# For words of a query: the other forms that stand for each, by language code; "" is any language.
WordForms = Mapping[Word, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the parts of a query, in their order.

    forms: of its PLAIN and FUZZY words. too_many: its words that stand for more than MOST_WORDS
    words of the library, in which case nothing was looked for.
    """

    found: tuple[Found, ...]
    forms: WordForms = field(default_factory=dict)
    too_many: frozenset[Word] = frozenset()
