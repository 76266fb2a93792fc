"""Documents: their facts, their state, and their order in a list."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from desktop_app.core.highlights import Standing
from desktop_app.core.model import (
    Counts,
    Document,
    Facts,
    Part,
    Proposal,
    ReadState,
    Sort,
)
from desktop_app.core.text import Text
from desktop_app.store import filters, parts, proposing, texts
from desktop_app.store.columns import among, from_ms, ids_in, to_ms
from desktop_app.store.facts import fact_columns, facts_of
from desktop_app.store.highlights import ReadHighlights
from desktop_app.store.ordering import in_trash, orders
from desktop_app.store.tables import document, lines, part, proposals, tagging, text


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that is about to come in; its original and those of its parts are already kept.

    original: SHA-256, hexadecimal. words: how many the text has. added_at: None for now.
    whole: as in an extract. lines, folded_as: as in an extract; None where they are not known yet.
    """

    facts: Facts
    media_type: str
    file_name: str
    original: str
    size_bytes: int
    text: Text
    extractor: str
    words: int
    state: ReadState = ReadState.UNREAD
    starred: bool = False
    added_at: datetime | None = None
    whole: Text | None = None
    parts: tuple[Part, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    lines: bytes | None = None
    folded_as: str = ""


@dataclass(frozen=True, slots=True)
class ListMarks:
    """What a person says of a document in the list, and its title to name it by."""

    id: int
    title: str
    state: ReadState
    starred: bool
    trashed_at: datetime | None


class ReadDocuments:
    """Documents as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, document_id: int) -> Document | None:
        """The document, or None where there is none."""
        found = self.many([document_id])
        return found[0] if found else None

    def many(self, ids: Collection[int]) -> list[Document]:
        """Documents in the order asked; those that are not there are left out."""
        if not ids:
            return []
        tags: dict[int, list[int]] = {}
        pairs = (
            select(tagging.c.document, tagging.c.tag)
            .where(among(tagging.c.document, ids))
            .order_by(tagging.c.document, tagging.c.tag)
        )
        for document_id, tag in self._connection.execute(pairs):
            tags.setdefault(document_id, []).append(tag)
        rows = self._connection.execute(select(document).where(among(document.c.id, ids)))
        found = {row.id: _document_of(row, tuple(tags.get(row.id, ()))) for row in rows}
        return [found[document_id] for document_id in ids if document_id in found]

    def by_originals(self, sha256s: Collection[str]) -> dict[str, Document]:
        """The documents whose original is among the hashes, by hash."""
        if not sha256s:
            return {}
        rows = select(document.c.id).where(among(document.c.original, sha256s))
        ids = self._connection.execute(rows).scalars().all()
        return {found.original: found for found in self.many(ids)}

    def originals(self) -> set[str]:
        """The hashes of the originals of all documents and their parts, trash included."""
        return set(self._connection.execute(parts.named_originals()).scalars())

    def present(self, ids: Collection[int]) -> list[int]:
        """Those of some ids that are of documents, in the order asked, each once."""
        rows = select(document.c.id).where(among(document.c.id, ids))
        there = set(ids_in(self._connection, rows))
        return [each for each in dict.fromkeys(ids) if each in there]

    def list_marks(self, ids: Collection[int]) -> list[ListMarks]:
        """What is done with documents in the list; those that are not there are left out."""
        columns = (document.c.id, document.c.title, document.c.state, document.c.starred)
        rows = select(*columns, document.c.trashed_at).where(among(document.c.id, ids))
        return [
            ListMarks(
                id_, title, ReadState(state), bool(starred), at if at is None else from_ms(at)
            )
            for id_, title, state, starred, at in self._connection.execute(rows)
        ]

    def titles(self, ids: Collection[int]) -> dict[int, str]:
        """The titles of documents, by id; those that are not there are left out."""
        rows = select(document.c.id, document.c.title).where(among(document.c.id, ids))
        return {row.id: row.title for row in self._connection.execute(rows)}

    def all_ids(self, *, trashed: bool = False) -> set[int]:
        """The ids of all documents outside the trash, or of those in it."""
        return set(ids_in(self._connection, select(document.c.id).where(in_trash(trashed))))

    def ordered(self, ids: Collection[int] | None, sort: Sort) -> array[int]:
        """Ids in the order of a list; None for all documents outside the trash.

        RELEVANCE is no order of the database and is taken as newest first. Documents without a
        date come last in both orders by date.
        """
        if ids is not None and not ids:
            return array("q")
        chosen: list[ColumnElement[bool]] = []
        wanted: Collection[int] | None = None
        if ids is None:
            chosen.append(in_trash(False))
        elif len(ids) <= 1_000:
            chosen.append(among(document.c.id, ids))
        else:
            # Walking an index from end to end is quicker than looking up so many rows.
            wanted = ids if isinstance(ids, (set, frozenset)) else set(ids)
        order = array("q")
        for those, by in orders(sort):
            rows = select(document.c.id).where(*those, *chosen).order_by(*by)
            # SQLite keeps the order for group_concat.
            found = ids_in(self._connection, rows)
            order.extend(found if wanted is None else filter(wanted.__contains__, found))
        return order

    def counts(self) -> Counts:
        """How many documents each part of the sidebar holds."""
        rows = select(document.c.state, document.c.starred, func.count().label("number")).where(
            in_trash(False)
        )
        rows = rows.group_by(document.c.state, document.c.starred)
        every = self._connection.execute(rows).all()
        bare = self._connection.execute(rows.where(~filters.TAGGED)).all()

        def number(of: Sequence[Any], **wanted: object) -> int:
            return sum(
                row.number
                for row in of
                if all(getattr(row, name) == value for name, value in wanted.items())
            )

        trash = select(func.count()).select_from(document).where(in_trash(True))
        marked = ReadHighlights(self._connection).counts()
        return Counts(
            all=number(every),
            inbox=number(bare, state=ReadState.UNREAD),
            reading=number(every, state=ReadState.READING),
            read=number(every, state=ReadState.READ),
            starred=number(every, starred=1),
            untagged=number(bare),
            trash=self._connection.execute(trash).scalar_one(),
            highlights=sum(marked.values()),
            review=marked[Standing.REVIEW],
            lost=marked[Standing.LOST],
        )


class Documents(ReadDocuments):
    """Documents that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def add(self, new: NewDocument) -> int:
        """Add a document with its text; returns its id."""
        return self.add_many([new])[0]

    def add_many(self, news: Sequence[NewDocument]) -> list[int]:
        """Add documents with their texts, in a few statements however many; returns their ids."""
        if not news:
            return []
        sequence = "SELECT seq FROM sqlite_sequence WHERE name = 'document'"
        last = self._connection.exec_driver_sql(sequence).scalar() or 0
        ids = list(range(last + 1, last + 1 + len(news)))
        pairs = list(zip(news, ids, strict=True))
        parts.note_originals(
            self._connection,
            [(new.original, new.size_bytes) for new in news]
            + [(p.original, p.size_bytes) for new in news for p in new.parts if p.original],
            self._now_ms,
        )
        self._put(document, [self._row(new, number) for new, number in pairs])
        self._put(
            text,
            [
                row
                for new, number in pairs
                for row in texts.rows_of(new.text, new.whole, number, new.extractor, self._now_ms)
            ],
        )
        self._put(part, [parts.row_of(each, number) for new, number in pairs for each in new.parts])
        self._put(
            proposals, [proposing.row_of(new.proposals, n) for new, n in pairs if new.proposals]
        )
        self._put(
            lines,
            [
                {
                    "document": n,
                    "version": new.text.version,
                    "keys": new.lines,
                    "folded_as": new.folded_as,
                }
                for new, n in pairs
                if new.lines is not None
            ],
        )
        return ids

    def set_facts(self, document_id: int, facts: Facts) -> None:
        """Replace everything that is known about a document as a publication."""
        self._set([document_id], fact_columns(facts))

    def set_state(self, ids: Collection[int], state: ReadState) -> None:
        """Set how far the reader has come."""
        self._set(ids, {"state": state.value})

    def set_starred(self, ids: Collection[int], starred: bool) -> None:
        """Set or take away the star."""
        self._set(ids, {"starred": int(starred)})

    def set_trashed(self, ids: Collection[int], when: datetime | None) -> None:
        """Put documents into the trash, or with None take them out."""
        self._set(ids, {"trashed_at": None if when is None else to_ms(when)})

    def set_progress(self, document_id: int, *, progress: float, position: int) -> None:
        """Note how far a document has been read; it does not count as a change of the document."""
        self._connection.execute(
            update(document)
            .where(document.c.id == document_id)
            .values(progress=min(max(progress, 0.0), 1.0), position=max(position, 0))
        )

    def remove(self, ids: Collection[int]) -> list[str]:
        """Remove documents for good with their texts, parts and taggings.

        Returns the hashes of the originals that nothing needs any more, sorted; their files are
        removed by the caller once the transaction has ended well.
        """
        self._connection.execute(delete(document).where(among(document.c.id, ids)))
        return parts.drop_unused(self._connection)

    def set_media_type(self, document_id: int, media_type: str) -> None:
        """Note what a newer reader found the original to be."""
        self._set([document_id], {"media_type": media_type})

    def _put(self, table: Table, rows: list[dict[str, object]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _set(self, ids: Collection[int], values: Mapping[str, object]) -> None:
        self._connection.execute(
            update(document)
            .where(among(document.c.id, ids))
            .values(**values, changed_at=self._now_ms)
        )

    def _row(self, new: NewDocument, number: int) -> dict[str, object]:
        return fact_columns(new.facts) | {
            "id": number,
            "media_type": new.media_type,
            "file_name": new.file_name,
            "original": new.original,
            "text_version": new.text.version,
            "words": new.words,
            "state": new.state.value,
            "progress": 0.0,
            "position": 0,
            "starred": int(new.starred),
            "added_at": self._now_ms if new.added_at is None else to_ms(new.added_at),
            "changed_at": self._now_ms,
            "trashed_at": None,
        }


def _document_of(row: Any, tags: tuple[int, ...]) -> Document:
    return Document(
        id=row.id,
        facts=facts_of(row),
        media_type=row.media_type,
        file_name=row.file_name,
        original=row.original,
        text_version=row.text_version,
        words=row.words,
        state=ReadState(row.state),
        progress=row.progress,
        position=row.position,
        starred=bool(row.starred),
        added_at=from_ms(row.added_at),
        changed_at=from_ms(row.changed_at),
        trashed_at=None if row.trashed_at is None else from_ms(row.trashed_at),
        tags=tags,
    )
