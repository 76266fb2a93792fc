"""What lies in the trash of tags, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.core.model import Binned
from desktop_app.ui.panes.fact_texts import moment_in_words

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Tag or collection", "Was in", "Tags", "Documents", "Highlights", "Deleted")
NAME, HOME, TAGS, DOCUMENTS, HIGHLIGHTS, WHEN = range(6)

_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TagBinTable(QAbstractTableModel):
    """The table, the newest on top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Binned, ...] = ()

    def set_rows(self, rows: Sequence[Binned]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return _words(row, column)
            case Qt.ItemDataRole.TextAlignmentRole if column in (TAGS, DOCUMENTS, HIGHLIGHTS):
                return _RIGHT
        return None


def _words(row: Binned, column: int) -> str:
    match column:
        case 0:  # NAME
            return row.name
        case 1:  # HOME
            return row.collection or "a whole collection"
        case 2:  # TAGS
            return f"{row.tags:,}"
        case 3:  # DOCUMENTS
            return f"{row.documents:,}"
        case 4:  # HIGHLIGHTS
            return f"{row.highlights:,}"
    return moment_in_words(row.deleted_at)
