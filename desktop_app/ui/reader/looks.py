"""The little panel behind "Aa": paper, size, width, family, line height and edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.look import fonts, icons
from desktop_app.ui.look.theme import SYSTEM, Appearance
from desktop_app.ui.reader.style import (
    LINE_HEIGHTS,
    WIDTHS_PX,
    Family,
    ReadingStyle,
    letters_in,
)

T = TypeVar("T")


class LooksPanel(QFrame):
    """Every choice works at once; the panel stays until one clicks elsewhere or presses Esc."""

    chosen = Signal(object)  # the ReadingStyle
    theme_chosen = Signal(str)  # it is on already

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._appearance = appearance
        self._style = ReadingStyle()
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("How the page looks"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(9)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.addLayout(self._grid)

        self._themes = self._choices(
            self.tr("Paper"),
            ("light", "sepia", "dark", "contrast", SYSTEM),
            (
                self.tr("Light"),
                self.tr("Sepia"),
                self.tr("Dark"),
                self.tr("High contrast"),
                self.tr("As the system"),
            ),
            self._choose_theme,
        )
        self._size = QLabel(self)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size.setMinimumWidth(48)
        smaller = _choice("A−", self.tr("Smaller text"))
        larger = _choice("A+", self.tr("Larger text"))
        smaller.setCheckable(False)
        larger.setCheckable(False)
        smaller.clicked.connect(lambda: self._choose(self._style.sized(-1)))
        larger.clicked.connect(lambda: self._choose(self._style.sized(1)))
        self._line(self.tr("Size"), (smaller, self._size, larger))
        self._widths = self._choices(
            self.tr("Letters a line"),
            WIDTHS_PX,
            [str(letters_in(width)) for width in WIDTHS_PX],
            lambda width: self._choose(replace(self._style, width_px=width)),
        )
        self._families = self._choices(
            self.tr("Letters"),
            tuple(Family),
            (self.tr("Serif"), self.tr("Sans"), self.tr("Clear")),
            lambda family: self._choose(replace(self._style, family=family)),
        )
        self._families.buttons()[-1].setToolTip(
            self.tr(
                "Atkinson Hyperlegible: letters that are hard to mistake for each other,\n"
                "for dyslexic readers and for weak eyes"
            )
        )
        self._others = QComboBox(self)
        self._others.setAccessibleName(self.tr("Letters: another family"))
        self._others.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._others.setMinimumContentsLength(16)
        self._others.activated.connect(self._choose_other)
        self._line("", (self._others,))
        self._heights = self._choices(
            self.tr("Line height"),
            LINE_HEIGHTS,
            [f"{height:g}" for height in LINE_HEIGHTS],
            lambda height: self._choose(replace(self._style, line_height=height)),
        )
        self._edges = self._choices(
            self.tr("Right edge"),
            (False, True),
            (self.tr("Ragged"), self.tr("Straight")),
            lambda straight: self._choose(replace(self._style, justified=straight)),
        )
        self._edges.buttons()[-1].setToolTip(
            self.tr("Justified: lines are stretched by their blanks")
        )

    def show_style(self, style: ReadingStyle) -> None:
        """Show what is chosen now."""
        self._style = style
        self._show_others()
        self._size.setText(f"{style.size_px:g} px")
        for group, value in (
            (self._themes, self._appearance.choice),
            (self._widths, style.width_px),
            (self._families, style.family),
            (self._heights, style.line_height),
            (self._edges, style.justified),
        ):
            for made in group.buttons():
                made.setChecked(made.property("value") == value)

    def _show_others(self) -> None:
        """List the system's families; the first line stands for none of them."""
        if not self._others.count():
            self._others.addItem(self.tr("Another family…"))
            families = QFontDatabase.families()
            self._others.addItems([name for name in families if _can_be_read(name)])
        self._others.setCurrentIndex(max(self._others.findText(self._style.family), 0))

    def open_at(self, corner: QPoint, style: ReadingStyle) -> None:
        """Open with what is chosen now, the top right corner at a place of the screen."""
        self.show_style(style)
        self.adjustSize()
        self.move(corner - QPoint(self.width(), 0))
        self.show()

    @Slot()
    def _choose_theme(self, name: str) -> None:
        self._appearance.choose(name)
        self.theme_chosen.emit(name)
        self.show_style(self._style)

    @Slot(int)
    def _choose_other(self, index: int) -> None:
        if index > 0:
            self._choose(replace(self._style, family=self._others.itemText(index)))

    def _choose(self, style: ReadingStyle) -> None:
        self.chosen.emit(style)
        self.show_style(style)

    def _line(self, label: str, parts: Sequence[QWidget]) -> None:
        row = self._grid.rowCount()
        said = QLabel(label, self)
        said.setProperty("tone", "muted")
        self._grid.addWidget(said, row, 0)
        line = QHBoxLayout()
        line.setSpacing(6)
        for part in parts:
            line.addWidget(part)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)

    def _choices(
        self, label: str, values: Sequence[T], names: Sequence[str], chosen: Callable[[T], object]
    ) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setExclusive(True)
        parts: list[QToolButton] = []
        for value, name in zip(values, names, strict=True):
            made = _choice(name, f"{label}: {name}")
            made.setProperty("value", value)
            made.clicked.connect(lambda _=False, value=value: chosen(value))
            group.addButton(made)
            parts.append(made)
        self._line(label, parts)
        return group


def _can_be_read(family: str) -> bool:
    """Tell whether a family is for text: it has letters, and is not one of Postil's own."""
    own = family.startswith((fonts.SANS, fonts.SERIF, fonts.CLEAR, icons.FAMILY))
    return not own and not QFontDatabase.isPrivateFamily(family)


def _choice(text: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setAccessibleName(name)
    made.setCheckable(True)
    made.setProperty("kind", "choice")
    return made
