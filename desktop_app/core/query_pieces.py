"""The words of what was typed, with the jokers that stand in them.

`*` and `?` are jokers where they touch a word; a `?` at the end of a word is a question mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.core.query_tree import Word, WordKind
from desktop_app.core.words import end_of, fold, fold_with_places

_RUN = re.compile(r"[\w*?]+")
_STARS = re.compile(r"\*+")
_JOKERS = frozenset("*?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word that was typed. form: folded, with its jokers; start, end: where it stands."""

    form: str
    start: int
    end: int

    @property
    def wild(self) -> bool:
        """Whether it holds a joker."""
        return not _JOKERS.isdisjoint(self.form)

    def word(self, kind: WordKind = WordKind.EXACT) -> Word:
        """It as a word of a query; one with jokers is WILD whatever is asked for."""
        return Word(self.form, WordKind.WILD if self.wild else kind)


def pieces(value: str) -> Iterator[Piece]:
    """The words of a value, from left to right."""
    folded, places = fold_with_places(value)
    for found in _RUN.finditer(folded):
        form = found[0].rstrip("?")
        if _JOKERS.issuperset(form):
            continue
        start, last = found.start(), found.start() + len(form) - 1
        if places is None:
            yield Piece(_STARS.sub("*", form), start, last + 1)
        else:
            yield Piece(_STARS.sub("*", form), places[start], end_of(value, places[last]))


def lone_star(value: str) -> bool:
    """Whether a `*` stands in a value that touches no word."""
    runs = _RUN.findall(fold(value))
    return any("*" in run and _JOKERS.issuperset(run) for run in runs)


def without_jokers(value: str) -> str:
    """The value with a blank for each joker, so that its words are read as words alone."""
    return "".join(" " if not _JOKERS.isdisjoint(fold(letter)) else letter for letter in value)
