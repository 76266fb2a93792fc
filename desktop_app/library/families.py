"""The name families of an open library; they are changed by family_commands."""

from __future__ import annotations

from desktop_app.core.name_families import NameFamily, spelling_key
from desktop_app.store.store import Store


class Families:
    """Which spellings of a library are one name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[NameFamily]:
        """All families, by name."""
        with self._store.read() as snapshot:
            return snapshot.name_families.all()

    def of(self, spelling: str) -> NameFamily | None:
        """The family that a spelling is in, however it is written; None where in none."""
        with self._store.read() as snapshot:
            return snapshot.name_families.of(spelling_key(spelling))
