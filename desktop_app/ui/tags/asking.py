"""What the page of a tag shows, asked of the library, and again when the library changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.highlights import HighlightFilter, HighlightSort
from desktop_app.library.tags.page import TaggedDocument, TaggedSort
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.highlights.asking import Order
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library

SOON_MS = 120
WHILE_IMPORTING_MS = 2_000
BY_DOCUMENT = Order(HighlightSort.DOCUMENT)

_KINDS = (
    Kind.HIGHLIGHTS,
    Kind.TAGGING,
    Kind.FACTS,
    Kind.TEXT,
    Kind.STATE,
    Kind.ADDED,
    Kind.REMOVED,
    Kind.TAGS,
    Kind.COLLECTIONS,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked for. tag: None while there is none. below: with the tags below it."""

    tag: int | None = None
    below: bool = True
    documents_by: TaggedSort = TaggedSort.TITLE
    documents_turned: bool = False
    highlights_by: Order = BY_DOCUMENT


@dataclass(frozen=True, slots=True)
class Carriers:
    """The answer. marked: how many documents the highlights stand in."""

    highlights: array[int]
    documents: array[int]
    marked: int


class PageAsking(QObject):
    """The question of the page, and its newest answer."""

    asked = Signal()  # another tag, or another order
    answered = Signal(object, bool)  # Carriers; whether the question is a new one
    rows_changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.shown = Shown()
        self._active = False
        self._new = True
        self._due = False
        self._running = False
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.timeout.connect(self._ask)
        session.changed.connect(self._on_changes)
        # Which tags stand below is known only when the tree has come.
        session.tags_changed.connect(lambda _tree: self._ask_soon())

    def set_active(self, active: bool) -> None:
        """Say whether the page is shown: while it is not, nothing is asked."""
        self._active = active
        if active and self._due:
            self._ask()

    def want(self, **fields: object) -> None:
        """Ask for something else; the fields are those of Shown."""
        wanted = replace(self.shown, **fields)  # type: ignore[arg-type]
        if wanted != self.shown:
            self.shown = wanted
            self._new = True
            self.asked.emit()
            self._ask()

    def tags(self) -> tuple[int, ...]:
        """The tag of the page, and those below it where they are wanted; none where it is gone."""
        tree, tag = self._session.tag_tree or TagTree(), self.shown.tag
        if tag is None or tag not in tree.by_id:
            return ()
        below = (each.id for each in tree.below(tag)) if self.shown.below else ()
        return (tag, *below)

    def fetch(
        self, ids: Sequence[int], done: Callable[[Mapping[int, TaggedDocument]], None]
    ) -> None:
        """Fetch rows of documents."""
        tags = self.tags()

        def failed(error: Exception) -> None:
            self._session.say_problem(error)
            QTimer.singleShot(2_000, self, lambda: done({}))

        self._session.read(lambda library: library.tag_pages.rows(tags, ids), done, failed)

    def _on_changes(self, changes: Changes) -> None:
        if not changes.touches(*_KINDS):
            return
        self._due = True
        self.rows_changed.emit()
        self._ask_soon()

    def _ask_soon(self) -> None:
        if not self.soon.isActive():
            self.soon.start(WHILE_IMPORTING_MS if self._session.importing else SOON_MS)

    def _ask(self) -> None:
        self._due = True
        if self._running or not self._active or self.shown.tag is None:
            return
        self._due, self._running = False, True
        shown, tags = self.shown, self.tags()

        def came(found: Carriers) -> None:
            self._running = False
            if shown == self.shown:
                new, self._new = self._new, False
                self.answered.emit(found, new)
            if self._due or shown != self.shown:
                self._ask()

        self._session.read(lambda library: _carriers(library, shown, tags), came, self._failed)

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._session.say_problem(error)


def _carriers(library: Library, shown: Shown, tags: tuple[int, ...]) -> Carriers:
    if not tags:
        return Carriers(array("q"), array("q"), 0)
    order = shown.highlights_by
    highlights = library.marks.ids(HighlightFilter(tags=frozenset(tags)), order.by)
    if order.turned:
        highlights.reverse()
    documents = library.tag_pages.documents(tags, shown.documents_by, turned=shown.documents_turned)
    return Carriers(highlights, documents, library.marks.documents_of(highlights))
