"""Taggings: which documents carry which tags."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, insert, literal, select

from desktop_app.store.columns import among, ids_in, joined_ids, joining, listed
from desktop_app.store.tables import document, tagging

_OF_TAG = joining(select(tagging.c.document).where(tagging.c.tag == bindparam("this")))


class ReadTaggings:
    """Taggings as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_tag(self, tag_id: int) -> set[int]:
        """The documents that carry the tag itself, trash included."""
        return set(joined_ids(self._connection, _OF_TAG, {"this": tag_id}))

    def carrying(self, tag_id: int, ids: Collection[int]) -> list[int]:
        """Those of some documents that carry the tag itself, sorted."""
        rows = select(tagging.c.document).where(
            tagging.c.tag == tag_id, among(tagging.c.document, ids)
        )
        return sorted(ids_in(self._connection, rows))


class Taggings(ReadTaggings):
    """Taggings that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def add(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Tag documents; returns those that did not carry the tag before (and are there)."""
        carried = select(tagging.c.document).where(tagging.c.tag == tag_id)
        rows = select(document.c.id).where(among(document.c.id, ids), document.c.id.not_in(carried))
        new = sorted(ids_in(self._connection, rows))
        if new:
            values = select(literal(tag_id), listed(new).c.value, literal(self._now_ms))
            self._connection.execute(
                insert(tagging).from_select(["tag", "document", "tagged_at"], values)
            )
        return set(new)

    def remove(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Take a tag from documents; returns those that carried it before."""
        carried = self.carrying(tag_id, ids)
        self._connection.execute(
            delete(tagging).where(tagging.c.tag == tag_id, among(tagging.c.document, carried))
        )
        return set(carried)
