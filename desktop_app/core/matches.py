"""What was found in a text."""

from __future__ import annotations

from dataclasses import dataclass

# Where something begins, and where it ends: exclusive.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found in a text: code points, sorted, none overlapping another.

    spans: the matches, as they are counted and stepped through. marks: the words of them, as they
    are painted; between words that are only near each other nothing is. parts: for each span the
    numbers of the parts of the query that it is of.
    """

    spans: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    parts: tuple[tuple[int, ...], ...] = ()
