"""The index queue: which documents the index has not seen since they changed.

Only the database's triggers put anything in; see the migrations. A change of a document that
waits already gives its row a new id, so that taking away the ids that an indexer has read never
takes away a change that came while it worked.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, func, select

from desktop_app.store.columns import among
from desktop_app.store.tables import index_queue


class ReadQueue:
    """The index queue as one snapshot has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waiting(self) -> int:
        """How many documents wait, those that are gone included."""
        return self._connection.execute(select(func.count()).select_from(index_queue)).scalar_one()

    def first(self, limit: int) -> list[tuple[int, int]]:
        """The longest waiting: (queue id, document id)."""
        rows = select(index_queue.c.id, index_queue.c.document).order_by(index_queue.c.id)
        return [(row.id, row.document) for row in self._connection.execute(rows.limit(limit))]


class Queue(ReadQueue):
    """The index queue that can be emptied inside a transaction."""

    def done(self, queue_ids: Collection[int]) -> None:
        """Take away the rows with these queue ids; those that have changed since stay."""
        self._connection.execute(delete(index_queue).where(among(index_queue.c.id, queue_ids)))
