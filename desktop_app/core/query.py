"""Read what a person typed into the search box.

`parse` takes any string at all and never raises. What cannot be meant is either text, with a note
that says so, or an error with its place in the line and an example; a query with an error does not
run. Nothing is looked up here: whether a tag exists is for those who answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.core import query_directives as directives
from desktop_app.core.model import Sort
from desktop_app.core.query_reading import Reader
from desktop_app.core.query_report import Directive, QueryError
from desktop_app.core.query_tree import (
    Everything,
    Leaf,
    Node,
    Spoken,
    in_folded_too,
    leaves,
    straighten,
    tag_text,
    wanted,
)
from desktop_app.core.query_words import ORDERS, Piece, in_pieces, no_note

# Raised when a query that was kept as text would be read otherwise; saved searches keep it.
GRAMMAR = 1

__all__ = ["GRAMMAR", "Query", "QueryError", "parse", "straighten", "tag_text"]


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. notes: sentences on how something was read, without repeats.

    folded: whether words are looked for in folded parts of texts too; so every part says itself.
    copies: whether each copy of a text is given by itself. passages: whether highlights are asked
    for, not documents. sort: the order that the query itself asks for, if it does. directives: the
    parts of the line that ask for these, from left to right.
    """

    source: str
    tree: Node
    problems: tuple[QueryError, ...] = ()
    notes: tuple[str, ...] = ()
    folded: bool = False
    copies: bool = False
    passages: bool = False
    sort: Sort | None = None
    directives: tuple[Directive, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is asked, so that everything is the answer."""
        return isinstance(self.tree, Everything)

    def parts(self) -> list[Leaf]:
        """The parts that ask something, from left to right, repeats kept."""
        return leaves(self.tree)

    def wanted(self) -> list[Spoken]:
        """What documents are found by in their texts, that which no NOT stands over."""
        return wanted(self.tree)

    def words(self, note: Callable[[Leaf], str] = no_note) -> str:
        """What is asked, in plain words; brackets show how AND and OR were read.

        note: what to say behind each part, such as " (12)".
        """
        return "".join(piece.text for piece in self.pieces(note))

    def pieces(self, note: Callable[[Leaf], str] = no_note) -> tuple[Piece, ...]:
        """The same words in pieces, each with the part that it speaks of, None between them."""
        said = list(in_pieces(self.tree, note))
        if self.passages:
            said.insert(0, Piece("highlighted passages: "))
        if self.copies:
            said.append(Piece(", copies of a text by themselves"))
        if self.sort is not None:
            said.append(Piece(f", {ORDERS[self.sort]}"))
        return tuple(said)

    def __str__(self) -> str:
        said = [str(self.tree)] if str(self.tree) else []
        return " ".join((*said, *self.asides()))

    def asides(self) -> list[str]:
        """The parts that say how the line is answered, as they are typed, each once."""
        return [
            *(["in:all"] if self.folded else []),
            *(["dup:all"] if self.copies else []),
            *(["find:passages"] if self.passages else []),
            *([f"sort:{self.sort.value}"] if self.sort is not None else []),
        ]


def parse(text: str) -> Query:
    """Read a query; any text is one."""
    reader = Reader(straighten(text))
    tree = reader.read_any(depth=0) or Everything()
    given = reader.directives
    folded = directives.has(given, directives.FOLDS)
    return Query(
        text,
        in_folded_too(tree) if folded else tree,
        tuple(reader.problems),
        tuple(dict.fromkeys(reader.notes)),
        folded,
        directives.has(given, directives.COPIES),
        directives.has(given, directives.UNIT),
        directives.sort_of(given),
        tuple(given),
    )
