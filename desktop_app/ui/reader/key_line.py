"""The line along the top of a page that has the keys, unless a hand put them there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter

from desktop_app.ui.look.theme import Theme


class KeyLine:
    """Knows whether the line is to be shown, and paints it."""

    def __init__(self) -> None:
        self._shown = False

    def come(self, event: QFocusEvent) -> None:
        """The keys have come to the page."""
        self._shown = event.reason() != Qt.FocusReason.MouseFocusReason

    def go(self) -> None:
        """The keys have gone."""
        self._shown = False

    def paint(self, painter: QPainter, width: int, theme: Theme) -> None:
        """Paint the line from the top left of the view."""
        if self._shown:
            painter.fillRect(0, 0, width, 4 if theme.strong else 2, QColor(theme.accent))
