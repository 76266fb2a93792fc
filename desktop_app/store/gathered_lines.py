"""The lines of a concordance while it is looked at: kept, sorted and counted by SQLite.

They lie in a database of their own that nobody else sees and that goes when it is closed; SQLite
keeps the larger ones in a file that has no name. All that goes through many lines is one statement,
which holds no thread of the window back: what is read in another process comes in as JSON, and the
numbers of lines go out as JSON, so that Python never goes through them.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.core.concordance import LineSort
from desktop_app.core.line_states import LineState
from desktop_app.core.words import fold
from desktop_app.store.line_csv import CSV_ROWS

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
CREATE TABLE document (
    id INTEGER PRIMARY KEY, title TEXT, title_key TEXT, source TEXT, source_key TEXT,
    published TEXT, version TEXT
);
CREATE TABLE line (
    number INTEGER PRIMARY KEY, document INTEGER, first INTEGER, past INTEGER, key INTEGER,
    before TEXT, match TEXT, behind TEXT, folded TEXT,
    left1 TEXT, left2 TEXT, left3 TEXT, right1 TEXT, right2 TEXT, right3 TEXT,
    state INTEGER
);
CREATE INDEX line_by_document ON line (document, key);
CREATE TABLE kept (document INTEGER, key INTEGER, state INTEGER, PRIMARY KEY (document, key))
WITHOUT ROWID;
"""


def _parts(first: int, past: int) -> str:
    """The values of a JSON list, as columns."""
    return ", ".join(f"json_extract(value, '$[{place}]')" for place in range(first, past))


_ADD = f"""
INSERT INTO line (document, first, past, key, before, match, behind, folded,
                  left1, left2, left3, right1, right2, right3, state)
SELECT {_parts(0, 14)},
       (SELECT kept.state FROM kept
        WHERE kept.document = {_parts(0, 1)} AND kept.key = {_parts(3, 4)})
FROM json_each(?)
"""

_ADD_DOCUMENTS = f"""
INSERT OR REPLACE INTO document (id, title, title_key, source, source_key, published, version)
SELECT {_parts(0, 7)} FROM json_each(?)
"""

_KEEP = f"INSERT OR REPLACE INTO kept SELECT {_parts(0, 3)} FROM json_each(?)"

_STATES = """
UPDATE line SET state =
    (SELECT kept.state FROM kept WHERE kept.document = line.document AND kept.key = line.key)
"""

_ROWS = """
SELECT number, document, first, past, key, before, match, behind, state
FROM line WHERE number IN (SELECT value FROM json_each(?))
"""

_DOCUMENT_ROWS = """
SELECT id, title, source, published, version,
       (SELECT count(*) FROM line WHERE line.document = document.id)
FROM document WHERE id IN (SELECT value FROM json_each(?))
"""

_COUNTS = """
SELECT count(*), count(DISTINCT document),
       total(state = 1), total(state = 2), total(state = 3), total(state IS NULL)
FROM line
"""

_TITLE = "document.title_key, document.id"
_PLACE = "line.first"
_ORDERS: dict[LineSort, str] = {
    LineSort.DOCUMENT: "",
    LineSort.RIGHT_1: "line.right1",
    LineSort.RIGHT_2: "line.right1, line.right2",
    LineSort.RIGHT_3: "line.right1, line.right2, line.right3",
    LineSort.LEFT_1: "line.left1",
    LineSort.LEFT_2: "line.left1, line.left2",
    LineSort.LEFT_3: "line.left1, line.left2, line.left3",
    LineSort.MATCH: "lower(line.match)",
    LineSort.DATE_NEWEST: "document.published IS NULL, document.published DESC",
    LineSort.DATE_OLDEST: "document.published IS NULL, document.published",
    LineSort.SOURCE: "document.source_key = ' ', document.source_key",
}
# The orders that go by what is known of the document, not by what stands in the line.
_OF_DOCUMENTS = frozenset((LineSort.DATE_NEWEST, LineSort.DATE_OLDEST, LineSort.SOURCE))


_ROWS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class GatheredLine:
    """A line as it was gathered. number: its own here. state: None for one not known before."""

    number: int
    document: int
    start: int
    end: int
    key: int
    left: str
    match: str
    right: str
    state: LineState | None


@dataclass(frozen=True, slots=True)
class LineDocument:
    """What a line says of its document. published: ISO, may be partial. version: of its text."""

    id: int
    title: str
    source: str | None
    published: str | None
    version: str
    lines: int


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many lines there are, in how many documents, and what was said of them.

    unknown: were not there when their concordance was last looked at, or it never was.
    """

    lines: int = 0
    documents: int = 0
    seen: int = 0
    irrelevant: int = 0
    tagged: int = 0
    unknown: int = 0

    @property
    def done(self) -> int:
        """How many need no more looking at."""
        return self.seen + self.irrelevant + self.tagged


class GatheredLines:
    """Lines, to be used from any thread. To be closed; from then on there are none."""

    def __init__(self) -> None:
        self.closed = False
        self._lock = threading.Lock()
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._database.executescript(_TABLES)

    def close(self) -> None:
        """Forget the lines."""
        with self._lock:
            self.closed = True
            self._database.close()

    def _ask(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Carry a statement out; nothing comes of it once this is closed."""
        with self._lock:
            return [] if self.closed else self._database.execute(statement, values).fetchall()

    # What comes in.

    def add(self, lines: bytes) -> None:
        """Take lines in, as library/line_reading.py writes them."""
        self._ask(_ADD, (lines.decode(),))

    def add_documents(self, documents: str) -> None:
        """Take in what is known of documents, as store/line_facts.py writes it."""
        self._ask(_ADD_DOCUMENTS, (documents,))

    def keep_states(self, kept: str) -> None:
        """Take in what is known of lines in place of what was: JSON of (document, key, state)."""
        self._ask("DELETE FROM kept")
        self._ask(_KEEP, (kept,))
        self._ask(_STATES)

    # What goes out.

    def keys(self) -> str:
        """The documents and keys of all lines as JSON."""
        rows = self._ask("SELECT json_group_array(json_array(document, key)) FROM line")
        return str(rows[0][0]) if rows else "[]"

    def counts(self) -> LineCounts:
        """Count the lines."""
        rows = self._ask(_COUNTS)
        return LineCounts(*map(int, rows[0])) if rows else LineCounts()

    def numbers(
        self,
        sort: LineSort = LineSort.DOCUMENT,
        *,
        words: str = "",
        states: Collection[LineState | None] | None = None,
        grouped: bool = False,
    ) -> array[int]:
        """The numbers of lines in an order.

        words: letters that lines must show, each run of them between blanks by itself. states: only
        lines of these; None among them for those not known before. grouped: by document, and before
        the lines of each its id, negative.
        """
        conditions, values = _condition(words, states)
        order = _ORDERS[sort]
        if grouped:
            of_document = f"{order}, {_TITLE}" if sort in _OF_DOCUMENTS else _TITLE
            of_line = "" if sort in _OF_DOCUMENTS or not order else f"{order}, "
            statement = f"""
                WITH chosen AS (
                    SELECT line.number, line.document,
                           dense_rank() OVER (ORDER BY {of_document}) AS part,
                           row_number() OVER (ORDER BY {of_line}{_PLACE}) AS place
                    FROM line JOIN document ON document.id = line.document {conditions}
                )
                SELECT json_group_array(number) FROM (
                    SELECT number, part, place FROM chosen
                    UNION ALL SELECT DISTINCT -document, part, 0 FROM chosen
                    ORDER BY 2, 3
                )"""
        else:
            whole = ", ".join(part for part in (order, _TITLE, _PLACE) if part)
            statement = f"""
                SELECT json_group_array(number) FROM (
                    SELECT line.number FROM line JOIN document ON document.id = line.document
                    {conditions} ORDER BY {whole}
                )"""
        rows = self._ask(statement, values)
        return array("q", json.loads(rows[0][0]) if rows else ())

    def shown(self, *, words: str = "", states: Collection[LineState | None] | None = None) -> int:
        """Count the lines that `numbers` gives for these, headings left out."""
        conditions, values = _condition(words, states)
        rows = self._ask(f"SELECT count(*) FROM line {conditions}", values)
        return int(rows[0][0]) if rows else 0

    def number_of(self, document: int, key: int) -> int | None:
        """The number of a line; None where there is none like it."""
        wanted = "SELECT number FROM line WHERE document = ? AND key = ?"
        rows = self._ask(wanted, (document, key))
        return int(rows[0][0]) if rows else None

    def set_states(self, numbers: Collection[int], state: LineState) -> None:
        """Show that something was said of lines, as the library has it by now."""
        values = (json.dumps(list(numbers)),)
        some = "number IN (SELECT value FROM json_each(?))"
        self._ask(f"UPDATE line SET state = {int(state)} WHERE {some}", values)

    def lines(self, numbers: Sequence[int]) -> list[GatheredLine]:
        """Lines in the order asked."""
        found = {row[0]: _line(row) for row in self._ask(_ROWS, (json.dumps(list(numbers)),))}
        return [found[number] for number in numbers if number in found]

    def csv(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Lines in the order asked as rows of CSV, some thousand at a time; headings passed over.

        The columns are those of line_csv.
        """
        for start in range(0, len(numbers), _ROWS_AT_ONCE):
            some = json.dumps(list(numbers[start : start + _ROWS_AT_ONCE]))
            for (written,) in self._ask(CSV_ROWS, (some,)):
                if written:
                    yield f"{written}\r\n".encode()

    def documents(self, ids: Collection[int]) -> dict[int, LineDocument]:
        """What is known of documents, by id."""
        rows = self._ask(_DOCUMENT_ROWS, (json.dumps(list(ids)),))
        return {row[0]: LineDocument(*row) for row in rows}


def _condition(
    words: str, states: Collection[LineState | None] | None
) -> tuple[str, tuple[str, ...]]:
    parts: list[str] = []
    values: list[str] = []
    for each in fold(words).split():
        shown = "coalesce(line.folded, lower(line.before || line.match || line.behind))"
        parts.append(f"instr({shown}, ?)")
        values.append(each)
    if states is not None:
        named = ", ".join(str(int(each)) for each in states if each is not None)
        new = " OR line.state IS NULL" if None in states else ""
        parts.append(f"(line.state IN ({named}){new})")
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), tuple(values)


def _line(row: tuple[Any, ...]) -> GatheredLine:
    number, document, start, end, key, left, match, right, state = row
    said = None if state is None else LineState(state)
    return GatheredLine(number, document, start, end, key, left, match, right, said)
