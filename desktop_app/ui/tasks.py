"""The only threads of the window: work goes out, answers come back on the window's thread.

Nothing here knows the library. Its promise: `done` and `failed` are called on the thread that made
the Tasks, one at a time, and of all the work under one key only the newest answer is delivered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import (
    QElapsedTimer,
    QEventLoop,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
)

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Lane(Enum):
    """Which queue work waits in."""

    READ = "read"  # several at once
    SEARCH = "search"  # one, so that what is no longer asked never begins and no row waits for it
    CHANGE = "change"  # one after the other, in the order in which they were asked
    LONG = "long"  # imports, backups: they must not hold up a change
    LINES = "lines"  # gathering a concordance: one that is let go of ends before the next begins
    COMPARE = "compare"  # two people's tags, likewise


_THREADS = {
    Lane.READ: 3,
    Lane.SEARCH: 1,
    Lane.CHANGE: 1,
    Lane.LONG: 2,
    Lane.LINES: 1,
    Lane.COMPARE: 1,
}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a piece of work: its value, or the exception that ended it."""

    ticket: int
    value: object
    error: Exception | None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is to be done with an answer."""

    done: Callable[..., None] | None
    failed: Callable[[Exception], None] | None
    key: str | None


class _Work(QRunnable):
    """A piece of work on its way through a thread."""

    def __init__(self, tasks: Tasks, ticket: int, key: str | None, work: Callable[[], object]):
        super().__init__()
        self._tasks = tasks
        self._ticket = ticket
        self._key = key
        self._work = work

    def run(self) -> None:
        """Run the work, unless newer work under the same key has made it needless."""
        value: object = None
        error: Exception | None = None
        if self._tasks.is_wanted(self._ticket, self._key):
            try:
                value = self._work()
            except Exception as caught:  # noqa: BLE001 - handed on whole, to the window's thread
                error = caught
        self._tasks.answered.emit(_Answer(self._ticket, value, error))


class Tasks(QObject):
    """Run work beside the window and bring its answer back to it."""

    answered = Signal(object)  # from a thread, on its way to the window
    delivered = Signal()  # an answer has been dealt with
    went_wrong = Signal(object)  # the exception of work that was given no `failed`

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[Lane, QThreadPool] = {}
        for lane, threads in _THREADS.items():
            pool = QThreadPool(self)
            pool.setMaxThreadCount(threads)
            self._pools[lane] = pool
        self._waiting: dict[int, _Waiting] = {}
        self._newest: dict[str, int] = {}
        self._tickets = 0
        self.answered.connect(self._deliver)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str | None = None,
        lane: Lane = Lane.READ,
    ) -> None:
        """Run work in a thread and call done with what it returns, or failed with what it raised.

        key: newer work under the same key makes this needless: it is not begun if it still waits,
        and its answer is dropped. Without `failed`, an exception goes out by `went_wrong`.
        """
        self._tickets += 1
        ticket = self._tickets
        self._waiting[ticket] = _Waiting(done, failed, key)
        if key is not None:
            self._newest[key] = ticket
        self._pools[lane].start(_Work(self, ticket, key, work))

    def forget(self, key: str) -> None:
        """Drop the answer that is under way for a key."""
        self._newest.pop(key, None)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._waiting)

    def is_wanted(self, ticket: int, key: str | None) -> bool:
        """Tell, from any thread, whether an answer would still be delivered."""
        return key is None or self._newest.get(key) == ticket

    def wait(self, timeout_ms: int = 5000) -> bool:
        """Let events run until every answer has been delivered; False when the time was not enough."""
        clock = QElapsedTimer()
        clock.start()
        while self._waiting:
            left = timeout_ms - clock.elapsed()
            if left <= 0:
                return False
            loop = QEventLoop()
            self.delivered.connect(loop.quit)
            QTimer.singleShot(int(left), loop, loop.quit)
            loop.exec()
            self.delivered.disconnect(loop.quit)
        return True

    def _deliver(self, answer: _Answer) -> None:
        try:
            self._hand_over(answer, self._waiting.pop(answer.ticket))
        finally:
            self.delivered.emit()

    def _hand_over(self, answer: _Answer, waiting: _Waiting) -> None:
        if not self.is_wanted(answer.ticket, waiting.key):
            if answer.error is not None:
                _log.info("an answer that nobody waits for any more had failed: %r", answer.error)
            return
        if waiting.key is not None:
            del self._newest[waiting.key]
        if answer.error is None:
            if waiting.done is not None:
                waiting.done(answer.value)
        elif waiting.failed is not None:
            waiting.failed(answer.error)
        else:
            self.went_wrong.emit(answer.error)
