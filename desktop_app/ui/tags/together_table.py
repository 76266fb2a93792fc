"""The square of tags: names on two sides, numbers inside, the larger the stronger their ground."""

from __future__ import annotations

import math

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.core.model import Tag
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.panes.sidebar_painting import row_height
from desktop_app.ui.tags.together_model import TogetherModel

Index = QModelIndex | QPersistentModelIndex

_MARK = 10
_AIR = 7
_NAMES_WIDE = 22  # letters of a name beside a row
_NAMES_HIGH = 17  # and above a column


class TogetherTable(QTableView):
    """Cells are gone through with arrow keys, and opened by Enter or a double click."""

    opened = Signal(int, int)  # row, column
    moved = Signal()
    beside_asked = Signal(int)  # a tag: those that occur the most with it first
    page_asked = Signal(int)  # a tag
    menu_asked = Signal(int, QPoint)  # a tag, where on the screen
    left = Signal()

    def __init__(self, model: TogetherModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setModel(model)
        self.setAccessibleName(self.tr("How often tags occur together"))
        self.setProperty("surface", "list")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Cells(self))
        self.setCornerButtonEnabled(False)
        self.setStyleSheet(
            "QTableCornerButton::section { background: palette(window); border: none; }"
        )
        for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
            header = _Names(orientation, self)
            if orientation == Qt.Orientation.Horizontal:
                self.setHorizontalHeader(header)
            else:
                self.setVerticalHeader(header)
            header.sectionClicked.connect(self._ask_beside)
            header.sectionDoubleClicked.connect(self._ask_page)
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(self._menu_asker(header))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        self.selectionModel().currentChanged.connect(lambda *_: self._on_moved())
        model.modelReset.connect(self._fit)
        self._fit()

    @property
    def together(self) -> TogetherModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, TogetherModel)
        return model

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        for part in (self.viewport(), self.horizontalHeader(), self.verticalHeader()):
            part.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_P,)
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if here.isValid():
                self.opened.emit(here.row(), here.column())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_P and here.isValid() and not event.modifiers():
            self.page_asked.emit(self.together.tags[here.row()].id)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are actions."""

    def _on_moved(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.viewport().update()
        self.moved.emit()

    def _ask_beside(self, section: int) -> None:
        self.beside_asked.emit(self.together.tags[section].id)

    def _ask_page(self, section: int) -> None:
        self.page_asked.emit(self.together.tags[section].id)

    def _menu_asker(self, header: QHeaderView) -> object:
        def ask(at: QPoint) -> None:
            section = header.logicalIndexAt(at)
            if 0 <= section < len(self.together.tags):
                tag = self.together.tags[section].id
                self.menu_asked.emit(tag, header.viewport().mapToGlobal(at))

        return ask

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        digits = max(self.together.longest, 2)
        wide = metrics.horizontalAdvance("0" * digits) + 2 * _AIR
        high = row_height(metrics) - 4
        self.horizontalHeader().setDefaultSectionSize(max(wide, high))
        self.verticalHeader().setDefaultSectionSize(high)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(8)
        names = [tag.name for tag in self.together.tags]
        letters = metrics.averageCharWidth()
        longest = max((metrics.horizontalAdvance(name) for name in names), default=60)
        around = 2 * _AIR + _MARK + 6
        self.verticalHeader().setFixedWidth(min(longest, letters * _NAMES_WIDE) + around)
        self.horizontalHeader().setFixedHeight(min(longest, letters * _NAMES_HIGH) + around)


class _Names(QHeaderView):
    """The names of tags with their marks; above the columns they stand upright."""

    def __init__(self, orientation: Qt.Orientation, table: TogetherTable) -> None:
        super().__init__(orientation, table)
        self._table = table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = orientation == Qt.Orientation.Horizontal
        self.setAccessibleName("Tags of the columns" if across else "Tags of the rows")

    def sizeHint(self) -> QSize:
        return QSize(60, 60)

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        place = QRectF(rect)  # type: ignore[call-overload]
        tag = self._table.together.headerData(section, self.orientation(), Qt.ItemDataRole.UserRole)
        if not isinstance(tag, Tag):
            return
        theme, here = self._table.theme, self._table.currentIndex()
        across = self.orientation() == Qt.Orientation.Horizontal
        at_hand = here.isValid() and section == (here.column() if across else here.row())
        sorted_by = self._table.together.beside == tag.id
        painter.save()
        painter.fillRect(place, QColor(theme.accent_soft if at_hand else theme.window))
        painter.setPen(QColor(theme.line))
        if across:
            painter.drawLine(place.bottomLeft(), place.bottomRight())
            painter.translate(place.left(), place.bottom())
            painter.rotate(-90)
            place = QRectF(0, 0, place.height(), place.width())
        else:
            painter.drawLine(place.topRight(), place.bottomRight())
        mark = QRectF(place.left() + _AIR, place.center().y() - _MARK / 2, _MARK, _MARK)
        paint_tag_mark(painter, mark, tag, theme)
        font = self.font()
        font.setBold(sorted_by)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink if at_hand or sorted_by else theme.muted))
        words = place.adjusted(2 * _AIR + _MARK, 0, -_AIR / 2, 0)
        shown = painter.fontMetrics().elidedText(
            tag.name, Qt.TextElideMode.ElideRight, int(words.width())
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, shown)
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Numbers; where a row meets its own column, how often the tag occurs at all."""

    def __init__(self, table: TogetherTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, theme = self._table.together, self._table.theme
        row, column = index.row(), index.column()
        number = model.count(row, column)
        place = QRectF(option.rect)
        painter.save()
        if row == column:
            painter.fillRect(place, QColor(theme.sidebar))
        elif number:
            painter.fillRect(place, shade(theme, number, model.most))
        if number:
            painter.setPen(QColor(theme.muted if row == column else theme.ink))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{number:,}")
        if index == self._table.currentIndex():
            painter.setPen(QColor(theme.accent if self._table.hasFocus() else theme.muted))
            painter.drawRect(place.adjusted(0.5, 0.5, -1, -1))
            if self._table.hasFocus():
                painter.drawRect(place.adjusted(1.5, 1.5, -2, -2))
        painter.restore()


def shade(theme: Theme, number: int, most: int) -> QColor:
    """The ground of a number: between that of the list and that of selected text, which bear ink."""
    share = 0.15 + 0.85 * math.sqrt(number / max(most, 1))
    low, high = QColor(theme.list), QColor(theme.text_selection)
    mixed = (
        round(a + (b - a) * share)
        for a, b in (
            (low.red(), high.red()),
            (low.green(), high.green()),
            (low.blue(), high.blue()),
        )
    )
    return QColor(*mixed)
