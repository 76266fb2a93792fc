"""How many of some documents, or of some highlights, carry which tag; of fifty thousand as well."""

from __future__ import annotations

from array import array
from collections.abc import Collection

from sqlalchemy import Column, Connection, Table, func, select

from desktop_app.store.columns import among
from desktop_app.store.tables import document, highlight, highlight_tagging, tagging

# So few are looked up one by one; for more of them all are read, and the others taken away.
_FEW = 1_000


def documents_there(connection: Connection, ids: Collection[int]) -> array[int]:
    """Those of some documents that are in the library, in their order."""
    known = _known(connection, document.c.id, ids)
    return array("q", (each for each in dict.fromkeys(ids) if each in known))


def highlights_there(connection: Connection, ids: Collection[int]) -> array[int]:
    """Those of some highlights that are in the library, in their order."""
    known = _known(connection, highlight.c.id, ids)
    return array("q", (each for each in dict.fromkeys(ids) if each in known))


def tags_of_documents(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """For each tag that any of some documents carries itself, how many of them do."""
    return _counted(connection, tagging, tagging.c.document, document.c.id, ids)


def tags_of_highlights(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """For each tag that any of some highlights carries, how many of them do."""
    column = highlight_tagging.c.highlight
    return _counted(connection, highlight_tagging, column, highlight.c.id, ids)


def _known(
    connection: Connection, column: Column[int], ids: Collection[int] | None
) -> frozenset[int]:
    """Those of some rows that are there, and perhaps others; all rows for None."""
    # One text, which is made without Python's lock.
    rows = select(func.group_concat(column))
    if ids is not None and len(ids) <= _FEW:
        rows = rows.where(among(column, ids))
    found = connection.execute(rows).scalar_one()
    return frozenset(map(int, found.split(","))) if found else frozenset()


def _counted(
    connection: Connection,
    table: Table,
    column: Column[int],
    whole: Column[int],
    ids: Collection[int],
) -> dict[int, int]:
    rows = select(table.c.tag, func.count()).group_by(table.c.tag)
    if len(ids) > _FEW:
        others = _known(connection, whole, None).difference(ids)
        if len(others) < len(ids):
            counts = {row[0]: row[1] for row in connection.execute(rows)}
            if others:
                for tag, count in connection.execute(rows.where(among(column, others))):
                    counts[tag] -= count
            return {tag: count for tag, count in counts.items() if count}
    return {row[0]: row[1] for row in connection.execute(rows.where(among(column, ids)))}
