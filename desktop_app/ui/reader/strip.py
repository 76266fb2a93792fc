"""The strip beside the scroll bar: where in the text the matches are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.theme import Appearance

WIDTH_PX = 10
MARK_PX = 3


class MatchStrip(QWidget):
    """Shows each match as a short line at its share of the text; a click goes to the nearest."""

    chosen = Signal(int)  # the index of a match

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._places: list[float] = []
        self._heights: list[int] = []  # where they are drawn, each once
        self._current: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Where the matches are"))
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, 100)

    def set_matches(
        self, ranges: Sequence[tuple[int, int]], length: int, current: int | None
    ) -> None:
        """Show matches in a text of a length, in code points."""
        self._places = [start / max(length, 1) for start, _ in ranges]
        self._current = current
        self._place()
        if ranges:
            self.setToolTip(self.tr("{0:,} matches").format(len(ranges)))
        else:
            self.setToolTip("")
        self.update()

    def set_current(self, current: int | None) -> None:
        """Show another match as the current one."""
        self._current = current
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        height = self.height() - MARK_PX
        self._heights = sorted({round(place * height) for place in self._places})

    def y_of(self, place: float) -> int:
        """The height at which a share of the text is shown."""
        return round(place * (self.height() - MARK_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._appearance.theme
        painter.fillRect(event.rect(), QColor(theme.page))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.strip))
        for y in self._heights:
            painter.drawRect(QRectF(2, y, WIDTH_PX - 4, MARK_PX))
        if self._current is not None and self._current < len(self._places):
            y = self.y_of(self._places[self._current])
            painter.setBrush(QColor(theme.match_edge))
            painter.drawRect(QRectF(0, y - 1, WIDTH_PX, MARK_PX + 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._places and event.button() == Qt.MouseButton.LeftButton:
            place = event.position().y() / max(self.height() - MARK_PX, 1)
            nearest = min(range(len(self._places)), key=lambda i: abs(self._places[i] - place))
            self.chosen.emit(nearest)
