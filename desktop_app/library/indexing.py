"""The index of an open library, kept in this process or in one of its own.

Both kinds have the same methods. A process of its own answers while it indexes and leaves this
one's threads alone; it only reads the library. Which rows of the queue it has taken in comes back
here, where they are deleted, since only the process that opened the library writes to it.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Collection, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop_app.core.errors import Problem
from desktop_app.core.query_tree import Near, Or, Said
from desktop_app.library import index_child
from desktop_app.library.index_child import read_answer, read_state, written_parts
from desktop_app.library.index_state import Asked, IndexState, nothing
from desktop_app.library.looking import READINGS
from desktop_app.library.mirroring import Mirroring
from desktop_app.store.store import Store

__all__ = ["IndexProcess", "IndexState", "InlineIndex"]

log = logging.getLogger(__name__)

_ANSWER_S = 60.0
_LARGEST_TIDIED = 1_000  # documents merged while somebody waits
_ENDING_S = 5.0
_MOST_STARTS = 5  # in so many seconds:
_STARTS_WITHIN_S = 60.0

Listener = Callable[[IndexState], None]


class InlineIndex:
    """The index in this process: for the terminal, and for a library that is only read.

    It takes nothing in by itself, only while somebody waits for it to be current. Over a store
    that is read only it never writes, and answers with what another process has written.
    """

    def __init__(self, store: Store, cache: Path) -> None:
        self._store = store
        self._cache = cache
        self._lock = threading.RLock()  # held while the index is opened or closed
        self._stepping = threading.RLock()  # held by the one thread that takes documents in
        self._opened: Mirroring | None = None
        self._listeners: list[Listener] = []

    def _mirroring(self) -> Mirroring:
        with self._lock:
            if self._opened is None:
                made = Mirroring(self._store, self._cache, writing=not self._store.read_only)
                made.open()
                self._opened = made
            return self._opened

    def kick(self) -> None:
        """Hear that something changed; nothing is done about it yet."""

    def ask(self, parts: Sequence[Said | Near | Or], among: Collection[int] | None = None) -> Asked:
        """Answer parts of a query. among: ids of the only documents looked at; None: all."""
        return self._mirroring().ask(parts, among)

    def look(self, reading: str, argument: Any) -> tuple[Any, bytes]:
        """Carry out a reading of library/looking.py, here and now."""
        with self._store.read() as snapshot:
            read, body = READINGS[reading](snapshot, argument)
        # As from a process of its own, where letters and lists are all there is.
        return json.loads(json.dumps(read)), body

    def near_spellings(self, form: str, limit: int) -> list[tuple[str, int]]:
        """Words that may be other spellings of a word, the likest first; each with its documents."""
        return self._mirroring().near_spellings(form, limit)

    def beginning_with(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin so, those of most documents first; each with its documents."""
        return self._mirroring().beginning_with(prefix, limit)

    def state(self) -> IndexState:
        """How far the index is behind."""
        return self._mirroring().state()

    def on_state(self, listener: Listener) -> None:
        """Call the listener after each batch, on the thread that waits."""
        self._listeners.append(listener)

    def wait_until_current(self, timeout_s: float | None = None) -> bool:
        """Take in what is behind; False where the time ran out or the index cannot be written."""
        until = None if timeout_s is None else time.monotonic() + timeout_s
        with self._stepping:
            mirroring = self._mirroring()
            self._delete(mirroring.take_done())
            while mirroring.step():
                self._delete(mirroring.take_done())
                for listener in self._listeners:
                    listener(mirroring.state())
                if until is not None and time.monotonic() > until:
                    break
            current = mirroring.state().waiting == 0
            if current:
                mirroring.tidy(largest=_LARGEST_TIDIED)
            return current

    def _delete(self, rows: list[int]) -> None:
        if rows and not self._store.read_only:
            with self._store.write() as work:
                work.queue.done(rows)

    def rebuild(self) -> None:
        """Make the index anew when it is next waited for, also after the library was restored."""
        with self._stepping, self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
            self._mirroring().rebuild()

    def close(self) -> None:
        """Let go of the index; what is behind is taken in another time."""
        with self._stepping, self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None


class IndexProcess:
    """The index in a process of its own, which ends when this one does, however that comes."""

    def __init__(self, store: Store, cache: Path) -> None:
        self._store = store
        self._cache = cache
        self._changed = threading.Condition()
        self._state = IndexState()
        self._listeners: list[Listener] = []
        self._answers: dict[int, bytes] = {}
        self._number = 0
        self._run = 0  # how many children have ended
        self._given_up = False
        self._starts: list[float] = []
        self._closing = False
        self._process: BaseProcess | None = None
        self._to_child: Connection | None = None
        self._sending = threading.Lock()
        self.start()

    @property
    def pid(self) -> int | None:
        """The process id of the child, None where there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child where none runs; it was started already by making this object."""
        with self._changed:
            if self._closing or (self._process is not None and self._process.is_alive()):
                return
            now = time.monotonic()
            self._starts = [at for at in self._starts if now - at < _STARTS_WITHIN_S]
            if len(self._starts) >= _MOST_STARTS:
                self._given_up = True
                self._state = IndexState(
                    note="The search index keeps failing. Documents are safe; start Postil again."
                )
                self._changed.notify_all()
                return
            self._starts.append(now)
            context = multiprocessing.get_context("spawn")
            child_reads, to_child = context.Pipe(duplex=False)
            from_child, child_writes = context.Pipe(duplex=False)
            process = context.Process(
                target=index_child.main,
                args=(str(self._store.folder), str(self._cache), child_reads, child_writes),
                name="postil-index",
                daemon=True,
            )
            process.start()
            child_reads.close()
            child_writes.close()
            self._process, self._to_child = process, to_child
            self._changed.notify_all()
            threading.Thread(
                target=self._listen, args=(from_child, process), name="index-listener", daemon=True
            ).start()

    def kick(self) -> None:
        """Tell the child that something changed."""
        self._send({"do": "kick"})

    def ask(self, parts: Sequence[Said | Near | Or], among: Collection[int] | None = None) -> Asked:
        """Answer parts of a query; with nothing, and a backlog, where the child does not answer."""
        inside = None if among is None else list(among)
        message: dict[str, object] = {"do": "ask", "parts": written_parts(parts), "among": inside}
        for _ in range(2):  # once more where the child ended meanwhile
            answer = self._request(message, _ANSWER_S)
            if answer is not None:
                return read_answer(answer)
        return Asked(nothing(len(parts)), backlog=max(self._state.total, 1))

    def look(self, reading: str, argument: Any) -> tuple[Any, bytes]:
        """Carry out a reading of library/looking.py in the child; Problem where that fails.

        Questions of other threads come between two calls, not into one: keep each short.
        """
        for _ in range(2):  # once more where the child ended meanwhile
            message = {"do": "look", "reading": reading, "argument": argument}
            answer = self._request(message, _ANSWER_S)
            if answer is not None:
                head, body = index_child.split(answer)
                if "read" in head:
                    return head["read"], body
                break
        raise Problem(
            "Texts could not be read where the search index is kept.",
            "Documents are safe; search again.",
        )

    def near_spellings(self, form: str, limit: int) -> list[tuple[str, int]]:
        """Words that may be other spellings of a word, the likest first; each with its documents."""
        return self._words("near_spellings", form, limit)

    def beginning_with(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin so, those of most documents first; each with its documents."""
        return self._words("beginning_with", prefix, limit)

    def _words(self, do: str, form: str, limit: int) -> list[tuple[str, int]]:
        """Words from the child; none where it does not answer."""
        for _ in range(2):  # once more where the child ended meanwhile
            answer = self._request({"do": do, "form": form, "limit": limit}, _ANSWER_S)
            if answer is not None:
                return [(word, count) for word, count in index_child.split(answer)[0]]
        return []

    def state(self) -> IndexState:
        """How far the index was behind when the child last said so."""
        return self._state

    def on_state(self, listener: Listener) -> None:
        """Call the listener whenever the index has moved on, on a thread of its own."""
        self._listeners.append(listener)

    def wait_until_current(self, timeout_s: float | None = None) -> bool:
        """Wait until all that was changed before this call is in the index; False on time out."""
        until = None if timeout_s is None else time.monotonic() + timeout_s
        while True:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return False
            run = self._run
            answer = self._request({"do": "wait"}, left)
            if answer is not None:
                return not read_state(answer).waiting
            if self._closing or self._given_up or self._run == run:
                return False

    def rebuild(self) -> None:
        """Make the index anew, also after the library was restored; searches go on meanwhile."""
        self._request({"do": "rebuild"}, _ANSWER_S)

    def close(self) -> None:
        """End the child; what it had not taken in is taken in another time."""
        with self._changed:
            self._closing = True
            process, to_child = self._process, self._to_child
            self._to_child = None
            self._changed.notify_all()
        if to_child is not None:
            with self._sending:
                to_child.close()
        if process is not None:
            process.join(_ENDING_S)
            if process.is_alive():
                process.kill()
                process.join(_ENDING_S)

    def _request(self, message: dict[str, object], timeout_s: float | None) -> bytes | None:
        """Send a message and wait for its answer; None where the child ended or the time ran out."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._to_child is not None or self._closing or self._given_up, timeout_s
            )
            self._number += 1
            number, run = self._number, self._run
        sent = self._send({**message, "number": number})
        with self._changed:
            # Not sent: the child has ended, and whoever asks again is to ask the next one.
            self._changed.wait_for(
                lambda: (
                    (sent and number in self._answers)
                    or self._closing
                    or self._given_up
                    or self._run != run
                ),
                timeout_s,
            )
            return self._answers.pop(number, None)

    def _send(self, message: dict[str, object]) -> bool:
        with self._sending:
            if self._to_child is None:
                return False
            try:
                self._to_child.send_bytes(index_child.to_bytes(message))
            except OSError:  # the child has ended; the listener starts another
                return False
            return True

    def _listen(self, from_child: Connection, process: BaseProcess) -> None:
        """Hear the child out until its pipe closes, then start another unless this is the end."""
        with from_child:
            while True:
                try:
                    head, body = index_child.split(from_child.recv_bytes())
                except (EOFError, OSError):
                    break
                self._hear(head, body)
        process.join()
        with self._changed:
            self._to_child, pipe = None, self._to_child
            self._run += 1
            self._changed.notify_all()
        if pipe is not None:
            with self._sending:
                pipe.close()
        if threading.main_thread().is_alive():
            self.start()

    def _hear(self, head: dict[str, object], body: bytes) -> None:
        done = head.get("done")
        if done and not self._closing:
            try:
                with self._store.write() as work:
                    work.queue.done(list(done))  # type: ignore[call-overload]
            except Problem as problem:  # the rows stay and are reported again by the next child
                log.warning("the index queue could not be emptied: %s", problem)
        if "number" in head:
            with self._changed:
                self._answers[int(str(head["number"]))] = body
                self._changed.notify_all()
        if "state" in head:
            self._state = read_state(index_child.to_bytes(head["state"]))
            for listener in list(self._listeners):
                listener(self._state)
