"""Name families: which spellings a person has joined into one name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from desktop_app.core.name_families import NameFamily
from desktop_app.store.columns import among
from desktop_app.store.tables import name_family, name_spelling


class ReadNameFamilies:
    """The families as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[NameFamily]:
        """All families, by name."""
        return self._read(None)

    def of(self, forms: str) -> NameFamily | None:
        """The family that a spelling is in, as `spelling_key` writes it; None where in none."""
        return next(iter(self.of_any([forms])), None)

    def of_any(self, forms: Collection[str]) -> list[NameFamily]:
        """The families that any of some spellings is in, by name."""
        holding = select(name_spelling.c.family).where(among(name_spelling.c.forms, forms))
        return self._read(name_family.c.id.in_(holding))

    def many(self, ids: Collection[int]) -> list[NameFamily]:
        """Families by id; those that are gone are left out."""
        return self._read(among(name_family.c.id, ids))

    def _read(self, wanted: ColumnElement[bool] | None) -> list[NameFamily]:
        rows = (
            select(name_family.c.id, name_family.c.uuid, name_family.c.name, name_spelling.c.forms)
            .join(name_spelling, name_spelling.c.family == name_family.c.id)
            .order_by(name_family.c.name, name_family.c.id, name_spelling.c.forms)
        )
        spellings: defaultdict[tuple[int, str, str], list[str]] = defaultdict(list)
        for row in self._connection.execute(rows if wanted is None else rows.where(wanted)):
            spellings[row.id, row.uuid, row.name].append(row.forms)
        return [NameFamily(*known, tuple(forms)) for known, forms in spellings.items()]


class NameFamilies(ReadNameFamilies):
    """The families, to be changed inside a transaction."""

    def add(self, new: NameFamily) -> int:
        """Add a family, whose spellings are in no other; an id of 0 is given by the database."""
        made = self._connection.execute(
            insert(name_family).values(id=new.id or None, uuid=new.uuid, name=new.name)
        )
        identity = new.id or int(made.lastrowid)
        rows = [{"family": identity, "forms": forms} for forms in new.spellings]
        self._connection.execute(insert(name_spelling), rows)
        return identity

    def remove(self, ids: Collection[int]) -> None:
        """Remove families; their spellings are then in none."""
        self._connection.execute(delete(name_family).where(among(name_family.c.id, ids)))
