"""How many matches all documents of an answer have together, counted a piece at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer

AT_FIRST = 20  # documents
AT_MOST = 400
PIECE_MS = 150
QUIET_MS = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """How many matches the first so many documents have. of: how many documents there are."""

    matches: int
    documents: int
    of: int
    stopped: bool = False

    @property
    def whole(self) -> bool:
        """Whether all documents are counted."""
        return self.documents == self.of

    def words(self) -> str:
        """Say it; a count that is not yet whole says so, and none at all needs no words."""
        if self.whole and not self.matches:
            return ""  # titles or notes say what was asked for, and no text
        said = "1 match" if self.matches == 1 else f"{self.matches:,} matches"
        if self.whole:
            return said
        if self.stopped:
            return f"{said} in the first {self.documents:,}"
        return f"{said} so far"


class MatchCounting(QObject):
    """Counts the matches of the newest answer."""

    counted = Signal(object)  # Counted, again and again until it is whole
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._answer: Answer | None = None
        self._so_far = Counted(0, 0, 0)
        self._at_once = AT_FIRST
        self._counted: Answer | None = None  # that was counted to its end
        self._quiet = False
        self._clock = QElapsedTimer()

    @property
    def counting(self) -> bool:
        """Whether a count is under way."""
        return self._answer is not None

    def holds_for(self, answer: Answer) -> bool:
        """Whether what was counted last was the same texts for the same words."""
        last = self._counted
        return last is not None and (last.ids, last.matcher) == (answer.ids, answer.matcher)

    def begin(self, answer: Answer, *, quietly: bool = False) -> None:
        """Count the matches of an answer, and no longer those of another.

        quietly: nothing is said before the count is whole, unless that takes long.
        """
        self._answer, self._counted = answer, None
        self._quiet = quietly
        self._clock.start()
        self._so_far = Counted(0, 0, len(answer.ids))
        self._at_once = AT_FIRST
        self._next(answer)

    def forget(self) -> None:
        """Count no longer."""
        self._answer = self._counted = None

    def stop(self) -> None:
        """Count no longer, and say how far the count is."""
        if self._answer is not None:
            self._answer = None
            done = self._so_far
            self.counted.emit(Counted(done.matches, done.documents, done.of, stopped=True))
            self.ended.emit()

    def _next(self, answer: Answer) -> None:
        first = self._so_far.documents
        ids = answer.ids[first : first + self._at_once]
        clock = QElapsedTimer()
        clock.start()

        def came(matches: int) -> None:
            if self._answer is not answer:
                return
            taken = max(int(clock.elapsed()), 1)
            self._at_once = min(max(self._at_once * PIECE_MS // taken, 1), AT_MOST)
            so_far = self._so_far
            self._so_far = Counted(so_far.matches + matches, first + len(ids), so_far.of)
            if self._so_far.whole:
                self._answer, self._counted = None, answer
            if self._answer is None or not self._quiet or self._clock.elapsed() > QUIET_MS:
                self.counted.emit(self._so_far)
            if self._answer is None:
                self.ended.emit()
            else:
                self._next(answer)

        def failed(error: Exception) -> None:
            if self._answer is answer:
                self._answer = None
                self.ended.emit()
            self._session.say_problem(error)

        self._session.read(
            lambda library: sum(
                hit.matches for hit in library.hits(answer, ids, passages=0).values()
            ),
            came,
            failed,
            key="matches",
        )
