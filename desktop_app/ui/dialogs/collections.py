"""The tag collections: which there are, which gets new tags; new ones, other names, away with one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import TagCollection
from desktop_app.library.tags.collection_commands import (
    CreateCollection,
    DeleteCollection,
    RenameCollection,
    UseCollection,
)
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.models.tag_names import collection_problem
from desktop_app.ui.panes.fields import label, show_problem_of

_ID = Qt.ItemDataRole.UserRole


class CollectionsDialog(QDialog):
    """A list, a field for names, and what can be done. Every change can be undone. Not modal."""

    command = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tag collections")
        self._tree = TagTree()
        said = label(
            "A collection is a set of tags for one purpose. The one in use is shown in the sidebar "
            "and gets new tags.",
            "muted",
            self,
        )
        said.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("Tag collections")
        self._use = QPushButton("Use", self)
        self._delete = QPushButton("Delete", self)
        self._name = QLineEdit(self)
        self._name.setAccessibleName("Name of a collection")
        self._name.setPlaceholderText("A name, for a new one or for the one chosen")
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._create = QPushButton("Create", self)
        self._rename = QPushButton("Rename", self)
        self._place(said)
        self._connect()
        self._look()

    def _place(self, said: QWidget) -> None:
        side = QVBoxLayout()
        side.addWidget(self._use)
        side.addWidget(self._delete)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self._list, 1)
        middle.addLayout(side)
        naming = QGridLayout()
        naming.addWidget(self._name, 0, 0)
        naming.addWidget(self._create, 0, 1)
        naming.addWidget(self._rename, 0, 2)
        naming.addWidget(self._problem, 1, 0, 1, 3)
        close = close_box(self)
        close.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(said)
        column.addLayout(middle, 1)
        column.addLayout(naming)
        column.addWidget(close)
        open_at(self, 520, 380)

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._look)
        self._list.itemActivated.connect(self.use)
        self._use.clicked.connect(self.use)
        self._delete.clicked.connect(self.delete)
        self._create.clicked.connect(self.create_collection)
        self._rename.clicked.connect(self.rename)
        self._name.returnPressed.connect(self.create_collection)
        self._name.textEdited.connect(self._forgive)
        # Enter in the field creates; no button may take it for the whole dialog.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        rename = QAction("Rename", self._list)
        rename.setShortcut(QKeySequence("F2"))
        rename.triggered.connect(self._take_name)
        delete = QAction("Delete", self._list)
        delete.setShortcut(QKeySequence("Del"))
        delete.triggered.connect(self.delete)
        for action in (rename, delete):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._list.addAction(action)

    def set_tags(self, tree: TagTree) -> None:
        """Show other collections; the chosen one stays chosen."""
        chosen = self._chosen()
        self._tree = tree
        self._list.clear()
        for collection in tree.collections:
            count = sum(1 for tag in tree.tags if tag.collection == collection.id)
            tags = "1 tag" if count == 1 else f"{count:,} tags"
            used = " · in use" if collection.active else ""
            item = QListWidgetItem(f"{collection.name}   {tags}{used}")
            item.setData(_ID, collection.id)
            self._list.addItem(item)
            if collection.id == (chosen.id if chosen else tree.active_collection.id):
                self._list.setCurrentItem(item)
        self._look()

    def choose(self, collection: int) -> None:
        """Choose a collection."""
        for row in range(self._list.count()):
            if self._list.item(row).data(_ID) == collection:
                self._list.setCurrentRow(row)

    def create_collection(self) -> None:
        """Ask for a collection of the typed name."""
        if self._sound(but=None):
            self.command.emit(CreateCollection(self._name.text().strip()))
            self._name.clear()

    def rename(self) -> None:
        """Ask for the typed name for the chosen collection."""
        chosen = self._chosen()
        if chosen is not None and self._sound(but=chosen.id):
            self.command.emit(RenameCollection(chosen.id, self._name.text().strip()))
            self._name.clear()

    def use(self) -> None:
        """Ask for the chosen collection to be the one in use."""
        chosen = self._chosen()
        if chosen is not None and not chosen.active:
            self.command.emit(UseCollection(chosen.id))

    def delete(self) -> None:
        """Ask for the chosen collection to go, with its tags."""
        chosen = self._chosen()
        if chosen is not None and self._delete.isEnabled():
            self.command.emit(DeleteCollection(chosen.id))

    def _chosen(self) -> TagCollection | None:
        item = self._list.currentItem()
        # A list without rows has none, whatever the stubs say.
        ident = item.data(_ID) if item is not None else None
        return next((c for c in self._tree.collections if c.id == ident), None)

    def _take_name(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._name.setText(chosen.name)
            self._name.selectAll()
            self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _sound(self, *, but: int | None) -> bool:
        said = collection_problem(self._tree, self._name.text(), but=but)
        show_problem_of(self._name, self._problem, said)
        if said:
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        return not said

    def _forgive(self) -> None:
        show_problem_of(self._name, self._problem, "")

    def _look(self) -> None:
        chosen = self._chosen()
        self._use.setEnabled(chosen is not None and not chosen.active)
        self._rename.setEnabled(chosen is not None)
        self._delete.setEnabled(chosen is not None and len(self._tree.collections) > 1)
        self._delete.setToolTip(
            "" if len(self._tree.collections) > 1 else "The last collection cannot be deleted."
        )
