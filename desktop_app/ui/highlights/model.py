"""The highlights that a filter lets through, as a table of which only what is looked at is fetched.

The model holds every id in order; rows come a page at a time in tasks, when the view asks for one
that is not there yet. Such a row has no data but its id.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from desktop_app.core.highlights import Highlight, MarkStyle, Standing
from desktop_app.core.model import Document
from desktop_app.library.tag_tree import TagTree
from desktop_app.ui.models.document_words import date_in_words

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
KEPT_PAGES = 40

_TOP = QModelIndex()

STYLE_WORDS = {
    MarkStyle.FILL: "filled",
    MarkStyle.UNDERLINE: "underlined",
    MarkStyle.BAR: "bar in the margin",
}
STANDING_WORDS = {
    Standing.PLACED: "found for sure",
    Standing.REVIEW: "to review",
    Standing.LOST: "lost",
}


class Column(IntEnum):
    """What stands in which column."""

    QUOTE = 0
    NOTE = 1
    TAGS = 2
    DOCUMENT = 3
    DATE = 4


COLUMN_NAMES = {
    Column.QUOTE: "Highlight",
    Column.NOTE: "Note",
    Column.TAGS: "Tags",
    Column.DOCUMENT: "Document",
    Column.DATE: "Date",
}


class MarkRole(IntEnum):
    """What the view asks for besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What a row shows."""

    highlight: Highlight
    document: Document


Fetched = Mapping[int, MarkRow]
Fetch = Callable[[Sequence[int], Callable[[Fetched], None]], None]


class HighlightsModel(QAbstractTableModel):
    """The highlights of an answer, in its order."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        """fetch: starts fetching the rows of ids and calls back, later, with those it found."""
        super().__init__(parent)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._rows: dict[int, MarkRow] = {}
        self._pages: list[int] = []  # pages that are held, least lately asked for first
        self._missed: set[int] = set()
        self._stale: set[int] = set()  # ids that are shown as they were, until fetched again
        self._under_way = False
        self._generation = 0
        self.tree = TagTree()
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(0)
        self.soon.timeout.connect(self._fetch_missed)

    @property
    def ids(self) -> array[int]:
        """Every id, in order."""
        return self._ids

    def set_ids(self, ids: array[int]) -> None:
        """Show other highlights. What is known of those that stay is kept until fetched again."""
        self.beginResetModel()
        self._ids = ids
        self._generation += 1
        self._under_way = False
        self._missed.clear()
        self._pages.clear()
        if len(self._rows) > KEPT_PAGES * PAGE:
            self._rows.clear()
        self._stale = set(self._rows)
        self.endResetModel()

    def set_tags(self, tree: TagTree) -> None:
        """Know the names and colours of tags."""
        self.tree = tree
        self._say_changed()

    def row(self, place: int) -> MarkRow | None:
        """What a row shows; None while it is not there yet, and then it is asked for."""
        highlight = self._ids[place]
        found = self._rows.get(highlight)
        if found is None or highlight in self._stale:
            self._missed.add(place // PAGE)
            if not self.soon.isActive():
                self.soon.start()
        return found

    def known(self, highlight: int) -> MarkRow | None:
        """A row of the table, if it is held."""
        return self._rows.get(highlight)

    def look_again(self, documents: AbstractSet[int] | None = None) -> None:
        """Fetch rows again as they are looked at: those of some documents, or all (None)."""
        self._stale.update(
            each
            for each, row in self._rows.items()
            if documents is None or row.document.id in documents
        )
        self._say_changed()

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMN_NAMES[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        if not index.isValid() or place >= len(self._ids):
            return None
        if role == MarkRole.ID:
            return self._ids[place]
        if role == MarkRole.ROW:
            return self.row(place)
        shown = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role not in shown:
            return None
        row = self.row(place)
        if row is None:
            return None if role == Qt.ItemDataRole.ToolTipRole else ""
        column = Column(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and column is Column.QUOTE:
            return spoken(row)
        return self._words(row, column)

    def _words(self, row: MarkRow, column: Column) -> str:
        match column:
            case Column.QUOTE:
                return row.highlight.anchor.quote[:1_000]
            case Column.NOTE:
                return row.highlight.note[:1_000]
            case Column.TAGS:
                return ", ".join(self.tree.path(tag) for tag in self.tags(row))
            case Column.DOCUMENT:
                return row.document.title
            case Column.DATE:
                published = row.document.facts.published
                return date_in_words(published) if published else ""

    def tags(self, row: MarkRow) -> list[int]:
        """The tags of a row that are there, in the order in which they are shown."""
        known = [tag for tag in row.highlight.tags if tag in self.tree.by_id]
        return sorted(known, key=self.tree.path)

    # Fetching.

    def _fetch_missed(self) -> None:
        if self._under_way or not self._missed:
            return
        pages = sorted(self._missed)[:4]
        self._missed.clear()  # what is still looked at then is missed again
        wanted = [
            highlight
            for page in pages
            for highlight in self._ids[page * PAGE : (page + 1) * PAGE]
            if highlight not in self._rows or highlight in self._stale
        ]
        if not wanted:
            return
        self._under_way = True
        generation = self._generation

        def came(rows: Fetched) -> None:
            if generation == self._generation:
                self._under_way = False
                self._take(pages, wanted, rows)

        self._fetch(wanted, came)

    def _take(self, pages: list[int], wanted: list[int], rows: Fetched) -> None:
        for page in pages:
            if page in self._pages:
                self._pages.remove(page)
            self._pages.append(page)
        self._stale.difference_update(wanted)
        for highlight in wanted:
            if highlight in rows:
                self._rows[highlight] = rows[highlight]
            else:
                self._rows.pop(highlight, None)
        while len(self._pages) > KEPT_PAGES:
            oldest = self._pages.pop(0)
            for highlight in self._ids[oldest * PAGE : (oldest + 1) * PAGE]:
                self._rows.pop(highlight, None)
        self._say_changed()

    def _say_changed(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def spoken(row: MarkRow) -> str:
    """A highlight as a screen reader says it: its words, and what is shown by colour and shape."""
    mark = row.highlight
    parts = [mark.anchor.quote[:300], mark.colour, STYLE_WORDS[mark.style]]
    if mark.standing is not Standing.PLACED:
        parts.append(STANDING_WORDS[mark.standing])
    return ", ".join(parts)
