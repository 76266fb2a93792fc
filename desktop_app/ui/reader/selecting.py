"""Selecting text with mouse and keys: a range of code points with one end that moves.

A second click takes words, a third whole blocks; dragging past an edge scrolls.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication, QMouseEvent

if TYPE_CHECKING:
    from desktop_app.ui.pages.view import PagesView
    from desktop_app.ui.reader.keyed_page import KeyedPage

EVERY_MS = 30  # how often the text moves while the pointer is held past an edge

_WORD = re.compile(r"\w+(?:['’]\w+)*")


class Selecting(QObject):
    """Makes the selection of a page."""

    def __init__(self, view: KeyedPage | PagesView) -> None:
        super().__init__(view)
        self._view = view
        self._fixed: tuple[int, int] = (0, 0)  # what was pressed on; it stays selected
        self._moving = 0
        self._grain = "letter"
        self._pressed = False
        self._pointer = QPointF()
        self._since_double = QElapsedTimer()
        self._scroller = QTimer(self, interval=EVERY_MS)
        self._scroller.timeout.connect(self._scroll)

    def extend(self, by: int) -> None:
        """Move the loose end by letters, whole ones where a letter is several code points."""
        text = self._view.text
        chosen = self._view.selection()
        if text is None or chosen is None:
            return
        if chosen != self._range():
            self._fixed, self._moving = (chosen[0], chosen[0]), chosen[1]
        place = self._moving + by
        while 0 < place < len(text.canonical) and unicodedata.combining(text.canonical[place]):
            place += by
        self._set(self._fixed, min(max(place, 0), len(text.canonical)))

    def extend_to(self, place: int, *, begun_at: int) -> None:
        """Move the loose end to a place; where nothing is selected, the other end is given."""
        chosen = self._view.selection()
        if chosen is None:
            self._fixed, self._moving = (begun_at, begun_at), begun_at
        elif chosen != self._range() or self._moving != begun_at:
            fixed = chosen[0] if begun_at == chosen[1] else chosen[1]
            self._fixed = (fixed, fixed)
        self._grain = "letter"
        self._set((self._fixed[0], self._fixed[0]), place)

    @property
    def pressed(self) -> bool:
        """Whether the mouse is selecting."""
        return self._pressed

    @property
    def loose_end(self) -> int:
        """The end of the selection that moves."""
        return self._moving

    @property
    def by_word(self) -> bool:
        """Whether words are being selected: a third press would take the block."""
        return self._grain == "word"

    def press(self, event: QMouseEvent) -> None:
        """Begin at the pointer; with Shift, move the loose end there."""
        point = self._view.point_at(event.position())
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        if self._since_double.isValid() and self._since_double.elapsed() < interval:
            self._since_double.invalidate()
            self._begin(point, "block")
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self._view.selection():
            self._grain = "letter"
            self._pressed = True
            self._set(self._fixed, point)
        else:
            self._begin(point, "letter")

    def press_twice(self, event: QMouseEvent) -> None:
        """Take the word at the pointer; a third press takes its block."""
        self._since_double.start()
        self._begin(self._view.point_at(event.position()), "word")

    def drag(self, pointer: QPointF) -> None:
        """Follow the pointer."""
        if not self._pressed:
            return
        self._pointer = pointer
        start, end = self._whole(self._view.point_at(pointer))
        self._set(self._fixed, start if start < self._fixed[0] else end)
        inside = 0 <= pointer.y() < self._view.viewport().height()
        if inside:
            self._scroller.stop()
        elif not self._scroller.isActive():
            self._scroller.start()

    def release(self) -> None:
        """End the drag; on systems that have one, fill the selection clipboard."""
        self._pressed = False
        self._scroller.stop()
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection() and (text := self._view.selected_text()):
            clipboard.setText(text, QClipboard.Mode.Selection)

    def _begin(self, point: int, grain: str) -> None:
        self._grain = grain
        self._pressed = True
        self._fixed = self._whole(point)
        self._set(self._fixed, self._fixed[1])

    def _whole(self, point: int) -> tuple[int, int]:
        """The letter place, word or block at a code point."""
        text = self._view.text
        if text is None or self._grain == "letter":
            return point, point
        start = text.canonical.rfind("\n", 0, point) + 1
        end = text.canonical.find("\n", point)
        end = len(text.canonical) if end < 0 else end
        if self._grain == "block":
            return start, end
        # A word is looked for close by: a block may be half a million letters.
        near = max(start, point - 200)
        for found in _WORD.finditer(text.canonical, near, min(end, point + 200)):
            if found.start() <= point <= found.end():
                return found.span()
        return point, min(point + 1, end)

    def _set(self, fixed: tuple[int, int], moving: int) -> None:
        self._fixed, self._moving = fixed, moving
        self._view.select(*self._range())

    def _range(self) -> tuple[int, int]:
        return min(self._fixed[0], self._moving), max(self._fixed[1], self._moving)

    @Slot()
    def _scroll(self) -> None:
        height = self._view.viewport().height()
        past = self._pointer.y() if self._pointer.y() < 0 else self._pointer.y() - height
        self._view.scroll_by(int(max(min(past, 120), -120) / 2) or (1 if past >= 0 else -1))
        self.drag(self._pointer)
