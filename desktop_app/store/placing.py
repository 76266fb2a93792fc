"""Where highlights stand in the text in use, when they were made on another one.

The place is found once for each text and kept in `placement`, in the transaction that puts the
text in use, so that no highlight is ever without an answer: a place, a place to be looked at, or
lost. The answer for the text in use stands in the highlight's own row too, where lists and counts
look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from desktop_app.core.highlights import How
from desktop_app.store.columns import among
from desktop_app.store.highlight_rows import anchor_of
from desktop_app.store.tables import document, highlight, placement, text

Where = tuple[int, int, str]
Placed = tuple[str, int, int, str]  # version of a text, first and past code point, how it was found


def place(connection: Connection, document_id: int) -> set[int]:
    """Note where the highlights of a document stand in its text in use; return those that moved."""
    return _placed(connection, highlight.c.document == document_id)


def place_these(connection: Connection, ids: Collection[int]) -> set[int]:
    """Note where some highlights stand in the texts in use; return those that moved."""
    return _placed(connection, among(highlight.c.id, ids))


def _placed(connection: Connection, wanted: ColumnElement[bool]) -> set[int]:
    rows = _standing(connection, wanted)
    known: dict[int, Where] = {}
    unknown: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in rows:
        if row.version == row.text_version:
            known[row.id] = (row.first, row.past, How.MARKED.value)
        elif row.found_how is not None:
            known[row.id] = _where(row, row.found_first, row.found_past, row.found_how)
        else:
            unknown[row.document, row.text_version].append(row.id)
    found: dict[int, Where] = {}
    for (document_id, version), ids in unknown.items():
        found |= _found(connection, document_id, version, ids)
    known |= {row.id: _where(row, *found[row.id]) for row in rows if row.id in found}
    moved = {row.id for row in rows if known[row.id] != (row.place_first, row.place_past, row.how)}
    if moved:
        connection.execute(
            update(highlight).where(highlight.c.id == bindparam("this")),
            [
                {"this": each, "place_first": first, "place_past": past, "how": how}
                for each in sorted(moved)
                for first, past, how in (known[each],)
            ],
        )
    return moved


def places(connection: Connection, ids: Collection[int]) -> dict[int, tuple[Placed, ...]]:
    """Where highlights were found in texts that they were not marked in, by version."""
    rows = select(placement).where(among(placement.c.highlight, ids))
    found: dict[int, list[Placed]] = defaultdict(list)
    for row in connection.execute(rows.order_by(placement.c.highlight, placement.c.version)):
        found[row.highlight].append((row.version, row.first, row.past, row.how))
    return {each: tuple(here) for each, here in found.items()}


def put_back(connection: Connection, known: Mapping[int, Collection[Placed]]) -> None:
    """Note where highlights were found before, in those texts that are still kept.

    Found again by themselves they might be found elsewhere: among others less is looked through
    for each.
    """
    placed = [each for each, found in known.items() if found]
    if not placed:
        return
    kept = (
        select(highlight.c.id, text.c.version)
        .join(text, text.c.document == highlight.c.document)
        .where(among(highlight.c.id, placed))
    )
    present = {(row.id, row.version) for row in connection.execute(kept)}
    rows = [
        {"highlight": each, "version": version, "first": first, "past": past, "how": how}
        for each in placed
        for version, first, past, how in known[each]
        if (each, version) in present
    ]
    if rows:
        connection.execute(insert(placement), rows)


def forget(connection: Connection, ids: set[int]) -> None:
    """Forget where highlights were found: their anchors are others now."""
    connection.execute(delete(placement).where(among(placement.c.highlight, ids)))


def forget_gone(connection: Connection, document_id: int) -> None:
    """Forget the places in versions of a document's text that are no longer kept."""
    of_document = select(highlight.c.id).where(highlight.c.document == document_id)
    present = select(text.c.version).where(text.c.document == document_id)
    connection.execute(
        delete(placement).where(
            placement.c.highlight.in_(of_document), placement.c.version.not_in(present)
        )
    )


def found_here() -> ColumnElement[bool]:
    """The condition that a placement is of a highlight in the text in use of its document."""
    return and_(
        placement.c.highlight == highlight.c.id, placement.c.version == document.c.text_version
    )


def _standing(connection: Connection, wanted: ColumnElement[bool]) -> list[Row[Any]]:
    rows: Select[Any] = (
        select(
            highlight.c.id,
            highlight.c.document,
            highlight.c.version,
            highlight.c.first,
            highlight.c.past,
            highlight.c.place_first,
            highlight.c.place_past,
            highlight.c.how,
            document.c.text_version,
            placement.c.first.label("found_first"),
            placement.c.past.label("found_past"),
            placement.c.how.label("found_how"),
        )
        .join(document, document.c.id == highlight.c.document)
        .outerjoin(placement, found_here())
        .where(wanted)
    )
    return list(connection.execute(rows))


def _where(row: Row[Any], first: int, past: int, how: str) -> Where:
    """What a highlight's row says; a lost one keeps its place in the order of the document."""
    return (row.first, row.past, how) if how == How.LOST.value else (first, past, how)


def _found(
    connection: Connection, document_id: int, version: str, ids: Collection[int]
) -> dict[int, Where]:
    """Look for highlights in the text in use, and keep what was found."""
    # Loaded where it is needed: most starts of the program look for nothing.
    from desktop_app.anchoring.finding import Finder

    finder = Finder(_canonical(connection, document_id, version) or "")
    made: dict[int, Where] = {}
    rows = select(highlight).where(among(highlight.c.id, ids))
    marked_in, old = "", None
    # Those of one old text one after another: what is worked out about it serves them all.
    in_order = rows.order_by(highlight.c.version, highlight.c.first, highlight.c.id)
    for row in connection.execute(in_order).all():
        if row.version != marked_in:
            marked_in, old = row.version, _canonical(connection, document_id, row.version)
        found = finder.find(anchor_of(row), old)
        made[row.id] = (
            (found.start, found.end, found.how.value) if found else (0, 0, How.LOST.value)
        )
    connection.execute(
        insert(placement),
        [
            {"highlight": each, "version": version, "first": first, "past": past, "how": how}
            for each, (first, past, how) in made.items()
        ],
    )
    return made


def _canonical(connection: Connection, document_id: int, version: str) -> str | None:
    """The letters of a version of a text; None where it is not kept."""
    canonical: str | None = connection.execute(
        select(text.c.canonical).where(text.c.document == document_id, text.c.version == version)
    ).scalar()
    return canonical
