"""The little panel behind “Highlights”: colour and style of the next one, sticky tags, steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.highlights import MarkStyle
from desktop_app.core.model import Tag
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.panes.fields import label, plain_text, short
from desktop_app.ui.panes.flow import FlowLayout
from desktop_app.ui.reader.mark_swatches import MarkSwatches

WIDTH_PX = 340


class MarksPanel(QFrame):
    """Every choice works at once; the panel stays until one clicks elsewhere or presses Esc."""

    colour_chosen = Signal(str)
    style_chosen = Signal(object)  # MarkStyle
    sticky_chosen = Signal(int)  # the digit of a tag, to be used until Esc or chosen once more

    def __init__(
        self, appearance: Appearance, styles: Sequence[tuple[MarkStyle, str]], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("Highlights"))
        self.swatches = MarkSwatches(appearance, self, focus=Qt.FocusPolicy.StrongFocus)
        self._styles = QButtonGroup(self)
        self._count = label("", "small", self)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        self._none = label(
            self.tr("No tag has a digit. Right-click a tag in the sidebar, then Key."),
            "small",
            self,
        )
        self._none.setWordWrap(True)
        self._steps = QHBoxLayout()
        self._steps.setSpacing(6)
        self._place(styles)
        self.swatches.chosen.connect(self.colour_chosen)
        self.setMaximumWidth(WIDTH_PX + 40)
        self.setMinimumWidth(WIDTH_PX)

    def _place(self, styles: Sequence[tuple[MarkStyle, str]]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.addWidget(label(self.tr("Colour"), "muted", self), 0, 0)
        grid.addWidget(self.swatches, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(self.tr("Style"), "muted", self), 1, 0)
        row = QHBoxLayout()
        row.setSpacing(6)
        for style, name in styles:
            made = _choice(name, self.tr("Style: {0}").format(name), self)
            made.setProperty("value", style)
            made.clicked.connect(lambda _=False, style=style: self.style_chosen.emit(style))
            self._styles.addButton(made)
            row.addWidget(made)
        row.addStretch(1)
        grid.addLayout(row, 1, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(
            label(self.tr("Mark every selection with a tag, until Esc"), "muted", self)
        )
        column.addWidget(self._chips)
        column.addWidget(self._none)
        column.addLayout(self._steps)
        column.addWidget(self._count)

    def set_steps(self, steps: Sequence[tuple[str, QAction]]) -> None:
        """Offer actions, under short names, as buttons at the bottom; each closes the panel."""
        for name, action in steps:
            made = QToolButton(self)
            made.setText(name)
            made.setToolTip(plain_text(action))
            made.setAccessibleName(plain_text(action))
            made.setProperty("kind", "choice")
            made.setEnabled(action.isEnabled())
            action.changed.connect(lambda made=made, action=action: _follow(made, action))
            made.clicked.connect(self.hide)
            made.clicked.connect(action.trigger)
            self._steps.addWidget(made)
        self._steps.addStretch(1)

    def open_at(
        self,
        corner: QPoint,
        *,
        colour: str,
        style: MarkStyle,
        tags: Sequence[Tag],
        sticky: int | None,
        count: int,
    ) -> None:
        """Open with what is in use now, the top right corner at a place of the screen."""
        self.show_now(colour=colour, style=style, tags=tags, sticky=sticky)
        said = self.tr("1 highlight") if count == 1 else self.tr("{0:,} highlights").format(count)
        self._count.setText(self.tr("{0} in this document").format(said))
        self.adjustSize()
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.swatches.setFocus()

    def show_now(
        self, *, colour: str, style: MarkStyle, tags: Sequence[Tag], sticky: int | None
    ) -> None:
        """Show what is in use. tags: those that a digit gives."""
        self.swatches.show_colour(colour)
        for made in self._styles.buttons():
            made.setChecked(made.property("value") == style)
        self._flow.clear()
        for tag in tags:
            chip = _choice(
                f"{tag.key}  {short(tag.name, 24)}".replace("&", "&&"),
                self.tr("Mark every selection with the tag {0}").format(tag.name),
                self._chips,
            )
            chip.setIcon(tag_icon(tag))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            chip.setChecked(tag.id == sticky)
            chip.clicked.connect(lambda _=False, key=tag.key: self.sticky_chosen.emit(key))
            self._flow.add(chip)
        self._chips.setVisible(bool(tags))
        self._none.setVisible(not tags)


def _choice(text: str, name: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(text)
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setCheckable(True)
    made.setProperty("kind", "choice")
    return made


def _follow(button: QToolButton, action: QAction) -> None:
    button.setEnabled(action.isEnabled())
