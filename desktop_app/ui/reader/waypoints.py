"""Where in a text one is, and where one can go: share read, page, minutes left, and the contents."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.core.model import Document
from desktop_app.core.text import Chapter, Text
from desktop_app.ui.reader.bars import ReaderFooter, ReaderHeader
from desktop_app.ui.reader.bookmark import WHOLE
from desktop_app.ui.reader.bylines import time_left
from desktop_app.ui.reader.contents import PageNumbers, contents_of, has_contents, place_in
from desktop_app.ui.reader.contents_pane import BesidePage, ContentsPane
from desktop_app.ui.reader.reading_time import Pace, ReadingTime
from desktop_app.ui.reader.sheets import Sheets

TOP = 0.04  # the share of the view above a chapter that one goes to


class Waypoints(QObject):
    """Joins the page with the contents beside it and with what the footer says of the place.

    Whether the contents are wanted is remembered from text to text; over a narrow page they lie
    only until something in them was chosen.
    """

    looked_up = Signal()  # one goes to a chapter: that is not reading
    contents_wanted = Signal(bool)  # somebody has shown or hidden the contents
    contents_changed = Signal()  # they are to be seen, or no longer
    time_wanted = Signal(object)  # a Text of which it is to be reckoned how long it takes to read
    pace_seen = Signal(float)  # words a minute, once that is known

    def __init__(
        self,
        view: Sheets,
        header: ReaderHeader,
        footer: ReaderFooter,
        *,
        contents: ContentsPane,
        beside: BesidePage,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._footer = footer
        self._contents = contents
        self._beside = beside
        self._document: Document | None = None
        self._text: Text | None = None
        self._pages: PageNumbers | None = None
        self._entries: Sequence[Chapter] | None = None  # None: not looked for yet
        self._wanted = False
        self._lies_over = False  # on a narrow page, since it was asked for
        self._shown = False
        self._time: ReadingTime | None = None
        self._pace = Pace()
        # The list of a book takes a moment; the page is painted first.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._connect()

    def _connect(self) -> None:
        self._soon.timeout.connect(self._list)
        self._contents.chosen.connect(self.go)
        self._contents.close_asked.connect(self.toggle_contents)
        self._contents.left.connect(self._leave)
        self._header.contents.clicked.connect(self.toggle_contents)
        self._beside.narrowed.connect(self._on_narrowed)
        self._view.moved.connect(self._show_place)
        self._view.scrolled.connect(self._read_on)
        self._view.looked_up.connect(self._look_up)

    @property
    def has_contents(self) -> bool:
        """Whether there are chapters, headings or pages to go to."""
        return self._header.contents.isEnabled()

    @property
    def shows_contents(self) -> bool:
        """Whether the contents are to be seen."""
        return self._shown

    def set_pace(self, words_a_minute: float) -> None:
        """Begin with the pace of earlier days; 0 where none is known."""
        self._pace = Pace(words_a_minute)

    def take_time(self, text: Text, time: ReadingTime) -> None:
        """Say from now on how long the rest takes to read by the words of the text itself."""
        if text is self._text:
            self._time = time
            self._pace.begin()
            self._show_place()

    def want_contents(self, wanted: bool) -> None:
        """Show the contents of every text that has any, where there is room beside the page."""
        self._wanted = wanted
        self._show_contents()

    def take(self, document: Document | None, text: Text | None) -> None:
        """Follow another text, or none."""
        self._document = document
        if text is not self._text:
            self._text, self._entries = text, None
            self._time = None
            self._pages = PageNumbers(text) if text is not None else None
            self._header.contents.setEnabled(text is not None and has_contents(text))
            self._lies_over = False
            self._show_contents()
            if text is not None:
                self.time_wanted.emit(text)
        self._show_place()

    @Slot()
    def toggle_contents(self) -> None:
        """Show the contents with the keys in them, or hide them."""
        if not self.has_contents:
            return
        show = not self._shown
        self._wanted, self._lies_over = show, show
        self._show_contents()
        if show:
            self._list()
            self._contents.take_keys()
        else:
            self._view.setFocus()
        self.contents_wanted.emit(show)

    @Slot()
    def _on_narrowed(self) -> None:
        self._lies_over = False
        self._show_contents()

    def _show_contents(self) -> None:
        fits = self._lies_over or not self._beside.is_narrow
        shown = self._wanted and fits and self.has_contents
        if shown and self._entries is None:
            self._soon.start()
        self._beside.show_contents(shown)
        self._header.contents.setChecked(shown)
        if shown != self._shown:
            self._shown = shown
            self.contents_changed.emit()

    @Slot()
    def _list(self) -> None:
        """Look for the entries, once for each text."""
        self._soon.stop()
        if self._text is not None and self._entries is None and self._shown:
            self._entries = contents_of(self._text)
            self._contents.show_entries(self._entries, self._here())

    def _here(self) -> int | None:
        if self._entries is None:
            return None
        return place_in(self._entries, self._view.point_read())

    def _words_left(self, progress: float) -> float:
        if self._document is None or progress >= WHOLE:
            return 0
        if self._time is None:
            return max(self._document.words * (1 - progress), 1)
        return max(self._time.words - self._time.before(self._view.position()), 1)

    def _see_pace(self) -> None:
        """Take note of how far one has read, and when."""
        if self._time is not None:
            before = self._pace.known
            self._pace.saw(self._time.before(self._view.position()), monotonic())
            if self._pace.known != before:
                self.pace_seen.emit(self._pace.known)

    @Slot()
    def _look_up(self) -> None:
        self._pace.begin()

    @Slot()
    def _read_on(self) -> None:
        self._see_pace()

    @Slot()
    def _show_place(self) -> None:
        if self._document is None or self._pages is None:
            return
        progress = self._view.progress()
        left = time_left(self._words_left(progress), self._pace.words_a_minute)
        at_top = self._view.position() <= 0
        # Of what is in view when one begins, nothing has been read yet.
        self._footer.show_progress(0.0 if at_top and progress < WHOLE else progress, left)
        last = self._pages.last
        if self._view.gone_to is None and progress >= WHOLE:
            page = last
        elif self._view.gone_to is None and at_top:
            page = self._pages.at(0)
        else:
            page = self._pages.at(self._view.point_read())
        # What is shown as pages is counted by those, also where one has no text.
        self._footer.show_page(*(self._view.page_now() or (page, last)))
        if self._shown and self._entries is not None:
            self._contents.set_here(self._here())

    @Slot(int)
    def go(self, start: int) -> None:
        """Look up what begins at a code point; the keys go to the page."""
        self.looked_up.emit()
        self._pace.begin()
        self._view.go_to(start, start + 1, at=TOP)
        self._leave()

    @Slot()
    def _leave(self) -> None:
        """Give the keys back to the page, and all of the room where it is narrow."""
        self._view.setFocus()
        if self._lies_over and self._beside.is_narrow:
            self._lies_over = False
            self._show_contents()
