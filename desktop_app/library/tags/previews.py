"""What a merge would come to, counted before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.highlights import HighlightFilter
from desktop_app.core.words import name_key
from desktop_app.library.tags.checks import present_tag, refuse_locked, tags_of
from desktop_app.library.tags.tidying import aliases_gained, refuse_merge
from desktop_app.store import tagged
from desktop_app.store.store import Snapshot


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many carry each of two tags, how many both, and how many the one that is made of them."""

    loser: int
    winner: int
    both: int
    after: int

    @classmethod
    def of(cls, losing: set[int], winning: set[int]) -> Overlap:
        return cls(len(losing), len(winning), len(losing & winning), len(losing | winning))


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What becomes of two tags by a merge, as the sidebar counts: without the trash.

    documents: those that carry the tag itself, or have a highlight that does. tags_below: how many
    tags go over with the loser; merged_below: so many of them go up in tags of the same name.
    """

    documents: Overlap
    highlights: Overlap
    tags_below: int
    aliases_gained: tuple[str, ...]
    merged_below: int = 0


def merge_preview(snapshot: Snapshot, loser: int, winner: int) -> MergePreview:
    """Count what a merge would come to; BadUsage where it would be refused."""
    losing, winning = present_tag(snapshot, loser), present_tag(snapshot, winner)
    refuse_locked(snapshot, losing.collection, winning.collection)
    refuse_merge(snapshot, losing, winning)
    tree = tags_of(snapshot)

    def merged(one: int, other: int) -> int:
        from_below = {name_key(tag.name): tag.id for tag in tree.children(other, home)}
        pairs = [
            (tag.id, from_below[name_key(tag.name)])
            for tag in tree.children(one, home)
            if name_key(tag.name) in from_below
        ]
        return len(pairs) + sum(merged(*pair) for pair in pairs)

    home = losing.collection
    return MergePreview(
        Overlap.of(_documents(snapshot, loser), _documents(snapshot, winner)),
        Overlap.of(_highlights(snapshot, loser), _highlights(snapshot, winner)),
        tags_below=sum(1 for _ in tree.below(loser)),
        aliases_gained=tuple(alias.name for alias in aliases_gained(losing, winning)),
        merged_below=merged(loser, winner),
    )


def _documents(snapshot: Snapshot, tag: int) -> set[int]:
    return set(tagged.documents(snapshot.connection, [tag], tagged.TaggedSort.TITLE))


def _highlights(snapshot: Snapshot, tag: int) -> set[int]:
    return set(snapshot.highlights.ids(HighlightFilter(tags=frozenset([tag]))))
