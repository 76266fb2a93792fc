"""The lines of a concordance as a table of which only what is looked at is fetched.

Rows are numbers of lines; a negative one is the heading of a document's lines, when they are
grouped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.core.dates import PartialDate
from desktop_app.library.concordances import GatheredLine, LineDocument, LineState
from desktop_app.ui.models.document_words import date_in_words
from desktop_app.ui.models.paged_rows import Fetch, PagedRows

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()


class Column(IntEnum):
    """What stands in which column."""

    STATE = 0
    LEFT = 1
    MATCH = 2
    RIGHT = 3
    DOCUMENT = 4
    DATE = 5


COLUMN_NAMES = {
    Column.STATE: "",
    Column.LEFT: "Left",
    Column.MATCH: "Match",
    Column.RIGHT: "Right",
    Column.DOCUMENT: "Document",
    Column.DATE: "Date",
}
STATE_WORDS = {
    LineState.KNOWN: "open",
    LineState.SEEN: "seen",
    LineState.IRRELEVANT: "irrelevant",
    LineState.TAGGED: "tagged",
}
NEW_WORDS = "new"


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a row shows. line: None in the heading of a document's lines."""

    line: GatheredLine | None
    document: LineDocument


class LinesModel(QAbstractTableModel):
    """The lines of a concordance, in the order asked."""

    def __init__(self, fetch: Fetch[LineRow], parent: QObject | None = None) -> None:
        """fetch: as of PagedRows."""
        super().__init__(parent)
        self.paged = PagedRows(fetch, self)
        self.paged.came.connect(lambda _ids: self._say_changed())
        self.tells_new = False  # whether lines that were not known before are to be told

    @property
    def numbers(self) -> Sequence[int]:
        """Every row: the number of a line, or a document's id, negative."""
        return self.paged.ids

    def set_numbers(self, numbers: Sequence[int]) -> None:
        """Show other lines; what is known of those that stay is kept until fetched again."""
        self.beginResetModel()
        self.paged.set_ids(numbers)
        self.endResetModel()

    def forget(self) -> None:
        """Show nothing: the numbers of another concordance mean other lines."""
        self.beginResetModel()
        self.paged.forget()
        self.endResetModel()

    def row(self, place: int) -> LineRow | None:
        """What a row shows; None while it is not there yet, and then it is asked for."""
        return self.paged.row(place)

    def known(self, number: int) -> LineRow | None:
        """A row, if it is held."""
        return self.paged.held.get(number)

    def look_again(self) -> None:
        """Fetch the rows that are held again, as they are looked at."""
        self.paged.look_again(list(self.paged.held))
        self._say_changed()

    def state_words(self, line: GatheredLine) -> str:
        """What was said of a line, in a word."""
        if line.state is None:
            return self.tr(NEW_WORDS) if self.tells_new else self.tr(STATE_WORDS[LineState.KNOWN])
        return self.tr(STATE_WORDS[line.state])

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.numbers)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMN_NAMES[column]) if COLUMN_NAMES[column] else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.LEFT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.MATCH:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        shown = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if not index.isValid() or place >= len(self.numbers) or role not in shown:
            return None
        row = self.row(place)
        column = Column(index.column())
        if row is None:
            return None if role == Qt.ItemDataRole.ToolTipRole else ""
        if row.line is None:
            return heading(row.document) if column is Column.STATE else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column is Column.MATCH:
                return self._spoken(row.line, row.document)
        elif role == Qt.ItemDataRole.ToolTipRole and column in (
            Column.LEFT,
            Column.MATCH,
            Column.RIGHT,
        ):
            line = row.line
            return one_line(f"{line.left}{line.match}{line.right}")
        return self._words(row.line, row.document, column)

    def _words(self, line: GatheredLine, document: LineDocument, column: Column) -> str:
        match column:
            case Column.STATE:
                return self.state_words(line)
            case Column.LEFT:
                return one_line(line.left)
            case Column.MATCH:
                return one_line(line.match)
            case Column.RIGHT:
                return one_line(line.right)
            case Column.DOCUMENT:
                return document.title
            case Column.DATE:
                return date_words(document)

    def _spoken(self, line: GatheredLine, document: LineDocument) -> str:
        """A line as a screen reader says it."""
        said = " ".join(f"{line.left}{line.match}{line.right}".split())
        return ", ".join((said, document.title, self.state_words(line)))

    def _say_changed(self) -> None:
        if self.numbers:
            last = self.index(len(self.numbers) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def one_line(text: str) -> str:
    """A text without ends of lines, as long as it was."""
    return text.translate(_BLANKS)


_BLANKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")


def date_words(document: LineDocument) -> str:
    """The date of a document as one reads it, "" where there is none."""
    published = PartialDate.parse(document.published) if document.published else None
    return date_in_words(published) if published is not None else ""


def heading(document: LineDocument) -> str:
    """The words above the lines of a document."""
    lines = "1 line" if document.lines == 1 else f"{document.lines:,} lines"
    parts = (document.title, document.source or "", date_words(document), lines)
    return " · ".join(part for part in parts if part)
