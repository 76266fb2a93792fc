"""How many of some documents, or of some highlights, carry which tag: for thousands, in SQL alone."""

from __future__ import annotations

from array import array
from collections.abc import Collection

from sqlalchemy import Column, Connection, Table, func, select

from desktop_app.store.columns import among
from desktop_app.store.tables import document, highlight, highlight_tagging, tagging


def documents_there(connection: Connection, ids: Collection[int]) -> array[int]:
    """Those of some documents that are in the library, in their order."""
    return _there(connection, document.c.id, ids)


def highlights_there(connection: Connection, ids: Collection[int]) -> array[int]:
    """Those of some highlights that are in the library, in their order."""
    return _there(connection, highlight.c.id, ids)


def tags_of_documents(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """For each tag that any of some documents carries itself, how many of them do."""
    return _counted(connection, tagging, tagging.c.document, ids)


def tags_of_highlights(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """For each tag that any of some highlights carries, how many of them do."""
    return _counted(connection, highlight_tagging, highlight_tagging.c.highlight, ids)


def _there(connection: Connection, column: Column[int], ids: Collection[int]) -> array[int]:
    # One text, which is made without Python's lock.
    joined = connection.execute(select(func.group_concat(column)).where(among(column, ids)))
    found = joined.scalar_one()
    known = set(map(int, found.split(","))) if found else set()
    return array("q", (each for each in dict.fromkeys(ids) if each in known))


def _counted(
    connection: Connection, table: Table, column: Column[int], ids: Collection[int]
) -> dict[int, int]:
    rows = select(table.c.tag, func.count()).where(among(column, ids)).group_by(table.c.tag)
    return {row[0]: row[1] for row in connection.execute(rows)}
