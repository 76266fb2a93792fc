"""The highlights that a filter lets through, as a table of which only what is looked at is fetched.

The model holds every id in order; rows come a page at a time in tasks, when the view asks for one
that is not there yet. Such a row has no data but its id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.core.highlights import Highlight, MarkStyle, Standing
from desktop_app.core.model import Document
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.document_words import date_in_words
from desktop_app.ui.models.paged_rows import Fetch, PagedRows

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()

STYLE_WORDS = {
    MarkStyle.FILL: "filled",
    MarkStyle.UNDERLINE: "underlined",
    MarkStyle.BAR: "bar in the margin",
}
STANDING_WORDS = {
    Standing.PLACED: "found for sure",
    Standing.REVIEW: "to review",
    Standing.LOST: "lost",
}


class Column(IntEnum):
    """What stands in which column."""

    QUOTE = 0
    NOTE = 1
    TAGS = 2
    DOCUMENT = 3
    DATE = 4


COLUMN_NAMES = {
    Column.QUOTE: "Highlight",
    Column.NOTE: "Note",
    Column.TAGS: "Tags",
    Column.DOCUMENT: "Document",
    Column.DATE: "Date",
}


class MarkRole(IntEnum):
    """What the view asks for besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What a row shows."""

    highlight: Highlight
    document: Document


Fetched = Mapping[int, MarkRow]


class HighlightsModel(QAbstractTableModel):
    """The highlights of an answer, in its order."""

    def __init__(self, fetch: Fetch[MarkRow], parent: QObject | None = None) -> None:
        """fetch: as of PagedRows."""
        super().__init__(parent)
        self.paged = PagedRows(fetch, self)
        self.paged.came.connect(lambda _ids: self._say_changed())
        self.tree = TagTree()

    @property
    def ids(self) -> Sequence[int]:
        """Every id, in order."""
        return self.paged.ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show other highlights. What is known of those that stay is kept until fetched again."""
        self.beginResetModel()
        self.paged.set_ids(ids)
        self.endResetModel()

    def set_tags(self, tree: TagTree) -> None:
        """Know the names and colours of tags."""
        self.tree = tree
        self._say_changed()

    def row(self, place: int) -> MarkRow | None:
        """What a row shows; None while it is not there yet, and then it is asked for."""
        return self.paged.row(place)

    def known(self, highlight: int) -> MarkRow | None:
        """A row of the table, if it is held."""
        return self.paged.held.get(highlight)

    def look_again(self, documents: AbstractSet[int] | None = None) -> None:
        """Fetch rows again as they are looked at: those of some documents, or all (None)."""
        held = self.paged.held
        self.paged.look_again(
            [e for e, row in held.items() if documents is None or row.document.id in documents]
        )
        self._say_changed()

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMN_NAMES[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        if not index.isValid() or place >= len(self.ids):
            return None
        if role == MarkRole.ID:
            return self.ids[place]
        if role == MarkRole.ROW:
            return self.row(place)
        shown = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role not in shown:
            return None
        row = self.row(place)
        if row is None:
            return None if role == Qt.ItemDataRole.ToolTipRole else ""
        column = Column(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.QUOTE:
            return spoken(row)
        return self._words(row, column)

    def _words(self, row: MarkRow, column: Column) -> str:
        match column:
            case Column.QUOTE:
                return row.highlight.anchor.quote[:1_000]
            case Column.NOTE:
                return row.highlight.note[:1_000]
            case Column.TAGS:
                return ", ".join(self.tree.path(tag) for tag in self.tags(row))
            case Column.DOCUMENT:
                return row.document.title
            case Column.DATE:
                published = row.document.facts.published
                return date_in_words(published) if published else ""

    def tags(self, row: MarkRow) -> list[int]:
        """The tags of a row that are there, in the order in which they are shown."""
        known = [tag for tag in row.highlight.tags if tag in self.tree.by_id]
        return sorted(known, key=self.tree.path)

    def _say_changed(self) -> None:
        if self.ids:
            last = self.index(len(self.ids) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def spoken(row: MarkRow) -> str:
    """A highlight as a screen reader says it: its words, and what is shown by colour and shape."""
    mark = row.highlight
    parts = [mark.anchor.quote[:300], mark.colour, STYLE_WORDS[mark.style]]
    if mark.standing is not Standing.PLACED:
        parts.append(STANDING_WORDS[mark.standing])
    return ", ".join(parts)
