"""What an index says of itself, and what it answers."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from desktop_app.search.asking import Answers, Found


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index is behind.

    waiting: documents that it still has to take in, of total. rebuilding: whether it is made anew.
    note: a sentence to show while it is behind or in trouble, "" otherwise.
    """

    waiting: int = 0
    total: int = 0
    rebuilding: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Answers to the parts of a query, in their order, and how far the index was then.

    queue_id: the newest row of the queue that was in it. backlog: documents that were missing
    beside those that the queue names.
    """

    answers: Answers
    queue_id: int = 0
    backlog: int = 0


def nothing(parts: int) -> Answers:
    """The answers of an index that is not there."""
    return Answers(tuple(Found(array("q"), array("d")) for _ in range(parts)))
