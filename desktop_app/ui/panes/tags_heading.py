"""The heading of the tags: the collection's name with its menu, and a plus for a new tag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from desktop_app.library.tags.collection_commands import ShowCollection, UseCollection
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.icons import icon
from desktop_app.ui.models.tags import TagModel
from desktop_app.ui.panes.sidebar_painting import (
    INSET,
    MARGIN,
    paint_caret,
    paint_lock,
    row_height,
    section_font,
    theme_palette,
)


class _CollectionButton(QAbstractButton):
    """Paints TAGS, a dot, the collection's name, a lock where it is locked, and an arrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.locked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(120, row_height(self.fontMetrics()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme_palette()
        wanted = self.underMouse() or self.hasFocus()
        colour = colours.text().color() if wanted else colours.placeholderText().color()
        painter.setPen(colour)
        capitals = section_font(self.font())
        capitals.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        plain = section_font(self.font())
        head = "TAGS"
        first = QFontMetrics(capitals).horizontalAdvance(head)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(capitals)
        painter.drawText(self.rect(), middle, head)
        metrics = QFontMetrics(plain)
        arrow = metrics.height()
        room = max(0, self.width() - first - arrow * (2 if self.locked else 1) - 4)
        name = metrics.elidedText(f" · {self.text()}", Qt.TextElideMode.ElideRight, room)
        painter.setFont(plain)
        painter.drawText(self.rect().adjusted(first, 0, 0, 0), middle, name)
        end = first + metrics.horizontalAdvance(name) + 2
        if self.locked:
            end += paint_lock(painter, end, self.rect()) - 2
        paint_caret(painter, QRect(end, 1, arrow, self.height()), colour, opened=True)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.accent().color(), 1))
            around = QRect(-4, 2, min(self.width(), end + arrow) + 4, self.height() - 4)
            painter.drawRoundedRect(around.adjusted(4, 0, -1, 0), 5, 5)
        painter.end()


class TagsHeading(QWidget):
    """The heading; a tag dropped on it goes to the top of its collection."""

    command = Signal(object)
    new_asked = Signal()
    collections_asked = Signal()

    def __init__(self, model: TagModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._target = False
        self._offered: tuple[QAction, ...] = ()
        self.setAcceptDrops(True)
        self._collection = _CollectionButton(self)
        self._collection.setAccessibleName("Tag collection")
        self._plus = QToolButton(self)
        self._plus.setIcon(icon("add"))
        self._plus.setAccessibleName("New tag")
        self._plus.setToolTip("New tag")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN + INSET, 0, MARGIN, 0)
        row.setSpacing(2)
        row.addWidget(self._collection, 1)
        row.addWidget(self._plus)
        self._collection.clicked.connect(self._open_menu)
        self._plus.clicked.connect(self.new_asked)

    def set_tree(self, tree: TagTree) -> None:
        """Show the name of the collection that gets new tags."""
        active = next((c for c in tree.collections if c.active), None)
        name = active.name if active is not None else ""
        locked = active is not None and active.locked
        self._collection.locked = locked
        self._collection.setText(name)
        said = f"{name}, locked" if locked else name
        self._collection.setAccessibleName(f"Tag collection {said}, menu")
        self._collection.setToolTip(f"{said}: choose another tag collection")
        self._collection.update()
        self._plus.setEnabled(not locked)
        why = f"“{name}” is locked. Unlock it under Tag collections." if locked else "New tag"
        self._plus.setToolTip(why)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Let the menu end with these actions of the window."""
        self._offered = tuple(actions)

    def menu(self) -> QMenu:
        """Make the menu: which collection is in use, which others are shown, what can be done."""
        menu = QMenu(self)
        collections = self._model.tree.collections
        for collection in collections:
            if collection.archived:
                continue
            action = menu.addAction(collection.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(collection.active)
            use = UseCollection(collection.id)
            action.triggered.connect(lambda _=False, use=use: self.command.emit(use))
        others = [c for c in collections if not c.active and not c.archived]
        if others:
            menu.addSeparator()
            also = menu.addMenu("Show as well")
            for collection in others:
                action = also.addAction(collection.name.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(collection.shown)
                show = ShowCollection(collection.id, not collection.shown)
                action.triggered.connect(lambda _=False, show=show: self.command.emit(show))
        menu.addSeparator()
        if self._offered:
            menu.addActions(self._offered)
        else:
            menu.addAction("Tag collections…", self.collections_asked.emit)
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._collection.mapToGlobal(self._collection.rect().bottomLeft()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._weigh(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(aimed=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(aimed=False)
        command = self._model.drop_command(event.mimeData(), None)
        if command is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.command.emit(command)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme_palette().accent().color(), 2))
            painter.drawRoundedRect(self.rect().adjusted(MARGIN, 1, -MARGIN, -1), 6, 6)
            painter.end()

    def _weigh(self, event: QDropEvent) -> None:
        fits = self._model.drop_command(event.mimeData(), None) is not None
        self._aim(aimed=fits)
        if fits:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _aim(self, *, aimed: bool) -> None:
        self._target = aimed
        self.update()
