"""Who stands where in the sidebar's tree: the active collection's tags, then the other collections.

The other collections that are shown stand under the active one's tags, each as a row of its own
with its tags below it. What stands there is known by a number: a tag by its id, a collection by its
id past a bound that no tag's id reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.words import name_key
from desktop_app.library.tags.tree import TagTree

_COLLECTIONS = 1 << 40


def number_of(collection: int) -> int:
    """The number of a collection's row."""
    return _COLLECTIONS + collection


def collection_of(number: int) -> int | None:
    """The collection whose row has a number; None for that of a tag."""
    return number - _COLLECTIONS if number >= _COLLECTIONS else None


@dataclass(frozen=True, slots=True)
class TagsShown:
    """What of the tags is shown. highlights: counted in the place of documents."""

    highlights: bool = False
    archived: bool = False


class TagPlaces:
    """The places of one tree.

    before: what was shown until now; where only counts are others, its places are taken over.
    """

    def __init__(self, tree: TagTree, shown: TagsShown, before: TagPlaces | None = None) -> None:
        self.tree = tree
        self.shown = shown
        self.active = next((c.id for c in tree.collections if c.active), None)
        others = [c for c in tree.collections if c.shown and not c.active and not c.archived]
        others.sort(key=lambda collection: (name_key(collection.name), collection.id))
        self.others: dict[int, TagCollection] = {number_of(c.id): c for c in others}
        self._children: dict[int | None, list[int]] = {}
        if before is not None and self._stands_as(before):
            self._children = before._children
            self.rows = before.rows

    def _stands_as(self, before: TagPlaces) -> bool:
        return (
            self.tree.by_id is before.tree.by_id
            and self.tree.collections == before.tree.collections
            and self.shown.archived == before.shown.archived
        )

    def children(self, number: int | None) -> list[int]:
        """The numbers directly below a row; None: at the top."""
        if number not in self._children:
            self._children[number] = self._find(number)
        return self._children[number]

    def _find(self, number: int | None) -> list[int]:
        if number is None:
            found = self._tags(None, self.active) if self.active is not None else []
            return [*found, *self.others]
        if number in self.others:
            return self._tags(None, self.others[number].id)
        tag = self.tree.by_id.get(number)
        return self._tags(tag.id, tag.collection) if tag is not None else []

    def _tags(self, parent: int | None, collection: int) -> list[int]:
        found = self.tree.children(parent, collection)
        return [tag.id for tag in found if self.shown.archived or not tag.archived]

    def parent(self, number: int) -> int | None:
        """The number of the row above; None at the top."""
        tag = self.tree.by_id.get(number)
        if tag is None:
            return None
        if tag.parent is not None:
            return tag.parent
        return None if tag.collection == self.active else number_of(tag.collection)

    @cached_property
    def rows(self) -> dict[int, int]:
        """For each number that is shown, its place among its siblings."""
        found: dict[int, int] = {}
        open_ones: list[int | None] = [None]
        while open_ones:
            below = self.children(open_ones.pop())
            found.update((number, row) for row, number in enumerate(below))
            open_ones.extend(below)
        return found

    def counts(self, tag: int) -> tuple[int, int]:
        """How many carry a tag itself, and how many it or one below it, as far as that is counted."""
        tree = self.tree
        own, whole = tree.own, tree.with_children
        if self.shown.highlights:
            own, whole = tree.highlights, tree.highlights_with_children
        itself = own.get(tag, 0)
        return itself, whole.get(tag, itself)

    def look(self, number: int) -> object:
        """All that is shown of a row."""
        if number in self.others:
            collection = self.others[number]
            return collection, len(self.children(number))
        tag: Tag = self.tree.by_id[number]
        tree = self.tree
        return tag, self.counts(number), tree.own.get(number), tree.highlights.get(number)

    def others_than(self, before: TagPlaces) -> list[int]:
        """The numbers whose rows show something else than before, in the order of the rows."""
        if self._children is before._children and self.shown == before.shown:
            mine, theirs = self.tree, before.tree
            counts = (
                mine.own.items() ^ theirs.own.items(),
                mine.with_children.items() ^ theirs.with_children.items(),
                mine.highlights.items() ^ theirs.highlights.items(),
                mine.highlights_with_children.items() ^ theirs.highlights_with_children.items(),
            )
            touched = {tag for each in counts for tag, _count in each}
            return [number for number in self.rows if number in touched]
        return [number for number in self.rows if self.look(number) != before.look(number)]

    def same_as(self, other: TagPlaces) -> bool:
        """Tell whether every row stands where it stands in another."""
        if self._children is other._children:
            return True
        if self.active != other.active or self.rows != other.rows:
            return False
        return all(self.parent(number) == other.parent(number) for number in self.rows)
