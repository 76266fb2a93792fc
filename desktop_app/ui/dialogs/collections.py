"""The tag collections: which there are, what is said of each, which gets new tags."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
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
    UseCollection,
)
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.duplicate import DuplicateDialog
from desktop_app.ui.dialogs.parts import close_box, open_at, scrolled
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.tag_names import collection_problem
from desktop_app.ui.models.tag_words import tags_in_words
from desktop_app.ui.panes.collection_form import CollectionForm
from desktop_app.ui.panes.fields import label, show_problem_of

_ID = Qt.ItemDataRole.UserRole


class CollectionsDialog(QDialog):
    """The list, and what is said of the chosen one. Every change can be undone. Not modal."""

    command = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tag collections")
        self._tree = TagTree()
        self._making = False  # a collection was asked for: it is chosen once it is there
        self._left = False  # a name that cannot be was to be left
        said = label(
            "A collection is a set of tags for one purpose. The one in use stands first in the "
            "sidebar and gets new tags.",
            "muted",
            self,
        )
        said.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("Tag collections")
        self._list.setIconSize(QSize(14, 14))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self._use = QPushButton("Use for new tags", self)
        self._duplicate = QPushButton("Duplicate…", self)
        self._delete = QPushButton("Delete", self)
        self._name = QLineEdit(self)
        self._name.setAccessibleName("Name of a new collection")
        self._name.setPlaceholderText("Name of a new one")
        self._problem = label("", "problem", self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._create = QPushButton("Create", self)
        self.form = CollectionForm(self)
        self._place(said)
        self._connect()
        self._look()

    def _place(self, said: QWidget) -> None:
        naming = QHBoxLayout()
        naming.addWidget(self._name, 1)
        naming.addWidget(self._create)
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addLayout(naming)
        left.addWidget(self._problem)
        verbs = QHBoxLayout()
        for button in (self._use, self._duplicate, self._delete):
            verbs.addWidget(button)
        verbs.addStretch(1)
        right = QVBoxLayout()
        right.addLayout(verbs)
        right.addSpacing(6)
        right.addWidget(scrolled(self.form, self), 1)
        middle = QHBoxLayout()
        middle.setSpacing(18)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        close = close_box(self)
        close.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(said)
        column.addLayout(middle, 1)
        column.addWidget(close)
        open_at(self, 780, 600)

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._choose)
        self._list.itemActivated.connect(self.use)
        self._use.clicked.connect(self.use)
        self._duplicate.clicked.connect(self.duplicate)
        self._delete.clicked.connect(self.delete)
        self._create.clicked.connect(self.create_collection)
        self._name.returnPressed.connect(self.create_collection)
        self._name.textEdited.connect(lambda _text: self._say_problem(""))
        self.form.command.connect(self.command)
        # Enter in the field creates; no button may take it for the whole dialog.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        rename = QAction("Rename", self._list)
        rename.setShortcut(QKeySequence("F2"))
        rename.triggered.connect(self._go_to_name)
        delete = QAction("Delete", self._list)
        delete.setShortcut(QKeySequence("Del"))
        delete.triggered.connect(self.delete)
        for action in (rename, delete):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._list.addAction(action)

    # What is shown.

    def set_tags(self, tree: TagTree) -> None:
        """Show other collections; the chosen one stays chosen, and what is typed stays typed."""
        chosen = self._chosen()
        known = {each.id for each in self._tree.collections}
        self._tree = tree
        counts: dict[int, int] = {}
        for tag in tree.tags:
            counts[tag.collection] = counts.get(tag.collection, 0) + 1
        came = [each.id for each in tree.collections if known and each.id not in known]
        at = came[-1] if came and self._making else chosen.id if chosen else None
        if came:
            self._making = False
        self._list.blockSignals(True)
        self._list.clear()
        for collection in tree.collections:
            item = QListWidgetItem(_about(collection, counts.get(collection.id, 0)))
            item.setData(_ID, collection.id)
            item.setToolTip(item.text())
            item.setIcon(icon("lock" if collection.locked else "collection"))
            if collection.archived:
                font = self._list.font()
                font.setItalic(True)
                item.setFont(font)
            self._list.addItem(item)
        if tree.collections:
            ids = [each.id for each in tree.collections]
            active = tree.active_collection.id
            self._list.setCurrentRow(ids.index(at if at in ids else active))
        self._list.blockSignals(False)
        self._look()

    def choose(self, collection: int) -> None:
        """Choose a collection."""
        for row in range(self._list.count()):
            if self._list.item(row).data(_ID) == collection:
                self._list.setCurrentRow(row)

    def _choose(self, _now: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        """Save what was typed of the one that was chosen before; stay there where that cannot be."""
        if self.form.unsound and before is not None:
            self._list.blockSignals(True)
            self._list.setCurrentItem(before)
            self._list.blockSignals(False)
            self.form.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.form.save()
        self._look()

    def _chosen(self) -> TagCollection | None:
        item = self._list.currentItem()
        # A list without rows has none, whatever the stubs say.
        ident = item.data(_ID) if item is not None else None
        return next((c for c in self._tree.collections if c.id == ident), None)

    def _look(self) -> None:
        chosen = self._chosen()
        self.form.show_collection(self._tree, chosen)
        self._use.setEnabled(chosen is not None and not chosen.active and not chosen.archived)
        self._duplicate.setEnabled(chosen is not None)
        several = len(self._tree.collections) > 1
        locked = chosen is not None and chosen.locked
        self._delete.setEnabled(chosen is not None and several and not locked)
        why = "A locked collection cannot be deleted." if locked else ""
        self._delete.setToolTip(why if several else "The last collection cannot be deleted.")

    # What is asked for.

    def create_collection(self) -> None:
        """Ask for a collection of the typed name."""
        said = collection_problem(self._tree, self._name.text())
        self._say_problem(said)
        if said:
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._making = True
        self.command.emit(CreateCollection(self._name.text().strip()))
        self._name.clear()

    def use(self) -> None:
        """Ask for the chosen collection to be the one in use."""
        chosen = self._chosen()
        if chosen is not None and self._use.isEnabled():
            self.command.emit(UseCollection(chosen.id))

    def duplicate(self) -> None:
        """Ask what a copy of the chosen collection is to be called."""
        chosen = self._chosen()
        if chosen is not None:
            dialog = DuplicateDialog(self._tree, chosen, self)
            dialog.command.connect(self._ask_copy)
            dialog.open()

    def delete(self) -> None:
        """Ask for the chosen collection to go to the trash of tags, with its tags."""
        chosen = self._chosen()
        if chosen is not None and self._delete.isEnabled():
            self.command.emit(DeleteCollection(chosen.id))

    def reject(self) -> None:
        """Close, with what was typed; a name that cannot be is given up at the second time."""
        if self.form.unsound and not self._left:
            self._left = True
            self._go_to_name()
            return
        self._left = False
        self.form.save()
        super().reject()
        self.form.show_collection(self._tree, None)

    def _ask_copy(self, command: object) -> None:
        self._making = True
        self.command.emit(command)

    def _go_to_name(self) -> None:
        name = self.form.lines["name"]
        name.selectAll()
        name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say_problem(self, said: str) -> None:
        show_problem_of(self._name, self._problem, said)


def _about(collection: TagCollection, tags: int) -> str:
    said = [tags_in_words(tags)]
    for state, word in (
        (collection.active, "in use"),
        (collection.locked, "locked"),
        (collection.archived, "archived"),
    ):
        if state:
            said.append(word)
    return f"{collection.name}   {' · '.join(said)}"
