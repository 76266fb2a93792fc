"""Fold documents with equal texts under the first of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import filterfalse

from desktop_app.core.query import Query
from desktop_app.core.query_tree import Choice, Fact, FactField, leaves

_SHOWING_ALL = (Choice("duplicate"), Choice("trash"))


def may_fold(query: Query, view: Query) -> bool:
    """Whether copies stand under one another where a query asks something."""
    if query.copies or view.copies or query.passages:
        return False
    asked = (*leaves(query.tree), *leaves(view.tree))
    return not any(
        isinstance(leaf, Fact) and leaf.name is FactField.IS and leaf.value in _SHOWING_ALL
        for leaf in asked
    )


class Folding:
    """Groups of documents with equal texts. No groups: nothing is folded."""

    def __init__(self, groups: Iterable[Sequence[int]] = ()) -> None:
        self._group = {id_: number for number, group in enumerate(groups) for id_ in group}

    def folded(self, order: array[int]) -> tuple[array[int], dict[int, tuple[int, ...]]]:
        """Leave of each group only the first in an order; the others stand by it, ascending."""
        first: dict[int, int] = {}
        below: dict[int, list[int]] = {}
        for id_ in filter(self._group.__contains__, order):
            top = first.setdefault(self._group[id_], id_)
            if top != id_:
                below.setdefault(top, []).append(id_)
        if not below:
            return order, {}
        hidden = {id_ for others in below.values() for id_ in others}
        kept = array("q", filterfalse(hidden.__contains__, order))
        return kept, {top: tuple(sorted(others)) for top, others in below.items()}

    def rows(self, ids: AbstractSet[int]) -> int:
        """How many rows documents make."""
        if not self._group:
            return len(ids)
        twice = ids & self._group.keys()
        return len(ids) - len(twice) + len({self._group[id_] for id_ in twice})
