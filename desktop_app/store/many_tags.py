"""Many tags read, made, changed and removed together, in a few statements however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.core.words import name_key
from desktop_app.store.columns import among, to_json
from desktop_app.store.tables import tag, tag_redirect
from desktop_app.store.tags import row_of, tag_of

_LAST_ID = text(
    "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'tag'), 0),"
    " coalesce((SELECT max(id) FROM tag), 0))"
)
# The tags that stand where others are to stand, found by the index of siblings.
_IN_PLACES = text(
    "SELECT tag.id FROM json_each(:places) AS place CROSS JOIN tag"
    " ON tag.collection = json_extract(place.value, '$[0]')"
    " AND coalesce(tag.parent, 0) = json_extract(place.value, '$[1]')"
    " AND tag.name_key = json_extract(place.value, '$[2]')"
)
_CHANGE = update(tag).where(tag.c.id == bindparam("this"))


class ManyTags:
    """Tags of one transaction, many at a time. See Tags for one at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, ids: Collection[int]) -> dict[int, Tag]:
        """The tags of some ids, by id; those that are gone are left out."""
        rows = self._connection.execute(select(tag).where(among(tag.c.id, ids)))
        return {row.id: tag_of(row) for row in rows}

    def names(self, ids: Collection[int]) -> dict[int, str]:
        """The names of tags, by id; those that are gone are left out."""
        rows = select(tag.c.id, tag.c.name).where(among(tag.c.id, ids))
        return {row.id: row.name for row in self._connection.execute(rows)}

    def next_id(self) -> int:
        """The id from which on no tag has, or has had, one."""
        return int(self._connection.execute(_LAST_ID).scalar_one()) + 1

    def by_uuid(self, uuids: Collection[str]) -> dict[str, int]:
        """The tags that uuids mean, their own or those that these lead to; others are left out."""
        led = select(tag_redirect.c.uuid, tag_redirect.c.tag)
        own = select(tag.c.uuid, tag.c.id)
        rows = [*self._connection.execute(led.where(among(tag_redirect.c.uuid, uuids)))]
        rows += self._connection.execute(own.where(among(tag.c.uuid, uuids)))
        return {row[0]: row[1] for row in rows}

    def leading_to(self, ids: Collection[int]) -> list[tuple[str, int]]:
        """The uuids of tags that went up in any of these, each with that, sorted."""
        rows = select(tag_redirect.c.uuid, tag_redirect.c.tag)
        found = self._connection.execute(rows.where(among(tag_redirect.c.tag, ids)))
        return sorted((row.uuid, row.tag) for row in found)

    def above_others(self, ids: Collection[int]) -> list[int]:
        """Those of some tags that have a tag directly below them which is none of these."""
        below = select(tag.c.parent).where(among(tag.c.parent, ids), ~among(tag.c.id, ids))
        return sorted(set(self._connection.execute(below).scalars()))

    def in_the_way(self, wanted: Iterable[Tag]) -> list[Tag]:
        """The tags that stand where these are to stand: siblings of one name, by its letters."""
        places = [[each.collection, each.parent or 0, name_key(each.name)] for each in wanted]
        found = self._connection.execute(_IN_PLACES, {"places": to_json(places)}).scalars()
        taken = self.get(list(found))
        return [taken[each] for each in sorted(taken)]

    def put(self, wanted: Sequence[Tag]) -> None:
        """Add tags with their ids, parents before children. BadUsage as `Tags.add`; then none is added."""
        self._refuse_places(wanted)
        self._refuse_names(wanted)
        self._refuse_digits(wanted)
        if wanted:
            rows = [row_of(each) | {"id": each.id, "uuid": each.uuid} for each in wanted]
            self._connection.execute(insert(tag), rows)

    def change_looks(self, changed: Sequence[Tag]) -> None:
        """Replace all of tags that are there but their uuids, names and places."""
        rows = [row_of(each) for each in changed]
        for each, row in zip(changed, rows, strict=True):
            for column in ("collection", "parent", "name", "name_key"):
                del row[column]
            row["this"] = each.id
        if rows:
            self._connection.execute(_CHANGE, rows)

    def remove(self, ids: Collection[int]) -> None:
        """Remove tags, the tags below them, and all their taggings."""
        self._connection.execute(delete(tag).where(among(tag.c.id, ids)))

    def _refuse_places(self, wanted: Sequence[Tag]) -> None:
        parents = {each.parent for each in wanted if each.parent is not None}
        rows = select(tag.c.id, tag.c.collection).where(among(tag.c.id, parents))
        home: dict[int, int] = {row.id: row.collection for row in self._connection.execute(rows)}
        for each in wanted:
            if each.parent is not None and home.get(each.parent) != each.collection:
                raise BadUsage(f"The place for the tag “{each.name}” is no longer there.")
            home[each.id] = each.collection

    def _refuse_names(self, wanted: Sequence[Tag]) -> None:
        places: set[tuple[int, int | None, str]] = set()
        taken = [each.name for each in self.in_the_way(wanted)]
        for each in wanted:
            key = name_key(each.name)
            if not key:
                raise BadUsage("A tag needs a name.")
            place = each.collection, each.parent, key
            if place in places:
                taken.append(each.name)
            places.add(place)
        if taken:
            raise BadUsage(
                f"There is a tag “{taken[0]}” in that place already.", "Choose another name."
            )

    def _refuse_digits(self, wanted: Sequence[Tag]) -> None:
        collections = {each.collection for each in wanted if each.key is not None}
        if not collections:
            return
        rows = select(tag.c.collection, tag.c.digit).where(
            among(tag.c.collection, collections), func.coalesce(tag.c.digit, 0) > 0
        )
        taken = {(row.collection, row.digit) for row in self._connection.execute(rows)}
        for each in wanted:
            if each.key is None:
                continue
            if (each.collection, each.key) in taken:
                raise BadUsage(f"The key {each.key} gives another tag than “{each.name}” by now.")
            taken.add((each.collection, each.key))
