"""The outcomes of an import as a table that grows while one looks, and can be filtered by kind.

A file that was refused and is tried again keeps one row, with its newest outcome.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.ui.icons import Tone, icon

Index = QModelIndex | QPersistentModelIndex

KIND_WORDS = {
    OutcomeKind.IMPORTED: "Imported",
    OutcomeKind.KNOWN: "Already here",
    OutcomeKind.WARNING: "Warning",
    OutcomeKind.REFUSED: "Refused",
}
_ICONS = {
    OutcomeKind.IMPORTED: ("check", Tone.ACCENT),
    OutcomeKind.KNOWN: ("document", Tone.MUTED),
    OutcomeKind.WARNING: ("refused", Tone.PROBLEM),
    OutcomeKind.REFUSED: ("bad", Tone.PROBLEM),
}
COLUMNS = ("Outcome", "Document", "Reason", "File")

_TOP = QModelIndex()


class OutcomeModel(QAbstractTableModel):
    """The table. Only the rows of the kinds that are shown are its rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outcomes: list[Outcome] = []
        self._shown: list[int] = []  # places in _outcomes, rising
        self._kind: OutcomeKind | None = None
        self._refused_at: dict[str, int] = {}
        self._counts: Counter[OutcomeKind] = Counter()
        self._icons = {kind: icon(*named) for kind, named in _ICONS.items()}

    @property
    def total(self) -> int:
        """How many files there are, whatever is shown."""
        return len(self._outcomes)

    def count(self, kind: OutcomeKind) -> int:
        """How many files came to an outcome of a kind."""
        return self._counts[kind]

    def refused(self) -> list[str]:
        """The paths of the files that were refused."""
        return list(self._refused_at)

    def outcome_at(self, index: Index) -> Outcome:
        """The outcome in a row."""
        return self._outcomes[self._shown[index.row()]]

    def clear(self) -> None:
        """Forget all outcomes."""
        self.beginResetModel()
        self._outcomes, self._shown = [], []
        self._refused_at.clear()
        self._counts.clear()
        self.endResetModel()

    def show_kind(self, kind: OutcomeKind | None) -> None:
        """Show the outcomes of one kind; None shows all."""
        self.beginResetModel()
        self._kind = kind
        self._shown = [n for n, outcome in enumerate(self._outcomes) if self._fits(outcome)]
        self.endResetModel()

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Take in outcomes in the order in which they came."""
        new: list[Outcome] = []
        for outcome in outcomes:
            before = self._refused_at.pop(outcome.path, None)
            if before is None:
                new.append(outcome)
            else:
                self._replace(before, outcome)
        first = len(self._outcomes)
        fitting = [first + n for n, outcome in enumerate(new) if self._fits(outcome)]
        if fitting:
            row = len(self._shown)
            self.beginInsertRows(QModelIndex(), row, row + len(fitting) - 1)
        for n, outcome in enumerate(new, first):
            self._outcomes.append(outcome)
            self._count(n, outcome)
        if fitting:
            self._shown.extend(fitting)
            self.endInsertRows()

    def as_csv(self) -> str:
        """All outcomes, whatever is shown, as a table for a spreadsheet."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(("outcome", "title", "reason", "path", "id"))
        for outcome in self._outcomes:
            writer.writerow(
                (
                    outcome.kind.value,
                    _cell(outcome.title),
                    _cell(outcome.reason),
                    _cell(outcome.path),
                    "" if outcome.document is None else outcome.document,
                )
            )
        return out.getvalue()

    def _count(self, place: int, outcome: Outcome) -> None:
        self._counts[outcome.kind] += 1
        if outcome.kind is OutcomeKind.REFUSED:
            self._refused_at[outcome.path] = place

    def _fits(self, outcome: Outcome) -> bool:
        return self._kind is None or outcome.kind is self._kind

    def _replace(self, place: int, outcome: Outcome) -> None:
        before = self._outcomes[place]
        self._counts[before.kind] -= 1
        self._outcomes[place] = outcome
        self._count(place, outcome)
        if self._fits(before) and self._fits(outcome):
            row = self._shown.index(place)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        elif self._fits(before):
            row = self._shown.index(place)
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._shown[row]
            self.endRemoveRows()

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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        outcome, column = self.outcome_at(index), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return _text(outcome, column)
            case Qt.ItemDataRole.ToolTipRole:
                return outcome.path if column == 3 else _text(outcome, column) or None
            case Qt.ItemDataRole.DecorationRole if column == 0:
                return self._icons[outcome.kind]
        return None


def _text(outcome: Outcome, column: int) -> str:
    name = PurePath(outcome.path).name or outcome.path
    text = (KIND_WORDS[outcome.kind], outcome.title or name, outcome.reason, outcome.path)[column]
    # A name that is not UTF-8 holds surrogates, which no font can draw and no file can hold.
    return text.encode("utf-8", "replace").decode().replace("\n", " ")


def _cell(text: str) -> str:
    """A cell that a spreadsheet takes for text: titles come from foreign files."""
    text = text.encode("utf-8", "replace").decode()
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
