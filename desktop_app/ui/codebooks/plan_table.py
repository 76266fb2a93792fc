"""The lines of a plan as a table: the tag, what it is here, what differs, what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette

from desktop_app.core.model import Tag
from desktop_app.library.codebooks.differences import Field
from desktop_app.library.codebooks.plan import Choice, LineKind, Plan, PlanLine
from desktop_app.ui.codebooks.words import KIND_WORDS, choice_words
from desktop_app.ui.look.tag_mark import tag_icon
from desktop_app.ui.panes.sidebar_painting import theme_palette

Index = QModelIndex | QPersistentModelIndex

COLUMNS = ("Tag", "It is", "What is said", "What becomes of it")
TAG, KIND, SAYS, CHOICE = range(4)

_TOP = QModelIndex()


class PlanTable(QAbstractTableModel):
    """The lines that are shown, all or those of one kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PlanLine, ...] = ()
        self._shown: list[int] = []
        self._kind: LineKind | None = None

    def set_plan(self, plan: Plan) -> bool:
        """Show a plan; where only choices are others, the rows stay. Return whether they went."""
        same = [line.tag.uuid for line in self._lines] == [line.tag.uuid for line in plan.lines]
        kinds = [line.kind for line in self._lines] == [line.kind for line in plan.lines]
        if same and kinds:
            self._lines = plan.lines
            if self._shown:
                last = self.index(len(self._shown) - 1, CHOICE)
                self.dataChanged.emit(self.index(0, 0), last)
            return False
        self.beginResetModel()
        self._lines = plan.lines
        self._sort()
        self.endResetModel()
        return True

    def show_kind(self, kind: LineKind | None) -> None:
        """Show only the tags of a kind; None: all."""
        self.beginResetModel()
        self._kind = kind
        self._sort()
        self.endResetModel()

    def counts(self) -> Mapping[LineKind, int]:
        """How many tags are of each kind, shown or not."""
        return Counter(line.kind for line in self._lines)

    def row_at(self, row: int) -> PlanLine:
        """The line that is shown at a place."""
        return self._lines[self._shown[row]]

    def offered(self, rows: Iterable[int]) -> dict[Choice, int]:
        """What can be chosen for some rows, and for how many of them."""
        found = Counter(choice for row in rows for choice in self.row_at(row).choices)
        return {choice: found[choice] for choice in Choice if found[choice]}

    def _sort(self) -> None:
        self._shown = [
            place
            for place, line in enumerate(self._lines)
            if self._kind is None or line.kind is self._kind
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
            return self.tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        line = self.row_at(index.row())
        column = index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(line, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                if column == CHOICE:
                    return f"{line.path}: {self._text(line, CHOICE)}"
                return self._text(line, column)
            case Qt.ItemDataRole.DecorationRole if column == TAG:
                return tag_icon(_mark_of(line))
            case Qt.ItemDataRole.DecorationRole if column == SAYS and _looks_otherwise(line):
                assert line.known is not None
                return tag_icon(line.known)
            case Qt.ItemDataRole.ForegroundRole if line.chosen is Choice.LEAVE or (
                column in (KIND, SAYS) and line.kind is LineKind.SAME
            ):
                return theme_palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _text(self, line: PlanLine, column: int) -> str:
        match column:
            case 0:
                return line.path
            case 1:
                return self.tr(KIND_WORDS[line.kind])
            case 2:
                return line.says
        more = "  ▾" if len(line.choices) > 1 else ""
        return f"{choice_words(line.chosen, line)}{more}"


def _looks_otherwise(line: PlanLine) -> bool:
    """Whether the mark here is to be seen beside that of the file."""
    looks = (Field.COLOUR, Field.PATTERN, Field.LETTERS)
    return line.known is not None and any(each.field in looks for each in line.differences)


def _mark_of(line: PlanLine) -> Tag:
    """The tag as the file has it, to be painted."""
    tag, known = line.tag, line.after or line.known
    colour = tag.colour or (known.colour if known is not None else "#7d7d7d")
    return Tag(0, "", 0, None, tag.name, colour, pattern=tag.pattern, letters=tag.letters)
