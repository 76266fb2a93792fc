"""What belongs to a document beside its original and its texts, and who names which original."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Connection, delete, insert, select, union

from desktop_app.core.model import Part, PartRole
from desktop_app.store.tables import document, original, part


class ReadParts:
    """Parts as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, document_id: int, *roles: PartRole) -> tuple[Part, ...]:
        """The parts of a document in some roles (none named: in all), in order."""
        rows = select(part).where(part.c.document == document_id)
        if roles:
            rows = rows.where(part.c.role.in_([role.value for role in roles]))
        found = self._connection.execute(rows.order_by(part.c.role, part.c.number))
        return tuple(part_of(row) for row in found)

    def pictures(self, document_id: int) -> tuple[Part, ...]:
        """The pictures of a document."""
        return self.of(document_id, PartRole.PICTURE)

    def companions(self, document_id: int) -> tuple[Part, ...]:
        """The files of a saved page's own folder."""
        return self.of(document_id, PartRole.COMPANION)

    def attachments(self, document_id: int) -> tuple[Part, ...]:
        """The files that can be taken out of a document's original."""
        return self.of(document_id, PartRole.ATTACHMENT)


class Parts(ReadParts):
    """Parts that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def put(self, document_id: int, new: Sequence[Part]) -> None:
        """Give a document other parts, whose originals are kept; those it had go."""
        note_originals(
            self._connection,
            [(each.original, each.size_bytes) for each in new if each.original],
            self._now_ms,
        )
        self._connection.execute(delete(part).where(part.c.document == document_id))
        if new:
            self._connection.execute(insert(part), [row_of(each, document_id) for each in new])

    def drop_unused_originals(self) -> list[str]:
        """Forget the originals that nothing names any more; returns their hashes, sorted."""
        return drop_unused(self._connection)


def row_of(new: Part, document_id: int) -> dict[str, object]:
    """The columns of a part."""
    return {
        "document": document_id,
        "role": new.role.value,
        "number": new.number,
        "name": new.name,
        "media_type": new.media_type,
        "size_bytes": new.size_bytes,
        "original": new.original,
    }


def part_of(row: Any) -> Part:
    """The part in a row of the part table."""
    role = PartRole(row.role)
    return Part(role, row.number, row.name, row.media_type, row.size_bytes, row.original)


def named_originals() -> CompoundSelect[Any]:
    """The hashes that documents and their parts name, each once."""
    of_parts = select(part.c.original).where(part.c.original.is_not(None))
    return union(select(document.c.original), of_parts)


def note_originals(
    connection: Connection, originals: Sequence[tuple[str, int]], now_ms: int
) -> None:
    """Note originals (SHA-256, size in bytes) that are about to be named."""
    if originals:
        connection.execute(
            insert(original).prefix_with("OR IGNORE"),
            [
                {"sha256": sha256, "size_bytes": size, "kept_at": now_ms}
                for sha256, size in originals
            ],
        )


def drop_unused(connection: Connection) -> list[str]:
    """Forget the originals that nothing names; returns their hashes, sorted."""
    unused = select(original.c.sha256).where(original.c.sha256.not_in(named_originals()))
    free = sorted(connection.execute(unused).scalars())
    connection.execute(delete(original).where(original.c.sha256.in_(unused)))
    return free
