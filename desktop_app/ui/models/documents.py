"""The documents of an answer as a list of which only what is looked at is fetched.

The model holds every id in order; documents and passages come a page at a time in tasks, when the
view asks for a row that is not there yet. A row that is not there yet has no data but its id.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop_app.core.model import Document
from desktop_app.ui.models.document_words import in_words
from desktop_app.ui.models.drag import DOCUMENTS_MIME, documents_mime

if TYPE_CHECKING:
    from desktop_app.library.searching import Hit

Index = QModelIndex | QPersistentModelIndex

PAGE = 100
KEPT_PAGES = 40

_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows. hit: None where nothing was searched for. highlights: how many it has."""

    document: Document
    hit: Hit | None = None
    highlights: int = 0


Fetched = Mapping[int, Row]
Fetch = Callable[[Sequence[int], Callable[[Fetched], None]], None]


class RowRole(IntEnum):
    """What the view asks for besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1


class DocumentsModel(QAbstractListModel):
    """The documents that an answer names, in its order."""

    rows_came = Signal(object)  # the set of ids whose rows were fetched or fetched again

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        """fetch: starts fetching the rows of ids and calls back, later, with those it found."""
        super().__init__(parent)
        self._fetch = fetch
        self._ids: Sequence[int] = array("q")
        self._places: dict[int, int] | None = None
        self._rows: dict[int, Row] = {}
        self._pages: list[int] = []  # pages that are held, least lately asked for first
        self._missed: set[int] = set()
        self._stale: set[int] = set()  # ids that are shown as they were, until fetched again
        self._under_way = False
        self._generation = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch_missed)

    @property
    def ids(self) -> Sequence[int]:
        """Every id, in order."""
        return self._ids

    def set_ids(self, ids: Sequence[int], *, places: dict[int, int] | None = None) -> None:
        """Show other documents. What is known of those that stay is kept until fetched again.

        places: the row of each id, where a task has worked it out already.
        """
        self.beginResetModel()
        self._ids = ids
        self._places = places
        self._generation += 1
        self._under_way = False
        self._missed.clear()
        self._pages.clear()
        if len(self._rows) > KEPT_PAGES * PAGE:
            self._rows.clear()
        self._stale = set(self._rows)
        self.endResetModel()

    def place(self, document: int) -> int | None:
        """The row of a document; None where it is not in the list."""
        if self._places is None:
            self._places = {each: row for row, each in enumerate(self._ids)}
        return self._places.get(document)

    def row(self, place: int) -> Row | None:
        """What a row shows; None while it is not there yet, and then it is asked for."""
        document = self._ids[place]
        found = self._rows.get(document)
        if found is None or document in self._stale:
            self._missed.add(place // PAGE)
            if not self._soon.isActive():
                self._soon.start()
        return found

    def known(self, document: int) -> Document | None:
        """A document of the list, if it is held."""
        row = self._rows.get(document)
        return row.document if row else None

    def look_again(self, documents: AbstractSet[int] | None = None) -> None:
        """Fetch rows again as they are looked at: those of some documents, or all (None)."""
        self._stale.update(self._rows if documents is None else self._rows.keys() & documents)
        self._say_changed()

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        if not index.isValid() or place >= len(self._ids):
            return None
        if role == RowRole.ID:
            return self._ids[place]
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            RowRole.ROW,
        ):
            return None
        row = self.row(place)
        if role == RowRole.ROW:
            return row
        if row is None:
            return ""
        if role == Qt.ItemDataRole.DisplayRole:
            return row.document.title
        return in_words(row.document, highlights=row.highlights)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def mimeTypes(self) -> list[str]:
        return [DOCUMENTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return documents_mime(self._ids[index.row()] for index in indexes)

    # Fetching.

    def _fetch_missed(self) -> None:
        if self._under_way or not self._missed:
            return
        pages = sorted(self._missed)[:4]
        self._missed.clear()  # what is still looked at then is missed again
        wanted = [
            document
            for page in pages
            for document in self._ids[page * PAGE : (page + 1) * PAGE]
            if document not in self._rows or document in self._stale
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
        for document in wanted:
            if document in rows:
                self._rows[document] = rows[document]
            else:
                self._rows.pop(document, None)
        while len(self._pages) > KEPT_PAGES:
            oldest = self._pages.pop(0)
            for document in self._ids[oldest * PAGE : (oldest + 1) * PAGE]:
                self._rows.pop(document, None)
        self.rows_came.emit(set(wanted))
        self._say_changed()

    def put_rows(self, rows: Fetched) -> None:
        """Show these rows in the place of those that are there for the same documents."""
        known = {document: row for document, row in rows.items() if document in self._rows}
        self._rows.update(known)
        self.rows_came.emit(set(known))
        self._say_changed()

    def _say_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))
