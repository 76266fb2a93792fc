"""The entries of a table of contents: filtered by what is typed, the present place told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.core.text import Chapter
from desktop_app.core.words import fold
from desktop_app.ui.look import fonts

DEEPEST = 5
LONGEST_TITLE = 200

_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex


class ContentsModel(QAbstractListModel):
    """The entries whose titles hold what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Chapter] = ()
        self._folded: list[str] = []
        self._shown: Sequence[int] = ()
        self._here: int | None = None

    def set_entries(self, entries: Sequence[Chapter], here: int | None) -> None:
        """Show entries; here is the index of the one that is being read."""
        self.beginResetModel()
        self._entries, self._here = entries, here
        self._folded = []
        self._shown = range(len(entries))
        self.endResetModel()

    def filter(self, typed: str) -> None:
        """Leave the entries that hold every typed word."""
        if not self._folded:
            self._folded = [fold(entry.title) for entry in self._entries]
        words = fold(typed).split()
        self.beginResetModel()
        self._shown = [
            index
            for index, title in enumerate(self._folded)
            if all(word in title for word in words)
        ]
        self.endResetModel()

    def set_here(self, here: int | None) -> None:
        """Take another entry for the one that is being read."""
        if here == self._here:
            return
        changed = (self._here, here)
        self._here = here
        for number in changed:
            if number is not None and number in self._shown:
                index = self.index(self._shown.index(number))
                self.dataChanged.emit(index, index)

    def entry(self, row: int) -> Chapter:
        """The entry of a row."""
        return self._entries[self._shown[row]]

    def row_of_here(self) -> int:
        """The row of the place that is being read; the first where it is not listed."""
        return self._shown.index(self._here) if self._here in self._shown else 0

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = self._shown[index.row()]
        entry = self._entries[number]
        title = entry.title if len(entry.title) <= LONGEST_TITLE else entry.title[:LONGEST_TITLE]
        here = number == self._here
        if role == _Role.DisplayRole:
            indent = "\u2003" * (min(max(entry.level, 1), DEEPEST) - 1)
            return f"{indent}{title}"
        if role == _Role.AccessibleTextRole:
            return title + (self.tr(", you are here") if here else "")
        if role == _Role.ToolTipRole:
            return title
        if role == _Role.FontRole and here:
            return fonts.interface(strong=True)
        return None
