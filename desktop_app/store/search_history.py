"""What was asked before, so that it can be asked again; the oldest is forgotten."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from desktop_app.core.saved_searches import Asked
from desktop_app.store.columns import from_ms
from desktop_app.store.tables import search_history

KEPT = 1_000


class ReadSearchHistory:
    """The history as one snapshot has it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> list[Asked]:
        """All that is kept, newest first."""
        order = (search_history.c.used_at.desc(), search_history.c.query)
        rows = self._connection.execute(select(search_history).order_by(*order))
        return [Asked(row.query, from_ms(row.used_at), row.times) for row in rows]


class SearchHistory(ReadSearchHistory):
    """The history, to be written inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def note(self, query: str) -> None:
        """Note that a query was asked; all but the newest are forgotten."""
        row = insert(search_history).values(query=query, used_at=self._now_ms, times=1)
        again = {"used_at": self._now_ms, "times": search_history.c.times + 1}
        self._connection.execute(
            row.on_conflict_do_update(index_elements=[search_history.c.query], set_=again)
        )
        newest = select(search_history.c.query).order_by(
            search_history.c.used_at.desc(), search_history.c.query
        )
        kept = newest.limit(KEPT)
        self._connection.execute(delete(search_history).where(search_history.c.query.not_in(kept)))

    def forget(self, query: str | None = None) -> None:
        """Forget one query, or all."""
        gone = delete(search_history)
        if query is not None:
            gone = gone.where(search_history.c.query == query)
        self._connection.execute(gone)
