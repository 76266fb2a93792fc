"""The steps of changes to tags, their collections, and which documents carry which tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.step_values import (
    GroundChanged,
    collection_in,
    collection_out,
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
        ids = [document.id for document in work.documents.many(self.documents)]
        if self.tagged:
            really = work.taggings.add(self.tag, ids)
        else:
            really = work.taggings.remove(self.tag, ids)
        if len(really) != len(ids):
            raise GroundChanged(f"documents have gained or lost the tag “{tag.name}” since")
        return Changes(frozenset(ids), frozenset([Kind.TAGGING]))

    def to_json(self) -> list[Any]:
        return ["tagging", self.tag, list(self.documents), self.tagged]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TaggingStep:
        tag, documents, tagged = raw
        return cls(tag, tuple(documents), tagged)


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
    """A tag collection that is made, renamed or deleted; which one is active is UseStep's."""

    before: TagCollection | None
    after: TagCollection | None

    def reversed(self) -> CollectionStep:
        return CollectionStep(self.after, self.before)

    def take(self, work: Work) -> Changes:
        known = self.before or self.after
        assert known is not None
        present = next((c for c in work.collections.all() if c.id == known.id), None)
        if (present and present.name) != (self.before and self.before.name):
            raise GroundChanged(f"the collection “{known.name}” has been changed since")
        if self.after is None:
            work.collections.remove(known.id)
        elif self.before is None:
            work.collections.put_back(self.after)
        else:
            work.collections.rename(known.id, self.after.name)
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
