"""Who is told of what about highlights to review: list, comparison, reader, library."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QObject, Signal

from desktop_app.core.changes import Changes, Kind
from desktop_app.core.errors import Problem
from desktop_app.core.highlights import HighlightFilter, Standing
from desktop_app.core.model import Document
from desktop_app.library.highlight_commands import AcceptPlaces, DeleteHighlights, MoveHighlight
from desktop_app.library.library import Library
from desktop_app.library.reviewing import ReviewCase
from desktop_app.ui.highlights.asking import fetcher
from desktop_app.ui.highlights.going import Going
from desktop_app.ui.highlights.review_pane import ReviewPane
from desktop_app.ui.highlights.review_table import ReviewModel
from desktop_app.ui.highlights.standing_news import StandingNews
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.panes.sidebar_views import REVIEW
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session

_WORDS_SOUGHT = 8
_KINDS = (Kind.HIGHLIGHTS, Kind.TEXT, Kind.STATE, Kind.REMOVED, Kind.FACTS)

_Lists = tuple["array[int]", "array[int]"]


class ReviewJoins(QObject):
    """The connections of reviewing in one window."""

    situation_changed = Signal()
    leave_asked = Signal()
    save_asked = Signal(object)  # ids of highlights, to be saved as a table
    search_asked = Signal(str)  # words, in the whole library

    def __init__(
        self, session: Session, reading: Reading, window: MainWindow, appearance: Appearance
    ) -> None:
        super().__init__(window)
        self._session = session
        self._reading = reading
        self._window = window
        self._reader = window.reader
        self._only: tuple[int, str] | None = None  # the document whose highlights are shown only
        self._to_select: tuple[int, int, int] | None = None  # once a document is there
        self.model = ReviewModel(fetcher(session), self)
        self.pane = ReviewPane(self.model, appearance.theme, window)
        self.pane.setMinimumWidth(240)
        self.pane.hide()
        self.pane.set_writable(not session.read_only)
        self.news = StandingNews(session, reading, window.reader, self)
        self.going = Going(reading, window.reader, self)
        self._connect(appearance)

    def _connect(self, appearance: Appearance) -> None:
        pane, session = self.pane, self._session
        pane.rested.connect(self._look_at)
        pane.left.connect(self.leave_asked)
        pane.only_removed.connect(lambda: self._show_of(None))
        pane.save_asked.connect(lambda: self.save_asked.emit(self.model.ids))
        pane.action_asked.connect(self._run)
        self.news.line.asked.connect(self.show_here)
        session.changed.connect(self._on_changes)
        session.tags_changed.connect(self.model.set_tags)
        self._reading.document_changed.connect(self._on_document)
        self._reading.failed.connect(self._stay)
        self._reader.selection_changed.connect(self._on_selection)
        appearance.changed.connect(pane.set_theme)
        on = self._window.actions_table.on
        on("review.accept", self._accept)
        on("review.accept_ticked", self._accept_ticked)
        on("review.move", self._move)
        on("review.put_here", self._put_here)
        on("review.look", self._look_likely)
        on("review.find", self._find)
        on("review.search", self._search)
        on("review.delete", self._delete)
        on("review.next", pane.next)

    # Showing.

    @property
    def shown(self) -> bool:
        """Whether the list to review stands in the place of the documents."""
        return self._window.places.currentWidget() is self.pane

    @property
    def at_hand(self) -> bool:
        """Whether a highlight of the list is at hand."""
        return self.shown and self.pane.case is not None

    @property
    def puttable(self) -> bool:
        """Whether it waits for a passage, and one is selected."""
        case = self._case()
        waits = case is not None and (self.pane.moving or case.found is None)
        return waits and self._selected() is not None

    def show(self) -> None:
        """Show all that is to be looked at."""
        self._show_of(None)

    def show_here(self) -> None:
        """Show what is to be looked at in the open document."""
        document = self._reading.document
        self._show_of((document.id, document.title) if document is not None else None)

    def _show_of(self, only: tuple[int, str] | None) -> None:
        self._window.leave_reader_alone()
        self._only = only
        self.pane.show_only(only[1] if only else "")
        if not self.shown:
            self._window.show_place(self.pane)
            self._window.sidebar.choose(REVIEW)
        self._list()
        self.pane.focus_list()
        self.situation_changed.emit()

    def _list(self) -> None:
        documents = frozenset((self._only[0],)) if self._only is not None else None

        def work(library: Library) -> _Lists:
            closely = HighlightFilter(standing=frozenset((Standing.REVIEW,)), documents=documents)
            lost = HighlightFilter(standing=frozenset((Standing.LOST,)), documents=documents)
            return library.marks.ids(closely), library.marks.ids(lost)

        def came(lists: _Lists) -> None:
            self.pane.show_lists(*lists)
            self.situation_changed.emit()

        self._session.read(work, came, key="review-lists")

    def _look_at(self, highlight: int) -> None:
        """Show a case, and its place in the reader."""

        def came(case: ReviewCase | None) -> None:
            if not self.shown or self.pane.table.current_of() != highlight:
                return
            before = self.pane.case
            self.pane.show_case(case)
            self._on_selection()
            self.situation_changed.emit()
            again = before is not None and case is not None and before == case
            if case is not None and not again:
                self.going.go(case.document.id, highlight)

        self._session.read(
            lambda library: library.reviewing.case(highlight), came, key="review-case"
        )

    # Deciding.

    def _accept(self) -> None:
        case = self._case()
        if case is None:
            return
        if case.found is None:
            self._tell(
                self.tr("A lost highlight has no place that could be accepted."),
                self.tr("Select the right passage in the document and press “Put it here”."),
            )
            return
        self._session.do(AcceptPlaces((case.highlight.id,)))

    def _accept_ticked(self) -> None:
        ticked = tuple(each for each in self.model.ids if each in self.model.ticked)
        if ticked:
            self._session.do(AcceptPlaces(ticked))
        else:
            self._tell(
                self.tr("No highlight is ticked."),
                self.tr("Tick with Space or a click on the box, then accept all at once."),
            )

    def _delete(self) -> None:
        case = self._case()
        if case is not None:
            self._session.do(DeleteHighlights((case.highlight.id,)))

    def _move(self) -> None:
        case = self._case()
        if case is not None:
            self.pane.set_moving(True)
            self._on_selection()
            self._reading.open(case.document.id, focus=True)
            self._reader.focus_text()

    def _put_here(self) -> None:
        case, selected = self._case(), self._selected()
        if case is None:
            return
        surface = self._reader.surface
        if selected is None:
            self._tell(
                self.tr("No passage of “{0}” is selected.").format(case.document.title),
                self.tr("Select the right one in the reader, then press “Put it here”."),
            )
            return
        start, end = selected
        self._session.do(
            MoveHighlight(case.highlight.id, surface.version, start, end, surface.quads(start, end))
        )

    # Looking for it.

    def _look_likely(self) -> None:
        case = self._case()
        if case is None or case.likely is None:
            return
        self._to_select = (case.document.id, case.likely.start, case.likely.end)
        if self._shows(case.document.id):
            self._select()
        else:
            self._reading.open(case.document.id)

    def _select(self) -> None:
        assert self._to_select is not None
        _document, start, end = self._to_select
        self._to_select = None
        surface = self._reader.surface
        surface.go_to(start, end)
        surface.select(start, end)

    def _find(self) -> None:
        case = self._case()
        if case is not None:
            self._reading.open(case.document.id)
            self._reader.open_find()
            words = " ".join(case.marked.words.split()[:_WORDS_SOUGHT])
            self._reader.find_bar.open_with(words)

    def _search(self) -> None:
        case = self._case()
        if case is not None:
            words = case.marked.words.replace('"', " ").split()[:_WORDS_SOUGHT]
            self.search_asked.emit(f'"{" ".join(words)}"')

    # What is at hand.

    def _case(self) -> ReviewCase | None:
        return self.pane.case if self.shown else None

    def _shows(self, document: int) -> bool:
        shown = self._reading.document
        return shown is not None and shown.id == document == self._reading.wanted

    def _selected(self) -> tuple[int, int] | None:
        """What is selected of the document at hand."""
        case, surface = self._case(), self._reader.surface
        if case is None or surface.document_id != case.document.id:
            return None
        return surface.selection()

    def _on_selection(self) -> None:
        if self.shown:
            self.pane.set_can_put(self._selected() is not None)
            self.situation_changed.emit()

    def _run(self, action: str) -> None:
        actions = self._window.actions_table
        if action == "review.leave":
            self.leave_asked.emit()
        elif actions[action].isEnabled():
            actions[action].trigger()

    def _tell(self, message: str, hint: str) -> None:
        self._session.say_problem(Problem(message, hint))

    # News.

    def _on_changes(self, changes: Changes) -> None:
        if not changes.touches(*_KINDS):
            return
        everything = changes.touches(Kind.EVERYTHING)
        self.model.look_again(None if everything else changes.documents)
        if self.shown:
            self._list()

    def _on_document(self, document: Document | None) -> None:
        if self._to_select is not None and self._to_select[0] != self._reading.wanted:
            self._stay()  # one has gone elsewhere meanwhile
        if document is None:
            return
        if self._to_select is not None and self._to_select[0] == document.id:
            self._select()
        self._on_selection()

    def _stay(self) -> None:
        """Select nothing in a document that is opened later."""
        self._to_select = None
