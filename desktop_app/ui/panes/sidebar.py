"""The sidebar: the library's views, the tags, saved searches, the trash.

It shows what it is given and asks for what is clicked; at most one row of all is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.core.model import Counts, Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import tag_query
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.sidebar_painting import INSET, MARGIN
from desktop_app.ui.panes.sidebar_views import LIBRARY_VIEWS, TRASH_VIEW, ViewList, ViewModel
from desktop_app.ui.panes.tag_tree_view import TagTreeView
from desktop_app.ui.panes.tags_section import TagsSection
from desktop_app.ui.saved.section import SavedSection

# Arrow keys pass many rows on the way: only where they rest is the list filled.
_REST_MS = 140

_WORD = re.compile(r"\w+")


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
    collections_asked = Signal(object)  # the TagCollection that is meant, or None
    merge_offered = Signal(int, int)  # a tag that is to be merged into another: both
    saved_asked = Signal()  # the saved search that the keys rest at

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sidebar")
        self.setAccessibleName("Sidebar")
        self._library = ViewModel(LIBRARY_VIEWS, self)
        self._trash = ViewModel((TRASH_VIEW,), self)
        self.tags = TagsSection(self)
        self._tags = self.tags.model
        self._library_list = ViewList(self._library, "Library", muted=False, parent=self)
        self._trash_list = ViewList(self._trash, "Trash", muted=True, parent=self)
        self._tree = self.tags.tree
        self.saved = SavedSection(self)
        self._chosen = _Chosen("", LIBRARY_VIEWS[0].title)
        self._saved_chosen: int | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._place()
        self._connect()
        self._mark_chosen()

    def _place(self) -> None:
        section = label("LIBRARY", "section", self)
        section.setContentsMargins(MARGIN + INSET, 10, 0, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(section)
        column.addWidget(self._library_list)
        column.addSpacing(10)
        self.tags.place(column)
        column.addWidget(self.saved)
        column.addStretch(1)
        column.addSpacing(4)
        column.addWidget(self._trash_list)

    def _connect(self) -> None:
        for view in (self._library_list, self._trash_list, self._tree):
            view.clicked.connect(self._choose_clicked)
            view.stepped.connect(self._rest.start)
        self._rest.timeout.connect(self._choose_current)
        for source in (self._library, self._trash, self.tags):
            source.command.connect(self.command)
        self._library_list.left_downward.connect(self._from_library_down)
        self._tree.left_upward.connect(self._from_tags_up)
        self._tree.left_downward.connect(self._from_tags_down)
        self._trash_list.left_upward.connect(self._from_trash_up)
        self.saved.list.stepped.connect(self._rest.start)
        self.saved.list.left_upward.connect(self._from_saved_up)
        self.saved.list.left_downward.connect(self._from_saved_down)
        self.saved.model.modelReset.connect(self._mark_chosen)
        self._tree.drag_ended.connect(self._mark_chosen)
        self.tags.collections_asked.connect(self.collections_asked)
        self.tags.merge_offered.connect(self.merge_offered)

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
        self.tags.set_tree(tree)
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
            if (
                _may_name(query, tag)
                and self._tags.index_of(tag.id).isValid()
                and tag_query(tree, tag.id) == query
            ):
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
        self.tags.new(above, documents)

    def tag_at_hand(self) -> int | None:
        """The tag that verbs about one tag mean: the keys', or else the one that is chosen."""
        if self._tree.hasFocus():
            return self._tree.chosen_tag()
        return self._chosen.tag if self._saved_chosen is None else None

    def rename_tag(self, tag: int | None = None) -> bool:
        """Rename a tag where it stands; None: the one that the keys are at; False: it cannot be."""
        return self.tags.rename(tag)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.tags.fit()

    # Choosing.

    def _choose_clicked(self, index: QModelIndex) -> None:
        if self._tags.collection_at(index) is not None:
            self.tags.toggle(index)
        else:
            self._choose_index(index)

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
            if item_view is self._tree and self._keys_are_at_collection():
                continue  # on their way over it: nothing else is chosen for that
            if index.isValid():
                if not selection.isSelected(index) or item_view.currentIndex() != index:
                    selection.setCurrentIndex(
                        index, QItemSelectionModel.SelectionFlag.ClearAndSelect
                    )
            else:
                selection.clearSelection()

    def _keys_are_at_collection(self) -> bool:
        at = self._tags.collection_at(self._tree.currentIndex())
        return self._tree.hasFocus() and at is not None

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


def _may_name(query: str, tag: Tag) -> bool:
    """Tell quickly whether a query can be one for a tag: its words stand in it as they are."""
    return all(word in query for word in _WORD.findall(tag.name))
