"""Who is told of what about the highlights of the whole library: table, filters, review, reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from desktop_app.core.model import Document
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.highlights.asking import Asking, Listed
from desktop_app.ui.highlights.going import Going
from desktop_app.ui.highlights.model import HighlightsModel
from desktop_app.ui.highlights.pane import HighlightsPane
from desktop_app.ui.highlights.tag_filter import TagFilter
from desktop_app.ui.highlights.verbs import TableVerbs
from desktop_app.ui.joins.question import QuestionJoins
from desktop_app.ui.joins.review import ReviewJoins
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.panes.sidebar_views import HIGHLIGHTS, REVIEW
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer


class HighlightJoins(QObject):
    """The connections of all highlights in one window."""

    situation_changed = Signal()
    tags_asked = Signal(object)  # the highlights whose tags are to be chosen

    def __init__(
        self,
        session: Session,
        question: Question,
        reading: Reading,
        window: MainWindow,
        *,
        appearance: Appearance,
        searching: QuestionJoins,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._reading = reading
        self._appearance = appearance
        self._searching = searching
        self._window = window
        self._actions: Actions = window.actions_table
        self._titles: dict[int, str] = {}
        self._is_answer = False  # whether the table is what a search is answered with
        self.asking = Asking(session, self)
        self.model = HighlightsModel(self.asking.fetch, self)
        self.pane = HighlightsPane(self.model, appearance.theme, window)
        self.pane.setMinimumWidth(240)
        self.pane.hide()
        self.going = Going(reading, window.reader, self)
        self.verbs = TableVerbs(session, self._actions, self.pane, window.reader)
        self.tag_filter = TagFilter(window)
        self.review = ReviewJoins(session, reading, window, appearance)
        self._menu = self.verbs.menu(appearance.theme)
        self.pane.set_menu(self._menu)
        self._connect()
        self._show_wanted()

    def _connect(self) -> None:
        session, pane, asking = self._session, self.pane, self.asking
        asking.answered.connect(self._on_answer)
        asking.asked.connect(self._show_wanted)
        asking.rows_changed.connect(self.model.look_again)
        pane.wanted.connect(self._want)
        pane.cleared.connect(asking.clear)
        pane.sort_asked.connect(asking.sort)
        pane.tags_asked.connect(self._open_tag_filter)
        pane.opened.connect(lambda _highlight: self._window.bring_reader())
        pane.opened.connect(self._open)
        pane.rested.connect(self._open)
        pane.chosen_changed.connect(self.situation_changed)
        pane.context_asked.connect(self._show_context)
        pane.action_asked.connect(self._run)
        pane.left.connect(self.leave)
        self.tag_filter.tags_chosen.connect(lambda tags: asking.want(tags=tags))
        self.verbs.tags_asked.connect(self.tags_asked)
        self.going.arrived.connect(self._on_arrived)
        session.tags_changed.connect(self._on_tags)
        self._question.asked.connect(self._on_asked)
        self._searching.answering.connect(self._on_found)
        self._searching.pane_asked.connect(self._show_pane)
        self._reading.document_changed.connect(self._on_document)
        self._appearance.changed.connect(self._on_theme)
        for surface in (self._window.reader.view, self._window.reader.pages):
            surface.menu_asked.connect(self._add_to_menu)
        on = self._actions.on
        on("view.highlights", self._toggle)
        on("view.highlights_here", self.show_here)
        on("view.review", self.review.show)
        self.review.situation_changed.connect(self._on_review)
        self.review.leave_asked.connect(self.leave)
        self.review.save_asked.connect(lambda ids: self.verbs.save(ids, self.tr("review")))
        self.review.search_asked.connect(self._search)

    # Showing.

    @property
    def shown(self) -> bool:
        """Whether the table stands in the place of the list."""
        return self._window.places.currentWidget() is self.pane

    @property
    def chosen_count(self) -> int:
        """How many highlights are chosen in the table, 0 while it is not shown."""
        return self.pane.table.chosen_count if self.shown else 0

    def show(self, *, with_keys: bool = True) -> None:
        """Show the table in the place of the list. with_keys: and put the keys on it."""
        self._window.leave_reader_alone()
        self._window.show_place(self.pane)
        self._window.sidebar.choose(self._question.within if self._is_answer else HIGHLIGHTS)
        self._actions["view.highlights"].setChecked(True)
        self.asking.set_active(True)
        if with_keys:
            self.pane.focus_table()
        self.situation_changed.emit()

    def show_here(self) -> None:
        """Show the highlights of the open document only."""
        document = self._reading.document
        if document is not None:
            self._titles[document.id] = document.title
            self.asking.want(document=document.id)
        self.show()

    def leave(self) -> None:
        """Show the documents again."""
        if not (self.shown or self.review.shown):
            return
        self._show_list()
        shown = self._window.list
        if self._reading.wanted is None or shown.choose(self._reading.wanted):
            shown.focus()
        else:
            shown.view.setFocus()  # what is read stays, though it is not in the list

    def _show_list(self) -> None:
        self._window.list.take_lines()
        self._window.show_place(self._window.list)
        self._window.sidebar.choose(self._question.within)
        self._actions["view.highlights"].setChecked(False)
        self.asking.set_active(False)
        self.going.forget()
        self.situation_changed.emit()

    def step(self, by: int) -> None:
        """Go to the next highlight of the table, or the one before."""
        table = self.pane.table
        rows = len(self.model.ids)
        if rows:
            row = table.currentIndex().row() + by
            table.choose_row(min(max(row, 0), rows - 1))
            table.rest.start()

    def _toggle(self) -> None:
        if self.shown:
            self.leave()
        else:
            self.show()

    def _show_pane(self, name: str) -> None:
        if name == REVIEW:
            self.review.show()
        else:
            self.show()

    # A search for passages.

    def _on_asked(self) -> None:
        if self._is_answer or not (self.shown or self.review.shown):
            return  # it stays until it is known what the next answer is
        typing = self._window.header.isAncestorOf(self._window.focusWidget() or self._window)
        if typing:
            self._show_list()
        else:
            self.leave()

    def _on_found(self, answer: Answer, new: bool) -> None:
        """Show the table where it is the answer, restricted to what was found."""
        found = None if answer.highlights is None else frozenset(answer.highlights)
        was, self._is_answer = self._is_answer, found is not None
        if found is not None:
            self.asking.want(found=found)
            if new or (self.shown and not was):
                self.pane.take_lines(self._window.list.lines)
                self.show(with_keys=False)
        elif was:
            self.asking.want(found=None)
            if self.shown:
                self._show_list()

    # Asking.

    def _want(self, fields: dict[str, object], typed: bool) -> None:
        document = self._reading.document
        if document is not None:
            self._titles[document.id] = document.title
        self.asking.want(at_once=not typed, **fields)

    def _show_wanted(self) -> None:
        tree = self._session.tag_tree or TagTree()
        self.pane.show_wanted(self.asking.wanted, self.asking.order, tree, self._title)

    def _title(self, document: int) -> str:
        return self._titles.get(document, self.tr("one document"))

    def _on_answer(self, listed: Listed, new: bool) -> None:
        self.pane.show_answer(listed, new=new)
        self.situation_changed.emit()

    def _open_tag_filter(self) -> None:
        tree = self._session.tag_tree or TagTree()
        self.tag_filter.open_with(tree, self.asking.wanted.tags)

    # Going to a place.

    def _open(self, highlight: int) -> None:
        row = self.model.known(highlight)
        if row is not None:
            self.going.go(row.document.id, highlight)

    def _on_arrived(self, highlight: int, found: bool) -> None:
        if not found and self.shown:
            self._session.said.emit(
                self.tr("This highlight is lost: its words are not in the text in use.")
            )

    # What is done.

    def _run(self, action: str) -> None:
        if action == "highlights.clear":
            self.asking.clear()
        elif action == "highlights.leave":
            self.leave()
        elif self._actions[action].isEnabled():
            self._actions[action].trigger()

    def _show_context(self, point: QPoint) -> None:
        self._menu.popup(point)

    def _add_to_menu(self, menu: QMenu, _place: object) -> None:
        """Offer quoting where something of a text is selected or chosen."""
        if self.verbs.has_passage:
            menu.addSeparator()
            menu.addAction(self._actions["mark.copy_quotation"])
            menu.addAction(self._actions["mark.copy_markdown"])

    def _search(self, words: str) -> None:
        """Look for words in the whole library."""
        self._searching.choose_everything()
        self._window.header.search.set_text(words)

    # News.

    def _on_review(self) -> None:
        self.asking.set_active(self.shown)
        self._actions["view.highlights"].setChecked(self.shown)
        self.situation_changed.emit()

    def _on_tags(self, tree: TagTree) -> None:
        self.model.set_tags(tree)
        self._show_wanted()

    def _on_document(self, document: Document | None) -> None:
        self.pane.bar.set_document((document.id, document.title) if document else None)

    def _on_theme(self) -> None:
        theme = self._appearance.theme
        self.pane.set_theme(theme)
        menu: QMenu = self.verbs.menu(theme)
        self.pane.set_menu(menu)
        self._menu.deleteLater()
        self._menu = menu
        self._show_wanted()
