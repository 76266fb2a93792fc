"""The short lines of texts, what their folds were made from, and the sources to look at again.

Which lines a source repeats is never kept: it follows from the keys of its texts. What the folds
of a text were made from is kept as one hash (`core.folding.made_from`), so that after a change
only those texts are folded again whose folds may be others now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from desktop_app.core.text import Fold, Text
from desktop_app.store.columns import among, to_json
from desktop_app.store.tables import document, lines, refold_queue, text
from desktop_app.store.texts import text_of


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of the folds of a document. keys: None where its lines were not gathered."""

    document: int
    title: str
    version: str
    keys: bytes | None
    folded_as: str


@dataclass(frozen=True, slots=True)
class Refolded:
    """Other folds for a version of a document's text. words: how many it has outside them."""

    document: int
    version: str
    folds: tuple[Fold, ...]
    words: int


class ReadLines:
    """Lines as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_due(self) -> tuple[int, str] | None:
        """The row and the key of a source to look at again; None where there is none."""
        rows = select(refold_queue.c.id, refold_queue.c.source_key).order_by(refold_queue.c.id)
        row = self._connection.execute(rows.limit(1)).one_or_none()
        return None if row is None else (row.id, row.source_key)

    def due(self) -> int:
        """How many sources are to be looked at again."""
        return self._connection.execute(select(func.count()).select_from(refold_queue)).scalar_one()

    def of_source(self, source_key: str) -> list[Held]:
        """What is known of the folds of a source's documents, trash included, by text version.

        The order does not depend on when the documents came.
        """
        known = (lines.c.document == document.c.id) & (lines.c.version == document.c.text_version)
        rows = (
            select(
                document.c.id,
                document.c.title,
                document.c.text_version,
                lines.c["keys"],
                lines.c.folded_as,
            )
            .join(lines, known, isouter=True)
            .where(document.c.source_key == source_key)
        )
        held = [
            Held(id_, title, version, keys, folded_as or "")
            for id_, title, version, keys, folded_as in self._connection.execute(rows)
        ]
        held.sort(key=lambda one: one.version)
        return held

    def texts(self, ids: Sequence[int]) -> list[tuple[int, str, Text, int]]:
        """Titles, texts in use and words of documents; those that are gone are left out."""
        rows = (
            select(document.c.title, document.c.words, text)
            .join(
                text,
                (text.c.document == document.c.id) & (text.c.version == document.c.text_version),
            )
            .where(among(document.c.id, ids))
        )
        return [
            (row.document, row.title, text_of(row), row.words)
            for row in self._connection.execute(rows)
        ]


class Lines(ReadLines):
    """Lines and folds that can be changed inside a transaction."""

    def put(self, held: Sequence[Held]) -> None:
        """Keep the lines of texts; those of documents that are gone or have another text are not."""
        ids = [one.document for one in held]
        present = select(document.c.id, document.c.text_version).where(among(document.c.id, ids))
        versions = {row.id: row.text_version for row in self._connection.execute(present)}
        rows = [
            {
                "document": one.document,
                "version": one.version,
                "keys": one.keys or b"",
                "folded_as": one.folded_as,
            }
            for one in held
            if versions.get(one.document) == one.version
        ]
        if rows:
            self._connection.execute(insert(lines).prefix_with("OR REPLACE"), rows)

    def set_folds(self, refolded: Sequence[Refolded]) -> None:
        """Give texts other folds, and their documents the words that stay open."""
        if not refolded:
            return
        self._connection.execute(
            update(text)
            .where(text.c.document == bindparam("of"), text.c.version == bindparam("as_"))
            .values(folds=bindparam("other")),
            [
                {
                    "of": one.document,
                    "as_": one.version,
                    "other": to_json([[f.start, f.end, f.kind, f.rule] for f in one.folds]),
                }
                for one in refolded
            ],
        )
        self._connection.execute(
            update(document)
            .where(document.c.id == bindparam("of"), document.c.text_version == bindparam("as_"))
            .values(words=bindparam("count")),
            [{"of": one.document, "as_": one.version, "count": one.words} for one in refolded],
        )

    def settled(self, row: int) -> None:
        """Note that the source of a row of the queue was looked at."""
        self._connection.execute(delete(refold_queue).where(refold_queue.c.id == row))

    def all_due(self) -> None:
        """Have every source looked at again."""
        self._connection.execute(delete(refold_queue))
        sources = select(document.c.source_key).distinct()
        self._connection.execute(insert(refold_queue).from_select(["source_key"], sources))
