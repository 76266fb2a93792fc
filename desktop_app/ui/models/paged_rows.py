"""The rows of a long list of which only what is looked at is fetched, a page at a time, in tasks.

Every id is held, in order. A row that is not there yet is asked for when it is looked at; what was
looked at longest ago goes when too many pages are held.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

PAGE = 100
KEPT_PAGES = 40
_AT_ONCE = 4  # pages

R = TypeVar("R")

Fetch = Callable[[Sequence[int], Callable[[Mapping[int, R]], None]], None]


class PagedRows(QObject, Generic[R]):
    """The rows of ids. fetch: starts fetching rows and calls back, later, with those it found."""

    came = Signal(object)  # the set of ids whose rows were fetched, fetched again, or are gone

    def __init__(self, fetch: Fetch[R], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self.ids: Sequence[int] = array("q")
        self._rows: dict[int, R] = {}
        self._pages: list[int] = []  # pages that are held, least lately asked for first
        self._missed: set[int] = set()
        self._stale: set[int] = set()  # ids that are shown as they were, until fetched again
        self._under_way = False
        self._generation = 0
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(0)
        self.soon.timeout.connect(self._fetch_missed)

    def set_ids(self, ids: Sequence[int]) -> None:
        """Hold other ids. What is known of those that stay is kept until fetched again."""
        self.ids = ids
        self._generation += 1
        self._under_way = False
        self._missed.clear()
        self._pages.clear()
        if len(self._rows) > KEPT_PAGES * PAGE:
            self._rows.clear()
        self._stale = set(self._rows)

    def forget(self) -> None:
        """Hold nothing: the ids that come mean other rows."""
        self._rows.clear()
        self.set_ids(array("q"))

    def row(self, place: int) -> R | None:
        """The row at a place; None while it is not there yet, and then it is asked for."""
        identity = self.ids[place]
        found = self._rows.get(identity)
        if found is None or identity in self._stale:
            self._missed.add(place // PAGE)
            if not self.soon.isActive():
                self.soon.start()
        return found

    @property
    def held(self) -> Mapping[int, R]:
        """The rows that are held, by id."""
        return self._rows

    def look_again(self, ids: Iterable[int]) -> None:
        """Fetch those of the rows that are held again, as they are looked at."""
        self._stale.update(each for each in ids if each in self._rows)

    def put(self, rows: Mapping[int, R]) -> None:
        """Hold these rows in the place of those that are held for the same ids."""
        known = {each: row for each, row in rows.items() if each in self._rows}
        self._rows.update(known)
        self.came.emit(set(known))

    def _fetch_missed(self) -> None:
        if self._under_way or not self._missed:
            return
        pages = sorted(self._missed)[:_AT_ONCE]
        self._missed.clear()  # what is still looked at then is missed again
        wanted = [
            each
            for page in pages
            for each in self._of_page(page)
            if each not in self._rows or each in self._stale
        ]
        if not wanted:
            return
        self._under_way = True
        generation = self._generation

        def came(rows: Mapping[int, R]) -> None:
            if generation == self._generation:
                self._under_way = False
                self._take(pages, wanted, rows)

        self._fetch(wanted, came)

    def _take(self, pages: list[int], wanted: list[int], rows: Mapping[int, R]) -> None:
        for page in pages:
            if page in self._pages:
                self._pages.remove(page)
            self._pages.append(page)
        self._stale.difference_update(wanted)
        for each in wanted:
            if each in rows:
                self._rows[each] = rows[each]
            else:
                self._rows.pop(each, None)
        while len(self._pages) > KEPT_PAGES:
            for each in self._of_page(self._pages.pop(0)):
                self._rows.pop(each, None)
        self.came.emit(set(wanted))

    def _of_page(self, page: int) -> Sequence[int]:
        return self.ids[page * PAGE : (page + 1) * PAGE]
