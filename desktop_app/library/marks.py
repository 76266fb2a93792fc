"""What can be asked about highlights and notes; they are changed by highlight_commands."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence

from desktop_app.core.highlights import Highlight, HighlightFilter, HighlightSort
from desktop_app.store.store import Store


class Marks:
    """The highlights and notes of an open library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, document: int) -> list[Highlight]:
        """The highlights of a document by where they stand; the lost ones last."""
        with self._store.read() as snapshot:
            return snapshot.highlights.of_document(document)

    def many(self, ids: Sequence[int]) -> list[Highlight]:
        """Highlights in the order asked; those that are gone are left out."""
        with self._store.read() as snapshot:
            return snapshot.highlights.many(ids)

    def ids(
        self,
        wanted: HighlightFilter | None = None,
        sort: HighlightSort = HighlightSort.DOCUMENT,
    ) -> array[int]:
        """The highlights of the whole library that a filter lets through, in order."""
        with self._store.read() as snapshot:
            return snapshot.highlights.ids(wanted or HighlightFilter(), sort)

    def counts(self, documents: Collection[int]) -> dict[int, int]:
        """How many highlights documents have; those without any are left out."""
        with self._store.read() as snapshot:
            return snapshot.highlights.counts_of(documents)

    def documents_of(self, ids: Sequence[int]) -> int:
        """How many documents highlights stand in."""
        with self._store.read() as snapshot:
            return snapshot.highlights.documents_of(ids)

    def note(self, document: int) -> str:
        """The note on a whole document, "" where there is none."""
        with self._store.read() as snapshot:
            return snapshot.highlights.document_note(document)
