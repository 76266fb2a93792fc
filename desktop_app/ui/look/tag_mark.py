"""The small square that stands for a tag: its colour, its pattern, and the letters it was given.

A pattern leaves gaps through which the ground is seen, so that it is told apart without its colour.
Letters take the pattern's place in a small square and stand over it in a large one.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
)

from desktop_app.core.model import Tag
from desktop_app.core.tag_looks import Pattern, letters_of
from desktop_app.ui.look.colours import Theme

# Letters need this much; a smaller square grows about its middle for those that a tag was given.
_LETTERED = 14.0
# From here on every mark shows letters, those of the name where none were given, and the pattern too.
_LARGE = 22.0
_BAND = 0.3  # of a large mark, for the pattern below the letters
_SEEN = 1.35  # the contrast below which a colour needs an edge to be seen on its ground


def paint_tag_mark(painter: QPainter, rect: QRectF, tag: Tag, theme: Theme | None = None) -> None:
    """Paint the mark of a tag into a square.

    theme: whose ground it stands on; None takes that of the window's palette.
    """
    ground, edge, inks = _colours(theme)
    colour = QColor(tag.colour)
    square = _grown(rect, tag)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    large = square.height() >= _LARGE
    if not (tag.letters or large):
        _fill(painter, square, colour, tag.pattern)
    elif large and tag.pattern is not Pattern.PLAIN:
        band = square.height() * _BAND
        upper = square.adjusted(0, 0, 0, -band - 1)
        _fill(painter, upper, colour, Pattern.PLAIN)
        _fill(painter, square.adjusted(0, square.height() - band, 0, 0), colour, tag.pattern)
        _letter(painter, upper, letters_of(tag.name, tag.letters), _clearest(colour, inks))
    else:
        _fill(painter, square, colour, Pattern.PLAIN)
        _letter(painter, square, letters_of(tag.name, tag.letters), _clearest(colour, inks))
    if _contrast(colour, ground) < _SEEN:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(edge, 1))
        round_by = _round_by(square)
        painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), round_by, round_by)
    painter.restore()


def tag_icon(tag: Tag, theme: Theme | None = None, *, side: int = 16) -> QIcon:
    """The mark of a tag as an icon, with some air around it."""
    made = QPixmap(QSize(side * 2, side * 2))
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    air = side * 0.15
    paint_tag_mark(painter, QRectF(air, air, side - 2 * air, side - 2 * air), tag, theme)
    painter.end()
    icon = QIcon(made)
    icon.addPixmap(made, QIcon.Mode.Selected)  # else the style would tint it in a chosen row
    return icon


def paint_pattern(painter: QPainter, rect: QRectF, colour: str, pattern: Pattern) -> None:
    """Paint a square of a colour in a pattern, whose tag ever it may become."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _fill(painter, rect, QColor(colour), pattern)
    painter.restore()


def _colours(theme: Theme | None) -> tuple[QColor, QColor, tuple[QColor, QColor]]:
    """The ground, what can be seen on it, and the two inks of which one is clear on any colour."""
    if theme is not None:
        inks = QColor(theme.ink), QColor(theme.page)
        return QColor(theme.list), QColor(theme.muted), inks
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole
    ground = palette.color(role.Base)
    return ground, palette.color(role.PlaceholderText), (palette.color(role.Text), ground)


def _grown(rect: QRectF, tag: Tag) -> QRectF:
    """The square, large enough for letters where the tag was given any."""
    if not tag.letters or rect.height() >= _LETTERED:
        return QRectF(rect)
    by = min(_LETTERED, rect.height() * 1.7) - rect.height()
    return rect.adjusted(-by / 2, -by / 2, by / 2, by / 2)


def _round_by(square: QRectF) -> float:
    return min(square.height() * 0.28, 5.0)


def _fill(painter: QPainter, square: QRectF, colour: QColor, pattern: Pattern) -> None:
    round_by = _round_by(square)
    shape = QPainterPath()
    shape.addRoundedRect(square, round_by, round_by)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    if pattern is Pattern.PLAIN:
        painter.fillPath(shape, colour)
    elif pattern is Pattern.RING:
        thick = max(1.5, square.height() * 0.2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, thick))
        inner = square.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.drawRoundedRect(inner, round_by, round_by)
    else:
        _draw_within(painter, square, shape, colour, pattern)
    painter.restore()


def _draw_within(
    painter: QPainter, square: QRectF, shape: QPainterPath, colour: QColor, pattern: Pattern
) -> None:
    """Draw a pattern inside the shape of a mark, most with a thin edge that keeps the shape."""
    step = max(3.0, min(square.width(), square.height()) / 3)
    thick = step * 0.55
    painter.save()
    painter.setClipPath(shape)
    painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    left, top, wide, high = square.left(), square.top(), square.width(), square.height()
    match pattern:
        case Pattern.STRIPES | Pattern.RISING:
            far = wide + high
            apart = step * 1.35
            for n in range(int(far / apart) + 2):
                at = n * apart
                if pattern is Pattern.STRIPES:
                    start = QPointF(left + wide - at, top)
                    painter.drawLine(QLineF(start, start + QPointF(high, high)))
                else:
                    start = QPointF(left + at - high, top + high)
                    painter.drawLine(QLineF(start, start + QPointF(high, -high)))
        case Pattern.BARS:
            for n in range(int(wide / step) + 1):
                x = left + thick / 2 + n * step
                painter.drawLine(QLineF(x, top, x, top + high))
        case Pattern.LINES:
            for n in range(int(high / step) + 1):
                y = top + thick / 2 + n * step
                painter.drawLine(QLineF(left, y, left + wide, y))
        case Pattern.DOTS:
            _dots(painter, square, colour)
        case Pattern.CHECKS:
            _checks(painter, square, colour)
        case Pattern.HALF:
            painter.fillRect(QRectF(left, top + high / 2, wide, high / 2), colour)
        case Pattern.CROSS:
            painter.setPen(QPen(colour, max(1.6, high * 0.24)))
            painter.drawLine(QLineF(square.topLeft(), square.bottomRight()))
            painter.drawLine(QLineF(square.bottomLeft(), square.topRight()))
    painter.restore()
    if pattern in (Pattern.DOTS, Pattern.CROSS):
        return  # an edge would close up what they leave open
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1))
    round_by = _round_by(square)
    painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), round_by, round_by)


def _dots(painter: QPainter, square: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    across = max(2, round(square.width() / 5))
    down = max(1, round(square.height() / 5))
    wide, high = square.width() / across, square.height() / down
    reach = min(wide, high) * 0.38
    for row in range(down):
        for column in range(across):
            middle = QPointF((column + 0.5) * wide, (row + 0.5) * high)
            painter.drawEllipse(square.topLeft() + middle, reach, reach)


def _checks(painter: QPainter, square: QRectF, colour: QColor) -> None:
    across = max(2, 2 * round(square.width() / 10))
    down = max(2, 2 * round(square.height() / 10))
    wide, high = square.width() / across, square.height() / down
    for row in range(down):
        for column in range(across):
            if (row + column) % 2 == 0:
                place = square.topLeft() + QPointF(column * wide, row * high)
                painter.fillRect(QRectF(place.x(), place.y(), wide, high), colour)


def _letter(painter: QPainter, square: QRectF, letters: str, ink: QColor) -> None:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(6, round(square.height() * (0.58 if len(letters) > 1 else 0.72))))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, letters)


def _clearest(colour: QColor, inks: tuple[QColor, QColor]) -> QColor:
    return max(inks, key=lambda ink: _contrast(colour, ink))


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours as WCAG reckons it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
