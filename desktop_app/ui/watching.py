"""Watched folders in the window: the dialog, and the quiet word in the status bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.reading_files import is_folder
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.watched_folders import WatchedFoldersDialog, WatchedRow
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.panes.fact_texts import moment_in_words
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library


class Watching(QObject):
    """Opens the dialog, carries out what it asks for, and says how many folders are watched."""

    brought = Signal()  # new files came in
    _came = Signal(object)  # their outcomes, from the thread that watches

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._dialog: WatchedFoldersDialog | None = None
        actions.on("file.watch", self.show)
        self._came.connect(self._on_new, Qt.ConnectionType.QueuedConnection)
        window.status.watched_asked.connect(self.show)
        session.tags_changed.connect(lambda _tree: self.refresh())

    def start(self) -> None:
        """Watch from now on, until the library is closed."""
        if not self._session.read_only:
            self._session.read(
                lambda library: library.start_watching(self._came.emit), lambda _nothing: None
            )

    def show(self) -> None:
        """Show which folders are watched."""
        dialog = self._dialog
        if dialog is None:
            dialog = self._dialog = WatchedFoldersDialog(self._window)
            dialog.watch_asked.connect(self._watch)
            dialog.unwatch_asked.connect(self._unwatch)
            dialog.set_read_only(self._session.read_only)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self.refresh()

    def refresh(self) -> None:
        """Look again which folders are watched."""
        tree = self._session.tag_tree or TagTree()

        def read(library: Library) -> list[WatchedRow]:
            return [
                WatchedRow(
                    folder.path,
                    tree.path(folder.tag) if folder.tag in tree.by_id else "",
                    moment_in_words(folder.added_at),
                    missing=not is_folder(folder.path),
                )
                for folder in library.watched()
            ]

        self._session.read(read, self._show_rows, key="watched")

    def _show_rows(self, rows: Sequence[WatchedRow]) -> None:
        reading_only = self._session.read_only
        self._window.status.show_watched(0 if reading_only else len(rows))
        dialog = self._dialog
        if dialog is not None:
            tree = self._session.tag_tree or TagTree()
            last = self._session.settings.now.last_folder
            dialog.set_tags(sorted(tree.path(tag.id) for tag in tree.tags), last)
            dialog.set_folders(rows)

    def _watch(self, folder: Path, tag: str) -> None:
        self._session.settings.change(last_folder=str(folder))
        self._session.read(
            lambda library: library.watch(folder, tag or None), lambda _nothing: self.refresh()
        )

    def _unwatch(self, folder: Path) -> None:
        self._session.read(lambda library: library.unwatch(folder), lambda _nothing: self.refresh())

    def _on_new(self, outcomes: Sequence[Outcome]) -> None:
        kinds = Counter(outcome.kind for outcome in outcomes)
        refused = kinds[OutcomeKind.REFUSED]
        came = kinds[OutcomeKind.IMPORTED] + kinds[OutcomeKind.WARNING]
        if not came and not refused:
            return  # all of it was here already
        said = "1 new file" if came == 1 else f"{came:,} new files"
        more = f", {refused:,} could not be read" if refused else ""
        self._session.said.emit(f"From watched folders: {said}{more}")
        self.brought.emit()
