"""A caret in the page, moved by keys: F7 turns it on, Shift selects with it.

It passes over what is folded, goes through letters of both directions as they are seen, and the
page scrolls with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter

from desktop_app.ui.reader import caret_places, word_steps
from desktop_app.ui.reader.folded import Folded
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.rows import RowKind

if TYPE_CHECKING:
    from desktop_app.ui.reader.keyed_page import KeyedPage

WIDTH_PX = 2

_Key = Qt.Key
_SIDES = {_Key.Key_Right: 1, _Key.Key_Left: -1}
_LINES = {_Key.Key_Down: 1, _Key.Key_Up: -1}


class Caret:
    """Where the caret of a page is, while it is on."""

    def __init__(self, view: KeyedPage) -> None:
        self._view = view
        self.on = False
        self.point = 0
        self._goal: float | None = None  # the distance that a run of steps up or down keeps to

    def turn(self, on: bool) -> None:
        """Show the caret at what is selected, or else where one reads; or hide it."""
        self.on = on
        if on:
            selected = self._view.selection()
            mark = self._view.chosen_mark
            if selected is not None:
                self.point = selected[1]
            elif mark is not None and mark.place is not None:
                self.point = mark.place.end
            elif not self._view.in_view(self.point):
                self.point = self._nearest(self._view.position())
        self._goal = None
        self._view.viewport().update()

    def put(self, point: int) -> None:
        """Bring the caret to a place, as a click does."""
        self._goal = None
        self.point = point
        if self.on:
            self._view.viewport().update()

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key does to the caret; tell whether it is one of its keys."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            return False
        before, goal = self.point, None
        key = _Key(event.key())
        if key in _SIDES:
            there = self._word(_SIDES[key]) if control else self._letter(_SIDES[key])
            how = "word" if control else "letter"
        elif key in _LINES and not control:
            goal = self._distance()
            there, how = self._line(_LINES[key], goal), "line"
        elif key in (_Key.Key_Home, _Key.Key_End):
            there, how = self._edge(end=key == _Key.Key_End, whole=control), "line"
        elif key in (_Key.Key_PageDown, _Key.Key_PageUp) and not control:
            goal = self._distance()
            there, how = self._page(1 if key == _Key.Key_PageDown else -1, goal), "line"
        else:
            return False
        self._go(there, before, shift=shift)
        self._goal = goal
        self._view.tell_caret(self.point, how)
        return True

    def paint(self, painter: QPainter, index: int, laid: Laid, colour: str) -> None:
        """Draw the caret, where it is in a row."""
        if not self.on or self._view.row_of_caret(self.point) != index:
            return
        box = caret_places.caret_box(laid, self.point)
        if box is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.setOpacity(1.0 if self._view.hasFocus() else 0.45)
            painter.drawRect(box.adjusted(-WIDTH_PX / 2, -1, WIDTH_PX / 2 - 1, 1))
            painter.setOpacity(1.0)

    def bring_into_view(self) -> None:
        """Scroll as far as it takes to see the caret's line and the ones around it."""
        box = self._box()
        height = self._view.viewport().height()
        line = self._view.style_of_reading.line_px
        if box is None:
            self._view.go_to(self.point, self.point)
        elif box.top() < line:
            self._view.scroll_by(int(box.top() - line))
        elif box.bottom() > height - line:
            self._view.scroll_by(int(box.bottom() - height + line))

    # Where it goes.

    def _go(self, there: int, before: int, *, shift: bool) -> None:
        view = self._view
        self.point = there
        if shift:
            view.extend_selection(before, there)
        else:
            view.select(0, 0)
            view.choose(None)
        view.viewport().update()
        self.bring_into_view()

    def _letter(self, by: int) -> int:
        laid = self._laid()
        there = caret_places.beside(laid, self.point, by) if laid is not None else None
        if there is not None:
            return self._open_place(there, 1 if there > self.point else -1)
        forward = by if laid is None or not caret_places.runs_left(laid, self.point) else -by
        return self._next_block(forward)

    def _next_block(self, by: int) -> int:
        """The nearest place of the text behind (+1) or before (-1) the piece of the caret."""
        text = self._text
        there = self.point + by
        if not 0 <= there <= len(text):
            return self.point
        return self._open_place(there, by)

    def _word(self, by: int) -> int:
        laid = self._laid()
        if laid is not None and caret_places.runs_left(laid, self.point):
            by = -by
        step = word_steps.word_end_after if by > 0 else word_steps.word_start_before
        return self._open_place(step(self._text, self.point), by)

    def _line(self, by: int, goal: float) -> int:
        view = self._view
        laid = self._laid()
        if laid is not None:
            there = caret_places.line_below(laid, self.point, goal, by)
            if there is not None:
                return there
        index = view.row_of_caret(self.point) + by
        while (other := view.laid_row(index)) is not None:
            row = other.row
            there = None if row.kind != RowKind.TEXT else caret_places.entered(other, goal, by)
            if there is not None:
                return there
            index += by
        return self.point

    def _edge(self, *, end: bool, whole: bool) -> int:
        if whole:
            return self._open_place(len(self._text) if end else 0, -1 if end else 1)
        laid = self._laid()
        there = caret_places.line_edge(laid, self.point, end=end) if laid is not None else None
        return self.point if there is None else there

    def _page(self, by: int, goal: float) -> int:
        box = self._box()
        y = box.center().y() if box is not None else self._view.viewport().height() / 3
        top = self._view.verticalScrollBar().value()
        self._view.turn(by)
        if self._view.verticalScrollBar().value() == top:
            return self._edge(end=by > 0, whole=True)
        return self._nearest(self._view.point_at(QPointF(self._view.column_left + goal, y)))

    def _open_place(self, point: int, by: int) -> int:
        """The nearest place in a direction that is not folded away; where it is, if there is none."""
        rows, text = self._view.rows, self._text
        there = point
        while rows is not None:
            near = (rows.folds[index] for index in rows.folds_over(max(there - 1, 0), there + 1))
            part = next((each for each in near if _hides(each, there, text)), None)
            if part is None:
                return there
            there = part.end if by > 0 else part.start - 1
            if there >= len(text) or there < 0:
                return self.point
            if by > 0 and text[there] == "\n":
                there += 1
        return there

    def _nearest(self, point: int) -> int:
        forward = self._open_place(point, 1)
        return forward if not self._view.is_folded(forward, forward + 1) else point

    def _distance(self) -> float:
        if self._goal is not None:
            return self._goal
        laid = self._laid()
        box = caret_places.caret_box(laid, self.point) if laid is not None else None
        return box.left() if box is not None else 0.0

    # What is there.

    @property
    def _text(self) -> str:
        text = self._view.text
        return text.canonical if text is not None else ""

    def _laid(self) -> Laid | None:
        return self._view.laid_row(self._view.row_of_caret(self.point))

    def _box(self) -> QRectF | None:
        """The caret's box in the window; None where its row is not in view."""
        index = self._view.row_of_caret(self.point)
        for shown, origin, laid in self._view.rows_in_view():
            if shown == index:
                box = caret_places.caret_box(laid, self.point)
                return box.translated(origin) if box is not None else None
        return None


def _hides(part: Folded, place: int, text: str) -> bool:
    """Tell whether a place between letters stands in a folded stretch, its last line's end too."""
    if place == part.end:
        return place == len(text) or text[place] == "\n"
    return part.start <= place < part.end
