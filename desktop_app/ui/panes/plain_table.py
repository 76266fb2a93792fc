"""A table of one line a row, as the import and several dialogs show one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.ui.panes.sidebar_painting import row_height

Index = QModelIndex | QPersistentModelIndex


class PlainTable(QTableView):
    """Rows are chosen whole; one column takes the room that the others leave.

    widths: of the other columns, in letters, by their numbers. paths: the columns whose text ends
    in what tells most, and is cut in the middle.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        parent: QWidget,
        *,
        wide: int,
        widths: Mapping[int, int],
        paths: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setProperty("surface", "list")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        middle = _CutInTheMiddle(self)
        for column in paths:
            self.setItemDelegateForColumn(column, middle)
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName("Choose all rows")
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(self.fontMetrics()))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # A header looks whether all rows of a column are chosen, one by one, each time it is
        # painted; with a selection of its own, which is empty, it has nothing to look at.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 6)
        letters = self.fontMetrics().averageCharWidth()
        for column, width in widths.items():
            self.setColumnWidth(column, letters * width)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def chosen_rows(self) -> Iterator[tuple[int, int]]:
        """The chosen rows in order, as first and last of each stretch: thousands may be chosen."""
        chosen = self.selectionModel().selection()
        stretches = [chosen.at(number) for number in range(chosen.count())]
        yield from sorted((stretch.top(), stretch.bottom()) for stretch in stretches)

    @property
    def chosen_count(self) -> int:
        """How many rows are chosen."""
        return sum(last - first + 1 for first, last in self.chosen_rows())


class _CutInTheMiddle(QStyledItemDelegate):
    """Shows a path too long for its column by its beginning and its end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle
