"""Which highlights the table shows: a filter and an order, asked again when the library changes.

The newest question wins, and the same one is never asked twice at once.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.highlights import HighlightFilter, HighlightSort, Standing
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.highlights.model import Fetched, MarkRow
from desktop_app.ui.models.paged_rows import Fetch
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.library.library import Library

TYPING_MS = 120
REFRESH_MS = 250
AGAIN_MS = 2_000

_KINDS = (
    Kind.HIGHLIGHTS,
    Kind.TEXT,
    Kind.FACTS,
    Kind.STATE,
    Kind.REMOVED,
    Kind.TAGS,
    Kind.COLLECTIONS,
)


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the table. turned: from its end to its beginning."""

    by: HighlightSort = HighlightSort.DOCUMENT
    turned: bool = False

    @classmethod
    def read(cls, kept: str) -> Order:
        """Read an order as it was kept; the usual one where it means nothing."""
        name, _, turned = kept.partition(" ")
        try:
            return cls(HighlightSort(name), turned == "turned")
        except ValueError:
            return cls()

    def kept(self) -> str:
        """Write the order down."""
        return f"{self.by.value} turned" if self.turned else self.by.value


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the table is to hold; what is empty or None asks nothing.

    tags: each with all below it, any of them. document: only of this one. found: only those that
    a search found; then they are named by it.
    """

    words: str = ""
    colours: frozenset[str] = frozenset()
    tags: frozenset[int] = frozenset()
    standing: frozenset[Standing] = frozenset()
    with_note: bool | None = None
    document: int | None = None
    found: frozenset[int] | None = None

    @property
    def any(self) -> bool:
        """Whether anything is asked."""
        return self != Wanted()

    def filter(self, tree: TagTree) -> HighlightFilter:
        """What to ask the library."""
        there = [tag for tag in self.tags if tag in tree.by_id]
        tags = {below.id for tag in there for below in tree.below(tag)}.union(there)
        return HighlightFilter(
            self.words,
            self.colours,
            # A tag that is gone is carried by nothing.
            frozenset(tags or ({-1} if self.tags else ())),
            self.standing,
            self.with_note,
            None if self.document is None else frozenset((self.document,)),
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer. documents: how many there are that the highlights stand in."""

    ids: array[int]
    documents: int


class Asking(QObject):
    """The question that is being asked, and its newest answer."""

    answered = Signal(object, bool)  # Listed; whether the question is a new one
    asked = Signal()  # filter or order have changed
    rows_changed = Signal(object)  # the documents whose rows are to be fetched again; None: all

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.wanted = Wanted()
        self.order = Order.read(session.settings.now.highlight_sort)
        self.answer: Listed | None = None
        self._active = False
        self._due = True  # whether the answer is older than the library or the question
        self._new = True
        self._running = False
        self.typing = QTimer(self)
        self.typing.setSingleShot(True)
        self.typing.setInterval(TYPING_MS)
        self.typing.timeout.connect(self._ask)
        self.refresh = QTimer(self)
        self.refresh.setSingleShot(True)
        self.refresh.setInterval(REFRESH_MS)
        self.refresh.timeout.connect(self._ask)
        session.changed.connect(self._on_changes)

    def set_active(self, active: bool) -> None:
        """Say whether the table is shown: while it is not, nothing is asked."""
        self._active = active
        if active and self._due:
            self._ask()

    def want(self, *, at_once: bool = True, **fields: object) -> None:
        """Ask for something else; the fields are those of Wanted."""
        wanted = replace(self.wanted, **fields)  # type: ignore[arg-type]
        if wanted == self.wanted:
            return
        self.wanted = wanted
        self._begin(at_once=at_once)

    def clear(self) -> None:
        """Ask for all highlights, or for all that a search found."""
        rest = Wanted(found=self.wanted.found)
        if self.wanted != rest:
            self.wanted = rest
            self._begin(at_once=True)

    def sort(self, order: Order) -> None:
        """Ask for another order; it is kept."""
        if order != self.order:
            self.order = order
            self._session.settings.change(highlight_sort=order.kept())
            self._begin(at_once=True)

    def fetch(self, ids: Sequence[int], done: Callable[[Fetched], None]) -> None:
        """Fetch rows of the table."""
        fetcher(self._session)(ids, done)

    def _begin(self, *, at_once: bool) -> None:
        self._new = True
        self.asked.emit()
        if at_once:
            self.typing.stop()
            self._ask()
        else:
            self._due = True
            self.typing.start()

    def _on_changes(self, changes: Changes) -> None:
        if not changes.touches(*_KINDS):
            return
        self._due = True
        everything = changes.touches(Kind.EVERYTHING)
        self.rows_changed.emit(None if everything else changes.documents)
        if not self._active:
            return
        if self._session.importing:
            if not self.refresh.isActive():
                self.refresh.start()
        else:
            self._ask()

    def _ask(self) -> None:
        self._due = True
        if self._running or not self._active:
            return
        self._due, self._running = False, True
        wanted, order = self.wanted, self.order
        tree = self._session.tag_tree or TagTree()

        def came(answer: Listed) -> None:
            self._running = False
            if (wanted, order) == (self.wanted, self.order):
                self.answer = answer
                new, self._new = self._new, False
                self.answered.emit(answer, new)
            if self._due and not self.typing.isActive():
                self._ask()

        self._session.read(
            lambda library: _listed(library, wanted, tree, order),
            came,
            self._failed,
            key="highlights",
        )

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._session.say_problem(error)


def fetcher(session: Session) -> Fetch[MarkRow]:
    """What fetches rows for a model, and asks again later where that went wrong."""

    def fetch(ids: Sequence[int], done: Callable[[Fetched], None]) -> None:
        def failed(error: Exception) -> None:
            session.say_problem(error)
            QTimer.singleShot(AGAIN_MS, session, lambda: done({}))

        session.read(lambda library: rows_of(library, ids), done, failed)

    return fetch


def rows_of(library: Library, ids: Sequence[int]) -> Fetched:
    """The rows of highlights, by id; those that are gone are left out."""
    found = library.marks.many(ids)
    documents = {
        each.id: each for each in library.documents(sorted({mark.document for mark in found}))
    }
    return {
        mark.id: MarkRow(mark, documents[mark.document])
        for mark in found
        if mark.document in documents
    }


def _listed(library: Library, wanted: Wanted, tree: TagTree, order: Order) -> Listed:
    ids = library.marks.ids(wanted.filter(tree), order.by)
    if wanted.found is not None:
        ids = array("q", filter(wanted.found.__contains__, ids))
    if order.turned:
        ids.reverse()
    return Listed(ids, library.marks.documents_of(ids))
