"""The line that a query is typed into, its parts in colours as they are recognised.

A line of text has no formats of its own; they are given to it as an input method gives the looks of
what is being composed. While something really is composed, the line is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QPalette,
    QTextCharFormat,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from desktop_app.core.query_colours import StretchKind, coloured
from desktop_app.ui.panes.sidebar_painting import theme_palette
from desktop_app.ui.reader.offsets import Units

_LONGEST = 2_000  # code points; a longer text is not coloured
_STAYS = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class ColouredLine(QLineEdit):
    """A line whose query is in colours. All offsets are code points of its text."""

    entered = Signal()  # the keys came here
    left = Signal()  # the keys went elsewhere in the window
    undo_asked = Signal()  # from the menu, as the next two
    redo_asked = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._off: frozenset[tuple[int, int]] = frozenset()
        self._wrong: frozenset[tuple[int, int]] = frozenset()
        self._steps = (False, False)
        self._composing = False
        self._giving = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._colour)
        self.textChanged.connect(lambda _text: self._soon.start())

    def set_off(self, off: Iterable[tuple[int, int]]) -> None:
        """Strike through what is switched off, from start to end each."""
        self._off = frozenset(off)
        self._soon.start()

    def set_wrong(self, wrong: Iterable[tuple[int, int]]) -> None:
        """Mark what cannot be answered, from start to end each; the next letter takes it away."""
        self._wrong = frozenset(wrong)
        self._soon.start()

    def set_steps(self, *, back: bool, on: bool) -> None:
        """Say whether there is something to undo, and to do again."""
        self._steps = (back, on)

    def menu_of(self) -> QMenu:
        """Make the menu of a line whose steps and choice are those of all of the box."""
        menu = self.createStandardContextMenu()
        back, on = self._steps
        whole = bool(self.text()) or back
        own = {
            "edit-undo": (self.undo_asked, back),
            "edit-redo": (self.redo_asked, on),
            "select-all": (self.all_asked, whole),
        }
        for usual in menu.actions():
            if usual.objectName() in own:
                asked, can = own[usual.objectName()]
                made = QAction(usual.icon(), usual.text(), menu)
                made.setEnabled(can)
                made.triggered.connect(asked)
                menu.insertAction(usual, made)
                menu.removeAction(usual)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_of().popup(event.globalPos())

    @property
    def place(self) -> int:
        """Where the cursor stands."""
        return Units(self.text()).to_points(self.cursorPosition())

    def put_cursor(self, at: int) -> None:
        """Put the cursor somewhere."""
        self.setCursorPosition(Units(self.text()).to_units(at))

    def select(self, start: int, end: int) -> None:
        """Select a part of the text."""
        units = Units(self.text())
        first = units.to_units(start)
        self.setSelection(first, units.to_units(end) - first)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self._giving:
            self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._giving and not self._composing:
            self._soon.start()  # composing has taken the colours away

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._soon.start()

    def _colour(self) -> None:
        if self._composing:
            return
        text = self.text()
        formats = self._formats(text) if len(text) <= _LONGEST else []
        units = Units(text)
        at = self.cursorPosition()
        attributes = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                units.to_units(start) - at,
                units.to_units(end) - units.to_units(start),
                look,
            )
            for start, end, look in formats
        ]
        self._giving = True
        try:
            QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))
        finally:
            self._giving = False

    def _formats(self, text: str) -> list[tuple[int, int, QTextCharFormat]]:
        made = [(each.start, each.end, _look(each.kind)) for each in coloured(text)]
        wrong = _look(StretchKind.IMPOSSIBLE)
        made += [(start, end, wrong) for start, end in self._wrong if end <= len(text)]
        off = QTextCharFormat()
        off.setFontStrikeOut(True)
        off.setForeground(theme_palette().color(QPalette.ColorRole.PlaceholderText))
        made += [(start, end, off) for start, end in self._off if end <= len(text)]
        return made


def _look(kind: StretchKind) -> QTextCharFormat:
    palette, made = theme_palette(), QTextCharFormat()
    match kind:
        case StretchKind.OPERATOR | StretchKind.MINUS:
            made.setFontWeight(QFont.Weight.Bold)
        case StretchKind.IMPOSSIBLE:
            made.setForeground(palette.color(QPalette.ColorRole.BrightText))
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            made.setUnderlineColor(palette.color(QPalette.ColorRole.BrightText))
        case StretchKind.FIELD | StretchKind.DIRECTIVE | StretchKind.JOKER:
            made.setForeground(palette.color(QPalette.ColorRole.Accent))
            made.setFontWeight(QFont.Weight.DemiBold)
        case _:
            made.setForeground(palette.color(QPalette.ColorRole.Accent))
    return made
