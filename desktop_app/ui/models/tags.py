"""The tags as a tree for the sidebar: the active collection's, and below them the others shown.

A new tree is put in without a reset: views keep what is open, chosen and scrolled to. Counts are of
a tag and all below it. Dropping and renaming change nothing here; they ask for a command.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
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

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.commands import Command
from desktop_app.library.tags.commands import RenameTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.document_words import highlights_in_words
from desktop_app.ui.models.drag import (
    DOCUMENTS_MIME,
    HIGHLIGHTS_MIME,
    TAG_MIME,
    tag_mime,
)
from desktop_app.ui.models.tag_drops import dropped
from desktop_app.ui.models.tag_names import rename_problem, sibling_called
from desktop_app.ui.models.tag_places import TagPlaces, TagsShown, number_of
from desktop_app.ui.models.tag_words import (
    about_collection,
    about_tag,
    documents_in_words,
    is_locked,
)

__all__ = ("TagModel", "TagRole", "documents_in_words")

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()
_MOST_NEWS = 60
# Put together once: a view asks for them twice a row.
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable
_HEADING = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled


class TagRole(IntEnum):
    """What the tree says about a tag beside its name."""

    ID = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    TAG = Qt.ItemDataRole.UserRole + 3  # the Tag itself, whose mark is painted
    KEY = Qt.ItemDataRole.UserRole + 4  # the digit that gives the tag, None for none
    OWN = Qt.ItemDataRole.UserRole + 5  # how many carry the tag itself; None where COUNT says it
    COLLECTION = Qt.ItemDataRole.UserRole + 6  # the TagCollection, of a row that is one


class TagModel(QAbstractItemModel):
    """The tags; what stands in an index is told by its number (see tag_places)."""

    command = Signal(object)
    merge_offered = Signal(int, int)  # a tag was to get the name of another: both, that one last

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places = TagPlaces(TagTree(), TagsShown())

    @property
    def tree(self) -> TagTree:
        """The tags that are shown, and the others."""
        return self._places.tree

    @property
    def collection(self) -> int | None:
        """The active collection; None before the first tree."""
        return self._places.active

    @property
    def shown(self) -> TagsShown:
        """What of the tags is shown."""
        return self._places.shown

    def set_tree(self, tree: TagTree) -> None:
        """Show other tags, or the same ones with other names, counts and places."""
        self._put(TagPlaces(tree, self._places.shown, self._places))

    def show(self, shown: TagsShown) -> None:
        """Show more or less of the tags, or other counts."""
        if shown != self._places.shown:
            self._put(TagPlaces(self._places.tree, shown, self._places))

    def _put(self, places: TagPlaces) -> None:
        if places.same_as(self._places):
            before, self._places = self._places, places
            self._say_changed(before)
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        numbers = [int(index.internalId()) for index in held]
        columns = [index.column() for index in held]
        self._places = places
        after = [self._at(number, column) for number, column in zip(numbers, columns, strict=True)]
        self.changePersistentIndexList(held, after)
        self.layoutChanged.emit()

    def index_of(self, tag: int) -> QModelIndex:
        """The index of a tag; invalid for one that is not shown or none at all."""
        return self._at(tag, 0)

    def heading_of(self, collection: int) -> QModelIndex:
        """The index of a collection's row; invalid where it has none."""
        return self._at(number_of(collection), 0)

    def headings(self) -> list[QModelIndex]:
        """The rows of the other collections, in their order."""
        return [self._at(number, 0) for number in self._places.others]

    def _at(self, number: int, column: int) -> QModelIndex:
        row = self._places.rows.get(number)
        return QModelIndex() if row is None else self.createIndex(row, column, number)

    def tag_at(self, index: Index) -> Tag | None:
        """The tag at an index; None for an invalid one, a collection's or a tag that is gone."""
        if not index.isValid():
            return None
        return self._places.tree.by_id.get(int(index.internalId()))

    def collection_at(self, index: Index) -> TagCollection | None:
        """The collection whose row is at an index; None where that is no such row."""
        return self._places.others.get(int(index.internalId())) if index.isValid() else None

    # What Qt asks.

    def index(self, row: int, column: int = 0, parent: Index = _TOP) -> QModelIndex:
        below = self._places.children(self._number(parent))
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, column, below[row])

    def parent(self, child: Index = _TOP) -> QModelIndex:  # type: ignore[override]
        if not child.isValid():
            return QModelIndex()
        above = self._places.parent(int(child.internalId()))
        return QModelIndex() if above is None else self._at(above, 0)

    def rowCount(self, parent: Index = _TOP) -> int:
        return len(self._places.children(self._number(parent))) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _TOP) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        tag = self.tag_at(index)
        if tag is None:
            collection = self.collection_at(index)
            return None if collection is None else self._of_collection(collection, role)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return tag.name
            case Qt.ItemDataRole.ToolTipRole:
                return about_tag(self._places.tree, tag)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(tag)
            case TagRole.ID:
                return tag.id
            case TagRole.COUNT:
                return self._places.counts(tag.id)[1]
            case TagRole.OWN:
                own, whole = self._places.counts(tag.id)
                return own if own != whole else None
            case TagRole.TAG:
                return tag
            case TagRole.KEY:  # digits give the tags of the active collection only
                return tag.key if tag.collection == self._places.active else None
        return None

    def _of_collection(self, collection: TagCollection, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return collection.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return about_collection(self._places.tree, collection)
            case TagRole.COLLECTION:
                return collection
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
        tree = self._places.tree
        taken = sibling_called(tree, tag, name)
        if taken is not None:
            self.merge_offered.emit(tag.id, taken.id)
            return False
        if name == tag.name or rename_problem(tree, tag, name):
            return False
        self.command.emit(RenameTag(tag.id, name))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        tag = self.tag_at(index)
        if tag is None:
            return _HEADING
        return _FLAGS if is_locked(self._places.tree, tag) else _EDITABLE

    def supportedDragActions(self) -> Qt.DropAction:
        # Not MoveAction: the view would then empty the row that was dragged.
        return Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME, HIGHLIGHTS_MIME, TAG_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return tag_mime(int(indexes[0].internalId()))

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self.drop_command(data, self._number(parent)) is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        command = self.drop_command(data, self._number(parent))
        if command is None:
            return False
        self.command.emit(command)
        return True

    def drop_command(self, data: QMimeData, onto: int | None) -> Command | None:
        """What dropping something onto a row asks for; None where it cannot be dropped there.

        onto: the number of the row, a tag's id or a collection's number; None for the active one.
        """
        return dropped(self._places, data, onto)

    def _number(self, index: Index) -> int | None:
        return int(index.internalId()) if index.isValid() else None

    def _spoken(self, tag: Tag) -> str:
        places = self._places
        own, whole = places.counts(tag.id)
        of = highlights_in_words if places.shown.highlights else documents_in_words
        said = f"{tag.name}, {of(whole)}"
        if own != whole:
            said += f", {own:,} with this tag itself"
        if tag.key is not None and tag.collection == places.active:
            said += f", key {tag.key}"
        return f"{said}, archived" if tag.archived else said

    def _say_changed(self, before: TagPlaces) -> None:
        """Name the rows that show something else than before, those of one parent together.

        Past a number of parents only the topmost rows are named: a view pays for each news with
        a search for the row, and paints all that can be seen once in any case.
        """
        places = self._places
        changed: dict[int | None, list[int]] = {}
        for number in places.others_than(before):
            changed.setdefault(places.parent(number), []).append(places.rows[number])
        if len(changed) > _MOST_NEWS:
            changed = {None: [0, len(places.children(None)) - 1]}
        for parent, rows in changed.items():
            siblings = places.children(parent)
            first, last = siblings[min(rows)], siblings[max(rows)]
            self.dataChanged.emit(self._at(first, 0), self._at(last, 0))
