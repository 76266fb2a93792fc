"""Name families: spellings of one name that a person has joined."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.words import words

MOST_SPELLINGS = 200
LONGEST_SPELLING = 200


@dataclass(frozen=True, slots=True)
class NameFamily:
    """A name in all its spellings. name: as it was first written.

    spellings: each as `spelling_key` writes it, sorted; each is in no other family.
    """

    id: int
    uuid: str
    name: str
    spellings: tuple[str, ...]


def spelling_key(spelling: str) -> str:
    """What a spelling is known by: its folded words with one blank between two; "" for no word."""
    return " ".join(words(spelling))
