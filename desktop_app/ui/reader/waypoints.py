"""Where in a text one is, and where one can go: share read, page, and the contents behind a button."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.reader.bars import ReaderFooter, ReaderHeader, corner_below
from desktop_app.ui.reader.bookmark import WHOLE
from desktop_app.ui.reader.bylines import time_left
from desktop_app.ui.reader.contents import PageNumbers, contents_of, has_contents, place_in
from desktop_app.ui.reader.contents_popup import ContentsPopup
from desktop_app.ui.reader.sheets import Sheets

TOP = 0.04  # the share of the view above a chapter that one goes to


class Waypoints(QObject):
    """Joins the page with the contents button and with what the footer says of the place."""

    looked_up = Signal()  # one goes to a chapter: that is not reading

    def __init__(self, view: Sheets, header: ReaderHeader, footer: ReaderFooter) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._footer = footer
        self._document: Document | None = None
        self._pages: PageNumbers | None = None
        self._popup = ContentsPopup(view)
        self._popup.chosen.connect(self._go)
        header.contents.clicked.connect(self.open_contents)
        view.moved.connect(self._show_place)

    @property
    def has_contents(self) -> bool:
        """Whether there are chapters, headings or pages to go to."""
        return self._header.contents.isEnabled()

    def take(self, document: Document | None, text: Text | None) -> None:
        """Follow another text, or none."""
        self._document = document
        self._pages = PageNumbers(text) if text is not None else None
        self._header.contents.setEnabled(text is not None and has_contents(text))
        self._show_place()

    @Slot()
    def open_contents(self) -> None:
        """Open the list of chapters, headings or pages below its button."""
        text = self._view.text
        if text is not None and self.has_contents:
            entries = contents_of(text)
            here = place_in(entries, self._view.position())
            self._popup.open_with(entries, here, corner_below(self._header.contents))

    @Slot()
    def _show_place(self) -> None:
        if self._document is None or self._pages is None:
            return
        progress = self._view.progress()
        self._footer.show_progress(progress, time_left(self._document.words, progress))
        on_page = self._view.page_now()
        if on_page is not None:
            self._footer.show_page(*on_page)
            return
        last = self._pages.last
        page = last if progress >= WHOLE else self._pages.at(self._view.point_read())
        self._footer.show_page(page, last)

    @Slot(int)
    def _go(self, start: int) -> None:
        self.looked_up.emit()
        self._view.go_to(start, start + 1, at=TOP)
        self._view.setFocus()
