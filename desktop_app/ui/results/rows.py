"""The rows of an answer: what is known of documents first, their best passages as they are found.

A list is there before any text has been looked through. Texts are looked through in pieces, the
rows that were asked for last first; nothing more is asked once another answer is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.query_tree import Place
from desktop_app.ui.models.documents import Fetched, Row
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.core.model import Document
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer, Hit

AT_FIRST = 10  # documents whose passages are looked for at once: about a screen of them
AT_ONCE = 60
WORDS_AT_ONCE = 150_000
KEPT = 4_000
AGAIN_MS = 2_000

_IN_TEXTS = (Place.TEXT, Place.NOTE, Place.QUOTE)


@dataclass(frozen=True, slots=True)
class _Sought:
    """A document whose passages are still to be found."""

    id: int
    words: int


class RowFetching(QObject):
    """Fetches rows for the list, and their passages where words were searched for."""

    hits_came = Signal(object)  # dict of document to Hit, or to None where it cannot be had

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._answer: Answer | None = None
        self._searched = False
        self._hits: dict[int, Hit] = {}  # of documents that were looked through for this question
        self._waiting: list[list[_Sought]] = []  # what was asked for last stands last
        self._looking = False
        self._copies: frozenset[int] | None = None  # of the answer, all that stand under others

    def show(self, answer: Answer, *, searched: bool, new: bool) -> None:
        """Fetch for another answer; new: to another question."""
        in_texts = any(answer.matcher.looks_in(place) for place in _IN_TEXTS)
        self._answer, self._searched = answer, searched and in_texts
        self._copies = None
        self._waiting.clear()
        if new:
            self._hits.clear()

    def forget(self) -> None:
        """Look through no more texts than the one that is being looked through."""
        left = {each.id: self._hits.get(each.id) for part in self._waiting for each in part}
        self._waiting.clear()
        if left:
            self.hits_came.emit(left)

    @property
    def looking(self) -> bool:
        """Whether passages are still to come."""
        return self._looking

    def fetch(self, ids: Sequence[int], done: Callable[[Fetched], None]) -> None:
        """Fetch the rows of documents; their passages come later, by hits_came."""
        answer = self._answer

        def came(found: tuple[list[Document], Mapping[int, int]]) -> None:
            documents, marks = found
            searched = self._searched and self._answer is answer
            copies = answer.copies if answer is not None else {}
            under = self._under(answer)
            done(
                {
                    each.id: Row(
                        each,
                        self._hits.get(each.id) if searched else None,
                        marks.get(each.id, 0),
                        copies=len(copies.get(each.id, ())),
                        under=each.id in under,
                        waiting=searched and each.id not in self._hits,
                    )
                    for each in documents
                }
            )
            if searched:
                by_length = [_Sought(each.id, each.words) for each in documents]
                # A book may take a second: it is looked through when the others are there.
                by_length.sort(key=lambda each: each.words > WORDS_AT_ONCE)
                self._waiting.append(by_length)
                self._look()

        def failed(error: Exception) -> None:
            self._session.say_problem(error)
            QTimer.singleShot(AGAIN_MS, self, lambda: done({}))  # then they are asked for again

        self._session.read(lambda library: _known(library, ids), came, failed)

    def _under(self, answer: Answer | None) -> AbstractSet[int]:
        """The documents that stand under others."""
        if answer is None or answer is not self._answer or not answer.copies:
            return frozenset()
        if self._copies is None:
            self._copies = frozenset(each for copies in answer.copies.values() for each in copies)
        return self._copies

    def _look(self) -> None:
        """Look the next piece through, one at a time."""
        while self._waiting and not self._waiting[-1]:
            self._waiting.pop()
        answer = self._answer
        if self._looking or not self._waiting or answer is None:
            return
        piece = _piece(self._waiting[-1], at_most=AT_ONCE if self._hits else AT_FIRST)
        self._looking = True

        def came(hits: dict[int, Hit]) -> None:
            self._looking = False
            if self._answer is answer:
                if len(self._hits) > KEPT:
                    self._hits.clear()
                self._hits.update(hits)
                self.hits_came.emit({each: hits.get(each) for each in piece})
            self._look()

        def failed(error: Exception) -> None:
            self._looking = False
            self._session.say_problem(error)
            self.hits_came.emit(dict.fromkeys(piece))
            self._look()

        self._session.read(lambda library: library.hits(answer, piece), came, failed)


def _known(library: Library, ids: Sequence[int]) -> tuple[list[Document], Mapping[int, int]]:
    return library.documents(ids), library.marks.counts(ids)


def _piece(waiting: list[_Sought], *, at_most: int) -> list[int]:
    """Take the first few of what waits."""
    words, number = 0, 0
    for each in waiting[:at_most]:
        words += each.words
        if number and words > WORDS_AT_ONCE:
            break
        number += 1
    taken = [each.id for each in waiting[:number]]
    del waiting[:number]
    return taken
