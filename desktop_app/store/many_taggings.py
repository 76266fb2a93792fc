"""What carries many tags, read and changed together, in a few statements however many they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, TextClause, select, text

from desktop_app.store.columns import among, ids_in, to_json
from desktop_app.store.tables import highlight

Pairs = Sequence[tuple[int, Sequence[int]]]

# The limit keeps SQLite from taking the two parts of a pair apart anew for every carrier.
_PAIRS = """
    SELECT one.tag AS tag, each.value AS carrier
    FROM (
        SELECT json_extract(value, '$[0]') AS tag, json_extract(value, '$[1]') AS carriers
        FROM json_each(:pairs) LIMIT -1
    ) AS one CROSS JOIN json_each(one.carriers) AS each
"""
_CARRIED = "EXISTS (SELECT 1 FROM {table} WHERE tag = pair.tag AND {carrier} = pair.carrier)"


class _Carriers:
    """The taggings of one sort of thing that carries tags: documents, or highlights."""

    def __init__(self, connection: Connection, table: str, carrier: str, put: str) -> None:
        carried = _CARRIED.format(table=table, carrier=carrier)
        self._connection = connection
        self._of = text(
            f"SELECT tag, group_concat({carrier}) FROM {table}"
            " WHERE tag IN (SELECT value FROM json_each(:tags)) GROUP BY tag"
        )
        self._first_with = text(f"SELECT tag FROM ({_PAIRS}) AS pair WHERE {carried} LIMIT 1")
        self._first_without = text(
            f"SELECT tag FROM ({_PAIRS}) AS pair WHERE NOT {carried} LIMIT 1"
        )
        self._put = text(put)
        self._take = text(f"DELETE FROM {table} WHERE (tag, {carrier}) IN ({_PAIRS})")

    def of(self, tags: Collection[int]) -> dict[int, tuple[int, ...]]:
        """What carries each of the tags itself, sorted; tags that nothing carries are left out."""
        rows = self._connection.execute(self._of, {"tags": to_json(list(tags))})
        return {tag: tuple(sorted(json.loads(f"[{joined}]"))) for tag, joined in rows}

    def first_carried(self, pairs: Pairs) -> int | None:
        """A tag that one of those beside it carries already; None where there is none."""
        return self._first(self._first_with, pairs)

    def first_missing(self, pairs: Pairs) -> int | None:
        """A tag that one of those beside it does not carry; None where there is none."""
        return self._first(self._first_without, pairs)

    def _first(self, statement: TextClause, pairs: Pairs) -> int | None:
        found: int | None = self._connection.execute(statement, _written(pairs)).scalar()
        return found

    def add(self, pairs: Pairs, now_ms: int) -> None:
        """Put tags on what is there and carries none of them yet."""
        self._connection.execute(self._put, _written(pairs) | {"now": now_ms})

    def remove(self, pairs: Pairs) -> None:
        """Take tags off."""
        self._connection.execute(self._take, _written(pairs))


class ManyTaggings:
    """What documents and highlights are tagged with, many tags at a time, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.documents = _Carriers(
            connection,
            "tagging",
            "document",
            "INSERT INTO tagging (tag, document, tagged_at)"
            f" SELECT tag, carrier, :now FROM ({_PAIRS})",
        )
        self.highlights = _Carriers(
            connection,
            "highlight_tagging",
            "highlight",
            "INSERT INTO highlight_tagging (tag, highlight, document, tagged_at)"
            f" SELECT pair.tag, highlight.id, highlight.document, :now FROM ({_PAIRS}) AS pair"
            " CROSS JOIN highlight ON highlight.id = pair.carrier",
        )

    def present_highlights(self, ids: Collection[int]) -> set[int]:
        """Those of some ids that are of highlights."""
        return set(
            ids_in(self._connection, select(highlight.c.id).where(among(highlight.c.id, ids)))
        )

    def documents_of(self, highlights: Collection[int]) -> frozenset[int]:
        """The documents of highlights."""
        rows = select(highlight.c.document).where(among(highlight.c.id, highlights)).distinct()
        return frozenset(ids_in(self._connection, rows))


def _written(pairs: Pairs) -> dict[str, object]:
    return {"pairs": to_json([[tag, list(carriers)] for tag, carriers in pairs])}
