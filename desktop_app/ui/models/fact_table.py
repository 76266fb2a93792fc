"""The proposed facts of documents as a table in which they are ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QPalette

from desktop_app.core.model import FactName
from desktop_app.ui.look.icons import Tone, icon
from desktop_app.ui.models.fact_rows import FactRow
from desktop_app.ui.panes.fact_texts import WORDS, FactValue
from desktop_app.ui.panes.sidebar_painting import theme_palette

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("", "Document", "Fact", "Now", "Proposed", "From", "How sure")
TICK, DOCUMENT, FACT, NOW, PROPOSED, FROM, SURENESS = range(7)

_TOP = QModelIndex()


class Show(Enum):
    """Which rows are shown."""

    ALL = "All"
    DIFFERENT = "Different"  # the proposal is not what stands there
    UNSURE = "Unsure"


class FactTable(QAbstractTableModel):
    """The table. Ticks and choices stay with their rows whatever is shown."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FactRow] = []
        self._ticked: list[bool] = []
        self._chosen: list[int] = []  # which of a row's offers
        self._sorts: dict[Show, list[int]] = {show: [] for show in Show}  # places in _rows, rising
        self._show = Show.ALL
        self._fact: FactName | None = None
        self._own = icon("edit", Tone.MUTED)

    def set_rows(self, rows: Sequence[FactRow], *, keep: bool = False) -> None:
        """Show other rows. keep: those that were there before keep their ticks and choices."""
        before = {
            (row.document, row.fact): (self._ticked[n], row.offers[self._chosen[n]].text)
            for n, row in enumerate(self._rows if keep else ())
        }
        self.beginResetModel()
        self._rows = list(rows)
        self._ticked, self._chosen = [], []
        for row in self._rows:
            ticked, text = before.get((row.document, row.fact), (row.ticked_at_first, ""))
            self._ticked.append(ticked)
            texts = [offer.text for offer in row.offers]
            self._chosen.append(texts.index(text) if text in texts else 0)
        self._sort()
        self.endResetModel()
        self.ticked_changed.emit()

    def filter(self, fact: FactName | None, show: Show) -> None:
        """Show only rows of a fact (None: of all) and of a sort."""
        self.beginResetModel()
        self._show = show
        if fact is not self._fact:
            self._fact = fact
            self._sort()
        self.endResetModel()

    def count(self, show: Show) -> int:
        """How many rows of the chosen fact are of a sort."""
        return len(self._sorts[show])

    @property
    def ticked(self) -> int:
        """How many rows are ticked, also those that are not shown."""
        return sum(self._ticked)

    def accepted(self) -> list[tuple[int, FactName, FactValue]]:
        """What is ticked: documents, facts and values."""
        return [
            (row.document, row.fact, row.offers[self._chosen[n]].value)
            for n, row in enumerate(self._rows)
            if self._ticked[n]
        ]

    def row_at(self, row: int) -> FactRow:
        """The row that is shown at a place."""
        return self._rows[self._shown[row]]

    def tick(self, rows: Iterable[int], ticked: bool) -> None:
        """Tick rows that are shown, or take their ticks away."""
        places = list(rows)
        for row in places:
            self._ticked[self._shown[row]] = ticked
        if places:
            self.dataChanged.emit(self.index(min(places), TICK), self.index(max(places), TICK))
            self.ticked_changed.emit()

    def tick_shown(self, ticked: bool) -> None:
        """Tick all that is shown, or take the ticks away. What the user set is never ticked so."""
        if ticked:
            rows = (n for n in range(len(self._shown)) if not self.row_at(n).own)
            self.tick(rows, True)
        else:
            self.tick(range(len(self._shown)), False)

    def is_ticked(self, row: int) -> bool:
        """Whether a row that is shown is ticked."""
        return self._ticked[self._shown[row]]

    def choose(self, row: int, offer: int) -> None:
        """Take another of a row's proposals, and tick the row."""
        self._chosen[self._shown[row]] = offer
        self._ticked[self._shown[row]] = True
        self.dataChanged.emit(self.index(row, TICK), self.index(row, SURENESS))
        self.ticked_changed.emit()

    @property
    def _shown(self) -> list[int]:
        return self._sorts[self._show]

    def _sort(self) -> None:
        """Look which rows of the chosen fact are of which sort."""
        fact, rows = self._fact, self._rows
        of_fact = [n for n, row in enumerate(rows) if fact is None or row.fact is fact]
        self._sorts = {
            Show.ALL: of_fact,
            Show.DIFFERENT: [n for n in of_fact if rows[n].different],
            Show.UNSURE: [n for n in of_fact if rows[n].unsure],
        }

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
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TICK else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != TICK:
            return False
        self.tick((index.row(),), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self._shown[index.row()]
        row, column = self._rows[place], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(place, column)
            case Qt.ItemDataRole.CheckStateRole if column == TICK:
                ticked = self._ticked[place]
                return (Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked).value
            case Qt.ItemDataRole.DecorationRole if column == NOW and row.own:
                return self._own
            case Qt.ItemDataRole.ForegroundRole if self._says_nothing_new(index.row(), column):
                return theme_palette().brush(QPalette.ColorRole.PlaceholderText)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(place, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                if column == TICK:
                    return f"{WORDS[row.fact].name} of {row.title}"
                return self._text(place, column)
        return None

    def _says_nothing_new(self, shown: int, column: int) -> bool:
        """Whether a cell repeats what stands above it or beside it."""
        place = self._shown[shown]
        row = self._rows[place]
        if column == DOCUMENT:
            return shown > 0 and self.row_at(shown - 1).document == row.document
        return column == PROPOSED and row.offers[self._chosen[place]].text == row.now

    def _text(self, place: int, column: int) -> str:
        row = self._rows[place]
        offer = row.offers[self._chosen[place]]
        others = len(row.offers) - 1
        more = f"   +{others}" if others else ""
        own = "  (set by you)" if row.own else ""
        return (
            "",
            row.title,
            WORDS[row.fact].name,
            f"{row.now}{own}",
            f"{offer.text}{more}",
            offer.place,
            offer.sureness,
        )[column]

    def _tooltip(self, place: int, column: int) -> str | None:
        row = self._rows[place]
        offer = row.offers[self._chosen[place]]
        if column == NOW:
            return f"{row.now}\n{row.now_from}"
        if column == SURENESS:
            return f"{offer.origin.confidence:.0%}"
        if column == PROPOSED:
            return "\n".join(each.text for each in row.offers)
        return self._text(place, column) or None
