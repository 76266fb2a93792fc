"""Puts the highlights of what is shown on the strip, and goes to the one that is clicked there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.ui.reader.sheets import Sheets
from desktop_app.ui.reader.strip import MatchStrip


class StripMarks(QObject):
    """Joins a page with its strip."""

    asked = Signal(int)  # the id of a highlight to go to

    def __init__(self, sheets: Sheets, strip: MatchStrip) -> None:
        super().__init__(strip)
        self._sheets = sheets
        self._strip = strip
        sheets.marks_changed.connect(self._show)
        sheets.changed.connect(self._show)
        strip.mark_chosen.connect(self._ask)

    @Slot()
    def _show(self) -> None:
        marks, text = self._sheets.now.marks, self._sheets.text
        length = len(text.canonical) if text is not None else 1
        self._strip.set_marks(marks.starts, length, lambda index: marks.placed[index].colour)

    @Slot(int)
    def _ask(self, index: int) -> None:
        placed = self._sheets.now.marks.placed
        if index < len(placed):
            self.asked.emit(placed[index].id)
