"""All that a person can reach in a window: which controls there are, and how they look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desktop_app.ui.reader.cut_label import CutLabel

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
AA = 4.5


def shown(root: QWidget) -> Iterator[QWidget]:
    """A widget and all that is shown in it, from the outside to the inside."""
    if root.isVisible():
        yield root
        for child in root.children():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from shown(child)


def controls(root: QWidget) -> list[QWidget]:
    """What is shown and can be used: what has the keys, or is a control."""
    return [
        each
        for each in shown(root)
        if each is not root
        and not _is_part(each)
        and (each.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(each, QAbstractButton))
    ]


def _is_part(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt put into a control: a viewport, a field of a spin box."""
    name, parent = widget.objectName(), widget.parentWidget()
    if name.startswith("qt_") or isinstance(parent, QComboBox | QAbstractSpinBox):
        return True
    return parent is not None and widget.focusProxy() is parent


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def described(widget: QWidget) -> str:
    """A control for a message: its kind, its words, and what it stands in."""
    words = getattr(widget, "text", lambda: "")()
    above = widget.parentWidget()
    parents = []
    while above is not None and len(parents) < 3:
        parents.append(type(above).__name__)
        above = above.parentWidget()
    return f"{type(widget).__name__} {str(words)[:30]!r} in {' in '.join(parents)}"


def picture_around(widget: QWidget, margin: int = 4) -> QImage:
    """A control as it is drawn, with a little of what is around it."""
    window = widget.window()
    corner = widget.mapTo(window, QPoint(0, 0))
    rect = widget.rect().translated(corner).adjusted(-margin, -margin, margin, margin)
    return window.grab(rect.intersected(window.rect())).toImage()


def changed_pixels(one: QImage, other: QImage) -> int:
    """How many pixels of two pictures differ."""
    if one.size() != other.size():
        return one.width() * one.height()
    return sum(
        one.pixel(x, y) != other.pixel(x, y)
        for x in range(one.width())
        for y in range(one.height())
    )


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours after WCAG 2."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def drawn_contrast(widget: QWidget) -> float:
    """The contrast of the strongest stroke of a widget's words with its ground, as drawn."""
    image = picture_around(widget, 0)
    pixels = Counter(image.pixel(x, y) for x in range(image.width()) for y in range(image.height()))
    ground = QColor.fromRgb(pixels.most_common(1)[0][0])
    return max(contrast(QColor.fromRgb(pixel), ground) for pixel in pixels)


def with_words(root: QWidget) -> list[QWidget]:
    """What shows words of its own and can be used: labels, buttons, fields."""
    found: list[QWidget] = []
    for each in shown(root):
        if not each.isEnabled() or each.visibleRegion().isEmpty():
            continue
        if (isinstance(each, QLabel | QAbstractButton) and _seen(each).strip()) or (
            isinstance(each, QLineEdit) and (each.text() or each.placeholderText())
        ):
            found.append(each)
    return found


def _seen(each: QLabel | QAbstractButton) -> str:
    """What is to be seen of its words: a label that gives way may show none."""
    return each.fitting if isinstance(each, CutLabel) else each.text()
