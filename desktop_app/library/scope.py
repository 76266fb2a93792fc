"""A question as it is read, and what it is asked among: documents or highlights inside a view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.query import Query, QueryError, parse
from desktop_app.core.query_tree import (
    And,
    Choice,
    Fact,
    FactField,
    Impossible,
    Node,
    Or,
    in_folded_too,
    leaves,
)
from desktop_app.library.hearing import Heard, Hearing
from desktop_app.library.holding import Sets
from desktop_app.store.store import Snapshot

MOST_PARTS = 400


@dataclass(frozen=True, slots=True)
class Question:
    """A query inside a view, read. off: parts that are switched off."""

    query: Query
    view: Query
    within: str
    off: tuple[Node, ...] = ()
    errors: tuple[QueryError, ...] = ()

    @classmethod
    def of(cls, text: str, within: str, off: Sequence[str] = ()) -> Question:
        """Read a query and its view; what is wrong with the view is told as a note elsewhere."""
        query, view = parse(text), parse(within)
        errors = query.problems
        if len(query.parts()) > MOST_PARTS:
            message = (
                f"This asks for {len(query.parts()):,} things at once; the most is {MOST_PARTS}."
            )
            errors = (*errors, QueryError(0, len(text), message))
        trees = (parse(each).tree for each in off)
        return cls(
            query,
            view,
            within,
            tuple(in_folded_too(tree) if query.folded else tree for tree in trees),
            errors,
        )

    def hear(self, hearing: Hearing) -> Heard:
        """Ask the index for all that is said in it."""
        documents: list[Node] = []
        highlights: list[Node] = []
        (highlights if self.query.passages else documents).append(self.query.tree)
        (highlights if self.view.passages else documents).append(self.view.tree)
        return hearing.hear(documents, highlights)

    def hear_off(self, hearing: Hearing) -> tuple[Heard | None, ...]:
        """Ask for the parts that are switched off; None for one that cannot run.

        Apart from the query, which they must not keep from running.
        """

        def heard_of(*trees: Node) -> Heard:
            return hearing.hear(*((), trees) if self.query.passages else (trees, ()))

        if not self.off:
            return ()
        together = heard_of(*self.off)
        each = (together if not together.too_many else heard_of(tree) for tree in self.off)
        return tuple(
            None if heard.too_many or _impossible(tree) else heard
            for tree, heard in zip(self.off, each, strict=True)
        )


class Scope:
    """What a question is asked among, and what its trees hold for there."""

    def __init__(self, snapshot: Snapshot, question: Question, heard: Heard, today: date) -> None:
        self.sets = Sets(snapshot, heard, today)
        self.passages = question.query.passages
        trees = (question.query.tree, question.view.tree)
        documents = snapshot.documents.all_ids()
        if any(map(asks_for_trash, trees)):
            documents |= snapshot.documents.all_ids(trashed=True)
        if question.view.passages:
            inside = self.sets.highlights_in(documents)
            inside = self.sets.highlights(question.view.tree, inside)
            documents &= self.sets.documents_with(inside)
            self.all = inside if self.passages else documents
        else:
            documents = self.sets.documents(question.view.tree, documents)
            self.all = self.sets.highlights_in(documents) if self.passages else documents

    def count_off(self, tree: Node, heard: Heard | None) -> int | None:
        """How many a part holds that is switched off."""
        if heard is None:
            return None
        self.sets.take(heard)
        return len(self.holding(tree))

    def holding(self, tree: Node) -> set[int]:
        """The documents in the scope that a tree holds for; with `find:passages` highlights."""
        if self.passages:
            return self.sets.highlights(tree, self.all)
        return self.sets.documents(tree, self.all)


def asks_for_trash(node: Node) -> bool:
    """Whether documents in the trash are asked for, and not only kept out."""
    match node:
        case And(parts) | Or(parts):
            return any(asks_for_trash(part) for part in parts)
        case Fact(FactField.IS, Choice("trash")):
            return True
    return False


def _impossible(tree: Node) -> bool:
    return any(isinstance(leaf, Impossible) for leaf in leaves(tree))
