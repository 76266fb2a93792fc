"""Saved searches, in the order of the sidebar, and what each gave when it was last looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from desktop_app.core.saved_searches import Looked, SavedSearch
from desktop_app.store.columns import from_ms, to_ms
from desktop_app.store.packed_ids import pack_ids, unpack_ids
from desktop_app.store.tables import saved_search

_SHOWN = tuple(column for column in saved_search.c if column.name != "looked")


class ReadSavedSearches:
    """Saved searches as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[SavedSearch]:
        """All of them in their order."""
        rows = select(*_SHOWN).order_by(saved_search.c.position, saved_search.c.id)
        return [_search_of(row) for row in self._connection.execute(rows)]

    def get(self, search_id: int) -> SavedSearch | None:
        """The search, or None where there is none."""
        rows = select(*_SHOWN).where(saved_search.c.id == search_id)
        row = self._connection.execute(rows).one_or_none()
        return None if row is None else _search_of(row)

    def looked(self, search_id: int) -> Looked | None:
        """What it gave when it was last looked at; None where it never was, or that is damaged."""
        rows = select(saved_search.c.looked_at, saved_search.c.looked)
        row = self._connection.execute(rows.where(saved_search.c.id == search_id)).one_or_none()
        if row is None or row.looked_at is None or row.looked is None:
            return None
        try:
            return Looked(from_ms(row.looked_at), unpack_ids(row.looked))
        except ValueError:
            return None  # a finding of its own; until it is mended nothing counts as new


class SavedSearches(ReadSavedSearches):
    """Saved searches that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def next_position(self) -> int:
        """The position behind all others."""
        last = self._connection.execute(select(func.max(saved_search.c.position))).scalar()
        return 0 if last is None else last + 1

    def add(self, new: SavedSearch, looked: Looked | None = None) -> int:
        """Add a search; an id of 0 is given by the database. Returns its id."""
        made = self._connection.execute(
            insert(saved_search).values(
                {"id": new.id or None} | _columns_of(new) | _looked_columns(looked)
            )
        )
        return new.id or int(made.lastrowid)

    def change(self, changed: SavedSearch, looked: Looked | None = None) -> None:
        """Replace name, query and position of the search with the same id.

        looked: what it gave when it was last looked at, where its query is another now.
        """
        this = saved_search.c.id == changed.id
        before = self.get(changed.id)
        values: dict[str, Any] = _columns_of(changed)
        if before is not None and before.query != changed.query:
            values |= _looked_columns(looked)
        self._connection.execute(update(saved_search).where(this).values(values))

    def order(self, ids: Sequence[int]) -> None:
        """Put all searches into this order."""
        for position, search_id in enumerate(ids):
            self._connection.execute(
                update(saved_search).where(saved_search.c.id == search_id).values(position=position)
            )

    def remove(self, search_id: int) -> None:
        """Remove a search."""
        self._connection.execute(delete(saved_search).where(saved_search.c.id == search_id))

    def set_looked(self, search_id: int, ids: Collection[int]) -> None:
        """Note that somebody looks at what a search gives now."""
        self._connection.execute(
            update(saved_search)
            .where(saved_search.c.id == search_id)
            .values(looked_at=self._now_ms, looked=pack_ids(ids))
        )


def _search_of(row: Any) -> SavedSearch:
    looked_at = None if row.looked_at is None else from_ms(row.looked_at)
    return SavedSearch(row.id, row.uuid, row.name, row.query, row.grammar, row.position, looked_at)


def _columns_of(search: SavedSearch) -> dict[str, Any]:
    return {
        "uuid": search.uuid,
        "name": search.name,
        "query": search.query,
        "grammar": search.grammar,
        "position": search.position,
    }


def _looked_columns(looked: Looked | None) -> dict[str, Any]:
    return {
        "looked_at": looked and to_ms(looked.at),
        "looked": looked and pack_ids(looked.ids),
    }
