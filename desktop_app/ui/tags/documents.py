"""The documents that carry a tag, as a table of which only what is looked at is fetched."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from desktop_app.library.tags.page import TaggedDocument, TaggedSort
from desktop_app.ui.models.document_words import date_in_words, highlights_in_words
from desktop_app.ui.models.paged_rows import Fetch, PagedRows
from desktop_app.ui.panes.keyed_table import KeyedTable

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()


class DocumentColumn(IntEnum):
    """What stands in which column."""

    TITLE = 0
    SOURCE = 1
    DATE = 2
    CARRIES = 3


_NAMES = {
    DocumentColumn.TITLE: "Document",
    DocumentColumn.SOURCE: "Source",
    DocumentColumn.DATE: "Date",
    DocumentColumn.CARRIES: "Tagged",
}
SORTS = {
    DocumentColumn.TITLE: TaggedSort.TITLE,
    DocumentColumn.SOURCE: TaggedSort.SOURCE,
    DocumentColumn.DATE: TaggedSort.DATE,
    DocumentColumn.CARRIES: TaggedSort.HIGHLIGHTS,
}
_WIDTHS = {DocumentColumn.SOURCE: 20, DocumentColumn.DATE: 14, DocumentColumn.CARRIES: 22}
# What is counted is asked for from the most down.
_FIRST_DOWN = frozenset((DocumentColumn.DATE, DocumentColumn.CARRIES))


class TaggedModel(QAbstractTableModel):
    """The documents on the page of a tag, in its order."""

    def __init__(self, fetch: Fetch[TaggedDocument], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paged = PagedRows(fetch, self)
        self.paged.came.connect(lambda _ids: self._say_changed())

    @property
    def ids(self) -> Sequence[int]:
        """Every id, in order."""
        return self.paged.ids

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show other documents. What is known of those that stay is kept until fetched again."""
        self.beginResetModel()
        self.paged.set_ids(ids)
        self.endResetModel()

    @property
    def held(self) -> Mapping[int, TaggedDocument]:
        """The rows that are held, by id."""
        return self.paged.held

    def look_again(self) -> None:
        """Fetch all rows again as they are looked at."""
        self.paged.look_again(list(self.paged.held))
        self._say_changed()

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(DocumentColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(_NAMES[DocumentColumn(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        if not index.isValid() or place >= len(self.ids):
            return None
        if role == Qt.ItemDataRole.UserRole:
            return self.ids[place]
        shown = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role not in shown:
            return None
        row = self.paged.row(place)
        if row is None:
            return None if role == Qt.ItemDataRole.ToolTipRole else ""
        return self._words(row, DocumentColumn(index.column()))

    def _words(self, row: TaggedDocument, column: DocumentColumn) -> str:
        facts = row.document.facts
        match column:
            case DocumentColumn.TITLE:
                return row.document.title
            case DocumentColumn.SOURCE:
                return facts.source or ", ".join(facts.authors[:2])
            case DocumentColumn.DATE:
                return date_in_words(facts.published) if facts.published else ""
            case DocumentColumn.CARRIES:
                marks = row.carried.highlights
                parts = [self.tr("as a whole")] if row.carried.itself else []
                parts += [highlights_in_words(marks)] if marks else []
                return ", ".join(parts)

    def _say_changed(self) -> None:
        if self.ids:
            last = self.index(len(self.ids) - 1, len(DocumentColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class TaggedTable(KeyedTable):
    """The rows: opened by Enter or a click, sorted by their columns."""

    sort_asked = Signal(object, bool)  # TaggedSort; turned
    off_asked = Signal()  # the tag is to be taken off what is chosen

    def __init__(self, model: TaggedModel, parent: QWidget) -> None:
        widths = {int(column): width for column, width in _WIDTHS.items()}
        super().__init__(
            model, self.tr("Documents"), parent, wide=DocumentColumn.TITLE, widths=widths
        )
        self._sort, self._turned = TaggedSort.TITLE, False
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._on_header)
        self.meanings |= {Qt.Key.Key_Delete: self.off_asked.emit}

    @property
    def documents(self) -> TaggedModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, TaggedModel)
        return model

    def show_order(self, sort: TaggedSort, *, turned: bool) -> None:
        """Show by which column the table is sorted."""
        self._sort, self._turned = sort, turned
        column = next(c for c, by in SORTS.items() if by is sort)
        direction = Qt.SortOrder.DescendingOrder if turned else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, direction)

    def chosen_ids(self) -> array[int]:
        """The chosen documents, in the order of the table."""
        chosen = array("q")
        for first, last in self.chosen_rows():
            chosen.extend(self.documents.ids[first : last + 1])
        return chosen

    def current_of(self) -> int | None:
        row = self.currentIndex().row()
        return self.documents.ids[row] if 0 <= row < len(self.documents.ids) else None

    def choose_row(self, row: int) -> None:
        """Choose one row alone and bring it into view."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.documents.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def show_ids(self, ids: array[int], *, new: bool) -> None:
        """Show other documents; of the same tag as before, the keys stay where they were."""
        if ids == self.documents.ids:
            return
        current, row = self.current_of(), self.currentIndex().row()
        top = self.verticalScrollBar().value()
        self.documents.set_ids(ids)
        if new or not len(ids):
            self.scrollToTop()
            return
        self.verticalScrollBar().setValue(top)
        if row >= 0:
            kept = current is not None and current in ids
            here = ids.index(current or 0) if kept else min(row, len(ids) - 1)
            index = self.documents.index(here, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_click(self, _index: QModelIndex) -> None:
        if self.chosen_count == 1:
            self._open_current()

    def _on_header(self, section: int) -> None:
        column = DocumentColumn(section)
        again = SORTS[column] is self._sort
        turned = not self._turned if again else column in _FIRST_DOWN
        self.sort_asked.emit(SORTS[column], turned)
