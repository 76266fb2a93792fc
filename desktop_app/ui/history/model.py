"""The steps of the history as rows: the newest on top, and below all what was before them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from desktop_app.library.history import HistoryLine
from desktop_app.ui.panes.fact_texts import moment_in_words

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()


class HistoryColumn(IntEnum):
    """What stands in which column."""

    NAME = 0
    STATE = 1
    WHEN = 2


_NAMES = {
    HistoryColumn.NAME: "What was done",
    HistoryColumn.STATE: "",
    HistoryColumn.WHEN: "When",
}


class HistoryModel(QAbstractTableModel):
    """Rows of steps, and one below them for the library before the oldest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[HistoryLine] = ()
        self.stopper: int | None = None  # the step that stood in the way

    def show(self, lines: Sequence[HistoryLine]) -> None:
        """Show other steps."""
        self.beginResetModel()
        self.lines = lines
        self.stopper = None
        self.endResetModel()

    def mark_stopper(self, step: int | None) -> None:
        """Mark the step that stands in the way."""
        self.stopper = step
        if self.lines:
            last = self.index(self.rowCount() - 1, len(HistoryColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def here(self) -> int:
        """The row of where the library is now: the newest step that is not undone, or the last row."""
        return next(
            (row for row, line in enumerate(self.lines) if not line.undone), len(self.lines)
        )

    def step(self, row: int) -> int | None:
        """The step of a row; None for the last row, which is before all of them."""
        return self.lines[row].id if row < len(self.lines) else None

    def row_of(self, step: int | None) -> int | None:
        """The row of a step; None where it is not in the list any more."""
        if step is None:
            return len(self.lines)
        return next((row for row, line in enumerate(self.lines) if line.id == step), None)

    def away(self, row: int) -> int:
        """How many steps lie between a row and now: undone where positive, done again where not."""
        return row - self.here

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() or not self.lines else len(self.lines) + 1

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(HistoryColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(_NAMES[HistoryColumn(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), HistoryColumn(index.column())
        if not index.isValid() or row > len(self.lines):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and row < len(self.lines):
            return self.lines[row].name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (self._words(row, each) for each in HistoryColumn)
            return ", ".join(each for each in words if each)
        if role == Qt.ItemDataRole.FontRole and row == self.here:
            font = QGuiApplication.font()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and row < self.here:
            colour: QColor = QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
            return colour
        return None

    def _words(self, row: int, column: HistoryColumn) -> str:
        if row == len(self.lines):
            return {
                HistoryColumn.NAME: self.tr("Before all of these"),
                HistoryColumn.STATE: self.tr("now") if row == self.here else "",
            }.get(column, "")
        line = self.lines[row]
        match column:
            case HistoryColumn.NAME:
                return line.name
            case HistoryColumn.STATE:
                if line.id == self.stopper:
                    return self.tr("in the way")
                if line.undone:
                    return self.tr("undone")
                return self.tr("now") if row == self.here else ""
            case HistoryColumn.WHEN:
                return _when(line.done_at)


def _when(moment: datetime) -> str:
    """Write when something was done: today's by the clock alone."""
    local = moment.astimezone()
    if local.date() == date.today():
        return f"{local:%H:%M:%S}"
    return moment_in_words(moment)
