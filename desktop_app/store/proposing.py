"""What the file of a document and its text propose as facts, best first."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select

from desktop_app.core.model import FactName, Origin, OriginKind, Proposal
from desktop_app.store.columns import among, to_json
from desktop_app.store.tables import proposals


class ReadProposals:
    """Proposals as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, document_id: int) -> tuple[Proposal, ...]:
        """What is proposed for a document, best first."""
        return self.many([document_id]).get(document_id, ())

    def many(self, ids: Collection[int]) -> dict[int, tuple[Proposal, ...]]:
        """What is proposed for documents; those for which nothing is are left out."""
        rows = select(proposals).where(among(proposals.c.document, ids))
        return {row.document: _read(row.items) for row in self._connection.execute(rows)}


class Proposals(ReadProposals):
    """Proposals that can be changed inside a transaction."""

    def put(self, document_id: int, new: Sequence[Proposal]) -> None:
        """Replace what is proposed for a document."""
        self._connection.execute(delete(proposals).where(proposals.c.document == document_id))
        if new:
            self._connection.execute(insert(proposals), [row_of(new, document_id)])


def row_of(new: Sequence[Proposal], document_id: int) -> dict[str, object]:
    """The columns of a document's proposals."""
    items = [
        [p.fact.value, p.value, p.origin.kind.value, p.origin.place, p.origin.confidence]
        for p in new
    ]
    return {"document": document_id, "items": to_json(items)}


def _read(written: str) -> tuple[Proposal, ...]:
    return tuple(
        Proposal(
            FactName(fact),
            value if isinstance(value, str) else tuple(value),
            Origin(OriginKind(kind), place, confidence),
        )
        for fact, value, kind, place, confidence in json.loads(written)
    )
