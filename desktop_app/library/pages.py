"""The pages of a PDF as its file has them: drawn when they are asked for, with their letters."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.pages import PageImage, PageLetters, PageMark
from desktop_app.core.pdf_places import Drawn, pages_of, quads_of
from desktop_app.core.text import Text
from desktop_app.formats.process.pages import Asked, Opened, PageProcess, Part

__all__ = ["Asked", "PageBook", "Part"]

_LETTERS_KEPT = 64  # pages

_log = logging.getLogger(__name__)

T = TypeVar("T")


class PageBook:
    """The pages of one document, counted from 1. May be used from any thread.

    count: how many there are.
    """

    def __init__(self, process: PageProcess, opened: Opened) -> None:
        self._process = process
        self._opened = opened
        self._lock = threading.Lock()
        self._letters: OrderedDict[int, PageLetters] = OrderedDict()
        self._closed = False
        self.closing: Callable[[], None] = lambda: None  # what else ends with it
        self.count = len(opened.sizes) // 2

    def size(self, n: int) -> tuple[float, float]:
        """Width and height of a page in points, as it is shown; known without drawing it."""
        if not 1 <= n <= self.count:
            raise BadUsage(f"There is no page {n:,}.")
        return self._opened.sizes[2 * n - 2], self._opened.sizes[2 * n - 1]

    def draw(
        self, n: int, scale: float, *, rotation: int = 0, part: Part | None = None
    ) -> PageImage:
        """Draw a page and wait for it; Problem where it cannot be drawn.

        scale: pixels for a point. rotation: quarters, clockwise, on top of the page's own. part:
        left, top, width, height in pixels of the whole page; only that much of it is drawn.
        """
        return _waited(
            PageImage, lambda done: self.ask(n, scale, done, rotation=rotation, part=part)
        )

    def ask(
        self,
        n: int,
        scale: float,
        done: Callable[[PageImage | Problem], None],
        *,
        rotation: int = 0,
        part: Part | None = None,
    ) -> Asked:
        """Have a page drawn without waiting; what is asked last is drawn first.

        done: is called with the picture or with why not, on another thread, and maybe before this
        returns. After `cancel` of what this returns an answer that is on its way may still come.
        The rest as of draw.
        """
        return self._process.draw(self._opened, n, scale, done, turns=rotation, part=part)

    def letters(self, n: int) -> PageLetters:
        """The letters of a page and where they stand; Problem where they cannot be read."""
        with self._lock:
            known = self._letters.get(n)
            if known is not None:
                self._letters.move_to_end(n)
                return known
        read = _waited(PageLetters, lambda done: self._process.letters(self._opened, n, done))
        with self._lock:
            self._letters[n] = read
            while len(self._letters) > _LETTERS_KEPT:
                self._letters.popitem(last=False)
        return read

    def places(self, text: Text, start: int, end: int) -> Drawn:
        """Where a passage of the document's text stands; what does not fit the pages is told.

        What a highlight keeps are the quads of its first page: `Drawn.on(Anchor.page)`.
        """
        letters: dict[int, PageLetters] = {}
        for page in pages_of(text, start, end):
            try:
                letters[page] = self.letters(page)
            except Problem as problem:
                _log.info("the letters of page %d cannot be had: %s", page, problem.message)
        return quads_of(text, letters, start, end)

    def annotated(self, marks: Sequence[PageMark]) -> bytes:
        """A copy of the PDF with marks on its pages; Problem where it cannot be made."""
        return self._process.annotated(self._opened, marks)

    def close(self) -> None:
        """Let the pages go; what is still to be drawn is not."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._letters.clear()
        self._process.close_document(self._opened)
        self.closing()


def _waited(kind: type[T], ask: Callable[[Callable[[T | Problem], None]], object]) -> T:
    come = threading.Event()
    answers: list[T | Problem] = []

    def done(answer: T | Problem) -> None:
        answers.append(answer)
        come.set()

    ask(done)
    come.wait()
    answer = answers[0]
    if not isinstance(answer, kind):
        assert isinstance(answer, Problem)
        raise answer
    return answer
