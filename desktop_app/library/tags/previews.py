"""What a merge would come to, counted before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.highlights import HighlightFilter
from desktop_app.core.model import Tag
from desktop_app.core.words import name_key
from desktop_app.library.tags.checks import present_tag, refuse_locked, tags_of
from desktop_app.library.tags.tidying import aliases_gained, refuse_merge, texts_cut
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
    texts_cut: what is said of two that become one is longer than a tag can hold, and loses its end.
    """

    documents: Overlap
    highlights: Overlap
    tags_below: int
    aliases_gained: tuple[str, ...]
    merged_below: int = 0
    texts_cut: tuple[str, ...] = ()


def merge_preview(snapshot: Snapshot, loser: int, winner: int) -> MergePreview:
    """Count what a merge would come to; BadUsage where it would be refused."""
    losing, winning = present_tag(snapshot, loser), present_tag(snapshot, winner)
    refuse_locked(snapshot, losing.collection, winning.collection)
    refuse_merge(snapshot, losing, winning)
    tree = tags_of(snapshot)

    def merged(one: int, other: int) -> list[tuple[Tag, Tag]]:
        from_below = {name_key(tag.name): tag for tag in tree.children(other, home)}
        pairs = [
            (tag, from_below[name_key(tag.name)])
            for tag in tree.children(one, home)
            if name_key(tag.name) in from_below
        ]
        return pairs + [each for low, high in pairs for each in merged(low.id, high.id)]

    home = losing.collection
    below = merged(loser, winner)
    cut = [name for pair in ((losing, winning), *below) for name in texts_cut(*pair)]
    return MergePreview(
        Overlap.of(_documents(snapshot, loser), _documents(snapshot, winner)),
        Overlap.of(_highlights(snapshot, loser), _highlights(snapshot, winner)),
        tags_below=sum(1 for _ in tree.below(loser)),
        aliases_gained=tuple(alias.name for alias in aliases_gained(losing, winning)),
        merged_below=len(below),
        texts_cut=tuple(dict.fromkeys(cut)),
    )


def _documents(snapshot: Snapshot, tag: int) -> set[int]:
    return set(tagged.documents(snapshot.connection, [tag], tagged.TaggedSort.TITLE))


def _highlights(snapshot: Snapshot, tag: int) -> set[int]:
    return set(snapshot.highlights.ids(HighlightFilter(tags=frozenset([tag]))))
