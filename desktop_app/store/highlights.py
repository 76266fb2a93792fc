"""Highlights: marked passages, their looks, notes and tags, and where they stand now."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from desktop_app.core.highlights import (
    Highlight,
    HighlightFilter,
    HighlightSort,
    How,
    MarkStyle,
    Standing,
)
from desktop_app.core.words import words
from desktop_app.store import placing
from desktop_app.store.columns import among
from desktop_app.store.highlight_rows import columns_of, highlight_of, search_key
from desktop_app.store.tables import (
    document,
    document_note,
    highlight,
    highlight_tagging,
    placement,
    tag,
)

_HOW = case(
    (highlight.c.version == document.c.text_version, How.MARKED.value),
    else_=func.coalesce(placement.c.how, How.LOST.value),
)
_FIRST = case(
    (highlight.c.version == document.c.text_version, highlight.c.first),
    else_=func.coalesce(placement.c.first, 0),
)
_PAST = case(
    (highlight.c.version == document.c.text_version, highlight.c.past),
    else_=func.coalesce(placement.c.past, 0),
)
_HOWS = {
    Standing.REVIEW: (How.CLOSE.value,),
    Standing.LOST: (How.LOST.value,),
    Standing.PLACED: tuple(h.value for h in How if h not in (How.CLOSE, How.LOST)),
}


class ReadHighlights:
    """Highlights as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, highlight_id: int) -> Highlight | None:
        """The highlight, or None where there is none."""
        return next(iter(self.many([highlight_id])), None)

    def many(self, ids: Sequence[int]) -> list[Highlight]:
        """Highlights in the order asked; those that are gone are left out."""
        rows = _placed(select(highlight)).where(among(highlight.c.id, ids))
        found = {each.id: each for each in self._read(rows)}
        return [found[each] for each in ids if each in found]

    def of_document(self, document_id: int) -> list[Highlight]:
        """The highlights of a document by place; the lost ones last."""
        rows = _placed(select(highlight)).where(highlight.c.document == document_id)
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
        rows = _placed(select(highlight.c.id)).where(
            document.c.trashed_at.is_(None), *_conditions(wanted)
        )
        order = (*_ORDERS[sort], document.c.id, _FIRST, highlight.c.id)
        return array("q", self._connection.execute(rows.order_by(*order)).scalars())

    def of_tag(self, tag_id: int) -> set[int]:
        """The highlights that carry the tag itself, those of documents in the trash included."""
        rows = select(highlight_tagging.c.highlight).where(highlight_tagging.c.tag == tag_id)
        return set(self._connection.execute(rows).scalars())

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
        rows = (
            _placed(select(func.count().label("number")))
            .where(document.c.trashed_at.is_(None))
            .group_by(_HOW)
        )
        counted = dict.fromkeys(Standing, 0)
        for row in self._connection.execute(rows):
            standing = next(s for s, hows in _HOWS.items() if row.how in hows)
            counted[standing] += row.number
        return counted

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
        made = self._connection.execute(
            insert(highlight).values(id=new.id or None, changed_at=self._now_ms, **columns_of(new))
        )
        identity = new.id or made.lastrowid
        placing.place(self._connection, new.document)
        return replace(new, id=identity, tags=())

    def change(self, changed: Highlight) -> None:
        """Replace the highlight with the same id; its tags are left as they are."""
        self._connection.execute(
            update(highlight)
            .where(highlight.c.id == changed.id)
            .values(changed_at=self._now_ms, **columns_of(changed))
        )
        placing.forget(self._connection, {changed.id})
        placing.place(self._connection, changed.document)

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
        there = select(highlight.c.id).where(among(highlight.c.id, ids))
        new = set(self._connection.execute(there).scalars()) - self.of_tag(tag_id)
        if new:
            self._connection.execute(
                insert(highlight_tagging),
                [
                    {"tag": tag_id, "highlight": each, "tagged_at": self._now_ms}
                    for each in sorted(new)
                ],
            )
        return new

    def untag(self, tag_id: int, ids: Collection[int]) -> set[int]:
        """Take a tag from highlights; returns those that carried it before."""
        carried = self.of_tag(tag_id) & set(ids)
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


def _placed(rows: Select[Any]) -> Select[Any]:
    """Highlights with where they stand in the text in use: place_first, place_past, how."""
    return (
        rows.add_columns(_FIRST.label("place_first"), _PAST.label("place_past"), _HOW.label("how"))
        .join_from(highlight, document, document.c.id == highlight.c.document)
        .outerjoin(
            placement,
            and_(
                placement.c.highlight == highlight.c.id,
                placement.c.version == document.c.text_version,
            ),
        )
    )


def _conditions(wanted: HighlightFilter) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    sought = words(wanted.words)
    for index, word in enumerate(sought):
        unfinished = index == len(sought) - 1 and wanted.words[-1:].isalnum()
        part = f" {word}" + ("" if unfinished else " ")
        held.append(
            or_(
                func.instr(highlight.c.words_key, part) > 0,
                func.instr(document.c.title_key, part) > 0,
            )
        )
    if wanted.colours:
        held.append(among(highlight.c.colour, sorted(wanted.colours)))
    if wanted.tags:
        tagged = select(highlight_tagging.c.highlight).where(
            among(highlight_tagging.c.tag, sorted(wanted.tags))
        )
        held.append(highlight.c.id.in_(tagged))
    if wanted.standing:
        hows = [how for standing in wanted.standing for how in _HOWS[standing]]
        held.append(_HOW.in_(sorted(hows)))
    if wanted.with_note is not None:
        held.append(highlight.c.note != "" if wanted.with_note else highlight.c.note == "")
    if wanted.documents is not None:
        held.append(among(highlight.c.document, sorted(wanted.documents)))
    return held


_FIRST_TAG = (
    select(func.min(tag.c.name_key))
    .join(highlight_tagging, highlight_tagging.c.tag == tag.c.id)
    .where(highlight_tagging.c.highlight == highlight.c.id)
    .correlate(highlight)
    .scalar_subquery()
)
_ORDERS: dict[HighlightSort, tuple[ColumnElement[Any], ...]] = {
    HighlightSort.DOCUMENT: (document.c.title_key,),
    HighlightSort.NEWEST: (highlight.c.made_at.desc(), highlight.c.id.desc()),
    HighlightSort.OLDEST: (highlight.c.made_at, highlight.c.id),
    HighlightSort.CHANGED: (highlight.c.changed_at.desc(), highlight.c.id.desc()),
    HighlightSort.QUOTE: (highlight.c.words_key,),
    HighlightSort.NOTE: (highlight.c.note == "", func.lower(highlight.c.note)),
    HighlightSort.COLOUR: (highlight.c.colour, highlight.c.style),
    HighlightSort.TAGS: (_FIRST_TAG.is_(None), _FIRST_TAG),
    HighlightSort.DATE_NEWEST: (
        document.c.published_first.is_(None),
        document.c.published_first.desc(),
    ),
    HighlightSort.DATE_OLDEST: (
        document.c.published_first.is_(None),
        document.c.published_first,
    ),
}
