"""Paints a sheet: its edge, what is drawn on it, or its number where nothing is drawn yet.

A sheet is white in every theme, as the page was made; only what lies around it follows the theme.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import LIGHT, Theme

PAPER = QColor(Qt.GlobalColor.white)
SHADOWS = (26, 14, 7)  # the alpha of the lines around a sheet, from its edge outward
NUMBER_PX = 40
WORDS_PX = 15
_DIMMED = QColor(205, 203, 198)  # what a dimmed page is multiplied by


def on_sheet(theme: Theme) -> Theme:
    """The theme for what is painted on a sheet, which is light whatever stands around it."""
    return LIGHT if theme.dark else theme


def ground(theme: Theme) -> QColor:
    """The colour around the sheets."""
    if theme.dark:
        return QColor(theme.sidebar)
    return QColor(theme.box if theme.strong else theme.line)


def on_pixels(rect: QRectF, ratio: float) -> QRectF:
    """The box moved to whole pixels of the screen, so that nothing on the page is blurred."""
    left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
    return QRectF(left, top, rect.width(), rect.height())


def paint_edge(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the soft edge of a sheet, a hard one where lines are to be strong."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if theme.strong:
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        return
    for away, alpha in enumerate(SHADOWS):
        painter.setPen(QPen(QColor(0, 0, 0, alpha * 3 if theme.dark else alpha), 1))
        painter.drawRect(rect.adjusted(-away - 0.5, -away - 0.5, away + 0.5, away + 1.5))


def paint_page(painter: QPainter, rect: QRectF, image: QImage, ratio: float) -> None:
    """Paint a drawn page; one that was drawn for this very size goes there pixel by pixel."""
    wide, high = rect.width() * ratio, rect.height() * ratio
    if abs(image.width() - wide) < 2 and abs(image.height() - high) < 2:
        if image.devicePixelRatio() != ratio:
            image.setDevicePixelRatio(ratio)
        painter.drawImage(rect.topLeft(), image)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, image, QRectF(image.rect()))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)


def paint_empty(painter: QPainter, rect: QRectF, number: int, failure: str) -> None:
    """Paint a sheet on which nothing is drawn: its number, and why it stays so."""
    painter.fillRect(rect, PAPER)
    ink = QColor(LIGHT.line if not failure else LIGHT.muted)
    painter.setPen(ink)
    face = painter.font()
    face.setPixelSize(NUMBER_PX)
    painter.setFont(face)
    middle = QRectF(rect.left(), rect.center().y() - 60, rect.width(), 56)
    painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, str(number))
    if failure:
        small = fonts.interface()
        small.setPixelSize(WORDS_PX)
        painter.setFont(small)
        inside = QRectF(rect.left() + 24, middle.bottom() + 4, rect.width() - 48, 160)
        painter.drawText(
            inside,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
            failure + "\n" + _tr("Click here to read its text."),
        )


def dim(painter: QPainter, rect: QRectF) -> None:
    """Take the glare off a sheet."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(rect, _DIMMED)
    painter.restore()


def _tr(text: str) -> str:
    return QCoreApplication.translate("pages", text)
