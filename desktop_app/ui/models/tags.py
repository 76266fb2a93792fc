"""The tags of one collection as a tree for the sidebar.

A new tree is put in without a reset: views keep what is open, chosen and scrolled to. Counts are of
a tag and all below it. Dropping and renaming change nothing here; they ask for a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.core.model import Tag
from desktop_app.library.commands import AddTag
from desktop_app.library.tags.commands import MoveTag, RenameTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.drag import DOCUMENTS_MIME, TAG_MIME, ids_of, tag_mime, tag_of
from desktop_app.ui.models.tag_names import rename_problem

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()
_MOST_NEWS = 60
# Put together once: a view asks for them twice a row.
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)


class TagRole(IntEnum):
    """What the tree says about a tag beside its name."""

    ID = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    TAG = Qt.ItemDataRole.UserRole + 3  # the Tag itself, whose mark is painted
    KEY = Qt.ItemDataRole.UserRole + 4  # the digit that gives the tag, None for none


class _Shape:
    """Who stands where in one collection of one tree."""

    def __init__(self, tree: TagTree, collection: int | None) -> None:
        self.tree = tree
        self.collection = collection
        self._children: dict[int | None, list[int]] = {}

    def children(self, parent: int | None) -> list[int]:
        """The ids directly below a tag, or at the top."""
        if parent not in self._children:
            found = (
                self.tree.children(parent, self.collection) if self.collection is not None else []
            )
            self._children[parent] = [tag.id for tag in found]
        return self._children[parent]

    @cached_property
    def rows(self) -> dict[int, int]:
        """For each tag of the collection, its place among its siblings."""
        parents = {tag.parent for tag in self.tree.tags if tag.collection == self.collection}
        return {tag: row for parent in parents for row, tag in enumerate(self.children(parent))}

    def look(self, tag: int) -> tuple[Tag, int, int]:
        """All that is shown of a tag."""
        tree = self.tree
        return tree.by_id[tag], tree.own.get(tag, 0), tree.with_children.get(tag, 0)

    def same_places(self, other: _Shape) -> bool:
        """Tell whether every tag stands where it stands in another shape."""
        if self.collection != other.collection or self.rows != other.rows:
            return False
        before, after = self.tree.by_id, other.tree.by_id
        return all(before[tag].parent == after[tag].parent for tag in self.rows)


class TagModel(QAbstractItemModel):
    """The active collection's tags; ids stand in the indexes."""

    command = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shape = _Shape(TagTree(), None)

    @property
    def tree(self) -> TagTree:
        """The tags that are shown, and those of the other collections."""
        return self._shape.tree

    @property
    def collection(self) -> int | None:
        """The collection that is shown; None before the first tree."""
        return self._shape.collection

    def set_tree(self, tree: TagTree) -> None:
        """Show other tags, or the same ones with other names, counts and places."""
        active = next((c.id for c in tree.collections if c.active), None)
        shape = _Shape(tree, active)
        if shape.same_places(self._shape):
            before, self._shape = self._shape, shape
            self._say_changed(before)
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        ids = [int(index.internalId()) for index in held]
        columns = [index.column() for index in held]
        self._shape = shape
        after = [self.index_of(tag, column) for tag, column in zip(ids, columns, strict=True)]
        self.changePersistentIndexList(held, after)
        self.layoutChanged.emit()

    def index_of(self, tag: int, column: int = 0) -> QModelIndex:
        """The index of a tag; invalid for one of another collection or none at all."""
        row = self._shape.rows.get(tag)
        return QModelIndex() if row is None else self.createIndex(row, column, tag)

    def tag_at(self, index: Index) -> Tag | None:
        """The tag at an index; None for an invalid one or a tag that is gone."""
        if not index.isValid():
            return None
        return self._shape.tree.by_id.get(int(index.internalId()))

    # What Qt asks.

    def index(self, row: int, column: int = 0, parent: Index = _TOP) -> QModelIndex:
        below = self._shape.children(self._id(parent))
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, child: Index = _TOP) -> QModelIndex:  # type: ignore[override]
        tag = self.tag_at(child)
        if tag is None or tag.parent is None:
            return QModelIndex()
        return self.index_of(tag.parent)

    def rowCount(self, parent: Index = _TOP) -> int:
        return len(self._shape.children(self._id(parent))) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _TOP) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        tag = self.tag_at(index)
        if tag is None:
            return None
        count = self._shape.tree.with_children.get(tag.id, 0)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return tag.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._about(tag)
            case Qt.ItemDataRole.AccessibleTextRole:
                key = f", key {tag.key}" if tag.key is not None else ""
                return f"{tag.name}, {documents_in_words(count)}{key}"
            case TagRole.ID:
                return tag.id
            case TagRole.COUNT:
                return count
            case TagRole.TAG:
                return tag
            case TagRole.KEY:
                return tag.key
        return None

    def setData(
        self,
        index: Index,
        value: Any,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        tag = self.tag_at(index)
        if tag is None or role != Qt.ItemDataRole.EditRole:
            return False
        name = " ".join(str(value).split(" ")).strip()
        if name == tag.name or rename_problem(self._shape.tree, tag, name):
            return False
        self.command.emit(RenameTag(tag.id, name))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _FLAGS

    def supportedDragActions(self) -> Qt.DropAction:
        # Not MoveAction: the view would then empty the row that was dragged.
        return Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME, TAG_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return tag_mime(int(indexes[0].internalId()))

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self.drop_command(data, self._id(parent)) is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        command = self.drop_command(data, self._id(parent))
        if command is None:
            return False
        self.command.emit(command)
        return True

    def drop_command(self, data: QMimeData, onto: int | None) -> AddTag | MoveTag | None:
        """What dropping something onto a tag (None: the top) asks for; None where it cannot be."""
        if onto is not None and (documents := ids_of(data)):
            return AddTag(onto, tuple(documents))
        moved = self._shape.tree.by_id.get(tag_of(data) or 0)
        if moved is None or moved.collection != self._shape.collection:
            return None
        below = {tag.id for tag in self._shape.tree.below(moved.id)}
        if onto in {moved.id, moved.parent, *below}:
            return None
        return MoveTag(moved.id, onto)

    def _id(self, index: Index) -> int | None:
        return int(index.internalId()) if index.isValid() else None

    def _about(self, tag: Tag) -> str:
        tree = self._shape.tree
        own, all_of_them = tree.own.get(tag.id, 0), tree.with_children.get(tag.id, 0)
        said = f"{tree.path(tag.id)}: {documents_in_words(all_of_them)}"
        if own != all_of_them:
            said += f", {own:,} with this tag itself"
        if tag.key is not None:
            said += f". Key {tag.key}"
        if tag.also_called:
            said += f". Also called {', '.join(tag.also_called)}"
        return said

    def _say_changed(self, before: _Shape) -> None:
        """Name the rows that show something else than before, those of one parent together.

        Past a number of parents only the topmost rows are named: a view pays for each news with
        a search for the row, and paints all that can be seen once in any case.
        """
        changed: dict[int | None, list[int]] = {}
        for tag, row in self._shape.rows.items():
            if self._shape.look(tag) != before.look(tag):
                changed.setdefault(self._shape.tree.by_id[tag].parent, []).append(row)
        if len(changed) > _MOST_NEWS:
            changed = {None: [0, len(self._shape.children(None)) - 1]}
        for parent, rows in changed.items():
            siblings = self._shape.children(parent)
            first, last = min(rows), max(rows)
            self.dataChanged.emit(self.index_of(siblings[first]), self.index_of(siblings[last]))


def documents_in_words(count: int) -> str:
    """Say a number of documents."""
    return "1 document" if count == 1 else f"{count:,} documents"
