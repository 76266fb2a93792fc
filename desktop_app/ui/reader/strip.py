"""The strip beside the scroll bar: where in the text the matches and the highlights are.

It is told shares of the whole, 0 to 1, and knows neither texts nor pages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.core.highlights import MARK_COLOURS
from desktop_app.ui.theme import Appearance

WIDTH_PX = 16
MARK_PX = 3
DOT_PX = 5
NEAR_PX = 4  # what a tooltip counts as being here
_SIDE_PX = 3  # how much nearer what is on the pointer's side counts
_MOST_COLOURS = 3  # at one height; they stand side by side


class MatchStrip(QWidget):
    """Shows matches as lines at its left and highlights as dots in their colours at its right.

    A click goes to what is nearest.
    """

    chosen = Signal(int)  # the index of a match
    mark_chosen = Signal(int)  # the index of a highlight

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._matches: Sequence[float] = ()
        self._marks: Sequence[float] = ()
        self._colours: Sequence[str] = ()
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
        self.set_match_shares([start / max(length, 1) for start, _ in ranges], current)

    def set_match_shares(self, shares: Sequence[float], current: int | None) -> None:
        """Show matches at shares of the whole, ascending."""
        self._matches, self._current = shares, current
        self._show()

    def set_current(self, current: int | None) -> None:
        """Show another match as the current one."""
        self._current = current
        self.update()

    def set_marks(self, shares: Sequence[float], colours: Sequence[str]) -> None:
        """Show highlights at shares of the whole, ascending, each with the name of its colour."""
        self._marks, self._colours = shares, colours
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

    def _both(self) -> tuple[Sequence[float], Sequence[float]]:
        return self._matches, self._marks

    # Places.

    def y_of(self, place: float) -> int:
        """The height at which a share of the text is shown."""
        return int(place * (self.height() - MARK_PX) + 0.5)

    def _share(self, y: float) -> float:
        return y / max(self.height() - MARK_PX, 1)

    def _near(self, shares: Sequence[float], y: float) -> tuple[int, int]:
        """The first of some shares that is shown near a height, and the one behind the last."""
        top, bottom = self._share(y - MARK_PX / 2 - NEAR_PX), self._share(y - MARK_PX / 2 + NEAR_PX)
        return bisect_left(shares, top), bisect_left(shares, bottom)

    def _nearest(self, shares: Sequence[float], y: float) -> tuple[float, int] | None:
        """How far from a height the nearest share is shown, in pixels, and its index."""
        at = bisect_left(shares, self._share(y))
        near = [index for index in (at - 1, at) if 0 <= index < len(shares)]
        return min(((abs(self.y_of(shares[i]) + 1 - y), i) for i in near), default=None)

    def _rows(self, shares: Sequence[float]) -> list[tuple[int, int]]:
        """The heights at which any of some shares is shown, each once, with the first there."""
        found: list[tuple[int, int]] = []
        index = 0
        while index < len(shares):
            y = self.y_of(shares[index])
            found.append((y, index))
            # All that rounds to the same height is passed over in one step.
            index = max(bisect_left(shares, self._share(y + 0.5), lo=index), index + 1)
        return found

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(event.rect(), QColor(theme.page))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.strip))
        for y, _ in self._rows(self._matches):
            painter.drawRect(QRectF(1, y, 7, MARK_PX))
        if self._current is not None and self._current < len(self._matches):
            y = self.y_of(self._matches[self._current])
            painter.setBrush(QColor(theme.match_edge))
            painter.drawRect(QRectF(0, y - 1, 9, MARK_PX + 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = self._rows(self._marks)
        for number, (y, first) in enumerate(rows):
            last = rows[number + 1][1] if number + 1 < len(rows) else len(self._marks)
            colours = list(dict.fromkeys(self._colours[first : min(last, first + 50)]))
            self._dots(painter, y, colours[:_MOST_COLOURS])

    def _dots(self, painter: QPainter, y: int, colours: Sequence[str]) -> None:
        """Paint the dot of a height, cut into the colours that stand there."""
        shades = self._appearance.theme.mark_lines
        box = QRectF(WIDTH_PX - 1 - DOT_PX, y + MARK_PX / 2 - DOT_PX / 2, DOT_PX, DOT_PX)
        for number, name in enumerate(reversed(colours)):
            painter.setBrush(QColor(shades.get(name, shades[MARK_COLOURS[0]])))
            painter.drawRoundedRect(box.translated(-2 * (len(colours) - 1 - number), 0), 2.5, 2.5)

    # The pointer.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        y, right = event.position().y(), event.position().x() > WIDTH_PX / 2
        match, mark = (self._nearest(shares, y) for shares in self._both())
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
