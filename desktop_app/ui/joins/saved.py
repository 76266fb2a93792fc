"""Who is told of what about saved searches: the sidebar's rows, the star, the history."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.query_edit import narrowed
from desktop_app.core.saved_searches import SavedSearch, asks_the_same
from desktop_app.library.saved_searches import SearchCount
from desktop_app.library.search_commands import ChangeSearch
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.joins.question import QuestionJoins
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.saved.card import SaveCard
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer

COUNT_MS = 400
COUNT_IMPORTING_MS = 4_000
NOTE_MS = 3_000

# What no search asks about.
_BESIDE = (Kind.PROGRESS, Kind.SEARCHES, Kind.LINES)
_MOVE_COUNTS = tuple(kind for kind in Kind if kind not in _BESIDE)


class SavedJoins(QObject):
    """The connections of the saved searches of one window."""

    asked_changed = Signal()  # whether there is anything to save
    _counted = Signal(int, int, object)  # turn, search, SearchCount; from another thread

    def __init__(
        self,
        session: Session,
        question: Question,
        actions: Actions,
        window: MainWindow,
        *,
        searching: QuestionJoins,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._window = window
        self._searching = searching
        self._box = window.header.search
        self._section = window.sidebar.saved
        self._section.model.read_only = session.read_only
        self._star = window.header.star
        self._card = SaveCard(window)
        self._running: int | None = None  # the saved search that is looked at
        self._told_new = False
        self._stop = threading.Event()
        self._turn = 0
        self._count_soon = self._timer(COUNT_MS, self._count)
        self._note_soon = self._timer(NOTE_MS, self._note)
        self._connect(actions)
        self._load()

    @property
    def searches(self) -> Sequence[SavedSearch]:
        """The saved searches, in their order."""
        return self._section.model.searches

    @property
    def query(self) -> str:
        """All that is asked now, the view of the sidebar with it."""
        return _whole(self._question.within, self._question.text.strip())

    def _timer(self, interval: int, slot: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval)
        made.timeout.connect(slot)
        return made

    def _connect(self, actions: Actions) -> None:
        session, question, section = self._session, self._question, self._section
        session.changed.connect(self._on_changes)
        session.index_changed.connect(self._on_index)
        session.closing.connect(self._stop_counting)
        question.asked.connect(self._on_asked)
        question.answered.connect(self._on_answer)
        section.chosen.connect(self.run_search)
        section.command.connect(session.do)
        self._window.palette_card.search_chosen.connect(self.run_search)
        section.save_asked.connect(self.open_card)
        section.change_asked.connect(lambda search: session.do(ChangeSearch(search.id, self.query)))
        self._window.sidebar.saved_asked.connect(section.choose_current)
        self._star.clicked.connect(self.open_card)
        self._card.command.connect(session.do)
        self._counted.connect(self._show_count)
        self._box.entered.connect(self._note)
        self._window.list.opened.connect(lambda _document: self._note())
        actions.on("search.save", self.open_card)
        actions.on("search.forget", self._forget)

    # Running and saving.

    def run_search(self, search: SavedSearch) -> None:
        """Ask what a saved search asks, in the box, where it can be changed."""
        self._box.set_text(search.query)
        self._running = search.id  # from here on: other words leave what was looked at before
        self._told_new = False
        self._searching.choose_everything()
        self._mark()

    def open_card(self) -> None:
        """Ask for the name under which what is asked is saved, or offer what it is saved as."""
        query = self.query
        if query and not self._session.read_only:
            self._card.open_card(query, self.searches, saved=self._saved(), under=self._box)

    def _saved(self) -> SavedSearch | None:
        """What is asked, where it is saved: the one that is looked at before another."""
        query = self.query
        same = [each for each in self.searches if query and asks_the_same(each.query, query)]
        return next((each for each in same if each.id == self._running), next(iter(same), None))

    def _on_asked(self) -> None:
        running = next((each for each in self.searches if each.id == self._running), None)
        if running is not None and not asks_the_same(running.query, self.query):
            self._leave()
        self._mark()
        if self._question.text.strip():
            self._note_soon.start()
        else:
            self._note_soon.stop()
        self.asked_changed.emit()

    def _leave(self) -> None:
        """Look at a saved search no longer: what was new of it is not any more."""
        self._running = None
        self._section.model.keep_new(None)

    def _mark(self) -> None:
        saved = self._saved()
        can = bool(self.query) and not self._session.read_only
        self._star.show_saved(saved, asked=can)
        self._section.set_can_save(can)
        self._window.sidebar.mark_saved(saved.id if saved and saved.id == self._running else None)

    # What they give.

    def _on_answer(self, answer: Answer, _new: bool) -> None:
        search = next((each for each in self.searches if each.id == self._running), None)
        if search is None or self._question.within or answer.errors:
            return
        if not asks_the_same(answer.query.source, search.query):
            return
        count = self._section.model.count_of(search.id)
        self._section.model.keep_new(search.id)
        if count is not None and count.new and not self._told_new:
            self._told_new = True
            since = search.looked_at.astimezone() if search.looked_at else None
            day = f" of {since.day} {since:%B %Y}" if since else ""
            number = f"{count.new:,} of these {'is' if count.new == 1 else 'are'}"
            self._session.said.emit(self.tr("{0} new since your last look{1}.").format(number, day))
        identity = search.id
        self._session.read(
            lambda library: library.searches.looked(identity, answer),
            lambda _nothing: self._load(),
            key="looked",
        )

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.SEARCHES):
            self._load()
        if changes.touches(*_MOVE_COUNTS):
            self._soon()

    def _on_index(self, state: object | None) -> None:
        waiting = getattr(state, "waiting", 0)
        behind = any(
            count is not None and count.behind
            for count in map(self._section.model.count_of, [each.id for each in self.searches])
        )
        if behind and not waiting:
            self._soon()

    def _soon(self) -> None:
        importing = self._session.importing
        self._count_soon.setInterval(COUNT_IMPORTING_MS if importing else COUNT_MS)
        if not (importing and self._count_soon.isActive()):
            self._count_soon.start()

    def _load(self) -> None:
        self._session.read(lambda library: library.searches.all(), self._show, key="saved")

    def _show(self, searches: list[SavedSearch]) -> None:
        self._section.model.set_searches(searches)
        self._window.palette_card.set_searches(searches)
        if all(each.id != self._running for each in searches):
            # What was just saved is what is looked at.
            same = [each for each in searches if asks_the_same(each.query, self.query)]
            self._running = same[-1].id if same else None
            if same and self._question.answer is not None:
                self._on_answer(self._question.answer, False)
        self._mark()
        self.asked_changed.emit()
        if searches:
            self._count_soon.setInterval(COUNT_MS)
            self._count_soon.start()

    def _count(self) -> None:
        if not self.searches:
            return
        self._stop_counting()
        stop = self._stop = threading.Event()
        self._turn += 1
        turn = self._turn

        def work(library: Library) -> None:
            library.searches.counts(
                stop=stop, on_count=lambda search, count: self._counted.emit(turn, search, count)
            )

        self._session.read(work, lambda _nothing: None, key="saved-counts")

    def _stop_counting(self) -> None:
        self._stop.set()

    def _show_count(self, turn: int, search: int, count: SearchCount) -> None:
        if turn == self._turn:
            self._section.model.set_counts({search: count})

    # What was asked before.

    def _note(self) -> None:
        self._note_soon.stop()
        text = self._question.text.strip()
        answer = self._question.answer
        known = answer is not None and answer.query.source == self._question.text
        if text and not (known and answer is not None and answer.errors):
            self._session.read(lambda library: library.searches.note(text), lambda _nothing: None)

    def _forget(self) -> None:
        self._session.read(
            lambda library: library.searches.forget(),
            lambda _nothing: self._session.said.emit(
                self.tr("What was searched for before is forgotten; saved searches stay.")
            ),
        )


def _whole(within: str, text: str) -> str:
    """A view and the words in it as one query."""
    if not within or not text:
        return within or text
    return narrowed(within, text)
