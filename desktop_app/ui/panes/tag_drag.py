"""A tag taken up to be dropped: what its drag looks like."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Tag
from desktop_app.ui.look.tag_mark import paint_tag_mark
from desktop_app.ui.panes.fields import short
from desktop_app.ui.panes.sidebar_painting import theme_palette

_MOST_LETTERS = 24
_BESIDE = QPoint(-12, -6)  # of the pointer, so that it does not lie over what is aimed at


def drag_tag(source: QWidget, data: QMimeData, tag: Tag) -> None:
    """Let a tag be dragged until it is dropped."""
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(tag_chip(tag, source.font(), source.devicePixelRatioF()))
    drag.setHotSpot(_BESIDE)
    drag.exec(Qt.DropAction.CopyAction)


def tag_chip(tag: Tag, font: QFont, scale: float) -> QPixmap:
    """The mark and the name of a tag; scale: of the screen that it is for."""
    metrics = QFontMetrics(font)
    name = short(tag.name, _MOST_LETTERS)
    side = round(metrics.height() * 0.8)
    size = QSize(side + metrics.horizontalAdvance(name) + 24, metrics.height() + 10)
    made = QPixmap(size * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    palette = theme_palette()
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(palette.color(QPalette.ColorRole.Accent))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 6, 6)
    middle = size.height() / 2
    paint_tag_mark(painter, QRectF(8, middle - side / 2, side, side), tag)
    painter.setFont(font)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    area = QRectF(side + 14, 0, size.width() - side - 14, size.height())
    left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, left | Qt.TextFlag.TextSingleLine, name)
    painter.end()
    return made
