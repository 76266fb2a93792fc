"""Folding and words: how Postil compares what is written with what is asked.

Folding is casefold, then NFKD, then combining marks dropped, nothing else. A word is a run of
Unicode `\\w` of the folded text. Index, query, tags and titles all fold here and nowhere else.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")


class _Folded(dict[str, str]):
    """What each letter folds to; folding knows no neighbours, so that a text is its letters'."""

    def __missing__(self, letter: str) -> str:
        decomposed = unicodedata.normalize("NFKD", letter.casefold())
        folded = "".join(part for part in decomposed if not unicodedata.combining(part))
        self[letter] = folded
        return folded


_FOLDED = _Folded()


class _Runs(dict[str, tuple[str, str]]):
    """What runs of letters fold to, and those letters of them that do not fold to just one.

    Letters that fold to capitals stay as they are: they are folded after all else was made small.
    """

    def __missing__(self, run: str) -> tuple[str, str]:
        folded: list[str] = []
        odd: list[str] = []
        for letter in run:
            one = _FOLDED[letter]
            if one.lower() != one:
                _TO_CAPITALS.add(letter)
                one = letter
            if len(one) != 1 or letter in _TO_CAPITALS:
                odd.append(letter)
            folded.append(one)
        known = "".join(folded), "".join(odd)
        if len(run) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[run] = known
        return known


_TO_CAPITALS: set[str] = set()  # as far as they were met
_RUNS = _Runs()
_RUN = re.compile(r"[^\x00-\x7f]+")
_LONGEST_KEPT, _MOST_KEPT = 4, 20_000
# Shorter texts are folded letter by letter, and so are those with more foreign letters than one in so many.
_SHORT, _ONE_IN = 200, 8


def fold(text: str) -> str:
    """Fold a text for comparing; its length may change."""
    if text.isascii():
        return text.lower()
    return _fold(text)[0]


def fold_with_places(text: str) -> tuple[str, Sequence[int] | None]:
    """Fold a text and tell for each folded letter from which letter it comes; None: the same one."""
    if text.isascii():
        return text.lower(), None
    folded, odd = _fold(text)
    return folded, _Places(text, len(folded), odd) if odd else None


def _fold(text: str) -> tuple[str, str]:
    """Fold a text; behind it those of its letters that do not fold to just one, with repeats."""
    foreign = len(text.encode("utf-8", "surrogatepass")) - len(text)
    if len(text) >= _SHORT and foreign * _ONE_IN < len(text):
        odd: set[str] = set()

        def folded(found: re.Match[str]) -> str:
            run, letters = _RUNS[found[0]]
            if letters:
                odd.update(letters)
            return run

        whole = _RUN.sub(folded, text).lower()
        capitals = odd & _TO_CAPITALS
        if all(letter.lower() == letter for letter in capitals):
            for letter in capitals:
                whole = whole.replace(letter, _FOLDED[letter])
            return whole, "".join(letter for letter in odd if len(_FOLDED[letter]) != 1)
    parts = list(map(_FOLDED.__getitem__, text))
    whole = "".join(parts)
    if len(whole) == len(text) and "" not in parts:
        return whole, ""
    return whole, "".join(letter for letter in set(text) if len(_FOLDED[letter]) != 1)


class _Places(Sequence[int]):
    """For each letter of a folded text the letter that it comes from.

    Kept as the places from which on both run side by side, and worked out when the first is asked for.
    """

    def __init__(self, text: str, length: int, odd: str) -> None:
        self._text = text
        self._length = length
        self._odd = odd
        self._folded: list[int] = []
        self._given: list[int] = []

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: int) -> int:  # type: ignore[override]  # no slices
        if not 0 <= place < self._length:
            raise IndexError(place)
        if not self._folded:
            self._work_out()
        at = bisect_right(self._folded, place) - 1
        return self._given[at] + place - self._folded[at]

    def _work_out(self) -> None:
        folded, given, more = [0], [0], 0
        for found in _class_of("".join(sorted(set(self._odd)))).finditer(self._text):
            start = found.start()
            for _ in _FOLDED[found[0]]:
                folded.append(start + more)
                given.append(start)
                more += 1
            more -= 1
            folded.append(start + 1 + more)
            given.append(start + 1)
        self._folded, self._given = folded, given


@lru_cache(maxsize=64)
def _class_of(letters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(letters)}]")


def end_of(text: str, last: int) -> int:
    """The end of a word whose last letter stands at `last`, behind the marks of that letter."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def words(text: str) -> list[str]:
    """The folded words of a text, in order, repeats kept."""
    return _WORD.findall(fold(text))


# The names of thousands of tags are compared with each key that is typed.
@lru_cache(maxsize=1 << 16)
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
