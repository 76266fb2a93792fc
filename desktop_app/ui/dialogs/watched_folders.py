"""The folders whose new files are imported by themselves while the window is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.models.import_outcomes import shown_path
from desktop_app.ui.panes.fields import label

_PATH = Qt.ItemDataRole.UserRole
_WHAT = (
    "While this window is open, files that are new in a watched folder, or changed there, are "
    "imported by themselves; what lies in it already is left alone, and nothing in it is ever "
    "changed."
)


@dataclass(frozen=True, slots=True)
class WatchedRow:
    """A watched folder as it is listed. tag: the path of the tag that its files get, or ""."""

    path: Path
    tag: str
    since: str
    missing: bool = False


class WatchedFoldersDialog(QDialog):
    """A list, and a button that adds to it. Not modal."""

    watch_asked = Signal(object, str)  # the folder, the path of a tag or ""
    unwatch_asked = Signal(object)  # the folder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Watch folders")
        self._last_folder = str(Path.home())
        what = label(_WHAT, "muted", self)
        what.setWordWrap(True)
        self._empty = label("No folder is watched.", "muted", self)
        self._list = QTreeWidget(self)
        self._list.setAccessibleName("Watched folders")
        self._list.setHeaderLabels(["Folder", "Tag", "Watched since"])
        self._list.setProperty("kind", "table")
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._tag = QLineEdit(self)
        self._tag.setAccessibleName("Tag for files of the new folder")
        self._tag.setPlaceholderText("Tag for its files, or none: place/Syria")
        self._add = QPushButton("Add folder…", self)
        self._remove = QPushButton("Remove", self)
        self._place(what)
        self._connect()
        self._refresh()

    def _place(self, what: QWidget) -> None:
        adding = QHBoxLayout()
        adding.addWidget(self._tag, 1)
        adding.addWidget(self._add)
        adding.addWidget(self._remove)
        close = close_box(self)
        close.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(what)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(adding)
        column.addWidget(close)
        open_at(self, 640, 380)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self._add.clicked.connect(self._ask_which)
        self._remove.clicked.connect(self._ask_to_remove)
        self._list.itemSelectionChanged.connect(self._refresh)
        remove = QAction("Remove", self._list)
        remove.setShortcut(QKeySequence("Del"))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._ask_to_remove)
        self._list.addAction(remove)

    def set_folders(self, rows: Sequence[WatchedRow]) -> None:
        """Show which folders are watched."""
        chosen = self._chosen()
        self._list.clear()
        for row in rows:
            since = "not there now" if row.missing else row.since
            item = QTreeWidgetItem([shown_path(str(row.path)), row.tag or "no tag", since])
            item.setData(0, _PATH, row.path)
            item.setToolTip(0, str(row.path))
            self._list.addTopLevelItem(item)
            if row.path == chosen:
                self._list.setCurrentItem(item)
        self._refresh()

    def set_tags(self, paths: Sequence[str], last_folder: str) -> None:
        """Offer tags while one types, and begin to look where one looked last."""
        completer = QCompleter(list(paths), self._tag)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._tag.setCompleter(completer)
        self._last_folder = last_folder or self._last_folder

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed, for a library that cannot be written."""
        for widget in (self._tag, self._add, self._remove):
            widget.setVisible(not read_only)

    def _chosen(self) -> Path | None:
        item = self._list.currentItem()
        # A list without rows has none, whatever the stubs say.
        return item.data(0, _PATH) if item is not None else None

    def _refresh(self) -> None:
        some = self._list.topLevelItemCount() > 0
        self._list.setVisible(some)
        self._empty.setVisible(not some)
        self._remove.setEnabled(self._chosen() is not None)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, "Watch a folder", self._last_folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.watch(Path(name)))
        dialog.open()

    def watch(self, folder: Path) -> None:
        """Ask for a folder to be watched with the typed tag."""
        self.watch_asked.emit(folder, self._tag.text().strip())
        self._tag.clear()

    def _ask_to_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.unwatch_asked.emit(chosen)
