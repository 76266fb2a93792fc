"""What is above the lines: words to filter by, which lines, their order, how wide they are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from desktop_app.library.concordances import LineSort, LineState
from desktop_app.ui.concordance.asking import Wanted

ORDERS: Mapping[LineSort, str] = {
    LineSort.DOCUMENT: "Document",
    LineSort.RIGHT_1: "1 word to the right",
    LineSort.RIGHT_2: "2 words to the right",
    LineSort.RIGHT_3: "3 words to the right",
    LineSort.LEFT_1: "1 word to the left",
    LineSort.LEFT_2: "2 words to the left",
    LineSort.LEFT_3: "3 words to the left",
    LineSort.MATCH: "The match itself",
    LineSort.DATE_NEWEST: "Date, newest first",
    LineSort.DATE_OLDEST: "Date, oldest first",
    LineSort.SOURCE: "Source",
}
_OPEN = frozenset((LineState.KNOWN, None))
STATES: Mapping[frozenset[LineState | None] | None, str] = {
    None: "All lines",
    _OPEN: "Still open",
    frozenset((None,)): "New",
    frozenset((LineState.SEEN,)): "Seen",
    frozenset((LineState.IRRELEVANT,)): "Irrelevant",
    frozenset((LineState.TAGGED,)): "Tagged",
}
WIDTHS = (40, 80, 160, 320)


class LineBar(QWidget):
    """The field and the menus."""

    wanted = Signal(object, bool)  # fields of Wanted by name; whether they come from typing
    width_asked = Signal(int)
    left = Signal()  # Down or Enter: go to the lines

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = Wanted()
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Words in the lines"))
        self.field.setAccessibleName(self.tr("Filter the lines by words"))
        self.field.setClearButtonEnabled(True)
        self.states = self._button(self.tr("Which lines are shown"))
        self.order = self._button(self.tr("The order of the lines"))
        self.look = self._button(self.tr("How the lines are shown"))
        self.look.setText(self.tr("View ▾"))
        self._by_states: dict[object, QAction] = {}
        self._by_order: dict[object, QAction] = {}
        self._by_width: dict[int, QAction] = {}
        self.states.setMenu(self._states_menu())
        self.order.setMenu(self._order_menu())
        self.grouped = QAction(self.tr("Group by document"), self)
        self.grouped.setCheckable(True)
        self.look.setMenu(self._look_menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for button in (self.states, self.order, self.look):
            row.addWidget(button)
        # The button in the field empties it without a key.
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.grouped.triggered.connect(lambda on: self.wanted.emit({"grouped": on}, False))
        self.show_wanted(Wanted())

    def _button(self, tip: str) -> QToolButton:
        made = QToolButton(self)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def show_wanted(self, wanted: Wanted) -> None:
        """Show what is in force."""
        self._now = wanted
        if self.field.text() != wanted.words:
            self.field.setText(wanted.words)
        states = STATES.get(wanted.states, STATES[None])
        self.states.setText(f"{self.tr(states)} ▾")
        self.states.setAccessibleName(self.tr("Shown: {0}").format(self.tr(states)))
        order = ORDERS[wanted.sort]
        self.order.setText(f"{self.tr(order)} ▾")
        self.order.setAccessibleName(self.tr("Order: {0}").format(self.tr(order)))
        self._by_states[wanted.states if wanted.states in STATES else None].setChecked(True)
        self._by_order[wanted.sort].setChecked(True)
        self.grouped.setChecked(wanted.grouped)

    def show_width(self, width: int) -> None:
        """Show how many letters stand on either side."""
        for each, action in self._by_width.items():
            action.setChecked(each == width)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.field.text():
                    self.field.clear()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        if text != self._now.words:
            self.wanted.emit({"words": text}, bool(text))

    def _states_menu(self) -> QMenu:
        menu = QMenu(self.states)
        group = QActionGroup(menu)
        for states, name in STATES.items():
            action = self._choice(menu, group, self.tr(name))
            action.triggered.connect(
                lambda _=False, states=states: self.wanted.emit({"states": states}, False)
            )
            self._by_states[states] = action
        return menu

    def _order_menu(self) -> QMenu:
        menu = QMenu(self.order)
        group = QActionGroup(menu)
        for sort, name in ORDERS.items():
            if sort in (LineSort.RIGHT_1, LineSort.LEFT_1, LineSort.MATCH, LineSort.DATE_NEWEST):
                menu.addSeparator()
            action = self._choice(menu, group, self.tr(name))
            action.triggered.connect(
                lambda _=False, sort=sort: self.wanted.emit({"sort": sort}, False)
            )
            self._by_order[sort] = action
        return menu

    def _look_menu(self) -> QMenu:
        menu = QMenu(self.look)
        menu.addAction(self.grouped)
        menu.addSeparator()
        group = QActionGroup(menu)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for width in WIDTHS:
            words = self.tr("{0} letters on either side").format(width)
            action = self._choice(menu, group, words)
            action.triggered.connect(lambda _=False, width=width: self.width_asked.emit(width))
            self._by_width[width] = action
        return menu

    def _choice(self, menu: QMenu, group: QActionGroup, words: str) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        group.addAction(action)
        return action
