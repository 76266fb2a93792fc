"""The rows of the list, of different heights, of which only the visible ones are ever measured.

QListView measures every row; with 50,000 of them that takes longer than a window may wait. Here a
row counts with its usual height until it is seen. What is measured never moves what is on the
screen: the topmost visible row keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.core.matching import Passage
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.panes.document_drag import drag_documents
from desktop_app.ui.panes.document_row import Laid, RowPainter
from desktop_app.ui.panes.row_clicks import Beside, Part, RowClicks
from desktop_app.ui.panes.row_layouts import RowLayouts
from desktop_app.ui.panes.tag_drop import TagDrop

Index = QModelIndex | QPersistentModelIndex


_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class DocumentView(QAbstractItemView):
    """The list's rows."""

    opened = Signal(int)  # a document, by Enter or a double click
    current_moved = Signal()
    copies_asked = Signal(
        int, object
    )  # a document; show its copies (True), hide them, or turn (None)
    passage_opened = Signal(int, object)  # a document, the Passage of it that was clicked
    beside_opened = Signal(int, object)  # the same of a note on it, or of what is highlighted in it
    row_clicked = Signal()  # a click on a row itself has chosen it, or others with it
    spaced = Signal()  # Space, while a tag is sticky
    tag_dropped = Signal(int, object)  # a tag, and the list of documents that it was dropped on

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowLayouts(RowPainter(theme), self._grow)
        self._heights = self._rows.heights
        self._settling = False
        self._followed: int | None = None
        self._measured_width = 0
        self._opened: AbstractSet[int] = frozenset()
        self._range_soon = QTimer(self)
        self._range_soon.setSingleShot(True)
        self._range_soon.setInterval(0)
        self._range_soon.timeout.connect(self.updateGeometries)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setProperty("surface", "list")
        self.setMinimumWidth(220)
        self._clicks = RowClicks(self)
        self.sticky = False  # whether Space tags
        self._released_at = QPoint()
        self.tag_drop = TagDrop(self, self._rows_meant_at, self._tell_dropped)
        self.clicked.connect(self._tell_clicked)

    def documents(self) -> DocumentsModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, DocumentsModel)
        return model

    # What is shown.

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._rows.painter = RowPainter(theme)
        self._rows.painter.opened = self._opened
        self._measure_anew()

    def set_tags(self, tree: TagTree) -> None:
        """Know the names and colours of tags."""
        self._rows.tree = tree
        self._measure_anew()

    def set_with_passages(self, with_passages: bool) -> None:
        """Expect rows with passages, or without."""
        self._rows.with_passages = with_passages

    @property
    def with_passages(self) -> bool:
        """Whether rows are expected with passages."""
        return self._rows.with_passages

    def set_opened(self, documents: AbstractSet[int]) -> None:
        """Know under which documents the others with the same text are shown."""
        self._opened = self._rows.painter.opened = documents

    def selected_ids(self) -> list[int]:
        """The selected documents, in the order of the list."""
        ids = self.documents().ids
        ranges = sorted((r.top(), r.bottom()) for r in self._ranges())
        return [each for top, bottom in ranges for each in ids[top : bottom + 1]]

    def selected_count(self) -> int:
        """How many documents are selected."""
        return sum(r.height() for r in self._ranges())

    def current_id(self) -> int | None:
        """The document that the keys stand on."""
        row = self.currentIndex().row()
        return self.documents().ids[row] if row >= 0 else None

    def choose_row(self, row: int) -> None:
        """Select one row alone and bring it into view."""
        index = self.documents().index(row, 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)
        # Rows above it may turn out higher than they were thought: it is followed until it is there.
        self._followed = self.documents().ids[row]

    def scroll_to_start(self) -> None:
        """Show the list from its top, whatever was followed before."""
        self._followed = None
        self.scrollToTop()

    def anchor(self) -> tuple[list[int], int]:
        """The documents on the screen, topmost first, and how far the first is scrolled away.

        Empty for a list that stands at its top, so that it stays there.
        """
        ids = self.documents().ids
        value = self.verticalScrollBar().value()
        if not ids or value == 0:
            return [], 0
        first = self._heights.row_at(value)
        last = self._heights.row_at(value + self.viewport().height())
        return list(ids[first : last + 1]), value - self._heights.top(first)

    def return_to(self, anchor: tuple[list[int], int]) -> None:
        """Scroll so that the first of the documents that is still there stands where it stood."""
        documents, offset = anchor
        self.updateGeometries()
        for document in documents:
            place = self.documents().place(document)
            if place is not None:
                self._measure(place)  # more of it may be scrolled away than a row usually has
                self.updateGeometries()
                self.verticalScrollBar().setValue(self._heights.top(place) + offset)
                return
            offset = 0

    def select_ids(self, documents: list[int], current: int | None) -> None:
        """Select documents without moving the view, as far as they are in the list."""
        model = self.documents()
        places = sorted(p for each in documents if (p := model.place(each)) is not None)
        selection = QItemSelection()
        start = 0
        for number, place in enumerate(places):
            if number + 1 == len(places) or places[number + 1] != place + 1:
                selection.select(model.index(places[start], 0), model.index(place, 0))
                start = number + 1
        chosen = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, chosen.ClearAndSelect)
        place_now = model.place(current) if current is not None else None
        if place_now is not None:
            self.setAutoScroll(False)  # it would be scrolled to, at the latest when it is shown
            self.selectionModel().setCurrentIndex(model.index(place_now, 0), chosen.NoUpdate)
            self.setAutoScroll(True)

    # What Qt asks.

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        row = index.row()
        top = self._heights.top(row) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._heights.height(row))

    def indexAt(self, point: QPoint) -> QModelIndex:
        # Qt asks before there is a model, too. WORKAROUND: an exception in a method that Qt calls
        # costs PySide 6.11 a reference to the next one, and a few of them the process.
        y = point.y() + self.verticalScrollBar().value()
        if y >= self._heights.total():
            return QModelIndex()
        return self.documents().index(self._heights.row_at(y), 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        self._measure(index.row())
        rect = self.visualRect(index)
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - room // 2)
        elif rect.top() < 0 or hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= room:
            bar.setValue(bar.value() + min(rect.bottom() - room + 1, rect.top()))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        last = len(self.documents().ids) - 1
        if last < 0:
            return QModelIndex()
        row = self.currentIndex().row()
        actions = QAbstractItemView.CursorAction
        match action:
            case actions.MoveUp | actions.MovePrevious:
                row = max(row - 1, 0)
            case actions.MoveDown | actions.MoveNext:
                row = min(row + 1, last)
            case actions.MoveHome:
                row = 0
            case actions.MoveEnd:
                row = last
            case actions.MovePageDown:
                row = self._a_page_from(row, 1)
            case actions.MovePageUp:
                row = self._a_page_from(row, -1)
        return self.documents().index(max(row, 0), 0)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        if not self._heights.total():
            return
        value = self.verticalScrollBar().value()
        first = self._heights.row_at(max(rect.top() + value, 0))
        last = self._heights.row_at(max(rect.bottom() + value, 0))
        if rect.top() + value >= self._heights.total():
            self.selectionModel().select(QItemSelection(), command)
            return
        model = self.documents()
        self.selectionModel().select(
            QItemSelection(model.index(first, 0), model.index(last, 0)), command
        )

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # repainting a screen of rows is cheap

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: single letters are actions, and going through all rows would take long."""

    def updateGeometries(self) -> None:
        bar = self.verticalScrollBar()
        room = self.viewport().height()
        bar.setSingleStep(24)
        bar.setPageStep(room)
        bar.setRange(0, max(0, self._heights.total() - room))
        super().updateGeometries()

    def reset(self) -> None:
        super().reset()
        self._begin_measuring()
        self.updateGeometries()

    def doItemsLayout(self) -> None:
        self._settle()
        super().doItemsLayout()

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: list[int] = []) -> None:  # type: ignore[override]  # noqa: B006
        # All that is visible may have changed its height; what is not is measured when it is seen.
        self._measure_visible_anew()
        self._follow()
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_moved.emit()

    # Events.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._row_width() != self._measured_width:
            self._measured_width = self._row_width()
            self._measure_anew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt would make the first row current, and so open it, whenever the window is activated.
        if event.reason() in _BY_KEY:
            super().focusInEvent(event)
            if self.documents().ids and not self.selected_count():
                self.choose_row(max(self.currentIndex().row(), 0))
        elif self.currentIndex().isValid():
            super().focusInEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            document = self.current_id()
            if document is not None:
                self.opened.emit(document)
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left) and not event.modifiers():
            document = self.current_id()
            if document is not None:
                self.copies_asked.emit(document, event.key() == Qt.Key.Key_Right)
            event.accept()
            return
        if self.sticky and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.spaced.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _tell_clicked(self, index: QModelIndex) -> None:
        chosen = self.selectionModel().isRowSelected(index.row(), QModelIndex())
        if chosen and self.what_is_at(self._released_at) is None:
            self.row_clicked.emit()

    def _rows_meant_at(self, point: QPoint) -> frozenset[int]:
        """The row at a place, or all that are chosen where it is one of them."""
        index = self.indexAt(point)
        if not index.isValid():
            return frozenset()
        if not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            return frozenset((index.row(),))
        chosen = (range(r.top(), r.bottom() + 1) for r in self._ranges())
        return frozenset(row for rows in chosen for row in rows)

    def _tell_dropped(self, tag: int, rows: AbstractSet[int]) -> None:
        ids = self.documents().ids
        self.tag_dropped.emit(tag, [ids[row] for row in sorted(rows) if row < len(ids)])

    def what_is_at(self, point: QPoint) -> Part | Passage | Beside | None:
        """What can be clicked at a point beside the row itself."""
        index = self.indexAt(point) if self.model() else QModelIndex()
        laid = self._measure(index.row()) if index.isValid() else None
        if laid is None:
            return None
        place = QPointF(point) - QPointF(self.visualRect(index).topLeft())
        if laid.copies and laid.copies_place.contains(place):
            return Part.COPIES
        if laid.passage is not None:
            found = laid.passage.at(place - QPointF(laid.left, laid.passage_top))
            if found is not None:
                return found
        if laid.beside is not None:
            found = laid.beside.at(place - QPointF(laid.left, laid.beside_top))
            return None if found is None else Beside(found)
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._released_at = event.position().toPoint()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        document = self.current_id()
        if document is not None:
            self.opened.emit(document)

    def startDrag(self, actions: Qt.DropAction) -> None:
        ids = self.selected_ids()
        if ids:
            drag_documents(self, ids, self._rows.painter.theme, self._rows.painter.small_font)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._settle()
        model = self.documents()
        ids = model.ids
        if not ids:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value, room = self.verticalScrollBar().value(), self.viewport().height()
        selection = self.selectionModel()
        current = self.currentIndex().row()
        row = self._heights.row_at(value)
        y = self._heights.top(row) - value
        while row < len(ids) and y < room:
            shown = model.row(row)
            chosen = selection.isRowSelected(row, QModelIndex())
            if shown is None:
                rect = QRect(0, y, self.viewport().width(), self._heights.height(row))
                self._rows.painter.paint_waiting(painter, rect, chosen=chosen)
            else:
                laid = self._measure(row)
                assert laid is not None
                rect = QRect(0, y, self.viewport().width(), laid.height)
                focused = row == current and self.hasFocus()
                self._rows.painter.paint(painter, rect, shown, laid, chosen=chosen, focused=focused)
            if row in self.tag_drop.rows:
                self.tag_drop.paint(painter, rect)
            y += rect.height()
            row += 1
        painter.end()

    def _ranges(self) -> Iterable[QItemSelectionRange]:
        # It can be gone through, which its type does not say.
        return cast(Iterable[QItemSelectionRange], self.selectionModel().selection())

    # Measuring.

    def _measure_anew(self) -> None:
        if not self.model():
            return
        anchor = self.anchor()
        self._begin_measuring()
        self.return_to(anchor)
        self.viewport().update()

    def _row_width(self) -> int:
        """The width to lay rows out for: as if the scroll bar were always there.

        A bar that comes with one row more and, by making rows higher, goes with it again would
        never settle.
        """
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _begin_measuring(self) -> None:
        self._rows.begin(len(self.documents().ids))

    def _measure_visible_anew(self) -> None:
        ids = self.documents().ids
        if not ids:
            return
        value = self.verticalScrollBar().value()
        first = self._heights.row_at(value)
        last = self._heights.row_at(value + self.viewport().height())
        for row in range(first, last + 1):
            if self.documents().known(ids[row]) is not None:
                self._measure(row)
        self._range_soon.start()

    def _follow(self) -> None:
        document = self._followed
        place = self.documents().place(document) if document is not None else None
        if document is None or place is None:
            return
        self.updateGeometries()
        self.scrollTo(self.documents().index(place, 0))
        if self._heights.is_measured(place):
            self._followed = None

    def _measure(self, row: int) -> Laid | None:
        return self._rows.measure(self.documents(), row, self._row_width())

    def _grow(self) -> None:
        self._range_soon.start()

    def _settle(self) -> None:
        """Measure what is about to be shown above the fold line, keeping what stands below it."""
        if self._settling or not self._heights.total():
            return
        self._settling = True
        bar = self.verticalScrollBar()
        for _ in range(40):
            value = bar.value()
            row = self._heights.row_at(value)
            before = self._heights.height(row)
            hidden = value - self._heights.top(row)
            if self._measure(row) is None:
                break
            grown = self._heights.height(row) - before
            if not grown:
                break
            if hidden > 0:
                bar.setRange(0, max(0, self._heights.total() - self.viewport().height()))
                bar.setValue(value + grown)
        self._settling = False

    def _a_page_from(self, row: int, direction: int) -> int:
        room = self.viewport().height()
        y = self._heights.top(max(row, 0)) + direction * room
        found = self._heights.row_at(max(y, 0))
        if found == row:
            found += direction
        return min(max(found, 0), len(self.documents().ids) - 1)
