"""Who is told of what about filters: the card asks for values, and what is picked is asked for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.question import Question
from desktop_app.ui.search.filter_card import FilterCard
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.answer import Facet


class FilterJoins(QObject):
    """The connections of the card of filters of one window."""

    def __init__(
        self, session: Session, question: Question, actions: Actions, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._box = window.header.search
        self.card = FilterCard(window, window.header.filters)
        self._stop = threading.Event()
        self._connect(actions, window)

    def _connect(self, actions: Actions, window: MainWindow) -> None:
        card = self.card
        actions.on("search.filters", card.open_values)
        actions.on("search.advanced", card.open_form)
        window.header.filters.clicked.connect(actions["search.filters"].trigger)
        card.values_wanted.connect(self._count)
        card.closed.connect(self._end)
        card.form_wanted.connect(self._fill_form)
        card.form.written.connect(self._box.rewrite)
        card.picked.connect(self._box.add_or_remove)
        card.left_out.connect(self._box.leave_out)
        card.taken_back.connect(self._box.take_back)
        self._question.answered.connect(lambda _answer, _new: self._count())
        self._box.text_changed.connect(lambda _text: self._fill_form())
        self._session.closing.connect(self._end)

    def _fill_form(self) -> None:
        if self.card.shows_form:
            self.card.form.show_query(self._box.text)

    def _end(self) -> None:
        self._stop.set()
        self.card.form.write()  # what was typed last and had no time to be written

    def _count(self) -> None:
        """Count the values of the newest answer, if they are to be seen."""
        answer = self._question.answer
        if not self.card.shows_values or answer is None:
            return
        self._stop.set()
        stop = self._stop = threading.Event()
        self.card.show_busy()

        def came(facets: tuple[Facet, ...]) -> None:
            if not stop.is_set():
                in_force = self._box.written.in_force()
                self.card.show_facets(facets, in_force, documents=answer.total)

        def failed(error: Exception) -> None:
            self.card.show_facets((), (), documents=0)
            self._session.say_problem(error)

        self._session.read(lambda library: library.facets(answer, stop), came, failed, key="facets")
