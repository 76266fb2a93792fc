"""Paints highlights, matches and the selection over a drawn page, so that its letters stay black."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle, Standing
from desktop_app.ui.reader.mark_signs import SIGN_PX, paint_sign
from desktop_app.ui.theme import Theme

BAR_GAP_PX = 9  # from the letters to the bar beside them
_Mode = QPainter.CompositionMode


def paint_mark(
    painter: QPainter, boxes: Sequence[QRectF], mark: Highlight, theme: Theme, *, chosen: bool
) -> None:
    """Paint a highlight; one that is to be looked at is dashed, the chosen one has a frame."""
    line = _shade(theme.mark_lines, mark.colour)
    thick = 3 if theme.strong else 2
    painter.setCompositionMode(_Mode.CompositionMode_Multiply)
    if mark.style is MarkStyle.FILL:
        for box in boxes:
            painter.fillRect(box, _shade(theme.marks, mark.colour))
    elif mark.style is MarkStyle.UNDERLINE:
        for box in boxes:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), thick), line)
    else:
        left = min(box.left() for box in boxes) - BAR_GAP_PX
        for box in boxes:
            painter.fillRect(QRectF(left, box.top(), thick + 1, box.height()), line)
    painter.setCompositionMode(_Mode.CompositionMode_SourceOver)
    painter.setPen(Qt.PenStyle.NoPen)
    corner = QPointF(boxes[0].left() - SIGN_PX - 1, boxes[0].top() - 1)
    paint_sign(painter, mark.colour, corner, line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark.standing is Standing.REVIEW:
        painter.setPen(QPen(line, 1.2, Qt.PenStyle.DashLine))
        for box in boxes:
            painter.drawRect(box.adjusted(-1, 0, 1, 0))
    if chosen:
        painter.setPen(QPen(line, thick))
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


def _shade(shades: Mapping[str, str], name: str) -> QColor:
    """The shade of a colour; that of the usual one where the name is not known here."""
    return QColor(shades.get(name, shades[MARK_COLOURS[0]]))
