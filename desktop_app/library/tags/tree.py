"""All tags of a library at one moment: who is whose child, what each is called, how many carry it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag, TagCollection, TagLink
from desktop_app.core.tag_names import visible
from desktop_app.core.tag_paths import join_tag_path, split_tag_path
from desktop_app.core.words import name_key


@dataclass(frozen=True)
class TagTree:
    """The collections and tags of a library.

    own: tag id -> documents that carry the tag itself, or have a highlight that does;
    with_children: also those with a tag below it, each once. highlights and
    highlights_with_children: the same, of highlights. None counts documents in the trash. links: by
    tag, those that have it at an end. whole: False where counts with children are still to come.
    """

    collections: tuple[TagCollection, ...] = ()
    tags: tuple[Tag, ...] = ()
    own: Mapping[int, int] = field(default_factory=dict)
    with_children: Mapping[int, int] = field(default_factory=dict)
    highlights: Mapping[int, int] = field(default_factory=dict)
    highlights_with_children: Mapping[int, int] = field(default_factory=dict)
    links: Mapping[int, tuple[TagLink, ...]] = field(default_factory=dict)
    whole: bool = True

    def counted(
        self,
        documents: Mapping[int, int],
        highlights: Mapping[int, int],
        documents_below: Mapping[int, int],
        highlights_below: Mapping[int, int],
        *,
        whole: bool = True,
    ) -> TagTree:
        """The same tags with counts; what was worked out of their places is taken along."""
        made = replace(
            self,
            own=documents,
            with_children=documents_below,
            highlights=highlights,
            highlights_with_children=highlights_below,
            whole=whole,
        )
        made.__dict__.update(by_id=self.by_id, _children=self._children)
        return made

    @cached_property
    def by_id(self) -> dict[int, Tag]:
        return {tag.id: tag for tag in self.tags}

    @cached_property
    def _children(self) -> dict[tuple[int, int | None], list[Tag]]:
        below: dict[tuple[int, int | None], list[Tag]] = defaultdict(list)
        for tag in sorted(self.tags, key=lambda tag: (name_key(tag.name), tag.id)):
            below[tag.collection, tag.parent].append(tag)
        return below

    @property
    def active_collection(self) -> TagCollection:
        """The collection that gets new tags."""
        return next(collection for collection in self.collections if collection.active)

    def collection_named(self, name: str) -> TagCollection:
        """The collection of that name, case and accents aside; BadUsage where there is none."""
        for collection in self.collections:
            if name_key(collection.name) == name_key(name):
                return collection
        names = ", ".join(f"“{collection.name}”" for collection in self.collections)
        raise BadUsage(f"There is no tag collection “{name}”.", f"There are: {names}.")

    def children(self, parent: int | None, collection: int) -> list[Tag]:
        """The tags directly below a tag, or at the top of a collection, by name."""
        return self._children.get((collection, parent), [])

    def sibling(self, name: str, parent: int | None, collection: int) -> Tag | None:
        """The tag of that name in a place, case and accents aside; None where there is none."""
        key = name_key(name)
        here = self.children(parent, collection)
        return next((tag for tag in here if name_key(tag.name) == key), None)

    def below(self, tag: int) -> Iterator[Tag]:
        """Every tag below a tag, parents before children; not the tag itself."""
        for child in self.children(tag, self.by_id[tag].collection):
            yield child
            yield from self.below(child.id)

    def above(self, tag: int) -> Iterator[Tag]:
        """Every tag above a tag, the nearest first."""
        parent = self.by_id[tag].parent
        while parent is not None:
            found = self.by_id[parent]
            yield found
            parent = found.parent

    def names(self, tag: int) -> tuple[str, ...]:
        """The names from the top down to the tag."""
        found = self.by_id[tag]
        above = self.names(found.parent) if found.parent is not None else ()
        return (*above, found.name)

    def path(self, tag: int) -> str:
        """The tag as it is written: `place/Syria`."""
        return join_tag_path(self.names(tag))

    def full_path(self, tag: int) -> str:
        """The tag with its collection: `Field notes::place/Syria`."""
        collection = self.by_id[tag].collection
        name = next(c.name for c in self.collections if c.id == collection)
        return join_tag_path(self.names(tag), collection=name)

    def find(self, path: str) -> Tag | None:
        """The tag that a path names: in its collection, else in the active one, else in any other.

        Case and accents are ignored; an alias of the last name serves as well.
        """
        collection_name, names = split_tag_path(path)
        if not names:
            return None
        if collection_name is not None:
            searched = [self.collection_named(collection_name)]
        else:
            searched = sorted(self.collections, key=lambda collection: not collection.active)
        for collection in searched:
            if found := self._find_in(collection.id, names):
                return found
        return None

    def _find_in(self, collection: int, names: tuple[str, ...]) -> Tag | None:
        parent: int | None = None
        for name in names:
            key = name_key(visible(name))
            siblings = self.children(parent, collection)
            tag = next((t for t in siblings if name_key(t.name) == key), None) or next(
                (t for t in siblings if key in map(name_key, t.also_called)), None
            )
            if tag is None:
                return None
            parent = tag.id
        return self.by_id[parent] if parent is not None else None
