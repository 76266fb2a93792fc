"""Finding tags while one types: by name, path and other names, best first.

A typed slash divides: `pl/sy` finds place/Syria. Quick for thousands of tags: everything is folded
once, when the finder is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from desktop_app.core.model import Tag
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.words import name_key
from desktop_app.library.tags.tree import TagTree


@dataclass(frozen=True, slots=True)
class Found:
    """A tag that fits. by: the other name that did it, None where its own name is what fits."""

    tag: Tag
    by: Alias | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: Tag
    name: str  # folded, like all that follows
    others: tuple[str, ...]
    path: tuple[str, ...]  # from the top, the name last
    away: int  # 1 in a collection that is not the active one
    count: int


class TagFinder:
    """The tags of one tree, ready to be found.

    offered: only those of collections that are offered, and none that is put away or stands below
    one that is.
    """

    def __init__(self, tree: TagTree, *, offered: bool = False) -> None:
        active = next((c.id for c in tree.collections if c.active), None)
        keys = {tag.id: name_key(tag.name) for tag in tree.tags}
        paths: dict[int, tuple[str, ...]] = {}

        def path(tag: Tag) -> tuple[str, ...]:
            if tag.id not in paths:
                above = tree.by_id[tag.parent] if tag.parent is not None else None
                paths[tag.id] = (*(path(above) if above else ()), keys[tag.id])
            return paths[tag.id]

        left_out: AbstractSet[int] = _not_offered(tree) if offered else frozenset()
        self._entries = [
            _Entry(
                tag,
                keys[tag.id],
                tuple(map(name_key, tag.also_called)),
                path(tag),
                int(tag.collection != active),
                tree.own.get(tag.id, 0),
            )
            for tag in tree.tags
            if tag.id not in left_out
        ]
        # In the order in which equals are shown; the search below keeps it.
        self._entries.sort(key=lambda entry: (entry.away, -entry.count, entry.path))
        # What is gone through at each key, as plain letters: most tags go out by these alone.
        self._names = [entry.name for entry in self._entries]
        self._lines = ["\n".join((entry.name, *entry.others)) for entry in self._entries]
        self._called: dict[str, list[int]] = {}
        for place, entry in enumerate(self._entries):
            for other in entry.others:
                self._called.setdefault(other, []).append(place)

    def find(
        self, typed: str, *, limit: int = 50, but: AbstractSet[int] = frozenset()
    ) -> list[Tag]:
        """The tags that fit what was typed, best first; for nothing typed the most used.

        but: those that are passed over.
        """
        return [found.tag for found in self.look(typed, limit=limit, but=but)]

    def look(
        self, typed: str, *, limit: int = 50, but: AbstractSet[int] = frozenset()
    ) -> list[Found]:
        """The same, each with the name that fits."""
        parts = [name_key(part) for part in typed.split("/")]
        parts = [part for part in parts if part]
        if not parts:
            left = (entry.tag for entry in self._entries if entry.tag.id not in but)
            return [Found(tag) for tag in islice(left, limit)]
        wanted, above = parts[-1], parts[:-1]
        found = self._ranked(self._starting(wanted), wanted, above, but)
        if len(found) < limit or above:
            found = self._ranked(self._holding(wanted), wanted, above, but)
        if len(found) < limit:
            found = self._ranked(range(len(self._entries)), wanted, above, but)
        return [self._found(place, other) for _, _, place, other in sorted(found)[:limit]]

    def _starting(self, wanted: str) -> set[int]:
        """The tags that fit best: nothing comes between them where they are enough."""
        found = {place for place, name in enumerate(self._names) if name.startswith(wanted)}
        return found.union(self._called.get(wanted, ()))

    def _holding(self, wanted: str) -> list[int]:
        """The tags that hold what was typed in one of their names: better than all others."""
        return [place for place, line in enumerate(self._lines) if wanted in line]

    def _ranked(
        self,
        places: Iterable[int],
        wanted: str,
        above: Sequence[str],
        but: AbstractSet[int] = frozenset(),
    ) -> list[tuple[int, int, int, int]]:
        found: list[tuple[int, int, int, int]] = []
        for place in places:
            entry = self._entries[place]
            if entry.tag.id in but:
                continue
            rank = _rank(entry, wanted)
            if rank is not None and _stands_below(entry.path[:-1], above):
                found.append((rank[0], entry.away, place, rank[1]))
        return found

    def _found(self, place: int, other: int) -> Found:
        tag = self._entries[place].tag
        return Found(tag, None if other < 0 else tag.aliases[other])

    def exact(self, typed: str) -> Tag | None:
        """The tag of exactly that name or other name, the active collection's first."""
        key = name_key(typed)
        named = (e.tag for e in self._entries if e.name == key)
        return next(named, None) or next((e.tag for e in self._entries if key in e.others), None)


def _not_offered(tree: TagTree) -> set[int]:
    """The tags that are put away, below such a tag, or in a collection that is not offered."""
    offered = {collection.id for collection in tree.collections if collection.offered}
    left_out = {tag.id for tag in tree.tags if tag.collection not in offered}
    for tag in tree.tags:
        if tag.archived and tag.id not in left_out:
            left_out.add(tag.id)
            left_out.update(below.id for below in tree.below(tag.id))
    return left_out


def _rank(entry: _Entry, wanted: str) -> tuple[int, int] | None:
    """How well a tag fits, 0 the best, and which of its other names does, -1 its own.

    None where none does.
    """
    rank = _rank_of(entry.name, wanted)
    best = None if rank is None else (rank, -1)
    for place, other in enumerate(entry.others):
        rank = _rank_of(other, wanted)
        if rank is not None and (best is None or rank + 1 < best[0]):
            best = rank + 1, place
    return best


def _rank_of(name: str, wanted: str) -> int | None:
    at = name.find(wanted)
    if at < 0 and (len(wanted) < 2 or name[:1] != wanted[0]):
        return None
    if at == 0:
        return 0 if len(name) == len(wanted) else 2
    if at > 0:
        starts_word = not name[at - 1].isalnum() or f" {wanted}" in name
        return 4 if starts_word else 6
    letters = iter(name)
    return 8 if all(letter in letters for letter in wanted) else None


def _stands_below(path: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether each of the typed parts starts a name higher up, in order."""
    names = iter(path)
    return all(any(name.startswith(part) for name in names) for part in above)
