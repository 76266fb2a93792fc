"""Put documents first in which the words of a query stand near each other.

As in Metzler and Croft, “A Markov random field model for term dependencies” (SIGIR 2005): words that
were typed side by side, each with the one behind it, within a window of eight words. Looked at are
only the documents that fit best by their words, as search engines rescore the top of a list, so
that it costs the same however many are found. What is found stays as it is; only the order changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nlargest
from itertools import pairwise

from desktop_app.core.query_tree import Near, Node, Said, WordKind, conjuncts
from desktop_app.library.hearing import Index

_WINDOW = 8
_LOOKED_AT = 60
_MOST_PAIRS = 4


def nearer_first(index: Index, tree: Node, scores: Mapping[int, float]) -> dict[int, float]:
    """Raise the scores of documents for each two words of a query that stand near each other.

    By the best score of all for each, so that these come before all others.
    """
    raised = dict(scores)
    pairs = list(_pairs(tree))[:_MOST_PAIRS]
    if not pairs or len(scores) < 2:
        return raised
    best = nlargest(_LOOKED_AT, scores, key=scores.__getitem__)
    step = scores[best[0]]
    for found in index.ask(pairs, frozenset(best)).answers.found:
        for id_ in found.ids:
            raised[id_] = raised.get(id_, 0.0) + step
    return raised


def _pairs(tree: Node) -> Iterator[Near]:
    for one, other in pairwise(conjuncts(tree)):
        if (
            isinstance(one, Said)
            and isinstance(other, Said)
            and (one.place, one.folded) == (other.place, other.folded)
            and one.words != other.words
            and all(len(said.words) == 1 for said in (one, other))
            and all(said.words[0].kind is WordKind.PLAIN for said in (one, other))
        ):
            yield Near((one, other), _WINDOW)
