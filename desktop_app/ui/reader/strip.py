"""The strip beside the scroll bar: where in the text the matches and the highlights are.

It is told places and the whole that they are shares of, and knows neither texts nor pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.core.highlights import MARK_COLOURS
from desktop_app.ui.look.theme import Appearance

WIDTH_PX = 16
MARK_PX = 3
DOT_PX = 5
NEAR_PX = 4  # what a tooltip counts as being here
_SIDE_PX = 3  # how much nearer what is on the pointer's side counts
_MOST_COLOURS = 3  # at one height; they stand side by side
_APART_PX = 3  # squares nearer to each other than this are one


@dataclass(frozen=True, slots=True)
class _Places:
    """Where something is: places, ascending, and what they are shares of."""

    at: Sequence[float] = ()
    whole: float = 1.0

    def __len__(self) -> int:
        return len(self.at)

    def first_from(self, share: float) -> int:
        """The index of the first that is at or behind a share of the whole."""
        return bisect_left(self.at, share * self.whole)


def _usual(_: int) -> str:
    return MARK_COLOURS[0]


class MatchStrip(QWidget):
    """Shows matches as lines at its left and highlights as squares in their colours at its right.

    A click goes to what is nearest.
    """

    chosen = Signal(int)  # the index of a match
    mark_chosen = Signal(int)  # the index of a highlight

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._matches = _Places()
        self._marks = _Places()
        self._colour_of: Callable[[int], str] = _usual
        self._current: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Where the matches and highlights are"))
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 100)

    # What is shown.

    def set_matches(
        self, ranges: Sequence[tuple[int, int]], length: int, current: int | None
    ) -> None:
        """Show matches in a text of a length, in code points."""
        self.set_match_places([start for start, _ in ranges], length, current)

    def set_match_places(self, places: Sequence[float], whole: float, current: int | None) -> None:
        """Show matches at places of a whole, ascending."""
        self._matches, self._current = _Places(places, max(whole, 1e-9)), current
        self._show()

    def set_current(self, current: int | None) -> None:
        """Show another match as the current one."""
        self._current = current
        self.update()

    def set_marks(
        self, places: Sequence[float], whole: float, colour_of: Callable[[int], str]
    ) -> None:
        """Show highlights at places of a whole, ascending; colour_of: a colour's name by index."""
        self._marks, self._colour_of = _Places(places, max(whole, 1e-9)), colour_of
        self._show()

    def _show(self) -> None:
        self.setAccessibleDescription(self._said(len(self._matches), len(self._marks)))
        self.update()

    def _said(self, matches: int, marks: int) -> str:
        parts = []
        if matches:
            parts.append(
                self.tr("1 match") if matches == 1 else self.tr("{0:,} matches").format(matches)
            )
        if marks:
            parts.append(
                self.tr("1 highlight") if marks == 1 else self.tr("{0:,} highlights").format(marks)
            )
        return " · ".join(parts)

    def said_at(self, y: float) -> str:
        """How many matches and highlights there are, and how many of them at a height."""
        whole = self._said(len(self._matches), len(self._marks))
        if not whole:
            return ""
        counts = [hi - lo for lo, hi in (self._near(part, y) for part in self._both())]
        here = self._said(*counts)
        return self.tr("{0}\nhere: {1}").format(whole, here) if here else whole

    def _both(self) -> tuple[_Places, _Places]:
        return self._matches, self._marks

    # Places.

    def y_of(self, place: float) -> int:
        """The height at which a share of the text is shown."""
        return int(place * (self.height() - MARK_PX) + 0.5)

    def _share(self, y: float) -> float:
        return y / max(self.height() - MARK_PX, 1)

    def _near(self, places: _Places, y: float) -> tuple[int, int]:
        """The first of some places that is shown near a height, and the one behind the last."""
        top, bottom = self._share(y - MARK_PX / 2 - NEAR_PX), self._share(y - MARK_PX / 2 + NEAR_PX)
        return places.first_from(top), places.first_from(bottom)

    def _nearest(self, places: _Places, y: float) -> tuple[float, int] | None:
        """How far from a height the nearest place is shown, in pixels, and its index."""
        at = places.first_from(self._share(y))
        near = [index for index in (at - 1, at) if 0 <= index < len(places)]
        shown = ((abs(self.y_of(places.at[i] / places.whole) + 1 - y), i) for i in near)
        return min(shown, default=None)

    def _rows(self, places: _Places, *, apart: int = 1) -> list[tuple[int, int, int]]:
        """The heights at which places are shown, each once, some pixels apart.

        Each comes with the index of the first place there and of the one behind the last.
        """
        found: list[tuple[int, int, int]] = []
        at, height = places.at, self.height() - MARK_PX
        scale = height / places.whole
        index, count = 0, len(at)
        while index < count:
            y = int(at[index] * scale + 0.5)
            # All that is shown there is passed over in one step.
            behind = max(
                bisect_left(at, (y + apart - 0.5) / max(scale, 1e-12), lo=index), index + 1
            )
            found.append((y, index, behind))
            index = behind
        return found

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(event.rect(), QColor(theme.page))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.strip))
        painter.drawRects([QRectF(1, y, 7, MARK_PX) for y, _, _ in self._rows(self._matches)])
        if self._current is not None and self._current < len(self._matches):
            y = self.y_of(self._matches.at[self._current] / self._matches.whole)
            painter.setBrush(QColor(theme.match_edge))
            painter.drawRect(QRectF(0, y - 1, 9, MARK_PX + 2))
        for name, dots in self._dots().items():
            shade = theme.mark_lines.get(name, theme.mark_lines[MARK_COLOURS[0]])
            painter.setBrush(QColor(shade))
            painter.drawRects(dots)

    def _dots(self) -> dict[str, list[QRect]]:
        """Where the squares of highlights are, by colour; up to three stand side by side."""
        dots: dict[str, list[QRect]] = {}
        left = WIDTH_PX - 1 - DOT_PX
        for y, first, behind in self._rows(self._marks, apart=_APART_PX):
            shown = [self._colour_of(at) for at in range(first, min(behind, first + _MOST_COLOURS))]
            for number, name in enumerate(dict.fromkeys(shown) if len(shown) > 1 else shown):
                # Those farther to the left are narrower, so that none covers another.
                wide = DOT_PX if number == 0 else 2
                x = left if number == 0 else left - 2 * number
                dots.setdefault(name, []).append(QRect(x, y - 1, wide, DOT_PX))
        return dots

    # The pointer.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        y, right = event.position().y(), event.position().x() > WIDTH_PX / 2
        match, mark = (self._nearest(places, y) for places in self._both())
        nearer = mark is not None and (
            match is None or mark[0] + (0 if right else _SIDE_PX) <= match[0] + right * _SIDE_PX
        )
        if mark is not None and nearer:
            self.mark_chosen.emit(mark[1])
        elif match is not None:
            self.chosen.emit(match[1])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.said_at(event.pos().y()), self)
            return True
        return super().event(event)
