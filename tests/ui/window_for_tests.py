"""A window on a real library, driven as a person would."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.library.library import Library
from desktop_app.main import OpenWindow
from desktop_app.settings import Settings
from desktop_app.ui.app import App
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.network_lock import NetworkLock
from tests.worker_for_tests import one_worker

TEXTS = {
    "quay.txt": "How the quay at Halmar was rebuilt\n\nMar 25, 2016\n\nThe dry dock stayed closed"
    " through the winter while the old quay was cut back to bedrock.\n",
    "pilots.md": "# What do the pilots want now?\n\nA berth beside the **dry dock**, and a say.\n",
    "letters.txt": "Letters from the Oster Sound\n\nWe walked the strand until the lamps were lit.\n",
}


def write_texts(folder: Path) -> Path:
    """Write the documents of the tests into a folder."""
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@cache
def _imported() -> Path:
    """A library with the documents of the tests, made once: reading them takes a process."""
    home = Path(tempfile.mkdtemp(prefix="postil-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    library = Library.open(
        home / "library", cache=home / "cache", index="inline", worker=one_worker()
    )
    library.import_files([write_texts(home / "saved")])
    library.close()
    return home


def make_library(home: Path) -> None:
    """Put the documents of the tests, imported, into a library below a folder."""
    write_texts(home / "saved")
    shutil.copytree(_imported() / "library", home / "library")


class Desk:
    """An open window and what a test does with it."""

    def __init__(
        self,
        home: Path,
        *,
        settings: Settings | None = None,
        index: Literal["inline", "process"] = "inline",
    ) -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        self._appearance = Appearance(qt, "light")
        self.home = home
        self.library = Library.open(
            home / "library", cache=home / "cache", index=index, worker=one_worker()
        )
        self.open = OpenWindow(
            App(qt, self._appearance, NetworkLock(False, "Not asked for.")),
            self.library,
            home / "settings.json",
            settings or Settings(theme="light"),
            cache=home / "cache",
        )
        self.window = self.open.window
        self.session = self.open.session
        self.question = self.open.question
        self.list = self.window.list
        self.actions = self.window.actions_table
        # What a person is given time for need not be waited for by a test.
        waits = (
            self.question._typing,
            self.question._refresh,
            self.list._settled,
            self.open.joins.details.soon,
            self.session.place_marks.timer,
            self.session.news.settle,
        )
        for timer in waits:
            timer.setInterval(1)
        self._timers = (*waits, self.open.model.paged.soon, self.list.view._range_soon)
        self.problems: list[str] = []
        self.session.problem.connect(lambda problem: self.problems.append(str(problem)))
        # The screen of the tests may be smaller than the window: its size is what a test says.
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Let timers fire and tasks end until nothing is under way and all is painted."""
        clock = QElapsedTimer()
        clock.start()
        calm = 0
        while calm < 3:
            assert clock.elapsed() < 60_000, "the window does not come to rest"
            QApplication.processEvents()
            if any(timer.isActive() for timer in self._timers) or self.open.tasks.busy:
                calm = 0
                loop = QEventLoop()
                QTimer.singleShot(3, loop, loop.quit)
                loop.exec()
            else:
                calm += 1
                self.list.view.viewport().repaint()

    def import_all(self, folder: Path) -> None:
        """Import a folder and wait until all of it can be found."""
        self.session.import_files([folder])
        self.settle()
        assert self.library.wait_until_searchable(30)
        self.settle()

    def titles(self) -> list[str]:
        """The titles in the list, in order."""
        return [document.title for document in self.library.documents(list(self.open.model.ids))]

    def choose(self, title: str) -> int:
        """Choose the document of a title in the list."""
        documents = self.library.documents(list(self.open.model.ids))
        document = next(each.id for each in documents if each.title.startswith(title))
        assert self.list.choose(document)
        self.settle()
        return document

    def run(self, action: str) -> None:
        """Run an action of the table."""
        self.settle()
        assert self.actions[action].isEnabled(), action
        self.actions[action].trigger()
        self.settle()

    def search(self, text: str) -> None:
        """Write into the search box."""
        self.window.header.search.set_text(text)
        self.settle()

    def close(self) -> None:
        """Close window and library."""
        self.window.close()
        self.open.close()
        self._appearance.deleteLater()  # it would keep all that listens to it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
