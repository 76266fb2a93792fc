"""What is offered while a query is typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SuggestionKind(StrEnum):
    """What is offered."""

    FIELD = "field"
    VALUE = "value"
    TAG = "tag"
    AUTHOR = "author"
    SOURCE = "source"
    NAME = "name"
    RECENT = "recent"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way on. start, end: code points of the line that `insert` replaces.

    label: what is shown. documents: how many have it, outside the trash; None where that is not
    counted. hint: what it means in a few words, or "".
    """

    kind: SuggestionKind
    label: str
    insert: str
    start: int
    end: int
    documents: int | None = None
    hint: str = ""
