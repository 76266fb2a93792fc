"""What the File and Help menus do: files in, backups, verifying, the trash, the list of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app.core.errors import Problem
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.backups import BackupsDialog
from desktop_app.ui.dialogs.keys import KeysDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session

FILTER = (
    "Documents (*.txt *.md *.markdown *.html *.htm *.xhtml *.gz *.mhtml *.mht *.pdf *.epub *.docx"
    " *.odt *.rtf *.eml *.mbox *.zip);;All files (*)"
)


class LibraryVerbs(QObject):
    """The verbs that are about the library as a whole."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self._backups: BackupsDialog | None = None
        self._keys: KeysDialog | None = None
        actions.on("file.import_files", self._import_files)
        actions.on("file.import_folder", self._import_folder)
        for action in ("file.backup", "file.restore", "file.verify"):
            actions.on(action, self._shower(action.removeprefix("file.")))
        actions.on("file.empty_trash", self._empty_trash)

    # Files in.

    def _import_files(self) -> None:
        names, _filter = QFileDialog.getOpenFileNames(
            self._window, self.tr("Import files"), self._folder(), FILTER
        )
        self._import([Path(name) for name in names])

    def _import_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Import a folder and all in it"), self._folder()
        )
        self._import([Path(name)] if name else [])

    def _import(self, paths: Sequence[Path]) -> None:
        if paths:
            self._session.settings.change(last_folder=str(paths[0].parent))
            self._session.import_files(paths)

    def _folder(self) -> str:
        return self._session.settings.now.last_folder or str(Path.home())

    # Keeping safe.

    def _shower(self, page: str) -> Callable[[], None]:
        return lambda: self.show_backups(page)

    def show_backups(self, page: str) -> None:
        """Show the dialog that backs up, restores and verifies, at one of its pages."""
        dialog = self._backups
        if dialog is None:
            dialog = self._backups = BackupsDialog(self._window)
            dialog.backup_asked.connect(self._back_up)
            dialog.restore_asked.connect(self._restore)
            dialog.verify_asked.connect(self._verify)
        self._fill_backups()
        dialog.show_page(page)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _fill_backups(self) -> None:
        dialog = self._backups
        if dialog is not None:
            self._session.read(lambda library: library.backups(), dialog.set_backups, key="backups")

    def _long(self, words: str, work: Callable[..., object], done: Callable[..., None]) -> None:
        dialog = self._backups
        assert dialog is not None
        dialog.set_busy(words)

        def finished(value: object) -> None:
            dialog.set_busy("")
            done(value)
            self._fill_backups()

        def failed(error: Exception) -> None:
            dialog.set_busy("")
            if isinstance(error, Problem):
                dialog.show_problem(error)
            else:
                self._session.say_problem(error)

        self._session.long_work(words, work, finished, failed)

    def _back_up(self, out: Path | None) -> None:
        dialog = self._backups
        assert dialog is not None

        def done(made: Path) -> None:
            dialog.show_done(self.tr("Backed up to {0}").format(made))

        self._long("Backing up", lambda library: library.backup(out), done)

    def _restore(self, path: Path) -> None:
        dialog = self._backups
        assert dialog is not None

        def done(_nothing: object) -> None:
            dialog.show_done(
                self.tr(
                    "Restored from {0}. What was there before is in the list as a backup."
                ).format(path.name)
            )

        self._long("Restoring", lambda library: library.restore(path), done)

    def _verify(self, repair: bool) -> None:
        dialog = self._backups
        assert dialog is not None
        words = "Repairing" if repair else "Verifying"
        self._long(words, lambda library: library.verify(repair=repair), dialog.set_findings)

    def _empty_trash(self) -> None:
        """Ask first: this is the one thing that cannot be undone."""
        count = self._session.counts.trash
        words = "1 document" if count == 1 else f"{count:,} documents"
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Empty the trash"))
        box.setText(self.tr("Remove {0} for good?").format(words))
        box.setInformativeText(
            self.tr("Their originals kept by Postil go too. This cannot be undone.")
        )
        remove = box.addButton(self.tr("Remove for good"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        remove.clicked.connect(self._session.empty_trash)
        box.finished.connect(box.deleteLater)
        box.open()

    # Keys.

    def show_keys(self) -> None:
        """Show the list of keys."""
        dialog = self._keys
        if dialog is None:
            dialog = self._keys = KeysDialog(self._window)
            dialog.key_changed.connect(self._change_key)
            dialog.keys_reset.connect(self._reset_keys)
        self._fill_keys()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _fill_keys(self) -> None:
        assert self._keys is not None
        self._keys.set_actions([(action.menu, made) for action, made in self._actions.entries()])

    def _change_key(self, action: str, key: str) -> None:
        taken = self._actions.taken_by(key) if key else None
        if taken is not None and taken != action:
            name = self._actions[taken].text()
            self._session.say_problem(
                Problem(f"{key} already belongs to “{name}”.", "Give that one another key first.")
            )
        else:
            self._actions.set_keys(action, [key] if key else [])
            kept = dict(self._session.settings.now.keys)
            kept[action] = (key,) if key else ()
            self._session.settings.change(keys=kept)
        self._fill_keys()

    def _reset_keys(self) -> None:
        self._actions.reset_keys()
        self._session.settings.change(keys={})
        self._fill_keys()
