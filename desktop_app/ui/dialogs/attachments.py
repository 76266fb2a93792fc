"""The files that came with a mail: saved to the disk, or imported as documents of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import Document, Part
from desktop_app.ui.dialogs.backups import size_in_words
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.models.import_outcomes import drawable
from desktop_app.ui.panes.fact_texts import media_in_words
from desktop_app.ui.panes.fields import OneLine, label

_NUMBER = Qt.ItemDataRole.UserRole


class AttachmentsDialog(QDialog):
    """The list of one document's attachments. Not modal."""

    save_asked = Signal(int, int, object)  # document, number of the attachment, where to
    import_asked = Signal(int, object)  # document, numbers of attachments

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Attachments")
        self._document: Document | None = None
        self._parts: tuple[Part, ...] = ()
        self._read_only = False
        self._folder = str(Path.home())
        self._of = OneLine("title", self)
        self._what = label(
            "They are part of the kept original. One that is imported becomes a document of its "
            "own.",
            "muted",
            self,
        )
        self._what.setWordWrap(True)
        self._list = QTreeWidget(self)
        self._list.setAccessibleName("Attachments")
        self._list.setHeaderLabels(["Name", "Type", "Size"])
        self._list.setProperty("kind", "table")
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._list.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._save = QPushButton("Save…", self)
        self._import = QPushButton("Import", self)
        self._place()
        self._list.itemSelectionChanged.connect(self._refresh)
        self._list.itemActivated.connect(self._ask_to_import)
        self._save.clicked.connect(self._ask_where)
        self._import.clicked.connect(self._ask_to_import)
        self._refresh()

    def _place(self) -> None:
        close = close_box(self)
        close.rejected.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(self._save)
        bottom.addWidget(self._import)
        bottom.addStretch(1)
        bottom.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._of)
        column.addWidget(self._what)
        column.addWidget(self._list, 1)
        column.addLayout(bottom)
        open_at(self, 560, 360)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def set_read_only(self, read_only: bool) -> None:
        """Import nothing into a library that cannot be written."""
        self._read_only = read_only
        self._import.setVisible(not read_only)

    def set_attachments(self, document: Document, parts: Sequence[Part], folder: str) -> None:
        """Show the attachments of a document. folder: where one saved last."""
        self._document, self._parts = document, tuple(parts)
        self._folder = folder or self._folder
        self._of.setText(document.title)
        self._list.clear()
        for part in self._parts:
            item = QTreeWidgetItem(
                [
                    drawable(part.name),
                    media_in_words(part.media_type),
                    size_in_words(part.size_bytes),
                ]
            )
            item.setData(0, _NUMBER, part.number)
            item.setToolTip(0, drawable(part.name))
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._list.addTopLevelItem(item)
            if part is self._parts[0]:
                self._list.setCurrentItem(item)
        self._refresh()

    def _chosen(self) -> list[int]:
        return [int(item.data(0, _NUMBER)) for item in self._list.selectedItems()]

    def _refresh(self) -> None:
        count = len(self._chosen())
        self._save.setEnabled(count == 1)
        self._import.setEnabled(count > 0)
        self._import.setText("Import" if count < 2 else f"Import {count:,}")

    def _ask_to_import(self) -> None:
        chosen = self._chosen()
        if chosen and self._document is not None and not self._read_only:
            self.import_asked.emit(self._document.id, tuple(chosen))

    def _ask_where(self) -> None:
        chosen, document = self._chosen(), self._document
        if len(chosen) != 1 or document is None:
            return
        name = next(part.name for part in self._parts if part.number == chosen[0])
        dialog = QFileDialog(self, "Save the attachment", self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(name))
        dialog.fileSelected.connect(
            lambda where: self.save_asked.emit(document.id, chosen[0], Path(where))
        )
        dialog.open()


def safe_name(name: str) -> str:
    """A name from a mail as a file may be called: no folders, nothing that a system refuses."""
    last = drawable(name).replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = "".join("_" if letter in '<>:"|?*' or ord(letter) < 32 else letter for letter in last)
    return cleaned.strip(". ")[:120] or "attachment"
