"""The program while it runs: which library is in the window, and the change to another."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_app import paths
from desktop_app.core.errors import Problem
from desktop_app.library.library import Library
from desktop_app.library.starter import make_starter
from desktop_app.settings import Settings
from desktop_app.ui import log
from desktop_app.ui.app import App, UncaughtBell
from desktop_app.ui.dialogs.welcome import WelcomeDialog
from desktop_app.ui.open_window import OpenWindow

SIGNAL_MS = 500


def _hear() -> None:
    """Let Python run for a moment."""


class Running(QObject):
    """The program while it runs: one open window, which may be changed for one on another library."""

    def __init__(self, app: App, kept: Settings, *, own_folder: Path) -> None:
        super().__init__(app.qt)
        self._app = app
        self._kept = kept
        self._own_folder = own_folder
        self._starter_folder = own_folder.with_name("starter")
        self._bell = UncaughtBell(self)
        self._bell.rang.connect(self._on_uncaught)
        log.catch_uncaught(self._bell.rang.emit)
        self.open: OpenWindow | None = None
        self._welcome: WelcomeDialog | None = None

    def show(self, library: Library, files: Sequence[Path]) -> None:
        """Show a library in a window, in the place of the one that is open."""
        opened = OpenWindow(
            self._app,
            library,
            paths.settings_file(),
            self._kept,
            cache=paths.cache(),
            own_library=library.folder == self._own_folder,
        )
        self.open = opened
        opened.joins.quit_asked.connect(self._quit)
        opened.joins.starter_asked.connect(self._open_starter)
        opened.joins.own_library_asked.connect(self._open_own)
        opened.window.show()
        opened.window.list.view.setFocus()
        if files:
            opened.import_and_open(files)
        else:
            opened.open_last_document(or_first=library.folder == self._starter_folder)

    def quit_on_signals(self) -> None:
        """Close as if the window had been closed when the system or a terminal asks for it."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda _number, _frame: QTimer.singleShot(0, self._quit))
        # Python hears of a signal when it runs next; nothing else may wake it for a long time.
        self._ear = QTimer(self)
        self._ear.start(SIGNAL_MS)
        self._ear.timeout.connect(_hear)

    def say(self, sentence: str) -> None:
        """Show a sentence that came up before there was a window."""
        if self.open is not None:
            self.open.session.said.emit(sentence)

    def offer_starter(self) -> None:
        """Offer the starter library, once."""
        assert self.open is not None
        if self._kept.starter_offered or not paths.seeds().is_dir():
            return
        welcome = self._welcome = WelcomeDialog(self.open.window)
        welcome.starter_chosen.connect(self._open_starter)
        welcome.import_asked.connect(self._import_asked)
        for chosen in (welcome.starter_chosen, welcome.empty_chosen, welcome.import_asked):
            chosen.connect(self._offered)
        welcome.show()

    def _offered(self) -> None:
        assert self.open is not None
        self.open.keeper.change(starter_offered=True)

    def _import_asked(self) -> None:
        assert self.open is not None
        self._close_welcome()
        self.open.window.actions_table["file.import_folder"].trigger()

    def _open_starter(self) -> None:
        opened = self.open
        assert opened is not None
        folder = self._starter_folder
        if self._welcome is not None:
            self._welcome.set_busy("Making the starter library…")

        def made(_folder: Path) -> None:
            self._close_welcome()
            self._change_to(folder)

        def failed(error: Exception) -> None:
            self._close_welcome()
            opened.session.say_problem(error)

        opened.session.long_work(
            "Making the starter library",
            lambda _library: make_starter(folder, paths.seeds(), cache=paths.cache()),
            made,
            failed,
        )

    def _open_own(self) -> None:
        self._change_to(self._own_folder)

    def _change_to(self, folder: Path) -> None:
        before = self.open
        assert before is not None
        if before.session.folder == folder:
            return
        try:
            library = Library.open(folder, cache=paths.cache())
        except Problem as problem:
            before.session.say_problem(problem)
            return
        before.window.remember_places()
        before.close()
        self._kept = before.keeper.now
        self.show(library, ())

    def _close_welcome(self) -> None:
        if self._welcome is not None:
            self._welcome.close()
            self._welcome.deleteLater()
            self._welcome = None

    def _on_uncaught(self) -> None:
        if self.open is not None:
            self.open.session.problem.emit(
                Problem(
                    "Something went wrong that should not have; your library is safe.",
                    "Help > Diagnostics says where it was written down.",
                )
            )

    def _quit(self) -> None:
        opened, self.open = self.open, None
        if opened is not None:
            opened.window.remember_places()
            opened.close()
        self._app.qt.quit()
