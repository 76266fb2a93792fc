"""Read what a person typed into the search box.

`parse` takes any string at all and never raises. What cannot be meant is either text, with a note
that says so, or an error with its place in the line and an example; a query with an error does not
run. Nothing is looked up here: whether a tag exists is for those who answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.model import Sort
from desktop_app.core.query_reading import QueryError, Reader
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
from desktop_app.core.query_words import in_words

# Raised when a query that was kept as text would be read otherwise; saved searches keep it.
GRAMMAR = 1

__all__ = ["GRAMMAR", "Query", "QueryError", "parse", "straighten", "tag_text"]


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read. notes: sentences on how something was read, without repeats.

    folded: whether words are looked for in folded parts of texts too; so every part says itself.
    """

    source: str
    tree: Node
    problems: tuple[QueryError, ...] = ()
    notes: tuple[str, ...] = ()
    folded: bool = False
    copies: bool = False
    passages: bool = False
    sort: Sort | None = None

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

    def words(self) -> str:
        """What is asked, in plain words; brackets show how AND and OR were read."""
        return in_words(self.tree)

    def __str__(self) -> str:
        return f"{self.tree} in:all".lstrip() if self.folded else str(self.tree)


def parse(text: str) -> Query:
    """Read a query; any text is one."""
    reader = Reader(straighten(text))
    tree = reader.read_any(depth=0) or Everything()
    if reader.folded:
        tree = in_folded_too(tree)
    notes = tuple(dict.fromkeys(reader.notes))
    return Query(text, tree, tuple(reader.problems), notes, reader.folded)
