"""The trash of tags: what brings back the tags and collections that were deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, literal, select

from desktop_app.core.model import Binned
from desktop_app.store.columns import from_ms, to_ms
from desktop_app.store.tables import tag_bin


class ReadTagBin:
    """The trash of tags as one snapshot has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Binned]:
        """What was deleted, newest first."""
        rows = select(tag_bin).order_by(tag_bin.c.id.desc())
        return [_binned_of(row) for row in self._connection.execute(rows)]

    def listed(self) -> list[Binned]:
        """As `all`, without what brings them back, which may be long."""
        columns = [column for column in tag_bin.c if column is not tag_bin.c.steps]
        rows = select(*columns, literal("").label("steps")).order_by(tag_bin.c.id.desc())
        return [_binned_of(row) for row in self._connection.execute(rows)]

    def get(self, binned_id: int) -> Binned | None:
        """What was deleted under that id, or None."""
        rows = select(tag_bin).where(tag_bin.c.id == binned_id)
        row = self._connection.execute(rows).one_or_none()
        return None if row is None else _binned_of(row)


class TagBin(ReadTagBin):
    """The trash of tags that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def add(
        self,
        *,
        name: str,
        collection: str,
        tags: int,
        documents: int,
        highlights: int,
        steps: str,
    ) -> Binned:
        """Put something that is being deleted into the trash."""
        made = self._connection.execute(
            insert(tag_bin).values(
                name=name,
                collection=collection,
                tags=tags,
                documents=documents,
                highlights=highlights,
                deleted_at=self._now_ms,
                steps=steps,
            )
        )
        found = self.get(made.lastrowid)
        assert found is not None
        return found

    def put_back(self, binned: Binned) -> None:
        """Put what was taken out into the trash again, under its id."""
        self._connection.execute(
            insert(tag_bin).values(
                id=binned.id,
                name=binned.name,
                collection=binned.collection,
                tags=binned.tags,
                documents=binned.documents,
                highlights=binned.highlights,
                deleted_at=to_ms(binned.deleted_at),
                steps=binned.steps,
            )
        )

    def remove(self, binned_id: int) -> None:
        """Take something out of the trash."""
        self._connection.execute(delete(tag_bin).where(tag_bin.c.id == binned_id))


def _binned_of(row: Any) -> Binned:
    return Binned(
        id=row.id,
        name=row.name,
        collection=row.collection,
        tags=row.tags,
        documents=row.documents,
        highlights=row.highlights,
        deleted_at=from_ms(row.deleted_at),
        steps=row.steps,
    )
