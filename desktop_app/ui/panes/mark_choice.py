"""The mark of a tag as it is chosen: a preview of it, and its patterns as a row of small buttons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from desktop_app.core.model import Tag
from desktop_app.core.tag_looks import Pattern
from desktop_app.ui.look.tag_mark import paint_pattern, paint_tag_mark
from desktop_app.ui.panes.flow import FlowLayout
from desktop_app.ui.panes.sidebar_painting import square_side, theme_palette

PATTERN_WORDS = {
    Pattern.PLAIN: "Plain",
    Pattern.STRIPES: "Falling stripes",
    Pattern.RISING: "Rising stripes",
    Pattern.BARS: "Upright bars",
    Pattern.LINES: "Lying lines",
    Pattern.DOTS: "Dots",
    Pattern.CHECKS: "Checks",
    Pattern.RING: "Ring",
    Pattern.HALF: "Half",
    Pattern.CROSS: "Cross",
}


class MarkPreview(QWidget):
    """The mark of a tag as it will be, large and as it stands beside a name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tag: Tag | None = None
        self.setAccessibleName("How the tag will look")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tag(self, tag: Tag) -> None:
        """Show the mark of a tag."""
        if tag != self._tag:
            self._tag = tag
            words = PATTERN_WORDS[tag.pattern].lower()
            self.setAccessibleDescription(f"{tag.name}, {words}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, max(44, self.fontMetrics().height() * 2 + 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        tag = self._tag
        if tag is None:
            return
        painter = QPainter(self)
        metrics = self.fontMetrics()
        high = self.height() - 6
        middle = self.height() / 2
        paint_tag_mark(painter, QRectF(2, middle - high / 2, high, high), tag)
        side = square_side(metrics)
        left = high + 20.0
        paint_tag_mark(painter, QRectF(left, middle - side / 2, side, side), tag)
        left += round(side * 1.85)
        painter.setPen(theme_palette().text().color())
        name = metrics.elidedText(
            tag.name, Qt.TextElideMode.ElideRight, max(20, self.width() - round(left))
        )
        place = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


class _PatternButton(QAbstractButton):
    """One pattern; a ring shows that it is chosen, another that it has the focus."""

    def __init__(self, pattern: Pattern, parent: QWidget) -> None:
        super().__init__(parent)
        self.pattern = pattern
        self.colour = ""
        self.setCheckable(True)
        self.setAccessibleName(f"Pattern {PATTERN_WORDS[pattern].lower()}")
        self.setToolTip(PATTERN_WORDS[pattern])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        side = max(26, round(self.fontMetrics().height() * 1.4))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.width()
        air = side * 0.22
        square = QRectF(air, air, side - 2 * air, side - 2 * air)
        palette = theme_palette()
        colour = self.colour or palette.placeholderText().color().name()
        paint_pattern(painter, square, colour, self.pattern)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = palette.accent() if self.hasFocus() else palette.placeholderText()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(pen.color(), 1.8 if self.isChecked() else 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()


class PatternButtons(QWidget):
    """The patterns, of which one is chosen, in the colour of the tag."""

    chosen = Signal(object)  # Pattern

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pattern of the tag")
        self._buttons = QButtonGroup(self)
        flow = FlowLayout(self, gap=1)
        for pattern in Pattern:
            button = _PatternButton(pattern, self)
            self._buttons.addButton(button)
            flow.addWidget(button)
        self._buttons.buttonClicked.connect(self._tell)

    @property
    def pattern(self) -> Pattern:
        """The pattern that is chosen."""
        button = self._buttons.checkedButton()
        return button.pattern if isinstance(button, _PatternButton) else Pattern.PLAIN

    def show_pattern(self, pattern: Pattern) -> None:
        """Mark a pattern as the one that is chosen."""
        for button in self._buttons.buttons():
            if isinstance(button, _PatternButton) and button.pattern is pattern:
                button.setChecked(True)

    def show_colour(self, colour: str) -> None:
        """Paint the patterns in a colour."""
        for button in self._buttons.buttons():
            if isinstance(button, _PatternButton) and button.colour != colour:
                button.colour = colour
                button.update()

    def _tell(self, button: QAbstractButton) -> None:
        if isinstance(button, _PatternButton):
            self.chosen.emit(button.pattern)
