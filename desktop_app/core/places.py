"""Find the same place in another text of the same document."""

from __future__ import annotations

import re

_CONTEXTS = (96, 48, 24)  # code points, the longest first: what is longer is found less by chance
_WORDS_AROUND = 6
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 3


def carried(position: int, old: str, new: str) -> int:
    """The place in the new text where what stood at a position of the old one stands.

    position: a code point of old. What follows it is looked for, then what stands before it; of
    several such places the one that lies as far into the text is taken. Where none is, that far.
    """
    if position <= 0 or not old:
        return 0
    if position >= len(old):
        return len(new)
    expected = round(position / len(old) * len(new))
    if old == new:
        return position
    for length in _CONTEXTS:
        after = old[position : position + length]
        if len(after) == length and (places := _all(after, new)):
            return _nearest(places, expected)
        before = old[max(position - length, 0) : position]
        if len(before) == length and (places := _all(before, new)):
            return _nearest([place + length for place in places], expected)
    # Blanks, line ends and hyphens may have changed: the words have not.
    after_words = _WORD.findall(old, position, position + 200)[:_WORDS_AROUND]
    if len(after_words) >= _LEAST_WORDS and (places := _all_of_words(after_words, new)):
        return _nearest(places, expected)
    return expected


def _all(wanted: str, text: str) -> list[int]:
    found: list[int] = []
    at = text.find(wanted)
    while at >= 0 and len(found) < 1_000:
        found.append(at)
        at = text.find(wanted, at + 1)
    return found


def _all_of_words(wanted: list[str], text: str) -> list[int]:
    pattern = re.compile(r"\W+".join(map(re.escape, wanted)))
    return [found.start() for found in pattern.finditer(text)]


def _nearest(places: list[int], expected: int) -> int:
    return min(places, key=lambda place: abs(place - expected))
