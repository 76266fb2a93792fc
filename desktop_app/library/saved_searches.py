"""The searches of an open library that are kept: what they give now, and what is new in that."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.saved_searches import (
    LONGEST_QUERY,
    Asked,
    SavedSearch,
    asks_the_same,
    kept_text,
)
from desktop_app.core.words import fold
from desktop_app.store.store import Store

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer

_RECENT = 8


class Ask(Protocol):
    """What answers a query."""

    def __call__(self, query: str, *, stop: threading.Event | None = None) -> Answer: ...


@dataclass(frozen=True, slots=True)
class SearchCount:
    """What a saved search gives now.

    total: rows, copies of a text under one. new: those of them of which nothing was there when it
    was last looked at; 0 where it never was. behind: documents that the index had still to take in,
    so that there may be more. trouble: why it cannot run, "" where it can; then the rest is 0.
    """

    total: int = 0
    new: int = 0
    behind: int = 0
    trouble: str = ""


class SavedSearches:
    """The saved searches and the history of an open library; the former are changed by commands."""

    def __init__(self, store: Store, ask: Ask) -> None:
        self._store = store
        self._ask = ask

    def all(self) -> list[SavedSearch]:
        """All saved searches in their order."""
        with self._store.read() as snapshot:
            return snapshot.saved_searches.all()

    def counts(
        self,
        *,
        stop: threading.Event | None = None,
        on_count: Callable[[int, SearchCount], None] = lambda search, count: None,
    ) -> Mapping[int, SearchCount]:
        """What each gives now, by id; of those behind a stop nothing is said.

        on_count: is called with each as soon as it is known.
        """
        found: dict[int, SearchCount] = {}
        for search in self.all():
            answer = self._ask(search.query, stop=stop)
            if answer.stopped or (stop is not None and stop.is_set()):
                break
            found[search.id] = self._count(search, answer)
            on_count(search.id, found[search.id])
        return found

    def looked(self, search: int, answer: Answer | None = None) -> None:
        """Note that somebody looks at what a saved search gives; from now on that is not new.

        answer: what its query gave, in no view; None asks it now. Where it is partial, what was
        there before counts as looked at still. A library that is open for reading only keeps none.
        """
        if self._store.read_only:
            return
        with self._store.read() as snapshot:
            kept = snapshot.saved_searches.get(search)
            before = snapshot.saved_searches.looked(search)
        if kept is None:
            return
        answer = answer or self._ask(kept.query)
        if answer.stopped or answer.errors or answer.within:
            return
        if not asks_the_same(answer.query.source, kept.query):
            return
        ids = _everything(answer)
        if answer.behind and before is not None:
            ids |= before.ids  # what the index has not taken in yet is not gone
        if before is None or before.ids != ids:
            with self._store.write() as work:
                work.saved_searches.set_looked(search, ids)

    def _count(self, search: SavedSearch, answer: Answer) -> SearchCount:
        if answer.errors:
            return SearchCount(trouble=" ".join(error.message for error in answer.errors))
        with self._store.read() as snapshot:
            looked = snapshot.saved_searches.looked(search.id)
        ids = answer.ids if answer.highlights is None else answer.highlights
        rows = [(each, *answer.copies.get(each, ())) for each in ids]
        new = 0
        if looked is not None:
            new = sum(looked.ids.isdisjoint(row) for row in rows)
        return SearchCount(len(rows), new, answer.behind)

    # What was asked before

    def note(self, query: str) -> None:
        """Note in the history that a query was asked; it is no step of undo."""
        query = kept_text(query)
        if query and len(query) <= LONGEST_QUERY and not self._store.read_only:
            with self._store.write() as work:
                work.search_history.note(query)

    def recent(self, prefix: str = "", *, limit: int = _RECENT) -> list[Asked]:
        """What was asked before, newest first: what begins with these letters, then what has them."""
        wanted = fold(prefix.strip())
        with self._store.read() as snapshot:
            known = snapshot.search_history.newest()
        begin = [each for each in known if fold(each.query).startswith(wanted)]
        hold = [each for each in known if wanted in fold(each.query)[1:] and each not in begin]
        return (begin + hold)[:limit]

    def forget(self, query: str | None = None) -> None:
        """Forget that a query was asked, or all that was."""
        if not self._store.read_only:
            with self._store.write() as work:
                work.search_history.forget(query)


def _everything(answer: Answer) -> Set[int]:
    if answer.highlights is not None:
        return frozenset(answer.highlights)
    return frozenset(answer.ids).union(*answer.copies.values())
