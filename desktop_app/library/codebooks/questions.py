"""What can be asked of an open library about codebooks: one made of it, and what an import comes to."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.core.codebook import Codebook
from desktop_app.core.errors import BadUsage
from desktop_app.library.codebooks.comparing import Comparison, compared
from desktop_app.library.codebooks.fitting import Placed
from desktop_app.library.codebooks.gathering import codebook_of
from desktop_app.library.codebooks.plan import Choice, Plan, planned
from desktop_app.store.codings import coded_counts
from desktop_app.store.store import Store


class CodebookQuestions:
    """The part of `Questions` that is about codebooks."""

    _store: Store

    def codebook(self, collection: int, *, codings: bool = False) -> Codebook:
        """A collection as it is written to a file; codings: also what carries its tags."""
        with self._store.read() as snapshot:
            found = snapshot.collections.get(collection)
            if found is None:
                raise BadUsage("The tag collection has been deleted.", "Undo brings it back.")
            return codebook_of(snapshot, found, codings=codings)

    def compare_codebooks(
        self,
        one: Codebook,
        other: Codebook,
        *,
        names: tuple[str, str] | None = None,
        every_text: bool = False,
        stop: threading.Event | None = None,
    ) -> Comparison:
        """Where two people's tags on the same texts agree; see `compared`."""
        with self._store.read() as snapshot:
            return compared(snapshot, one, other, names=names, every_text=every_text, stop=stop)

    def coded(self, collection: int) -> tuple[int, int]:
        """How many documents and highlights carry tags of a collection, outside the trash."""
        with self._store.read() as snapshot:
            tags = [tag.id for tag in snapshot.tags.all() if tag.collection == collection]
            return coded_counts(snapshot.connection, tags)

    def plan_codebook(
        self,
        codebook: Codebook,
        choices: Mapping[str, Choice] = MappingProxyType({}),
        *,
        into: int | None = None,
        codings: bool = True,
        known: Placed | None = None,
    ) -> Plan:
        """What an import of a codebook comes to; see `planned`."""
        with self._store.read() as snapshot:
            return planned(snapshot, codebook, choices, into=into, codings=codings, known=known)
