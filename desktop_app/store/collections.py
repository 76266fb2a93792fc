"""Tag collections: sets of tags with a name of their own, one of which is active."""

from __future__ import annotations

import uuid as uuids
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import TagCollection
from desktop_app.core.words import name_key
from desktop_app.store.tables import collection


class ReadCollections:
    """Tag collections as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[TagCollection]:
        """All collections, by name."""
        rows = select(collection).order_by(collection.c.name_key)
        return [_collection_of(row) for row in self._connection.execute(rows)]

    def get(self, collection_id: int) -> TagCollection | None:
        """The collection, or None where there is none."""
        return next((found for found in self.all() if found.id == collection_id), None)

    def by_name(self, name: str) -> TagCollection | None:
        """The collection of that name, case and accents ignored."""
        key = name_key(name)
        return next((found for found in self.all() if name_key(found.name) == key), None)

    def active(self) -> TagCollection:
        """The collection that receives new tags."""
        return next(found for found in self.all() if found.active)


class Collections(ReadCollections):
    """Tag collections that can be changed inside a transaction."""

    def add(self, name: str, *, id: int | None = None, uuid: str | None = None) -> TagCollection:
        """Add a collection that is not active; id and uuid only to bring one back.

        Raises BadUsage for an empty or taken name.
        """
        wanted = TagCollection(id or 0, uuid or str(uuids.uuid4()), self._checked(name), False)
        values = _row_of(wanted) | {"id": id, "uuid": wanted.uuid, "active": 0}
        made = self._connection.execute(insert(collection).values(values))
        # Not inserted_primary_key: a statement that was first written with an id, to bring one back,
        # is kept, and later does not know an id that the database gives.
        found = self.get(made.lastrowid)
        assert found is not None
        return found

    def put_back(self, removed: TagCollection) -> None:
        """Bring a removed collection back with its id, without tags; BadUsage for a taken name."""
        self.add(removed.name, id=removed.id, uuid=removed.uuid)
        self.change(removed)
        if removed.active:
            self.activate(removed.id)

    def change(self, changed: TagCollection) -> None:
        """Replace the collection of that id, but for its uuid and whether it is the active one.

        Raises BadUsage for an empty or taken name.
        """
        name = self._checked(changed.name, but=changed.id)
        self._connection.execute(
            update(collection)
            .where(collection.c.id == changed.id)
            .values(_row_of(replace(changed, name=name)))
        )

    def activate(self, collection_id: int) -> None:
        """Make a collection the one that receives new tags."""
        if self.get(collection_id) is None:
            raise BadUsage("That tag collection is no longer there.")
        self._connection.execute(
            update(collection).values(active=(collection.c.id == collection_id))
        )

    def remove(self, collection_id: int) -> None:
        """Remove a collection with its tags and their taggings.

        Raises BadUsage for the active one, so that there is always one to receive new tags.
        """
        found = self.get(collection_id)
        if found is not None and found.active:
            raise BadUsage(
                f"The tag collection “{found.name}” is the active one.",
                "Make another collection active first.",
            )
        self._connection.execute(delete(collection).where(collection.c.id == collection_id))

    def _checked(self, name: str, *, but: int | None = None) -> str:
        name = " ".join(name.split())
        if not name_key(name):
            raise BadUsage("A tag collection needs a name.")
        taken = self.by_name(name)
        if taken is not None and taken.id != but:
            raise BadUsage(
                f"There is a tag collection “{taken.name}” already.", "Choose another name."
            )
        return name


def _collection_of(row: Any) -> TagCollection:
    return TagCollection(
        id=row.id,
        uuid=row.uuid,
        name=row.name,
        active=bool(row.active),
        description=row.description,
        author=row.author,
        licence=row.licence,
        version=row.version,
        scheme=row.scheme,
        shown=bool(row.shown),
        locked=bool(row.locked),
        archived=bool(row.archived),
    )


def _row_of(wanted: TagCollection) -> dict[str, Any]:
    """The columns of a collection but for its id, its uuid, and whether it is active."""
    return {
        "name": wanted.name,
        "name_key": name_key(wanted.name),
        "description": wanted.description,
        "author": wanted.author,
        "licence": wanted.licence,
        "version": wanted.version,
        "scheme": wanted.scheme,
        "shown": int(wanted.shown),
        "locked": int(wanted.locked),
        "archived": int(wanted.archived),
    }
