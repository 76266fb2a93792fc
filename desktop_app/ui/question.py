"""What the list shows: the words in the search box, within a view of the sidebar, in an order.

The newest question wins; an answer to an older one is dropped. When the library changes the same
question is asked again, never twice at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import Sort
from desktop_app.ui.models.documents import Fetched, Row
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer, Hit

TYPING_MS = 100
REFRESH_MS = 250
COUNTED_DOCUMENTS = 400
COUNTED_AT_ONCE = 40
LONG_WORDS = 100_000
AGAIN_MS = 2_000

_KINDS_THAT_MOVE_ROWS = tuple(kind for kind in Kind if kind is not Kind.PROGRESS)


class Question(QObject):
    """The question that is being asked, and its newest answer."""

    answered = Signal(object, bool)  # Answer; whether the question is a new one
    matches_counted = Signal(object)  # number of matches in all; None where there are too many
    rows_late = Signal(object)  # Fetched: rows that were given without their passages before
    asked = Signal()  # text, view or order have changed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.text = ""
        self.within = ""
        self.view_title = ""
        self.answer: Answer | None = None
        self.searched = False  # whether the answer is one to words, not only to a view
        self._new = True
        self._running = False
        self._wanted = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask_anew)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._ask_again)
        session.changed.connect(self._on_changes)

    @property
    def sort(self) -> Sort:
        """The order: one is remembered for lists, another for what a search finds."""
        now = self._session.settings.now
        try:
            return Sort(now.search_sort if self.text.strip() else now.sort)
        except ValueError:
            return Sort.RELEVANCE if self.text.strip() else Sort.ADDED_NEWEST

    def set_sort(self, sort: Sort) -> None:
        """Ask for another order."""
        if self.text.strip():
            self._session.settings.change(search_sort=sort.value)
        else:
            self._session.settings.change(sort=sort.value)
        self._ask_anew()

    def set_text(self, text: str, *, at_once: bool = False) -> None:
        """Ask for other words, a moment after the last key unless at once."""
        if text == self.text and not at_once:
            return
        self.text = text
        if at_once:
            self._ask_anew()
        else:
            self._typing.start()

    def set_view(self, within: str, title: str) -> None:
        """Ask within another view of the sidebar; "" is every document."""
        self.within, self.view_title = within, title
        self._ask_anew()

    def look_again(self) -> None:
        """Ask the same question again soon."""
        if not self._refresh.isActive():
            self._refresh.start()

    def fetch(self, ids: Sequence[int], done: Callable[[Fetched], None]) -> None:
        """Fetch the rows of documents, with their passages where words were searched for."""
        answer = self.answer
        searched = self.searched

        def work(library: Library) -> Fetched:
            documents = library.documents(ids)
            marks = library.marks.counts(ids)
            hits: Mapping[int, Hit] = {}
            if searched and answer is not None:
                short = [each.id for each in documents if each.words <= LONG_WORDS]
                hits = library.hits(answer, short)
            return {
                each.id: Row(each, hits.get(each.id), marks.get(each.id, 0)) for each in documents
            }

        def came(rows: Fetched) -> None:
            done(rows)
            if searched and answer is not None:
                for row in rows.values():
                    if row.document.words > LONG_WORDS:
                        self._fetch_late(answer, row)

        def failed(error: Exception) -> None:
            self._session.say_problem(error)
            QTimer.singleShot(AGAIN_MS, self, lambda: done({}))  # then they are asked for again

        self._session.read(work, came, failed)

    def _fetch_late(self, answer: Answer, row: Row) -> None:
        """Look a book through after the other rows are there: it may take a second."""
        document = row.document

        def came(hits: dict[int, Hit]) -> None:
            if self.answer is answer:
                self.rows_late.emit({document.id: replace(row, hit=hits.get(document.id))})

        self._session.read(lambda library: library.hits(answer, [document.id]), came)

    def _on_changes(self, changes: Changes) -> None:
        if not changes.touches(*_KINDS_THAT_MOVE_ROWS):
            return
        if self._session.importing:
            self.look_again()
        else:
            self._ask_again()

    def _ask_anew(self) -> None:
        self._typing.stop()
        self._new = True
        self.asked.emit()
        self._ask()

    def _ask_again(self) -> None:
        if self._running:
            self._wanted = True
        else:
            self._ask()

    def _ask(self) -> None:
        self._running = True
        self._wanted = False
        text, within, sort = self.text, self.within, self.sort
        self._session.read(
            lambda library: library.search(text, sort=sort, within=within),
            lambda answer: self._take(answer, searched=bool(text.strip())),
            self._failed,
            key="search",
            lane=Lane.SEARCH,
        )

    def _take(self, answer: Answer, *, searched: bool) -> None:
        self._running = False
        self.answer = answer
        self.searched = searched
        new, self._new = self._new, False
        self.answered.emit(answer, new)
        if searched and answer.total and answer.matcher.in_text:
            self._count_matches(answer, 0, 0)
        if self._wanted:
            self._ask_again()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._session.say_problem(error)

    def _count_matches(self, answer: Answer, start: int, so_far: int) -> None:
        if answer.total > COUNTED_DOCUMENTS:
            self.matches_counted.emit(None)
            return
        ids = list(answer.ids[start : start + COUNTED_AT_ONCE])
        if not ids:
            self.matches_counted.emit(so_far)
            return

        def counted(found: int) -> None:
            if self.answer is answer:
                self._count_matches(answer, start + len(ids), so_far + found)

        self._session.read(
            lambda library: sum(hit.matches for hit in library.hits(answer, ids).values()),
            counted,
            key="matches",
        )
