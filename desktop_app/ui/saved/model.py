"""The rows of the saved searches: name, count, what is new; renamed in place, dragged into order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.core.saved_searches import SavedSearch
from desktop_app.library.saved_searches import SearchCount
from desktop_app.library.search_commands import MoveSearch, RenameSearch
from desktop_app.ui.saved.names import search_name_problem

Index = QModelIndex | QPersistentModelIndex

SEARCH_MIME = "application/x-postil-saved-search"
_TOP = QModelIndex()


class SavedRole(IntEnum):
    """What a row tells beside its name."""

    COUNT = Qt.ItemDataRole.UserRole + 1  # as it is painted, "" while it is not known
    NEW = Qt.ItemDataRole.UserRole + 2  # how many are new since it was last looked at
    TROUBLE = Qt.ItemDataRole.UserRole + 3  # why it cannot run, "" where it can


class SavedModel(QAbstractListModel):
    """The saved searches in their order."""

    command = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.searches: tuple[SavedSearch, ...] = ()
        self.read_only = False
        self._counts: dict[int, SearchCount] = {}
        self._kept_new: dict[int, int] = {}  # of what is looked at now, so that it can be read

    def set_searches(self, searches: Sequence[SavedSearch]) -> None:
        """Show other searches."""
        shown = tuple(searches)
        if shown == self.searches:
            return
        same = [each.id for each in shown] == [each.id for each in self.searches]
        changed = {
            after.id
            for after in shown
            for before in self.searches
            if after.id == before.id and after.query != before.query
        }
        if not same:
            self.beginResetModel()
        self.searches = shown
        ids = {each.id for each in shown}
        self._counts = {i: c for i, c in self._counts.items() if i in ids and i not in changed}
        if not same:
            self.endResetModel()
        else:
            self._tell(None)

    def set_counts(self, counts: Mapping[int, SearchCount]) -> None:
        """Show what searches give now; of those that are not named nothing is changed."""
        for search, count in counts.items():
            before = self._counts.get(search)
            if search in self._kept_new and before is not None and before.total != count.total:
                self._kept_new[search] = 0  # what was new may be what is gone
        self._counts.update(counts)
        for search in counts:
            self._tell(search)

    def keep_new(self, search: int | None) -> None:
        """Go on showing what was new of a search while it is looked at; None: of none."""
        kept = {} if search is None else {search: self._counts.get(search, SearchCount()).new}
        if search is not None and search in self._kept_new:
            return
        before, self._kept_new = self._kept_new, kept
        for each in (*before, *kept):
            self._tell(each)

    def row_of(self, search: int) -> int | None:
        """The row of a search; None where it is not there."""
        ids = [each.id for each in self.searches]
        return ids.index(search) if search in ids else None

    def search_at(self, index: Index) -> SavedSearch | None:
        """The search of a row; None for no row."""
        row = index.row()
        return self.searches[row] if index.isValid() and row < len(self.searches) else None

    def count_of(self, search: int) -> SearchCount | None:
        """What a search gives now, as far as it is known."""
        count = self._counts.get(search)
        if count is None or search not in self._kept_new:
            return count
        return replace(count, new=max(count.new, self._kept_new[search]))

    def _tell(self, search: int | None) -> None:
        row = 0 if search is None else self.row_of(search)
        if row is not None and self.searches:
            last = len(self.searches) - 1 if search is None else row
            self.dataChanged.emit(self.index(row), self.index(last))

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.searches)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        search = self.search_at(index)
        if search is None:
            return None
        count = self.count_of(search.id)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return search.name
            case Qt.ItemDataRole.ToolTipRole:
                said = in_words(count) if count is not None else ""
                return "\n".join(filter(None, (search.name, search.query, said)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (search.name, in_words(count) if count else "")))
            case SavedRole.COUNT:
                if count is None or count.trouble:
                    return ""
                return f"{count.total:,}…" if count.behind else f"{count.total:,}"
            case SavedRole.NEW:
                return 0 if count is None else count.new
            case SavedRole.TROUBLE:
                return "" if count is None else count.trouble
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        search = self.search_at(index)
        if search is None or role != Qt.ItemDataRole.EditRole or value == search.name:
            return False
        if search_name_problem(self.searches, str(value), of=search.id):
            return False
        self.command.emit(RenameSearch(search.id, str(value)))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled  # between rows
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    # Dragging into another order.

    def mimeTypes(self) -> list[str]:
        return [SEARCH_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [search.id for index in indexes if (search := self.search_at(index)) is not None]
        data.setData(SEARCH_MIME, json.dumps(ids[:1]).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return _dragged(data) is not None and not parent.isValid()

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        search = _dragged(data)
        if search is not None:
            self.move_to(search, len(self.searches) if row < 0 else row)
        return False  # the rows move when the library has done it

    def move_to(self, search: int, row: int) -> None:
        """Ask that a search stands before the row that is there now."""
        here = self.row_of(search)
        if here is None or self.read_only:
            return
        place = row - 1 if row > here else row
        if 0 <= place < len(self.searches) and place != here:
            self.command.emit(MoveSearch(search, place))


def in_words(count: SearchCount) -> str:
    """What a saved search gives, in words."""
    if count.trouble:
        return count.trouble
    said = "1 result" if count.total == 1 else f"{count.total:,} results"
    if count.behind:
        said += " so far, while the search index catches up"
    if count.new:
        said += f", {count.new:,} new since you last looked"
    return said


def _dragged(data: QMimeData) -> int | None:
    if not data.hasFormat(SEARCH_MIME):
        return None
    try:
        found = json.loads(bytes(data.data(SEARCH_MIME).data()))
    except ValueError:
        return None
    return found[0] if isinstance(found, list) and found and type(found[0]) is int else None
