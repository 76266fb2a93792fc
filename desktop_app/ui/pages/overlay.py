"""Paints highlights, matches and the selection over a drawn page, so that its letters stay black."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.highlights import Highlight, MarkStyle, Standing
from desktop_app.ui.theme import Theme

BAR_PX = 3
_Mode = QPainter.CompositionMode


def paint_mark(
    painter: QPainter, boxes: Sequence[QRectF], mark: Highlight, theme: Theme, *, chosen: bool
) -> None:
    """Paint a highlight; one that is to be looked at is dashed, the chosen one has a frame."""
    colour = QColor(theme.marks[mark.colour])
    painter.setCompositionMode(_Mode.CompositionMode_Multiply)
    if mark.style is MarkStyle.FILL:
        for box in boxes:
            painter.fillRect(box, colour)
    line = QColor(theme.mark_lines[mark.colour])
    if mark.style is MarkStyle.UNDERLINE:
        for box in boxes:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 2.5), line)
    elif mark.style is MarkStyle.BAR:
        left = min(box.left() for box in boxes) - 3 * BAR_PX
        for box in boxes:
            painter.fillRect(QRectF(left, box.top(), BAR_PX, box.height()), line)
    painter.setCompositionMode(_Mode.CompositionMode_SourceOver)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark.standing is Standing.REVIEW:
        painter.setPen(QPen(line, 1.2, Qt.PenStyle.DashLine))
        for box in boxes:
            painter.drawRect(box.adjusted(-1, 0, 1, 0))
    if chosen:
        painter.setPen(QPen(QColor(theme.accent), 1.6))
        for box in boxes:
            painter.drawRoundedRect(box.adjusted(-2, -1, 2, 1), 2, 2)
    painter.setPen(Qt.PenStyle.NoPen)


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


def paint_note_mark(painter: QPainter, box: QRectF, colour: str) -> None:
    """Paint the small mark at the edge of a page that stands for a note: a leaf with lines."""
    leaf = QRectF(box.left(), box.top() + 1, 10, 12)
    painter.setPen(QPen(QColor(colour), 1.4))
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(leaf, 2, 2)
    for below in (4, 6.5, 9):
        y = leaf.top() + below
        painter.drawLine(QPointF(leaf.left() + 2.5, y), QPointF(leaf.right() - 2.5, y))
