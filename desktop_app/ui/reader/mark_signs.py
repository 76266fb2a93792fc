"""The sign of each colour: what tells a highlight's colour to eyes that see some of them alike.

The usual colour has none. Signs stand in the corner of a highlight and in menus.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

SIGN_PX = 5.0


def add_sign(path: QPainterPath, name: str, corner: QPointF) -> None:
    """Add the sign of a colour to a path, with its top left at a place."""
    draw = _SIGNS.get(name)
    if draw is not None:
        draw(path, QRectF(corner.x(), corner.y(), SIGN_PX, SIGN_PX))


def paint_sign(painter: QPainter, name: str, corner: QPointF, line: QColor) -> None:
    """Paint the sign of a colour with its top left at a place, in the colour's line."""
    path = QPainterPath()
    add_sign(path, name, corner)
    painter.fillPath(path, line)


def _disc(path: QPainterPath, box: QRectF) -> None:
    path.addEllipse(box)


def _square(path: QPainterPath, box: QRectF) -> None:
    path.addRect(box.adjusted(0.25, 0.25, -0.25, -0.25))


def _triangle(path: QPainterPath, box: QRectF) -> None:
    top = QPointF(box.center().x(), box.top())
    path.addPolygon(QPolygonF([box.bottomLeft(), top, box.bottomRight(), box.bottomLeft()]))


def _cross(path: QPainterPath, box: QRectF) -> None:
    middle, third = box.center(), SIGN_PX / 6
    left, right = middle.x() - third, middle.x() + third
    path.addRect(QRectF(box.left(), middle.y() - third, left - box.left(), 2 * third))
    path.addRect(QRectF(left, box.top(), 2 * third, SIGN_PX))
    path.addRect(QRectF(right, middle.y() - third, box.right() - right, 2 * third))


_SIGNS: dict[str, Callable[[QPainterPath, QRectF], None]] = {
    "green": _disc,
    "blue": _square,
    "pink": _triangle,
    "purple": _cross,
}
