"""The reader's pane: header, find bar, page with its strip, footer, and what stands in for a page.

It takes plain values and tells what happened by signals; it knows no library.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.reader.bars import ReaderFooter, ReaderHeader
from desktop_app.ui.reader.bookmark import Bookmark
from desktop_app.ui.reader.bylines import time_left
from desktop_app.ui.reader.find_bar import FindBar
from desktop_app.ui.reader.find_here import FindHere
from desktop_app.ui.reader.looks import LooksPanel
from desktop_app.ui.reader.strip import MatchStrip
from desktop_app.ui.reader.style import ReadingStyle
from desktop_app.ui.reader.view import PageView
from desktop_app.ui.theme import Appearance


class ReaderPane(QWidget):
    """Shows a document and tells how far it has been read."""

    progressed = Signal(int, float, int)  # document, progress 0 to 1, position; when one has read
    read_to_end = Signal(int)  # document; once each time it is shown
    reading_changed = Signal(object)  # the ReadingStyle
    theme_chosen = Signal(str)  # a theme's name or "system"; it is on already
    back_asked = Signal()
    forward_asked = Signal()
    details_asked = Signal(bool)
    link_hovered = Signal(str)  # a link's target, "" when the pointer leaves it
    matches_ended = Signal(int)  # stepped past the last match (+1) or before the first (-1)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._document: Document | None = None
        self._searched: list[tuple[int, int]] = []
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = PageView(appearance, self)
        self.strip = MatchStrip(appearance, self)
        self.header = ReaderHeader(self)
        self.footer = ReaderFooter(appearance, self)
        self.find_bar = FindBar(self)
        self._find_here = FindHere(self.find_bar, self.view)
        self._bookmark = Bookmark(self.view)
        self._looks = LooksPanel(appearance, self)
        self._build()
        self._connect()
        self.clear()

    def _build(self) -> None:
        page = QWidget(self)
        sheet = QHBoxLayout(page)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.setSpacing(0)
        sheet.addWidget(self.view)
        sheet.addWidget(self.strip)
        self._empty = QLabel(self)
        self._empty.setProperty("tone", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(48)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.find_bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.footer)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.header.back.clicked.connect(self.back_asked)
        self.header.forward.clicked.connect(self.forward_asked)
        self.header.previous.clicked.connect(self.previous_match)
        self.header.next.clicked.connect(self.next_match)
        self.header.looks.clicked.connect(self._open_looks)
        self.header.details.toggled.connect(self.details_asked)
        self.view.moved.connect(self._show_progress)
        self.view.link_hovered.connect(self.link_hovered)
        self.view.size_asked.connect(self.change_size)
        self.strip.chosen.connect(self._go_to_match)
        self._looks.chosen.connect(self.set_reading)
        self._looks.chosen.connect(self.reading_changed)
        self._looks.theme_chosen.connect(self._choose_theme)
        self._bookmark.told.connect(self.progressed)
        self._bookmark.ended.connect(self.read_to_end)
        self._find_here.placed.connect(self._mark)
        self._find_here.chosen.connect(self._go_to_match)
        self._find_here.closed.connect(self._mark_searched)

    # What is shown.

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._document

    def show_document(
        self,
        document: Document,
        text: Text,
        matches: Sequence[tuple[int, int]] = (),
        *,
        position: int | None = None,
        at_match: bool = False,
    ) -> None:
        """Show a document where reading stopped, or at its first match that is not folded away.

        matches: code points of the canonical text. position: None for the document's own.
        """
        self._bookmark.begin(None)
        self._find_here.close()
        self._document = document
        self._stack.setCurrentIndex(1)
        self.view.show_text(
            document, text, position=document.position if position is None else position
        )
        self.footer.show()
        self._bookmark.begin(document.id)
        self.set_matches(matches, go_to_first=at_match)
        self._show_progress()

    def set_document(self, document: Document) -> None:
        """Show changed facts of the document that is shown; the page stays where it is."""
        if self._document is not None and document.id == self._document.id:
            same = (document.facts, document.words) == (
                self._document.facts,
                self._document.words,
            )
            self._document = document
            if not same:
                self.view.set_document(document)

    def clear(self, message: str = "") -> None:
        """Show no document, and a sentence in its place."""
        self._bookmark.begin(None)
        self._find_here.close()
        self._document = None
        self._searched = []
        self.view.clear()
        self._mark([])
        self._stack.setCurrentIndex(0)
        self._empty.setText(
            message or self.tr("Choose a document in the list to read it here.\n"
                               "Space turns the page, and the place is remembered.")
        )  # fmt: skip
        self.footer.hide()
        self._show_count()

    def position(self) -> int:
        """The code point at the top of the page."""
        return self.view.position()

    @property
    def reading(self) -> ReadingStyle:
        """How the text is set."""
        return self.view.style_of_reading

    @Slot(object)
    def set_reading(self, style: ReadingStyle) -> None:
        """Set the text in another way."""
        self.view.set_style_of_reading(style)

    @Slot(int)
    def change_size(self, steps: int) -> None:
        """Make the text larger by some steps, smaller where they are negative."""
        style = self.reading.sized(steps)
        if style != self.reading:
            self.set_reading(style)
            self.reading_changed.emit(style)

    def focus_text(self) -> None:
        """Put the keys on the page."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def select_all(self) -> None:
        """Select the whole text."""
        self.view.select_all()

    def toggle_folds(self) -> None:
        """Open all folds, or close them where all are open."""
        self.view.toggle_folds()

    def set_back_forward(self, back: bool, forward: bool) -> None:
        """Say whether there is a document to go back to, or forward."""
        self.header.back.setEnabled(back)
        self.header.forward.setEnabled(forward)

    # Matches.

    def set_matches(self, matches: Sequence[tuple[int, int]], *, go_to_first: bool = False) -> None:
        """Mark the places that a search found; code points, end exclusive."""
        self._searched = list(matches)
        if not self._find_here.is_open:
            self._mark(self._searched)
            if go_to_first and self._searched:
                folded = self.view.is_folded
                open_ones = (i for i, m in enumerate(self.view.matches.ranges) if not folded(*m))
                self._go_to_match(next(open_ones, 0))

    def next_match(self) -> None:
        """Go to the match behind the current one; behind the top of the page where one read on.

        While the find bar is open, go to the next place that it found.
        """
        self._step(1)

    def previous_match(self) -> None:
        """Go to the match before the current one; before the top of the page where one read on."""
        self._step(-1)

    def go_to(self, start: int, end: int) -> None:
        """Bring a range into view; where it is a match, it becomes the current one.

        Looking something up moves no bookmark: progress is told once one reads on from there.
        """
        index = self.view.matches.index_of(start, end)
        if index is not None:
            self._go_to_match(index)
        else:
            self._bookmark.look_up()
            self.view.go_to(start, end)

    def _step(self, by: int) -> None:
        matches = self.view.matches
        if self._find_here.is_open:
            self._find_here.step(by)
            return
        if not len(matches):
            return
        current = matches.current
        if current is not None and self.view.in_view(matches.ranges[current][0]):
            index: int | None = current + by
        elif by > 0:
            index = matches.from_point(self.position())
        else:
            index = matches.before_point(self.position())
        if index is None or not 0 <= index < len(matches):
            self.matches_ended.emit(by)
            return
        self._go_to_match(index)

    @Slot(int)
    def _go_to_match(self, index: int) -> None:
        self._bookmark.look_up()
        self.view.go_to_match(index)
        self.strip.set_current(index)
        self._show_count()
        if self._find_here.is_open:
            self._find_here.say()

    @Slot()
    def _mark_searched(self) -> None:
        self._mark(self._searched)

    @Slot(list)
    def _mark(self, places: Sequence[tuple[int, int]]) -> None:
        self.view.set_matches(places)
        text = self.view.text
        length = len(text.canonical) if text is not None else 0
        self.strip.set_matches(self.view.matches.ranges, length, None)
        self._show_count()

    def _show_count(self) -> None:
        matches = self.view.matches
        # While the find bar is open it has the count.
        number = 0 if self._find_here.is_open else len(matches)
        self.header.show_count(matches.current, number)
        self._show_keys()

    def _show_keys(self) -> None:
        """Name the keys that do something here."""
        keys = [self.tr("T tag"), self.tr("M read")]
        if self.view.has_folds():
            keys.append(self.tr("B folded text"))
        if len(self.view.matches):
            keys.append(self.tr("F3 next match"))
        self.footer.keys.setText(" · ".join(keys))

    # Finding.

    def open_find(self) -> None:
        """Open the find bar, with what is selected where that is one line."""
        if self._document is not None:
            self._find_here.open()
            self._show_count()

    def close_find(self) -> None:
        """Close the find bar and mark again what the search found."""
        self._find_here.close()

    # Progress.

    @Slot()
    def _show_progress(self) -> None:
        if self._document is None:
            return
        progress = self.view.progress()
        self.footer.show_progress(progress, time_left(self._document.words, progress))

    def tell_now(self) -> None:
        """Tell progress that is waiting to be told: before the document or the window goes."""
        self._bookmark.tell_now()

    def event(self, event: QEvent) -> bool:
        """Claim Escape while the find bar is open, before a shortcut of the window takes it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._find_here.is_open
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._find_here.is_open:
            self.close_find()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.tell_now()
        super().hideEvent(event)

    # Looks.

    @Slot()
    def _open_looks(self) -> None:
        button = self.header.looks
        self._looks.show_style(self.reading)
        self._looks.open_at(button.mapToGlobal(QPoint(button.width(), button.height() + 4)))

    @Slot(str)
    def _choose_theme(self, name: str) -> None:
        self._appearance.choose(name)
        self.theme_chosen.emit(name)
