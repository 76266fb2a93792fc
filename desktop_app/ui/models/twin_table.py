"""Pairs of tags that may be one, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.core.model import Tag
from desktop_app.library.tags.tree import TagTree
from desktop_app.library.tags.twins import TagTwins, TwinKind
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.models.tag_words import about_tag

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("One tag", "On", "The other", "On", "What differs")
ONE, ONE_ON, OTHER, OTHER_ON, WHY = range(5)

_TOP = QModelIndex()
_KINDS = {
    TwinKind.SAME_LETTERS: "Only where they stand, or capitals",
    TwinKind.ACCENT: "An accent",
    TwinKind.SPACING: "A blank or a hyphen",
    TwinKind.PLURAL: "Singular or plural",
    TwinKind.SPELLING: "The spelling",
}


def difference(tree: TagTree, twins: TagTwins) -> str:
    """Say what two names differ in; by which names, where these are not those of the tags."""
    said = _KINDS[twins.why]
    own = tuple(tree.by_id[tag].name for tag in twins.tags)
    if own == twins.names:
        return said
    return f"{said}: “{twins.names[0]}”, “{twins.names[1]}”"


def carried(tree: TagTree, tag: Tag) -> str:
    """Say how many documents and highlights have a tag itself, in few letters."""
    own, marked = tree.own.get(tag.id, 0), tree.highlights.get(tag.id, 0)
    return f"{own:,} · {marked:,}" if marked else f"{own:,}"


class TwinTable(QAbstractTableModel):
    """The table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = TagTree()
        self._rows: tuple[TagTwins, ...] = ()

    def set_rows(self, tree: TagTree, rows: Sequence[TagTwins]) -> None:
        """Show pairs of the tags of a tree; those of which one is gone are left out."""
        self.beginResetModel()
        self._tree = tree
        self._rows = tuple(each for each in rows if all(tag in tree.by_id for tag in each.tags))
        self.endResetModel()

    @property
    def rows(self) -> tuple[TagTwins, ...]:
        """The pairs that are shown."""
        return self._rows

    def tags_at(self, row: int) -> tuple[Tag, Tag]:
        """The two tags of a row."""
        one, other = self._rows[row].tags
        return self._tree.by_id[one], self._tree.by_id[other]

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, pair = index.column(), self._rows[index.row()]
        tags = self.tags_at(index.row())
        tag = tags[0] if column in (ONE, ONE_ON) else tags[1]
        match role:
            case Qt.ItemDataRole.DisplayRole if column in (ONE, OTHER):
                return self._tree.path(tag.id)
            case Qt.ItemDataRole.DisplayRole if column == WHY:
                return difference(self._tree, pair)
            case Qt.ItemDataRole.DisplayRole:
                return carried(self._tree, tag)
            case Qt.ItemDataRole.DecorationRole if column in (ONE, OTHER):
                return tag_icon(tag)
            case Qt.ItemDataRole.ToolTipRole if column == WHY:
                return difference(self._tree, pair)
            case Qt.ItemDataRole.ToolTipRole:
                return about_tag(self._tree, tag)
        return None
