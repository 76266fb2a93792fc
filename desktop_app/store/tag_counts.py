"""How many documents and highlights carry each tag, alone and with the tags below it.

Counted from sets of ids, fetched as one text for each tag, which is made without Python's lock:
SQLite would sort all the pairs once for the tags and again for those above them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from desktop_app.store.tables import document, highlight, highlight_tagging, tag, tagging


@dataclass(frozen=True, slots=True)
class TagCounts:
    """Counts by tag, of tags that have any; what lies in the trash is not counted.

    A document carries what it is tagged with itself, and what any highlight of it is. below: with
    all tags below, each document or highlight once.
    """

    documents: Mapping[int, int]
    documents_below: Mapping[int, int]
    highlights: Mapping[int, int]
    highlights_below: Mapping[int, int]


def tag_counts(connection: Connection) -> TagCounts:
    """Count what carries each tag."""
    trash = select(document.c.id).where(document.c.trashed_at.is_not(None))
    trashed = set(connection.execute(trash).scalars())
    documents = _by_tag(connection, tagging, tagging.c.document, trashed)
    on_highlights = _by_tag(connection, highlight_tagging, highlight_tagging.c.document, trashed)
    for each, marked in on_highlights.items():
        documents.setdefault(each, set()).update(marked)
    in_trash = select(highlight.c.id).where(highlight.c.document.in_(trash))
    unseen = set(connection.execute(in_trash).scalars())
    highlights = _by_tag(connection, highlight_tagging, highlight_tagging.c.highlight, unseen)
    rows = connection.execute(select(tag.c.id, tag.c.parent))
    above: dict[int, int | None] = {row.id: row.parent for row in rows}
    return TagCounts(
        _counted(documents),
        _counted(_with_children(documents, above)),
        _counted(highlights),
        _counted(_with_children(highlights, above)),
    )


def _by_tag(
    connection: Connection, table: Table, counted: ColumnElement[Any], unseen: set[int]
) -> dict[int, set[int]]:
    """What carries each tag, but for what is not to be seen; tags of nothing are left out."""
    rows = select(table.c.tag, func.group_concat(counted)).group_by(table.c.tag)
    found = {each: set(map(int, joined.split(","))) for each, joined in connection.execute(rows)}
    for ids in found.values():
        ids -= unseen
    return {each: ids for each, ids in found.items() if ids}


def _with_children(
    own: Mapping[int, set[int]], above: Mapping[int, int | None]
) -> dict[int, set[int]]:
    found = {each: set(ids) for each, ids in own.items()}
    for each, ids in own.items():
        passed = {each}
        here = above.get(each)
        while here is not None and here not in passed:  # a damaged library can have a circle
            passed.add(here)
            found.setdefault(here, set()).update(ids)
            here = above.get(here)
    return found


def _counted(sets: Mapping[int, set[int]]) -> dict[int, int]:
    return {each: len(ids) for each, ids in sets.items()}
