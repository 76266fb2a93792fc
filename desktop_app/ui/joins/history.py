"""Who is told of what about the history: the dialog, the session, the library."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.library.history import Went
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.history.dialog import HistoryDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane


class HistoryJoins(QObject):
    """The connections of what was done in one window."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        window: MainWindow,
        *,
        finish: Callable[[], None],
    ) -> None:
        """finish: lets what keys still hold back become a step, before others are undone."""
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self._finish = finish
        self._dialog: HistoryDialog | None = None
        actions.on("edit.history", self.show)
        session.undo_changed.connect(lambda _undo, _redo: self._look())

    @property
    def dialog(self) -> HistoryDialog | None:
        """The dialog, once it has been opened."""
        return self._dialog

    def show(self) -> None:
        """Show what was done."""
        if self._dialog is None:
            writable = not self._session.read_only
            self._dialog = HistoryDialog(self._window, writable=writable)
            self._dialog.step_asked.connect(self._go)
            # The keys that undo and redo mean the same here as in the window below.
            self._dialog.addActions([self._actions["edit.undo"], self._actions["edit.redo"]])
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._dialog.table.setFocus()
        self._look()

    def _look(self) -> None:
        dialog = self._dialog
        if dialog is not None and dialog.isVisible():
            self._session.read(
                lambda library: library.history_lines(), dialog.show_lines, key="history"
            )

    def _go(self, step: int | None) -> None:
        dialog, session = self._dialog, self._session
        assert dialog is not None
        self._finish()
        dialog.show_busy(True)

        def went(done: Went) -> None:
            dialog.show_went(done)
            if done.undone:
                session.said.emit(f"Undone: {_steps(done.undone)}")
            elif done.redone:
                session.said.emit(f"Done again: {_steps(done.redone)}")

        def failed(error: Exception) -> None:
            dialog.show_busy(False)
            session.say_problem(error)
            self._look()

        session.read(lambda library: library.go_to_step(step), went, failed, lane=Lane.CHANGE)


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count:,} steps"
