"""The list behind "Contents": type to filter, Enter goes there, the present place is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop_app.core.text import Chapter
from desktop_app.core.words import fold
from desktop_app.ui import fonts

WIDTH_PX = 380
ROW_PX = 24
MOST_ROWS = 14
DEEPEST = 5
LONGEST_TITLE = 200

_Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex


class ContentsModel(QAbstractListModel):
    """The entries whose titles hold what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Chapter] = ()
        self._folded: list[str] = []
        self._shown: Sequence[int] = ()
        self._here: int | None = None

    def set_entries(self, entries: Sequence[Chapter], here: int | None) -> None:
        """Show entries; here is the index of the one that is being read."""
        self.beginResetModel()
        self._entries, self._here = entries, here
        self._folded = []
        self._shown = range(len(entries))
        self.endResetModel()

    def filter(self, typed: str) -> None:
        """Leave the entries that hold every typed word."""
        if not self._folded:
            self._folded = [fold(entry.title) for entry in self._entries]
        words = fold(typed).split()
        self.beginResetModel()
        self._shown = [
            index
            for index, title in enumerate(self._folded)
            if all(word in title for word in words)
        ]
        self.endResetModel()

    def entry(self, row: int) -> Chapter:
        """The entry of a row."""
        return self._entries[self._shown[row]]

    def row_of_here(self) -> int:
        """The row of the place that is being read; the first where it is not listed."""
        return self._shown.index(self._here) if self._here in self._shown else 0

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = self._shown[index.row()]
        entry = self._entries[number]
        title = entry.title if len(entry.title) <= LONGEST_TITLE else entry.title[:LONGEST_TITLE]
        here = number == self._here
        if role == _Role.DisplayRole:
            indent = "\u2003" * (min(max(entry.level, 1), DEEPEST) - 1)
            return f"{indent}{title}" + (self.tr("  · you are here") if here else "")
        if role == _Role.AccessibleTextRole:
            return title + (self.tr(", you are here") if here else "")
        if role == _Role.ToolTipRole:
            return title
        if role == _Role.FontRole and here:
            return fonts.interface(strong=True)
        return None


class ContentsPopup(QFrame):
    """Opens below its button, with the present place in view."""

    chosen = Signal(int)  # a code point to go to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self.setAccessibleName(self.tr("Contents"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find in the contents"))
        self.field.setAccessibleName(self.tr("Find in the contents"))
        self.field.installEventFilter(self)
        self.model = ContentsModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Contents"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = QLabel(self.tr("No title holds these words."), self)
        self._none.setProperty("tone", "muted")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.setSpacing(8)
        for part in (self.field, self._none, self.list):
            inside.addWidget(part)
        self.field.textChanged.connect(self._filter)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)

    def open_with(self, entries: Sequence[Chapter], here: int | None, corner: QPoint) -> None:
        """Open with the top right corner at a place of the screen."""
        self.model.set_entries(entries, here)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._none.hide()
        rows = min(max(len(entries), 3), MOST_ROWS)
        height = self.list.sizeHintForRow(0) if entries else ROW_PX
        self.list.setFixedSize(QSize(WIDTH_PX, rows * height + 2))
        self.adjustSize()
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._take(self.model.row_of_here())

    @Slot(str)
    def _filter(self, typed: str) -> None:
        self.model.filter(typed)
        self._none.setVisible(not self.model.rowCount())
        self._take(0 if typed.strip() else self.model.row_of_here())

    def _take(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            index = self.model.index(row)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            start = self.model.entry(index.row()).start
            self.hide()
            self.chosen.emit(start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the field's arrows move in the list, and Enter go to what is chosen there."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: MOST_ROWS - 1,
                Qt.Key.Key_PageUp: 1 - MOST_ROWS,
            }
            if key in steps and self.model.rowCount():
                row = self.list.currentIndex().row() + steps[Qt.Key(key)]
                row = min(max(row, 0), self.model.rowCount() - 1)
                self.list.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)
