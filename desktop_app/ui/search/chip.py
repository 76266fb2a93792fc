"""A filter in the search box: what it asks, and a cross that takes it away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.ui.look import icons
from desktop_app.ui.panes.fields import mark, short

_LETTERS = 26
_CROSS = 18  # pixels at the right end that are the cross


class ChipButton(QPushButton):
    """One chip: a click writes it into the line again, the cross or Delete takes it away."""

    edit_asked = Signal()
    removed = Signal()
    toggled_asked = Signal()
    stepped = Signal(int)  # the chip beside it: -1 or 1
    line_asked = Signal()

    def __init__(self, text: str, *, on: bool, problem: str = "", parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "chip")
        self.setText(short(text, _LETTERS).replace("&", "&&"))
        self.setIcon(icons.icon("close", icons.Tone.ACCENT if on else icons.Tone.MUTED))
        self.setIconSize(QSize(10, 10))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        mark(self, "off", "false" if on else "true")
        mark(self, "wrong", "true" if problem else "false")
        state = "" if on else self.tr(", switched off")
        self.setAccessibleName(self.tr("Filter {0}{1}").format(text, state))
        keys = self.tr(
            "Click or Enter: change it · cross or Delete: remove it · "
            "middle click or Space: switch it {0}"
        ).format(self.tr("off") if on else self.tr("on"))
        self.setAccessibleDescription(f"{problem} {keys}".strip())
        self.setToolTip(f"{text}\n{problem}\n{keys}" if problem else f"{text}\n{keys}")
        self._on = on
        self.clicked.connect(self.edit_asked)  # by a screen reader; mouse and keys say what they do

    def menu_of(self) -> QMenu:
        """Make the menu of what can be done to the filter."""
        menu = QMenu(self)
        menu.addAction(icons.icon("edit"), self.tr("Change"), self.edit_asked.emit)
        switch = self.tr("Switch off") if self._on else self.tr("Switch on")
        menu.addAction(switch, self.toggled_asked.emit)
        menu.addAction(icons.icon("close"), self.tr("Remove"), self.removed.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and inside:
            self.toggled_asked.emit()
        elif event.button() == Qt.MouseButton.LeftButton and inside and self.isDown():
            self.setDown(False)
            at_cross = event.position().x() >= self.width() - _CROSS
            (self.removed if at_cross else self.edit_asked).emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F2:
                self.edit_asked.emit()
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.removed.emit()
            case Qt.Key.Key_Space:
                self.toggled_asked.emit()
            case Qt.Key.Key_Left:
                self.stepped.emit(-1)
            case Qt.Key.Key_Right:
                self.stepped.emit(1)
            case Qt.Key.Key_Escape:
                self.line_asked.emit()
            case _:
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:  # it was dealt with when it was pressed
            super().keyReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_of().popup(event.globalPos())
