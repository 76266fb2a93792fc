"""The sign of a highlight: its colour, and by its shape its style."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap

from desktop_app.core.highlights import MarkStyle
from desktop_app.ui.look.theme import Theme


def paint_swatch(
    painter: QPainter, rect: QRectF, colour: str, style: MarkStyle, theme: Theme
) -> None:
    """Paint the sign of a highlight into a square."""
    line = QColor(theme.mark_lines.get(colour, theme.muted))
    fill = QColor(theme.marks.get(colour, theme.selection))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if style is MarkStyle.FILL:
        painter.setPen(QPen(line, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    else:
        painter.setPen(QPen(line, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        if style is MarkStyle.UNDERLINE:
            _paint_letter(painter, rect, theme)
            painter.drawLine(
                QPointF(rect.left(), rect.bottom() - 1), QPointF(rect.right(), rect.bottom() - 1)
            )
        else:
            painter.drawLine(
                QPointF(rect.left() + 2, rect.top()), QPointF(rect.left() + 2, rect.bottom())
            )
            painter.setPen(QPen(QColor(theme.muted), 1))
            for part in (0.25, 0.5, 0.75):
                y = rect.top() + rect.height() * part
                painter.drawLine(QPointF(rect.left() + 6, y), QPointF(rect.right(), y))
    painter.restore()


def swatch_icon(colour: str, style: MarkStyle, theme: Theme) -> QIcon:
    """The sign of a highlight as an icon, for menus."""
    return QIcon(_SwatchEngine(colour, style, theme))


def _paint_letter(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.save()
    painter.setPen(QPen(QColor(theme.muted), 1))
    y = rect.top() + rect.height() * 0.35
    painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y))
    painter.restore()


class _SwatchEngine(QIconEngine):
    def __init__(self, colour: str, style: MarkStyle, theme: Theme) -> None:
        super().__init__()
        self._made = (colour, style, theme)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height()) * 0.8
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        paint_swatch(painter, square, *self._made)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _SwatchEngine(*self._made)
