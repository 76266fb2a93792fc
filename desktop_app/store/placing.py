"""Where highlights stand in the text in use, when they were made on another one.

The place is found once for each text and kept, in the transaction that puts the text in use, so
that no highlight is ever without an answer: a place, a place to be looked at, or lost.
"""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, insert, select

from desktop_app.anchoring.finding import Finder
from desktop_app.core.highlights import How
from desktop_app.store.columns import among
from desktop_app.store.highlight_rows import anchor_of
from desktop_app.store.tables import document, highlight, placement, text


def place(connection: Connection, document_id: int) -> set[int]:
    """Find the highlights of a document in its text in use; return those that had no place yet."""
    unplaced = (
        select(highlight, document.c.text_version)
        .join(document, document.c.id == highlight.c.document)
        .outerjoin(
            placement,
            and_(
                placement.c.highlight == highlight.c.id,
                placement.c.version == document.c.text_version,
            ),
        )
        .where(
            highlight.c.document == document_id,
            highlight.c.version != document.c.text_version,
            placement.c.highlight.is_(None),
        )
        .order_by(highlight.c.first, highlight.c.id)
    )
    rows = connection.execute(unplaced).all()
    if not rows:
        return set()
    version: str = rows[0].text_version
    canonical = connection.execute(
        select(text.c.canonical).where(text.c.document == document_id, text.c.version == version)
    ).scalar_one()
    finder = Finder(canonical)
    made: list[dict[str, object]] = []
    for row in rows:
        found = finder.find(anchor_of(row))
        made.append(
            {
                "highlight": row.id,
                "version": version,
                "first": found.start if found else 0,
                "past": found.end if found else 0,
                "how": (found.how if found else How.LOST).value,
            }
        )
    connection.execute(insert(placement), made)
    return {row.id for row in rows}


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
