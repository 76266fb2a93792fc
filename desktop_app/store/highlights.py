"""Highlights: marked passages, their looks, notes and tags, and where they stand now."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    update,
)

from desktop_app.core.highlights import (
    Highlight,
    HighlightFilter,
    HighlightSort,
    MarkStyle,
    Standing,
)
from desktop_app.store import highlight_listing, placing
from desktop_app.store.columns import among, ids_in, joined_ids, joining
from desktop_app.store.highlight_rows import columns_of, highlight_of, marked_there, search_key
from desktop_app.store.placing import Placed
from desktop_app.store.tables import document_note, highlight, highlight_tagging

_OF_TAG = joining(
    select(highlight_tagging.c.highlight).where(highlight_tagging.c.tag == bindparam("this"))
)

_LAST_ID = text(
    "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'highlight'), 0),"
    " coalesce((SELECT max(id) FROM highlight), 0))"
)
_PIECE = 500


class ReadHighlights:
    """Highlights as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, highlight_id: int) -> Highlight | None:
        """The highlight, or None where there is none."""
        return next(iter(self.many([highlight_id])), None)

    def many(self, ids: Sequence[int]) -> list[Highlight]:
        """Highlights in the order asked; those that are gone are left out."""
        rows = select(highlight).where(among(highlight.c.id, ids))
        found = {each.id: each for each in self._read(rows)}
        return [found[each] for each in ids if each in found]

    def of_document(self, document_id: int) -> list[Highlight]:
        """The highlights of a document by place; the lost ones last."""
        rows = select(highlight).where(highlight.c.document == document_id)
        found = self._read(rows)

        def where(each: Highlight) -> tuple[bool, int, int, int]:
            if each.place is None:
                return True, each.anchor.start, each.anchor.end, each.id
            return False, each.place.start, -each.place.end, each.id

        return sorted(found, key=where)

    def ids(
        self, wanted: HighlightFilter, sort: HighlightSort = HighlightSort.DOCUMENT
    ) -> array[int]:
        """The highlights outside the trash that a filter lets through, in order."""
        return highlight_listing.ids(self._connection, wanted, sort)

    def of_tag(self, tag_id: int) -> set[int]:
        """The highlights that carry the tag itself, those of documents in the trash included."""
        return set(joined_ids(self._connection, _OF_TAG, {"this": tag_id}))

    def homes(self, ids: Collection[int]) -> dict[int, int]:
        """The documents of highlights, by highlight; those that are gone are left out."""
        rows = select(highlight.c.id, highlight.c.document).where(among(highlight.c.id, ids))
        return {row.id: row.document for row in self._connection.execute(rows)}

    def carrying(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Those of some highlights that carry the tag itself."""
        rows = select(highlight_tagging.c.highlight).where(
            highlight_tagging.c.tag == tag_id, among(highlight_tagging.c.highlight, ids)
        )
        return set(ids_in(self._connection, rows))

    def carrying_in(self, tag_id: int, documents: Collection[int]) -> set[int]:
        """The highlights of some documents that carry the tag itself."""
        rows = select(highlight_tagging.c.highlight).where(
            highlight_tagging.c.tag == tag_id, among(highlight_tagging.c.document, documents)
        )
        return set(self._connection.execute(rows).scalars())

    def uuids_among(self, uuids: Collection[str]) -> set[str]:
        """Those of some uuids that are highlights' here."""
        rows = select(highlight.c.uuid).where(among(highlight.c.uuid, uuids))
        return set(self._connection.execute(rows).scalars())

    def places(self, ids: Collection[int]) -> dict[int, tuple[Placed, ...]]:
        """Where highlights were found in texts that they were not marked in, if they were."""
        return placing.places(self._connection, ids)

    def counts_of(self, documents: Collection[int]) -> dict[int, int]:
        """How many highlights each document has; documents without any are left out."""
        rows = (
            select(highlight.c.document, func.count().label("number"))
            .where(among(highlight.c.document, documents))
            .group_by(highlight.c.document)
        )
        return {row.document: row.number for row in self._connection.execute(rows)}

    def counts(self) -> dict[Standing, int]:
        """How many highlights outside the trash stand how surely."""
        return highlight_listing.counts(self._connection)

    def documents_of(self, ids: Sequence[int]) -> int:
        """How many documents highlights stand in."""
        return self._connection.execute(
            select(func.count(highlight.c.document.distinct())).where(among(highlight.c.id, ids))
        ).scalar_one()

    def document_note(self, document_id: int) -> str:
        """The note on a whole document, "" where there is none."""
        return self.document_notes([document_id]).get(document_id, "")

    def document_notes(self, documents: Collection[int]) -> dict[int, str]:
        """The notes on documents; those without one are left out."""
        rows = select(document_note.c.document, document_note.c.note).where(
            among(document_note.c.document, documents)
        )
        return {row.document: row.note for row in self._connection.execute(rows)}

    def _read(self, rows: Select[Any]) -> list[Highlight]:
        found = self._connection.execute(rows).all()
        tags = self._tags([row.id for row in found])
        return [highlight_of(row, tags) for row in found]

    def _tags(self, ids: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
        rows = (
            select(highlight_tagging.c.highlight, highlight_tagging.c.tag)
            .where(among(highlight_tagging.c.highlight, ids))
            .order_by(highlight_tagging.c.highlight, highlight_tagging.c.tag)
        )
        carried: dict[int, list[int]] = defaultdict(list)
        for row in self._connection.execute(rows):
            carried[row.highlight].append(row.tag)
        return {each: tuple(tags) for each, tags in carried.items()}


class Highlights(ReadHighlights):
    """Highlights that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def add(self, new: Highlight) -> Highlight:
        """Add a highlight, without its tags; an id of 0 is given by the database."""
        row = {"id": new.id or None} | self._row(new)
        made = self._connection.execute(insert(highlight).values(row))
        identity = new.id or made.lastrowid
        placing.place_these(self._connection, [identity])
        return replace(new, id=identity, tags=())

    def add_many(self, news: Sequence[Highlight]) -> list[Highlight]:
        """Add highlights, without their tags; each gets an id that none has, or has had."""
        last = int(self._connection.execute(_LAST_ID).scalar_one())
        made = [replace(new, id=number) for number, new in enumerate(news, last + 1)]
        # In pieces, so that other threads have their turns while rows are made ready.
        for first in range(0, len(made), _PIECE):
            rows = [{"id": each.id} | self._row(each) for each in made[first : first + _PIECE]]
            self._connection.execute(insert(highlight), rows)
        placing.place_these(self._connection, [each.id for each in made])
        return made

    def bring_back(
        self, removed: Collection[Highlight], places: Mapping[int, Collection[Placed]]
    ) -> None:
        """Add highlights again that were removed, without their tags.

        places: where each was found before, by id.
        """
        self._connection.execute(
            insert(highlight), [{"id": each.id} | self._row(each) for each in removed]
        )
        self._place([each.id for each in removed], places)

    def change(
        self, changed: Collection[Highlight], places: Mapping[int, Collection[Placed]]
    ) -> None:
        """Replace highlights by those with the same ids, but for their tags. places: as bring_back."""
        rows = [
            {f"new_{name}": value for name, value in columns_of(each).items()} | {"this": each.id}
            for each in changed
        ]
        values: dict[str, object] = {
            name.removeprefix("new_"): bindparam(name) for name in rows[0] if name != "this"
        }
        self._connection.execute(
            update(highlight)
            .where(highlight.c.id == bindparam("this"))
            .values(changed_at=self._now_ms, **values),
            rows,
        )
        ids = {each.id for each in changed}
        placing.forget(self._connection, ids)
        self._place(ids, places)

    def _place(self, ids: Collection[int], places: Mapping[int, Collection[Placed]]) -> None:
        placing.put_back(self._connection, {each: places.get(each, ()) for each in ids})
        placing.place_these(self._connection, ids)

    def _row(self, new: Highlight) -> dict[str, object]:
        return columns_of(new) | marked_there(new.anchor) | {"changed_at": self._now_ms}

    def set_looks(self, ids: Collection[int], colour: str, style: MarkStyle) -> None:
        """Give highlights a colour and a style."""
        self._connection.execute(
            update(highlight)
            .where(among(highlight.c.id, ids))
            .values(colour=colour, style=style.value, changed_at=self._now_ms)
        )

    def set_note(self, highlight_id: int, note: str) -> None:
        """Give a highlight another note, "" for none."""
        quote = self._connection.execute(
            select(highlight.c.quote).where(highlight.c.id == highlight_id)
        ).scalar_one()
        self._connection.execute(
            update(highlight)
            .where(highlight.c.id == highlight_id)
            .values(note=note, words_key=search_key(quote, note), changed_at=self._now_ms)
        )

    def remove(self, ids: Collection[int]) -> None:
        """Remove highlights with their tags and places."""
        self._connection.execute(delete(highlight).where(among(highlight.c.id, ids)))

    def tag(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Tag highlights; returns those that did not carry the tag before (and are there)."""
        carried = self.carrying(tag_id, ids)
        rows = select(highlight.c.id).where(among(highlight.c.id, set(ids) - carried))
        new = sorted(ids_in(self._connection, rows))
        if new:
            values = select(
                literal(tag_id), highlight.c.id, highlight.c.document, literal(self._now_ms)
            ).where(among(highlight.c.id, new))
            columns = ["tag", "highlight", "document", "tagged_at"]
            self._connection.execute(insert(highlight_tagging).from_select(columns, values))
        return set(new)

    def untag(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Take a tag from highlights; returns those that carried it before."""
        carried = self.carrying(tag_id, ids)
        self._connection.execute(
            delete(highlight_tagging).where(
                highlight_tagging.c.tag == tag_id, among(highlight_tagging.c.highlight, carried)
            )
        )
        return carried

    def set_document_note(self, document_id: int, note: str) -> None:
        """Give a whole document a note, "" for none."""
        if note:
            self._connection.execute(
                insert(document_note).prefix_with("OR REPLACE"),
                {"document": document_id, "note": note, "changed_at": self._now_ms},
            )
        else:
            self._connection.execute(
                delete(document_note).where(document_note.c.document == document_id)
            )
