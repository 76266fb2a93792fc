"""How often tags occur together, as a square table in an order that can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.core.model import Tag
from desktop_app.core.words import name_key
from desktop_app.library.tags.together import TagsTogether, Unit
from desktop_app.library.tags.tree import TagTree

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()


class TableOrder(StrEnum):
    """In which order the tags stand."""

    TREE = "tree"
    NAME = "name"
    USED = "used"  # the most used first
    MET = "met"  # those that occur the most with others first


class TogetherModel(QAbstractTableModel):
    """A row and a column for each tag; the numbers are worked out when it is given something new."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = TagTree()
        self.found = TagsTogether()
        self.order = TableOrder.TREE
        self.beside: int | None = None  # those that occur the most with this one first
        self.met_only = True
        self.tags: Sequence[Tag] = ()
        self.most = 0  # the largest count of two tags
        self.longest = 0  # the digits of the largest count
        self._cells: list[list[int]] = []

    def show(self, found: TagsTogether, tree: TagTree) -> None:
        """Show other counts, or the same ones of tags with other names."""
        self.found, self.tree = found, tree
        self.arrange()

    def arrange(
        self,
        *,
        order: TableOrder | None = None,
        beside: int | None = None,
        met_only: bool | None = None,
    ) -> None:
        """Put the tags into another order, or show only those that occur with another."""
        self.beginResetModel()
        if order is not None:
            self.order, self.beside = order, None
        if beside is not None:
            self.beside = beside
        if met_only is not None:
            self.met_only = met_only
        self.tags = self._arranged()
        place = {tag.id: row for row, tag in enumerate(self.tags)}
        cells = self._cells = [[0] * len(place) for _tag in place]
        self.most = largest = 0
        for tag, row in place.items():
            cells[row][row] = own = self.found.own.get(tag, 0)
            largest = max(largest, own)
        for (one, other), number in self.found.pairs.items():
            row, column = place.get(one, -1), place.get(other, -1)
            if row >= 0 and column >= 0:
                cells[row][column] = cells[column][row] = number
                self.most = max(self.most, number)
        self.longest = len(f"{max(largest, self.most):,}")
        self.endResetModel()

    def _arranged(self) -> Sequence[Tag]:
        found, by_id, met = self.found, self.tree.by_id, self.found.met
        tags = [by_id[tag] for tag in found.tags if tag in by_id]
        if self.met_only:
            tags = [tag for tag in tags if tag.id in met]
        if self.order is TableOrder.NAME:
            tags.sort(key=lambda tag: name_key(tag.name))
        elif self.order is TableOrder.USED:
            tags.sort(key=lambda tag: -found.own.get(tag.id, 0))
        elif self.order is TableOrder.MET:
            tags.sort(key=lambda tag: -met.get(tag.id, 0))
        here = self.beside
        if here is not None and here in by_id:
            tags.sort(key=lambda tag: (tag.id != here, -found.count(here, tag.id)))
        return tags

    # What is in a cell.

    def count(self, row: int, column: int) -> int:
        """How often the tags of a row and a column occur together; of one tag, at all."""
        return self._cells[row][column]

    def about(self, row: int, column: int) -> str:
        """Say what a cell counts, and how often each of its tags occurs at all."""
        one, other = self.tags[row], self.tags[column]
        number, own = self._cells[row][column], self.found.own
        path = self.tree.path
        if one.id == other.id:
            return self.tr("“{0}” is on {1}").format(path(one.id), self.things(number))
        verb = self.tr("carries") if number == 1 else self.tr("carry")
        return self.tr("{0} {1} both “{2}” ({3}) and “{4}” ({5})").format(
            self.things(number) if number else self.tr("Nothing"),
            verb if number else self.tr("carries"),
            path(one.id),
            f"{own.get(one.id, 0):,}",
            path(other.id),
            f"{own.get(other.id, 0):,}",
        )

    def things(self, number: int) -> str:
        """Say a number of what is counted."""
        word = "highlight" if self.found.unit is Unit.HIGHLIGHTS else "document"
        return f"1 {word}" if number == 1 else f"{number:,} {word}s"

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.tags)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.tags)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if section >= len(self.tags):
            return None
        tag = self.tags[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return tag.name
        if role == Qt.ItemDataRole.UserRole:
            return tag
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            own = self.found.own.get(tag.id, 0)
            return f"{self.tree.full_path(tag.id)}: {self.things(own)}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if not index.isValid() or row >= len(self.tags) or column >= len(self.tags):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            number = self._cells[row][column]
            return f"{number:,}" if number else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.about(row, column)
        return None
