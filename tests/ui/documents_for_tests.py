"""Documents and rows for tests of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from desktop_app.core.matching import Passage
from desktop_app.core.model import Document, Facts, ReadState
from desktop_app.ui.models.documents import Row

NOW = datetime(2016, 3, 25, tzinfo=UTC)


def document(number: int, **fields: Any) -> Document:
    """A document with its number as its title."""
    usual: dict[str, Any] = {
        "facts": Facts(f"Document {number}", source="The Coast Ledger"),
        "media_type": "text/plain",
        "file_name": "a.txt",
        "original": "0" * 64,
        "text_version": "v",
        "words": 1_640,
        "state": ReadState.UNREAD,
        "progress": 0.0,
        "position": 0,
        "starred": False,
        "added_at": NOW,
        "changed_at": NOW,
    }
    return Document(number, **(usual | fields))


class Shelf:
    """Fetches rows for a model when it is told to, and counts what it is asked for."""

    def __init__(self, rows: Callable[[int], Row] = lambda number: Row(document(number))) -> None:
        self.rows = rows
        self.asked: list[list[int]] = []
        self._waiting: list[tuple[Sequence[int], Callable[[Mapping[int, Row]], None]]] = []
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int], done: Callable[[Mapping[int, Row]], None]) -> None:
        self.asked.append(list(ids))
        self._waiting.append((ids, done))

    def answer(self) -> int:
        """Give what was asked for; return how many pieces that were."""
        waiting, self._waiting = self._waiting, []
        for ids, done in waiting:
            done({each: self.rows(each) for each in ids if each not in self.gone})
        return len(waiting)


__all__ = ["Passage", "Shelf", "document"]
