"""The smallest changes there are, each holding what was before and what comes after.

A step can therefore be taken, taken back, and taken again, and each time it looks first whether
the library still is as the step expects. A command is a list of steps; the undo log keeps them as
JSON. Documents that have left the library for good are passed over: there is nothing to put back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import (
    FactName,
    Facts,
    Origin,
    ReadState,
    Tag,
    TagCollection,
)
from desktop_app.library.step_values import (
    FACT_WORDS,
    FactValue,
    collection_in,
    collection_out,
    origin_in,
    origin_out,
    tag_in,
    tag_out,
    time_in,
    time_out,
    value_in,
    value_out,
)
from desktop_app.store.store import Work


class GroundChanged(Exception):
    """What the step expects no longer holds; the message says what, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class FactStep:
    """One fact of one document. The origin is None where the value is."""

    document: int
    fact: FactName
    before: FactValue
    after: FactValue
    origin_before: Origin | None
    origin_after: Origin | None

    def reversed(self) -> FactStep:
        return FactStep(
            self.document,
            self.fact,
            self.after,
            self.before,
            self.origin_after,
            self.origin_before,
        )

    def take(self, work: Work) -> Changes:
        document = work.documents.get(self.document)
        if document is None:
            return Changes()
        if getattr(document.facts, self.fact) != self.before:
            word = FACT_WORDS[self.fact]
            raise GroundChanged(f"the {word} of “{document.title}” has been changed since")
        origins = dict(document.facts.origins)
        origins.pop(self.fact, None)
        if self.origin_after is not None:
            origins[self.fact] = self.origin_after
        changed: dict[str, Any] = {self.fact.value: self.after, "origins": origins}
        facts: Facts = replace(document.facts, **changed)
        work.documents.set_facts(self.document, facts)
        return Changes(frozenset([self.document]), frozenset([Kind.FACTS]))

    def to_json(self) -> list[Any]:
        return [
            "fact",
            self.document,
            self.fact.value,
            value_out(self.before),
            value_out(self.after),
            origin_out(self.origin_before),
            origin_out(self.origin_after),
        ]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> FactStep:
        document, name, before, after, origin_before, origin_after = raw
        fact = FactName(name)
        return cls(
            document,
            fact,
            value_in(fact, before),
            value_in(fact, after),
            origin_in(origin_before),
            origin_in(origin_after),
        )


@dataclass(frozen=True, slots=True)
class StateStep:
    """The read state of documents that all had the same before."""

    documents: tuple[int, ...]
    before: ReadState
    after: ReadState

    def reversed(self) -> StateStep:
        return StateStep(self.documents, self.after, self.before)

    def take(self, work: Work) -> Changes:
        present = work.documents.many(self.documents)
        for document in present:
            if document.state != self.before:
                raise GroundChanged(f"“{document.title}” is no longer marked {self.before}")
        ids = [document.id for document in present]
        work.documents.set_state(ids, self.after)
        return Changes(frozenset(ids), frozenset([Kind.STATE]))

    def to_json(self) -> list[Any]:
        return ["state", list(self.documents), self.before.value, self.after.value]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> StateStep:
        documents, before, after = raw
        return cls(tuple(documents), ReadState(before), ReadState(after))


@dataclass(frozen=True, slots=True)
class StarStep:
    """Documents that get the star, or lose it."""

    documents: tuple[int, ...]
    starred: bool

    def reversed(self) -> StarStep:
        return StarStep(self.documents, not self.starred)

    def take(self, work: Work) -> Changes:
        present = work.documents.many(self.documents)
        for document in present:
            if document.starred == self.starred:
                raise GroundChanged(f"the star of “{document.title}” has been changed since")
        ids = [document.id for document in present]
        work.documents.set_starred(ids, self.starred)
        return Changes(frozenset(ids), frozenset([Kind.STATE]))

    def to_json(self) -> list[Any]:
        return ["star", list(self.documents), self.starred]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> StarStep:
        documents, starred = raw
        return cls(tuple(documents), starred)


@dataclass(frozen=True, slots=True)
class TrashStep:
    """Documents that go into the trash together (when says since when), or come out of it (None)."""

    documents: tuple[int, ...]
    before: datetime | None
    after: datetime | None

    def reversed(self) -> TrashStep:
        return TrashStep(self.documents, self.after, self.before)

    def take(self, work: Work) -> Changes:
        present = work.documents.many(self.documents)
        for document in present:
            if (document.trashed_at is None) != (self.before is None):
                where = "in" if document.trashed_at else "out of"
                raise GroundChanged(f"“{document.title}” is {where} the trash by now")
        ids = [document.id for document in present]
        work.documents.set_trashed(ids, self.after)
        return Changes(frozenset(ids), frozenset([Kind.STATE]))

    def to_json(self) -> list[Any]:
        return ["trash", list(self.documents), time_out(self.before), time_out(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TrashStep:
        documents, before, after = raw
        return cls(tuple(documents), time_in(before), time_in(after))


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


Step = (
    FactStep | StateStep | StarStep | TrashStep | TaggingStep | TagStep | CollectionStep | UseStep
)

_READERS: dict[str, Callable[[Sequence[Any]], Step]] = {
    "fact": FactStep.from_json,
    "state": StateStep.from_json,
    "star": StarStep.from_json,
    "trash": TrashStep.from_json,
    "tagging": TaggingStep.from_json,
    "tag": TagStep.from_json,
    "collection": CollectionStep.from_json,
    "use": UseStep.from_json,
}


def step_from_json(raw: Sequence[Any]) -> Step:
    """Read back what a step's to_json gave."""
    return _READERS[raw[0]](raw[1:])


@dataclass(slots=True)
class Taking:
    """Steps as they are taken in one transaction, to be kept for undo."""

    work: Work
    steps: list[Step] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def take(self, step: Step) -> None:
        """Take a step and keep it; GroundChanged where it does not find what it expects."""
        self.changes |= step.take(self.work)
        self.steps.append(step)

    def made(self, step: Step) -> None:
        """Keep a step that was taken by making something whose id was not known before."""
        self.steps.append(step)
        self.changes |= Changes(
            kinds=frozenset([Kind.TAGS if isinstance(step, TagStep) else Kind.COLLECTIONS])
        )

    def take_all(self, steps: Iterable[Step]) -> None:
        """Take steps in order."""
        for step in steps:
            self.take(step)


def reversed_steps(steps: Sequence[Step]) -> list[Step]:
    """The steps that take all of these back, in the order to take them."""
    return [step.reversed() for step in reversed(steps)]
