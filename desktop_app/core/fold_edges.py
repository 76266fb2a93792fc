"""The parts of a text that the reader folds away, as edges that no word crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.core.text import Fold
from desktop_app.core.words import fold

_IN_WORD = re.compile(r"\w")


def fold_edges(text: str, folds: Iterable[Fold]) -> tuple[tuple[int, int], ...]:
    """The folded parts of a text as (start, end): sorted, apart, none beginning or ending in a word."""
    edges: list[tuple[int, int]] = []
    for one in sorted(folds, key=lambda one: (one.start, one.end)):
        start, end = _out_of_word(text, one.start), _out_of_word(text, one.end)
        if edges and start <= edges[-1][1]:
            edges[-1] = (edges[-1][0], max(end, edges[-1][1]))
        elif start < end:
            edges.append((start, end))
    return tuple(edges)


def _out_of_word(text: str, place: int) -> int:
    """The place, or the end of the word that it stands in."""
    while 0 < place < len(text) and _joins(text[place - 1]) and _joins(text[place]):
        place += 1
    return place


def _joins(letter: str) -> bool:
    """Whether a letter may be in the middle of a folded word."""
    folded = fold(letter)
    return not folded or any(map(_IN_WORD.match, folded))
