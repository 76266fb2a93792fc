"""Tag collections: sets of tags with a name of their own, one of which is active."""

from __future__ import annotations

import uuid as uuids

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
        return [
            TagCollection(row.id, row.uuid, row.name, bool(row.active))
            for row in self._connection.execute(rows)
        ]

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
        name = self._checked(name)
        made = self._connection.execute(
            insert(collection).values(
                id=id, uuid=uuid or str(uuids.uuid4()), name=name, name_key=name_key(name), active=0
            )
        )
        # Not inserted_primary_key: a statement that was first written with an id, to bring one back,
        # is kept, and later does not know an id that the database gives.
        found = self.get(made.lastrowid)
        assert found is not None
        return found

    def put_back(self, removed: TagCollection) -> None:
        """Bring a removed collection back with its id, without tags; BadUsage for a taken name."""
        self.add(removed.name, id=removed.id, uuid=removed.uuid)
        if removed.active:
            self.activate(removed.id)

    def rename(self, collection_id: int, name: str) -> None:
        """Give a collection another name; BadUsage for an empty or taken one."""
        name = self._checked(name, but=collection_id)
        self._connection.execute(
            update(collection)
            .where(collection.c.id == collection_id)
            .values(name=name, name_key=name_key(name))
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
