"""What carries tags, as the page of a tag lists it: documents in an order, and why each is there."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, distinct, func, or_, select

from desktop_app.store.columns import among
from desktop_app.store.ordering import in_trash
from desktop_app.store.tables import document, highlight_tagging, tagging


class TaggedSort(StrEnum):
    """The order of documents that carry a tag; ties go by title, then newest id first."""

    TITLE = "title"
    SOURCE = "source"
    DATE = "date"
    HIGHLIGHTS = "highlights"


@dataclass(frozen=True, slots=True)
class Carried:
    """Why a document carries one of some tags. itself: as a whole. highlights: so many of it."""

    itself: bool
    highlights: int


def documents(
    connection: Connection, tags: Collection[int], sort: TaggedSort, *, turned: bool = False
) -> array[int]:
    """The documents outside the trash that carry one of the tags, or have a highlight that does.

    What has no source, date or highlight comes last, whichever way the order is turned.
    """
    marked = _marked(tags).subquery()
    itself = select(tagging.c.document).where(among(tagging.c.tag, sorted(tags)))
    rows = (
        select(document.c.id)
        .outerjoin(marked, marked.c.document == document.c.id)
        .where(in_trash(False), or_(marked.c.highlights.is_not(None), document.c.id.in_(itself)))
    )
    by: ColumnElement[Any]
    match sort:
        case TaggedSort.TITLE:
            by = document.c.title_key
        case TaggedSort.SOURCE:
            by = func.nullif(func.trim(document.c.source_key), "")
        case TaggedSort.DATE:
            by = document.c.published_first
        case TaggedSort.HIGHLIGHTS:
            by = marked.c.highlights
    ordered = rows.order_by(
        by.is_(None), by.desc() if turned else by, document.c.title_key, document.c.id.desc()
    ).subquery()
    # One text, which is made without Python's lock; SQLite keeps the order for group_concat.
    joined = connection.execute(select(func.group_concat(ordered.c.id))).scalar_one()
    return array("q", map(int, joined.split(",")) if joined else ())


def carried(
    connection: Connection, tags: Collection[int], ids: Collection[int]
) -> dict[int, Carried]:
    """Why documents carry one of the tags; those that do not are left out."""
    itself = set(
        connection.execute(
            select(tagging.c.document).where(
                among(tagging.c.tag, sorted(tags)), among(tagging.c.document, ids)
            )
        ).scalars()
    )
    rows = connection.execute(_marked(tags).where(among(highlight_tagging.c.document, ids)))
    marks: dict[int, int] = {row.document: row.highlights for row in rows}
    return {each: Carried(each in itself, marks.get(each, 0)) for each in sorted({*itself, *marks})}


def _marked(tags: Collection[int]) -> Select[Any]:
    """How many highlights of each document carry one of the tags."""
    return (
        select(
            highlight_tagging.c.document,
            func.count(distinct(highlight_tagging.c.highlight)).label("highlights"),
        )
        .where(among(highlight_tagging.c.tag, sorted(tags)))
        .group_by(highlight_tagging.c.document)
    )
