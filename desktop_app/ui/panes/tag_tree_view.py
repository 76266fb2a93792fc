"""The tree of tags: painted like the rest of the sidebar, renamed in place, a target for drags."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView, QWidget

from desktop_app.core.model import TagCollection
from desktop_app.ui.models.tag_names import rename_problem, sibling_called
from desktop_app.ui.models.tags import TagModel, TagRole
from desktop_app.ui.panes.name_editor import NameEditor
from desktop_app.ui.panes.sidebar_painting import (
    INSET,
    MARGIN,
    FocusRing,
    SidebarDelegate,
    paint_caret,
    paint_ground,
    paint_lock,
    row_height,
    section_font,
    theme_palette,
)
from desktop_app.ui.panes.tag_drag import drag_tag

Index = QModelIndex | QPersistentModelIndex


class TagDelegate(SidebarDelegate):
    """Paints tags and the rows of collections, and makes the field that renames a tag."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        collection = index.data(TagRole.COLLECTION)
        if not isinstance(collection, TagCollection):
            super().paint(painter, option, index)
            return
        view = cast("TagTreeView", self.parent())
        font = section_font(view.font())
        metrics = QFontMetrics(font)
        area = option.rect.adjusted(0, 3, 0, 0)
        wanted = view.is_at(index)
        colours = theme_palette()
        colour = (colours.text() if wanted else colours.placeholderText()).color()
        signs = metrics.height() + (metrics.height() + 4 if collection.locked else 0)
        room = max(0, area.width() - signs - MARGIN)
        name = metrics.elidedText(collection.name, Qt.TextElideMode.ElideRight, room)
        painter.save()
        painter.setFont(font)
        painter.setPen(colour)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, middle | Qt.TextFlag.TextSingleLine, name)
        painter.restore()
        left = area.left() + metrics.horizontalAdvance(name) + 4
        if collection.locked:
            left += paint_lock(painter, left, area)
        arrow = QRect(left, area.top(), metrics.height(), area.height())
        paint_caret(painter, arrow, colour, opened=view.isExpanded(cast(QModelIndex, index)))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = cast(TagModel, index.model())
        ident = int(index.data(TagRole.ID))

        def problem(name: str) -> str:
            now = model.tree.by_id.get(ident)
            return "This tag is gone." if now is None else rename_problem(model.tree, now, name)

        def hint(name: str) -> str:
            now = model.tree.by_id.get(ident)
            taken = None if now is None else sibling_called(model.tree, now, name)
            return "" if taken is None else "Enter asks whether to merge the two."

        return NameEditor(problem, parent, hint=hint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # A refresh of the tree asks for this too: what is being typed stays.
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
        editor.setGeometry(option.rect.adjusted(-4, 0, -MARGIN, 0))


class TagTreeView(QTreeView):
    """The tree of tags. The window hears what is chosen; the tree itself changes nothing."""

    stepped = Signal()  # a key went to another row
    left_upward = Signal()
    left_downward = Signal()
    delete_asked = Signal()
    menu_asked = Signal(QModelIndex, object)  # the tag or an invalid index, and where (global)
    drag_ended = Signal()

    def __init__(self, model: TagModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._delegate = TagDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setProperty("surface", "sidebar")
        self.setAccessibleName("Tags")
        # The ground of a row is painted by drawRow; the style sheet's own would lie over it.
        self.setStyleSheet(
            "QTreeView { show-decoration-selected: 0; }"
            "QTreeView::item:hover, QTreeView::item:selected { background: transparent; }"
        )
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(MARGIN + INSET)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTreeView.EditTrigger.EditKeyPressed)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QTreeView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(True)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(600)
        self._ring = FocusRing(self)
        self._pointed = QPersistentModelIndex()
        self._look_of_type()

    def chosen_tag(self) -> int | None:
        """The tag that the next key would act on; None where there is none."""
        tag = cast(TagModel, self.model()).tag_at(self.currentIndex())
        return tag.id if tag else None

    def is_at(self, index: Index) -> bool:
        """Whether the mouse points at a row, or the keys are at it and are in use."""
        at_keys = self._ring.shown and self.hasFocus() and self.currentIndex() == index
        return self._pointed == index or at_keys

    def last_index(self) -> QModelIndex:
        """The lowest row that can be seen; invalid where there is none."""
        model = self.model()
        index = model.index(model.rowCount() - 1, 0)
        while index.isValid() and self.isExpanded(index) and model.hasChildren(index):
            index = model.index(model.rowCount(index) - 1, 0, index)
        return index

    # Painting.

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        chosen = self.selectionModel().isSelected(cast(QModelIndex, index))
        current = self._ring.shown and self.hasFocus() and self.currentIndex() == index
        target = self._delegate.target == index
        pointed = self._pointed == index and self.state() != QTreeView.State.DraggingState
        if chosen or current or target or pointed:
            row = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
            paint_ground(painter, row, chosen=chosen, focus=current, target=target)
        super().drawRow(painter, options, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        index = cast(QModelIndex, index)
        opened = self.isExpanded(index)
        if index.data(TagRole.COLLECTION) is not None:
            return  # its arrow stands behind its name
        # An opened tag shows that it is one by what stands below it: its arrow waits to be wanted.
        wanted = self._pointed == index or self.currentIndex() == index
        if not self.model().hasChildren(index) or (opened and not wanted):
            return
        arrow = QRect(rect)
        arrow.setLeft(rect.right() - self.indentation() + 1)
        colour = theme_palette().color(QPalette.ColorRole.PlaceholderText)
        paint_caret(painter, arrow, colour, opened=opened)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._look_of_type()

    def _look_of_type(self) -> None:
        scale = row_height(self.fontMetrics()) / 26
        self.setIndentation(round((MARGIN + INSET) * max(1.0, scale)))

    # Pointing, keys and drags.

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # A right click asks about a tag and chooses nothing.
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.RightButton:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(QModelIndex())

    def _point(self, index: QModelIndex) -> None:
        if self._pointed != index:
            self._pointed = QPersistentModelIndex(index)
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index = self.indexAt(event.pos())
            place = event.globalPos()
        self.menu_asked.emit(index, place)

    def event(self, event: QEvent) -> bool:
        # Here Delete is about the tag: the window's own would trash the open document.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
            if event.key() in own and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.currentIndex()
        editing = self.state() == QTreeView.State.EditingState
        if editing:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and current.isValid():
            self.delete_asked.emit()
        elif key == Qt.Key.Key_Up and not self.indexAbove(current).isValid():
            self.left_upward.emit()
        elif key == Qt.Key.Key_Down and not self.indexBelow(current).isValid():
            self.left_downward.emit()
        elif (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid()) or (
            key == Qt.Key.Key_Space and current.data(TagRole.COLLECTION) is not None
        ):
            self.clicked.emit(current)
        else:
            super().keyPressEvent(event)
            if self.currentIndex() != current:
                self.stepped.emit()

    def startDrag(self, supportedActions: Qt.DropAction) -> None:  # noqa: N803
        # The view's own picture is the whole row, which would lie over what is aimed at.
        model = cast(TagModel, self.model())
        index = next(iter(self.selectedIndexes()), self.currentIndex())
        tag = model.tag_at(index)
        if tag is not None and model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled:
            drag_tag(self, model.mimeData([index]), tag)
        self.drag_ended.emit()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        aimed = self.indexAt(event.position().toPoint()) if event.isAccepted() else QModelIndex()
        self._aim(aimed)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._aim(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._aim(QModelIndex())

    def _aim(self, index: QModelIndex) -> None:
        self._delegate.target = QPersistentModelIndex(index)
        self.viewport().update()
