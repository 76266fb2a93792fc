"""The steps of changes to documents: a fact, the state, the star, the trash, the text in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import FactName, Facts, Origin, ReadState, TextRole
from desktop_app.core.places import carried
from desktop_app.library.step_values import (
    FACT_WORDS,
    FactValue,
    GroundChanged,
    ids_in,
    ids_out,
    origin_in,
    origin_out,
    time_in,
    time_out,
    value_in,
    value_out,
)
from desktop_app.store.store import Work


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
        present = work.documents.list_marks(self.documents)
        for document in present:
            # Reading on makes an unread document one that is being read; nobody said so.
            read_on = (self.before, document.state) == (ReadState.UNREAD, ReadState.READING)
            if document.state != self.before and not read_on:
                raise GroundChanged(f"“{document.title}” is no longer marked {self.before}")
        ids = [document.id for document in present]
        work.documents.set_state(ids, self.after)
        return Changes(frozenset(ids), frozenset([Kind.STATE]))

    def to_json(self) -> list[Any]:
        return ["state", ids_out(self.documents), self.before.value, self.after.value]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> StateStep:
        documents, before, after = raw
        return cls(ids_in(documents), ReadState(before), ReadState(after))


@dataclass(frozen=True, slots=True)
class StarStep:
    """Documents that get the star, or lose it."""

    documents: tuple[int, ...]
    starred: bool

    def reversed(self) -> StarStep:
        return StarStep(self.documents, not self.starred)

    def take(self, work: Work) -> Changes:
        present = work.documents.list_marks(self.documents)
        for document in present:
            if document.starred == self.starred:
                raise GroundChanged(f"the star of “{document.title}” has been changed since")
        ids = [document.id for document in present]
        work.documents.set_starred(ids, self.starred)
        return Changes(frozenset(ids), frozenset([Kind.STATE]))

    def to_json(self) -> list[Any]:
        return ["star", ids_out(self.documents), self.starred]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> StarStep:
        documents, starred = raw
        return cls(ids_in(documents), starred)


@dataclass(frozen=True, slots=True)
class TrashStep:
    """Documents that go into the trash together (when says since when), or come out of it (None)."""

    documents: tuple[int, ...]
    before: datetime | None
    after: datetime | None

    def reversed(self) -> TrashStep:
        return TrashStep(self.documents, self.after, self.before)

    def take(self, work: Work) -> Changes:
        present = work.documents.list_marks(self.documents)
        for document in present:
            if (document.trashed_at is None) != (self.before is None):
                where = "in" if document.trashed_at else "out of"
                raise GroundChanged(f"“{document.title}” is {where} the trash by now")
        ids = [document.id for document in present]
        work.documents.set_trashed(ids, self.after)
        return Changes(frozenset(ids), frozenset([Kind.STATE]))

    def to_json(self) -> list[Any]:
        return ["trash", ids_out(self.documents), time_out(self.before), time_out(self.after)]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TrashStep:
        documents, before, after = raw
        return cls(ids_in(documents), time_in(before), time_in(after))


@dataclass(frozen=True, slots=True)
class TextStep:
    """Documents of which the whole page is put in use (their article was), or the article."""

    documents: tuple[int, ...]
    whole: bool

    def reversed(self) -> TextStep:
        return TextStep(self.documents, not self.whole)

    def take(self, work: Work) -> Changes:
        present = work.documents.many(self.documents)
        before, after = TextRole.MAIN, TextRole.WHOLE
        if not self.whole:
            before, after = after, before
        for document in present:
            if work.texts.in_use(document.id) is not before:
                raise GroundChanged(f"“{document.title}” shows another text since")
            if after not in work.texts.roles(document.id):
                raise GroundChanged(f"“{document.title}” has been read again since")
        for document in present:
            old = work.texts.canonical(document.id)
            new = work.texts.use(document.id, after).canonical
            # Carried over anew each time: the reader may have moved on in the other text.
            position = carried(document.position, old, new)
            work.documents.set_progress(document.id, progress=document.progress, position=position)
        return Changes(frozenset(found.id for found in present), frozenset([Kind.TEXT]))

    def to_json(self) -> list[Any]:
        return ["text", ids_out(self.documents), self.whole]

    @classmethod
    def from_json(cls, raw: Sequence[Any]) -> TextStep:
        documents, whole = raw
        return cls(ids_in(documents), whole)
