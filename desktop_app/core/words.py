"""Folding and words: how Postil compares what is written with what is asked.

Folding is casefold, then NFKD, then combining marks dropped, nothing else. A word is a run of
Unicode `\\w` of the folded text. Index, query, tags and titles all fold here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Fold a text for comparing; its length may change."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text, in order, repeats kept."""
    return _WORD.findall(fold(text))


def name_key(name: str) -> str:
    """The key under which a name is the same as another: folded, white space made single."""
    return " ".join(fold(name).split())


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and where it stands: code points of the unfolded text, end exclusive."""

    form: str
    start: int
    end: int


def placed_words(text: str) -> Iterator[Word]:
    """The folded words of a text with their places in the text as it was given."""
    if text.isascii():
        for found in _WORD.finditer(text.lower()):
            yield Word(found[0], found.start(), found.end())
        return
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for part in fold(character):
            folded.append(part)
            places.append(place)
    # A combining mark in the text folds to nothing: a word ends behind the marks of its last letter.
    for found in _WORD.finditer("".join(folded)):
        end = places[found.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield Word(found[0], places[found.start()], end)
