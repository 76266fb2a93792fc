"""Which highlights a fact holds for, and which documents they stand in."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from desktop_app.store.columns import among
from desktop_app.store.tables import highlight, highlight_tagging


def documents_of_highlights(connection: Connection) -> dict[int, int]:
    """The document of each highlight, those in the trash too; by document, then by place."""
    rows = select(highlight.c.id, highlight.c.document).order_by(
        highlight.c.document, highlight.c.place_first, highlight.c.id
    )
    walked = rows.subquery()
    # As two texts in one order, which are made without Python's lock.
    joined = select(func.group_concat(walked.c.id), func.group_concat(walked.c.document))
    ids, documents = connection.execute(joined).one()
    if not ids:
        return {}
    return dict(zip(map(int, ids.split(",")), map(int, documents.split(",")), strict=True))


def highlights_tagged(connection: Connection, tags: Collection[int] | None) -> set[int]:
    """The highlights that carry any of some tags, given by id; None for any tag at all."""
    rows = select(highlight_tagging.c.highlight)
    if tags is not None:
        rows = rows.where(among(highlight_tagging.c.tag, tags))
    return set(connection.execute(rows).scalars())
