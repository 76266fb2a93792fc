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
    one, other = carried.alias("one"), carried.alias("other")
    pairs = (
        select(one.c.tag.label("one"), other.c.tag.label("other"), func.count().label("number"))
        .join(other, (one.c.thing == other.c.thing) & (one.c.tag < other.c.tag))
        .group_by(one.c.tag, other.c.tag)
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
    counted = select(as_tag.label("tag"), itself.label("itself")).cte("counted")
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
    return ordered.cte("carried")


def _numbers(joined: str | None) -> Iterable[tuple[int, ...]]:
    for part in joined.split(",") if joined else ():
        yield tuple(map(int, part.split(" ")))
