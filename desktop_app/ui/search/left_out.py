"""The values that a query leaves out, for the lists of values in which nothing has them any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from desktop_app.core.query import parse
from desktop_app.core.query_tree import Fact, FactField, Node, Not
from desktop_app.library.answer import FacetValue

_LISTS = {
    FactField.TAG: "tag",
    FactField.DOCTAG: "tag",
    FactField.HLTAG: "tag",
    FactField.SOURCE: "source",
    FactField.DATE: "year",
    FactField.TYPE: "type",
    FactField.LANG: "language",
    FactField.IS: "state",
}


@lru_cache(maxsize=4_096)
def asked(part: str) -> Node:
    """What a part of a query asks for."""
    return parse(part).tree


def left_out(
    field: str, in_force: Iterable[Node], known: Iterable[FacetValue]
) -> tuple[FacetValue, ...]:
    """The values of a field that are left out. known: those shown before, for their labels."""
    facts = {
        node.part: None
        for node in in_force
        if isinstance(node, Not)
        and isinstance(node.part, Fact)
        and _LISTS.get(node.part.name) == field
    }
    if not facts:
        return ()  # what is known need not be read: of thousands that takes a second at each key
    by_fact = {asked(value.part): value for value in known}
    return tuple(by_fact.get(fact) or FacetValue(_label(fact), fact.typed, 0) for fact in facts)


def standing(
    found: Sequence[FacetValue], without: Iterable[FacetValue], before: Sequence[FacetValue]
) -> tuple[FacetValue, ...]:
    """The values of a list with what is left out where it stood before, or else at the end."""
    made = list(found)
    for value in sorted(without, key=lambda each: _place(each, before)):
        made.insert(_place(value, before), value)
    return tuple(made)


def _place(value: FacetValue, before: Sequence[FacetValue]) -> int:
    return before.index(value) if value in before else len(before) + 10_000


def _label(fact: Fact) -> str:
    words = fact.typed.partition(":")[2].strip('"')
    return words.capitalize() if fact.name is FactField.IS else words
