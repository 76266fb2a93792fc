"""Reading originals again beside the window, with a count, a rate, a stop, and a list at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.dialogs.read_again import ReadAgainDialog
from desktop_app.ui.highlights.standing_words import standing_in_words, standings_in
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.read_again import ReadRow
from desktop_app.ui.models.tags import documents_in_words
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.reading_again import ReadAgain

_SHOW = "show-read-again"


class ReadingAgain(QObject):
    """One reading at a time; the dialog may be closed meanwhile."""

    document_chosen = Signal(int)
    _progressed = Signal(object)  # ReadAgain, from the thread that reads

    def __init__(
        self,
        session: Session,
        actions: Actions,
        chosen: Callable[[], list[int]],
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._chosen = chosen
        self._window = window
        self._dialog: ReadAgainDialog | None = None
        self._stop = threading.Event()
        self.running = False
        self._begun_at = 0.0
        actions.on("file.read_again", self.show)
        self._progressed.connect(self._on_progress)
        window.status.busy_stop_asked.connect(self.stop)
        session.closing.connect(self.stop)
        window.problem_bar.action_clicked.connect(self._on_bar)

    def show(self) -> None:
        """Show the dialog, with the choice or with how far it has come."""
        dialog = self._dialog
        if dialog is None:
            dialog = self._dialog = ReadAgainDialog(self._window)
            dialog.start_asked.connect(self._start)
            dialog.stop_asked.connect(self.stop)
            dialog.document_chosen.connect(self.document_chosen)
        counts = self._session.counts
        dialog.offer(counts.all + counts.trash, len(self._chosen()))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def stop(self) -> None:
        """Stop reading; what has been read stays."""
        self._stop.set()

    def _start(self, only_chosen: bool) -> None:
        dialog = self._dialog
        ids = tuple(self._chosen()) if only_chosen else None
        if self.running or dialog is None or ids == ():
            return
        self.running = True
        self._stop = stop = threading.Event()
        self._begun_at = time.monotonic()
        dialog.begin()
        self._window.status.show_busy("Reading again", stop="Stop reading again")

        def work(library: Library) -> tuple[ReadAgain, list[ReadRow], str]:
            done = library.read_again(ids, stop=stop, on_progress=self._progressed.emit)
            standing = standing_in_words(standings_in(library, done.changed))
            return done, _rows(library, done), standing

        self._session.read(work, self._on_done, self._on_failed, lane=Lane.LONG)

    def _on_progress(self, state: ReadAgain) -> None:
        if not self.running:
            return
        words = f"{state.done:,} of {state.of:,}"
        took = time.monotonic() - self._begun_at
        if took > 1 and state.done / took >= 1:
            words += f" · {state.done / took:,.0f} a second"
        if state.failed:
            words += f" · {len(state.failed):,} could not be read"
        self._window.status.show_busy(f"Reading again {words}", stop="Stop reading again")
        if self._dialog is not None:
            self._dialog.set_progress(state.done, state.of, words)

    def _on_done(self, came: tuple[ReadAgain, list[ReadRow], str]) -> None:
        done, rows, standing = came
        words = f"{done_in_words(done)} {standing}".rstrip()
        self._end()
        dialog = self._dialog
        assert dialog is not None
        dialog.finish(words, rows)
        if not dialog.isVisible() and rows:
            self._window.problem_bar.show_message(words, "Show the list", _SHOW)
        else:
            self._session.said.emit(words)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if self._dialog is not None:
            self._dialog.finish("It could not be brought to its end.", ())
        self._session.say_problem(error)

    def _end(self) -> None:
        self.running = False
        self._window.status.show_busy("")

    def _on_bar(self, key: str) -> None:
        if key == _SHOW:
            self.show()


def done_in_words(done: ReadAgain) -> str:
    """Say what came of reading again."""
    word = "Stopped" if done.stopped else "Done"
    changed = f"{len(done.changed):,} changed"
    parts = [f"{word}: {documents_in_words(done.done)} read again", changed]
    if done.failed:
        parts.append(f"{len(done.failed):,} could not be read and keep their old text")
    return f"{', '.join(parts)}."


def _rows(library: Library, done: ReadAgain) -> list[ReadRow]:
    """What could not be read first: that is what asks for something."""
    failed = [ReadRow(each.document, each.title, each.reason) for each in done.failed]
    changed = [ReadRow(found.id, found.title) for found in library.documents(done.changed)]
    return failed + changed
