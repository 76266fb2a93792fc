"""Resizing a highlight by keys: steps are shown at once, and a run of them is asked for as one.

So a key that is held moves an end smoothly, and one step of undo takes all of it back.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.highlights import Highlight, whole_letters
from desktop_app.ui.marking.marker import Marker
from desktop_app.ui.reader import word_steps
from desktop_app.ui.reader.mark_surface import Range
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reader.pending import Edit

REST_MS = 700  # how long keys rest before what they did is asked for

_RUNS_LEFT = ("R", "AL")  # as Unicode writes the directions of letters

_STEPS = {
    "end_right": word_steps.letter_after,
    "end_left": word_steps.letter_before,
    "end_word_right": word_steps.word_end_after,
    "end_word_left": word_steps.word_end_before,
    "start_right": word_steps.letter_after,
    "start_left": word_steps.letter_before,
    "start_word_right": word_steps.word_start_after,
    "start_word_left": word_steps.word_start_before,
}


class Resizing(QObject):
    """Moves the ends of the chosen highlight."""

    def __init__(self, marker: Marker, pane: ReaderPane, parent: QObject) -> None:
        super().__init__(parent)
        self._marker = marker
        self._pane = pane
        self._moved: tuple[Highlight, str, Range] | None = None  # in which version, to where
        self._edit: Edit | None = None
        self.rest = QTimer(self, singleShot=True, interval=REST_MS)
        self.rest.timeout.connect(self.finish)
        pane.chosen_changed.connect(self._on_chosen)

    def step(self, marked: Highlight, step: str) -> None:
        """Move an end by a letter or a word; it never passes the other one."""
        surface = self._pane.surface
        text = surface.text
        if text is None or marked.place is None:
            return
        if self._moved is not None and self._moved[0].uuid != marked.uuid:
            self.finish()
        place = marked.place.start, marked.place.end
        moved = stepped_range(text.canonical, place, step)
        if moved == place:
            return
        self._show(marked, moved)
        self._moved = (marked, text.version, moved)
        self.rest.start()
        end = moved[0] if step.startswith("start") else moved[1] - 1
        if not surface.in_view(end):
            surface.go_to(end, end + 1)

    def move(self, marked: Highlight, start: int, end: int) -> None:
        """Let a highlight be another passage: a hand has dragged one of its ends there."""
        self.finish()
        text = self._pane.surface.text
        if text is None or marked.place is None:
            return
        start, end = whole_letters(text.canonical, start, end)
        if start < end and (start, end) != (marked.place.start, marked.place.end):
            self._marker.move(marked, text.version, start, end)

    def finish(self) -> None:
        """Ask for what the keys did."""
        moved, self._moved = self._moved, None
        edit, self._edit = self._edit, None
        self.rest.stop()
        if moved is not None:
            marked, version, (start, end) = moved
            self._marker.move(marked, version, start, end)
        if edit is not None:
            self._pane.pending.take_back(edit)

    def _show(self, marked: Highlight, moved: Range) -> None:
        before = self._edit
        self._edit = self._marker.preview(marked, *moved)
        if before is not None:
            self._pane.pending.take_back(before)

    def _on_chosen(self, chosen: int | None) -> None:
        if self._moved is None:
            return
        now = self._pane.surface.marks.with_id(chosen) if chosen is not None else None
        if now is None or now.uuid != self._moved[0].uuid:
            self.finish()


def stepped_range(text: str, place: Range, step: str) -> Range:
    """The range whose end or start has moved by a step; the same one where it cannot move.

    Right is where it is seen: among letters that run from right to left, it is before.
    """
    start, end = place
    letter = text[start if step.startswith("start") else end - 1]
    if unicodedata.bidirectional(letter) in _RUNS_LEFT:
        step = step.replace("right", "left") if "right" in step else step.replace("left", "right")
    move = _STEPS[step]
    if step.startswith("end"):
        there = move(text, end)
        # Blanks at the end of a highlight are not part of it: one step goes past them.
        while there > end and text[there - 1].isspace() and there < len(text):
            there = move(text, there)
        moved = whole_letters(text, start, there) if there > start else place
    else:
        there = move(text, start)
        while there < start and text[there].isspace() and there > 0:
            there = move(text, there)
        moved = whole_letters(text, there, end) if there < end else place
    return moved if moved[0] < moved[1] else place
