"""What is open in the reader: fetched beside the window, with its matches, its place, its history."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.folding import rule_line
from desktop_app.core.folding_rules import Verdict
from desktop_app.core.highlights import Highlight
from desktop_app.core.matches import Matches
from desktop_app.core.model import Document
from desktop_app.core.places import carried
from desktop_app.core.text import Fold, Text
from desktop_app.library.commands import UseText
from desktop_app.library.fold_commands import SetFoldRules
from desktop_app.ui.question import Question
from desktop_app.ui.reader.pictures import Absence, decode
from desktop_app.ui.reader.rows import Rows
from desktop_app.ui.session import Session
from desktop_app.ui.trail import Trail

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.searching import Answer
    from desktop_app.ui.reader.pane import ReaderPane

_log = logging.getLogger(__name__)

Match = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is fetched of a document.

    rows: of the text, made beside the window. shows_whole: whether its whole page is in use; None:
    it has one text. answer: whose matches these are; None: nothing was searched for. position: where
    to go on in this text; None where its words are those that are shown already.
    """

    document: Document
    text: Text
    rows: Rows
    shows_whole: bool | None
    matches: Matches
    highlights: list[Highlight]
    note: str  # on the whole document
    answer: Answer | None
    position: int | None = None


class Reading(QObject):
    """Opens documents in the reader and keeps what it shows true."""

    document_changed = Signal(object)  # Document, or None
    matches_changed = Signal(int)  # how many there are
    leaving = Signal()  # another document is about to be shown
    shown = Signal(object)  # the Document that was opened
    gone = Signal(int)  # a document that was to be opened is no longer in the library
    failed = Signal()  # what was to be opened cannot be; nothing else is wanted in its place
    note_changed = Signal(int, str)  # document, the note on it
    past_last_match = Signal(int)  # +1 or -1: the next or the previous document is wanted

    def __init__(
        self, session: Session, question: Question, pane: ReaderPane, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._question = question
        self._pane = pane
        self.wanted: int | None = None
        self.document: Document | None = None
        self.matches = 0
        self.shows_whole: bool | None = None  # see _Opened
        self.trail = Trail()
        self.is_opening = False  # a document is being shown, and goes to its place
        self.is_fetching = False  # what is wanted is not there yet
        self._at: Match | None = None  # the place in it to go to
        self._to_last = False  # whether the next one is shown from its last match
        self._from_end = False  # whether the one that is on its way is
        self._connect()

    def _connect(self) -> None:
        self._session.changed.connect(self._on_changes)
        self._question.answered.connect(self._on_answer)
        self._pane.progressed.connect(self._session.set_progress)
        self._pane.matches_ended.connect(self.past_last_match)
        self._pane.text_asked.connect(self._use_text)
        self._pane.view.read_only = self._session.read_only
        self._pane.view.never_fold_asked.connect(self._never_fold)
        self._pane.view.always_fold_asked.connect(self._always_fold)
        self._pane.view.pictures.wanted.connect(self._fetch_picture)

    def open(
        self,
        document: int,
        *,
        focus: bool = False,
        position: int | None = None,
        at: Match | None = None,
    ) -> None:
        """Open a document at a match or a position, or else at its first match or where one stopped.

        at: one of its matches, as the list shows it.
        """
        if at is not None or document != self.wanted:
            self._at = at
        if document == self.wanted:
            if not self.is_fetching:
                self._go_to_wanted()
            if focus:
                self._pane.focus_text()
            return
        self.wanted = document
        self.is_fetching = True
        self._from_end = self._to_last
        self._to_last = False
        answer = self._searched_for()

        def came(opened: _Opened) -> None:
            self.leaving.emit()
            self.is_fetching = False
            self._show(opened, position)
            self.shown.emit(opened.document)
            if focus:
                self._pane.focus_text()

        self._session.read(
            lambda library: _fetch(library, document, answer), came, self._failed, key="reading"
        )

    def open_at_match(self, document: int, *, at: Match | None = None) -> None:
        """Open a document at a match, the first one for None, and give it the keys."""
        again = document == self.wanted and not self.is_fetching
        self.open(document, focus=True, at=at)
        if again and at is None and self._pane.current_match() is None:
            self._pane.go_to_first_match()

    def come_from_behind(self) -> None:
        """Show the next document that is opened at its last match rather than at its first."""
        self._to_last = True

    def close(self) -> None:
        """Show no document."""
        self.wanted = None
        self.is_fetching = False
        self._session.tasks.forget("reading")
        self.document = None
        self.shows_whole = None
        self._pane.clear()
        self._set_matches(0)
        self.document_changed.emit(None)

    def _show(self, opened: _Opened, position: int | None) -> None:
        self.document = opened.document
        self.is_opening = True
        backwards, self._from_end = self._from_end, False
        self._pane.show_document(opened.document, opened.text, position=position, rows=opened.rows)
        to_match = position is None and self._at is None
        if self._holds(opened):
            self._show_matches(opened.matches, go=to_match, backwards=backwards)
        else:  # something else was searched for meanwhile
            self._show_matches(Matches())
            self._fetch_matches(opened.document.id, go=to_match, backwards=backwards)
        self._go_to_wanted()
        self._show_texts(opened)
        self.is_opening = False

    def _searched_for(self) -> Answer | None:
        return self._question.answer if self._question.searched else None

    def _holds(self, opened: _Opened) -> bool:
        """Whether the matches that were fetched with a document are those of what is asked now."""
        now = self._searched_for()
        if now is None or opened.answer is None:
            return now is opened.answer
        return now.matcher == opened.answer.matcher

    def _show_matches(self, found: Matches, *, go: bool = False, backwards: bool = False) -> None:
        """Mark what was found; go: to the first match, or, backwards, to the last one."""
        spans = found.spans
        self._pane.set_matches(spans, marks=found.marks, go_to_first=go and not backwards)
        if spans and go and backwards:
            self._pane.go_to(*spans[-1])
        self._set_matches(len(spans))

    def _go_to_wanted(self) -> None:
        """Go to the match that was asked for, where it is still to be gone to."""
        at, self._at = self._at, None
        if at is not None:
            self._pane.go_to(*at)

    def _show_change(self, opened: _Opened) -> None:
        """Show what became of the text of the document that is open; the place is kept."""
        self.document = opened.document
        self._pane.change_text(
            opened.document, opened.text, position=opened.position, rows=opened.rows
        )
        if self._holds(opened):
            self._show_matches(opened.matches)
        else:
            self._fetch_matches(opened.document.id)
        self._show_texts(opened)

    def _show_texts(self, opened: _Opened) -> None:
        self._pane.set_highlights(opened.highlights)
        self.note_changed.emit(opened.document.id, opened.note)
        self.shows_whole = opened.shows_whole
        self._pane.show_texts(opened.shows_whole)
        self.document_changed.emit(opened.document)

    def _failed(self, error: Exception) -> None:
        self.is_fetching = False
        if isinstance(error, BadUsage):
            if self.wanted is not None:
                self.gone.emit(self.wanted)
            self.close()  # it has been removed for good meanwhile
        else:
            self.wanted = None
            self.failed.emit()
            self._session.say_problem(error)

    def _on_answer(self, _answer: Answer, _new: bool) -> None:
        if self.document is not None:  # what is still on its way looks for itself what is asked
            self._fetch_matches(self.document.id)

    def _fetch_matches(self, document: int, *, go: bool = False, backwards: bool = False) -> None:
        """Mark in the document that is shown what is asked now; see _show_matches."""
        answer = self._searched_for()
        if answer is None:
            self._session.tasks.forget("reading-matches")
            self._show_matches(Matches())
            return

        def came(matches: Matches) -> None:
            if self.document is not None and self.document.id == document:
                self._show_matches(matches, go=go, backwards=backwards)

        self._session.read(
            lambda library: library.matches_in(answer, document), came, key="reading-matches"
        )

    def _on_changes(self, changes: Changes) -> None:
        document = self.wanted
        if document is None or changes.kinds == {Kind.PROGRESS}:
            return
        everything = changes.touches(Kind.EVERYTHING)
        if not everything and document not in changes.documents:
            return
        if everything or changes.touches(Kind.TEXT):
            self._look_again(document)
            return
        if changes.touches(Kind.HIGHLIGHTS):
            self._fetch_highlights(document)
        if changes.touches(Kind.NOTES):
            self._fetch_note(document)
        if changes.kinds <= {Kind.HIGHLIGHTS, Kind.NOTES, Kind.PROGRESS}:
            return

        def came(found: list[Document]) -> None:
            if self.wanted != document:
                return
            if not found:
                self.close()
                return
            self.document = found[0]
            self._pane.set_document(found[0])
            self.document_changed.emit(found[0])

        self._session.read(lambda library: library.documents([document]), came, key="reading-facts")

    def _look_again(self, document: int) -> None:
        """Fetch the text of the open document again: it was folded anew, or read anew."""
        shown, position = self._pane.view.text, self._pane.position()
        if shown is None or self.document is None or self.document.id != document:
            self.wanted = None
            self.open(document)
            return
        answer = self._searched_for()
        passed = {step.position for step in self.trail.steps if step.document == document}
        moved: dict[int, int] = {}

        def came(opened: _Opened) -> None:
            self.trail.move(document, lambda place: moved.get(place, place))
            if self.wanted == document:
                self._show_change(opened)

        def fetch(library: Library) -> _Opened:
            opened = _fetch(library, document, answer)
            if opened.text.canonical == shown.canonical:
                return opened
            for place in (position, *passed):
                moved[place] = carried(place, shown.canonical, opened.text.canonical)
            return replace(opened, position=moved[position])

        self._session.read(fetch, came, self._failed, key="reading")

    def _fetch_highlights(self, document: int) -> None:
        """Show the highlights of the open document as they are now."""

        def came(found: list[Highlight]) -> None:
            if self.wanted == document and self.document is not None:
                self._pane.set_highlights(found)

        self._session.read(lambda library: library.marks.of(document), came, key="reading-marks")

    def _fetch_note(self, document: int) -> None:
        """Show the note on the open document as it is now."""
        self._session.read(
            lambda library: library.marks.note(document),
            lambda note: self.note_changed.emit(document, note),
            key="reading-note",
        )

    # Texts, folds and pictures.

    def _use_text(self, whole: bool) -> None:
        """Show the whole page or the article; it can be undone."""
        if self.document is not None:
            self._session.do(UseText((self.document.id,), whole))

    def _never_fold(self, folds: tuple[Fold, ...]) -> None:
        """Keep open, in all texts of the source, what these folds hide; one thing to undo."""
        text = self._pane.view.text
        if text is not None:
            self._say_of_folds(tuple(rule_line(text, fold) for fold in folds), Verdict.NEVER)

    def _always_fold(self, line: str) -> None:
        """Fold a line in all texts of the source."""
        self._say_of_folds((line,), Verdict.ALWAYS)

    def _say_of_folds(self, lines: tuple[str, ...], verdict: Verdict) -> None:
        if self.document is not None:
            source = self.document.facts.source or ""
            self._session.do(SetFoldRules(source, lines, verdict))

    def _fetch_picture(self, picture: str, size: QSize) -> None:
        """Read and decode a picture beside the window."""
        shelf = self._pane.view.pictures

        def failed(error: Exception) -> None:
            if not isinstance(error, Problem):
                _log.error("a picture could not be decoded", exc_info=error)
            shelf.supply(picture, Absence.MISSING)

        self._session.read(
            lambda library: decode(library.picture(picture), size),
            lambda decoded: shelf.supply(picture, decoded),
            failed,
        )

    def _set_matches(self, count: int) -> None:
        if count != self.matches:
            self.matches = count
            self.matches_changed.emit(count)


def _fetch(library: Library, document: int, answer: Answer | None) -> _Opened:
    found = library.documents([document])
    if not found:
        raise BadUsage("The document is no longer in the library.")
    matches = library.matches_in(answer, document) if answer is not None else Matches()
    text = library.text(document)
    return _Opened(
        found[0],
        text,
        Rows(text),
        library.shows_whole_page(document),
        matches,
        library.marks.of(document),
        library.marks.note(document),
        answer,
    )
