"""Tags: a forest in each collection, names unique among siblings."""

from __future__ import annotations

import json
import uuid as uuids
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    CompoundSelect,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    union,
    update,
)

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.core.tag_aliases import Alias, aliases_in, aliases_out
from desktop_app.core.tag_looks import Pattern
from desktop_app.core.words import name_key
from desktop_app.store.columns import to_json
from desktop_app.store.tables import highlight_tagging, meta, tag, tag_link, tag_redirect, tagging
from desktop_app.store.tag_counts import (
    TagCounts,
    documents_below,
    highlights_below,
    own_counts,
)

# Written once: an import of thousands of tags, and its undo, ask for each of them.
_THIS: BindParameter[int] = bindparam("this")
_BY_ID = select(tag).where(tag.c.id == _THIS)
_BY_NAME = select(tag).where(
    tag.c.collection == bindparam("collection"),
    # As the index of siblings has it, which finds the one among thousands.
    func.coalesce(tag.c.parent, literal_column("0")) == bindparam("parent"),
    tag.c.name_key == bindparam("key"),
)
_REMOVE = delete(tag).where(tag.c.id == _THIS)
_BEARS = select(
    or_(
        select(tag.c.id).where(tag.c.parent == _THIS).exists(),
        select(tagging.c.tag).where(tagging.c.tag == _THIS).exists(),
        select(highlight_tagging.c.tag).where(highlight_tagging.c.tag == _THIS).exists(),
        select(tag_link.c.one).where(tag_link.c.one == _THIS).exists(),
        select(tag_link.c.one).where(tag_link.c.other == _THIS).exists(),
        select(tag_redirect.c.tag).where(tag_redirect.c.tag == _THIS).exists(),
    )
)


class ReadTags:
    """Tags as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Tag]:
        """All tags of all collections, by name."""
        rows = select(tag).order_by(tag.c.name_key, tag.c.id)
        return [tag_of(row) for row in self._connection.execute(rows)]

    def get(self, tag_id: int) -> Tag | None:
        """The tag, or None where there is none."""
        row = self._connection.execute(_BY_ID, {"this": tag_id}).one_or_none()
        return None if row is None else tag_of(row)

    def by_name(self, collection: int, parent: int | None, name: str) -> Tag | None:
        """The tag of that name under a parent (None: at the top), case and accents ignored."""
        named = {"collection": collection, "parent": parent or 0, "key": name_key(name)}
        row = self._connection.execute(_BY_NAME, named).one_or_none()
        return None if row is None else tag_of(row)

    def keys(self, collection: int) -> dict[int, int]:
        """The tags of a collection that a digit gives, by digit."""
        rows = select(tag.c.digit, tag.c.id).where(
            tag.c.collection == collection, tag.c.digit.is_not(None)
        )
        return {row.digit: row.id for row in self._connection.execute(rows)}

    def children(self, parent: int | None, collection: int) -> list[Tag]:
        """The tags directly below a tag, or at the top of a collection, by name."""
        place = tag.c.parent.is_(None) if parent is None else tag.c.parent == parent
        rows = select(tag).where(place, tag.c.collection == collection)
        found = self._connection.execute(rows.order_by(tag.c.name_key, tag.c.id))
        return [tag_of(row) for row in found]

    def bears(self, tag_id: int) -> bool:
        """Whether anything hangs on a tag: documents, highlights, tags below, links, former tags."""
        return bool(self._connection.execute(_BEARS, {"this": tag_id}).scalar_one())

    def own_counts(self) -> TagCounts:
        """How many documents and highlights carry each tag itself; quick however many there are."""
        return own_counts(self._connection)

    def documents_below(self) -> dict[int, int]:
        """How many documents carry each tag or one below it."""
        return documents_below(self._connection)

    def highlights_below(self) -> dict[int, int]:
        """How many highlights carry each tag or one below it."""
        return highlights_below(self._connection)

    def counts(self) -> TagCounts:
        """How many documents and highlights carry each tag."""
        own = self.own_counts()
        return TagCounts(
            own.documents, own.highlights, self.documents_below(), self.highlights_below()
        )

    def state(self) -> str:
        """Another text for each state that tags, collections and links have been in."""
        rows = select(meta.c.value).where(meta.c.key.in_(("generation", "tags_changed")))
        return " ".join(self._connection.execute(rows.order_by(meta.c.key)).scalars())

    def documents(self, tag_id: int, *, with_children: bool) -> set[int]:
        """The documents that carry a tag, or with children also any tag below it, trash included.

        They carry what they are tagged with themselves, and what any highlight of them is.
        """
        carried = _carrying().subquery()
        if not with_children:
            rows = select(carried.c.document).where(carried.c.tag == tag_id)
        else:
            below = _below(select(literal(tag_id)))
            rows = select(carried.c.document).where(carried.c.tag.in_(select(below.c.tag)))
        return set(self._connection.execute(rows).scalars())

    def below(self, tag_id: int) -> set[int]:
        """The tag itself and every tag below it."""
        below = _below(select(literal(tag_id)))
        return set(self._connection.execute(select(below.c.tag)).scalars())


class Tags(ReadTags):
    """Tags that can be changed inside a transaction."""

    def add(
        self,
        *,
        collection: int,
        name: str,
        colour: str,
        parent: int | None = None,
        aliases: Iterable[Alias] = (),
        digit: int | None = None,
        uuid: str | None = None,
    ) -> Tag:
        """Add a tag; uuid: None for a new one. digit: 1-9, of no other in the collection.

        Raises BadUsage for an empty name, one that a sibling has, and a parent that is not there or
        lies in another collection.
        """
        wanted = Tag(
            id=0,
            uuid=uuid or str(uuids.uuid4()),
            collection=collection,
            parent=parent,
            name=name,
            colour=colour,
            aliases=tuple(aliases),
            key=digit,
        )
        return self._insert(None, wanted)

    def make(self, wanted: Tag) -> Tag:
        """Add a tag as it is but for its id, which the database gives. BadUsage as `add`."""
        return self._insert(None, wanted)

    def put_back(self, removed: Tag) -> None:
        """Bring a removed tag back with its id; what hung on it is the caller's. BadUsage as `add`."""
        self._put(removed.id, removed)

    def _insert(self, id: int | None, wanted: Tag) -> Tag:
        found = self.get(self._put(id, wanted))
        assert found is not None
        return found

    def _put(self, id: int | None, wanted: Tag) -> int:
        name = self._checked(wanted.collection, wanted.parent, wanted.name)
        values = row_of(replace(wanted, name=name)) | {"id": id, "uuid": wanted.uuid}
        # Not inserted_primary_key: a statement that was first written with an id, to bring one back,
        # is kept, and later does not know an id that the database gives.
        return self._connection.execute(insert(tag), values).lastrowid

    def change(self, changed: Tag) -> None:
        """Replace all of the tag with the same id but its uuid.

        Raises BadUsage as `add` does, for a tag that is gone, and for a parent below the tag itself.
        """
        before = self.get(changed.id)
        if before is None:
            raise BadUsage("That tag is no longer there.")
        moved = (changed.parent, changed.collection) != (before.parent, before.collection)
        if moved and changed.parent is not None and changed.parent in self.below(changed.id):
            raise BadUsage(
                f"The tag “{changed.name}” cannot be put under itself.", "Choose another place."
            )
        name = changed.name
        if moved or name != before.name:
            name = self._checked(changed.collection, changed.parent, name, but=changed.id)
        self._connection.execute(
            update(tag).where(tag.c.id == changed.id).values(row_of(replace(changed, name=name)))
        )
        # Those below follow it: where it stood before, one of the other collection may stand.
        if changed.collection != before.collection:
            self._connection.execute(
                update(tag)
                .where(tag.c.id.in_(self.below(changed.id)))
                .values(collection=changed.collection)
            )

    def remove(self, tag_id: int) -> None:
        """Remove a tag, the tags below it, and all their taggings."""
        self._connection.execute(_REMOVE, {"this": tag_id})

    def _checked(
        self, collection: int, parent: int | None, name: str, *, but: int | None = None
    ) -> str:
        name = " ".join(name.split())
        if not name_key(name):
            raise BadUsage("A tag needs a name.")
        if parent is not None:
            above = self.get(parent)
            if above is None or above.collection != collection:
                raise BadUsage(f"The place for the tag “{name}” is no longer there.")
        taken = self.by_name(collection, parent, name)
        if taken is not None and taken.id != but:
            raise BadUsage(
                f"There is a tag “{taken.name}” in that place already.", "Choose another name."
            )
        return name


def tag_of(row: Any) -> Tag:
    """The tag that a row of the table is."""
    return Tag(
        id=row.id,
        uuid=row.uuid,
        collection=row.collection,
        parent=row.parent,
        name=row.name,
        colour=row.colour,
        aliases=aliases_in(json.loads(row.aliases)),
        key=row.digit,
        pattern=Pattern(row.pattern),
        letters=row.letters,
        definition=row.definition,
        use_when=row.use_when,
        not_when=row.not_when,
        examples=row.examples,
        archived=bool(row.archived),
    )


def row_of(wanted: Tag) -> dict[str, Any]:
    """The columns of a tag but for its id and uuid."""
    return {
        "collection": wanted.collection,
        "parent": wanted.parent,
        "name": wanted.name,
        "name_key": name_key(wanted.name),
        "colour": wanted.colour,
        "aliases": to_json(aliases_out(wanted.aliases)),
        "digit": wanted.key,
        "pattern": wanted.pattern.value,
        "letters": wanted.letters,
        "definition": wanted.definition,
        "use_when": wanted.use_when,
        "not_when": wanted.not_when,
        "examples": wanted.examples,
        "archived": int(wanted.archived),
    }


def _carrying() -> CompoundSelect[Any]:
    """Pairs (tag, document), each once: what documents and their highlights are tagged with."""
    return union(
        select(tagging.c.tag, tagging.c.document),
        select(highlight_tagging.c.tag, highlight_tagging.c.document),
    )


def _below(roots: Select[Any]) -> CTE:
    """Pairs (root, tag): each root with itself and every tag below it.

    UNION rather than UNION ALL ends even where a damaged library has a circle.
    """
    start = roots.subquery()
    (root,) = start.c
    pairs = select(root.label("root"), root.label("tag")).cte("below", recursive=True)
    return pairs.union(select(pairs.c.root, tag.c.id).join(tag, tag.c.parent == pairs.c.tag))
