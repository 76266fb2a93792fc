"""Stepping through the matches of the open document: which one is shown, of how many, what is next.

While the find bar is open, its places are marked instead of those of the search.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.ui.reader.bars import ReaderHeader
from desktop_app.ui.reader.find_here import FindHere
from desktop_app.ui.reader.sheets import Sheets
from desktop_app.ui.reader.strip import MatchStrip

Places = Sequence[tuple[int, int]]


class MatchSteps(QObject):
    """Joins the page, its strip, the count in the header and the find bar."""

    ended = Signal(int)  # stepped past the last match (+1) or before the first (-1)
    looked_up = Signal()  # one goes to a match: that is not reading
    counted = Signal()  # another number of places is marked, or another one is shown

    def __init__(
        self, view: Sheets, strip: MatchStrip, header: ReaderHeader, find_here: FindHere
    ) -> None:
        super().__init__(view)
        self._view = view
        self._strip = strip
        self._header = header
        self._find_here = find_here
        self._searched: list[tuple[int, int]] = []
        self._words: Places | None = None
        strip.chosen.connect(self.go_to_match)
        header.previous.clicked.connect(lambda: self.step(-1))
        header.next.clicked.connect(lambda: self.step(1))
        find_here.placed.connect(self.mark)
        find_here.chosen.connect(self.go_to_match)
        find_here.closed.connect(self._mark_searched)

    def set_searched(
        self, matches: Places, *, marks: Places | None = None, go_to_first: bool = False
    ) -> None:
        """Mark the places that a search found; the one that was shown stays the current one.

        marks: the words of them, which are painted; None for all of each place.
        """
        self._searched, self._words = list(matches), marks
        if self._find_here.is_open:
            return
        before = self._view.matches
        now = before.ranges[before.current] if before.current is not None else None
        self.mark(self._searched, self._words)
        if go_to_first and self._searched:
            self.go_to_first()
        elif now is not None:
            self._view.matches.current = self._view.matches.index_of(*now)
            self._strip.set_current(self._view.matches.current)
            self.show_count()

    def go_to_first(self) -> None:
        """Go to the first match that is not folded away, to the first where all are."""
        ranges, folded = self._view.matches.ranges, self._view.is_folded
        if ranges:
            self.go_to_match(next((i for i, m in enumerate(ranges) if not folded(*m)), 0))

    def step(self, by: int) -> None:
        """Go to the match behind or before the current one, or the top of what is in view."""
        matches = self._view.matches
        if self._find_here.is_open:
            self._find_here.step(by)
            return
        if not len(matches):
            return
        current = matches.current
        if current is not None and self._view.in_view(matches.ranges[current][0]):
            index: int | None = current + by
        elif by > 0:
            index = matches.from_point(self._view.position())
        else:
            index = matches.before_point(self._view.position())
        if index is None or not 0 <= index < len(matches):
            self.ended.emit(by)
            return
        self.go_to_match(index)

    def go_to(self, start: int, end: int) -> None:
        """Bring a range into view; where it is a match, it becomes the current one."""
        index = self._view.matches.index_of(start, end)
        if index is not None:
            self.go_to_match(index)
        else:
            self.looked_up.emit()
            self._view.go_to(start, end)

    @Slot(int)
    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""
        self.looked_up.emit()
        self._view.go_to_match(index)
        self._strip.set_current(index)
        self.show_count()
        if self._find_here.is_open:
            self._find_here.say()

    @Slot(list)
    def mark(self, places: Places, words: Places | None = None) -> None:
        """Mark places, or the words of them; none of them is the current one."""
        self._view.set_matches(places, marks=words)
        text = self._view.text
        length = len(text.canonical) if text is not None else 0
        self._strip.set_matches(self._view.matches.ranges, length, None)
        self.show_count()

    def show_count(self) -> None:
        """Say which match of how many is shown; while the find bar is open, it has the count."""
        matches = self._view.matches
        number = 0 if self._find_here.is_open else len(matches)
        self._header.show_count(matches.current, number)
        self.counted.emit()

    @Slot()
    def _mark_searched(self) -> None:
        self.mark(self._searched, self._words)
