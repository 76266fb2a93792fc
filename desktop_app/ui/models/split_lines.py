"""What carries a tag, line by line, as a table in which lines are ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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

from desktop_app.core.words import fold
from desktop_app.library.tags.lines import TaggedLine, TagLines
from desktop_app.ui.panes.fields import short
from desktop_app.ui.panes.sidebar_painting import theme_palette

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("", "What carries it", "Note", "Document")
TICK, WHAT, NOTE, DOCUMENT = range(4)

_TOP = QModelIndex()
_LONGEST = 400  # letters of a quote in a row; its tooltip has more of it
_LONGEST_TIP = 2_000


class Show(Enum):
    """Which lines are shown."""

    ALL = "All"
    HIGHLIGHTS = "Highlights"
    DOCUMENTS = "Documents"
    TICKED = "Ticked"


@dataclass(frozen=True, slots=True)
class SplitLine:
    """A line. text: as it is shown. key: folded, what a filter looks into."""

    line: TaggedLine
    is_highlight: bool
    text: str
    key: str

    @property
    def name(self) -> tuple[bool, int]:
        """What a line is known again by."""
        return self.is_highlight, self.line.id


def split_lines(found: TagLines) -> list[SplitLine]:
    """Make the lines of what carries a tag, a document's own before those of its highlights."""
    lines = [_line(each, is_highlight=False) for each in found.documents]
    lines += [_line(each, is_highlight=True) for each in found.highlights]
    # Those of one document stay in the order in which they came.
    lines.sort(key=lambda each: (fold(each.line.title), each.line.document))
    return lines


def _line(line: TaggedLine, *, is_highlight: bool) -> SplitLine:
    text = " ".join(line.quote.split()) if is_highlight else "The document as a whole"
    key = fold(f"{line.quote}\n{line.note}\n{line.title}")
    return SplitLine(line, is_highlight, text, key)


class SplitTable(QAbstractTableModel):
    """The table. Ticks stay with their lines whatever is shown."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[SplitLine] = []
        self._ticked: set[tuple[bool, int]] = set()
        self._shown: list[int] = []
        self._words: list[str] = []
        self._show = Show.ALL

    def set_lines(self, lines: Sequence[SplitLine]) -> None:
        """Show other lines; those that were there before keep their ticks."""
        self.beginResetModel()
        self._lines = list(lines)
        self._ticked &= {each.name for each in self._lines}
        self._filter()
        self.endResetModel()
        self.ticked_changed.emit()

    def filter(self, words: str, show: Show) -> None:
        """Show only lines of a sort that hold all of some words."""
        self.beginResetModel()
        self._words, self._show = fold(words).split(), show
        self._filter()
        self.endResetModel()

    def count(self, show: Show) -> int:
        """How many lines are of a sort, whatever words are looked for."""
        if show is Show.TICKED:
            return len(self._ticked)
        return sum(1 for each in self._lines if _is(each, show))

    @property
    def picked(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The documents and the highlights that are ticked, shown or not."""
        documents = tuple(sorted(each for mark, each in self._ticked if not mark))
        return documents, tuple(sorted(each for mark, each in self._ticked if mark))

    def line_at(self, row: int) -> SplitLine:
        """The line that is shown in a row."""
        return self._lines[self._shown[row]]

    def is_ticked(self, row: int) -> bool:
        """Whether the line in a row is ticked."""
        return self.line_at(row).name in self._ticked

    def tick(self, rows: Iterable[int], ticked: bool) -> None:
        """Tick lines that are shown, or take their ticks away."""
        places = list(rows)
        names = {self.line_at(row).name for row in places}
        self._ticked = self._ticked | names if ticked else self._ticked - names
        if places:
            self.dataChanged.emit(self.index(min(places), TICK), self.index(max(places), TICK))
            self.ticked_changed.emit()

    def tick_shown(self, ticked: bool) -> None:
        """Tick all that is shown, or take the ticks away."""
        self.tick(range(len(self._shown)), ticked)

    def _filter(self) -> None:
        self._shown = [
            place
            for place, each in enumerate(self._lines)
            if (each.name in self._ticked if self._show is Show.TICKED else _is(each, self._show))
            and all(word in each.key for word in self._words)
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
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TICK else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != TICK:
            return False
        self.tick((index.row(),), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        each, column = self.line_at(index.row()), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(each, column)
            case Qt.ItemDataRole.CheckStateRole if column == TICK:
                ticked = each.name in self._ticked
                return (Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked).value
            case Qt.ItemDataRole.ForegroundRole if column == WHAT and not each.is_highlight:
                return theme_palette().brush(QPalette.ColorRole.PlaceholderText)
            case Qt.ItemDataRole.ToolTipRole:
                return short(
                    (each.text, each.text, each.line.note, each.line.title)[column], _LONGEST_TIP
                )
            case Qt.ItemDataRole.AccessibleTextRole:
                if column == TICK:
                    return f"{short(each.text, _LONGEST)}, {each.line.title}"
                return self._text(each, column)
        return None

    def _text(self, each: SplitLine, column: int) -> str:
        line = each.line
        title = f"{line.title} (in the trash)" if line.trashed else line.title
        note = short(" ".join(line.note.split()), _LONGEST)
        return ("", short(each.text, _LONGEST), note, title)[column]


def _is(each: SplitLine, show: Show) -> bool:
    return show is Show.ALL or each.is_highlight is (show is Show.HIGHLIGHTS)
