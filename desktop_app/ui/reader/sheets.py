"""The two ways to show a document, its text and its pages, behind one face.

Whoever finds, counts, remembers or marks asks the sheets, and never which of the two is in view.
Going from one to the other keeps the place, the selection and the chosen highlight.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.core.text import Text
from desktop_app.ui.pages.view import PagesView
from desktop_app.ui.reader.mark_surface import MarkSurface
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.overlay import Matches
from desktop_app.ui.reader.view import PageView

Range = tuple[int, int]


class Sheet(MarkSurface, Protocol):
    """One way to show a document."""

    @property
    def matches(self) -> Matches:
        """The places that are marked as found."""

    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""

    def is_folded(self, start: int, end: int) -> bool:
        """Tell whether any of a range is folded away."""

    def progress(self) -> float:
        """How much has been in view when one reads from the start: 0 to 1."""

    def point_read(self) -> int:
        """The code point a third down the view, where one reads."""

    def selected_text(self) -> str:
        """The text that is selected."""


class Sheets(QStackedWidget):
    """Shows nothing, a text, or pages; signals are of the one in view."""

    moved = Signal()
    scrolled = Signal()
    looked_up = Signal()
    selection_changed = Signal()
    selection_made = Signal()
    chosen_changed = Signal(object)
    marks_changed = Signal()
    changed = Signal(bool)  # pages are in view now (True), or the text

    def __init__(self, view: PageView, pages: PagesView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._pages = pages
        self._in_pages = False
        # A place that was gone to, and what stood at the top then; None while one goes there.
        self._gone: tuple[int, int | None] | None = None
        self._arrived = -1  # where one was when one had come from the other sheet
        self.empty = QLabel(self)
        self.empty.setProperty("tone", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(48)
        for part in (self.empty, view, pages):
            self.addWidget(part)
        for sheet in (view, pages):
            self._pass_on(sheet)
        self.setFocusProxy(view)

    def _pass_on(self, sheet: PageView | PagesView) -> None:
        def now() -> bool:
            return self.in_pages == (sheet is self._pages)

        def moved() -> None:
            if now():
                self.moved.emit()

        def scrolled() -> None:
            if now():
                self.scrolled.emit()

        sheet.moved.connect(moved)
        sheet.scrolled.connect(scrolled)
        sheet.looked_up.connect(lambda: self.looked_up.emit() if now() else None)
        sheet.selection_changed.connect(lambda: self.selection_changed.emit() if now() else None)
        sheet.selection_made.connect(lambda: self.selection_made.emit() if now() else None)
        sheet.marks_changed.connect(lambda: self.marks_changed.emit() if now() else None)
        sheet.chosen_changed.connect(lambda each: self.chosen_changed.emit(each) if now() else None)

    # Which one is shown.

    @property
    def in_pages(self) -> bool:
        """Whether the pages are shown rather than the text."""
        return self._in_pages

    @property
    def now(self) -> Sheet:
        """The one that is shown."""
        return self._pages if self._in_pages else self._view

    def show_nothing(self, words: str) -> None:
        """Show words in place of a document."""
        self._in_pages, self._arrived, self._gone = False, -1, None
        self.setFocusProxy(self._view)
        self.empty.setText(words)
        self.setCurrentWidget(self.empty)

    def show_text(self) -> None:
        """Show the text of another document."""
        self._in_pages, self._arrived, self._gone = False, -1, None
        self.setFocusProxy(self._view)
        self.setCurrentWidget(self._view)

    def change_to(self, pages: bool, *, position: int | None = None) -> None:
        """Show the pages, or the text, at the same place.

        position: what stands at the top of the pages instead, where a document is opened.
        """
        if pages == self._in_pages:
            return
        before = self.now
        had_keys = self.currentWidget() is not None and self._has_keys()
        point, at_top = self.point_read(), before.position() <= 0 and self.gone_to is None
        chosen, selected = before.chosen, before.selection()
        unmoved = self._arrived == self._whereabouts()
        current = before.matches.current
        self._in_pages, self._gone = pages, None
        widget: PageView | PagesView = self._pages if pages else self._view
        widget.select(*(selected or (0, 0)))
        widget.choose(chosen)
        self.setFocusProxy(widget)
        self.setCurrentWidget(widget)
        found = before.matches.ranges[current] if current is not None else None
        if position is not None:
            if position > 0:
                self._pages.go_to(position, position + 1, at=0.0)
        elif unmoved:
            pass  # it stands where one left it
        elif found is not None and before.in_view(found[0]):
            widget.go_to(*found)
        elif at_top:
            widget.scroll_to_edge(end=False)
        else:
            self.go_to(point, point + 1)
        self._arrived = self._whereabouts()
        if had_keys:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(pages)
        self.moved.emit()

    def _whereabouts(self) -> int:
        """A number that is another one once one has gone somewhere else in what is shown."""
        return self._pages.visits if self._in_pages else self._view.position()

    def _has_keys(self) -> bool:
        focus = self.window().focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    # What whoever asks for a place gets.

    @property
    def text(self) -> Text | None:
        """The text that places are in."""
        return self._view.text

    def position(self) -> int:
        """The code point at the top of the view."""
        return self.now.position()

    def progress(self) -> float:
        """How much has been in view when one reads from the start: 0 to 1."""
        return self.now.progress()

    def point_read(self) -> int:
        """The place that was gone to, until one scrolls; then the code point a third down."""
        gone = self.gone_to
        return self.now.point_read() if gone is None else gone

    @property
    def gone_to(self) -> int | None:
        """The start of what was gone to last, while nothing else stands at the top."""
        if self._gone is None:
            return None
        start, top = self._gone
        return start if top is None or top == self.now.position() else None

    def page_now(self) -> tuple[int, int] | None:
        """The page of how many, counted from 1, where pages are shown and known."""
        if not self._in_pages or not self._pages.count:
            return None
        return self._pages.page_read() + 1, self._pages.count

    def selection(self) -> Range | None:
        """The range that is selected, None where nothing is."""
        return self.now.selection()

    def selected_text(self) -> str:
        """The text that is selected."""
        return self.now.selected_text()

    def in_view(self, point: int) -> bool:
        """Tell whether a code point is in view."""
        return self.now.in_view(point)

    def is_folded(self, start: int, end: int) -> bool:
        """Tell whether any of a range is folded away."""
        return self.now.is_folded(start, end)

    def go_to(self, start: int, end: int, *, at: float | None = None) -> None:
        """Bring a range into view, its first line at a part of the height, or a third down."""
        sheet = self._pages if self._in_pages else self._view
        self._gone = start, None
        if at is None:
            sheet.go_to(start, end)
        else:
            sheet.go_to(start, end, at=at)
        self._gone = start, sheet.position()

    @property
    def matches(self) -> Matches:
        """The places that are marked as found; the same for both."""
        return self._view.matches

    def set_matches(self, ranges: Sequence[Range], *, marks: Sequence[Range] | None = None) -> None:
        """Mark other places; none of them is the current one. marks: their words, see Matches."""
        self._view.set_matches(ranges, marks=marks)
        self._pages.share_matches(self._view.matches)

    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""
        self._gone = None
        self.now.go_to_match(index)

    def set_marks(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights."""
        self.share_marks(Marks(highlights))

    def share_marks(self, marks: Marks) -> None:
        """Show highlights that are ready to be looked up."""
        self._view.share_marks(marks)
        self._pages.share_marks(marks)
