"""Builds the long-lived objects of the window and joins them; the only file that knows them all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer

from desktop_app import __version__, paths, settings
from desktop_app.core.errors import LibraryBusy, Problem
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome
from desktop_app.library.starter import make_starter
from desktop_app.settings import Settings
from desktop_app.ui import log
from desktop_app.ui.app import App, UncaughtBell, make_app
from desktop_app.ui.dialogs.about import AboutDialog
from desktop_app.ui.dialogs.welcome import WelcomeDialog
from desktop_app.ui.joins import Joins, Parts
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.question import Question
from desktop_app.ui.reading import Reading
from desktop_app.ui.refusal import RefusalDialog
from desktop_app.ui.session import Session
from desktop_app.ui.settings_keeper import SettingsKeeper
from desktop_app.ui.single import Requests, ask_open_window
from desktop_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from desktop_app.library.searching import Answer


class OpenWindow(QObject):
    """A library that is open in a window, from its opening until both are closed."""

    def __init__(
        self,
        app: App,
        library: Library,
        keeper_file: Path | None,
        kept: Settings,
        *,
        cache: Path,
        own_library: bool = True,
    ) -> None:
        super().__init__(app.qt)
        self.tasks = Tasks(self)
        self.keeper = SettingsKeeper(keeper_file, kept, self.tasks, self)
        self.session = Session(library, self.keeper, self.tasks, self)
        self.question = Question(self.session, self)
        self.model = DocumentsModel(self.question.fetch, self)
        self.window = MainWindow(self.model, app.appearance, self.keeper)
        self.reading = Reading(self.session, self.question, self.window.reader, self.window)
        self.joins = Joins(
            Parts(self.session, self.question, self.window, self.reading, app.appearance),
            own_library=own_library,
        )
        self.requests = Requests(library.folder, cache, self)
        self.requests.came.connect(self._on_request)
        self._network = app.network
        self._about: AboutDialog | None = None
        self.joins.diagnostics_asked.connect(self.show_diagnostics)
        self.window.setWindowTitle(library.name)
        self.session.start()
        self.question.set_text("", at_once=True)

    def open_last_document(self, *, or_first_added: bool = False) -> None:
        """Open the document that was open when the window was closed, once the list is there."""
        kept = self.keeper.now.last_document.get(str(self.session.folder))

        def open_it(answer: Answer, _new: bool) -> None:
            self.question.answered.disconnect(open_it)
            document = min(answer.ids, default=None) if kept is None and or_first_added else kept
            if document is not None and self.window.list.choose(document):
                self.reading.open(document)

        self.question.answered.connect(open_it)

    def import_and_open(self, files: Sequence[Path]) -> None:
        """Import files and open the first document that comes of them."""

        def open_first(outcomes: Sequence[Outcome]) -> None:
            for outcome in outcomes:
                if outcome.document is not None:
                    self.session.import_outcomes.disconnect(open_first)
                    self.joins.go_to_document(outcome.document)
                    return

        if files:
            self.session.import_outcomes.connect(open_first)
            self.session.import_files(files)

    def close(self) -> None:
        """Close the library and the window. Blocks until what runs has ended."""
        self.requests.close()
        self.session.close()
        self.window.hide()
        self.window.deleteLater()
        self.deleteLater()

    def show_diagnostics(self) -> None:
        """Show what a report of a fault needs, and whether the network is given up."""
        if self._about is None:
            self._about = AboutDialog(self.window)
        counts, state = self.session.counts, self.session.index_state
        lock = self._network
        waiting = getattr(state, "waiting", 0)
        self._about.set_facts(
            [
                ("Version", f"Postil {__version__}, Python {sys.version.split()[0]}"),
                ("Network", f"{'Locked' if lock.holds else 'Not locked'}. {lock.sentence}"),
                ("Library", str(self.session.folder)),
                ("Documents", f"{counts.all:,}, and {counts.trash:,} in the trash"),
                ("Search index", f"{waiting:,} documents to go" if waiting else "Up to date"),
                ("Log", str(paths.log_file())),
            ]
        )
        self._about.show()
        self._about.raise_()

    def _on_request(self, files: list[Path]) -> None:
        self.window.come_to_front()
        self.import_and_open(files)


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
            opened.open_last_document(or_first_added=library.folder == self._starter_folder)

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
        self._kept = before.keeper.now
        before.close()
        self._kept = replace(before.keeper.now)
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
            opened.close()
        self._app.qt.quit()


def run(library: Path | None, files: Sequence[Path]) -> int:
    """Open the window of a library and return the exit code once it is closed.

    library: None is the default library, for which the starter library is offered once; a library
    that another window has open is brought to the front there, with the files.
    """
    folder = (library or paths.default_library()).absolute()
    kept, damaged = settings.load(paths.settings_file())
    log.write_log_to(paths.log_file())
    cache = paths.cache()
    first_start = library is None and not folder.exists()
    try:
        opened = Library.open(folder, cache=cache)
    except LibraryBusy as busy:
        if ask_open_window(folder, files, cache=cache):
            return 0
        return _refuse(busy, kept)
    except Problem as problem:
        return _refuse(problem, kept)
    app = make_app(sys.argv[:1], theme=kept.theme)
    log.log_qt()
    running = Running(app, kept, own_folder=paths.default_library().absolute())
    running.show(opened, files)
    if first_start:
        running.offer_starter()
    if damaged:
        running.say(damaged)
    return app.qt.exec()


def _refuse(problem: Problem, kept: Settings) -> int:
    """Say in a window, and on standard error, why the library cannot be opened."""
    print(f"postil: {problem}", file=sys.stderr)
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return 3
    app = make_app(sys.argv[:1], theme=kept.theme)
    dialog = RefusalDialog(problem)
    dialog.finished.connect(app.qt.quit)
    dialog.show()
    app.qt.exec()
    return 3


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
    settled = QTimer()
    settled.setSingleShot(True)
    settled.timeout.connect(app.qt.quit)
    settled.start(700)
    app.qt.exec()
    opened.tasks.wait(10_000)
    out.parent.mkdir(parents=True, exist_ok=True)
    opened.window.grab().save(str(out))
    opened.close()


__all__ = ["OpenWindow", "Running", "picture", "run"]
