"""Which lines the concordance shows: those of the newest answer, gathered beside the window.

While they are gathered, those that are there are shown. When the library changes they are gathered
again out of sight, and what is shown stays until that is done.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.library.concordances import (
    Concordance,
    Gathering,
    LineCounts,
    LineSort,
    LineState,
    name_of,
)
from desktop_app.ui.concordance.model import LineRow
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer

TELL_MS = 250
SOON_MS = 250  # after an answer: who is still typing wants no lines yet
AGAIN_MS = 1_500
CHECK_MS = 2_000

_TEXTS = (Kind.TEXT, Kind.FOLDS, Kind.FACTS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the lines are shown, and how. states: None for all; in it None for new ones."""

    sort: LineSort = LineSort.DOCUMENT
    grouped: bool = False
    words: str = ""
    states: frozenset[LineState | None] | None = None

    @property
    def filtered(self) -> bool:
        """Whether not all lines are asked for."""
        return bool(self.words.strip()) or self.states is not None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is shown. numbers: of lines, headings among them. shown: lines without headings.

    current: the line that was gone to last, as it is numbered now; None where it is gone.
    """

    concordance: Concordance
    numbers: array[int]
    shown: int
    current: int | None
    counts: LineCounts
    gathering: Gathering
    known_before: bool


class LineAsking(QObject):
    """The concordance that is shown, and the one that is being gathered."""

    began = Signal()  # another concordance is gathered, or none
    progressed = Signal(object)  # Gathering
    listed = Signal(object, bool)  # Listed; whether they are lines of another concordance
    rows_changed = Signal()  # what was said of lines has changed
    asked = Signal()  # what is wanted has changed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        now = session.settings.now
        self.wanted = Wanted(_sort(now.line_sort), now.lines_grouped)
        self.answer: Answer | None = None  # whose lines are shown or gathered
        self.concordance: Concordance | None = None  # what is shown
        self.gathering: Gathering | None = None  # while lines are gathered
        self.here: tuple[int, int] | None = None  # document and key of the line gone to last
        self.width: int | None = None  # as last chosen; None: as it was kept
        self._newest: Answer | None = None  # what is to be gathered next
        self._under_way: _Run | None = None
        self._stale = False  # texts have changed since the lines were gathered
        self._new = True
        self._any = False  # whether any line is shown
        self._active = False
        self._listing = self._list_due = False
        self._own_marks = 0
        self._lock = threading.Lock()
        self._told: tuple[_Run, Concordance, Gathering] | None = None
        self.soon = self._timer(SOON_MS, self._begin)
        self.again = self._timer(AGAIN_MS, self._begin)
        self.checking = self._timer(CHECK_MS, self._look_up_states)
        self.telling = QTimer(self)
        self.telling.setInterval(TELL_MS)
        self.telling.timeout.connect(self._tell)
        session.changed.connect(self._on_changes)
        session.closing.connect(self.leave)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    # What is to be gathered.

    def set_active(self, active: bool) -> None:
        """Say whether the concordance is shown: while it is not, nothing is gathered."""
        if active == self._active:
            return
        self._active = active
        if active:
            self._begin()
        else:
            self.leave()

    def set_answer(self, answer: Answer | None) -> None:
        """Take a new answer; None where nothing is searched for."""
        before, self._newest = self._newest, answer
        if not self._active:
            return
        if answer is None or before is None or name_of(before.query) != name_of(answer.query):
            self.again.stop()
            self.soon.start()
        elif self._stale or not _same(self.answer, answer):
            timer = self.again if _same_query(self.answer, answer) else self.soon
            if not timer.isActive():  # news that do not end shall not put it off for ever
                timer.start()

    def set_width(self, width: int) -> None:
        """Gather the lines with so many code points on either side."""
        if self.concordance is None or self.concordance.width != width:
            self.width = width
            self._stale = True
            self._begin()

    def stop(self) -> None:
        """Gather no more; what is there stays."""
        if self._under_way is not None:
            self._under_way.stop.set()

    def go_on(self) -> None:
        """Gather what was left out by the stop."""
        concordance = self.concordance
        if concordance is not None and self._under_way is None and self.answer is not None:
            self._gather(_Run(self.answer, known=concordance))

    def leave(self) -> None:
        """Stop, and let go of all lines; what was said of them is kept."""
        self.soon.stop()
        self.again.stop()
        self._abandon()
        self._let_go()
        self.answer = None

    def _begin(self) -> None:
        self.soon.stop()
        self.again.stop()
        answer = self._newest
        if not self._active:
            return
        if answer is not None and not self._stale and _same(self.answer, answer):
            return
        same_query = _same_query(self.answer, answer) and self.concordance is not None
        self._abandon()
        self.answer, self._stale = answer, False
        if not same_query:
            self._let_go()
            self._new, self.width, self.here = True, None, None
            self.began.emit()
        if answer is not None and not answer.errors:
            self._gather(_Run(answer, shown=not same_query or not self._any))
        else:
            self.gathering = None

    def _abandon(self) -> None:
        if self._under_way is not None:
            self._under_way.abandoned = True
            self._under_way.stop.set()
            self._under_way = None
        self.telling.stop()
        self.gathering = None

    def _let_go(self) -> None:
        concordance, self.concordance = self.concordance, None
        if concordance is not None:
            self._session.tasks.run(lambda: _put_away(concordance), lane=Lane.CHANGE)

    def _gather(self, run: _Run) -> None:
        self._under_way = run
        width = self.width
        self.gathering = Gathering(0, len(run.answer.ids))
        self.telling.start()
        self.progressed.emit(self.gathering)

        def progress(concordance: Concordance, gathering: Gathering) -> None:
            with self._lock:
                self._told = (run, concordance, gathering)

        def work(library: Library) -> Concordance | None:
            concordance = run.known
            if concordance is None:
                if run.abandoned:
                    return None
                concordance = library.concordances.open(run.answer, width=width)
            opened = concordance
            opened.gather(run.stop, lambda gathering: progress(opened, gathering))
            return opened

        self._session.read(
            work,
            lambda concordance: self._gathered(run, concordance),
            lambda error: self._failed(run, error),
            lane=Lane.LINES,
        )

    def _tell(self) -> None:
        """Show how far the gathering is, and what there is of it."""
        with self._lock:
            told, self._told = self._told, None
        if told is None or told[0] is not self._under_way:
            return
        run, concordance, gathering = told
        self.gathering = gathering
        self.progressed.emit(gathering)
        # Each time twice as many: to put them in order again and again would hold up the gathering.
        if run.shown and gathering.lines >= 2 * run.listed:
            run.listed = max(gathering.lines, 1)
            self._show(concordance)

    def _gathered(self, run: _Run, concordance: Concordance | None) -> None:
        if run is not self._under_way:
            if concordance is not None and concordance is not self.concordance:
                self._session.tasks.run(concordance.close, lane=Lane.CHANGE)
            return
        self._under_way = None
        self.telling.stop()
        self.gathering = None
        if concordance is not None:
            self._show(concordance)

    def _failed(self, run: _Run, error: Exception) -> None:
        if run is self._under_way:
            self._under_way = None
            self.telling.stop()
            self.gathering = None
            self._session.say_problem(error)
            self.began.emit()

    def _show(self, concordance: Concordance) -> None:
        before, self.concordance = self.concordance, concordance
        if before is not None and before is not concordance:
            self._session.tasks.run(before.close, lane=Lane.CHANGE)
        self.list_again()

    # Which of them are shown.

    def want(self, **fields: object) -> None:
        """Ask for other lines or another order; the fields are those of Wanted."""
        wanted = replace(self.wanted, **fields)  # type: ignore[arg-type]
        if wanted == self.wanted:
            return
        self.wanted = wanted
        self._session.settings.change(line_sort=wanted.sort.value, lines_grouped=wanted.grouped)
        self.asked.emit()
        self.list_again()

    def list_again(self) -> None:
        """Put the lines in order again, never twice at once."""
        if self._listing:
            self._list_due = True
            return
        concordance, wanted, here = self.concordance, self.wanted, self.here
        if concordance is None:
            return
        self._listing, self._list_due = True, False

        def came(listed: Listed) -> None:
            self._listing = False
            if concordance is self.concordance and wanted == self.wanted:
                new, self._new = self._new, False
                self._any = listed.counts.lines > 0
                self.listed.emit(listed, new)
            else:
                self._list_due = True
            if self._list_due:
                self.list_again()

        def failed(error: Exception) -> None:
            self._listing = False
            if concordance is self.concordance:
                self._session.say_problem(error)
            else:
                self.list_again()

        self._session.read(lambda _library: _listed(concordance, wanted, here), came, failed)

    def fetch(self, numbers: Sequence[int], done: Callable[[Mapping[int, LineRow]], None]) -> None:
        """Fetch rows of the table."""
        concordance = self.concordance
        if concordance is None:
            done({})
            return

        def failed(error: Exception) -> None:
            done({})
            if concordance is self.concordance:
                self._session.say_problem(error)

        self._session.read(lambda _library: _rows(concordance, numbers), done, failed)

    # What was said of lines.

    def mark_own(self) -> None:
        """Know that the next change of lines is one that is shown already."""
        self._own_marks += 1

    def unmark_own(self) -> None:
        """Know that nothing was changed after all."""
        self._own_marks = max(self._own_marks - 1, 0)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(*_TEXTS) and self.answer is not None:
            touched = changes.touches(Kind.EVERYTHING, Kind.FOLDS)
            if touched or not changes.documents.isdisjoint(self.answer.ids):
                self._stale = True
                if self._active and not self.again.isActive():
                    self.again.start()
        if changes.touches(Kind.LINES) and self.concordance is not None:
            if self._own_marks:
                # It is shown already. News may have been joined with it, an undo perhaps: that is
                # looked up when nothing more is marked for a moment.
                self._own_marks = 0
                self.checking.start()
            else:
                self._look_up_states()

    def _look_up_states(self) -> None:
        """Show what was said of lines as the library has it."""
        self.checking.stop()
        concordance = self.concordance
        if concordance is None:
            return

        def came(_nothing: None) -> None:
            if concordance is self.concordance:
                self.rows_changed.emit()
                self.list_again()

        self._session.read(lambda _library: concordance.look_up_states(), came, self._unless_gone)

    def _unless_gone(self, error: Exception) -> None:
        """Say what went wrong, unless it was with lines that nobody looks at any more."""
        if self.concordance is not None:
            self._session.say_problem(error)


class _Run:
    """One gathering. known: what it goes on with. shown: whether what there is of it is shown."""

    def __init__(
        self, answer: Answer, *, known: Concordance | None = None, shown: bool = True
    ) -> None:
        self.answer = answer
        self.known = known
        self.shown = shown
        self.listed = 0  # how many lines there were when they were last put in order
        self.stop = threading.Event()
        self.abandoned = False


def _sort(kept: str) -> LineSort:
    try:
        return LineSort(kept)
    except ValueError:
        return LineSort.DOCUMENT


def _same_query(one: Answer | None, other: Answer | None) -> bool:
    """Whether both ask the same."""
    return one is not None and other is not None and name_of(one.query) == name_of(other.query)


def _same(one: Answer | None, other: Answer | None) -> bool:
    """Whether the lines of both are the same, as far as the texts are."""
    if one is None or other is None:
        return one is other
    return one is other or (
        _same_query(one, other)
        and len(one.ids) == len(other.ids)
        and one.matcher == other.matcher
        and set(one.ids) == set(other.ids)
    )


def _put_away(concordance: Concordance) -> None:
    concordance.know()
    concordance.close()


def _listed(concordance: Concordance, wanted: Wanted, here: tuple[int, int] | None) -> Listed:
    counts = concordance.counts()
    numbers = concordance.numbers(
        wanted.sort, words=wanted.words, states=wanted.states, grouped=wanted.grouped
    )
    shown = len(numbers)
    if wanted.grouped:
        shown = concordance.shown(words=wanted.words, states=wanted.states)
    current = concordance.number_of(*here) if here is not None else None
    return Listed(
        concordance,
        numbers,
        shown,
        current,
        counts,
        concordance.gathering,
        concordance.known_before,
    )


def _rows(concordance: Concordance, numbers: Sequence[int]) -> dict[int, LineRow]:
    lines = concordance.lines([number for number in numbers if number > 0])
    ids = {line.document for line in lines} | {-number for number in numbers if number < 0}
    documents = concordance.documents(ids)
    rows = {line.number: LineRow(line, documents[line.document]) for line in lines}
    for number in numbers:
        if number < 0 and -number in documents:
            rows[number] = LineRow(None, documents[-number])
    return rows
