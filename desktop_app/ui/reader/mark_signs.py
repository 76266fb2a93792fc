"""The sign of each colour: what tells a highlight's colour to eyes that see some of them alike.

The usual colour has none. Signs stand in the corner of a highlight, in the strip and in menus.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPolygonF

SIGN_PX = 5.0


def paint_sign(painter: QPainter, name: str, corner: QPointF, line: QColor) -> None:
    """Paint the sign of a colour with its top left at a place, in the colour's line."""
    draw = _SIGNS.get(name)
    if draw is not None:
        painter.setBrush(line)
        draw(painter, QRectF(corner.x(), corner.y(), SIGN_PX, SIGN_PX))


def _disc(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)


def _square(painter: QPainter, box: QRectF) -> None:
    painter.drawRect(box.adjusted(0.25, 0.25, -0.25, -0.25))


def _triangle(painter: QPainter, box: QRectF) -> None:
    painter.drawPolygon(
        QPolygonF([box.bottomLeft(), QPointF(box.center().x(), box.top()), box.bottomRight()])
    )


def _cross(painter: QPainter, box: QRectF) -> None:
    middle, third = box.center(), SIGN_PX / 6
    painter.drawRect(QRectF(box.left(), middle.y() - third, SIGN_PX, 2 * third))
    painter.drawRect(QRectF(middle.x() - third, box.top(), 2 * third, SIGN_PX))


_SIGNS: dict[str, Callable[[QPainter, QRectF], None]] = {
    "green": _disc,
    "blue": _square,
    "pink": _triangle,
    "purple": _cross,
}
