"""The fixed rows of the sidebar: the library's own views with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyleOptionViewItem, QWidget

from desktop_app.core.model import Counts, ReadState
from desktop_app.library.commands import Command, SetStarred, SetState, SetTrashed
from desktop_app.ui.models.drag import DOCUMENTS_MIME, ids_of
from desktop_app.ui.models.tags import TagRole, documents_in_words
from desktop_app.ui.panes.sidebar_painting import (
    INSET,
    MARGIN,
    FocusRing,
    SidebarDelegate,
    paint_ground,
    row_height,
)

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class LibraryView:
    """A part of the library that stands in the sidebar. count: the name of its field in Counts.

    query: of documents; or, behind PANE, what stands in the place of the list. of: what is counted.
    only_some: whether it stands there only while there are some.
    """

    title: str
    query: str
    count: str
    of: str = "document"
    only_some: bool = False


PANE = "pane:"
HIGHLIGHTS = f"{PANE}highlights"
REVIEW = f"{PANE}review"

LIBRARY_VIEWS = (
    LibraryView("All documents", "", "all"),
    LibraryView("Inbox", "is:unread is:untagged", "inbox"),
    LibraryView("Reading", "is:reading", "reading"),
    LibraryView("Read", "is:read", "read"),
    LibraryView("Starred", "is:starred", "starred"),
    LibraryView("Untagged", "is:untagged", "untagged"),
    LibraryView("Highlights", HIGHLIGHTS, "highlights", of="highlight"),
    LibraryView("To review", REVIEW, "to_review", of="highlight", only_some=True),
)
TRASH_VIEW = LibraryView("Trash", "is:trash", "trash")


def _dropped(view: LibraryView, documents: tuple[int, ...]) -> Command | None:
    match view.count:
        case "reading":
            return SetState(documents, ReadState.READING)
        case "read":
            return SetState(documents, ReadState.READ)
        case "starred":
            return SetStarred(documents, True)
        case "trash":
            return SetTrashed(documents, True)
    return None


def _counted(view: LibraryView, count: int) -> str:
    if view.of == "document":
        return documents_in_words(count)
    return f"1 {view.of}" if count == 1 else f"{count:,} {view.of}s"


class ViewModel(QAbstractListModel):
    """Views and their counts; documents dropped on one are starred, trashed or marked."""

    command = Signal(object)

    def __init__(self, views: Sequence[LibraryView], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(views)
        self.views = tuple(view for view in views if not view.only_some)
        self._counts: Counts | None = None

    def set_counts(self, counts: Counts) -> None:
        """Show other counts, and the views that stand there only while there are some."""
        self._counts = counts
        shown = tuple(
            view for view in self._all if not view.only_some or getattr(counts, view.count)
        )
        if shown != self.views:
            self.beginResetModel()
            self.views = shown
            self.endResetModel()
        self.dataChanged.emit(self.index(0), self.index(len(self.views) - 1))

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.views)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        view = self.views[index.row()]
        count = None if self._counts is None else getattr(self._counts, view.count)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return view.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return view.title if count is None else f"{view.title}, {_counted(view, count)}"
            case TagRole.COUNT:
                return count
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and _dropped(self.views[index.row()], ()) is not None:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self._command(data, parent) is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        command = self._command(data, parent)
        if command is None:
            return False
        self.command.emit(command)
        return True

    def _command(self, data: QMimeData, parent: Index) -> Command | None:
        documents = tuple(ids_of(data))
        if not documents or not parent.isValid():
            return None
        return _dropped(self.views[parent.row()], documents)


class ViewDelegate(SidebarDelegate):
    """Paints the ground of a row as well, for lists, whose rows are one item wide."""

    def __init__(self, parent: ViewList, *, muted_names: bool) -> None:
        super().__init__(parent, muted_names=muted_names)
        self.ring = FocusRing(parent)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focus = self.ring.shown and bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or over or focus or self.target == index:
            paint_ground(
                painter,
                option.rect,
                chosen=chosen,
                focus=focus,
                target=self.target == index,
            )
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(MARGIN + INSET, 0, 0, 0)
        super().paint(painter, inner, index)


class ViewList(QListView):
    """Rows of views; arrow keys go on past its ends, into whatever stands above or below."""

    stepped = Signal()  # a key went to another row
    left_upward = Signal()
    left_downward = Signal()

    def __init__(self, model: ViewModel, name: str, *, muted: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self._delegate = ViewDelegate(self, muted_names=muted)
        self.setItemDelegate(self._delegate)
        self.setProperty("surface", "sidebar")
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QListView.DragDropMode.DropOnly)
        self.setDragDropOverwriteMode(True)
        self.setDropIndicatorShown(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        model.modelReset.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        height = row_height(self.fontMetrics()) * self.model().rowCount()
        return QSize(160, height)

    def minimumSizeHint(self) -> QSize:
        rows = min(3, self.model().rowCount())
        return QSize(80, row_height(self.fontMetrics()) * rows)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A view is chosen by the click that goes to it, and by nothing else that marks a row.
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, last = self.currentIndex().row(), self.model().rowCount() - 1
        if event.key() == Qt.Key.Key_Down and row == last:
            self.left_downward.emit()
        elif event.key() == Qt.Key.Key_Up and row <= 0:
            self.left_upward.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() != row:
                self.stepped.emit()

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
