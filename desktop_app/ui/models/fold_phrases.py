"""The phrases that are folded, as a table in which they are switched on and off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.core.folding import KINDS, Phrase
from desktop_app.core.words import fold

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Phrase", "Folded as", "From")
PHRASE, KIND, FROM = range(3)

_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A phrase. own: the user added it; else it came with Postil."""

    phrase: Phrase
    own: bool


class PhraseTable(QAbstractTableModel):
    """The table; a tick says whether a phrase is in use."""

    switched = Signal(object, bool)  # the Phrase, whether it is to be in use

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PhraseRow] = []
        self._shown: list[PhraseRow] = []
        self._kind: str | None = None
        self._words: tuple[str, ...] = ()

    def set_phrases(self, phrases: Sequence[Phrase], built_in: frozenset[str]) -> None:
        """Show phrases, the user's own first. built_in: those that came with Postil."""
        rows = [PhraseRow(phrase, phrase.phrase not in built_in) for phrase in phrases]
        order = {kind: n for n, kind in enumerate(KINDS)}
        rows.sort(key=lambda row: (not row.own, order.get(row.phrase.kind, 0)))
        self.beginResetModel()
        self._rows = rows
        self._look()
        self.endResetModel()

    def filter(self, kind: str | None, text: str) -> None:
        """Show only phrases of a kind (None: of all) that hold each word of a text."""
        self.beginResetModel()
        self._kind, self._words = kind, tuple(fold(text).split())
        self._look()
        self.endResetModel()

    @property
    def own(self) -> int:
        """How many phrases the user added."""
        return sum(row.own for row in self._rows)

    @property
    def off(self) -> int:
        """How many phrases are switched off."""
        return sum(not row.phrase.active for row in self._rows)

    def row_at(self, row: int) -> PhraseRow:
        """The phrase in a row."""
        return self._shown[row]

    def row_of(self, phrase: str) -> int | None:
        """The row in which a phrase is shown."""
        return next((n for n, r in enumerate(self._shown) if r.phrase.phrase == phrase), None)

    def _look(self) -> None:
        self._shown = [
            row
            for row in self._rows
            if (self._kind is None or row.phrase.kind == self._kind)
            and all(word in fold(row.phrase.phrase) for word in self._words)
        ]

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == PHRASE else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != PHRASE:
            return False
        # The tick follows when the library has done it.
        active = Qt.CheckState(value) is Qt.CheckState.Checked
        self.switched.emit(self.row_at(index.row()).phrase, active)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._shown[index.row()]
        phrase = row.phrase
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                own = "you" if row.own else "Postil"
                return (phrase.phrase, phrase.kind, own)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return phrase.phrase if index.column() == PHRASE else None
            case Qt.ItemDataRole.CheckStateRole if index.column() == PHRASE:
                return (Qt.CheckState.Checked if phrase.active else Qt.CheckState.Unchecked).value
        return None
