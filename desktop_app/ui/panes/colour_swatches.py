"""The colours a tag can have, as a row of small buttons and as a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QColorDialog,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from desktop_app.core.tag_looks import FIRST_SCHEME, scheme_of
from desktop_app.ui.panes.sidebar_painting import paint_square, theme_palette

_WORDS = {
    "#c77d2e": "Orange",
    "#4580b5": "Blue",
    "#5b964f": "Green",
    "#a94a6c": "Raspberry",
    "#7c62a8": "Violet",
    "#2f8f8b": "Teal",
    "#b5533c": "Brick",
    "#8a7a2f": "Olive",
    "#5c6fb3": "Indigo",
    "#7d7d7d": "Grey",
    "#e69f00": "Amber",
    "#0072b2": "Deep blue",
    "#009e73": "Jade",
    "#d55e00": "Vermilion",
    "#cc79a7": "Mauve",
    "#56b4e9": "Sky blue",
    "#b8a51c": "Mustard",
    "#9c6b4e": "Umber",
    "#c25a7a": "Rose",
    "#4f8aa0": "Steel",
    "#6b6b6b": "Dark grey",
    "#8c8c8c": "Light grey",
    "#7a7f87": "Slate",
    "#857d74": "Stone",
}


def colour_name(colour: str) -> str:
    """Say a colour in a word; its code where it is not one of ours."""
    return _WORDS.get(colour.lower(), colour)


def colour_icon(colour: str, side: int = 16) -> QIcon:
    """The coloured square of a tag as an icon."""
    made = QPixmap(side * 2, side * 2)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_square(painter, side * 0.15, side / 2, side * 0.7, colour)
    painter.end()
    return QIcon(made)


class _Swatch(QAbstractButton):
    """One colour; a ring shows that it is chosen, another that it has the focus."""

    def __init__(self, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(f"Colour {colour_name(colour)}")
        self.setToolTip(colour_name(colour))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        side = max(18, self.fontMetrics().height())
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.width()
        ring = self.isChecked() or self.hasFocus() or self.underMouse()
        paint_square(painter, side * 0.24, side / 2, side * 0.52, self.colour)
        if ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = theme_palette()
            pen = colours.accent() if self.hasFocus() else colours.placeholderText()
            painter.setPen(QPen(pen.color(), 1.6 if self.isChecked() else 1))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)
        painter.end()


class ColourSwatches(QWidget):
    """The row of colours; none is chosen until one is clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, *, scheme: str = FIRST_SCHEME) -> None:
        super().__init__(parent)
        self.setAccessibleName("Colour of the tag")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._row = row
        self._scheme = ""
        self._buttons = QButtonGroup(self)
        row.addStretch(1)
        self._buttons.buttonClicked.connect(self._tell)
        self.set_scheme(scheme)

    def set_scheme(self, scheme: str) -> None:
        """Offer the colours of another scheme; none of them is chosen."""
        if scheme == self._scheme:
            return
        self._scheme = scheme
        for button in self._buttons.buttons():
            self._buttons.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        for place, colour in enumerate(scheme_of(scheme)):
            swatch = _Swatch(colour, self)
            self._buttons.addButton(swatch)
            self._row.insertWidget(place, swatch)

    @property
    def colour(self) -> str | None:
        """The colour that was chosen; None where that is left to Postil."""
        button = self._buttons.checkedButton()
        return button.colour if isinstance(button, _Swatch) else None

    def show_colour(self, colour: str) -> None:
        """Mark a colour as the one that is chosen, where it is among them."""
        self.clear()
        for button in self._buttons.buttons():
            if isinstance(button, _Swatch) and button.colour == colour.lower():
                button.setChecked(True)

    def clear(self) -> None:
        """Choose none."""
        self._buttons.setExclusive(False)
        for button in self._buttons.buttons():
            button.setChecked(False)
        self._buttons.setExclusive(True)

    def _tell(self, button: QAbstractButton) -> None:
        if isinstance(button, _Swatch):
            self.chosen.emit(button.colour)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)


class ColourMenu(QMenu):
    """A menu of the colours, and of any other."""

    chosen = Signal(str)

    def __init__(self, now: str, parent: QWidget, *, scheme: str = FIRST_SCHEME) -> None:
        super().__init__("Colour", parent)
        for colour in scheme_of(scheme):
            action = QAction(colour_icon(colour), colour_name(colour), self)
            action.setCheckable(True)
            action.setChecked(colour == now.lower())
            action.setData(colour)
            self.addAction(action)
        self.addSeparator()
        other = self.addAction("Other colour…")
        self._now = now
        self._around = parent
        self.triggered.connect(self._tell)
        other.triggered.connect(self._ask)

    def _tell(self, action: QAction) -> None:
        if colour := action.data():
            self.chosen.emit(str(colour))

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._now), self._around)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Colour of the tag")
        dialog.setModal(False)
        dialog.colorSelected.connect(lambda colour: self.chosen.emit(colour.name()))
        dialog.show()
