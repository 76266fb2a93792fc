"""Imports one after the other, in a task; outcomes come to the window a handful at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.library.outcomes import Outcome, Progress
from desktop_app.ui.models.import_outcomes import Row, rows_of
from desktop_app.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from desktop_app.library.library import Library

TELL_EVERY_MS = 120


@dataclass(frozen=True, slots=True)
class _Asked:
    """An import that was asked for; run: the id of an earlier one that goes on."""

    work: Callable[..., Progress]
    run: int | None = None
    paths: tuple[Path, ...] = ()


class Imports(QObject):
    """The imports that were asked for: one runs, the others wait."""

    started = Signal()
    outcomes = Signal(object)  # tuple of Row
    progressed = Signal(object)  # Progress
    finished = Signal(object)  # Progress, or None where it failed
    failed = Signal(object)  # the exception

    def __init__(self, library: Library, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._queue: list[_Asked] = []
        self._lock = threading.Lock()
        self._new: list[Row] = []
        self._newest: Progress | None = None
        self._stop = threading.Event()
        self.running = False
        self.resumed: int | None = None  # the id of the earlier import that goes on
        self.paths: tuple[Path, ...] = ()  # that the import which runs was asked for
        self.progress: Progress | None = None
        self.rows: list[Row] = []  # of the import that runs, or that ran last
        self._timer = QTimer(self)
        self._timer.setInterval(TELL_EVERY_MS)
        self._timer.timeout.connect(self._tell)

    def add(self, paths: Sequence[Path], *, tag: str | None = None) -> None:
        """Import paths now, or behind what is being imported."""
        library, chosen = self._library, tuple(paths)
        self._ask(
            _Asked(
                lambda **named: library.import_files(chosen, tag=tag, **named),
                paths=tuple(path.absolute() for path in chosen),
            )
        )

    def resume(self, run: int) -> None:
        """Go on with an import that was stopped or interrupted, now or behind what is imported."""
        library = self._library
        self._ask(_Asked(lambda **named: library.resume_import(run, **named), run))

    def attachments(self, document: int, numbers: Sequence[int]) -> None:
        """Import attachments of a document, now or behind what is being imported."""
        library, chosen = self._library, tuple(numbers)
        self._ask(_Asked(lambda **named: library.import_attachments(document, chosen, **named)))

    def stop(self) -> None:
        """Stop the import that runs and forget those that wait."""
        self._queue.clear()
        self._stop.set()

    @property
    def waiting(self) -> int:
        """How many imports wait for the one that runs."""
        return len(self._queue)

    def _ask(self, asked: _Asked) -> None:
        self._queue.append(asked)
        if not self.running:
            self._begin()

    def _begin(self) -> None:
        asked = self._queue.pop(0)
        self._stop = stop = threading.Event()
        self.running = True
        self.resumed = asked.run
        self.paths = asked.paths
        self.progress = None
        self.rows = []
        self.started.emit()
        self._timer.start()

        def work() -> Progress:
            return asked.work(
                stop=stop, on_outcome=self._take_outcome, on_progress=self._take_progress
            )

        self._tasks.run(work, self._over, self._gone_wrong, lane=Lane.LONG)

    def _take_outcome(self, outcome: Outcome) -> None:
        rows = rows_of((outcome,))
        with self._lock:
            self._new += rows

    def _take_progress(self, progress: Progress) -> None:
        with self._lock:
            self._newest = progress

    def _tell(self) -> None:
        with self._lock:
            new, self._new = self._new, []
            newest, self._newest = self._newest, None
        if new:
            self.rows.extend(new)
            self.outcomes.emit(tuple(new))
        if newest is not None:
            self.progress = newest
            self.progressed.emit(newest)

    def _over(self, progress: Progress) -> None:
        self._end()
        self.progress = progress
        self.finished.emit(progress)
        if self._queue:
            self._begin()

    def _gone_wrong(self, error: Exception) -> None:
        self._end()
        self._queue.clear()
        self.failed.emit(error)
        self.finished.emit(None)

    def _end(self) -> None:
        self._timer.stop()
        self._tell()
        self.running = False
