"""Keeping the library safe: back up, restore, verify.

The dialog asks and shows; whoever opened it does the work and says how it went.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import Problem
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.panes.fact_texts import moment_in_words
from desktop_app.ui.panes.fields import label, mark

_FILE = Qt.ItemDataRole.UserRole
_PAGES = ("backup", "restore", "verify")


class Backup(Protocol):
    """A backup as the library lists it."""

    @property
    def path(self) -> Path: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def size_bytes(self) -> int: ...


class Finding(Protocol):
    """Something that verifying found."""

    @property
    def what(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def repairable(self) -> bool: ...


class BackupsDialog(QDialog):
    """Three pages and a line that says what runs and how it went. Not modal."""

    backup_asked = Signal(object)  # a Path for one file with everything; None for the usual place
    restore_asked = Signal(object)  # the Path of a backup
    verify_asked = Signal(bool)  # whether to repair as well

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keeping the library safe")
        self._busy = ""
        self._pages = QTabWidget(self)
        self._pages.setAccessibleName(self.tr("Keeping the library safe"))
        self._pages.addTab(self._backup_page(), "Back up")
        self._pages.addTab(self._restore_page(), "Restore")
        self._pages.addTab(self._verify_page(), "Verify")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Working")
        self._said = label("", "", self)
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close = close_box(self)
        close.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self._pages, 1)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        column.addWidget(close)
        open_at(self, 560, 460)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self._connect()
        self.set_backups(())
        self.set_busy("")

    def _backup_page(self) -> QWidget:
        page, column = _page(self)
        self._newest = _sentence("", page)
        self._now = QPushButton("Back up now", page)
        self._to_file = QPushButton("Back up to a file…", page)
        for widget in (
            _sentence(
                "A backup of texts, facts and tags is made by itself before the first change of "
                "each day. Those backups lie in the library's own folder.",
                page,
            ),
            self._newest,
            self._now,
            _sentence(
                "One file with everything, the originals too, can go to another disk. It restores "
                "to the whole library.",
                page,
            ),
            self._to_file,
        ):
            column.addWidget(widget, 0, _side(widget))
        column.addStretch(1)
        return page

    def _restore_page(self) -> QWidget:
        page, column = _page(self)
        self._list = QListWidget(page)
        self._list.setAccessibleName("Backups, newest first")
        self._restore = QPushButton("Restore the chosen backup", page)
        self._from_file = QPushButton("Restore from a file…", page)
        column.addWidget(
            _sentence(
                "The library becomes again what it was then. What it is now is backed up first and "
                "stands in this list afterwards, so that one can go back.",
                page,
            )
        )
        self._none = _sentence(
            "There is no backup yet. The first is made before the first change of a day, or by "
            "Back up now. A file with everything can be restored all the same.",
            page,
        )
        column.addWidget(self._none)
        column.addWidget(self._list, 1)
        column.addStretch(0)
        buttons = QHBoxLayout()
        buttons.addWidget(self._restore)
        buttons.addWidget(self._from_file)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return page

    def _verify_page(self) -> QWidget:
        page, column = _page(self)
        self._verify = QPushButton("Verify", page)
        self._repair = QPushButton("Repair what can be repaired", page)
        self._findings = QListWidget(page)
        self._findings.setAccessibleName("What was found")
        self._findings.setWordWrap(True)
        self._findings.hide()
        self._repair.hide()
        column.addWidget(
            _sentence(
                "Reads everything and compares: the database with itself, each original with its "
                "hash, the search index with the texts. Nothing is changed.",
                page,
            )
        )
        column.addWidget(self._verify, 0, _side(self._verify))
        column.addWidget(self._findings, 1)
        column.addWidget(self._repair, 0, _side(self._repair))
        column.addStretch(0)
        return page

    def _connect(self) -> None:
        self._now.clicked.connect(self._ask_backup)
        self._to_file.clicked.connect(self._ask_for_file)
        self._restore.clicked.connect(self._ask_restore)
        self._from_file.clicked.connect(self._ask_which_file)
        self._list.currentItemChanged.connect(self._enable)
        self._verify.clicked.connect(self._ask_verify)
        self._repair.clicked.connect(self._ask_repair)

    def show_page(self, page: str) -> None:
        """Go to a page: backup, restore or verify."""
        self._pages.setCurrentIndex(_PAGES.index(page))

    def set_backups(self, backups: Sequence[Backup]) -> None:
        """Show the backups that there are, newest first."""
        self._list.clear()
        for backup in backups:
            # With seconds: the backup that a restore makes first often shares the minute of another.
            when = moment_in_words(backup.made_at, seconds=True)
            size = size_in_words(backup.size_bytes)
            item = QListWidgetItem(f"{when} · {size}")
            item.setToolTip(str(backup.path))
            item.setData(_FILE, backup.path)
            self._list.addItem(item)
        self._none.setVisible(not backups)
        self._list.setVisible(bool(backups))
        if backups:
            count = "1 backup" if len(backups) == 1 else f"{len(backups):,} backups"
            newest = moment_in_words(backups[0].made_at)
            self._newest.setText(f"There are {count}, the newest of {newest}.")
            if len(backups) == 1:
                self._newest.setText(f"There is 1 backup, of {newest}.")
        else:
            self._newest.setText("There is no backup yet.")
        self._enable()

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show what verifying found; nothing is good news."""
        self._findings.clear()
        for finding in findings:
            self._findings.addItem(f"{finding.what} {finding.hint}".strip())
        self._findings.setVisible(bool(findings))
        self._repair.setVisible(any(finding.repairable for finding in findings))
        if not findings:
            self.show_done("All is well: nothing was found.")
        else:
            count = "1 thing was" if len(findings) == 1 else f"{len(findings):,} things were"
            self.show_problem(Problem(f"{count} found."))

    def set_busy(self, words: str) -> None:
        """Say what runs, and let nothing else be begun; empty when nothing runs."""
        self._busy = words
        self._bar.setVisible(bool(words))
        if words:
            mark(self._said, "tone", "muted")
            self._said.setText(f"{words}…")
        elif self._said.text().endswith("…"):
            self._said.clear()
        self._enable()

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        mark(self._said, "tone", "problem")
        self._said.setText(str(problem))

    def show_done(self, sentence: str) -> None:
        """Say what was done."""
        mark(self._said, "tone", "")
        self._said.setText(sentence)

    def _enable(self) -> None:
        free = not self._busy
        for button in (self._now, self._to_file, self._from_file, self._verify, self._repair):
            button.setEnabled(free)
        self._restore.setEnabled(free and self._list.currentItem() is not None)

    def _ask_backup(self) -> None:
        self.backup_asked.emit(None)

    def _ask_restore(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.restore_asked.emit(item.data(_FILE))

    def _ask_verify(self) -> None:
        self.verify_asked.emit(False)

    def _ask_repair(self) -> None:
        self.verify_asked.emit(True)

    def _ask_for_file(self) -> None:
        dialog = self._file_dialog("Back up to a file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"Postil {datetime.now().astimezone():%Y-%m-%d}.zip")
        dialog.fileSelected.connect(lambda name: self.backup_asked.emit(Path(name)))
        dialog.open()

    def _ask_which_file(self) -> None:
        dialog = self._file_dialog("Restore from a file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.restore_asked.emit(Path(name)))
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title, "", "Postil backup (*.zip *.db);;All files (*)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def _page(parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setContentsMargins(4, 12, 4, 4)
    column.setSpacing(10)
    return page, column


def _side(widget: QWidget) -> Qt.AlignmentFlag:
    """Buttons are as wide as their words; sentences go from edge to edge."""
    if isinstance(widget, QPushButton):
        return Qt.AlignmentFlag.AlignLeft
    return Qt.AlignmentFlag(0)


def _sentence(text: str, parent: QWidget) -> QLabel:
    made = label(text, "muted", parent)
    made.setWordWrap(True)
    return made


def size_in_words(size_bytes: int) -> str:
    """Write a size: `12 MB`."""
    size = float(size_bytes)
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
