"""The table of highlights: chosen row by row, sorted by its columns, opened by Enter or a click."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.core.highlights import HighlightSort
from desktop_app.ui.highlights.asking import Order
from desktop_app.ui.highlights.model import Column, HighlightsModel
from desktop_app.ui.highlights.painting import RowPainter
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.document_drag import drag_highlights
from desktop_app.ui.panes.keyed_table import KeyedTable
from desktop_app.ui.panes.tag_drop import TagDrop

# What another filter or order scatters over more stretches than this is not chosen any more.
MOST_APART = 1_000

_WIDTHS = {Column.NOTE: 17, Column.TAGS: 15, Column.DOCUMENT: 18, Column.DATE: 12}

_SORTS = {
    Column.QUOTE: HighlightSort.QUOTE,
    Column.NOTE: HighlightSort.NOTE,
    Column.TAGS: HighlightSort.TAGS,
    Column.DOCUMENT: HighlightSort.DOCUMENT,
    Column.DATE: HighlightSort.DATE_OLDEST,
}


class HighlightTable(KeyedTable):
    """The rows; keys that mean a highlight here are taken before the window's own."""

    sort_asked = Signal(object)  # Order
    delete_asked = Signal()
    tag_asked = Signal()
    tag_dropped = Signal(int, object)  # a tag, and the highlights that it was dropped on

    def __init__(self, model: HighlightsModel, theme: Theme, parent: QWidget) -> None:
        letters = {int(column): width for column, width in _WIDTHS.items()}
        super().__init__(model, self.tr("Highlights"), parent, wide=Column.QUOTE, widths=letters)
        self._order = Order()
        self._theme = theme
        self._put_painter(theme)
        self.setDragEnabled(True)
        self.setDragDropMode(self.DragDropMode.DragOnly)
        self.tag_drop = TagDrop(self, self._rows_meant_at, self._tell_dropped)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._on_header)
        self.meanings |= {
            Qt.Key.Key_Delete: self.delete_asked.emit,
            Qt.Key.Key_T: self.tag_asked.emit,
        }

    @property
    def highlights(self) -> HighlightsModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, HighlightsModel)
        return model

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._put_painter(theme)
        self.viewport().update()

    def show_order(self, order: Order) -> None:
        """Show by which column the table is sorted, if by one."""
        self._order = order
        column, down = _column_of(order)
        direction = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(-1 if column is None else column, direction)

    def _painter(self, theme: Theme) -> RowPainter:
        return RowPainter(theme, self)

    def _put_painter(self, theme: Theme) -> None:
        self._painter_of_rows = self._painter(theme)
        self.setItemDelegate(self._painter_of_rows)
        self._size_rows()

    # What is chosen.

    def chosen_ids(self) -> array[int]:
        """The chosen highlights, in the order of the table."""
        ids = self.highlights.ids
        chosen = array("q")
        for first, last in self.chosen_rows():
            chosen.extend(ids[first : last + 1])
        return chosen

    def current_of(self) -> int | None:
        """The highlight that the keys stand on."""
        row = self.currentIndex().row()
        return self.highlights.ids[row] if 0 <= row < len(self.highlights.ids) else None

    def choose_row(self, row: int) -> None:
        """Choose one row alone and bring it into view."""
        index = self.highlights.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def show_ids(self, ids: array[int], *, new: bool) -> None:
        """Show other highlights, keeping what is chosen and what stands on the screen."""
        if ids == self.highlights.ids:
            return
        chosen, current = self.chosen_ids(), self.current_of()
        row, top = self.currentIndex().row(), self._on_screen()
        self.highlights.set_ids(ids)
        self._choose_again(chosen, current, most=MOST_APART if new else None)
        if new:
            self.scrollToTop()
            return
        self._scroll_back(top)
        if current is not None and self.current_of() is None and len(ids):
            index = self.highlights.index(min(row, len(ids) - 1), 0)
            # What stood here is gone: its neighbour is where the keys go on, and nothing is chosen.
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _on_screen(self) -> Sequence[int]:
        first = self.rowAt(0)
        if first <= 0:
            return array("q")
        last = self.rowAt(self.viewport().height() - 1)
        return self.highlights.ids[first : last + 1 if last >= 0 else None]

    def _scroll_back(self, on_screen: Sequence[int]) -> None:
        ids = self.highlights.ids
        for each in on_screen:
            try:
                row = ids.index(each)
            except ValueError:
                continue
            self.scrollTo(self.highlights.index(row, 0), self.ScrollHint.PositionAtTop)
            return

    def _choose_again(self, chosen: array[int], current: int | None, *, most: int | None) -> None:
        """Choose what was chosen before; nothing where it stands in more stretches than most."""
        ids = self.highlights.ids
        if not chosen and current is None:
            return
        wanted = set(chosen)
        places = [place for place, each in enumerate(ids) if each in wanted] if wanted else []
        selection = QItemSelection()
        last = len(Column) - 1
        if most is not None and _stretches(places, most) > most:
            places = []
        start = 0
        for number in range(1, len(places) + 1):
            if number == len(places) or places[number] != places[number - 1] + 1:
                first, past = places[start], places[number - 1]
                selection.select(self.highlights.index(first, 0), self.highlights.index(past, last))
                start = number
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if current is not None and current in ids:
            index = self.highlights.index(ids.index(current), 0)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    # Keys and clicks.

    def _on_click(self, _index: QModelIndex) -> None:
        # A click with Ctrl or Shift chooses; one without opens, for the reader stands beside.
        if len(list(self.chosen_rows())) == 1 and self.chosen_count == 1:
            self._open_current()

    # Drags: highlights onto a tag, a tag onto highlights.

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803
        ids = self.chosen_ids()
        if ids:
            drag_highlights(self, ids, self._theme, self.font())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.tag_drop.rows:
            painter = QPainter(self.viewport())
            for row in self.tag_drop.rows:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                if -height < top < self.viewport().height():
                    self.tag_drop.paint(painter, QRect(0, top, self.viewport().width(), height))
            painter.end()

    def _rows_meant_at(self, point: QPoint) -> frozenset[int]:
        """The row at a place, or all that are chosen where it is one of them."""
        row = self.rowAt(point.y())
        if row < 0:
            return frozenset()
        chosen = [range(first, last + 1) for first, last in self.chosen_rows()]
        if not any(row in rows for rows in chosen):
            return frozenset((row,))
        return frozenset(each for rows in chosen for each in rows)

    def _tell_dropped(self, tag: int, rows: AbstractSet[int]) -> None:
        ids = self.highlights.ids
        self.tag_dropped.emit(tag, [ids[row] for row in sorted(rows) if row < len(ids)])

    # Order and size.

    def _on_header(self, section: int) -> None:
        column = Column(section)
        now, down = _column_of(self._order)
        self.sort_asked.emit(order_by(column, down=now is column and not down))

    def _size_rows(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._painter_of_rows.height)


def _stretches(places: list[int], most: int) -> int:
    """In how many stretches places stand; counted until there are more than most."""
    found, before = 0, -2
    for place in places:
        if place != before + 1:
            found += 1
            if found > most:
                break
        before = place
    return found


def order_by(column: Column, *, down: bool = False) -> Order:
    """The order of a column, from its end to its beginning where down."""
    if column is Column.DATE:
        return Order(HighlightSort.DATE_NEWEST if down else HighlightSort.DATE_OLDEST)
    return Order(_SORTS[column], down)


def _column_of(order: Order) -> tuple[Column | None, bool]:
    """The column that an order goes by, None for one that has no column; whether it is turned."""
    if order.by is HighlightSort.DATE_NEWEST:
        return Column.DATE, True
    return next((c for c, by in _SORTS.items() if by is order.by), None), order.turned
