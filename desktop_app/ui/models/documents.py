"""The documents of an answer as a list of which only what is looked at is fetched.

The model holds every id in order; documents and passages come a page at a time in tasks, when the
view asks for a row that is not there yet. A row that is not there yet has no data but its id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.core.model import Document
from desktop_app.ui.models.document_words import in_words
from desktop_app.ui.models.drag import DOCUMENTS_MIME, documents_mime
from desktop_app.ui.models.paged_rows import Fetch, PagedRows

if TYPE_CHECKING:
    from desktop_app.library.searching import Hit

Index = QModelIndex | QPersistentModelIndex

_TOP = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows. hit: None where nothing was searched for. highlights: how many it has.

    copies: how many documents with the very same text stand under it. under: whether it is such a
    copy. waiting: whether its passages are still being looked for.
    """

    document: Document
    hit: Hit | None = None
    highlights: int = 0
    copies: int = 0
    under: bool = False
    waiting: bool = False


Fetched = Mapping[int, Row]


class RowRole(IntEnum):
    """What the view asks for besides Qt's own roles."""

    ID = Qt.ItemDataRole.UserRole
    ROW = Qt.ItemDataRole.UserRole + 1


class DocumentsModel(QAbstractListModel):
    """The documents that an answer names, in its order."""

    rows_came = Signal(object)  # the set of ids whose rows were fetched or fetched again

    def __init__(self, fetch: Fetch[Row], parent: QObject | None = None) -> None:
        """fetch: as of PagedRows."""
        super().__init__(parent)
        self.paged = PagedRows(fetch, self)
        self.paged.came.connect(self._on_rows)
        self._places: dict[int, int] | None = None

    @property
    def ids(self) -> Sequence[int]:
        """Every id, in order."""
        return self.paged.ids

    def set_ids(self, ids: Sequence[int], *, places: dict[int, int] | None = None) -> None:
        """Show other documents. What is known of those that stay is kept until fetched again.

        places: the row of each id, where a task has worked it out already.
        """
        self.beginResetModel()
        self.paged.set_ids(ids)
        self._places = places
        self.endResetModel()

    def place(self, document: int) -> int | None:
        """The row of a document; None where it is not in the list."""
        if self._places is None:
            self._places = {each: row for row, each in enumerate(self.ids)}
        return self._places.get(document)

    def row(self, place: int) -> Row | None:
        """What a row shows; None while it is not there yet, and then it is asked for."""
        return self.paged.row(place)

    def known(self, document: int) -> Document | None:
        """A document of the list, if it is held."""
        row = self.paged.held.get(document)
        return row.document if row else None

    def known_row(self, document: int) -> Row | None:
        """What the row of a document shows, if it is held."""
        return self.paged.held.get(document)

    def look_again(self, documents: AbstractSet[int] | None = None) -> None:
        """Fetch rows again as they are looked at: those of some documents, or all (None)."""
        self.paged.look_again(self.paged.held if documents is None else documents)
        self._say_changed()

    def put_hits(self, hits: Mapping[int, Hit | None]) -> None:
        """Show what was found in the texts of documents whose rows are there already."""
        held = self.paged.held
        self.paged.put(
            {
                each: replace(held[each], hit=hit, waiting=False)
                for each, hit in hits.items()
                if each in held
            }
        )

    def _on_rows(self, ids: set[int]) -> None:
        self.rows_came.emit(ids)
        self._say_changed()

    # What Qt asks.

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = index.row()
        if not index.isValid() or place >= len(self.ids):
            return None
        if role == RowRole.ID:
            return self.ids[place]
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
        words = in_words(row.document, highlights=row.highlights)
        if row.copies:
            words += ", 1 copy" if row.copies == 1 else f", {row.copies:,} copies"
        return f"copy: {words}" if row.under else words

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
        return documents_mime(self.ids[index.row()] for index in indexes)

    def _say_changed(self) -> None:
        if self.ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, 0))
