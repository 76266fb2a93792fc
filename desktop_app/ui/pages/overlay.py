"""Paints highlights, matches and the selection over a drawn page, so that its letters stay black."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop_app.core.highlights import MARK_COLOURS, Highlight
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.pages.shapes import PageShapes
from desktop_app.ui.reader.mark_signs import SIGN_PX, paint_sign

_Mode = QPainter.CompositionMode


def paint_marks(
    painter: QPainter, shapes: PageShapes, theme: Theme, corner: QPointF, scale: float
) -> None:
    """Paint the highlights of a page whose top left is at a corner of the view.

    Those that somebody has to look at are dashed. scale: pixels for a point.
    """
    thick = min(3 if theme.strong else 2, max(2.0 * scale, 1.0))

    def placed(box: QRectF) -> QRectF:
        return QRectF(
            corner.x() + box.left() * scale,
            corner.y() + box.top() * scale,
            box.width() * scale,
            box.height() * scale,
        )

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setCompositionMode(_Mode.CompositionMode_Multiply)
    for name, boxes in shapes.fills.items():
        painter.setBrush(_shade(theme.marks, name))
        painter.drawRects([placed(box) for box in boxes])
    painter.setCompositionMode(_Mode.CompositionMode_SourceOver)
    for lines, width in ((shapes.underlines, thick), (shapes.bars, thick + 1)):
        for name, boxes in lines.items():
            painter.setBrush(_shade(theme.mark_lines, name))
            painter.drawRects([_thick(placed(box), width) for box in boxes])
    for (name, _, _), place in shapes.signs.items():
        at = corner + place * scale - QPointF(SIGN_PX + 1, 1)
        paint_sign(painter, name, at, _shade(theme.mark_lines, name))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, boxes in shapes.frames.items():
        painter.setPen(QPen(_shade(theme.mark_lines, name), 1.2, Qt.PenStyle.DashLine))
        painter.drawRects([placed(box).adjusted(-1, 0, 1, 0) for box in boxes])
    painter.setPen(Qt.PenStyle.NoPen)


def _thick(line: QRectF, width: float) -> QRectF:
    """The box of a line that has none of its two sides yet."""
    if line.width() == 0:
        return QRectF(line.left(), line.top(), width, line.height())
    return QRectF(line.left(), line.top() - 1, line.width(), width)


def paint_chosen(painter: QPainter, boxes: Sequence[QRectF], mark: Highlight, theme: Theme) -> None:
    """Draw a line around the chosen highlight."""
    thick = min(3.0 if theme.strong else 2.0, max(boxes[0].height() / 8, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_shade(theme.mark_lines, mark.colour), thick))
    painter.drawPath(outline(boxes))
    painter.setPen(Qt.PenStyle.NoPen)


def outline(boxes: Sequence[QRectF]) -> QPainterPath:
    """The line around boxes; those of lines that follow each other are one shape."""
    path = QPainterPath()
    for at, box in enumerate(boxes):
        around = box.adjusted(-2, -1, 2, 1)
        below = boxes[at + 1] if at + 1 < len(boxes) else None
        if below is not None and 0 < below.top() - box.bottom() < box.height():
            around.setBottom(below.top())
        path.addRect(around)
    return path.simplified()


def paint_match(painter: QPainter, boxes: Sequence[QRectF], theme: Theme, *, current: bool) -> None:
    """Paint a match; the current one is stronger and has an edge."""
    painter.setCompositionMode(_Mode.CompositionMode_Multiply)
    for box in boxes:
        painter.fillRect(
            box.adjusted(-1, 0, 1, 0), QColor(theme.match_now if current else theme.match)
        )
    painter.setCompositionMode(_Mode.CompositionMode_SourceOver)
    if current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.match_edge), 1.5))
        for box in boxes:
            painter.drawRoundedRect(box.adjusted(-2, -1, 2, 1), 3, 3)
        painter.setPen(Qt.PenStyle.NoPen)


def paint_selection(painter: QPainter, boxes: Sequence[QRectF], theme: Theme) -> None:
    """Paint what is selected."""
    painter.setCompositionMode(_Mode.CompositionMode_Multiply)
    for box in boxes:
        painter.fillRect(box, QColor(theme.text_selection))
    painter.setCompositionMode(_Mode.CompositionMode_SourceOver)


def _shade(shades: Mapping[str, str], name: str) -> QColor:
    """The shade of a colour; that of the usual one where the name is not known here."""
    return QColor(shades.get(name, shades[MARK_COLOURS[0]]))
