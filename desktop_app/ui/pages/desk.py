"""Who has pages opened, drawn and read for the view: the library does it, beside the window.

One page is drawn at a time, so that what is no longer wanted is never waited for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from desktop_app.core.errors import Problem
from desktop_app.core.pages import PageImage
from desktop_app.core.pdf_places import PageMap
from desktop_app.core.text import Text
from desktop_app.ui.pages.places import PageRanges
from desktop_app.ui.pages.shelf import Drawn, Wanted
from desktop_app.ui.pages.view import PagesView
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.library.library import Library
    from desktop_app.library.pages import Asked, PageBook

_log = logging.getLogger(__name__)

Sizes = Sequence[tuple[float, float]]
Opened = tuple[Sizes, PageRanges]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a page that was asked for. book: counts the books that were opened."""

    book: int
    wanted: Wanted
    outcome: QImage | Problem


class PageDesk(QObject):
    """Opens one document's pages at a time, and supplies a view with them."""

    opened = Signal(int, object)  # document, Opened: sizes in points, and what stands where
    failed = Signal(int, object)  # document, Problem: its pages cannot be shown
    _came = Signal(object)  # _Answer, from the thread of the drawing process

    def __init__(self, session: Session, view: PagesView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._book: PageBook | None = None
        self._number = 0
        self._drawing: tuple[Wanted, Asked] | None = None
        self._reading: int | None = None
        # Queued: an answer may come before asking returns, and on this thread.
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        view.wants_changed.connect(self._look)
        session.closing.connect(self.close)

    @property
    def busy(self) -> bool:
        """Whether a page is being drawn."""
        return self._drawing is not None

    def open(self, document: int, text: Text) -> None:
        """Open the pages of a document; those that were open are let go."""
        self.close()
        number = self._number

        def work(library: Library) -> tuple[PageBook, Opened] | None:
            book = library.pages(document)
            if book is None:
                return None
            sizes = [book.size(page) for page in range(1, book.count + 1)]
            return book, (sizes, PageRanges(text, book.count))

        def came(found: tuple[PageBook, Opened] | None) -> None:
            if number != self._number:
                if found is not None:
                    found[0].close()
            elif found is None:
                self.failed.emit(document, Problem("This document has no pages of its own."))
            else:
                self._book = found[0]
                self.opened.emit(document, found[1])
                self._look()

        def failed(error: Exception) -> None:
            if number == self._number:
                self.failed.emit(document, error)

        # Without a key: a book that comes too late has to be closed.
        self._session.read(work, came, failed)

    @Slot()
    def close(self) -> None:
        """Let the pages go; what is being drawn is not waited for."""
        self._number += 1
        if self._drawing is not None:
            self._drawing[1].cancel()
        self._drawing = self._reading = None
        if self._book is not None:
            self._book.close()
            self._book = None

    @Slot()
    def _look(self) -> None:
        """Have done what the view wants most now."""
        if self._book is None:
            return
        self._look_for_letters()
        wanted = self._view.next_wanted()
        if self._drawing is not None:
            before, asked = self._drawing
            if wanted is None or wanted == before or self._view.still_wants(before):
                return
            asked.cancel()
            self._drawing = None
        if wanted is not None:
            asked = self._book.ask(
                wanted.page + 1, wanted.scale, self._teller(wanted), rotation=wanted.turns
            )
            self._drawing = wanted, asked

    def _teller(self, wanted: Wanted) -> Callable[[PageImage | Problem], None]:
        number = self._number

        def tell(answer: PageImage | Problem) -> None:
            outcome = answer if isinstance(answer, Problem) else picture(answer)
            self._came.emit(_Answer(number, wanted, outcome))

        return tell

    @Slot(object)
    def _take(self, answer: _Answer) -> None:
        if answer.book != self._number:
            return
        if self._drawing is not None and self._drawing[0] == answer.wanted:
            self._drawing = None
        if answer.wanted.turns != self._view.turns:
            pass  # the pages were turned meanwhile
        elif isinstance(answer.outcome, Problem):
            self._view.supply_failure(answer.wanted.page, str(answer.outcome))
        else:
            self._view.supply(answer.wanted.page, Drawn(answer.outcome, answer.wanted.scale))
        self._look()

    def _look_for_letters(self) -> None:
        page, text, book = self._view.next_letters(), self._view.text, self._book
        if page is None or text is None or book is None or self._reading is not None:
            return
        self._reading = page
        number = self._number

        def came(known: PageMap | None) -> None:
            if number != self._number:
                return
            self._reading = None
            if self._view.text is text:
                self._view.supply_letters(page, known)
            self._look()

        def failed(error: Exception) -> None:
            if not isinstance(error, Problem):
                _log.error("the letters of a page could not be read", exc_info=error)
            came(None)

        self._session.read(
            lambda _library: PageMap(text, page + 1, book.letters(page + 1)), came, failed
        )


def picture(drawn: PageImage) -> QImage:
    """The picture of a page, for painting."""
    image = QImage(
        drawn.pixels, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGB32
    )
    return image.copy()  # of its own bytes: those of the answer may go
