"""The parent's side of the process that reads foreign files.

Documents are read in the order they are put in, each has one answer, and what one of them does to
the child costs that one alone: it is refused with the reason, the child is started again, and those
behind it are read there. A thread starts the child, listens to it and watches the clock; another
feeds it, so that it has work while the caller writes.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

from desktop_app.core.folding_rules import Phrase
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import USUAL, Limits
from desktop_app.formats.process import child as wire
from desktop_app.formats.process.answers import TakenOut, failed, read_answer, took_too_long
from desktop_app.formats.process.confinement import LAYERS

_AHEAD = 256  # more than a batch, so that it has work while one is made durable
_AHEAD_BYTES = 32_000_000
_START_S = 60.0
_STARTS = 3  # how often a child that does not come up is started before all is refused
_LONGEST_ANSWER = 600_000_000
_log = logging.getLogger(__name__)


class _Gone(Exception):
    """The child ended, or said something it should not have."""


@dataclass(slots=True)
class _Task:
    key: int
    file: File
    submitted: float
    attachment: int | None = None  # to be taken out, instead of reading the text
    crashes: int = 0


@dataclass(slots=True)
class _Child:
    """A running child. free_since: when it last had nothing in hand, by the monotonic clock."""

    process: SpawnProcess
    connection: Connection
    free_since: float
    feeder: threading.Thread | None = None
    sent: int = 0  # how many of the waiting tasks it has been given
    ended: bool = field(default=False)


class Worker:
    """Read foreign files in a process of its own. For one caller's thread at a time.

    own_phrases: what the user changed of the phrases to fold; it holds for what is sent from then on.
    """

    def __init__(self, *, limits: Limits = USUAL, own_phrases: tuple[Phrase, ...] = ()) -> None:
        self.own_phrases = own_phrases
        self._limits = limits
        self._changed = threading.Condition()
        self._tasks: deque[_Task] = deque()
        self._answers: deque[tuple[int, Extract | TakenOut | Refused, int]] = deque()
        self._bytes = 0
        self._child: _Child | None = None
        self._layers: tuple[str, ...] = ()
        self._keeper: threading.Thread | None = None
        self._wanted = False
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def unanswered(self) -> int:
        """How many documents were put in whose answer has not been taken."""
        with self._changed:
            return len(self._tasks) + len(self._answers)

    @property
    def has_room(self) -> bool:
        """Whether the next document should be put in, or answers taken first."""
        with self._changed:
            count = len(self._tasks) + len(self._answers)
            return count < _AHEAD and self._bytes < _AHEAD_BYTES

    @property
    def process_id(self) -> int | None:
        """The child's process id; None while there is no child that is ready."""
        with self._changed:
            ready = self._child is not None and self._child.feeder is not None
            return self._child.process.pid if self._child and ready else None

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds the child back, as the last one that was started said; see confinement."""
        with self._changed:
            return self._layers

    def start(self) -> None:
        """Have the child started, without waiting for it."""
        with self._changed:
            if self._closed:
                raise RuntimeError("the worker is closed")
            self._wanted = True
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="worker", daemon=True)
                self._keeper.start()
            self._changed.notify_all()

    def submit(self, key: int, file: File) -> None:
        """Put a document in; returns at once."""
        self._put_in(_Task(key, file, time.monotonic()))

    def answer(self, timeout_s: float | None = None) -> tuple[int, Extract | Refused] | None:
        """Take the next answer, in the order of submission.

        None: nothing within timeout_s (None waits for ever), or nothing was put in.
        """
        answer = self._next_answer(timeout_s)
        if answer is None:
            return None
        key, outcome = answer
        if isinstance(outcome, TakenOut):
            raise TypeError("an attachment is taken out by its own verb")
        return key, outcome

    def _next_answer(
        self, timeout_s: float | None
    ) -> tuple[int, Extract | TakenOut | Refused] | None:
        with self._changed:
            self._changed.wait_for(
                lambda: self._answers or not self._tasks or self._closed, timeout_s
            )
            if not self._answers:
                return None
            key, outcome, size = self._answers.popleft()
            self._bytes -= size
            return key, outcome

    def extract(self, file: File) -> Extract:
        """Read one document and wait for it; raises Refused. Not while others are unanswered."""
        if self.unanswered:
            raise RuntimeError("other documents are being read")
        self.submit(0, file)
        got = self.answer()
        if got is None:
            raise RuntimeError("the worker was closed")
        if isinstance(got[1], Refused):
            raise got[1]
        return got[1]

    def attachment(self, file: File, number: int) -> tuple[str, bytes]:
        """Take an attachment out of a file and wait for it; raises Refused.

        number: as the file's extract lists them. Not while others are unanswered.
        """
        if self.unanswered:
            raise RuntimeError("other documents are being read")
        self._put_in(_Task(0, file, time.monotonic(), number))
        got = self._next_answer(None)
        if got is None:
            raise RuntimeError("the worker was closed")
        if isinstance(got[1], Refused):
            raise got[1]
        if not isinstance(got[1], TakenOut):
            raise TypeError("a text is no attachment")
        return got[1].name, got[1].content

    def wait_for_layers(self, timeout_s: float) -> tuple[str, ...] | None:
        """Start the child if need be, and tell what holds it back; None where it does not start."""
        self.start()
        with self._changed:
            self._changed.wait_for(
                lambda: (self._child and self._child.feeder) or not self._wanted or self._closed,
                timeout_s,
            )
            ready = self._child is not None and self._child.feeder is not None
            return self._layers if ready else None

    def forget(self) -> None:
        """Drop everything that is unanswered; a child that is busy with it is ended."""
        with self._changed:
            busy = bool(self._tasks)
            self._tasks.clear()
            self._answers.clear()
            self._bytes = 0
            self._wanted = False
            # One that is still coming up has nothing in hand.
            if self._child and self._child.feeder and busy:
                self._child.process.kill()
                self._child.ended = True
            self._changed.notify_all()

    def close(self) -> None:
        """End the child and drop what is unanswered. A closed worker stays closed."""
        with self._changed:
            self._closed = True
            self._tasks.clear()
            self._answers.clear()
            if self._child:
                self._child.process.kill()
            self._changed.notify_all()
        if self._keeper and self._keeper is not threading.current_thread():
            self._keeper.join()

    def _put_in(self, task: _Task) -> None:
        with self._changed:
            self._tasks.append(task)
            self._bytes += task.file.size
        self.start()

    def _keep(self) -> None:
        """The listening thread, which is also the child's parent as the system counts it."""
        failures = 0
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._closed or self._tasks or (self._wanted and not self._child)
                )
                if self._closed:
                    break
                child = self._child
                if child and (child.ended or not child.process.is_alive()):
                    child.ended = True
            if child and child.ended:
                self._drop(child)
                continue
            try:
                if child is None:
                    child = self._begin()
                    failures = 0
                self._listen(child)
            except _Gone:
                if child is not None:
                    self._drop(child)
                    continue
                failures += 1
                if failures >= _STARTS:
                    failures = 0
                    self._refuse_all()
        if self._child:
            self._drop(self._child)

    def _begin(self) -> _Child:
        """Start a child and wait until it is ready; raises _Gone."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=wire.serve, args=(theirs, self._limits, os.getpid()), daemon=True
        )
        process.start()
        theirs.close()
        child = _Child(process, ours, time.monotonic())
        with self._changed:
            self._child = child
            if self._closed:
                process.kill()
        try:
            if not ours.poll(_START_S):
                raise _Gone
            ready = ours.recv_bytes(200)
            if ready[:1] != wire.READY:
                raise _Gone
        except (EOFError, OSError, _Gone) as error:
            self._drop(child)
            raise _Gone from error
        child.free_since = time.monotonic()
        feeder = threading.Thread(target=self._feed, args=(child,), name="worker feed", daemon=True)
        feeder.start()
        with self._changed:
            child.feeder = feeder
            said = ready[1:].decode("ascii", "replace").split()
            self._layers = tuple(layer for layer in said if layer in LAYERS)
            self._changed.notify_all()
        return child

    def _feed(self, child: _Child) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: child.ended or child.sent < len(self._tasks))
                if child.ended:
                    return
                task = self._tasks[child.sent]
                child.sent += 1
            try:
                child.connection.send_bytes(
                    wire.request(task.file, self.own_phrases, attachment=task.attachment)
                )
            except OSError:
                return

    def _listen(self, child: _Child) -> None:
        """Take answers until nothing waits; raises _Gone once the child is of no more use."""
        while True:
            with self._changed:
                if child.ended:
                    raise _Gone
                if not self._tasks:
                    return
                task = self._tasks[0]
            seconds = self._limits.seconds(task.file.size)
            deadline = max(child.free_since, task.submitted) + seconds
            try:
                if not child.connection.poll(max(deadline - time.monotonic(), 0)):
                    self._settle(child, task, took_too_long(seconds))
                    raise _Gone
                raw = child.connection.recv_bytes(_LONGEST_ANSWER)
                outcome = read_answer(raw)
            except (EOFError, OSError) as error:
                self._crashed(child, task)
                raise _Gone from error
            except ValueError as error:
                _log.error("the reading process gave an answer that is not sound: %s", error)
                self._settle(child, task, failed("its text did not stand a check"))
                raise _Gone from error
            child.free_since = time.monotonic()
            self._settle(child, task, outcome)
            if raw == wire.MEMORY:
                raise _Gone

    def _crashed(self, child: _Child, task: _Task) -> None:
        """Refuse the document in hand if it ended two children; once may be somebody else's doing."""
        if child.ended or self._closed:
            return
        child.process.join(5)
        task.crashes += 1
        _log.warning("the reading process ended with code %s", child.process.exitcode)
        if task.crashes > 1:
            self._settle(child, task, failed("the process that reads files crashed on it"))

    def _settle(self, child: _Child, task: _Task, outcome: Extract | TakenOut | Refused) -> None:
        with self._changed:
            # It may have been forgotten meanwhile.
            if self._tasks and self._tasks[0] is task:
                self._tasks.popleft()
                child.sent -= 1
                self._answers.append((task.key, outcome, task.file.size))
                self._changed.notify_all()

    def _refuse_all(self) -> None:
        refused = Refused(
            "The process that reads files cannot be started.",
            "Restart Postil; if it goes on, there may be too little memory.",
        )
        with self._changed:
            self._wanted = False
            self._answers.extend((task.key, refused, task.file.size) for task in self._tasks)
            self._tasks.clear()
            self._changed.notify_all()

    def _drop(self, child: _Child) -> None:
        with self._changed:
            child.ended = True
            self._child = None
            self._changed.notify_all()
        child.process.kill()
        child.process.join()
        if child.feeder:
            child.feeder.join()
        child.connection.close()
        child.process.close()
