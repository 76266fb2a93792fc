"""Rows taken up to be dropped on a tag: what the drag of documents, or of highlights, looks like."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.ui.look.theme import Theme
from desktop_app.ui.models.drag import documents_mime, highlights_mime


def drag_documents(source: QWidget, ids: Sequence[int], theme: Theme, font: QFont) -> None:
    """Let documents be dragged until they are dropped."""
    words = "1 document" if len(ids) == 1 else f"{len(ids):,} documents"
    _drag(source, documents_mime(ids), _picture(words, theme, font, source.devicePixelRatioF()))


def drag_highlights(source: QWidget, ids: Sequence[int], theme: Theme, font: QFont) -> None:
    """Let highlights be dragged until they are dropped."""
    words = "1 highlight" if len(ids) == 1 else f"{len(ids):,} highlights"
    _drag(source, highlights_mime(ids), _picture(words, theme, font, source.devicePixelRatioF()))


def _drag(source: QWidget, data: QMimeData, picture: QPixmap) -> None:
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(-12, -6))
    drag.exec(Qt.DropAction.CopyAction)


def _picture(words: str, theme: Theme, font: QFont, scale: float) -> QPixmap:
    metrics = QFontMetrics(font)
    size = QSize(metrics.horizontalAdvance(words) + 24, metrics.height() + 12)
    made = QPixmap(size * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.accent))
    painter.setBrush(QColor(theme.accent_soft))
    painter.drawRoundedRect(0, 0, size.width() - 1, size.height() - 1, 6, 6)
    painter.setFont(font)
    painter.setPen(QColor(theme.ink))
    painter.drawText(QRect(QPoint(0, 0), size), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return made
