"""Which spot of the page has the keys: Tab goes through fold lines, notes and pictures in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.ui.reader.laid import Laid, Spot, SpotKind

if TYPE_CHECKING:
    from desktop_app.ui.reader.view import PageView


class SpotKeys:
    """The spot that Enter acts on; none until Tab or an action has chosen one."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._row = -1
        self._spot: Spot | None = None

    @property
    def spot(self) -> Spot | None:
        """The spot that has the keys, None where none has or it is out of view."""
        if self._spot is None or not any(found == self._place() for found in self._in_view()):
            return None
        return self._spot

    def clear(self) -> None:
        """Let no spot have the keys."""
        if self._spot is not None:
            self._row, self._spot = -1, None
            self._view.viewport().update()

    def step(self, by: int) -> bool:
        """Give the keys to the next or the previous spot in view; False where there is no more."""
        spots = self._in_view()
        here = self._place()
        at = spots.index(here) + by if here in spots else (0 if by > 0 else len(spots) - 1)
        if not 0 <= at < len(spots):
            self.clear()
            return False
        self._row, self._spot = spots[at]
        self._view.viewport().update()
        return True

    def give(self, kind: SpotKind, target: int | str, *, near: int | None = None) -> None:
        """Give the keys to the spot in view of a kind and target; near: a code point of its row."""
        spots = [s for s in self._in_view() if (s[1].kind, s[1].target) == (kind, target)]
        if near is not None:
            spots = [s for s in spots if s[0] == self._view.row_at(near)] or spots
        if spots:
            self._row, self._spot = spots[0]
            self._view.viewport().update()

    def paint(self, painter: QPainter, index: int, laid: Laid, colour: str) -> None:
        """Draw the ring around the spot that has the keys, where it is in a row."""
        if index == self._row and self._spot is not None and self._spot in laid.spots:
            painter.setPen(QPen(QColor(colour), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._spot.rect.adjusted(-1, -1, 1, 1), 5, 5)
            painter.setPen(Qt.PenStyle.NoPen)

    def _place(self) -> tuple[int, Spot | None]:
        return self._row, self._spot

    def _in_view(self) -> list[tuple[int, Spot]]:
        window = QRectF(self._view.viewport().rect())
        return [
            (index, spot)
            for index, origin, laid in self._view.rows_in_view()
            for spot in laid.spots
            if spot.kind is not SpotKind.RULE and window.intersects(spot.rect.translated(origin))
        ]
