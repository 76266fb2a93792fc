"""Which tags a query means by the name that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.query_tree import TagValue, straighten
from desktop_app.core.tag_paths import join_tag_path
from desktop_app.core.words import name_key


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

    def meant(self, value: TagValue) -> TagsMeant:
        """Find the tags of a name: by its whole path, or else by the end of a path.

        The last of the names may be an alias. A name that no tag has means none, and the note
        names those that come closest.
        """
        names = tuple(_key(name) for name in value.names)
        within = None if value.collection is None else _key(value.collection)
        whole: set[int] = set()
        ends: set[int] = set()
        for tag in self._by_id.values():
            if within is not None and _key(self._collections[tag.collection]) != within:
                continue
            chain = self._chain(tag)
            own = {_key(tag.name), *(_key(alias) for alias in tag.aliases)}
            above = tuple(_key(each.name) for each in chain[:-1])
            if names[-1] not in own or above[len(above) - len(names) + 1 :] != names[:-1]:
                continue
            if len(names) == len(chain):
                whole.add(tag.id)
            elif len(names) < len(chain):
                ends.add(tag.id)
        found = whole or ends
        typed = join_tag_path(value.names, collection=value.collection)
        if not found:
            return TagsMeant(frozenset(), self._unknown(typed, names[-1]))
        note = ""
        if len(found) > 1:
            paths = sorted(f"“{self.path(tag, collection=True)}”" for tag in found)
            note = f"“{typed}” is the name of {len(found)} tags: {', '.join(paths[:5])}."
        return TagsMeant(frozenset(found if value.exact else self._with_children(found)), note)

    def path(self, tag: int, *, collection: bool = False) -> str:
        """The path of a tag, as it is written."""
        chain = self._chain(self._by_id[tag])
        within = self._collections[chain[0].collection] if collection else None
        return join_tag_path((each.name for each in chain), collection=within)

    def _chain(self, tag: Tag) -> list[Tag]:
        chain = [tag]
        while chain[0].parent is not None:
            chain.insert(0, self._by_id[chain[0].parent])
        return chain

    def _with_children(self, tags: set[int]) -> set[int]:
        return {
            tag.id
            for tag in self._by_id.values()
            if any(each.id in tags for each in self._chain(tag))
        }

    def _unknown(self, typed: str, last: str) -> str:
        names: dict[str, set[str]] = {}
        for tag in self._by_id.values():
            path = self.path(tag.id)
            for name in (path, tag.name, *tag.aliases):
                names.setdefault(_key(name), set()).add(path)
        close = [
            *get_close_matches(_key(typed), names, n=3, cutoff=0.6),
            *get_close_matches(last, names, n=3, cutoff=0.6),
        ]
        paths = dict.fromkeys(path for name in close for path in sorted(names[name]))
        said = f"There is no tag “{typed}”."
        if not paths:
            return said
        return f"{said} The closest: {', '.join(f'“{path}”' for path in list(paths)[:3])}."


def _key(name: str) -> str:
    return name_key(straighten(name))
