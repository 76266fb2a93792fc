"""Who is told of what about searching: box, views and order ask, and the list shows the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.emptiness import emptiness
from desktop_app.ui.joins.filters import FilterJoins
from desktop_app.ui.joins.search import SearchJoins
from desktop_app.ui.joins.suggesting import SuggestingJoins
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.panes.sidebar_views import PANE
from desktop_app.ui.question import Question
from desktop_app.ui.results.advising import Advising, Way
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.indexing import IndexState
    from desktop_app.library.searching import Answer


class QuestionJoins(QObject):
    """The connections of the question of one window."""

    answering = Signal(object, bool)  # an Answer that is about to be shown; whether it is a new one
    answered = Signal()
    pane_asked = Signal(str)  # what is to stand in the place of the list

    def __init__(
        self, session: Session, question: Question, actions: Actions, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._actions = actions
        self._window = window
        self._advising = Advising(session, self)
        self._ways: tuple[Way, ...] = ()  # of finding something where nothing was found
        self._to_choose: int | None = None  # as soon as the list holds it
        self.parts = SearchJoins(question, actions, window)
        self.suggesting = SuggestingJoins(session, question, window)
        self.filters = FilterJoins(session, question, actions, window)
        self._connect()
        self._show_sort()

    def _connect(self) -> None:
        window, question, session = self._window, self._question, self._session
        question.answered.connect(self._on_answer)
        question.asked.connect(self._show_sort)
        question.counting.counted.connect(window.list.show_match_count)
        session.counts_changed.connect(self._explain_emptiness)  # why may be known only now
        session.index_changed.connect(self._on_index)
        session.closing.connect(self._advising.forget)
        search = window.header.search
        search.text_changed.connect(question.set_text)
        search.entered.connect(self._enter)
        search.stopping = question.stop_asking
        search.left.connect(window.list.focus)
        search.view_removed.connect(self.choose_everything)
        window.sidebar.view_chosen.connect(self.choose_view)
        window.palette_card.view_chosen.connect(self.choose_view)
        window.list.sort_chosen.connect(question.set_sort)
        window.list.action_asked.connect(self._run_asked)
        window.list.way_asked.connect(self._go_way)
        self._advising.came.connect(self._advise)

    def choose_view(self, query: str, title: str) -> None:
        """Search within a view of the sidebar; an empty query is everything."""
        if query.startswith(PANE):
            self.pane_asked.emit(query)
            return
        self._window.sidebar.choose(query)
        self._window.header.search.set_view(title if query else "")
        self._question.set_view(query, title)

    def choose_everything(self) -> None:
        """Search in all documents."""
        self.choose_view("", "")

    def choose_document(self, document: int) -> None:
        """Choose a document in the list, which shows everything where it did not hold it."""
        self._to_choose = None
        if not self._window.list.choose(document):
            self._to_choose = document
            self._window.header.search.clear()
            self.choose_everything()

    def _on_answer(self, answer: Answer, new: bool) -> None:
        self.answering.emit(answer, new)
        shown = self._window.list
        if new or answer.total:
            self._ways = ()
        self._advising.forget()
        if self._question.searched and not answer.total and not answer.errors:
            self._advising.begin(answer)
        self._explain_emptiness()
        self._show_partial(answer)
        shown.show_answer(answer, new=new, searched=self._question.searched)
        if self._to_choose is not None and shown.choose(self._to_choose):
            self._to_choose = None
        self.answered.emit()

    def _on_index(self, state: IndexState | None) -> None:
        self._window.status.show_index(state)
        answer = self._question.answer
        if answer is not None:
            self._show_partial(answer)
        if self._question.searched and answer is not None and answer.behind:
            self._question.look_again()

    def _show_partial(self, answer: Answer) -> None:
        state = self._session.index_state
        note = getattr(state, "note", "")
        self._window.list.partial.show_behind(
            answer.behind, going_on=not self._session.read_only, note=note
        )

    def _explain_emptiness(self) -> None:
        question = self._question
        self._window.list.show_emptiness(
            emptiness(
                self._session.counts,
                question.answer,
                text=question.text,
                within=question.within,
                view=question.view_title,
                importing=self._session.importing,
                ways=self._ways,
            )
        )

    def _advise(self, ways: tuple[Way, ...]) -> None:
        self._ways = ways
        self._explain_emptiness()

    def _go_way(self, way: Way) -> None:
        """Ask in another way, and go to what that finds."""
        box = self._window.header.search
        if way.part is not None:
            box.remove(way.part)
        else:
            box.rewrite(way.text)
        self._question.set_text(box.text, at_once=True)
        self._window.list.focus()

    def _run_asked(self, action: str) -> None:
        if action == "search.everywhere":
            self.choose_everything()
        else:
            self._actions[action].trigger()

    def _enter(self) -> None:
        self._question.set_text(self._window.header.search.text, at_once=True)
        self._window.list.focus()

    def _show_sort(self) -> None:
        searching = bool(self._question.text.strip())
        self._window.list.set_sort(self._question.sort, searching=searching)
