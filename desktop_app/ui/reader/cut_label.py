"""A line of words that gives way where there is no room: whole parts go first, then it is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

BETWEEN = " · "
_ROOM_PX = 2  # that letters may need beside their advance


class CutLabel(QLabel):
    """Shows as many parts from the first on as fit; one alone that does not fit is cut, with “…”."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self._cut = False
        self.setTextFormat(Qt.TextFormat.PlainText)

    def text(self) -> str:
        """All that it has to say, whether there is room for it or not."""
        return BETWEEN.join(self._parts)

    @property
    def fitting(self) -> str:
        """What is to be seen of it."""
        return super().text()

    def setText(self, text: str) -> None:
        """Say something that is cut where it does not fit."""
        self.say((text,) if text else (), cut=True)

    def say(self, parts: Sequence[str], *, cut: bool = False) -> None:
        """Say some parts, the first of them first. cut: show the beginning of one alone."""
        self._parts, self._cut = tuple(parts), cut
        self.setAccessibleName(self.text())
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._advance(self.text()), hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        shown = len(self._parts)
        while shown and self._advance(BETWEEN.join(self._parts[:shown])) > self.width():
            shown -= 1
        said = BETWEEN.join(self._parts[:shown])
        if not shown and self._parts and self._cut:
            metrics, room = self.fontMetrics(), self.width() - _ROOM_PX
            said = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 0))
        if said != super().text():
            super().setText(said)
        self.setToolTip(self.text() if said != self.text() else "")

    def _advance(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + _ROOM_PX
