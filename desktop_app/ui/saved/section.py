"""The saved searches of the sidebar: a heading with a plus, the rows, and the menu of each."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.core.saved_searches import SavedSearch
from desktop_app.library.search_commands import DeleteSearch
from desktop_app.ui.look.icons import icon
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.sidebar_painting import INSET, MARGIN
from desktop_app.ui.saved.list import SavedList
from desktop_app.ui.saved.model import SavedModel


class SavedSection(QWidget):
    """What is saved; it asks for what is clicked and changes nothing itself."""

    chosen = Signal(object)  # SavedSearch: run it
    command = Signal(object)
    save_asked = Signal()  # what the box asks now
    change_asked = Signal(object)  # SavedSearch: let it ask what the box asks now

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Saved searches"))
        self.model = SavedModel(self)
        self.list = SavedList(self.model, self)
        self._heading = label(self.tr("SAVED SEARCHES"), "section", self)
        self._plus = QToolButton(self)
        self._plus.setIcon(icon("add"))
        self._plus.setAccessibleName(self.tr("Save this search"))
        self._plus.setToolTip(self.tr("Save what the search box asks"))
        self._empty = label(
            self.tr("None yet. Search for something and press the star in the box."), "small", self
        )
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(MARGIN + INSET, 2, MARGIN + INSET, 4)
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN + INSET, 0, MARGIN, 0)
        row.addWidget(self._heading, 1)
        row.addWidget(self._plus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._empty)
        column.addWidget(self.list)
        self._connect()
        self._show_empty()

    def _connect(self) -> None:
        self._plus.clicked.connect(self.save_asked)
        self.model.command.connect(self.command)
        self.model.modelReset.connect(self._show_empty)
        self.list.clicked.connect(self._choose)
        self.list.delete_asked.connect(self._delete_current)
        self.list.menu_asked.connect(self._open_menu)

    def set_can_save(self, can: bool) -> None:
        """Let what is asked be saved, or not."""
        self._plus.setEnabled(can)

    def mark(self, search: int | None) -> None:
        """Let the row of a search look chosen, or none."""
        row = None if search is None else self.model.row_of(search)
        selection = self.list.selectionModel()
        if row is None:
            selection.clearSelection()
            return
        index = self.model.index(row, 0)
        if not selection.isSelected(index) or self.list.currentIndex() != index:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def rename(self, search: int) -> None:
        """Rename a search where it stands."""
        row = self.model.row_of(search)
        if row is not None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.edit(self.model.index(row, 0))

    def enter(self, *, last: bool) -> bool:
        """Take the keys at the first or the last row; False where there is none."""
        rows = self.model.rowCount()
        if not rows:
            return False
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setCurrentIndex(self.model.index(rows - 1 if last else 0, 0))
        return True

    def choose_current(self) -> None:
        """Run the search that the keys are at."""
        self._choose(self.list.currentIndex())

    def menu(self, search: SavedSearch) -> QMenu:
        """Make the menu of a search."""
        made = QMenu(self)
        made.addAction(icon("search"), self.tr("Search"), lambda: self.chosen.emit(search))
        made.addSeparator()
        rename = made.addAction(icon("rename"), self.tr("Rename"), lambda: self.rename(search.id))
        rename.setShortcut("F2")
        change = made.addAction(
            icon("edit"),
            self.tr("Let it ask what is in the search box"),
            lambda: self.change_asked.emit(search),
        )
        row = self.model.row_of(search.id) or 0
        up = made.addAction(
            icon("up"), self.tr("Move up"), lambda: self.model.move_to(search.id, row - 1)
        )
        up.setShortcut("Alt+Up")
        down = made.addAction(
            icon("down"), self.tr("Move down"), lambda: self.model.move_to(search.id, row + 2)
        )
        down.setShortcut("Alt+Down")
        made.addSeparator()
        delete = made.addAction(
            icon("delete"), self.tr("Delete"), lambda: self.command.emit(DeleteSearch(search.id))
        )
        delete.setShortcut("Del")
        change.setEnabled(self._plus.isEnabled())
        up.setEnabled(row > 0)
        down.setEnabled(row + 1 < self.model.rowCount())
        if self.model.read_only:
            for each in (rename, change, up, down, delete):
                each.setEnabled(False)
        return made

    def _choose(self, index: QModelIndex) -> None:
        search = self.model.search_at(index)
        if search is not None:
            self.chosen.emit(search)

    def _delete_current(self) -> None:
        search = self.model.search_at(self.list.currentIndex())
        if search is not None and not self.model.read_only:
            self.command.emit(DeleteSearch(search.id))

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        search = self.model.search_at(index)
        if search is not None:
            menu = self.menu(search)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(place)

    def _show_empty(self) -> None:
        some = bool(self.model.searches)
        self._empty.setVisible(not some)
        self.list.setVisible(some)
        self.updateGeometry()
