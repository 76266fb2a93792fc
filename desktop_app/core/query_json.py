"""What is said in a query, as JSON values: for the process that keeps the index.

Where it was typed is left out; what is read back equals what was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from desktop_app.core.query_tree import Family, Near, Or, Place, Said, Spoken, Word, WordKind


def word_out(word: Word) -> list[object]:
    """Write a word."""
    return [word.text, word.kind.value, word.edits]


def word_in(raw: Sequence[Any]) -> Word:
    """Read what word_out wrote."""
    return Word(raw[0], WordKind(raw[1]), raw[2])


def spoken_out(part: Spoken | Or) -> list[object]:
    """Write a part that is said."""
    match part:
        case Said(words, place, folded):
            return ["said", [word_out(word) for word in words], place.value, folded]
        case Family(forms, place, folded):
            return ["family", list(forms), place.value, folded]
        case Near(parts, distance, ordered):
            return ["near", [spoken_out(each) for each in parts], distance, ordered]
        case Or(parts):
            return ["or", [spoken_out(cast("Spoken | Or", each)) for each in parts]]


def spoken_in(raw: Sequence[Any]) -> Spoken | Or:
    """Read what spoken_out wrote."""
    match raw[0]:
        case "said":
            return Said(tuple(map(word_in, raw[1])), Place(raw[2]), raw[3])
        case "family":
            return Family(tuple(raw[1]), Place(raw[2]), raw[3])
        case "near":
            return Near(tuple(map(spoken_in, raw[1])), raw[2], raw[3])
        case _:
            return Or(tuple(map(spoken_in, raw[1])))
