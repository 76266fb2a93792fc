"""The list of what is folded as boilerplate."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.boilerplate import BoilerplateDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session


class FoldVerbs(QObject):
    """Opens the dialog and keeps it up to date while it is open."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._dialog: BoilerplateDialog | None = None
        actions.on("document.boilerplate", self.show)
        # What was said of folds changes by commands only, and each of them ends in this.
        session.undo_changed.connect(lambda _undo, _redo: self._refresh())

    def show(self) -> None:
        """Show what is folded."""
        dialog = self._dialog
        if dialog is None:
            dialog = self._dialog = BoilerplateDialog(self._window)
            dialog.command.connect(self._session.do)
            dialog.set_read_only(self._session.read_only)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self._refresh()

    def _refresh(self) -> None:
        dialog = self._dialog
        if dialog is None or not dialog.isVisible():
            return
        self._session.read(
            lambda library: (library.fold_phrases(), library.fold_rules()),
            lambda said: dialog.set_said(*said),
            key="fold-rules",
        )
