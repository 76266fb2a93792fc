"""How many documents and highlights carry each tag, alone and with the tags below it.

What carries a tag itself is kept counted by triggers. With the tags below, each document counts
once, whichever of them it carries: for that sets of ids are joined, from the leaves up, each set a
number with a bit for each id, so that joining and counting thousands of them takes milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from desktop_app.store.tables import document, highlight_tagging, tag, tag_count, tagging


@dataclass(frozen=True, slots=True)
class TagCounts:
    """Counts by tag, of tags that have any; what lies in the trash is not counted.

    A document carries what it is tagged with itself, and what any highlight of it is. below: with
    all tags below, each document or highlight once.
    """

    documents: dict[int, int]
    highlights: dict[int, int]
    documents_below: dict[int, int] = field(default_factory=dict)
    highlights_below: dict[int, int] = field(default_factory=dict)


def own_counts(connection: Connection) -> TagCounts:
    """How much carries each tag itself; with the tags below nothing is counted."""
    rows = connection.execute(
        select(tag_count.c.tag, tag_count.c.documents, tag_count.c.highlights).where(
            (tag_count.c.documents > 0) | (tag_count.c.highlights > 0)
        )
    ).all()
    return TagCounts(
        {each: documents for each, documents, _ in rows if documents},
        {each: highlights for each, _, highlights in rows if highlights},
    )


def documents_below(connection: Connection) -> dict[int, int]:
    """How many documents carry each tag or one below it."""
    itself = _by_tag(connection, tagging, tagging.c.document)
    by_highlights = _by_tag(connection, highlight_tagging, highlight_tagging.c.document)
    return _counted(connection, (itself, by_highlights), _trash())


def highlights_below(connection: Connection) -> dict[int, int]:
    """How many highlights carry each tag or one below it."""
    carried = _by_tag(connection, highlight_tagging, highlight_tagging.c.highlight)
    of_trash = highlight_tagging.c.document.in_(_trash())
    return _counted(connection, (carried,), select(highlight_tagging.c.highlight).where(of_trash))


def _trash() -> Select[Any]:
    return select(document.c.id).where(document.c.trashed_at.is_not(None))


def _leaves_first(above: Mapping[int, int | None]) -> list[int]:
    """The tags, none before one that lies below it.

    Those in a circle, which a damaged library can have, come first, in no order.
    """
    below: dict[int | None, list[int]] = {}
    for each, parent in above.items():
        below.setdefault(parent, []).append(each)
    order = list(below.get(None, ()))
    for each in order:  # grows as it is gone through
        order += below.get(each, ())
    reached = set(order)
    return [*(each for each in above if each not in reached), *reversed(order)]


def _by_tag(connection: Connection, table: Table, counted: ColumnElement[Any]) -> dict[int, str]:
    """The ids of what carries each tag, as one text that is made without Python's lock."""
    rows = select(table.c.tag, func.group_concat(counted)).group_by(table.c.tag)
    return {row[0]: row[1] for row in connection.execute(rows)}


def _joined_ids(connection: Connection, ids: Select[Any]) -> str:
    return connection.execute(select(func.group_concat(ids.subquery().c[0]))).scalar_one() or ""


def _bits(joined: str) -> int:
    """A number with the bits of some ids."""
    ids: list[int] = json.loads(f"[{joined or 0}]")
    found = bytearray((max(ids) >> 3) + 1)
    for each in ids:
        found[each >> 3] |= 1 << (each & 7)
    return int.from_bytes(found, "little")


def _counted(
    connection: Connection, carrying: tuple[Mapping[int, str], ...], unseen: Select[Any]
) -> dict[int, int]:
    """Count each tag with those below it; only the sets of tags not yet joined above are held."""
    rows = connection.execute(select(tag.c.id, tag.c.parent))
    above: dict[int, int | None] = {row.id: row.parent for row in rows}
    hidden = _bits(_joined_ids(connection, unseen))
    held: dict[int, int] = {}
    counts: dict[int, int] = {}
    for each in _leaves_first(above):
        here = held.pop(each, 0)
        for ids in carrying:
            if joined := ids.get(each):
                here |= _bits(joined)
        if number := here.bit_count() - (here & hidden).bit_count():
            counts[each] = number
        parent = above[each]
        if parent is not None and here:
            held[parent] = held.get(parent, 0) | here
    return counts
