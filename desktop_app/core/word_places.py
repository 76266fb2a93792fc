"""Where a folded text says the words of a query, in letters of the folded text.

A word stands where its letters stand and no letter of a word before or behind them. Only what a
text has at all is looked for, and by letters rather than by words, which is many times quicker.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain

from desktop_app.core.matches import Span

_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"\W+")
# With more forms than this a text's words are gone through instead.
_FEW = 12


def places_of_forms(folded: str, forms: Collection[str]) -> list[Span]:
    """Where any of some words stands, sorted."""
    if len(forms) > _FEW:
        forms = set(_WORD.findall(folded)).intersection(forms)
    else:
        forms = [form for form in forms if form in folded]
    if not forms:
        return []
    if len(forms) > _FEW:
        return [found.span() for found in _WORD.finditer(folded) if found[0] in forms]
    pattern = _of_forms(tuple(sorted(forms)))
    return [found.span() for found in pattern.finditer(folded)]


@lru_cache(maxsize=256)
def _of_forms(forms: tuple[str, ...]) -> re.Pattern[str]:
    # The letters come first: that is what a search for them is quick by.
    escaped = map(re.escape, forms)
    return re.compile("|".join(rf"{form}(?!\w)(?<!\w{form})" for form in escaped))


def places_of_jokers(folded: str, wild: str) -> list[Span]:
    """Where a word stands that fits letters with jokers: `*` for any or none, `?` for one; sorted."""
    if not all(letters in folded for letters in wild.replace("?", "*").split("*")):
        return []
    return [found.span() for found in _of_jokers(wild).finditer(folded)]


@lru_cache(maxsize=256)
def _of_jokers(wild: str) -> re.Pattern[str]:
    head, *rest = ["".join(map(_joker, piece)) for piece in wild.split("*")]
    lengths = [len(piece) for piece in wild.split("*")]
    start = rf"{head}(?<!\w{head})" if head else r"(?<!\w)(?=\w)"
    if not rest:
        return re.compile(rf"{start}(?!\w)")
    # Each piece is taken where it comes first and never given back, so that no word, however
    # long, is gone through more often than there are pieces.
    middle = "".join(rf"(?>\w*?{piece})" for piece in rest[:-1] if piece)
    last = rf"(?=\w{{{lengths[-1]}}})\w*+(?<={rest[-1]})" if rest[-1] else r"\w*+"
    return re.compile(f"{start}{middle}{last}")


def _joker(letter: str) -> str:
    return r"\w" if letter == "?" else re.escape(letter)


def places_of_row(folded: str, words: Sequence[Sequence[Span]]) -> list[Span]:
    """Where words stand one behind the other; words: where each of them stands."""
    if not all(words):
        return []
    found = list(words[0])
    ends = [end for _, end in found]
    for following in words[1:]:
        by_start = dict(following)
        kept: list[Span] = []
        reached: list[int] = []
        for (start, _), end in zip(found, ends, strict=True):
            gap = _BETWEEN.match(folded, end)
            behind = by_start.get(gap.end()) if gap else None
            if behind is not None:
                kept.append((start, behind))
                reached.append(behind)
        found, ends = kept, reached
    return found


def starts_of_words(folded: str, start: int = 0, end: int = sys.maxsize) -> list[int]:
    """Where each word of a folded text, or of a piece of it, begins."""
    return [found.start() for found in _WORD.finditer(folded, start, end)]


def end_of_word(folded: str, start: int) -> int:
    """Where the word ends that begins here."""
    found = _WORD.match(folded, start)
    return found.end() if found else start


def runs_of(spans: Iterable[Span], starts: Sequence[int]) -> list[Span]:
    """Places of words as the numbers of the first and the last of them.

    starts: where each word of the text begins.
    """
    return [(bisect_left(starts, start), bisect_left(starts, end) - 1) for start, end in spans]


def joined(*groups: Iterable[Span]) -> list[Span]:
    """All spans of some groups, sorted; those that share a letter are one."""
    made: list[Span] = []
    for start, end in sorted(chain(*groups)):
        if made and start < made[-1][1]:
            if end > made[-1][1]:
                made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made
