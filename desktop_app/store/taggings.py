"""Taggings: which documents carry which tags."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from desktop_app.store.columns import among
from desktop_app.store.tables import document, tagging


class ReadTaggings:
    """Taggings as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_tag(self, tag_id: int) -> set[int]:
        """The documents that carry the tag itself, trash included."""
        rows = select(tagging.c.document).where(tagging.c.tag == tag_id)
        return set(self._connection.execute(rows).scalars())


class Taggings(ReadTaggings):
    """Taggings that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def add(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Tag documents; returns those that did not carry the tag before (and are there)."""
        there = select(document.c.id).where(among(document.c.id, ids))
        new = set(self._connection.execute(there).scalars()) - self.of_tag(tag_id)
        if new:
            self._connection.execute(
                insert(tagging),
                [
                    {"tag": tag_id, "document": document_id, "tagged_at": self._now_ms}
                    for document_id in sorted(new)
                ],
            )
        return new

    def remove(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Take a tag from documents; returns those that carried it before."""
        carried = self.of_tag(tag_id) & set(ids)
        self._connection.execute(
            delete(tagging).where(tagging.c.tag == tag_id, among(tagging.c.document, carried))
        )
        return carried
