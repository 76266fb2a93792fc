"""Which highlights of the library a filter lets through, in which order, and how many there are.

An order is walked from end to end along an index that holds all it needs, and what a filter lets
through is a set: no highlight's own row is read for either, but where words are looked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from desktop_app.core.highlights import HighlightFilter, HighlightSort, How, Standing
from desktop_app.core.words import words
from desktop_app.store.columns import among
from desktop_app.store.tables import document, highlight, highlight_tagging, quote_start, tag

HOWS: dict[Standing, tuple[str, ...]] = {
    Standing.REVIEW: (How.CLOSE.value,),
    Standing.LOST: (How.LOST.value,),
    Standing.PLACED: tuple(h.value for h in How if h not in (How.CLOSE, How.LOST)),
}
_BY_PLACE = (highlight.c.document, highlight.c.place_first, highlight.c.id)


# So few are looked up one by one; for more of them an index is walked from end to end.
_FEW = 1_000


def in_trash() -> Select[tuple[int]]:
    """The documents in the trash."""
    return select(document.c.id).where(document.c.trashed_at.is_not(None))


def ids(connection: Connection, wanted: HighlightFilter, sort: HighlightSort) -> array[int]:
    """The highlights outside the trash that a filter lets through, in order."""
    chosen = _chosen(connection, wanted)
    if chosen is not None and not chosen:
        return array("q")
    if chosen is None:
        return array("q", _ordered(connection, sort))
    if len(chosen) <= _FEW:
        return array("q", _ordered(connection, sort, among(highlight.c.id, chosen)))
    return array("q", filter(chosen.__contains__, _ordered(connection, sort)))


def counts(connection: Connection) -> dict[Standing, int]:
    """How many highlights outside the trash stand how surely."""
    standing = {how: each for each, hows in HOWS.items() for how in hows}
    by_how = select(highlight.c.how, func.count().label("number")).group_by(highlight.c.how)
    counted = dict.fromkeys(Standing, 0)
    for row in connection.execute(by_how):
        counted[standing.get(row.how, Standing.LOST)] += row.number
    # Those in the trash are taken off: there are few of them, and all the others need no look.
    for row in connection.execute(by_how.where(highlight.c.document.in_(in_trash()))):
        counted[standing.get(row.how, Standing.LOST)] -= row.number
    return counted


def _chosen(connection: Connection, wanted: HighlightFilter) -> set[int] | None:
    """The highlights that a filter lets through, those in the trash among them; None for all."""
    held = _conditions(wanted)
    if not held:
        return None
    return set(_ids_in(connection, select(highlight.c.id).where(*held)))


def _conditions(wanted: HighlightFilter) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    sought = words(wanted.words)
    for index, word in enumerate(sought):
        unfinished = index == len(sought) - 1 and wanted.words[-1:].isalnum()
        part = f" {word}" + ("" if unfinished else " ")
        titled = select(document.c.id).where(func.instr(document.c.title_key, part) > 0)
        held.append(
            or_(func.instr(highlight.c.words_key, part) > 0, highlight.c.document.in_(titled))
        )
    if wanted.colours:
        held.append(among(highlight.c.colour, sorted(wanted.colours)))
    if wanted.tags:
        tagged = select(highlight_tagging.c.highlight).where(
            among(highlight_tagging.c.tag, sorted(wanted.tags))
        )
        held.append(highlight.c.id.in_(tagged))
    if wanted.standing:
        hows = [how for standing in wanted.standing for how in HOWS[standing]]
        held.append(highlight.c.how.in_(sorted(hows)))
    if wanted.with_note is not None:
        noted = highlight.c.note != ""
        without = highlight.c.id.not_in(select(highlight.c.id).where(noted))
        held.append(noted if wanted.with_note else without)
    if wanted.documents is not None:
        held.append(among(highlight.c.document, sorted(wanted.documents)))
    return held


def _ordered(
    connection: Connection, sort: HighlightSort, *among_these: ColumnElement[bool]
) -> Iterable[int]:
    """The highlights outside the trash, in order."""
    outside = select(highlight.c.id).where(highlight.c.document.not_in(in_trash()), *among_these)
    joined = (
        select(highlight.c.id)
        .join(document, document.c.id == highlight.c.document)
        .where(document.c.trashed_at.is_(None), *among_these)
    )
    match sort:
        case HighlightSort.DOCUMENT:
            return _ids_in(connection, joined.order_by(document.c.title_key, *_BY_PLACE))
        case HighlightSort.DATE_NEWEST | HighlightSort.DATE_OLDEST:
            return _by_date(connection, joined, newest=sort is HighlightSort.DATE_NEWEST)
        case HighlightSort.TAGS:
            return _by_tag(connection, _ids_in(connection, outside.order_by(*_BY_PLACE)))
        case HighlightSort.NOTE:
            noted = outside.where(highlight.c.note != "")
            noted = noted.order_by(func.lower(highlight.c.note), *_BY_PLACE)
            others = outside.order_by(*_BY_PLACE)
            return dict.fromkeys([*_ids_in(connection, noted), *_ids_in(connection, others)])
        case _:
            return _ids_in(connection, outside.order_by(*_WALKED[sort]))


_WALKED: dict[HighlightSort, tuple[ColumnElement[Any], ...]] = {
    HighlightSort.NEWEST: (highlight.c.made_at.desc(), highlight.c.id.desc()),
    HighlightSort.OLDEST: (highlight.c.made_at, highlight.c.id),
    HighlightSort.CHANGED: (highlight.c.changed_at.desc(), highlight.c.id.desc()),
    HighlightSort.QUOTE: (quote_start, *_BY_PLACE),
    HighlightSort.COLOUR: (highlight.c.colour, highlight.c.style, *_BY_PLACE),
}


def _by_date(connection: Connection, joined: Select[tuple[int]], *, newest: bool) -> Iterator[int]:
    first = document.c.published_first
    dated = joined.where(first.is_not(None)).order_by(first.desc() if newest else first, *_BY_PLACE)
    yield from _ids_in(connection, dated)
    yield from _ids_in(connection, joined.where(first.is_(None)).order_by(*_BY_PLACE))


def _by_tag(connection: Connection, order: Iterable[int]) -> list[int]:
    """An order, taken apart by the first of the names of the tags; those without any come last."""
    first: dict[int, int] = {}
    names = select(tag.c.id).order_by(tag.c.name_key, tag.c.id)
    for rank, tag_id in enumerate(list(_ids_in(connection, names))):
        of_tag = select(highlight_tagging.c.highlight).where(highlight_tagging.c.tag == tag_id)
        for each in _ids_in(connection, of_tag):
            first.setdefault(each, rank)
    return sorted(order, key=lambda each: first.get(each, len(first)))


def _ids_in(connection: Connection, rows: Select[tuple[int]]) -> Iterator[int]:
    """The ids of rows, in their order, as one text that is made without Python's lock.

    SQLite keeps the order for group_concat.
    """
    (column,) = rows.subquery().c
    joined = connection.execute(select(func.group_concat(column))).scalar_one()
    return map(int, joined.split(",") if joined else ())
