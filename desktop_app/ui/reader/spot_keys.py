"""Which spot of the page has the keys: Tab goes through fold lines, notes and pictures in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.ui.reader.laid import Laid, Spot, SpotKind

if TYPE_CHECKING:
    from desktop_app.ui.reader.keyed_page import KeyedPage


class SpotKeys:
    """The spot that Enter acts on; none until Tab or an action has chosen one.

    It is known by its row and its number there, since a fold line is set anew when it opens.
    """

    def __init__(self, view: KeyedPage) -> None:
        self._view = view
        self._place: tuple[int, int] | None = None

    @property
    def spot(self) -> Spot | None:
        """The spot that has the keys, None where none has or it is out of view."""
        return next((spot for place, spot in self._in_view() if place == self._place), None)

    def clear(self) -> None:
        """Let no spot have the keys."""
        if self._place is not None:
            self._place = None
            self._view.viewport().update()

    def step(self, by: int) -> bool:
        """Give the keys to the next or the previous spot in view; False where there is no more."""
        places = [place for place, _ in self._in_view()]
        at = 0 if by > 0 else len(places) - 1
        if self._place in places:
            at = places.index(self._place) + by
        if not 0 <= at < len(places):
            self.clear()
            return False
        self._place = places[at]
        self._view.viewport().update()
        return True

    def give(self, kind: SpotKind, target: int | str, *, near: int | None = None) -> None:
        """Give the keys to the spot in view of a kind and target; near: a code point of its row."""
        places = [
            place for place, spot in self._in_view() if (spot.kind, spot.target) == (kind, target)
        ]
        if near is not None:
            places = [place for place in places if place[0] == self._view.row_at(near)] or places
        if places:
            self._place = places[0]
            self._view.viewport().update()

    def paint(self, painter: QPainter, index: int, laid: Laid, colour: str) -> None:
        """Draw the ring around the spot that has the keys, where it is in a row."""
        if self._place is None or self._place[0] != index or self._place[1] >= len(laid.spots):
            return
        painter.setPen(QPen(QColor(colour), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = laid.spots[self._place[1]].rect.adjusted(-1, -1, 1, 1)
        painter.drawRoundedRect(ring, 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)

    def _in_view(self) -> list[tuple[tuple[int, int], Spot]]:
        window = QRectF(self._view.viewport().rect())
        return [
            ((index, number), spot)
            for index, origin, laid in self._view.rows_in_view()
            for number, spot in enumerate(laid.spots)
            if spot.kind is not SpotKind.RULE and window.intersects(spot.rect.translated(origin))
        ]
