"""Documents that carry the very same text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import Connection, func, select

from desktop_app.store.tables import document, text


def equal_texts(connection: Connection) -> list[tuple[int, ...]]:
    """Groups of two or more documents outside the trash whose text in use is the same, ascending.

    Empty texts are never the same.
    """
    return [outside for outside, _ in _equal(connection) if len(outside) > 1]


def duplicates(connection: Connection) -> set[int]:
    """The documents with the same text as another one that is outside the trash."""
    found: set[int] = set()
    for outside, inside in _equal(connection):
        if outside:
            found.update(inside)
        if len(outside) > 1:
            found.update(outside)
    return found


def _equal(connection: Connection) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Documents whose text in use is the same: those outside the trash, and those in it."""
    # One walk along an index that holds no text; only what is there twice is looked at further.
    twice = select(text.c.digest).where(text.c.digest != "")
    twice = twice.group_by(text.c.digest).having(func.count() > 1)
    in_use = (text.c.document == document.c.id) & (text.c.version == document.c.text_version)
    trashed = document.c.trashed_at.is_not(None)
    rows = (
        select(text.c.digest, trashed.label("trashed"), func.group_concat(document.c.id))
        .select_from(text)
        .join(document, in_use)
        .where(text.c.digest.in_(twice))
        .group_by(text.c.digest, trashed)
        .order_by(text.c.digest, trashed)
    )
    found = connection.execute(rows).all()
    for _, group in groupby(found, key=lambda row: row.digest):
        sides: dict[bool, tuple[int, ...]] = {}
        for _, is_trashed, joined in group:
            sides[bool(is_trashed)] = tuple(sorted(map(int, joined.split(","))))
        yield sides.get(False, ()), sides.get(True, ())
