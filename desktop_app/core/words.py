"""Folding and words: how Postil compares what is written with what is asked.

Folding is casefold, then NFKD, then combining marks dropped, nothing else. A word is a run of
Unicode `\\w` of the folded text. Index, query, tags and titles all fold here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"\w+")


class _Folded(dict[str, str]):
    """What each letter folds to; folding knows no neighbours, so that a text is its letters'."""

    def __missing__(self, letter: str) -> str:
        decomposed = unicodedata.normalize("NFKD", letter.casefold())
        folded = "".join(part for part in decomposed if not unicodedata.combining(part))
        self[letter] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Fold a text for comparing; its length may change."""
    if text.isascii():
        return text.lower()
    return "".join(map(_FOLDED.__getitem__, text))


def fold_with_places(text: str) -> tuple[str, Sequence[int] | None]:
    """Fold a text and tell for each folded letter from which letter it comes; None: the same one."""
    if text.isascii():
        return text.lower(), None
    parts = list(map(_FOLDED.__getitem__, text))
    folded = "".join(parts)
    if len(folded) == len(text) and "" not in parts:
        return folded, None
    return folded, [place for place, part in enumerate(parts) for _ in part]


def end_of(text: str, last: int) -> int:
    """The end of a word whose last letter stands at `last`, behind the marks of that letter."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


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
    folded, places = fold_with_places(text)
    for found in _WORD.finditer(folded):
        if places is None:
            yield Word(found[0], found.start(), found.end())
        else:
            yield Word(found[0], places[found.start()], end_of(text, places[found.end() - 1]))
