"""The steps of changes to many tags at once, and to what carries them.

Taken tag by tag, a tag with hundreds below it would take seconds to delete. What each step means,
and what it refuses, is as in the steps of one tag.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import LinkKind, Tag, TagLink
from desktop_app.library.step_values import GroundChanged, ids_in, ids_out, tag_in, tag_out
from desktop_app.store.store import Work

Change = tuple[Tag | None, Tag | None]
Pairs = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class TagsStep:
    """Tags that are made (before is None), changed, or deleted (after is None).

    Parents are made before those below them, and deleted after them.
    """

    changes: tuple[Change, ...]

    def reversed(self) -> TagsStep:
        return TagsStep(tuple((after, before) for before, after in reversed(self.changes)))

    @property
    def gone(self) -> list[Tag]:
        """The tags that are deleted."""
        return [before for before, after in self.changes if before and after is None]

    def take(self, work: Work) -> Changes:
        known = [before or after for before, after in self.changes]
        present = work.many_tags.get([tag.id for tag in known if tag])
        for before, after in self.changes:
            tag = before or after
            assert tag is not None
            if present.get(tag.id) != before:
                raise GroundChanged(f"the tag “{tag.name}” has been changed since")
        if gone := self.gone:
            work.many_tags.remove([tag.id for tag in gone])
        looks: list[Tag] = []
        for before, after in self.changes:
            if before is None or after is None:
                continue
            if _place(before) == _place(after):
                looks.append(after)
            else:
                work.tags.change(after)
        work.many_tags.change_looks(looks)
        work.many_tags.put([after for before, after in self.changes if before is None and after])
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        return ["tags", [[tag_out(before), tag_out(after)] for before, after in self.changes]]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TagsStep:
        (changes,) = raw
        return cls(tuple((tag_in(before), tag_in(after)) for before, after in changes))


def _place(tag: Tag) -> tuple[int, int | None, str]:
    return tag.collection, tag.parent, tag.name


@dataclass(frozen=True, slots=True)
class TaggingsStep:
    """Tags, each with documents that get it (none of them has it), or lose it (all have it)."""

    pairs: Pairs
    tagged: bool

    def reversed(self) -> TaggingsStep:
        return TaggingsStep(self.pairs, not self.tagged)

    def take(self, work: Work) -> Changes:
        names = _names(work, self.pairs)
        there = frozenset(work.documents.present(carriers(self.pairs)))
        pairs = among(self.pairs, there)
        carried = work.many_taggings.documents
        another = carried.first_carried(pairs) if self.tagged else carried.first_missing(pairs)
        if another is not None:
            raise GroundChanged(f"documents have gained or lost the tag “{names[another]}” since")
        if self.tagged:
            carried.add(pairs, work.now_ms)
        else:
            carried.remove(pairs)
        return Changes(there, frozenset([Kind.TAGGING]))

    def to_json(self) -> list[Any]:
        return ["taggings", _pairs_out(self.pairs), self.tagged]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TaggingsStep:
        pairs, tagged = raw
        return cls(_pairs_in(pairs), tagged)


@dataclass(frozen=True, slots=True)
class HighlightTaggingsStep:
    """Tags, each with highlights that get it (none of them has it), or lose it (all have it)."""

    pairs: Pairs
    tagged: bool

    def reversed(self) -> HighlightTaggingsStep:
        return HighlightTaggingsStep(self.pairs, not self.tagged)

    def take(self, work: Work) -> Changes:
        names = _names(work, self.pairs)
        there = work.many_taggings.present_highlights(carriers(self.pairs))
        pairs = among(self.pairs, there)
        carried = work.many_taggings.highlights
        another = carried.first_carried(pairs) if self.tagged else carried.first_missing(pairs)
        if another is not None:
            raise GroundChanged(f"highlights have gained or lost the tag “{names[another]}” since")
        if self.tagged:
            carried.add(pairs, work.now_ms)
        else:
            carried.remove(pairs)
        documents = work.many_taggings.documents_of(there)
        return Changes(documents, frozenset([Kind.HIGHLIGHTS, Kind.TAGGING]))

    def to_json(self) -> list[Any]:
        return ["highlight taggings", _pairs_out(self.pairs), self.tagged]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> HighlightTaggingsStep:
        pairs, tagged = raw
        return cls(_pairs_in(pairs), tagged)


@dataclass(frozen=True, slots=True)
class TagLinksStep:
    """Pairs of tags that are linked (none of them is), or no longer (all of them are)."""

    links: tuple[TagLink, ...]
    linked: bool

    def reversed(self) -> TagLinksStep:
        return TagLinksStep(self.links, not self.linked)

    def take(self, work: Work) -> Changes:
        ends = {end for link in self.links for end in (link.one, link.other)}
        names = work.many_tags.names(ends)
        if len(names) < len(ends):
            raise GroundChanged("one of the tags has been deleted since")
        known = work.tag_links.of(ends)
        for link in self.links:
            if (link in known) is self.linked:
                one, other = names[link.one], names[link.other]
                raise GroundChanged(
                    f"the tags “{one}” and “{other}” have been linked or unlinked since"
                )
        if self.linked:
            work.tag_links.add_many(self.links)
        else:
            work.tag_links.remove_many(self.links)
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        links = [[link.one, link.other, link.kind.value] for link in self.links]
        return ["tag links", links, self.linked]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TagLinksStep:
        links, linked = raw
        each = (TagLink(one, other, LinkKind(kind)) for one, other, kind in links)
        return cls(tuple(each), linked)


def pairs_of(carried: Mapping[int, tuple[int, ...]]) -> Pairs:
    """What carries tags, as the steps have it."""
    return tuple(sorted(carried.items()))


def carriers(pairs: Pairs) -> set[int]:
    """All that carries any of the tags."""
    return set(chain.from_iterable(each for _, each in pairs))


def among(pairs: Pairs, there: Collection[int]) -> Pairs:
    """The pairs without what is not there; tags that nothing is left of are left out."""
    if all(each in there for each in carriers(pairs)):
        return pairs
    kept = ((tag, tuple(each for each in ids if each in there)) for tag, ids in pairs)
    return tuple((tag, ids) for tag, ids in kept if ids)


def _names(work: Work, pairs: Pairs) -> dict[int, str]:
    names = work.many_tags.names([tag for tag, _ in pairs])
    if len(names) < len({tag for tag, _ in pairs}):
        raise GroundChanged("one of the tags has been deleted since")
    return names


def _pairs_out(pairs: Pairs) -> list[Any]:
    return [[tag, ids_out(ids)] for tag, ids in pairs]


def _pairs_in(raw: Sequence[Any]) -> Pairs:
    return tuple((tag, ids_in(ids)) for tag, ids in raw)
