"""Which documents, and which highlights, a tree holds for: sets joined as the tree says."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from datetime import date

from desktop_app.core.query_tree import (
    And,
    Everything,
    Fact,
    FactField,
    Family,
    Impossible,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Place,
    Said,
    Same,
    Special,
    TagValue,
)
from desktop_app.library.hearing import Heard
from desktop_app.library.tags.reading import TagReading, reading_of
from desktop_app.store.filters import holding, tagged
from desktop_app.store.passage_filters import documents_of_highlights, highlights_tagged
from desktop_app.store.store import Snapshot

_TAGS = (FactField.TAG, FactField.DOCTAG, FactField.HLTAG)


class Sets:
    """Looks the parts of trees up, each once, against one snapshot and what the index answered."""

    def __init__(self, snapshot: Snapshot, heard: Heard, today: date) -> None:
        self._snapshot = snapshot
        self._heard = [heard]
        self._today = today
        self._documents: dict[Leaf, AbstractSet[int]] = {}
        self._highlights: dict[Leaf, AbstractSet[int]] = {}
        self._tags: TagReading | None = None
        self._standing: dict[int, int] | None = None
        self.notes: list[str] = []

    def take(self, heard: Heard) -> None:
        """Take in what the index answered to parts of other trees."""
        self._heard.append(heard)

    @property
    def tags(self) -> TagReading:
        """The tags of the library as names."""
        if self._tags is None:
            self._tags = reading_of(self._snapshot)
        return self._tags

    @property
    def standing(self) -> dict[int, int]:
        """The document of each highlight, by document and then by place."""
        if self._standing is None:
            self._standing = documents_of_highlights(self._snapshot.connection)
        return self._standing

    def documents(self, tree: Node, scope: set[int]) -> set[int]:
        """The documents inside a scope that a tree holds for."""
        match tree:
            case Everything():
                return scope
            case Not(part):
                return scope - self.documents(part, scope)
            case Or(parts):
                return set().union(*(self.documents(part, scope) for part in parts))
            case And(parts):
                for part in parts:
                    scope = self.documents(part, scope)
                return scope
            case _:
                if tree not in self._documents:
                    self._documents[tree] = self._found_documents(tree)
                return scope & self._documents[tree]

    def highlights(self, tree: Node, scope: set[int]) -> set[int]:
        """The highlights inside a scope that a tree holds for."""
        match tree:
            case Everything():
                return scope
            case Not(part):
                return scope - self.highlights(part, scope)
            case Or(parts):
                return set().union(*(self.highlights(part, scope) for part in parts))
            case And(parts):
                for part in parts:
                    scope = self.highlights(part, scope)
                return scope
            case Same(part):
                return self.highlights(part, scope)
            case _:
                if tree not in self._highlights:
                    self._highlights[tree] = self._found_highlights(tree)
                return scope & self._highlights[tree]

    def highlights_in(self, documents: Collection[int]) -> set[int]:
        """The highlights of some documents."""
        return {each for each, of in self.standing.items() if of in documents}

    def documents_with(self, highlights: Collection[int]) -> set[int]:
        """The documents that some highlights stand in."""
        return set(map(self.standing.__getitem__, highlights))

    def _found_documents(self, leaf: Leaf) -> AbstractSet[int]:
        match leaf:
            case Said() | Family() | Near():
                return frozenset(
                    next(h.documents[leaf].ids for h in self._heard if leaf in h.documents)
                )
            case Same(part):
                return self.documents_with(self.highlights(part, set(self.standing)))
            case Fact(name, TagValue() as value) if name in _TAGS:
                connection, tags = self._snapshot.connection, self._meant(value)
                return tagged(
                    connection,
                    tags,
                    documents=name is not FactField.HLTAG,
                    highlights=name is not FactField.DOCTAG,
                )
            case Fact():
                return holding(self._snapshot.connection, leaf, today=self._today)
            case Impossible():
                return frozenset()

    def _found_highlights(self, leaf: Leaf) -> AbstractSet[int]:
        match leaf:
            case Said() | Family() | Near() if leaf.place is Place.TITLE:
                return self.highlights_in(
                    next(h.titled[leaf] for h in self._heard if leaf in h.titled)
                )
            case Said() | Family() | Near():
                return next(h.highlights[leaf] for h in self._heard if leaf in h.highlights)
            case Fact(FactField.TAG | FactField.HLTAG, TagValue() as value):
                return highlights_tagged(self._snapshot.connection, self._meant(value))
            case Fact(FactField.TAG | FactField.HLTAG, Special.NONE):
                return self.standing.keys() - highlights_tagged(self._snapshot.connection, None)
            case _:
                if leaf not in self._documents:
                    self._documents[leaf] = self._found_documents(leaf)
                return self.highlights_in(self._documents[leaf])

    def _meant(self, value: TagValue) -> frozenset[int]:
        meant = self.tags.meant(value)
        if meant.note and meant.note not in self.notes:
            self.notes.append(meant.note)
        return meant.tags
