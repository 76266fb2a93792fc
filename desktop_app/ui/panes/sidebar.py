"""The sidebar: the library's views, the tags of the active collection, saved searches, the trash.

It shows what it is given and asks for what is clicked; at most one row of all is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.model import Counts, Tag
from desktop_app.library.commands import Command
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.merge import MergeDialog
from desktop_app.ui.models.tag_names import tag_at_path, tag_query
from desktop_app.ui.models.tags import TagModel
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.new_tag import NewTagCard
from desktop_app.ui.panes.sidebar_painting import INSET, MARGIN, row_height
from desktop_app.ui.panes.sidebar_views import LIBRARY_VIEWS, TRASH_VIEW, ViewList, ViewModel
from desktop_app.ui.panes.tag_menu import TagMenuAsks, tag_menu
from desktop_app.ui.panes.tag_tree_view import TagTreeView
from desktop_app.ui.panes.tags_heading import TagsHeading
from desktop_app.ui.saved.section import SavedSection

# So few tags are all shown at first; more stay closed until one opens them.
_OPEN_AT_FIRST = 40
_SHOWN_WHEN_MADE = 5

_TREE_LEAST = 60
_MOST_ROWS_COUNTED = 100  # no screen has room for more
_NO_MOST = 16_777_215

# Arrow keys pass many rows on the way: only where they rest is the list filled.
_REST_MS = 140


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is chosen. tag: None for one of the fixed rows, and for a view that has no row."""

    query: str
    title: str
    tag: int | None = None


class Sidebar(QFrame):
    """Where one chooses what the list shows; see the module."""

    view_chosen = Signal(str, str)  # query, title
    command = Signal(object)
    collections_asked = Signal()
    saved_asked = Signal()  # the saved search that the keys rest at

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sidebar")
        self.setAccessibleName("Sidebar")
        self._library = ViewModel(LIBRARY_VIEWS, self)
        self._trash = ViewModel((TRASH_VIEW,), self)
        self._tags = TagModel(self)
        self._library_list = ViewList(self._library, "Library", muted=False, parent=self)
        self._trash_list = ViewList(self._trash, "Trash", muted=True, parent=self)
        self._tree = TagTreeView(self._tags, self)
        self._heading = TagsHeading(self._tags, self)
        self.saved = SavedSection(self)
        self._card = NewTagCard(self)
        self._empty = label(
            "No tags here yet. Press T on a document and type a word, or make one with the plus.",
            "small",
            self,
        )
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(MARGIN + INSET, 4, MARGIN + INSET, 4)
        self._chosen = _Chosen("", LIBRARY_VIEWS[0].title)
        self._saved_chosen: int | None = None
        self._to_reveal: CreateTag | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._place()
        self._connect()
        self._mark_chosen()

    def _place(self) -> None:
        section = label("LIBRARY", "section", self)
        section.setContentsMargins(MARGIN + INSET, 10, 0, 4)
        card = QVBoxLayout()
        card.setContentsMargins(MARGIN, 2, MARGIN, 6)
        card.addWidget(self._card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(section)
        column.addWidget(self._library_list)
        column.addSpacing(10)
        column.addWidget(self._heading)
        column.addLayout(card)
        column.addWidget(self._empty)
        # As high as its tags while there is room, so that the saved searches stand below them.
        column.addWidget(self._tree, 1_000)
        column.addWidget(self.saved)
        column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self._trash_list)

    def _connect(self) -> None:
        for view in (self._library_list, self._trash_list, self._tree):
            view.clicked.connect(self._choose_index)
            view.stepped.connect(self._rest.start)
        self._rest.timeout.connect(self._choose_current)
        for moved in (self._tree.expanded, self._tree.collapsed):
            moved.connect(lambda _index: self._fit_tree())
        self._tags.modelReset.connect(self._fit_tree)
        self._tags.layoutChanged.connect(self._fit_tree)
        self._fit_tree()
        for source in (self._library, self._trash, self._tags, self._heading, self._card):
            source.command.connect(self._ask)
        self._library_list.left_downward.connect(self._from_library_down)
        self._tree.left_upward.connect(self._from_tags_up)
        self._tree.left_downward.connect(self._from_tags_down)
        self._trash_list.left_upward.connect(self._from_trash_up)
        self.saved.list.stepped.connect(self._rest.start)
        self.saved.list.left_upward.connect(self._from_saved_up)
        self.saved.list.left_downward.connect(self._from_saved_down)
        self.saved.model.modelReset.connect(self._mark_chosen)
        self._tree.drag_ended.connect(self._mark_chosen)
        self._tree.delete_asked.connect(self.delete_tag)
        self._tree.menu_asked.connect(self._open_menu)
        self._heading.new_asked.connect(self.new_tag)
        self._heading.collections_asked.connect(self.collections_asked)
        self._card.closed.connect(self._tree.setFocus)

    # What it shows.

    def set_counts(self, counts: Counts) -> None:
        """Show other counts."""
        shown = self._library.views
        self._library.set_counts(counts)
        self._trash.set_counts(counts)
        if self._library.views != shown:
            self._mark_chosen()

    def set_tags(self, tree: TagTree) -> None:
        """Show other tags; what is opened, chosen and scrolled to stays.

        Where the chosen tag was renamed or moved its view is asked for anew, where it is gone
        all documents are.
        """
        top = self._tree.verticalScrollBar().value()
        before, known = self._tags.collection, set(self._tags.tree.by_id)
        self._tags.set_tree(tree)
        if self._tags.collection != before:
            self._open_few()
        else:
            self._open_to([tag for tag in tree.tags if tag.id not in known])
        self._tree.executeDelayedItemsLayout()
        self._tree.viewport().update()
        self._tree.verticalScrollBar().setValue(top)
        self._heading.set_tree(tree)
        self._card.set_tree(tree)
        self._empty.setVisible(not self._tags.rowCount())
        self._fit_tree()
        self._reveal()
        tag = self._chosen.tag
        if tag is None:
            return
        if tag not in tree.by_id:
            self._choose_and_tell(_Chosen("", LIBRARY_VIEWS[0].title))
        elif tag_query(tree, tag) != self._chosen.query:
            self._choose_and_tell(_Chosen(tag_query(tree, tag), tree.path(tag), tag))
        else:
            self._mark_chosen()

    def choose(self, query: str) -> bool:
        """Mark the row of a view without asking for it; False where no row is of that view."""
        for view in (*LIBRARY_VIEWS, TRASH_VIEW):
            if view.query == query:
                self._chosen = _Chosen(query, view.title)
                self._mark_chosen()
                return True
        tree = self._tags.tree
        for tag in tree.tags if query.startswith("tag:") else ():
            if tag.collection == self._tags.collection and tag_query(tree, tag.id) == query:
                self._chosen = _Chosen(query, tree.path(tag.id), tag.id)
                self._mark_chosen()
                return True
        self._chosen = _Chosen(query, "")
        self._mark_chosen()
        return False

    def mark_saved(self, search: int | None) -> None:
        """Mark the row of a saved search in the place of that of its view; None: of none."""
        self._saved_chosen = search
        self._mark_chosen()

    # What it asks for.

    def new_tag(self, above: int | None = None, documents: Sequence[int] = ()) -> None:
        """Open the card for a new tag below another, or at the top; documents: tagged at once."""
        self._card.open_card(self._tags.tree, above, documents)

    def tag_at_hand(self) -> int | None:
        """The tag that verbs about one tag mean: the keys', or else the one that is chosen."""
        if self._tree.hasFocus():
            return self._tree.chosen_tag()
        return self._chosen.tag if self._saved_chosen is None else None

    def rename_tag(self, tag: int | None = None) -> None:
        """Rename a tag where it stands; None: the one that the keys are at."""
        ident = tag if tag is not None else self._tree.chosen_tag()
        if ident is not None:
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tree.edit(self._tags.index_of(ident))

    def delete_tag(self) -> None:
        """Delete the tag that the keys are at."""
        tag = self._tree.chosen_tag()
        if tag is not None:
            self._ask(DeleteTag(tag))

    def merge_tag(self, tag: int) -> None:
        """Ask into which other tag one is to go up."""
        dialog = MergeDialog(self._tags.tree, tag, self)
        dialog.command.connect(self._ask)
        dialog.show()

    def _ask(self, command: Command) -> None:
        if isinstance(command, CreateTag):
            self._to_reveal = command
        self.command.emit(command)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_tree()

    def _fit_tree(self) -> None:
        """Let the tree ask for no more room than the rows that are open need."""
        rows, index = 0, self._tags.index(0, 0)
        while index.isValid() and rows < _MOST_ROWS_COUNTED:
            rows += 1
            index = self._tree.indexBelow(index)
        height = row_height(self._tree.fontMetrics())
        whole = rows * height + 2 if rows < _MOST_ROWS_COUNTED else _NO_MOST
        self._tree.setMinimumHeight(min(_TREE_LEAST, max(whole, height)))
        self._tree.setMaximumHeight(max(whole, height))

    def _open_few(self) -> None:
        """Open the tags of a collection that comes into view, unless there are many."""
        shown = sum(1 for tag in self._tags.tree.tags if tag.collection == self._tags.collection)
        if shown <= _OPEN_AT_FIRST:
            self._tree.expandAll()

    def _open_to(self, made: Sequence[Tag]) -> None:
        """Open the way to tags that were just made, so that they are seen; not to a whole import."""
        if len(made) > _SHOWN_WHEN_MADE:
            return
        for tag in made:
            index = self._tags.index_of(tag.id).parent()
            while index.isValid():
                self._tree.expand(index)
                index = index.parent()

    def _reveal(self) -> None:
        """Open the way to the tag that was asked for last and scroll to it."""
        if self._to_reveal is None:
            return
        asked = self._to_reveal
        tag = tag_at_path(self._tags.tree, asked.name_path, parent=asked.parent)
        if tag is None:
            return
        self._to_reveal = None
        index = self._tags.index_of(tag.id)
        self._tree.scrollTo(index)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        tag = self._tags.tag_at(index)
        if tag is None:
            menu = self._heading.menu()
        else:
            asks = TagMenuAsks(self._ask, self.new_tag, self.rename_tag, self.merge_tag)
            menu = tag_menu(self._tags.tree, tag, asks, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    # Choosing.

    def _choose_index(self, index: QModelIndex) -> None:
        chosen = self._meant(index)
        if chosen is not None:
            self._choose_and_tell(chosen)

    def _choose_current(self) -> None:
        for view in (self._library_list, self._tree, self._trash_list):
            if view.hasFocus():
                self._choose_index(view.currentIndex())
        if self.saved.list.hasFocus():
            self.saved_asked.emit()

    def _meant(self, index: QModelIndex) -> _Chosen | None:
        if index.model() is self._tags:
            tag = self._tags.tag_at(index)
            if tag is None:
                return None
            tree = self._tags.tree
            return _Chosen(tag_query(tree, tag.id), tree.path(tag.id), tag.id)
        model = index.model()
        if not isinstance(model, ViewModel) or not index.isValid():
            return None
        view = model.views[index.row()]
        return _Chosen(view.query, view.title)

    def _choose_and_tell(self, chosen: _Chosen) -> None:
        self._rest.stop()
        self._chosen = chosen
        self._mark_chosen()
        self.view_chosen.emit(chosen.query, chosen.title)

    def _mark_chosen(self) -> None:
        """Let the one chosen row, and no other, look chosen."""
        self.saved.mark(self._saved_chosen)
        wanted: dict[QWidget, QModelIndex] = {}
        if self._saved_chosen is not None:
            pass
        elif self._chosen.tag is not None:
            wanted[self._tree] = self._tags.index_of(self._chosen.tag)
        else:
            for view_list in (self._library_list, self._trash_list):
                model = view_list.model()
                for row, view in enumerate(model.views if isinstance(model, ViewModel) else ()):
                    if view.query == self._chosen.query:
                        wanted[view_list] = model.index(row, 0)
        for item_view in (self._library_list, self._tree, self._trash_list):
            index = wanted.get(item_view, QModelIndex())
            selection = item_view.selectionModel()
            if index.isValid():
                if not selection.isSelected(index) or item_view.currentIndex() != index:
                    selection.setCurrentIndex(
                        index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                    )
            else:
                selection.clearSelection()

    # Arrow keys over the ends of the three parts.

    def _from_library_down(self) -> None:
        if self._tags.rowCount():
            self._enter(self._tree, self._tags.index(0, 0))
        else:
            self._from_tags_down()

    def _from_tags_up(self) -> None:
        self._enter(self._library_list, self._library.index(self._library.rowCount() - 1))

    def _from_tags_down(self) -> None:
        if self.saved.enter(last=False):
            self._rest.start()
        else:
            self._from_saved_down()

    def _from_saved_down(self) -> None:
        self._enter(self._trash_list, self._trash.index(0))

    def _from_trash_up(self) -> None:
        if self.saved.enter(last=True):
            self._rest.start()
        else:
            self._from_saved_up()

    def _from_saved_up(self) -> None:
        last = self._tree.last_index()
        if last.isValid():
            self._enter(self._tree, last)
        else:
            self._from_tags_up()

    def _enter(self, view: ViewList | TagTreeView, index: QModelIndex) -> None:
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        view.setCurrentIndex(index)
        self._rest.start()
