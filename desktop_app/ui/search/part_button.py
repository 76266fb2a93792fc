"""One part of the sentence that says what ran: a control for that part of the query."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop_app.ui.look import icons
from desktop_app.ui.panes.fields import mark
from desktop_app.ui.search.part import Part

AROUND = 3  # pixels of the style sheet on either side of the words
_ROOM = 2 * AROUND


class PartButton(QPushButton):
    """A part of the query, in words and with its count."""

    chosen = Signal(object)  # Part: to be selected in the box
    toggled_asked = Signal(object)
    removed = Signal(object)
    stepped = Signal(int)  # to the part beside it: -1 or 1
    left = Signal()  # Esc
    reached = Signal()

    def __init__(self, part: Part, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = part
        self._words = words
        self.setProperty("kind", "part")
        mark(self, "off", "false" if part.on else "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        state = "" if part.on else self.tr(", switched off")
        self.setAccessibleName(self.tr("Part of the search: {0}{1}").format(words, state))
        keys = self.tr(
            "Click or Enter: find it in the box · middle click or Space: switch it {0} · "
            "Delete: remove it"
        ).format(self.tr("off") if part.on else self.tr("on"))
        self.setAccessibleDescription(keys)
        self.setToolTip(f"{words}\n{keys}")
        self.clicked.connect(self._choose)
        self._show_words()

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # the style sheet says how large the words are
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._words) + _ROOM + 1, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def menu_of(self) -> QMenu:
        """Make the menu of what can be done to the part."""
        menu = QMenu(self)
        menu.addAction(icons.icon("find"), self.tr("Find it in the box"), self._choose)
        switch = self.tr("Switch off") if self.part.on else self.tr("Switch on")
        space = menu.addAction(switch, self._toggle)
        space.setShortcut(QKeySequence(Qt.Key.Key_Space))
        gone = menu.addAction(icons.icon("close"), self.tr("Remove"), self._remove)
        gone.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_words()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle and self.rect().contains(event.position().toPoint()):
            self._toggle()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose()
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self._remove()
            case Qt.Key.Key_Space:
                self._toggle()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:  # it was dealt with when it was pressed
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_of().popup(event.globalPos())

    def _choose(self) -> None:
        self.chosen.emit(self.part)

    def _toggle(self) -> None:
        self.toggled_asked.emit(self.part)

    def _remove(self) -> None:
        self.removed.emit(self.part)

    def _show_words(self) -> None:
        room = (
            max(self.width() - _ROOM, 0)
            if self.testAttribute(Qt.WidgetAttribute.WA_WState_Created)
            else self.sizeHint().width()
        )
        cut = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(cut.replace("&", "&&"))
