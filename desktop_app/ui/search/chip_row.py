"""The filters in the search box, one chip each, as many as there is room for.

Those that find no room are behind a last chip that says how many they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from desktop_app.core.query import parse
from desktop_app.ui.panes.fields import mark
from desktop_app.ui.search.chip import ChipButton
from desktop_app.ui.search.written import Chip

_GAP = 5


class ChipRow(QWidget):
    """The chips, by their number from 0."""

    edit_asked = Signal(int)
    removed = Signal(int)
    toggled = Signal(int)
    line_asked = Signal()  # to the right of the last chip stands the line

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: tuple[Chip, ...] = ()
        self._buttons: list[ChipButton] = []
        self._most = 320
        self._more = QPushButton(self)
        self._more.setProperty("kind", "chip")
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self._shown = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def buttons(self) -> Sequence[ChipButton]:
        """The chips from left to right."""
        return tuple(self._buttons)

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show other chips, keeping the keys where they are."""
        if chips == self._chips:
            return
        at = next((n for n, each in enumerate(self._buttons) if each.hasFocus()), None)
        pairs = zip(chips, self._chips, strict=False)
        # One that stays is kept: the mouse may just be pressed on it.
        same = next((n for n, (new, old) in enumerate(pairs) if new != old), None)
        kept = min(len(chips), len(self._chips)) if same is None else same
        for old_button in self._buttons[kept:]:
            old_button.hide()
            old_button.deleteLater()
        made = [self._button(number, chips[number]) for number in range(kept, len(chips))]
        self._buttons = self._buttons[:kept] + made
        self._chips = chips
        self._place()
        if at is not None:
            self.focus(min(at, len(chips) - 1)) if chips else self.line_asked.emit()

    def set_most(self, width: int) -> None:
        """Take no more than a width."""
        if width != self._most:
            self._most = width
            self._place()

    def set_chosen(self, chosen: bool) -> None:
        """Show the chips as chosen, as words are that the next letter replaces."""
        for button in (*self._buttons, self._more):
            mark(button, "chosen", "true" if chosen else "false")

    def focus(self, number: int) -> None:
        """Put the keys on a chip, the last one where there is no such."""
        if not self._buttons:
            return
        button = self._buttons[min(number, len(self._buttons) - 1)]
        if button.isHidden():
            self._more.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _button(self, number: int, chip: Chip) -> ChipButton:
        query = parse(chip.text)
        problem = " ".join(each.message for each in query.problems)
        made = ChipButton(chip.text, on=chip.on, problem=problem, parent=self)
        made.edit_asked.connect(partial(self.edit_asked.emit, number))
        made.removed.connect(partial(self.removed.emit, number))
        made.toggled_asked.connect(partial(self.toggled.emit, number))
        made.stepped.connect(partial(self._step, number))
        made.line_asked.connect(self.line_asked)
        return made

    def _step(self, number: int, by: int) -> None:
        if number + by >= len(self._buttons):
            self.line_asked.emit()
        elif number + by >= 0:
            self.focus(number + by)

    def _place(self) -> None:
        widths = [button.sizeHint().width() for button in self._buttons]
        shown = _fitting(widths, self._most)
        if shown < len(widths):
            self._more.setText(f"+{len(widths) - shown:,}")
            self._more.setAccessibleName(self.tr("{0} more filters").format(len(widths) - shown))
            self._more.setToolTip("\n".join(chip.text for chip in self._chips[shown:]))
            width = self._more.sizeHint().width()
            shown = _fitting(widths, self._most - width - _GAP)
            self._more.setText(f"+{len(widths) - shown:,}")
            self._more.setAccessibleName(self.tr("{0} more filters").format(len(widths) - shown))
        self._shown = shown
        x, height = 0, self._more.sizeHint().height()
        for number, (button, width) in enumerate(zip(self._buttons, widths, strict=True)):
            button.setVisible(number < shown)
            if number < shown:
                button.setGeometry(x, 0, width, height)
                x += width + _GAP
        self._more.setVisible(shown < len(widths))
        if shown < len(widths):
            self._more.setGeometry(x, 0, self._more.sizeHint().width(), height)
            x += self._more.sizeHint().width() + _GAP
        self.setVisible(bool(widths))
        self.setFixedSize(QSize(max(0, x - _GAP), height))

    def _show_more(self) -> None:
        menu = QMenu(self)
        for number in range(self._shown, len(self._chips)):
            chip = self._chips[number]
            of_chip = menu.addMenu(chip.text.replace("&", "&&"))
            of_chip.addAction(self.tr("Change"), partial(self.edit_asked.emit, number))
            switch = self.tr("Switch off") if chip.on else self.tr("Switch on")
            of_chip.addAction(switch, partial(self.toggled.emit, number))
            of_chip.addAction(self.tr("Remove"), partial(self.removed.emit, number))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 4)))


def _fitting(widths: Sequence[int], room: int) -> int:
    """How many fit in a row."""
    taken = 0
    for number, width in enumerate(widths):
        taken += width + _GAP
        if taken - _GAP > room:
            return number
    return len(widths)
