"""The parent's side of the process that draws pages of PDFs.

What was asked for last is done first: somebody who scrolls wants to see what is in view now. One
thread starts the process, asks it, watches the clock, and ends the process when nothing was asked
for a while. A page on which it crashes or hangs costs that page: the process is made anew for the
others. Everything may be called from any thread.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import SpawnProcess
from typing import Any

from desktop_app.core.errors import Problem
from desktop_app.core.pages import PageImage, PageLetters, PageMark
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import USUAL, Limits
from desktop_app.formats.process import page_child as wire
from desktop_app.formats.process.answers import failed, read_refusal
from desktop_app.formats.process.bulk import receive_bulk
from desktop_app.formats.process.child import MEMORY
from desktop_app.formats.process.page_answers import (
    closed,
    crashed,
    hung,
    read_answer,
    read_head,
    read_numbers,
)
from desktop_app.formats.process.starting import Gone, Running, begin

_IDLE_S = 900.0  # somebody reads a page for a while, and the next one is to be there at once
_REST_S = 20.0  # where no document is open any more
_MOST_BYTES = 1_000_000_000
_TRIES = 2  # a process that ends once may have been ended by somebody else
_log = logging.getLogger(__name__)

Part = tuple[int, int, int, int]
Answer = Any


@dataclass(eq=False, slots=True)
class Asked:
    """Something that was asked of the process; it may be taken back."""

    letter: bytes
    document: Opened
    page: int
    what: dict[str, Any]
    done: Callable[[Answer], None]  # with a page's picture or letters, or why not
    taken_back: bool = False

    def cancel(self) -> None:
        """Want it no longer; if it was not begun, it is not. What is on its way may still come."""
        self.taken_back = True


@dataclass(eq=False, slots=True)
class Opened:
    """A document of which pages are drawn. read: fetches its bytes, each time they are needed.

    sizes: width and height of each page in points as it is shown, once it is known. bad: pages
    that ended the process, and what is said of them.
    """

    number: int
    read: Callable[[], bytes]
    sizes: array[float] = field(default_factory=lambda: array("d"))
    bad: dict[int, Refused] = field(default_factory=dict)
    closed: bool = False


class _TooLong(Exception):
    """The time was up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class PageProcess:
    """Draws pages in a process of its own, which is started with the first one."""

    def __init__(self, limits: Limits = USUAL, *, idle_s: float = _IDLE_S) -> None:
        self._limits = limits
        self._idle_s = idle_s
        self._changed = threading.Condition()
        self._stack: list[Asked] = []
        self._to_close: list[Opened] = []
        self._count = 0
        self._keeper: threading.Thread | None = None
        self._child: Running | None = None
        self._starting: SpawnProcess | None = None
        self._in_child: set[int] = set()
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The process's id; None while there is none."""
        with self._changed:
            return self._child.process.pid if self._child else None

    @property
    def layers(self) -> tuple[str, ...]:
        """What holds the process back; empty while there is none."""
        with self._changed:
            return self._child.layers if self._child else ()

    def open(self, read: Callable[[], bytes]) -> Opened:
        """Open a document and wait for it; raises Problem. read: fetches its bytes."""
        with self._changed:
            self._count += 1
            opened = Opened(self._count, read)
        answer = self._wait_for(wire.OPEN, opened, 0, {})
        assert isinstance(answer, array)
        opened.sizes = answer
        return opened

    def draw(
        self,
        opened: Opened,
        page: int,
        scale: float,
        done: Callable[[PageImage | Problem], None],
        *,
        turns: int = 0,
        part: Part | None = None,
    ) -> Asked:
        """Have a page drawn; done is called on a thread of this process's own.

        page: from 1. scale: pixels for a point. turns: quarters, clockwise. part: left, top,
        width, height in pixels; only that much of it.
        """
        what = {"scale": scale, "turns": turns % 4, "part": part}
        return self._put_in(Asked(wire.DRAW, opened, page, what, done))

    def letters(
        self, opened: Opened, page: int, done: Callable[[PageLetters | Problem], None]
    ) -> Asked:
        """Have the letters of a page read; done as of draw."""
        return self._put_in(Asked(wire.LETTERS, opened, page, {}, done))

    def annotated(self, opened: Opened, marks: Sequence[PageMark]) -> bytes:
        """A copy of a document with marks on its pages, waited for; raises Problem."""
        what = {"marks": [wire.mark_out(mark) for mark in marks]}
        made = self._wait_for(wire.ANNOTATE, opened, 1, what)
        assert isinstance(made, bytes)
        return made

    def close_document(self, opened: Opened) -> None:
        """Let a document go; whoever still waits for a page of it is told that it is closed."""
        with self._changed:
            opened.closed = True
            left = [asked for asked in self._stack if asked.document is opened]
            self._stack = [asked for asked in self._stack if asked.document is not opened]
            self._to_close.append(opened)
            self._changed.notify_all()
        for asked in left:
            _tell(asked, closed())

    def close(self) -> None:
        """End the process; a closed one stays closed, and whoever waits is told."""
        with self._changed:
            self._closed = True
            if self._child:
                self._child.process.kill()
            elif self._starting:
                _kill(self._starting)
            self._changed.notify_all()
            keeper = self._keeper
        if keeper is not None and keeper is not threading.current_thread():
            keeper.join()

    def _wait_for(self, letter: bytes, opened: Opened, page: int, what: dict[str, Any]) -> Answer:
        come = threading.Event()
        answers: list[Answer] = []

        def done(answer: Answer) -> None:
            answers.append(answer)
            come.set()

        self._put_in(Asked(letter, opened, page, what, done))
        come.wait()
        if isinstance(answers[0], Problem):
            raise answers[0]
        return answers[0]

    def _put_in(self, asked: Asked) -> Asked:
        with self._changed:
            if not self._closed and not asked.document.closed:
                self._stack.append(asked)
                if self._keeper is None:
                    self._keeper = threading.Thread(target=self._keep, name="pages", daemon=True)
                    self._keeper.start()
                self._changed.notify_all()
                return asked
        _tell(asked, closed())
        return asked

    def _keep(self) -> None:
        """The thread that asks the process, and is its parent as the system counts it."""
        try:
            while (asked := self._next()) is not None:
                if not asked.taken_back:
                    _tell(asked, self._answer_or_why_not(asked))
        except Exception:  # noqa: BLE001 the next thing that is asked for begins another thread
            _log.exception("the thread that asks the drawing process has ended")
        finally:
            self._end_keeping()

    def _end_keeping(self) -> None:
        """End the process, and tell whoever still waits; nobody may wait for a thread that ended."""
        try:
            self._drop()
        finally:
            with self._changed:
                self._keeper = None
                left, self._stack = self._stack, []
                is_closed = self._closed
            for asked in left:
                _tell(asked, closed() if is_closed else failed("an error in Postil"))

    def _answer_or_why_not(self, asked: Asked) -> Answer:
        try:
            return self._answer(asked)
        except Problem as problem:
            return problem
        except Exception:  # noqa: BLE001 whoever waits has to be told
            _log.exception("a page could not be asked for")
            return failed("an error in Postil")

    def _next(self) -> Asked | None:
        """What was asked last; None where all is over. The process ends when it waits long."""
        while True:
            with self._changed:
                ready = self._changed.wait_for(
                    lambda: self._closed or self._stack or (self._to_close and self._child),
                    self._patience(),
                )
                if self._closed:
                    return None
                if self._stack:
                    return self._stack.pop()
                to_close, self._to_close = self._to_close, []
            if not ready:
                self._drop()
            for opened in to_close:
                self._let_go(opened)

    def _patience(self) -> float | None:
        """How many seconds nothing may be asked before the process ends; None: there is none."""
        if self._child is None:
            return None
        return self._idle_s if self._in_child else min(self._idle_s, _REST_S)

    def _let_go(self, opened: Opened) -> None:
        if self._child is None or opened.number not in self._in_child:
            return
        self._in_child.discard(opened.number)
        try:
            self._say(wire.CLOSE, {"document": opened.number}, self._limits.page_s)
        except (Gone, Refused, _TooLong):
            self._drop()

    def _answer(self, asked: Asked) -> Answer:
        """What the process has to say; raises Refused."""
        opened = asked.document
        if asked.page in opened.bad and asked.letter != wire.ANNOTATE:
            raise opened.bad[asked.page]
        what = {"document": opened.number, "page": asked.page, **asked.what}
        for _ in range(_TRIES):
            try:
                sizes = self._open_in_child(opened)
                if asked.letter == wire.OPEN:
                    return sizes
                if not 1 <= asked.page <= len(opened.sizes) // 2:
                    raise Refused(f"There is no page {asked.page:,}.")
                raw = self._say(asked.letter, what, self._seconds(asked))
                if raw[:1] == wire.NOT_OPEN:
                    self._in_child.discard(opened.number)
                    continue
                if asked.letter == wire.DRAW:
                    return self._picture(raw)
                try:
                    return read_answer(raw, asked.letter)
                except ValueError as error:
                    _log.error("the drawing process gave an answer that is not sound: %s", error)
                    raise Gone from error
            except Gone:
                self._drop()
                if self._closed:
                    raise closed() from None
            except _TooLong as late:
                self._drop()
                raise self._bad(asked, hung(asked.letter, asked.page, late.seconds)) from None
        raise self._bad(asked, crashed(asked.letter, asked.page))

    def _picture(self, raw: bytes) -> PageImage:
        """A picture, of which raw is the head; raises Gone where it is none, or _TooLong."""
        assert self._child is not None
        seconds = self._limits.page_s
        try:
            width, height, shape = read_head(raw, self._limits.page_pixels)
            pixels = receive_bulk(self._child.connection, 4 * width * height, seconds)
        except (EOFError, OSError, ValueError) as error:
            _log.error("the drawing process gave a picture that is not sound: %s", error)
            raise Gone from error
        if pixels is None:
            raise _TooLong(seconds)
        return PageImage(width, height, pixels, shape)

    def _seconds(self, asked: Asked) -> float:
        """How long an answer may take; a whole document may take longer than a page."""
        whole = asked.letter == wire.ANNOTATE
        return self._limits.longest_s if whole else self._limits.page_s

    def _bad(self, asked: Asked, refused: Refused) -> Refused:
        """Remember a page that ended the process, so that it does so once."""
        if asked.letter != wire.ANNOTATE:
            asked.document.bad[asked.page] = refused
        return refused

    def _open_in_child(self, opened: Opened) -> array[float]:
        if self._child is None:
            self._begin()
        if opened.number in self._in_child:
            return opened.sizes
        content = opened.read()
        raw = self._say(
            wire.OPEN, {"document": opened.number}, self._limits.seconds(len(content)), content
        )
        if raw[:1] != wire.SIZES:
            raise Gone
        self._in_child.add(opened.number)  # until it says that it had to close it for others
        try:
            sizes = read_numbers(raw[1:])
        except ValueError as error:
            raise Gone from error
        if not sizes or len(sizes) % 2 or min(sizes) <= 0:
            raise Gone
        return sizes

    def _begin(self) -> None:
        try:
            child = begin(wire.serve, self._limits, self._on_start)
            with self._changed:
                self._child = child
                self._in_child = set()
                if self._closed:
                    child.process.kill()
        finally:
            with self._changed:
                self._starting = None

    def _on_start(self, process: SpawnProcess) -> None:
        with self._changed:
            self._starting = process
            if self._closed:
                process.kill()

    def _say(self, letter: bytes, what: dict[str, Any], seconds: float, *more: bytes) -> bytes:
        """The answer to a request; raises Refused where it is a refusal, Gone, or _TooLong."""
        assert self._child is not None
        connection = self._child.connection
        try:
            connection.send_bytes(letter + json.dumps(what).encode("ascii"))
            for frame in more:
                connection.send_bytes(frame)
            if not connection.poll(seconds):
                raise _TooLong(seconds)
            raw = connection.recv_bytes(_MOST_BYTES)
        except (EOFError, OSError) as error:
            raise Gone from error
        if raw == MEMORY:
            raise Gone
        try:
            refused = read_refusal(raw)
        except ValueError as error:
            raise Gone from error
        if refused is not None:
            raise refused
        return raw

    def _drop(self) -> None:
        with self._changed:
            child, self._child = self._child, None
            self._in_child = set()
        if child is not None:
            child.end()


def _kill(process: SpawnProcess) -> None:
    with contextlib.suppress(ValueError):  # it ended by itself meanwhile, and was put away
        process.kill()


def _tell(asked: Asked, answer: Answer) -> None:
    """Give an answer; whoever asked may be gone meanwhile, and is to stop nobody else."""
    if asked.taken_back:
        return
    try:
        asked.done(answer)
    except Exception:  # noqa: BLE001 it is code of whoever asked
        _log.exception("the answer about a page could not be given")
