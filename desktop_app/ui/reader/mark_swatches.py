"""The colours of highlights as a row of small buttons, as they look on the page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from desktop_app.core.highlights import MARK_COLOURS
from desktop_app.ui.look.theme import Appearance

SIDE_PX = 26


class MarkSwatch(QAbstractButton):
    """One colour; a ring and a tick show that it is the one in use."""

    def __init__(self, colour: str, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self._appearance = appearance
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = self.tr("Highlight in {0}").format(colour)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        side = max(SIDE_PX, round(self.fontMetrics().height() * 1.4))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF(0, 0, side, side).adjusted(4.5, 4.5, -4.5, -4.5)
        line = QColor(theme.mark_lines[self.colour])
        painter.setBrush(QColor(theme.marks[self.colour]))
        painter.setPen(QPen(line, 2 if self.isChecked() else 1))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            painter.setPen(QPen(line, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            middle = box.center()
            corner = middle + QPointF(-1, 3)
            painter.drawLine(middle - QPointF(3.5, 0), corner)
            painter.drawLine(corner, middle + QPointF(4, -3))
        if self.hasFocus() or self.underMouse():
            ring = theme.accent if self.hasFocus() else theme.muted
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ring), 1.6))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 6, 6)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class MarkSwatches(QWidget):
    """All colours in a row."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget, *, focus: Qt.FocusPolicy) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._swatches: dict[str, MarkSwatch] = {}
        for colour in MARK_COLOURS:
            swatch = self._swatches[colour] = MarkSwatch(colour, appearance, self)
            swatch.setFocusPolicy(focus)
            swatch.clicked.connect(lambda _=False, colour=colour: self.chosen.emit(colour))
            self._group.addButton(swatch)
            row.addWidget(swatch)
        appearance.changed.connect(self.update)

    def show_colour(self, colour: str | None) -> None:
        """Show which colour is in use; None for none of them."""
        self._group.setExclusive(False)
        for name, swatch in self._swatches.items():
            swatch.setChecked(name == colour)
        self._group.setExclusive(True)
