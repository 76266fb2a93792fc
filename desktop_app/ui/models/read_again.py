"""What came of reading originals again, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.ui.look.icons import Tone, icon

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Document", "What became of it", "Why")
DOCUMENT, OUTCOME, REASON = range(3)

_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A document that changed, or (with a reason) that could not be read any more."""

    document: int
    title: str
    reason: str = ""


class ReadTable(QAbstractTableModel):
    """The table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReadRow, ...] = ()
        self._changed = icon("check", Tone.ACCENT)
        self._failed = icon("refused", Tone.PROBLEM)

    def set_rows(self, rows: Sequence[ReadRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, row: int) -> ReadRow:
        """The document in a row."""
        return self._rows[row]

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
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                what = "Keeps its old text" if row.reason else "Changed"
                return (row.title, what, row.reason)[column]
            case Qt.ItemDataRole.DecorationRole if column == OUTCOME:
                return self._failed if row.reason else self._changed
        return None
