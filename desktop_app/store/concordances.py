"""What was said of the lines of concordances.

A line is known again by its document and a key that is made of its words (64 bits, signed), so
that it stays what it is when a text is indexed or read again. A line of which nothing is kept is
new.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.core.line_states import LineState
from desktop_app.store.columns import to_json
from desktop_app.store.tables import concordance, concordance_line

Line = tuple[int, int]  # document, key


@dataclass(frozen=True, slots=True)
class KeptConcordance:
    """A concordance that somebody has looked at. width: code points on either side of a match."""

    id: int
    query: str
    width: int
    made_at_ms: int


class ReadConcordances:
    """Concordances as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, query: str) -> KeptConcordance | None:
        """The concordance of a query; None where nothing is kept of it."""
        rows = select(concordance).where(concordance.c.query == query)
        row = self._connection.execute(rows).one_or_none()
        return None if row is None else KeptConcordance(row.id, row.query, row.width, row.made_at)

    def lines(self, query: str, only: Collection[Line] | None = None) -> dict[Line, LineState]:
        """What is kept of the lines of a query, or of some of them: (document, key) to state."""
        if only is not None:
            return self._some(query, only)
        rows = (
            select(concordance_line.c.document, concordance_line.c.key, concordance_line.c.state)
            .join(concordance, concordance.c.id == concordance_line.c.concordance)
            .where(concordance.c.query == query)
        )
        return {
            (row.document, row.key): LineState(row.state) for row in self._connection.execute(rows)
        }

    def _some(self, query: str, only: Collection[Line]) -> dict[Line, LineState]:
        rows = self._connection.exec_driver_sql(
            "SELECT line.document, line.key, line.state FROM json_each(?)"
            " JOIN concordance ON concordance.query = ?"
            " JOIN concordance_line AS line ON line.concordance = concordance.id"
            " AND line.document = value ->> 0 AND line.key = value ->> 1",
            (to_json([list(line) for line in only]), query),
        )
        return {(row.document, row.key): LineState(row.state) for row in rows}


class Concordances(ReadConcordances):
    """Concordances that can be written inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def keep(self, query: str, width: int) -> int:
        """Keep the concordance of a query and how wide its lines are; returns its id."""
        row = insert(concordance).values(query=query, width=width, made_at=self._now_ms)
        again = row.on_conflict_do_update(
            index_elements=[concordance.c.query], set_={"width": width}
        )
        self._connection.execute(again)
        kept = self.get(query)
        assert kept is not None
        return kept.id

    def set(self, query: str, states: Mapping[Line, LineState | None], *, width: int) -> None:
        """Say something of lines, those of documents that are gone passed over; None: nothing.

        width: where nothing was kept of the query.
        """
        kept = self.get(query)
        identity = kept.id if kept is not None else self.keep(query, width)
        self._remove(identity, [line for line, state in states.items() if state is None])
        said = {line: state for line, state in states.items() if state is not None}
        self._put(identity, said)

    # One statement however many lines, with the lines as one JSON parameter.

    def _put(self, identity: int, states: Mapping[Line, LineState]) -> None:
        written = to_json([[*line, int(state)] for line, state in states.items()])
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO concordance_line (concordance, document, key, state)"
            " SELECT ?, document.id, json_extract(value, '$[1]'), json_extract(value, '$[2]')"
            " FROM json_each(?) JOIN document ON document.id = json_extract(value, '$[0]')",
            (identity, written),
        )

    def _remove(self, identity: int, lines: Collection[Line]) -> None:
        self._connection.exec_driver_sql(
            "DELETE FROM concordance_line WHERE concordance = ? AND (document, key) IN"
            " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
            (identity, to_json([list(line) for line in lines])),
        )
