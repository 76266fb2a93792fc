"""The sentence that says what ran, taken apart where a part of the query begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NOTE = r" \([\d,]+(?:; [^()]*)?\)"  # how many documents hold it, and in which forms


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the sentence. part: which part of the query it is; None for what joins two."""

    text: str
    part: int | None = None


def pieces(sentence: str, parts: Sequence[str]) -> tuple[Piece, ...]:
    """Take a sentence apart; put together again the pieces are the sentence.

    parts: each part of the query in words, in the order of the sentence. One that is not in it
    has no piece.
    """
    found: list[Piece] = []
    at = 0
    for number, words in enumerate(parts):
        match = _find(sentence, words, at)
        if match is None:
            continue
        if match.start() > at:
            found.append(Piece(sentence[at : match.start()]))
        found.append(Piece(match[0], number))
        at = match.end()
    if at < len(sentence):
        found.append(Piece(sentence[at:]))
    return tuple(found)


def _find(sentence: str, words: str, at: int) -> re.Match[str] | None:
    # Behind “without” a part has lost its own “with”.
    for said in dict.fromkeys((words, words.removeprefix("with "))):
        for note in (_NOTE, ""):
            if match := re.compile(re.escape(said) + note).search(sentence, at):
                return match
    return None
