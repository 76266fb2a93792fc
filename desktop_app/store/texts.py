"""The texts of documents. Words are stored once: a block keeps only its place in the canonical text.

A block is written as `[kind, start, end, level, number, spans, page, runs, picture, note]`, a span
as `[start, end, kind, target]` in code points of its block, a picture as `[hash, address, width,
height]`; what is empty at the end of a block or span is left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import TextRole
from desktop_app.core.text import (
    Block,
    BlockKind,
    Chapter,
    Fold,
    Picture,
    Span,
    SpanKind,
    Text,
    digest_of,
)
from desktop_app.core.words import words
from desktop_app.store import placing
from desktop_app.store.columns import among, to_json
from desktop_app.store.tables import document, document_note, highlight, text

# What an extractor's name ends in for the text of a whole page.
WHOLE_PAGE = "+whole"


class Indexed(NamedTuple):
    """A document as the index takes it in.

    notes: its own and those of its highlights; quotes: what its highlights mark.
    """

    id: int
    title: str
    canonical: str
    language: str | None
    folds: tuple[Fold, ...]
    notes: tuple[str, ...]
    quotes: tuple[str, ...]


class ReadTexts:
    """Texts as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, document_id: int, role: TextRole | None = None) -> Text:
        """The text in use of a document, or its main or whole one; BadUsage where there is none."""
        rows = select(text).where(text.c.document == document_id)
        if role is None:
            rows = rows.join(document, _in_use())
        else:
            rows = rows.where(text.c.role == role.value)
        row = self._connection.execute(rows).one_or_none()
        if row is None:
            raise _gone()
        return text_of(row)

    def version(self, document_id: int, version: str) -> Text | None:
        """A document's text in one version, old ones too; None where it is not kept."""
        row = self._connection.execute(
            select(text).where(text.c.document == document_id, text.c.version == version)
        ).one_or_none()
        return None if row is None else text_of(row)

    def roles(self, document_id: int) -> dict[TextRole, str]:
        """The versions of a document's main and whole text; the whole one only where it has one."""
        rows = select(text.c.role, text.c.version).where(
            text.c.document == document_id, text.c.role != TextRole.OLD.value
        )
        return {TextRole(row.role): row.version for row in self._connection.execute(rows)}

    def in_use(self, document_id: int) -> TextRole:
        """Which of a document's texts is in use; BadUsage where there is no such document."""
        rows = select(text.c.role).join(document, _in_use()).where(text.c.document == document_id)
        role: str | None = self._connection.execute(rows).scalar()
        if role is None:
            raise _gone()
        return TextRole(role)

    def with_whole_page(self, ids: Collection[int]) -> set[int]:
        """Those of the documents that have a whole page beside their article."""
        rows = select(text.c.document).where(
            among(text.c.document, ids), text.c.role == TextRole.WHOLE.value
        )
        return set(self._connection.execute(rows).scalars())

    def canonical(self, document_id: int) -> str:
        """The canonical text in use of a document; BadUsage where there is no such document."""
        rows = (
            select(text.c.canonical).join(document, _in_use()).where(text.c.document == document_id)
        )
        canonical: str | None = self._connection.execute(rows).scalar()
        if canonical is None:
            raise _gone()
        return canonical

    def ground(self, document_id: int) -> tuple[str, str, tuple[tuple[int, int], ...]]:
        """Of the text in use its version, its letters, and its pages: (where each starts, number).

        Its blocks are not made for that: a passage of a book is marked while somebody waits.
        """
        rows = (
            select(text.c.version, text.c.canonical, text.c.blocks)
            .join(document, _in_use())
            .where(text.c.document == document_id)
        )
        row = self._connection.execute(rows).one_or_none()
        if row is None:
            raise _gone()
        pages: list[tuple[int, int]] = []
        for _, start, _, *rest in json.loads(row.blocks):
            page = rest[3] if len(rest) > 3 else None
            if page is not None and (not pages or pages[-1][1] != page):
                pages.append((start, page))
        return row.version, row.canonical, tuple(pages)

    def for_index(self, ids: Collection[int]) -> list[Indexed]:
        """What the index holds of documents.

        Documents in the trash are among them, documents that are gone are not.
        """
        asked = {"ids": json.dumps(list(ids))}
        notes: dict[int, list[str]] = {}
        quotes: dict[int, list[str]] = {}
        for of_one in self._connection.execute(_NOTES, asked):
            notes.setdefault(of_one.document, []).append(of_one.note)
        for marked in self._connection.execute(_MARKED, asked):
            quotes.setdefault(marked.document, []).append(marked.quote)
            if marked.note:
                notes.setdefault(marked.document, []).append(marked.note)
        return [
            Indexed(
                row.id,
                row.title,
                row.canonical,
                row.language,
                _folds(row.folds),
                tuple(notes.get(row.id, ())),
                tuple(quotes.get(row.id, ())),
            )
            for row in self._connection.execute(_INDEXED, asked)
        ]


class Texts(ReadTexts):
    """Texts that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def put(
        self, document_id: int, new: Text, extractor: str, *, whole: Text | None = None
    ) -> None:
        """Give a document other texts; whoever reads the whole page goes on doing so.

        Versions on which something hangs stay as old ones, the others go.
        """
        role = self.in_use(document_id)
        used = whole if role is TextRole.WHOLE and whole is not None else new
        written = rows_of(new, whole, document_id, extractor, self._now_ms)
        self._connection.execute(insert(text).prefix_with("OR REPLACE"), written)
        kept = {row["version"] for row in written}
        of_document = text.c.document == document_id
        present = select(text.c.version).where(of_document)
        others = set(self._connection.execute(present).scalars()) - kept
        held = others & held_versions(self._connection, document_id)
        self._connection.execute(
            delete(text).where(of_document, among(text.c.version, others - held))
        )
        self._connection.execute(
            update(text)
            .where(of_document, among(text.c.version, held))
            .values(role=TextRole.OLD.value)
        )
        placing.forget_gone(self._connection, document_id)
        self._use(document_id, used)

    def use(self, document_id: int, role: TextRole) -> Text:
        """Put a document's main or whole text in use and return it; BadUsage where it has none."""
        chosen = self.get(document_id, role)
        self._use(document_id, chosen)
        return chosen

    def pictures_named(self, document_id: int) -> set[str]:
        """The hashes of the pictures that any text of a document shows, old ones among them."""
        rows = select(text).where(text.c.document == document_id)
        return {
            block.picture.hash
            for row in self._connection.execute(rows)
            for block in text_of(row).blocks
            if block.picture and block.picture.hash
        }

    def _use(self, document_id: int, chosen: Text) -> None:
        self._connection.execute(
            update(document)
            .where(document.c.id == document_id)
            .values(
                text_version=chosen.version,
                words=len(words_outside_folds(chosen)),
                changed_at=self._now_ms,
            )
        )
        placing.place(self._connection, document_id)


# What hangs on one version of a document's text: (table, column of the document, of the version).
# A version that is named in one of them is kept when a newer reader makes another text.
HANGING: list[tuple[Table, str, str]] = [(highlight, "document", "version")]


def held_versions(connection: Connection, document_id: int) -> set[str]:
    """The versions of a document's texts on which something hangs."""
    return {
        version
        for table, of_document, of_version in HANGING
        for version in connection.execute(
            select(table.c[of_version]).where(table.c[of_document] == document_id)
        ).scalars()
    }


def rows_of(
    main: Text, whole: Text | None, document_id: int, extractor: str, now_ms: int
) -> list[dict[str, object]]:
    """The rows of the texts that one reader made of a document."""
    rows = [row_of(main, document_id, extractor, now_ms)]
    if whole is not None:
        named = f"{extractor}{WHOLE_PAGE}"
        rows.append(row_of(whole, document_id, named, now_ms, role=TextRole.WHOLE))
    return rows


def row_of(
    new: Text, document_id: int, extractor: str, now_ms: int, *, role: TextRole = TextRole.MAIN
) -> dict[str, object]:
    """The columns of a text."""
    blocks = [
        _written_block(block, start) for block, start in zip(new.blocks, new.starts, strict=True)
    ]
    return {
        "document": document_id,
        "version": new.version,
        "extractor": extractor,
        "canonical": new.canonical,
        "blocks": to_json(blocks).encode(),
        "folds": to_json([[f.start, f.end, f.kind, f.rule] for f in new.folds]),
        "made_at": now_ms,
        "role": role.value,
        "chapters": to_json([[c.level, c.title, c.start] for c in new.chapters]),
        "digest": digest_of(new.canonical),
    }


def text_of(row: Any) -> Text:
    """The text in a row of the text table; ValueError, TypeError or KeyError for a damaged one."""
    canonical: str = row.canonical
    blocks = []
    starts = []
    for kind, start, end, *rest in json.loads(row.blocks):
        level = rest[0] if rest else 0
        number = rest[1] if len(rest) > 1 else None
        spans = _spans(rest[2]) if len(rest) > 2 else ()
        more = _further(rest[3:]) if len(rest) > 3 else ()
        blocks.append(Block(BlockKind(kind), canonical[start:end], level, number, spans, *more))
        starts.append(start)
    folds = _folds(row.folds)
    chapters = tuple(Chapter(*chapter) for chapter in json.loads(row.chapters))
    return Text(row.version, tuple(blocks), canonical, tuple(starts), folds, chapters)


def _folds(written: str) -> tuple[Fold, ...]:
    return tuple(Fold(*fold) for fold in json.loads(written)) if written != "[]" else ()


def _further(
    written: list[Any],
) -> tuple[int | None, tuple[tuple[int, int], ...], Picture | None, str | None]:
    page, runs, picture, note = [*written, None, None, None][:4]
    return (
        page,
        tuple((offset, index) for offset, index in runs or ()),
        Picture(*picture) if picture is not None else None,
        note,
    )


def _spans(written: list[list[object]]) -> tuple[Span, ...]:
    return tuple(
        Span(start, end, SpanKind(kind), *target)  # type: ignore[arg-type]
        for start, end, kind, *target in written
    )


def _written_block(block: Block, start: int) -> list[object]:
    written: list[object] = [block.kind.value, start, start + len(block.text)]
    if block.plain:
        return written
    shown = block.picture
    written += [
        block.level,
        block.number,
        [_written_span(span) for span in block.spans],
        block.page,
        block.runs,
        [shown.hash, shown.address, shown.width, shown.height] if shown else None,
        block.note,
    ]
    return _trimmed(written)


def _trimmed(written: list[object]) -> list[object]:
    """Leave out what is empty at the end."""
    while written[-1] is None or written[-1] in ([], ()):
        written.pop()
    return written


def _written_span(span: Span) -> list[object]:
    written: list[object] = [span.start, span.end, span.kind.value]
    return written if span.target is None else [*written, span.target]


def words_outside_folds(of: Text) -> list[str]:
    """The words of a text that no fold covers."""
    found: list[str] = []
    start = 0
    for fold in sorted(of.folds, key=lambda fold: fold.start):
        found += words(of.canonical[start : fold.start])
        start = max(start, fold.end)
    return found + words(of.canonical[start:])


def _gone() -> BadUsage:
    return BadUsage("That document is no longer in the library.")


def _in_use() -> ColumnElement[bool]:
    return (text.c.document == document.c.id) & (text.c.version == document.c.text_version)


# What for_index asks, made once: it is asked for a few documents at a time, and often.
_LISTED = func.json_each(bindparam("ids")).table_valued("value")
_ASKED_FOR = select(_LISTED.c.value)
_NOTES = select(document_note.c.document, document_note.c.note).where(
    document_note.c.document.in_(_ASKED_FOR), document_note.c.note != ""
)
_MARKED = (
    select(highlight.c.document, highlight.c.note, highlight.c.quote)
    .where(highlight.c.document.in_(_ASKED_FOR))
    .order_by(highlight.c.id)
)
_INDEXED = (
    select(document.c.id, document.c.title, text.c.canonical, document.c.language, text.c.folds)
    .join(text, _in_use())
    .where(document.c.id.in_(_ASKED_FOR))
)
