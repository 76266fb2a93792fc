"""The trash of tags: what was deleted, to be brought back with all that hung on it, or let go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.model import Binned
from desktop_app.library.tags.trash import ForgetBinned, RestoreBinned
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.models.tag_bin import (
    DOCUMENTS,
    HIGHLIGHTS,
    HOME,
    NAME,
    TAGS,
    WHEN,
    TagBinTable,
)
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.plain_table import PlainTable


class TagBinDialog(QDialog):
    """The table and what can be done with its rows; all of it can be undone. Not modal."""

    command = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Trash of tags")
        said = label(
            "Tags and collections that were deleted. Restored, a tag comes back with what carried "
            "it, as far as that is still there. Nothing is taken out of here by itself.",
            "muted",
            self,
        )
        said.setWordWrap(True)
        self._table = TagBinTable(self)
        self._view = PlainTable(
            self._table,
            "Deleted tags and collections",
            self,
            wide=NAME,
            widths={HOME: 22, TAGS: 7, DOCUMENTS: 12, HIGHLIGHTS: 12, WHEN: 26},
        )
        self._empty = label("No deleted tags.", "muted", self)
        self._restore = QPushButton("Restore", self)
        self._forget = QPushButton("Remove", self)
        self._forget_all = QPushButton("Remove all", self)
        self._place(said)
        self._view.selectionModel().selectionChanged.connect(self._look)
        self._view.doubleClicked.connect(self.restore)
        self._restore.clicked.connect(self.restore)
        self._forget.clicked.connect(self.forget)
        self._forget_all.clicked.connect(self.forget_all)
        for keys, run in (("Return", self.restore), ("Enter", self.restore), ("Del", self.forget)):
            action = QAction(self._view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(run)
            self._view.addAction(action)
        self.set_rows(())

    def _place(self, said: QWidget) -> None:
        verbs = QHBoxLayout()
        for button in (self._restore, self._forget, self._forget_all):
            verbs.addWidget(button)
        verbs.addStretch(1)
        close = close_box(self)
        close.rejected.connect(self.close)
        verbs.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addWidget(said)
        column.addWidget(self._view, 1)
        column.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(verbs)
        open_at(self, 760, 420)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def set_rows(self, rows: Sequence[Binned]) -> None:
        """Show what lies in the trash; what is chosen stays chosen."""
        chosen = {each.id for each in self._chosen()}
        self._table.set_rows(rows)
        for number, row in enumerate(rows):
            if row.id in chosen:
                self._view.selectRow(number)
        if rows and not self._chosen():
            self._view.selectRow(0)
        self._view.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._look()

    def focus_table(self) -> None:
        """Give the table the keys."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """Ask for the chosen ones to come back."""
        for each in self._chosen():
            self.command.emit(RestoreBinned(each.id))

    def forget(self) -> None:
        """Ask for the chosen ones to be let go."""
        chosen = tuple(each.id for each in self._chosen())
        if chosen:
            self.command.emit(ForgetBinned(chosen))

    def forget_all(self) -> None:
        """Ask for all of them to be let go."""
        if self._table.rows:
            self.command.emit(ForgetBinned(tuple(each.id for each in self._table.rows)))

    def _chosen(self) -> list[Binned]:
        rows = self._table.rows
        return [
            rows[number]
            for first, last in self._view.chosen_rows()
            for number in range(first, last + 1)
        ]

    def _look(self) -> None:
        some = bool(self._chosen())
        self._restore.setEnabled(some)
        self._forget.setEnabled(some)
        self._forget_all.setEnabled(bool(self._table.rows))
