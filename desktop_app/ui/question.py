"""What the list shows: the words in the search box, within a view of the sidebar, in an order.

The newest question wins; an answer to an older one is dropped. When the library changes the same
question is asked again, never twice at once.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.model import Sort
from desktop_app.ui.results.counting import MatchCounting
from desktop_app.ui.results.rows import RowFetching
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer

TYPING_MS = 100
REFRESH_MS = 250

_BESIDE = (Kind.PROGRESS, Kind.SEARCHES, Kind.LINES)
_KINDS_THAT_MOVE_ROWS = tuple(kind for kind in Kind if kind not in _BESIDE)
_KINDS_THAT_CHANGE_MATCHES = (Kind.TEXT, Kind.FOLDS, Kind.NOTES, Kind.HIGHLIGHTS)


class Question(QObject):
    """The question that is being asked, and its newest answer."""

    answered = Signal(object, bool)  # Answer; whether the question is a new one
    asked = Signal()  # text, view or order have changed
    busy_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.text = ""
        self.within = ""
        self.view_title = ""
        self.off: tuple[str, ...] = ()  # parts that are switched off, to be counted
        self.off_asked: tuple[str, ...] = ()  # those that the newest answer counted
        self.answer: Answer | None = None
        self.rows = RowFetching(session, self)
        self.counting = MatchCounting(session, self)
        self.counting.ended.connect(self.busy_changed)
        self.searched = False  # whether the answer is one to words, not only to a view
        self._new = True
        self._running = False
        self._stop = threading.Event()
        self._texts_changed = False  # since matches were counted
        self._wanted = False
        self._closed = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask_anew)
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._ask_again)
        session.changed.connect(self._on_changes)
        session.closing.connect(self._close)

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

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited, or its matches are being counted."""
        return self._running or self.counting.counting

    def stop_asking(self) -> bool:
        """Stop where an answer is awaited; False where none is."""
        return self._running and self.stop()

    def stop(self) -> bool:
        """Ask no longer, and count no longer; False where neither was under way.

        What is shown stays; a count that was under way says how far it came.
        """
        if not self.busy:
            return False
        self._stop.set()
        self._wanted = False
        if self._running:
            self._running = False
            self._session.tasks.forget("search")
            said = self.tr("The search was stopped; the list is as it was. Enter asks again.")
            self._session.said.emit(said)
        self.counting.stop()
        self.rows.forget()
        self.busy_changed.emit()
        return True

    def _close(self) -> None:
        """Ask, count and fetch nothing more: closing would wait for it."""
        self._closed = True
        self._stop.set()
        self._typing.stop()
        self._refresh.stop()
        self.counting.forget()
        self.rows.forget()

    def _on_changes(self, changes: Changes) -> None:
        if not changes.touches(*_KINDS_THAT_MOVE_ROWS):
            return
        self._texts_changed |= changes.touches(*_KINDS_THAT_CHANGE_MATCHES)
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
        if self._closed:
            return
        self._stop.set()  # what was asked before need not be found out any more
        stop = self._stop = threading.Event()
        self._running = True
        self._wanted = False
        text, within, sort, off = self.text, self.within, self.sort, self.off
        self._session.read(
            lambda library: library.search(text, sort=sort, within=within, stop=stop, off=off),
            lambda answer: self._take(answer, searched=bool(text.strip()), off=off),
            self._failed,
            key="search",
            lane=Lane.SEARCH,
        )
        self.busy_changed.emit()

    def _take(self, answer: Answer, *, searched: bool, off: tuple[str, ...]) -> None:
        self._running = False
        if self._closed:
            return
        self.off_asked = off
        self.answer = answer
        self.searched = searched
        new, self._new = self._new, False
        self.rows.show(answer, searched=searched, new=new)
        self.answered.emit(answer, new)
        if not (searched and answer.total and answer.matcher.in_text):
            self.counting.forget()
        elif new or self._texts_changed or not self.counting.holds_for(answer):
            self._texts_changed = False
            self.counting.begin(answer, quietly=not new)
        self.busy_changed.emit()
        if self._wanted:
            self._ask_again()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self.busy_changed.emit()
        self._session.say_problem(error)
