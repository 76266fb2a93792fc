"""Finding a string in one text, folded as all of Postil folds, a little at a time.

White space in what is looked for stands for any white space. A find is by letters, not by words:
"dock" is found in "docks".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from desktop_app.core.text import Text
from desktop_app.core.words import fold

SLICE_MS = 8
MOST = 100_000  # places that are kept; a page of one letter must not fill the memory
STRETCH = 100_000  # code points that are folded in one go


class Finder(QObject):
    """Looks for a string in slices, so that the window answers meanwhile."""

    found = Signal(list, bool)  # the places so far, and whether that is all of them

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: list[tuple[int, int]] = []
        self._search: Iterator[tuple[int, int] | None] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on)

    def look(self, text: Text, wanted: str) -> None:
        """Begin to look for a string; what was looked for before is dropped."""
        self._places = []
        self._search = places_of(text, wanted)
        self._timer.start()
        self._on()

    def stop(self) -> None:
        """Look no further."""
        self._timer.stop()

    @Slot()
    def _on(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for place in self._search:
            if place is not None:
                self._places.append(place)
                if len(self._places) >= MOST:
                    break
            if clock.elapsed() >= SLICE_MS:
                self.found.emit(list(self._places), False)
                return
        self._timer.stop()
        self.found.emit(list(self._places), True)


def places_of(text: Text, wanted: str) -> Iterator[tuple[int, int] | None]:
    """The places of a string in a text in order, end exclusive; None where time has passed."""
    parts = [re.escape(part) for part in fold(wanted).split()]
    if not parts:
        return
    pattern = re.compile(r"\s+".join(parts))
    overlap = 4 * len(wanted) + 64
    canonical = text.canonical
    start = 0
    behind = 0  # where the last place ended: a place in the overlap is told once
    while start < len(canonical):
        stretch = canonical[start : start + STRETCH + overlap]
        folded, places = folded_with_places(stretch)
        for found in pattern.finditer(folded):
            a, b = found.span()
            if places is not None:
                a, b = places[a], _end(stretch, places[b - 1] + 1)
            if start + a >= behind and a < STRETCH:
                behind = start + b
                yield start + a, start + b
        yield None
        start += STRETCH


def folded_with_places(text: str) -> tuple[str, list[int] | None]:
    """A text folded, and where each of its letters stood; None where they stand as they did."""
    if text.isascii():
        return fold(text), None
    known: dict[str, str] = {}
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        parts = known.get(character)
        if parts is None:
            parts = known[character] = fold(character)
        if len(parts) == 1:
            folded.append(parts)
            places.append(place)
        else:
            for part in parts:
                folded.append(part)
                places.append(place)
    return "".join(folded), places


def _end(text: str, end: int) -> int:
    """Take in the combining marks that follow the last letter."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
