"""The small mark at the column's edge that stands for notes where there is no room for cards."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.noted import Noted

MARK_PX = 18
_LONGEST_SAID = 200


class EdgeMark(QAbstractButton):
    """Opens the notes of one line; says how many there are where it is more than one."""

    opened = Signal(object)  # itself
    stepped = Signal(bool)  # Tab, backwards where False

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.noted: tuple[Noted, ...] = ()
        self._chosen = False
        self.setAccessibleName(self.tr("Notes"))
        self.setFixedSize(MARK_PX, MARK_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.opened.emit(self))
        self.hide()

    def show_noted(self, noted: Sequence[Noted], *, chosen: bool) -> None:
        """Stand for these notes."""
        self._chosen = chosen
        if tuple(noted) == self.noted:
            self.update()
            return
        self.noted = tuple(noted)
        if len(noted) == 1:
            (one,) = noted
            words = one.note or ", ".join(chip.path for chip in one.chips)
            name = self.tr("Note: {0}").format(words[:_LONGEST_SAID])
        else:
            name = self.tr("{0} notes beside this line").format(len(noted))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Leave it to who placed the marks."""
        self.stepped.emit(forward)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.noted:
            return
        theme = self._appearance.theme
        colour = theme.mark_lines.get(self.noted[0].colour, theme.accent)
        lit = self._chosen or self.underMouse() or self.hasFocus()
        painter = QPainter(self)
        count = len(self.noted)
        scale = self.devicePixelRatioF()
        painter.drawImage(
            0, 0, _drawn(colour, theme.box if lit else theme.page, theme.ink, count, scale=scale)
        )
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


@lru_cache(maxsize=64)
def _drawn(colour: str, ground: str, ink: str, count: int, *, scale: float) -> QImage:
    """A small sheet with lines on it, or with the number of notes that it stands for."""
    # An image, since it may outlive the application.
    made = QImage(QSize(MARK_PX, MARK_PX) * scale, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.4))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(3.5, 3.5, MARK_PX - 7, MARK_PX - 7), 2.5, 2.5)
    if count > 1:
        painter.setFont(fonts.interface(10, strong=True))
        painter.setPen(QColor(ink))
        words = str(count) if count < 10 else "9+"
        whole = QRectF(0, 0, MARK_PX, MARK_PX)
        painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, words)
    else:
        painter.setPen(QPen(QColor(colour), 1.2))
        for y in (7.0, 9.5):
            painter.drawLine(QPointF(6, y), QPointF(MARK_PX - 6, y))
    painter.end()
    return made
