"""Finding in the open document: the bar, the search in slices, and which place is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from desktop_app.ui.reader.find_bar import FindBar
from desktop_app.ui.reader.finding import Finder
from desktop_app.ui.reader.sheets import Sheets

LONGEST_TAKEN = 100  # a longer selection is not what one looks for


class FindHere(QObject):
    """Looks for what is typed, from where one stood when the bar was opened."""

    placed = Signal(list)  # the places to mark
    chosen = Signal(int)  # the index of the place to go to
    closed = Signal()

    def __init__(self, bar: FindBar, view: Sheets) -> None:
        super().__init__(bar)
        self._bar = bar
        self._view = view
        self._from = 0
        self._finder = Finder(self)
        bar.hide()
        bar.wanted.connect(self._look)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)
        self._finder.found.connect(self._on_found)

    @property
    def is_open(self) -> bool:
        """Whether the bar is open."""
        return not self._bar.isHidden()

    def open(self) -> None:
        """Open the bar, with what is selected where that is one short line."""
        selected = self._view.selected_text()
        taken = selected if "\n" not in selected and len(selected) < LONGEST_TAKEN else ""
        chosen = self._view.selection()
        self._from = chosen[0] if chosen is not None and taken else self._view.position()
        self._bar.open_with(taken)
        self._look(self._bar.field.text())

    @Slot()
    def close(self) -> None:
        """Close the bar; the keys go back to the page where the bar had them."""
        if self.is_open:
            self._finder.stop()
            had_keys = self._bar.field.hasFocus()
            self._bar.hide()
            self.closed.emit()
            if had_keys:
                self._view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape while the bar is open, before a shortcut of the window does."""
        if self.is_open and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.close()
                return True
        return super().eventFilter(watched, event)

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next place, or the previous; behind the last comes the first."""
        matches = self._view.matches
        if len(matches):
            current = matches.current if matches.current is not None else -by
            self.chosen.emit((current + by) % len(matches))

    def say(self) -> None:
        """Say which place of how many is shown."""
        matches = self._view.matches
        if not self._bar.field.text().strip():
            self._bar.say("")
        elif not len(matches):
            self._bar.say(self.tr("Not in this document"), none=True)
        else:
            current = (matches.current or 0) + 1
            self._bar.say(self.tr("{0:,} of {1:,}").format(current, len(matches)))

    @Slot(str)
    def _look(self, wanted: str) -> None:
        text = self._view.text
        if text is None or not self.is_open:
            return
        if wanted.strip():
            self._finder.look(text, wanted)
        else:
            self._finder.stop()
            self.placed.emit([])
            self.say()

    @Slot(list, bool)
    def _on_found(self, places: list[tuple[int, int]], whole: bool) -> None:
        """Show the places once all are known; say meanwhile how many there are so far."""
        if not whole:
            self._bar.say(self.tr("{0:,} so far").format(len(places)))
            return
        self.placed.emit(places)
        if places:
            self.chosen.emit(self._view.matches.from_point(self._from) or 0)
        self.say()
