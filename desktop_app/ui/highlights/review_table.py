"""The list of highlights to review: those found by a close match can be ticked, to be accepted."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Standing
from desktop_app.ui.highlights.model import Column, HighlightsModel, MarkRow
from desktop_app.ui.highlights.painting import BOX, SIDE, RowPainter
from desktop_app.ui.highlights.table import HighlightTable
from desktop_app.ui.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class ReviewModel(HighlightsModel):
    """Highlights, of which some are ticked."""

    ticked_changed = Signal()

    def __init__(self, fetch: Any, parent: Any = None) -> None:
        super().__init__(fetch, parent)
        self.ticked: set[int] = set()
        self.closely: frozenset[int] = frozenset()  # those that can be ticked

    def set_lists(self, closely: array[int], lost: array[int]) -> None:
        """Show what was found by a close match, and behind it what is lost."""
        self.closely = frozenset(closely)
        self.ticked &= self.closely
        ids = closely + lost
        if ids != self.ids:
            self.set_ids(ids)
        self.ticked_changed.emit()

    def tick(self, highlight: int) -> None:
        """Tick a highlight, or untick it; nothing where it cannot be."""
        if highlight in self.closely:
            self.ticked ^= {highlight}
            self._tell_ticks()

    def tick_all(self, ticked: bool) -> None:
        """Tick all that can be, or none."""
        self.ticked = set(self.closely) if ticked else set()
        self._tell_ticks()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = super().data(index, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.QUOTE and found:
            highlight = self.ids[index.row()]
            if highlight in self.closely:
                said = self.tr("ticked") if highlight in self.ticked else self.tr("not ticked")
                return f"{found}, {said}"
        return found

    def _tell_ticks(self) -> None:
        self._say_changed()
        self.ticked_changed.emit()


class ReviewPainter(RowPainter):
    """Paints boxes to tick before the quotes."""

    with_ticks = True

    def tick_of(self, row: MarkRow) -> bool | None:
        model = cast(ReviewTable, self.parent()).reviewed
        mark = row.highlight
        return mark.id in model.ticked if mark.standing is Standing.REVIEW else None


class ReviewTable(HighlightTable):
    """The rows, one of which is at hand."""

    def __init__(self, model: ReviewModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(model, theme, parent)
        self.setAccessibleName(self.tr("Highlights to review"))
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        for column in (Column.NOTE, Column.TAGS, Column.DATE):
            self.setColumnHidden(column, True)
        self.setColumnWidth(Column.DOCUMENT, self.fontMetrics().averageCharWidth() * 26)
        header = self.horizontalHeader()
        header.setSortIndicatorShown(False)
        header.setSectionsClickable(False)
        self.keys: Callable[[QKeyEvent], Callable[[], object] | None] = lambda _event: None

    @property
    def reviewed(self) -> ReviewModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, ReviewModel)
        return model

    def tick_current(self) -> None:
        """Tick the highlight that the keys stand on, or untick it."""
        current = self.current_of()
        if current is not None:
            self.reviewed.tick(current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == Column.QUOTE:
            rect = QRectF(self.visualRect(index))
            if event.position().x() < rect.left() + SIDE + 6 + BOX + 4:
                self.reviewed.tick(self.reviewed.ids[index.row()])
                event.accept()
                return
        super().mousePressEvent(event)

    def _painter(self, theme: Theme) -> RowPainter:
        return ReviewPainter(theme, self)

    def meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key means here, as whoever holds the table says."""
        return self.keys(event)
