"""Who is told of what about the page of a tag: lists, reader, library."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QMenu

from desktop_app.library.tags.page import TakeOff
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.highlights.asking import fetcher
from desktop_app.ui.highlights.going import Going
from desktop_app.ui.highlights.model import HighlightsModel
from desktop_app.ui.joins.tags import TagJoins
from desktop_app.ui.look import icons
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.tag_names import tag_query
from desktop_app.ui.panes.fields import short
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.session import Session
from desktop_app.ui.tags.asking import Carriers, PageAsking
from desktop_app.ui.tags.documents import TaggedModel
from desktop_app.ui.tags.page import TagPage

LEAST_WIDTH = 360
MOST_BACK = 50
MOST_WAYS = 30  # of the tags in a menu


class TagPageJoins(QObject):
    """The connections of the page of a tag in one window."""

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
        tags: TagJoins,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._question = question
        self._reading = reading
        self._window = window
        self._appearance = appearance
        self._tags = tags
        self._actions: Actions = window.actions_table
        self._was_shown = False
        self._before: list[int] = []  # the tags whose pages were seen before
        self.asking = PageAsking(session, self)
        self.marks = HighlightsModel(fetcher(session), self)
        self.documents = TaggedModel(self.asking.fetch, self)
        self.pane = TagPage(self.marks, self.documents, appearance.theme, window)
        self.pane.setMinimumWidth(LEAST_WIDTH)
        self.pane.hide()
        self.pane.set_writable(not session.read_only)
        self.going = Going(reading, window.reader, self)
        self._menu = self._make_menu()
        self.pane.set_menu(self._menu)
        self._connect()

    def _connect(self) -> None:
        pane, asking, session = self.pane, self.asking, self._session
        asking.asked.connect(self._show_head)
        asking.answered.connect(self._on_answer)
        asking.rows_changed.connect(self.marks.look_again)
        asking.rows_changed.connect(self.documents.look_again)
        pane.wanted.connect(lambda fields: asking.want(**fields))
        pane.tag_asked.connect(self.show)
        pane.back_asked.connect(self._go_back)
        pane.mark_opened.connect(lambda _mark: self._window.bring_reader())
        pane.mark_opened.connect(self._go_to_mark)
        pane.mark_rested.connect(self._go_to_mark)
        pane.document_opened.connect(lambda _document: self._window.bring_reader())
        pane.document_opened.connect(self._open_document)
        pane.document_rested.connect(self._open_document)
        pane.chosen_changed.connect(self.situation_changed)
        pane.context_asked.connect(self._show_context)
        pane.action_asked.connect(self._run)
        pane.left.connect(self.leave)
        session.tags_changed.connect(self._on_tags)
        self._question.asked.connect(self._on_asked)
        self._window.places.currentChanged.connect(lambda _place: self._on_place())
        self._appearance.changed.connect(pane.set_theme)
        for surface in (self._window.reader.view, self._window.reader.pages):
            surface.menu_asked.connect(self._add_to_marks)
        tree = self._window.sidebar.tags.tree
        tree.setExpandsOnDoubleClick(False)  # the arrow does that, and the arrow keys
        tree.doubleClicked.connect(self._on_double_click)
        self._window.sidebar.tags.offer_verb("tags.page", self.show)
        on = self._actions.on
        on("tags.page", self._ask_which)
        on("tagged.open", self._open_chosen)
        on("tagged.tags", self._pick_tags)
        on("tagged.off", self._take_off)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self.pane)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self._fill(menu)
        return menu

    def _fill(self, menu: QMenu) -> None:
        """Offer what can be done with what is chosen, and with the tag as the sidebar does."""
        menu.clear()
        for name in ("open", "tags", "off"):
            menu.addAction(self._actions[f"tagged.{name}"])
        menu.addSeparator()
        menu.addAction(self.tr("Show its documents in the list"), self._show_in_list)
        menu.addAction(self._actions["tags.together"])
        tag = self._tree.by_id.get(self.asking.shown.tag or 0)
        if tag is not None and not self._session.read_only:
            menu.addSeparator()
            of_tag = self._window.sidebar.tags.menu_of(tag)
            of_tag.setTitle(self.tr("The tag “{0}”").format(short(tag.name).replace("&", "&&")))
            of_tag.setParent(menu, of_tag.windowFlags())
            menu.addMenu(of_tag)

    # Showing.

    @property
    def shown(self) -> bool:
        """Whether a tag's page stands in the place of the list."""
        return self._window.places.currentWidget() is self.pane

    @property
    def tag(self) -> int | None:
        """The tag whose page is shown; None while none is."""
        return self.asking.shown.tag if self.shown else None

    @property
    def chosen_count(self) -> int:
        """How many rows are chosen, 0 while the page is not shown."""
        return self.pane.table.chosen_count if self.shown else 0

    def show(self, tag: int) -> None:
        """Show the page of a tag in the place of the list."""
        if tag not in self._tree.by_id:
            return
        here = self.tag
        if here is not None and here != tag:
            self._before = [*self._before, here][-MOST_BACK:]
        elif here is None:
            self._before.clear()
        self._show(tag)

    def leave(self) -> None:
        """Show the documents again."""
        if not self.shown:
            return
        self._show_list()
        shown = self._window.list
        if self._reading.wanted is None or shown.choose(self._reading.wanted):
            shown.focus()
        else:
            shown.view.setFocus()  # what is read stays, though it is not in the list

    def step(self, by: int) -> None:
        """Go to the next row of the list, or the one before."""
        self.pane.step(by)

    # Ways from elsewhere.

    def add_ways(self, menu: QMenu, tags: Iterable[int]) -> None:
        """Let a menu lead to the pages of tags."""
        tree = self._tree
        known = sorted((tag for tag in set(tags) if tag in tree.by_id), key=tree.path)
        if not known:
            return
        menu.addSeparator()
        ways = menu.addMenu(icons.icon("tag"), self.tr("Page of its tag"))
        for tag in known[:MOST_WAYS]:
            found = tree.by_id[tag]
            name = tree.path(tag).replace("&", "&&")
            ways.addAction(tag_icon(found), name, partial(self.show, tag))

    def show_menu_of(self, tag: int, at: QPoint) -> None:
        """Show the menu of a tag that stands somewhere as a chip."""
        found = self._tree.by_id.get(tag)
        if found is not None:
            menu: QMenu = self._window.sidebar.tags.menu_of(found)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def _add_to_marks(self, menu: QMenu, place: object) -> None:
        """Lead from the highlights at a place of a text to the pages of their tags."""
        if isinstance(place, QPoint | QPointF):
            here = self._window.reader.surface.marks_at(QPointF(place))
            self.add_ways(menu, (tag for mark in here for tag in mark.tags))

    def _on_double_click(self, index: QModelIndex) -> None:
        tag = self._window.sidebar.tags.model.tag_at(index)
        if tag is not None:
            self.show(tag.id)

    @property
    def _tree(self) -> TagTree:
        return self._session.tag_tree or TagTree()

    def _show(self, tag: int) -> None:
        self._window.leave_reader_alone()
        self._window.show_place(self.pane)
        self.asking.want(tag=tag)
        self._show_head()
        self._window.sidebar.choose(tag_query(self._tree, tag))
        self.pane.focus_table()
        self.situation_changed.emit()

    def _go_back(self) -> None:
        while self._before:
            tag = self._before.pop()
            if tag in self._tree.by_id:
                self._show(tag)
                return
        self._show_head()

    def _show_list(self) -> None:
        self._window.show_place(self._window.list)
        self.going.forget()

    def _show_head(self) -> None:
        tag = self._tree.by_id.get(self.asking.shown.tag or 0)
        if tag is not None:
            can_go_back = any(each in self._tree.by_id for each in self._before)
            self.pane.show_tag(self._tree, tag, self.asking.shown, can_go_back=can_go_back)

    def _show_in_list(self) -> None:
        tag = self.asking.shown.tag
        if tag in self._tree.by_id:
            self._window.sidebar.view_chosen.emit(tag_query(self._tree, tag), self._tree.path(tag))

    def _ask_which(self) -> None:
        here = self.tag
        verbs, question = self._tags.verbs, self.tr("The page of which tag?")
        if here is not None:
            verbs.ask_tag(question, lambda tag: self.show(tag.id))
        else:
            verbs.with_tag(question, self.show)

    # News.

    def _on_place(self) -> None:
        shown = self.shown
        if self._was_shown and not shown:
            self._window.sidebar.choose(self._question.within)
        self._was_shown = shown
        self.asking.set_active(shown)
        self.situation_changed.emit()

    def _on_asked(self) -> None:
        if not self.shown:
            return
        if self._window.header.isAncestorOf(self._window.focusWidget() or self._window):
            self._show_list()  # the keys stay in the search box
        else:
            self.leave()

    def _on_tags(self, tree: TagTree) -> None:
        self.marks.set_tags(tree)
        if not self.shown:
            return
        if self.asking.shown.tag in tree.by_id:
            self._show_head()
        else:
            self._session.said.emit(self.tr("The tag of this page is gone. Undo brings it back."))
            self.leave()

    def _on_answer(self, found: Carriers, new: bool) -> None:
        pane = self.pane
        had_keys = pane.isAncestorOf(self._window.focusWidget() or self._window)
        pane.show_carriers(found, new=new)
        if new and had_keys:
            pane.focus_table()
        self.situation_changed.emit()

    # Going to a place.

    def _go_to_mark(self, mark: int) -> None:
        row = self.marks.known(mark)
        if row is not None:
            self.going.go(row.document.id, mark)

    def _open_document(self, document: int) -> None:
        self.going.forget()
        self._reading.open(document)

    def _open_chosen(self) -> None:
        current = self.pane.table.current_of()
        if current is None:
            return
        self._window.bring_reader()
        if self.pane.of_marks:
            row = self.marks.known(current)
            if row is not None:
                self.going.go(row.document.id, current, focus=True)
        else:
            self.going.forget()
            self._reading.open(current, focus=True)

    # What is done.

    def _pick_tags(self) -> None:
        chosen = tuple(self.pane.table.chosen_ids())
        if not chosen or self._session.read_only:
            return
        if self.pane.of_marks:
            self.tags_asked.emit(chosen)
        else:
            self._actions["document.tag"].trigger()

    def _take_off(self) -> None:
        chosen, tags = tuple(self.pane.table.chosen_ids()), self.asking.tags()
        if not chosen or not tags or self._session.read_only:
            return
        if self.pane.of_marks:
            self._session.do(TakeOff(tags, highlights=chosen))
        else:
            self._session.do(TakeOff(tags, documents=chosen))

    def _run(self, action: str) -> None:
        if action == "tagged.leave":
            self.leave()
        elif action == "tags.edit":
            if self.tag is not None:
                self._tags.verbs.edit(self.tag)
        elif self._actions[action].isEnabled():
            self._actions[action].trigger()

    def _show_context(self, point: QPoint) -> None:
        self._menu.popup(point)
