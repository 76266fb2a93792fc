"""What a person can do to documents: each command finds the steps it comes to in the library now.

A command is a plain value. `do` looks, takes the steps and returns the name that the undo menu
shows, complete with the count of what really changed. Where nothing is left to do it takes no
step. The commands on tags themselves are in `tags`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Document, FactName, Origin, OriginKind, ReadState, TextRole
from desktop_app.core.text import one_line
from desktop_app.library.document_steps import (
    FactStep,
    StarStep,
    StateStep,
    TextStep,
    TrashStep,
)
from desktop_app.library.step_values import FACT_WORDS, FactValue, value_in
from desktop_app.library.steps import Taking
from desktop_app.library.tags.steps import TaggingStep
from desktop_app.store.store import Work

# A fact has to fit a line; what is longer was pasted into the wrong field.
LONGEST_FACT = 2_000


class Command(Protocol):
    """A change that a person asked for."""

    def do(self, taking: Taking) -> str:
        """Take the steps and name what was done; BadUsage where it cannot be done."""
        ...


def counted(documents: Sequence[int]) -> str:
    """Write how many documents there are."""
    return "1 document" if len(documents) == 1 else f"{len(documents):,} documents"


@dataclass(frozen=True, slots=True)
class SetFacts:
    """Set facts of documents by hand; None (for authors: ()) says that it is not known."""

    documents: tuple[int, ...]
    changes: Mapping[FactName, FactValue]

    def do(self, taking: Taking) -> str:
        wanted = {fact: _checked(fact, value) for fact, value in self.changes.items()}
        touched: set[int] = set()
        for document in taking.work.documents.many(self.documents):
            for fact, value in wanted.items():
                if _set_by_hand(taking, document, fact, value):
                    touched.add(document.id)
        words = ", ".join(FACT_WORDS[fact] for fact in FactName if fact in wanted)
        return f"Change the {words} of {counted(sorted(touched))}"


@dataclass(frozen=True, slots=True)
class AcceptFacts:
    """Take proposed facts as one's own; from then on nothing automatic changes them.

    choices: (document, fact, value); a date may be given as text.
    """

    choices: tuple[tuple[int, FactName, FactValue], ...]

    def do(self, taking: Taking) -> str:
        wanted: dict[int, dict[FactName, FactValue]] = {}
        for document_id, fact, value in self.choices:
            known = value if isinstance(value, PartialDate) else value_in(fact, value)
            wanted.setdefault(document_id, {})[fact] = _checked(fact, known)
        accepted: list[FactName] = []
        touched: set[int] = set()
        for document in taking.work.documents.many(list(wanted)):
            for fact, value in wanted[document.id].items():
                if _set_by_hand(taking, document, fact, value):
                    accepted.append(fact)
                    touched.add(document.id)
        facts = "1 fact" if len(accepted) == 1 else f"{len(accepted):,} facts"
        return f"Accept {facts} of {counted(sorted(touched))}"


def _set_by_hand(taking: Taking, document: Document, fact: FactName, value: FactValue) -> bool:
    """Set a fact as the user's word; False where it is that already."""
    before = getattr(document.facts, fact)
    origin = document.facts.origins.get(fact)
    if before == value and (origin is None or origin.kind is OriginKind.YOU):
        return False
    # That a fact is not known is the user's word too, not to be proposed over.
    by_hand = Origin(OriginKind.YOU)
    taking.take(FactStep(document.id, fact, before, value, origin, by_hand))
    return True


def _checked(fact: FactName, value: FactValue) -> FactValue:
    if fact is FactName.AUTHORS:
        names = value if isinstance(value, tuple) else ()
        lines = (one_line(name) for name in names)
        return tuple(line for line in lines if line)
    if isinstance(value, str):
        value = one_line(value) or None
        if value and len(value) > LONGEST_FACT:
            raise BadUsage(
                f"The {FACT_WORDS[fact]} is {len(value):,} characters long.",
                f"The longest that can be kept is {LONGEST_FACT:,}.",
            )
    if fact is FactName.TITLE and not value:
        raise BadUsage("A document needs a title.", "The old title has been kept.")
    return value


@dataclass(frozen=True, slots=True)
class UseText:
    """Show the whole page of documents, or only the article; those that have no choice are left."""

    documents: tuple[int, ...]
    whole: bool

    def do(self, taking: Taking) -> str:
        texts = taking.work.texts
        wanted = TextRole.WHOLE if self.whole else TextRole.MAIN
        choice = texts.with_whole_page(self.documents)
        asked = (document for document in dict.fromkeys(self.documents) if document in choice)
        ids = tuple(document for document in asked if texts.in_use(document) is not wanted)
        if ids:
            taking.take(TextStep(ids, self.whole))
        return f"Show the {'whole page' if self.whole else 'article'} of {counted(ids)}"


@dataclass(frozen=True, slots=True)
class SetState:
    """Mark documents unread, being read, or read."""

    documents: tuple[int, ...]
    state: ReadState

    def do(self, taking: Taking) -> str:
        before: dict[ReadState, list[int]] = defaultdict(list)
        for document in taking.work.documents.list_marks(self.documents):
            if document.state is not self.state:
                before[document.state].append(document.id)
        for state, ids in before.items():
            taking.take(StateStep(tuple(ids), state, self.state))
        return f"Mark {counted([i for ids in before.values() for i in ids])} {self.state}"


@dataclass(frozen=True, slots=True)
class SetStarred:
    """Give documents the star, or take it away."""

    documents: tuple[int, ...]
    starred: bool

    def do(self, taking: Taking) -> str:
        present = taking.work.documents.list_marks(self.documents)
        ids = tuple(document.id for document in present if document.starred != self.starred)
        if ids:
            taking.take(StarStep(ids, self.starred))
        return f"{'Star' if self.starred else 'Unstar'} {counted(ids)}"


@dataclass(frozen=True, slots=True)
class SetTrashed:
    """Put documents into the trash, or take them out of it."""

    documents: tuple[int, ...]
    trashed: bool

    def do(self, taking: Taking) -> str:
        since: dict[datetime | None, list[int]] = defaultdict(list)
        for document in taking.work.documents.list_marks(self.documents):
            if (document.trashed_at is not None) != self.trashed:
                since[document.trashed_at].append(document.id)
        for when, ids in since.items():
            taking.take(TrashStep(tuple(ids), when, datetime.now(UTC) if self.trashed else None))
        moved = counted([i for ids in since.values() for i in ids])
        return f"Move {moved} to the trash" if self.trashed else f"Take {moved} out of the trash"


@dataclass(frozen=True, slots=True)
class AddTag:
    """Put a tag on documents."""

    tag: int
    documents: tuple[int, ...]

    def do(self, taking: Taking) -> str:
        work = taking.work
        name = tag_in_quotes(work, self.tag)
        has = work.taggings.of_tag(self.tag)
        present = work.documents.present(self.documents)
        ids = tuple(document for document in present if document not in has)
        if ids:
            taking.take(TaggingStep(self.tag, ids, True))
        return f"Tag {counted(ids)} {name}"


@dataclass(frozen=True, slots=True)
class RemoveTag:
    """Take a tag off documents."""

    tag: int
    documents: tuple[int, ...]

    def do(self, taking: Taking) -> str:
        name = tag_in_quotes(taking.work, self.tag)
        has = taking.work.taggings.of_tag(self.tag)
        ids = tuple(document for document in dict.fromkeys(self.documents) if document in has)
        if ids:
            taking.take(TaggingStep(self.tag, ids, False))
        elif marked := taking.work.highlights.carrying_in(self.tag, self.documents):
            where = "the document" if len(self.documents) == 1 else "the documents"
            highlights = "a highlight" if len(marked) == 1 else f"{len(marked):,} highlights"
            raise BadUsage(
                f"The tag {name} is on {highlights} in {where}, and not on {where} as a whole.",
                "Nothing has been changed; take it off the highlights.",
            )
        return f"Take the tag {name} off {counted(ids)}"


def tag_in_quotes(work: Work, tag: int) -> str:
    """The tag's name in quotation marks; BadUsage where the tag is gone."""
    found = work.tags.get(tag)
    if found is None:
        raise BadUsage("The tag has been deleted.", "Undo brings it back.")
    return f"“{found.name}”"
