"""The tags that may be one and the same, pair by pair: merged either way, or said to be two."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.errors import Problem
from desktop_app.core.model import Tag
from desktop_app.library.tags.previews import MergePreview
from desktop_app.library.tags.tidying import MergeTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.library.tags.twins import TagTwins
from desktop_app.ui.dialogs.merge import merge_words
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.models.tag_words import is_locked
from desktop_app.ui.models.twin_table import (
    ONE,
    ONE_ON,
    OTHER,
    OTHER_ON,
    WHY,
    TwinTable,
)
from desktop_app.ui.panes.fields import label, short
from desktop_app.ui.panes.plain_table import PlainTable
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

_WHAT = (
    "Tags whose names differ in an accent, a plural, a blank or a letter. Merging keeps one of the"
    " two; the name of the other stays as a former name that finds it. Each merge is one step of undo."
)


class TwinsDialog(QDialog):
    """The pairs, what a merge of the chosen one comes to, and the ways to go on. Not modal."""

    command = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tags that may be one")
        self._session = session
        self._tree = session.tag_tree or TagTree()
        self._found: tuple[TagTwins, ...] = ()
        self._looked = False
        self._table = TwinTable(self)
        self._what = label(_WHAT, "muted", self)
        self._what.setWordWrap(True)
        self._collection = QComboBox(self)
        for named in (self._collection, self._collection.view()):
            named.setAccessibleName("Which collection is looked through")
        self._count = label("", "small", self)
        self._aside = QPushButton("", self)
        self._aside.setProperty("kind", "link")
        self._view = PlainTable(
            self._table,
            "Tags that may be one",
            self,
            wide=WHY,
            widths={ONE: 30, ONE_ON: 9, OTHER: 30, OTHER_ON: 9},
        )
        self._view.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self._empty = label("Comparing the names of all tags…", "muted", self)
        self._empty.setWordWrap(True)
        self._said = label("", "muted", self)
        self._said.setWordWrap(True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._said.setMinimumHeight(self._said.fontMetrics().lineSpacing() * 4)
        self._keep = (QPushButton("Keep one", self), QPushButton("Keep the other", self))
        self._two = QPushButton("They are two", self)
        self._two.setToolTip("Do not name these two again")
        self._place()
        self._connect()
        self._fill_collections()
        self._look_up()

    def _place(self) -> None:
        filters = QHBoxLayout()
        filters.addWidget(self._collection)
        filters.addWidget(self._count, 1)
        filters.addWidget(self._aside)
        bottom = QHBoxLayout()
        for button in (*self._keep, self._two):
            button.setAutoDefault(False)
            bottom.addWidget(button)
        bottom.addStretch(1)
        buttons = close_box(self)
        buttons.rejected.connect(self.reject)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._what)
        column.addLayout(filters)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._said)
        column.addLayout(bottom)
        open_at(self, 980, 560)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)

    def _connect(self) -> None:
        self._collection.activated.connect(lambda _place: self._show_found())
        self._aside.clicked.connect(self._name_all_again)
        self._view.selectionModel().currentRowChanged.connect(lambda *_: self._on_chosen())
        self._keep[0].clicked.connect(lambda: self._merge(0))
        self._keep[1].clicked.connect(lambda: self._merge(1))
        self._two.clicked.connect(self._set_aside)
        self.finished.connect(self._forget)
        self._session.tags_changed.connect(self._on_tags)

    def _forget(self) -> None:
        """Wait for no answer any more."""
        for key in ("tag-twins", "twins-preview"):
            self._session.tasks.forget(key)

    # Which pairs there are.

    def _fill_collections(self) -> None:
        chosen = self._collection.currentData()
        self._collection.clear()
        self._collection.addItem("All collections", None)
        for each in self._tree.collections:
            self._collection.addItem(short(each.name), each.id)
        self._collection.setCurrentIndex(max(0, self._collection.findData(chosen)))

    def _look_up(self) -> None:
        self._session.read(
            lambda library: library.tag_twins(), self._take, key="tag-twins", lane=Lane.LONG
        )

    def _take(self, found: tuple[TagTwins, ...]) -> None:
        self._found, self._looked = found, True
        self._show_found()

    def _on_tags(self, tree: TagTree) -> None:
        """Look anew: the tags have changed."""
        before, self._tree = self._tree, tree
        self._fill_collections()
        self._show_found()
        if before.tags != tree.tags or before.collections != tree.collections:
            self._look_up()

    def _show_found(self) -> None:
        """Show the pairs of the collection that is chosen but for those that are said to be two."""
        tree, collection = self._tree, self._collection.currentData()
        here = [
            each
            for each in self._found
            if all(tag in tree.by_id for tag in each.tags)
            and collection in (None, tree.by_id[each.tags[0]].collection)
        ]
        two = self._said_to_be_two()
        left = [each for each in here if self._names(each) not in two]
        row = max(0, self._view.currentIndex().row())
        self._table.set_rows(tree, left)
        aside = len(here) - len(left)
        pairs = "1 pair" if len(left) == 1 else f"{len(left):,} pairs"
        self._count.setText(pairs if self._looked else "")
        self._aside.setText(f"{aside:,} said to be two: name them again")
        self._aside.setVisible(aside > 0)
        self._view.setVisible(bool(left))
        self._empty.setVisible(not left)
        if self._looked:
            self._empty.setText("No two tags have names that are nearly the same.")
        if left:
            self._view.selectRow(min(row, len(left) - 1))
        self._on_chosen()

    # The pair that is chosen.

    def _chosen(self) -> tuple[Tag, Tag] | None:
        row = self._view.currentIndex().row()
        return self._table.tags_at(row) if 0 <= row < self._table.rowCount() else None

    def _on_chosen(self) -> None:
        tags = self._chosen()
        for button in (*self._keep, self._two):
            button.setEnabled(tags is not None)
        self._said.setText("")
        if tags is None:
            return
        locked = is_locked(self._tree, tags[0])
        for tag, button in zip(tags, self._keep, strict=True):
            button.setText(f"Keep “{short(self._path(tag), 30)}”".replace("&", "&&"))
            button.setToolTip(f"Merge the other into “{self._tree.path(tag.id)}”")
            button.setIcon(tag_icon(tag))
            button.setEnabled(not (locked or self._session.read_only))
        self._two.setEnabled(not self._session.read_only)
        if locked:
            self._said.setText("Their collection is locked. Unlock it under Tag collections.")
            return
        one, other = tags
        self._session.read(
            lambda library: library.merge_preview(other.id, one.id),
            partial(self._show_counted, tags),
            self._show_refused,
            key="twins-preview",
        )

    def _path(self, tag: Tag) -> str:
        """The tag's name, or its path where both are called the same."""
        tags = self._chosen()
        same = tags is not None and tags[0].name == tags[1].name
        return self._tree.path(tag.id) if same else tag.name

    def _show_counted(self, tags: tuple[Tag, Tag], counted: MergePreview) -> None:
        if tags == self._chosen():
            one, other = tags
            self._said.setText(merge_words(other, one, counted))

    def _show_refused(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            self._session.say_problem(error)
            return
        self._said.setText(str(error))
        for button in self._keep:
            button.setEnabled(False)

    def _merge(self, kept: int) -> None:
        tags = self._chosen()
        if tags is not None:
            self.command.emit(MergeTags(tags[1 - kept].id, tags[kept].id))

    # Those that are two.

    def _set_aside(self) -> None:
        row = self._view.currentIndex().row()
        if 0 <= row < self._table.rowCount():
            self._keep_two({*self._said_to_be_two(), self._names(self._table.rows[row])})

    def _name_all_again(self) -> None:
        here = {self._names(each) for each in self._found}
        self._keep_two(self._said_to_be_two() - here)

    def _names(self, twins: TagTwins) -> tuple[str, str]:
        one, other = sorted(self._tree.by_id[tag].uuid for tag in twins.tags)
        return one, other

    def _said_to_be_two(self) -> set[tuple[str, str]]:
        return set(self._session.settings.now.two_tags.get(str(self._session.folder), ()))

    def _keep_two(self, pairs: set[tuple[str, str]]) -> None:
        settings = self._session.settings
        kept = dict(settings.now.two_tags)
        kept[str(self._session.folder)] = tuple(sorted(pairs))
        settings.change(two_tags=kept)
        self._show_found()
