"""Which documents have which value of a field, each field along an index that holds it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from desktop_app.store.columns import among
from desktop_app.store.tables import document, highlight_tagging, tag, tagging

# So few documents are looked up one by one; for more of them an index is walked from end to end.
FEW = 1_000

_YEAR = func.substr(document.c.published_first, 1, 4)
_LANGUAGE = func.lower(document.c.language)


def by_year(connection: Connection, chosen: Collection[int]) -> dict[str | None, set[int]]:
    """Documents by the year of their date; None for those without one."""
    return _grouped(connection, _YEAR, chosen)


def by_source(connection: Connection, chosen: Collection[int]) -> dict[str | None, set[int]]:
    """Documents by the folded words of their source; " " for those without one."""
    return _grouped(connection, document.c.source_key, chosen)


def by_language(connection: Connection, chosen: Collection[int]) -> dict[str | None, set[int]]:
    """Documents by their language, in small letters."""
    return _grouped(connection, _LANGUAGE, chosen)


def by_media_type(connection: Connection, chosen: Collection[int]) -> dict[str | None, set[int]]:
    """Documents by the type of their file."""
    return _grouped(connection, document.c.media_type, chosen)


def by_state(connection: Connection, chosen: Collection[int]) -> dict[str | None, set[int]]:
    """Documents by how far they have been read."""
    return _grouped(connection, document.c.state, chosen)


def starred(connection: Connection, chosen: Collection[int]) -> set[int]:
    """The documents with a star."""
    rows = select(document.c.id).where(document.c.starred == 1)
    return set(connection.execute(rows).scalars()).intersection(chosen)


def by_tag(
    connection: Connection, chosen: Collection[int], *, highlights: bool = False
) -> dict[int, set[int]]:
    """Documents by tag, carried by themselves or on a highlight; with highlights these instead."""
    found: dict[int, set[int]] = {}
    counted = [(highlight_tagging, highlight_tagging.c.highlight)]
    if not highlights:
        counted = [(each, each.c.document) for each in (tagging, highlight_tagging)]
    for table, column in counted:
        rows = select(table.c.tag, func.group_concat(column)).group_by(table.c.tag)
        if len(chosen) <= FEW:
            rows = rows.where(among(column, chosen))
        for each, joined in connection.execute(rows):
            carrying = set(map(int, joined.split(","))).intersection(chosen)
            if carrying:
                found.setdefault(each, set()).update(carrying)
    return found


def source_names(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """The sources of some documents, as they are written."""
    rows = select(document.c.id, document.c.source).where(among(document.c.id, ids))
    return {row.id: row.source or "" for row in connection.execute(rows)}


def tags_above(connection: Connection) -> dict[int, int | None]:
    """The parent of each tag."""
    return {row.id: row.parent for row in connection.execute(select(tag.c.id, tag.c.parent))}


def _grouped(
    connection: Connection, value: ColumnElement[Any], chosen: Collection[int]
) -> dict[str | None, set[int]]:
    """Documents by a value, as one text for each, which is made without Python's lock."""
    rows = select(value, func.group_concat(document.c.id)).group_by(value)
    if len(chosen) <= FEW:
        rows = rows.where(among(document.c.id, chosen))
    found = {
        each: set(map(int, joined.split(","))).intersection(chosen)
        for each, joined in connection.execute(rows)
    }
    return {each: ids for each, ids in found.items() if ids}
