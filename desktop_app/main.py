"""Builds what the program has one of, and joins it: settings, log, library, application, window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize, QTimer

from desktop_app import log_file, paths, settings
from desktop_app.core.errors import LibraryBusy, Problem
from desktop_app.library.library import Library
from desktop_app.settings import Settings
from desktop_app.ui import log
from desktop_app.ui.app import App, make_app
from desktop_app.ui.open_window import OpenWindow
from desktop_app.ui.printing.printers import ask_this_machine_alone
from desktop_app.ui.refusal import RefusalDialog, Way
from desktop_app.ui.running import Running
from desktop_app.ui.single import ask_open_window

HELD_EXIT = 3
PICTURE_MS = 700  # for what comes a moment after the last key, and for the rows to be painted


def run(library: Path | None, files: Sequence[Path]) -> int:
    """Open the window of a library and return the exit code once it is closed.

    library: None is the default library, for which the starter library is offered once; a library
    that another window has open is brought to the front there, with the files.
    """
    ask_this_machine_alone()
    folder = (library or paths.default_library()).absolute()
    kept, damaged = settings.load(paths.settings_file())
    log_file.write_log_to(paths.log_file())
    first_start = library is None and not folder.exists()
    app: App | None = None
    opened: Library | None = None
    while opened is None:
        try:
            opened = Library.open(folder, cache=paths.cache())
        except Problem as problem:
            busy = isinstance(problem, LibraryBusy)
            if busy and ask_open_window(folder, files, cache=paths.cache()):
                return 0
            print(f"postil: {problem}", file=sys.stderr)
            if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
                return HELD_EXIT
            app = app or make_app(sys.argv[:1], theme=kept.theme)
            match _ask_way(app, problem):
                case Way.CLOSE:
                    return HELD_EXIT
                case Way.READ:
                    opened = Library.peek(folder, cache=paths.cache())
    app = app or make_app(sys.argv[:1], theme=kept.theme)
    log.log_qt()
    running = Running(app, kept, own_folder=paths.default_library().absolute())
    running.show(opened, files)
    running.quit_on_signals()
    if first_start:
        running.offer_starter()
    if damaged:
        running.say(damaged)
    code = app.qt.exec()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code


def _ask_way(app: App, problem: Problem) -> Way:
    """Say in a window why the library cannot be opened, and ask what to do."""
    dialog = RefusalDialog(problem)
    ways: list[Way] = []
    dialog.chosen.connect(ways.append)
    dialog.chosen.connect(app.qt.quit)
    dialog.show()
    app.qt.exec()
    dialog.deleteLater()
    return ways[0] if ways else Way.CLOSE


def picture(library: Path, out: Path, *, query: str = "", document: int | None = None) -> None:
    """Save a picture of the window on a library: a query asked, a document open."""
    app = make_app(sys.argv[:1], theme="light")
    opened = OpenWindow(
        app,
        Library.open(library, cache=paths.cache()),
        None,
        Settings(theme="light"),
        cache=paths.cache(),
    )
    opened.window.resize(QSize(1440, 900))
    opened.window.show()
    opened.window.header.search.set_text(query)
    opened.question.set_text(query, at_once=True)
    opened.tasks.wait(10_000)
    ids = opened.model.ids
    shown = document if document is not None else next(iter(ids), None)
    if shown is not None:
        opened.window.list.choose(shown)
        opened.reading.open(shown)
    settled = QEventLoop()
    QTimer.singleShot(PICTURE_MS, settled, settled.quit)
    settled.exec()
    opened.tasks.wait(10_000)
    out.parent.mkdir(parents=True, exist_ok=True)
    opened.window.grab().save(str(out))
    opened.close()
    # No event loop runs on: what was to be deleted later is deleted while Qt is still there.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


__all__ = ["OpenWindow", "picture", "run"]
