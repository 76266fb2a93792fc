"""How much carries each tag or one below it, counted where the index is kept; see looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_app.core.errors import Problem
from desktop_app.store.store import Snapshot, Store

if TYPE_CHECKING:
    from desktop_app.library.indexing import IndexProcess, InlineIndex

_COUNTED = {"documents": "documents_below", "highlights": "highlights_below"}


def tags_below(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Count documents, or highlights as the argument says, of each tag with those below it."""
    counts = getattr(snapshot.tags, _COUNTED[argument])()
    return sorted(counts.items()), b""


def counts_below(
    store: Store, index: IndexProcess | InlineIndex
) -> tuple[dict[int, int], dict[int, int]]:
    """Have documents, and highlights, counted of each tag with those below it."""
    try:
        documents, highlights = (dict(index.look("tags below", each)[0]) for each in _COUNTED)
    except Problem:  # the index is no place to count now; the counts are needed all the same
        with store.read() as snapshot:
            return snapshot.tags.documents_below(), snapshot.tags.highlights_below()
    return documents, highlights
