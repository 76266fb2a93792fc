"""The steps of changes to tags, their collections, and which documents carry which tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import Binned, LinkKind, Tag, TagCollection, TagLink
from desktop_app.library.step_values import (
    GroundChanged,
    binned_in,
    binned_out,
    collection_in,
    collection_out,
    ids_in,
    ids_out,
    tag_in,
    tag_out,
)
from desktop_app.store.store import Work


@dataclass(frozen=True, slots=True)
class TaggingStep:
    """Documents that get a tag (none of them has it), or lose it (all of them have it)."""

    tag: int
    documents: tuple[int, ...]
    tagged: bool

    def reversed(self) -> TaggingStep:
        return TaggingStep(self.tag, self.documents, not self.tagged)

    def take(self, work: Work) -> Changes:
        tag = work.tags.get(self.tag)
        if tag is None:
            raise GroundChanged("the tag has been deleted since")
        ids = work.documents.present(self.documents)
        if self.tagged:
            really = work.taggings.add(self.tag, ids)
        else:
            really = work.taggings.remove(self.tag, ids)
        if len(really) != len(ids):
            raise GroundChanged(f"documents have gained or lost the tag “{tag.name}” since")
        return Changes(frozenset(ids), frozenset([Kind.TAGGING]))

    def to_json(self) -> list[Any]:
        return ["tagging", self.tag, ids_out(self.documents), self.tagged]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TaggingStep:
        tag, documents, tagged = raw
        return cls(tag, ids_in(documents), tagged)


@dataclass(frozen=True, slots=True)
class TagStep:
    """A tag that is made (before is None), changed, or deleted (after is None)."""

    before: Tag | None
    after: Tag | None

    def reversed(self) -> TagStep:
        return TagStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        if work.tags.get(known.id) != self.before:
            raise GroundChanged(f"the tag “{known.name}” has been changed since")
        if self.after is None:
            work.tags.remove(known.id)
        elif self.before is None:
            work.tags.put_back(self.after)
        else:
            work.tags.change(self.after)
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        return ["tag", tag_out(self.before), tag_out(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TagStep:
        before, after = raw
        return cls(tag_in(before), tag_in(after))


@dataclass(frozen=True, slots=True)
class CollectionStep:
    """A tag collection that is made, changed or deleted; which one is active is UseStep's."""

    before: TagCollection | None
    after: TagCollection | None

    def reversed(self) -> CollectionStep:
        return CollectionStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        if _but_active(work.collections.get(known.id)) != _but_active(self.before):
            raise GroundChanged(f"the collection “{known.name}” has been changed since")
        if self.after is None:
            work.collections.remove(known.id)
        elif self.before is None:
            work.collections.put_back(self.after)
        else:
            work.collections.change(self.after)
        return Changes(frozenset(), frozenset([Kind.COLLECTIONS]))

    def to_json(self) -> list[Any]:
        return ["collection", collection_out(self.before), collection_out(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> CollectionStep:
        before, after = raw
        return cls(collection_in(before), collection_in(after))


@dataclass(frozen=True, slots=True)
class UseStep:
    """Which collection gets new tags."""

    before: int
    after: int

    def reversed(self) -> UseStep:
        return UseStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        if work.collections.active().id != self.before:
            raise GroundChanged("another tag collection has been put in use since")
        if all(collection.id != self.after for collection in work.collections.all()):
            raise GroundChanged("the tag collection has been deleted since")
        work.collections.activate(self.after)
        return Changes(frozenset(), frozenset([Kind.COLLECTIONS]))

    def to_json(self) -> list[Any]:
        return ["use", self.before, self.after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> UseStep:
        before, after = raw
        return cls(before, after)


def _but_active(collection: TagCollection | None) -> TagCollection | None:
    return collection and replace(collection, active=False)


@dataclass(frozen=True, slots=True)
class TagLinkStep:
    """Two tags that are linked, or no longer."""

    link: TagLink
    linked: bool

    def reversed(self) -> TagLinkStep:
        return TagLinkStep(self.link, not self.linked)

    def take(self, work: Work) -> Changes:
        if work.tags.get(self.link.one) is None or work.tags.get(self.link.other) is None:
            raise GroundChanged("one of the two tags has been deleted since")
        change = work.tag_links.add if self.linked else work.tag_links.remove
        if not change(self.link):
            raise GroundChanged("the two tags have been linked or unlinked since")
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        return ["tag link", self.link.one, self.link.other, self.link.kind.value, self.linked]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TagLinkStep:
        one, other, kind, linked = raw
        return cls(TagLink(one, other, LinkKind(kind)), linked)


@dataclass(frozen=True, slots=True)
class RedirectStep:
    """Which tag a uuid leads to that was another tag's; None: nowhere."""

    uuid: str
    before: int | None
    after: int | None

    def reversed(self) -> RedirectStep:
        return RedirectStep(self.uuid, self.after, self.before)

    def take(self, work: Work) -> Changes:
        if work.tag_links.led(self.uuid) != self.before:
            raise GroundChanged("the tag has been merged since")
        if self.after is not None and work.tags.get(self.after) is None:
            raise GroundChanged("the tag has been deleted since")
        work.tag_links.lead(self.uuid, self.after)
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        return ["redirect", self.uuid, self.before, self.after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> RedirectStep:
        uuid, before, after = raw
        return cls(uuid, before, after)


@dataclass(frozen=True, slots=True)
class BinStep:
    """What lies in the trash of tags from now on (before is None), or no longer (after is None)."""

    before: Binned | None
    after: Binned | None

    def reversed(self) -> BinStep:
        return BinStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        if work.tag_bin.get(known.id) != self.before:
            raise GroundChanged(f"the trash of tags no longer holds “{known.name}”")
        if self.after is None:
            work.tag_bin.remove(known.id)
        else:
            work.tag_bin.put_back(self.after)
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        return ["tag bin", binned_out(self.before), binned_out(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> BinStep:
        before, after = raw
        return cls(binned_in(before), binned_in(after))


@dataclass(frozen=True, slots=True)
class HandOverStep:
    """Which tag watched folders, and imports that have not ended, give to what they bring in.

    folders: paths as they are kept. Those that give another tag by now, or are gone, are passed over.
    """

    folders: tuple[bytes, ...]
    runs: tuple[int, ...]
    before: int
    after: int

    def reversed(self) -> HandOverStep:
        return HandOverStep(self.folders, self.runs, self.after, self.before)

    def take(self, work: Work) -> Changes:
        work.watched.hand_over(self.folders, self.before, self.after)
        work.imports.hand_over(self.runs, self.before, self.after)
        return Changes(frozenset(), frozenset([Kind.TAGS]))

    def to_json(self) -> list[Any]:
        folders = [folder.hex() for folder in self.folders]
        return ["hand over", folders, list(self.runs), self.before, self.after]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> HandOverStep:
        folders, runs, before, after = raw
        return cls(tuple(map(bytes.fromhex, folders)), tuple(runs), before, after)
