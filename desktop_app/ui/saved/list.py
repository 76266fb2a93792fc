"""The list of saved searches in the sidebar: painted, renamed and dragged like the rest of it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui.panes.name_editor import NameEditor
from desktop_app.ui.panes.sidebar_painting import (
    INSET,
    MARGIN,
    FocusRing,
    paint_count,
    paint_ground,
    row_height,
    theme_palette,
)
from desktop_app.ui.saved.model import SavedModel, SavedRole
from desktop_app.ui.saved.names import search_name_problem

Index = QModelIndex | QPersistentModelIndex

_LEAST_ROWS = 2
_MOST_ROWS = 10  # that it asks room for; more are scrolled to


class SavedDelegate(QStyledItemDelegate):
    """Paints a search: its name, what is new in the accent's colour, and its count."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._ring = FocusRing(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, row_height(QFontMetrics(cast(QWidget, self.parent()).font())))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focus = self._ring.shown and bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or over or focus:
            paint_ground(painter, option.rect, chosen=chosen, focus=focus, target=False)
        palette = theme_palette()
        font = QFont(cast(QWidget, self.parent()).font())
        if chosen:
            font.setWeight(QFont.Weight.DemiBold)
        area = option.rect
        right = area.right() - MARGIN - INSET + 1
        painter.save()
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        ink = palette.color(QPalette.ColorRole.Text)
        painter.setPen(ink if chosen else quiet)
        trouble = bool(index.data(SavedRole.TROUBLE))
        count = "!" if trouble else str(index.data(SavedRole.COUNT))
        if count:
            right -= paint_count(painter, font, area, right, count)
        new = index.data(SavedRole.NEW)
        if new:
            strong = QFont(font)
            strong.setWeight(QFont.Weight.DemiBold)
            painter.setPen(palette.color(QPalette.ColorRole.Accent))
            right -= paint_count(painter, strong, area, right, f"+{new:,}")
        painter.setFont(font)
        painter.setPen(quiet if trouble and not chosen else ink)
        left = area.left() + MARGIN + INSET
        box = QRect(left, area.top(), max(0, right - left), area.height())
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, where | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = cast(SavedModel, index.model())
        search = model.search_at(index)
        ident = None if search is None else search.id

        def problem(name: str) -> str:
            if ident is None or model.row_of(ident) is None:
                return self.tr("This saved search is gone.")
            return search_name_problem(model.searches, name, of=ident)

        made = NameEditor(problem, parent)
        made.setAccessibleName(self.tr("Name of the saved search"))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # A refresh of the counts asks for this too: what is being typed stays.
        field = cast(NameEditor, editor)
        if not field.isModified():
            field.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            field.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        name = cast(NameEditor, editor).finished_text()
        if name is not None:
            model.setData(index, name, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(MARGIN, 0, -MARGIN, 0))


class SavedList(QListView):
    """Rows of saved searches; arrow keys go on past its ends, Alt and an arrow moves a row."""

    stepped = Signal()  # a key went to another row
    left_upward = Signal()
    left_downward = Signal()
    delete_asked = Signal()
    menu_asked = Signal(QModelIndex, object)  # the row or an invalid index, and where (global)

    def __init__(self, model: SavedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setItemDelegate(SavedDelegate(self))
        self.setProperty("surface", "sidebar")
        self.setAccessibleName(self.tr("Saved searches"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._line: int | None = None  # where a dragged row would come to stand
        model.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        rows = min(self._model.rowCount(), _MOST_ROWS)
        return QSize(160, row_height(self.fontMetrics()) * rows)

    def minimumSizeHint(self) -> QSize:
        rows = min(_LEAST_ROWS, self._model.rowCount())
        return QSize(80, row_height(self.fontMetrics()) * rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A search is run by the click that goes to it, and by nothing else that marks a row.
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Here these keys are about the search: the window's own would trash the open document.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alone = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
            moving = (Qt.Key.Key_Up, Qt.Key.Key_Down)
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if (plain and event.key() in alone) or (alt and event.key() in moving):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QListView.State.EditingState:
            # Enter in the field of a name comes here too.
            super().keyPressEvent(event)
            return
        row, last = self.currentIndex().row(), self._model.rowCount() - 1
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif step > 0 and row == last:
            self.left_downward.emit()
        elif step < 0 and row <= 0:
            self.left_upward.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            if not self._model.read_only:
                self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() != row:
                self.stepped.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        self.menu_asked.emit(index, event.globalPos())

    def _move(self, by: int) -> None:
        search = self._model.search_at(self.currentIndex())
        if search is not None:
            row = self.currentIndex().row()
            self._model.move_to(search.id, row + by if by < 0 else row + 2)

    # A line shows where a dragged row would come to stand.

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(self._model.mimeTypes()[0]) and event.source() is self:
            self._line = self._gap(event.position().toPoint().y())
            event.acceptProposedAction()
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._line = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        gap = self._gap(event.position().toPoint().y())
        self._line = None
        self.viewport().update()
        self._model.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, gap, 0, QModelIndex())
        event.setDropAction(
            Qt.DropAction.IgnoreAction
        )  # the rows move when the library has done it
        event.accept()

    def _gap(self, height: int) -> int:
        row = row_height(self.fontMetrics())
        gap = round((height + self.verticalOffset()) / row)
        return min(max(gap, 0), self._model.rowCount())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._line is None:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme_palette().color(QPalette.ColorRole.Accent), 2))
        height = self._line * row_height(self.fontMetrics()) - self.verticalOffset()
        height = min(max(height, 1), self.viewport().height() - 1)
        painter.drawLine(MARGIN, height, self.viewport().width() - MARGIN, height)
        painter.end()
