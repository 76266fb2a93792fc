"""Documents that carry the very same text."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from desktop_app.store.ordering import in_trash
from desktop_app.store.tables import document, text


def equal_texts(connection: Connection) -> list[tuple[int, ...]]:
    """Groups of two or more documents outside the trash whose text in use is the same, ascending.

    Texts without a word are never the same.
    """
    # One walk along an index that holds no text; only what is there twice is looked at further.
    twice = select(text.c.digest).where(text.c.digest != "")
    twice = twice.group_by(text.c.digest).having(func.count() > 1)
    in_use = (text.c.document == document.c.id) & (text.c.version == document.c.text_version)
    rows = (
        select(func.group_concat(document.c.id))
        .select_from(text)
        .join(document, in_use)
        .where(text.c.digest.in_(twice), in_trash(False))
        .group_by(text.c.digest)
        .having(func.count() > 1)
    )
    joined = connection.execute(rows).scalars()
    return [tuple(sorted(map(int, each.split(",")))) for each in joined]
