"""Which tags a query means by the name that was typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.query_tree import TagValue, straighten
from desktop_app.core.tag_paths import join_tag_path
from desktop_app.core.words import name_key
from desktop_app.store.store import Snapshot

_MOST_CLOSE = 3  # tags that are named in the place of one that is not there


def reading_of(snapshot: Snapshot) -> TagReading:
    """The tags of a library as names."""
    return snapshot.of_tags(
        "reading", lambda: TagReading(snapshot.tags.all(), snapshot.collections.all())
    )


@dataclass(frozen=True, slots=True)
class TagsMeant:
    """The tags that a name means, by id, children included; note: a sentence, or ""."""

    tags: frozenset[int]
    note: str = ""


class TagReading:
    """The tags of a library as names."""

    def __init__(self, tags: Sequence[Tag], collections: Sequence[TagCollection]) -> None:
        self._by_id: Mapping[int, Tag] = {tag.id: tag for tag in tags}
        self._collections = {collection.id: collection.name for collection in collections}
        self._keys = {tag.id: _key(tag.name) for tag in tags}
        self._called: defaultdict[str, set[int]] = defaultdict(set)
        self._below: defaultdict[int, set[int]] = defaultdict(set)
        self._above: dict[int, list[int]] = {}
        for tag in tags:
            for name in (self._keys[tag.id], *map(_key, tag.also_called)):
                self._called[name].add(tag.id)
            self._above[tag.id] = self._chain(tag.id)
            for above in self._above[tag.id]:
                self._below[above].add(tag.id)

    def meant(self, value: TagValue) -> TagsMeant:
        """Find the tags of a name: by its whole path, or else by the end of a path.

        The last of the names may be an alias. A name that no tag has means none, and the note
        names those that come closest.
        """
        names = tuple(_key(name) for name in value.names)
        within = None if value.collection is None else _key(value.collection)
        whole: set[int] = set()
        ends: set[int] = set()
        for tag in self._called.get(names[-1], ()):
            collection = self._collections[self._by_id[tag].collection]
            if within is not None and _key(collection) != within:
                continue
            chain = self._above[tag]
            above = tuple(self._keys[each] for each in chain[:-1])
            if above[len(above) - len(names) + 1 :] != names[:-1]:
                continue
            if len(names) == len(chain):
                whole.add(tag)
            elif len(names) < len(chain):
                ends.add(tag)
        found = whole or ends
        typed = join_tag_path(value.names, collection=value.collection)
        if not found:
            return TagsMeant(frozenset(), self._unknown(value))
        note = ""
        if len(found) > 1:
            paths = sorted(f"“{self.path(tag, collection=True)}”" for tag in found)
            note = f"“{typed}” is the name of {len(found)} tags: {', '.join(paths[:5])}."
        return TagsMeant(frozenset(found if value.exact else self._with_children(found)), note)

    def path(self, tag: int, *, collection: bool = False) -> str:
        """The path of a tag, as it is written."""
        value = self.value_of(tag, collection=collection)
        return join_tag_path(value.names, collection=value.collection)

    def value_of(self, tag: int, *, collection: bool = False) -> TagValue:
        """What asks for a tag, with its collection or without."""
        chain = self._above[tag]
        within = self._collections[self._by_id[chain[0]].collection] if collection else None
        return TagValue(tuple(self._by_id[each].name for each in chain), within)

    def asks_for(self, tag: int) -> TagValue:
        """The shortest value that means a tag with its children, and no other tag."""
        short = self.value_of(tag)
        alone = self.meant(short).tags == self._below[tag]
        return short if alone else self.value_of(tag, collection=True)

    def _chain(self, tag: int) -> list[int]:
        """A tag and those above it, from the top."""
        chain = [tag]
        while (parent := self._by_id[chain[0]].parent) is not None:
            if parent in chain or parent not in self._by_id:  # only in a damaged library
                break
            chain.insert(0, parent)
        return chain

    def _with_children(self, tags: set[int]) -> set[int]:
        return set().union(*(self._below[tag] for tag in tags))

    def closest(self, value: TagValue) -> list[int]:
        """The tags whose paths or names come closest in spelling to what was asked for."""
        names: dict[str, set[int]] = {}
        for tag in self._by_id.values():
            for name in (self.path(tag.id), tag.name, *tag.also_called):
                names.setdefault(_key(name), set()).add(tag.id)
        typed = join_tag_path(value.names, collection=value.collection)
        close = [
            *get_close_matches(_key(typed), names, n=3, cutoff=0.6),
            *get_close_matches(_key(value.names[-1]), names, n=3, cutoff=0.6),
        ]
        found = dict.fromkeys(tag for name in close for tag in sorted(names[name], key=self.path))
        return list(found)[:_MOST_CLOSE]

    def _unknown(self, value: TagValue) -> str:
        said = f"There is no tag “{join_tag_path(value.names, collection=value.collection)}”."
        paths = dict.fromkeys(self.path(tag) for tag in self.closest(value))
        if not paths:
            return said
        return f"{said} The closest: {', '.join(f'“{path}”' for path in paths)}."


def _key(name: str) -> str:
    return name_key(straighten(name))
