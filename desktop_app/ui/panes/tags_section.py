"""The sidebar's part for tags: heading, the card for a new tag, the tree, and what is asked of them.

What is chosen in it is the sidebar's to say; here are what stands open, how high the tree is, and
the menus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop_app.core.model import Tag
from desktop_app.library.commands import Command
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import tag_at_path
from desktop_app.ui.models.tag_places import TagsShown
from desktop_app.ui.models.tags import TagModel
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.new_tag import NewTagCard
from desktop_app.ui.panes.sidebar_painting import INSET, MARGIN, row_height
from desktop_app.ui.panes.tag_menu import TagMenuAsks, collection_menu, tag_menu
from desktop_app.ui.panes.tag_tree_view import TagTreeView
from desktop_app.ui.panes.tags_heading import TagsHeading

# So few tags are all shown at first; more stay closed until one opens them.
_OPEN_AT_FIRST = 40
_SHOWN_WHEN_MADE = 5

_TREE_LEAST = 60
_MOST_ROWS_COUNTED = 100  # no screen has room for more
_NO_MOST = 16_777_215
_FITS_AT_ONCE = 10


class TagsSection(QObject):
    """The widgets of the tags, which stand in the column of another."""

    command = Signal(object)
    collections_asked = Signal(object)  # the collection that is meant, or None
    merge_offered = Signal(int, int)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.model = TagModel(self)
        self.tree = TagTreeView(self.model, host)
        self.heading = TagsHeading(self.model, host)
        self._card = NewTagCard(host)
        self._empty = label(
            "No tags here yet. Press T on a document and type a word, or make one with the plus.",
            "small",
            host,
        )
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(MARGIN + INSET, 4, MARGIN + INSET, 4)
        self._verbs: dict[str, Callable[[int], object]] = {}
        self._to_reveal: CreateTag | None = None
        self._opened: set[int] = set()  # collections that were opened when they came into view
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit_the_rest)
        self._fits = 0  # since events were dealt with last
        self._connect()
        self.fit()

    def place(self, column: QVBoxLayout) -> None:
        """Put the widgets at the end of a column."""
        card = QVBoxLayout()
        card.setContentsMargins(MARGIN, 2, MARGIN, 6)
        card.addWidget(self._card)
        column.addWidget(self.heading)
        column.addLayout(card)
        column.addWidget(self._empty)
        # As high as its tags while there is room, so that what comes next stands below them.
        column.addWidget(self.tree, 1_000)

    def _connect(self) -> None:
        for moved in (self.tree.expanded, self.tree.collapsed):
            moved.connect(lambda _index: self._fit_once())
        self.model.modelReset.connect(self.fit)
        self.model.layoutChanged.connect(self.fit)
        for source in (self.model, self.heading, self._card):
            source.command.connect(self.ask)
        self.model.merge_offered.connect(self.merge_offered)
        self.tree.delete_asked.connect(self.delete)
        self.tree.menu_asked.connect(self._open_menu)
        self.heading.new_asked.connect(self.new)
        self.heading.collections_asked.connect(lambda: self.collections_asked.emit(None))
        self._card.closed.connect(self.tree.setFocus)

    # What it shows.

    def set_tree(self, tree: TagTree) -> None:
        """Show other tags; what is opened and scrolled to stays."""
        top = self.tree.verticalScrollBar().value()
        known = set(self.model.tree.by_id)
        self.model.set_tree(tree)
        self._open_what_came([tag for tag in tree.tags if tag.id not in known])
        self.tree.executeDelayedItemsLayout()
        self.tree.viewport().update()
        self.tree.verticalScrollBar().setValue(top)
        self.heading.set_tree(tree)
        self._card.set_tree(tree)
        own = any(tag.collection == self.model.collection for tag in tree.tags)
        self._empty.setVisible(not own)
        self.fit()
        self._reveal()

    def show_tags(self, shown: TagsShown) -> None:
        """Show archived tags too, or other counts."""
        self.model.show(shown)
        self.fit()

    def offer_verb(self, action: str, run: Callable[[int], object]) -> None:
        """Let the menu of a tag hold a verb, named by the id of its action."""
        self._verbs[action] = run

    def offer_actions(self, actions: Sequence[QAction]) -> None:
        """Let the menu of the heading end with these actions."""
        self.heading.offer(actions)

    def _fit_once(self) -> None:
        """Fit at once; of thousands that are opened together only the first, and at the end."""
        self._fits += 1
        if self._fits <= _FITS_AT_ONCE:
            self.fit()
        self._fit_soon.start()

    def _fit_the_rest(self) -> None:
        many, self._fits = self._fits > _FITS_AT_ONCE, 0
        if many:
            self.fit()

    def fit(self) -> None:
        """Let the tree ask for no more room than the rows that are open need."""
        rows, index = 0, self.model.index(0, 0)
        while index.isValid() and rows < _MOST_ROWS_COUNTED:
            rows += 1
            index = self.tree.indexBelow(index)
        height = row_height(self.tree.fontMetrics())
        whole = rows * height + 2 if rows < _MOST_ROWS_COUNTED else _NO_MOST
        self.tree.setMinimumHeight(min(_TREE_LEAST, max(whole, height)))
        self.tree.setMaximumHeight(max(whole, height))

    def _open_what_came(self, made: Sequence[Tag]) -> None:
        """Open what comes into view, unless it is much; the way to tags that were just made."""
        counts: dict[int, int] = {}
        for tag in self.model.tree.tags:
            counts[tag.collection] = counts.get(tag.collection, 0) + 1
        active = self.model.collection
        in_view = {} if active is None else {active: QModelIndex()}
        for heading in self.model.headings():
            collection = self.model.collection_at(heading)
            if collection is not None:
                in_view[collection.id] = heading
        came = [ident for ident in in_view if ident not in self._opened]
        self._opened = set(in_view)
        for ident in came:
            if counts.get(ident, 0) <= _OPEN_AT_FIRST:
                self._open_all(in_view[ident])
        if active not in came and len(made) <= _SHOWN_WHEN_MADE:
            for tag in made:
                self._open_way(tag)

    def _open_all(self, above: QModelIndex) -> None:
        if above.isValid():
            self.tree.expand(above)
        for row in range(self.model.rowCount(above)):
            index = self.model.index(row, 0, above)
            if self.model.tag_at(index) is not None:
                self._open_all(index)

    def _open_way(self, tag: Tag) -> None:
        index = self.model.index_of(tag.id).parent()
        while index.isValid():
            self.tree.expand(index)
            index = index.parent()

    def _reveal(self) -> None:
        """Scroll to the tag that was asked for last."""
        if self._to_reveal is None:
            return
        asked = self._to_reveal
        tag = tag_at_path(self.model.tree, asked.name_path, parent=asked.parent)
        if tag is None:
            return
        self._to_reveal = None
        self.tree.scrollTo(self.model.index_of(tag.id))

    # What it asks for.

    def new(self, above: int | None = None, documents: Sequence[int] = ()) -> None:
        """Open the card for a new tag below another, or at the top; documents: tagged at once."""
        self._card.open_card(self.model.tree, above, documents)

    def rename(self, tag: int | None = None) -> bool:
        """Rename a tag where it stands; None: the one that the keys are at; False: it cannot be."""
        ident = tag if tag is not None else self.tree.chosen_tag()
        index = QModelIndex() if ident is None else self.model.index_of(ident)
        if not (index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable):
            return False
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tree.scrollTo(index)
        self.tree.edit(index)
        return True

    def delete(self) -> None:
        """Delete the tag that the keys are at."""
        tag = self.tree.chosen_tag()
        if tag is not None:
            self.ask(DeleteTag(tag))

    def ask(self, command: Command) -> None:
        """Ask for a command; a tag that it makes is scrolled to once it is there."""
        if isinstance(command, CreateTag):
            self._to_reveal = command
        self.command.emit(command)

    def toggle(self, index: QModelIndex) -> None:
        """Open or close a row."""
        self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def menu_of(self, tag: Tag) -> QMenu:
        """Make the menu of a tag, wherever it stands."""
        asks = TagMenuAsks(self.ask, self.new, self.rename, self._verbs)
        return tag_menu(self.model.tree, tag, asks, self._host)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        tag, collection = self.model.tag_at(index), self.model.collection_at(index)
        if tag is not None:
            menu = self.menu_of(tag)
        elif collection is not None:
            menu = collection_menu(collection, self.ask, self.collections_asked.emit, self._host)
        else:
            menu = self.heading.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
