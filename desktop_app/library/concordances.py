"""Concordances of an open library: every match of an answer on a line, in any order, as a table.

Texts are read where the index is kept, and what goes through many lines is done by SQLite
(store/gathered_lines.py). What was said of lines is kept under the query alone, so that it is there
again in any view, in any order, after a restart and when documents have come.
"""

from __future__ import annotations

import errno
import json
import threading
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop_app.core.concordance import USUAL_WIDTH, WIDEST, LineSort
from desktop_app.core.errors import BadUsage
from desktop_app.core.line_states import LineState
from desktop_app.core.matching import matcher_out
from desktop_app.core.query import Query
from desktop_app.durable import write_file
from desktop_app.library.highlight_tables import not_saved
from desktop_app.store.gathered_lines import (
    GatheredLine,
    GatheredLines,
    LineCounts,
    LineDocument,
)
from desktop_app.store.line_csv import CSV_COLUMNS
from desktop_app.store.line_facts import documents_for_lines, kept_lines, know_lines
from desktop_app.store.store import Store

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer

__all__ = [
    "Concordance",
    "Concordances",
    "GatheredLine",
    "Gathering",
    "LineCounts",
    "LineDocument",
    "LineSort",
    "LineState",
    "ReadLine",
    "name_of",
]

# Documents that one call may read; it ends by itself when it has taken long enough.
_AT_ONCE = 400
_NUMBERS = count()  # of gatherings


class Looking(Protocol):
    """What reads texts where the index is kept."""

    def look(self, reading: str, argument: Any) -> tuple[Any, bytes]: ...


@dataclass(frozen=True, slots=True)
class Gathering:
    """How far lines are gathered. total: documents in all. stopped: before all were read."""

    documents: int = 0
    total: int = 0
    lines: int = 0
    stopped: bool = False

    @property
    def whole(self) -> bool:
        """Whether every document has been read."""
        return self.documents >= self.total


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line on its way out. start, end: code points of the canonical text."""

    document: int
    start: int
    end: int
    left: str
    match: str
    right: str


def name_of(query: Query) -> str:
    """The query under which what is said of its lines is kept: what is asked, in no order."""
    return str(replace(query, sort=None)) if query.sort is not None else str(query)


class Concordances:
    """What makes concordances of answers."""

    def __init__(self, store: Store, index: Looking) -> None:
        self._store = store
        self._index = index

    def open(self, answer: Answer, *, width: int | None = None) -> Concordance:
        """Begin the concordance of an answer; nothing is gathered yet. To be closed.

        width: code points on either side of a match; None for as many as last time.
        """
        if width is None:
            with self._store.read() as snapshot:
                kept = snapshot.concordances.get(name_of(answer.query))
            width = kept.width if kept is not None else USUAL_WIDTH
        return Concordance(self._store, self._index, answer, min(max(width, 1), WIDEST))

    def lines(
        self, answer: Answer, *, width: int = USUAL_WIDTH, stop: threading.Event | None = None
    ) -> Iterator[ReadLine]:
        """Every line of an answer, document by document in its order, as they are read."""
        for _, body in _read(self._index, answer, width, stop):
            for document, start, end, _key, left, match, right, *_ in json.loads(body):
                yield ReadLine(document, start, end, left, match, right)


class Concordance:
    """The lines of one answer. Any thread may use it; it is to be closed."""

    def __init__(self, store: Store, index: Looking, answer: Answer, width: int) -> None:
        self._store = store
        self._index = index
        self.answer = answer
        self.query = name_of(answer.query)
        self.width = width
        self.gathering = Gathering(0, len(answer.ids), 0)
        self._begun = 0  # lines that were gathered of the next document
        self.known_before = False  # whether something was kept of it when it was gathered
        self._lines = GatheredLines()

    def close(self) -> None:
        """Let go of the lines."""
        self._lines.close()

    def gather(
        self,
        stop: threading.Event | None = None,
        on_progress: Callable[[Gathering], None] = lambda gathering: None,
    ) -> Gathering:
        """Gather all lines that were not gathered yet, until the stop; it can go on then."""
        ids = self.answer.ids[self.gathering.documents :]
        with self._store.read() as snapshot:
            documents = documents_for_lines(snapshot.connection, ids)
        self._lines.add_documents(documents)
        self.gathering = replace(self.gathering, stopped=False)
        self.look_up_states()
        rest = replace(self.answer, ids=ids)
        for read, body in _read(self._index, rest, self.width, stop, begun=self._begun):
            self._lines.add(body)
            self._begun = read["begun"]
            self.gathering = replace(
                self.gathering,
                documents=self.gathering.documents + read["done"],
                lines=self.gathering.lines + read["lines"],
            )
            on_progress(self.gathering)
        if not self.gathering.whole:
            self.gathering = replace(self.gathering, stopped=True)
        return self.gathering

    def look_up_states(self) -> None:
        """Take over what the library has kept of the lines by now."""
        with self._store.read() as snapshot:
            kept = kept_lines(snapshot.connection, self.query)
        self.known_before = kept is not None
        self._lines.keep_states(kept or "[]")

    def counts(self) -> LineCounts:
        """Count the lines that are gathered."""
        return self._lines.counts()

    @property
    def folded(self) -> int:
        """How many documents with the same text stand under others, their lines not counted."""
        return sum(map(len, self.answer.copies.values()))

    def numbers(
        self,
        sort: LineSort = LineSort.DOCUMENT,
        *,
        words: str = "",
        states: Collection[LineState | None] | None = None,
        grouped: bool = False,
    ) -> array[int]:
        """The numbers of lines in an order; see GatheredLines.numbers."""
        return self._lines.numbers(sort, words=words, states=states, grouped=grouped)

    def shown(self, *, words: str = "", states: Collection[LineState | None] | None = None) -> int:
        """How many lines `numbers` gives for these, headings left out."""
        return self._lines.shown(words=words, states=states)

    def number_of(self, document: int, key: int) -> int | None:
        """The number of a line by what it is known again by; None where there is none."""
        return self._lines.number_of(document, key)

    def lines(self, numbers: Sequence[int]) -> list[GatheredLine]:
        """Lines by their numbers, in the order asked."""
        return self._lines.lines(numbers)

    def documents(self, ids: Collection[int]) -> dict[int, LineDocument]:
        """What lines say of their documents, by id."""
        return self._lines.documents(ids)

    def save(self, numbers: Sequence[int], target: Path) -> int:
        """Write lines to a file as CSV, whole or not at all; return how many.

        A Problem says why the place cannot be written.
        """
        # The mark at its start tells spreadsheets that it is UTF-8.
        head = f"{','.join(CSV_COLUMNS)}\r\n".encode("utf-8-sig")
        content = b"".join((head, *self._lines.csv(numbers)))
        if self._lines.closed:
            raise BadUsage(
                "Other lines were gathered before these were saved.",
                "Nothing has been written; save them again.",
            )
        try:
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "it is a folder")
            write_file(target, content, "lines")
        except OSError as error:
            raise not_saved(target, error) from error
        return sum(number > 0 for number in numbers)

    def know(self) -> None:
        """Keep that its lines were looked at, where it is kept at all; others are new later."""
        if self._store.read_only or not self.gathering.whole:
            return
        with self._store.read() as snapshot:
            if snapshot.concordances.get(self.query) is None:
                return
        lines = self._lines.keys()
        with self._store.write() as work:
            know_lines(work.connection, self.query, lines)

    def keep(self) -> None:
        """Keep it from now on, where it is not kept yet: something is about to be said of a line."""
        with self._store.read() as snapshot:
            if snapshot.concordances.get(self.query) is not None:
                return
        lines = self._lines.keys()
        with self._store.write() as work:
            work.concordances.keep(self.query, self.width)
            know_lines(work.connection, self.query, lines)

    def say(self, numbers: Collection[int], state: LineState) -> None:
        """Show that something was said of lines, once the library has it."""
        self._lines.set_states(numbers, state)


def _read(
    index: Looking, answer: Answer, width: int, stop: threading.Event | None, *, begun: int = 0
) -> Iterator[tuple[dict[str, int], bytes]]:
    """Read the lines of an answer piece by piece, until all is read or the stop.

    begun: how many lines of the first document were read before.
    """
    if not answer.matcher.in_text:
        yield {"done": len(answer.ids), "lines": 0, "begun": 0}, b"[]"
        return
    matcher, by = matcher_out(answer.matcher), next(_NUMBERS)
    start = 0
    while start < len(answer.ids) and not (stop is not None and stop.is_set()):
        asked: dict[str, object] = {"matcher": matcher, "width": width, "begun": begun, "by": by}
        asked["ids"] = list(answer.ids[start : start + _AT_ONCE])
        read, body = index.look("lines", asked)
        start, begun = start + read["done"], read["begun"]
        yield read, body
