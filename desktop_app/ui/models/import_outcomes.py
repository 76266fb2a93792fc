"""The outcomes of one import as a table that grows while one looks, filtered by kind and by words."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.core.words import fold
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.spreadsheet_cells import harmless
from desktop_app.ui.look.icons import Tone, icon

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
COLUMNS = ("File", "Outcome", "Title", "Reason")
FILE, OUTCOME, TITLE, REASON = range(4)

_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome with the folded words that it is found by."""

    outcome: Outcome
    key: str


def rows_of(outcomes: Iterable[Outcome]) -> list[Row]:
    """Make rows; 50,000 of them take a while, and are made in a task."""
    return [Row(each, fold(f"{each.path}\n{each.title}\n{each.reason}")) for each in outcomes]


class OutcomeModel(QAbstractTableModel):
    """The table. Only what fits the filters are its rows; the counts are of the whole import."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._shown: list[Row] = []
        self._kind: OutcomeKind | None = None
        self._words: tuple[str, ...] = ()
        self._root = ""
        self._counts: Counter[OutcomeKind] = Counter()
        self._icons = {kind: icon(*named) for kind, named in _ICONS.items()}

    @property
    def total(self) -> int:
        """How many files there are, whatever is shown."""
        return len(self._rows)

    @property
    def counts(self) -> Mapping[OutcomeKind, int]:
        """How many files came to each kind of outcome."""
        return self._counts

    def refused(self) -> list[str]:
        """The paths of the files that were refused."""
        refused = OutcomeKind.REFUSED
        return [row.outcome.path for row in self._rows if row.outcome.kind is refused]

    def outcome_at(self, row: int) -> Outcome:
        """The outcome in a row that is shown."""
        return self._shown[row].outcome

    def outcomes_at(self, first: int, last: int) -> list[Outcome]:
        """The outcomes in the rows from the first to the last, which counts too."""
        return [row.outcome for row in self._shown[first : last + 1]]

    def show(self, rows: Sequence[Row], root: str = "") -> None:
        """Show another import. root: the folder that is not written before its paths."""
        self.beginResetModel()
        self._root = root
        self._rows = list(rows)
        self._counts = Counter(row.outcome.kind for row in self._rows)
        self._choose()
        self.endResetModel()

    def filter(self, kind: OutcomeKind | None, text: str) -> None:
        """Show only outcomes of a kind (None: of all) that hold each of the words of a text."""
        words = tuple(fold(text).split())
        if (kind, words) != (self._kind, self._words):
            self.beginResetModel()
            self._kind, self._words = kind, words
            self._choose()
            self.endResetModel()

    def add(self, rows: Sequence[Row]) -> None:
        """Take in outcomes in the order in which they came."""
        fitting = [row for row in rows if self._fits(row)]
        self._rows.extend(rows)
        self._counts.update(row.outcome.kind for row in rows)
        if fitting:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(fitting) - 1)
            self._shown.extend(fitting)
            self.endInsertRows()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, whatever is shown."""
        return tuple(self._rows)

    def _choose(self) -> None:
        shown = self._rows
        if self._kind is not None:
            shown = [row for row in shown if row.outcome.kind is self._kind]
        for word in self._words:
            shown = [row for row in shown if word in row.key]
        self._shown = list(shown)

    def _fits(self, row: Row) -> bool:
        kind_fits = self._kind is None or row.outcome.kind is self._kind
        return kind_fits and all(word in row.key for word in self._words)

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
        outcome, column = self.outcome_at(index.row()), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if column == FILE:
                    return shown_path(outcome.path, self._root)
                return _text(outcome, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return _text(outcome, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _text(outcome, column) or None
            case Qt.ItemDataRole.DecorationRole if column == OUTCOME:
                return self._icons[outcome.kind]
        return None


def as_csv(rows: Iterable[Row]) -> str:
    """Write outcomes as a table for a spreadsheet; 50,000 of them take a while."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("outcome", "title", "reason", "path", "id"))
    for outcome in (row.outcome for row in rows):
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


def shown_path(path: str, root: str = "") -> str:
    """A path as it is shown: from a root, or else without the home folder before it."""
    if root and path.startswith((f"{root}/", f"{root}\\")):
        return drawable(path[len(root) + 1 :])
    home = str(Path.home())
    return drawable(f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path)


def drawable(text: str) -> str:
    """A name that is not UTF-8 holds surrogates, which no font can draw and no file can hold."""
    return text.encode("utf-8", "replace").decode().replace("\n", " ")


def _text(outcome: Outcome, column: int) -> str:
    if column == TITLE and not outcome.title and outcome.kind is not OutcomeKind.REFUSED:
        return drawable(PurePath(outcome.path).name)
    return drawable((outcome.path, KIND_WORDS[outcome.kind], outcome.title, outcome.reason)[column])


def _cell(text: str) -> str:
    """A cell that a spreadsheet takes for text: titles come from foreign files."""
    return harmless(text.encode("utf-8", "replace").decode())
