"""The table of lines: chosen row by row, sorted by its columns, gone through with single keys."""

from __future__ import annotations

from array import array
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.core.concordance import USUAL_WIDTH
from desktop_app.library.concordances import LineSort
from desktop_app.ui.concordance.model import Column, LineRow, LinesModel
from desktop_app.ui.concordance.painting import LinePainter
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.keyed_table import KeyedTable

_SIGNS_WIDTH = 30
_NARROW = 780  # below it the lines need the room of the date

_SORTS = {
    Column.LEFT: LineSort.LEFT_1,
    Column.MATCH: LineSort.MATCH,
    Column.RIGHT: LineSort.RIGHT_1,
    Column.DOCUMENT: LineSort.DOCUMENT,
    Column.DATE: LineSort.DATE_NEWEST,
}
_MORE = {
    LineSort.LEFT_1: LineSort.LEFT_2,
    LineSort.LEFT_2: LineSort.LEFT_3,
    LineSort.RIGHT_1: LineSort.RIGHT_2,
    LineSort.RIGHT_2: LineSort.RIGHT_3,
    LineSort.DATE_NEWEST: LineSort.DATE_OLDEST,
}


class LineTable(KeyedTable):
    """The rows; keys that mean a line here are taken before the window's own."""

    sort_asked = Signal(object)  # LineSort
    key_asked = Signal(str)  # the action that a key means
    digit_asked = Signal(int)

    def __init__(self, model: LinesModel, theme: Theme, parent: QWidget) -> None:
        widths = {int(Column.DOCUMENT): 16, int(Column.DATE): 12, int(Column.MATCH): 14}
        super().__init__(model, self.tr("Lines"), parent, wide=Column.LEFT, widths=widths)
        self._sort = LineSort.DOCUMENT
        self._grouped = False
        self._letters = USUAL_WIDTH
        self._put_painter(theme)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(_SIGNS_WIDTH)
        header.setSectionResizeMode(Column.RIGHT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(Column.STATE, _SIGNS_WIDTH)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_header)
        model.paged.came.connect(self._fit_matches)
        self.meanings |= {
            Qt.Key.Key_Space: lambda: self.key_asked.emit("lines.seen"),
            Qt.Key.Key_X: lambda: self.key_asked.emit("lines.irrelevant"),
            Qt.Key.Key_T: lambda: self.key_asked.emit("lines.tag"),
        }
        for digit in range(1, 10):
            key = Qt.Key(Qt.Key.Key_0.value + digit)
            self.meanings[key] = partial(self.digit_asked.emit, digit)

    @property
    def lines(self) -> LinesModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, LinesModel)
        return model

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._put_painter(theme)
        self.viewport().update()

    def _put_painter(self, theme: Theme) -> None:
        self._painter_of_rows = LinePainter(theme, self)
        self.setItemDelegate(self._painter_of_rows)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_height()

    def show_letters(self, letters: int) -> None:
        """Make room for so many letters on either side, where more than usual are asked for."""
        if letters != self._letters:
            self._letters = letters
            self._set_height()

    def _set_height(self) -> None:
        """Give the rows the lines that what stands beside a match takes."""
        painter, rows = self._painter_of_rows, self.verticalHeader()
        more = self._letters > USUAL_WIDTH
        width = min(self.columnWidth(Column.LEFT), self.columnWidth(Column.RIGHT))
        painter.lines = painter.lines_for(self._letters, width) if more else 1
        painter.letters = self._letters
        if rows.defaultSectionSize() != painter.height:
            rows.setDefaultSectionSize(painter.height)
            if self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())
        self.viewport().update()

    def show_order(self, sort: LineSort, *, grouped: bool) -> None:
        """Show by which column the lines are sorted; a document's own heading needs no column."""
        self._sort, self._grouped = sort, grouped
        header = self.horizontalHeader()
        column = next((c for c, by in _SORTS.items() if _begins(by, sort)), None)
        header.setSortIndicatorShown(column is not None)
        down = sort is LineSort.DATE_NEWEST
        direction = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(-1 if column is None else int(column), direction)
        self._give_room()

    # What is chosen.

    def chosen_numbers(self) -> array[int]:
        """The numbers of the chosen lines in the order of the table, headings left out."""
        numbers = self.lines.numbers
        chosen = array("q")
        for first, last in self.chosen_rows():
            chosen.extend(numbers[first : last + 1])
        return array("q", [number for number in chosen if number > 0])

    def current_of(self) -> int | None:
        """The row that the keys stand on."""
        row = self.currentIndex().row()
        return self.lines.numbers[row] if 0 <= row < len(self.lines.numbers) else None

    def choose_row(self, row: int) -> None:
        """Choose one row alone and bring it into view."""
        index = self.lines.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def step(self, by: int) -> None:
        """Go to the next line or the one before, over headings."""
        row, numbers = self.currentIndex().row() + by, self.lines.numbers
        while 0 <= row < len(numbers) and numbers[row] < 0:
            row += by
        if 0 <= row < len(numbers):
            self.choose_row(row)
            self.rest.start()

    def show_numbers(
        self, numbers: array[int], *, new: bool, other: bool, current: int | None
    ) -> None:
        """Show other rows. The line that the keys stand on stays where it is still there.

        new: from the top. other: the numbers mean other lines than before; then current is the one
        that the keys stood on.
        """
        if numbers == self.lines.numbers and not other:
            self.lines.look_again()
            return
        if not other:
            current = self.current_of()
        row = self.currentIndex().row()
        top = self.verticalScrollBar().value()
        many = self.chosen_count > 1
        if other:
            self.lines.forget()
        self.lines.set_numbers(numbers)
        if new or row < 0 or not len(numbers):
            self.scrollToTop()
            return
        try:
            place = numbers.index(current) if current is not None else -1
        except ValueError:
            place = -1
        index = self.lines.index(place if place >= 0 else min(row, len(numbers) - 1), 0)
        flags = QItemSelectionModel.SelectionFlag
        self.verticalScrollBar().setValue(top)
        choose = flags.NoUpdate if many else flags.ClearAndSelect | flags.Rows
        self.selectionModel().setCurrentIndex(index, choose)
        self.scrollTo(index)

    # Keys and clicks.

    def _on_click(self, _index: QModelIndex) -> None:
        # A click with Ctrl or Shift chooses; one without opens, for the reader stands beside.
        if self.chosen_count == 1:
            self.rest.stop()
            self._tell_rest()

    # Order and size.

    def _on_header(self, section: int) -> None:
        column = Column(section)
        if column in _SORTS:
            by = _SORTS[column]
            self.sort_asked.emit(_MORE.get(self._sort, by) if _begins(by, self._sort) else by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Leave out columns that take room from the lines."""
        narrow = self.viewport().width() < _NARROW
        self.setColumnHidden(Column.DATE, narrow or self._grouped)
        self.setColumnHidden(Column.DOCUMENT, self._grouped)
        self._set_height()

    def _fit_matches(self, numbers: object) -> None:
        """Make the column of matches as wide as those that have come, within bounds."""
        assert isinstance(numbers, set)
        rows = [self.lines.known(number) for number in numbers]
        widest = max(map(self._match_width, rows), default=0)
        most = max(self.viewport().width() // 4, 80)
        if widest and (wanted := min(widest, most)) > self.columnWidth(Column.MATCH):
            self.setColumnWidth(Column.MATCH, wanted)
            self._set_height()

    def _match_width(self, row: LineRow | None) -> int:
        if row is None or row.line is None:
            return 0
        return self._painter_of_rows.match_width(row.line.match[:60])


def _begins(by: LineSort, sort: LineSort) -> bool:
    """Whether an order is the one of a column, or goes on from it."""
    seen = by
    while seen is not sort:
        if seen not in _MORE:
            return False
        seen = _MORE[seen]
    return True
