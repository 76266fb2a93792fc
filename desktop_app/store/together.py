"""How often tags are carried by the same document, or by the same highlight.

Counted by one statement over pairs of what is carried, and taken in as one text: thousands of
documents with many tags each come to millions of pairs, which no thread of the window goes through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Connection, Select, func, select, union

from desktop_app.store.ordering import in_trash
from desktop_app.store.tables import document, highlight_tagging, tagging


@dataclass(frozen=True, slots=True)
class Together:
    """Counts of what lies outside the trash. pairs: by two tags, the smaller id first; none of 0."""

    own: dict[int, int]
    pairs: dict[tuple[int, int], int]


def together(
    connection: Connection, meant: Iterable[tuple[int, int]], *, of_highlights: bool
) -> Together:
    """Count what carries tags, one by one and two by two.

    meant: pairs (tag, tag that counts as it): itself, and those below it where they are to count.
    of_highlights: count highlights; else documents, which carry what their highlights do as well.
    """
    carried = _carried(list(meant), of_highlights=of_highlights)
    own = select(carried.c.tag, func.count().label("number")).group_by(carried.c.tag).subquery()
    # The tags of each thing as a list, and each list with itself: whatever SQLite takes the counts to
    # be, no more is gone through than what there is of pairs.
    lists = (
        select(func.json_group_array(carried.c.tag).label("tags"))
        .group_by(carried.c.thing)
        .having(func.count() > 1)
        .subquery()
    )
    one = func.json_each(lists.c.tags).table_valued("value", name="one", joins_implicitly=True)
    other = func.json_each(lists.c.tags).table_valued("value", name="other", joins_implicitly=True)
    pairs = (
        select(one.c.value.label("one"), other.c.value.label("other"), func.count().label("number"))
        .select_from(lists, one, other)
        .where(one.c.value < other.c.value)
        .group_by(one.c.value, other.c.value)
        .subquery()
    )
    blank = " "
    said_own = func.group_concat(own.c.tag.concat(blank).concat(own.c.number))
    said = func.group_concat(
        pairs.c.one.concat(blank).concat(pairs.c.other).concat(blank).concat(pairs.c.number)
    )
    alone = _numbers(connection.execute(select(said_own)).scalar())
    both = _numbers(connection.execute(select(said)).scalar())
    return Together(
        {each[0]: each[1] for each in alone}, {(each[0], each[1]): each[2] for each in both}
    )


def _carried(meant: list[tuple[int, int]], *, of_highlights: bool) -> CTE:
    """Pairs (thing, tag), each once and in order, so that what one thing carries stands together."""
    listed = func.json_each(json.dumps(meant)).table_valued("value", name="meant")
    as_tag: Any = func.json_extract(listed.c.value, "$[0]")
    itself: Any = func.json_extract(listed.c.value, "$[1]")
    counted = (
        select(as_tag.label("tag"), itself.label("itself"))
        .cte("counted")
        .prefix_with("MATERIALIZED")
    )
    outside = select(document.c.id).where(in_trash(True))

    def of(table: Any, thing: Any) -> Select[Any]:
        return (
            select(thing.label("thing"), counted.c.tag.label("tag"))
            .join(counted, counted.c.itself == table.c.tag)
            .where(table.c.document.not_in(outside))
        )

    marked = of(
        highlight_tagging,
        highlight_tagging.c.highlight if of_highlights else highlight_tagging.c.document,
    )
    rows = marked.distinct() if of_highlights else union(of(tagging, tagging.c.document), marked)
    every = rows.subquery()
    ordered = select(every.c.thing, every.c.tag).order_by(every.c.thing, every.c.tag)
    return ordered.cte("carried").prefix_with("MATERIALIZED")


def _numbers(joined: str | None) -> Iterable[tuple[int, ...]]:
    for part in joined.split(",") if joined else ():
        yield tuple(map(int, part.split(" ")))
