"""What is told while a query is read: what cannot be answered, what was read otherwise, what is what.

Places are code points of the line as it was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StretchKind(StrEnum):
    """What a stretch of the typed line is; words that are looked for as they are, are none."""

    FIELD = "field"
    VALUE = "value"
    OPERATOR = "operator"
    PHRASE = "phrase"
    JOKER = "joker"
    DIRECTIVE = "directive"
    IMPOSSIBLE = "impossible"
    MINUS = "minus"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the typed line that means something. end: exclusive."""

    start: int
    end: int
    kind: StretchKind


@dataclass(frozen=True, slots=True)
class QueryError:
    """A part that cannot be answered: its place in the typed line and a sentence with an example."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A part that asks nothing itself but says how the whole line is answered, such as in:all."""

    name: str
    value: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.name}:{self.value}"


class Report:
    """Gathers all of it, in the order in which it is met."""

    def __init__(self) -> None:
        self.problems: list[QueryError] = []
        self.notes: list[str] = []
        self.stretches: list[Stretch] = []
        self.directives: list[Directive] = []

    def note(self, sentence: str) -> None:
        """Say how something was read; "" for nothing."""
        if sentence:
            self.notes.append(sentence)

    def refuse(self, start: int, end: int, message: str) -> None:
        """Say that a part cannot be answered."""
        self.problems.append(QueryError(start, end, message))
        self.paint(start, end, StretchKind.IMPOSSIBLE)

    def paint(self, start: int, end: int, kind: StretchKind) -> None:
        """Say what a stretch is; what is said later stands above what was said before."""
        if start < end:
            self.stretches.append(Stretch(start, end, kind))
