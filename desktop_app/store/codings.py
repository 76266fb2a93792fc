"""Which texts and passages carry tags, as another library would know them, and the way back.

A text is known elsewhere by its digest, a passage by its quote and its place in that text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    Text,
    and_,
    case,
    func,
    or_,
    select,
)

from desktop_app.core.highlights import CONTEXT, How
from desktop_app.store.columns import among, to_json
from desktop_app.store.tables import document, highlight, highlight_tagging, tagging, text

_SURE = tuple(how.value for how in (How.POSITION, How.QUOTE, How.CONTEXT))
_PIECE = 1_000  # passages that are written out for the database at a time


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document that carries a tag as a whole, by the text in use."""

    tag: int
    document: int
    digest: str
    title: str
    file_name: str
    original: str


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A highlight that carries a tag: where it stands in the text of a digest.

    That is the text in use where it surely stands there, else the text that it was marked in.
    """

    tag: int
    document: int
    digest: str
    title: str
    file_name: str
    original: str
    uuid: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    colour: str
    note: str


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text of a document outside the trash. version: of the library. in_use: its document shows it."""

    document: int
    version: str
    digest: str
    title: str
    file_name: str
    in_use: bool
    original: str


def coded_documents(connection: Connection, tags: Collection[int]) -> Iterator[CodedDocument]:
    """The documents outside the trash that carry tags themselves."""
    rows = (
        select(
            tagging.c.tag,
            document.c.id,
            text.c.digest,
            document.c.title,
            document.c.file_name,
            document.c.original,
        )
        .join(document, document.c.id == tagging.c.document)
        .join(text, _in_use())
        .where(among(tagging.c.tag, tags), document.c.trashed_at.is_(None))
    )
    for row in connection.execute(rows):
        yield CodedDocument(*row)


def marked_passages(connection: Connection, tags: Collection[int]) -> Iterator[MarkedPassage]:
    """The highlights of documents outside the trash that carry tags."""
    used, marked_in = text.alias("used"), text.alias("marked_in")
    moved = highlight.c.how.in_(_SURE)
    first, size = highlight.c.place_first, highlight.c.place_past - highlight.c.place_first
    ahead = func.min(first, CONTEXT, type_=Integer)

    def piece(start: Any, length: Any) -> Any:
        return func.substr(used.c.canonical, start + 1, length, type_=Text)

    rows = (
        select(
            highlight_tagging.c.tag,
            document.c.id,
            case((moved, used.c.digest), else_=func.coalesce(marked_in.c.digest, "")),
            document.c.title,
            document.c.file_name,
            document.c.original,
            highlight.c.uuid,
            case((moved, first), else_=highlight.c.first),
            case((moved, highlight.c.place_past), else_=highlight.c.past),
            case((moved, piece(first, size)), else_=highlight.c.quote),
            case((moved, piece(first - ahead, ahead)), else_=highlight.c.text_before),
            case((moved, piece(highlight.c.place_past, CONTEXT)), else_=highlight.c.text_after),
            highlight.c.colour,
            highlight.c.note,
        )
        .join(highlight, highlight.c.id == highlight_tagging.c.highlight)
        .join(document, document.c.id == highlight.c.document)
        .join(
            used, and_(used.c.document == document.c.id, used.c.version == document.c.text_version)
        )
        .outerjoin(
            marked_in,
            and_(
                marked_in.c.document == highlight.c.document,
                marked_in.c.version == highlight.c.version,
            ),
        )
        .where(among(highlight_tagging.c.tag, tags), document.c.trashed_at.is_(None))
    )
    for row in connection.execute(rows):
        columns: list[Any] = list(row)
        yield MarkedPassage(*columns)


def tagged_documents(connection: Connection, tags: Collection[int]) -> dict[int, set[int]]:
    """The documents that carry tags themselves, by tag; tags that are on nothing are left out."""
    rows = select(tagging.c.tag, tagging.c.document).where(among(tagging.c.tag, tags))
    found: dict[int, set[int]] = {}
    for tag, document_id in connection.execute(rows):
        found.setdefault(tag, set()).add(document_id)
    return found


def coded_counts(connection: Connection, tags: Collection[int]) -> tuple[int, int]:
    """How many documents outside the trash carry any of the tags themselves; how many highlights."""
    # By what is left out: of those that are there, SQLite would try each with each of the tags.
    gone = select(document.c.id).where(document.c.trashed_at.is_not(None))

    def counted(table: Table, column: ColumnElement[Any]) -> int:
        rows = select(func.count(column.distinct())).where(
            among(table.c.tag, tags), table.c.document.not_in(gone)
        )
        return int(connection.execute(rows).scalar_one())

    return (
        counted(tagging, tagging.c.document),
        counted(highlight_tagging, highlight_tagging.c.highlight),
    )


def known_texts(
    connection: Connection,
    *,
    digests: Collection[str],
    file_names: Collection[str],
    originals: Collection[str] = (),
) -> Iterator[KnownText]:
    """The texts of some digests, and the texts in use of documents of some names or originals."""
    used = text.c.version == document.c.text_version
    rows = (
        select(
            document.c.id,
            text.c.version,
            text.c.digest,
            document.c.title,
            document.c.file_name,
            used,
            document.c.original,
        )
        .join(document, document.c.id == text.c.document)
        .where(
            document.c.trashed_at.is_(None),
            or_(
                among(text.c.digest, digests),
                and_(used, among(document.c.file_name, file_names)),
                and_(used, among(document.c.original, originals)),
            ),
        )
        .order_by(document.c.id, used.desc(), text.c.version)
    )
    for row in connection.execute(rows):
        yield KnownText(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6])


def said_there(
    connection: Connection, passages: Sequence[tuple[int, str, int, int, str]]
) -> set[int]:
    """Which of many passages stand just where they are said to; by their places in the sequence.

    passages: (document, version, start, end, quote) each. Looked up by the database, which leaves
    the other threads alone meanwhile.
    """
    found: set[int] = set()
    for first in range(0, len(passages), _PIECE):
        some = _said_there(connection, passages[first : first + _PIECE])
        found.update(first + place for place in some)
    return found


def _said_there(
    connection: Connection, passages: Sequence[tuple[int, str, int, int, str]]
) -> Iterable[int]:
    listed = func.json_each(to_json(passages)).table_valued("key", "value")

    def part(number: int) -> Any:
        return func.json_extract(listed.c.value, f"$[{number}]")

    rows = (
        select(listed.c.key)
        .join(text, and_(text.c.document == part(0), text.c.version == part(1)))
        .where(func.substr(text.c.canonical, part(2) + 1, part(3) - part(2)) == part(4))
    )
    return connection.execute(rows).scalars()


def canonical_of(connection: Connection, document_id: int, version: str) -> str:
    """The letters of a version of a document's text; "" where it is not kept."""
    rows = select(text.c.canonical).where(text.c.document == document_id, text.c.version == version)
    canonical: str | None = connection.execute(rows).scalar()
    return canonical or ""


def _in_use() -> Any:
    return and_(text.c.document == document.c.id, text.c.version == document.c.text_version)


@dataclass(frozen=True, slots=True)
class KnownMark:
    """A highlight as far as it is compared: where it was marked, its note and its tags."""

    id: int
    uuid: str
    document: int
    version: str
    start: int
    end: int
    note: str
    tags: frozenset[int]


def known_marks(connection: Connection, documents: Collection[int]) -> list[KnownMark]:
    """The highlights of documents: where they surely stand in the text in use, else were marked."""
    carried: dict[int, set[int]] = {}
    pairs = select(highlight_tagging.c.highlight, highlight_tagging.c.tag).where(
        among(highlight_tagging.c.document, documents)
    )
    for marked, tag in connection.execute(pairs):
        carried.setdefault(marked, set()).add(tag)
    moved = highlight.c.how.in_(_SURE)
    rows = (
        select(
            highlight.c.id,
            highlight.c.uuid,
            highlight.c.document,
            case((moved, document.c.text_version), else_=highlight.c.version),
            case((moved, highlight.c.place_first), else_=highlight.c.first),
            case((moved, highlight.c.place_past), else_=highlight.c.past),
            highlight.c.note,
        )
        .join(document, document.c.id == highlight.c.document)
        .where(among(highlight.c.document, documents))
        .order_by(highlight.c.id)
    )
    found: list[KnownMark] = []
    for row in connection.execute(rows):
        columns: list[Any] = [*row, frozenset(carried.get(row.id, ()))]
        found.append(KnownMark(*columns))
    return found


def lengths_of(connection: Connection, documents: Collection[int]) -> dict[int, int]:
    """How many code points the texts in use of documents have."""
    rows = (
        select(document.c.id, func.length(text.c.canonical))
        .join(text, _in_use())
        .where(among(document.c.id, documents))
    )
    return {row[0]: row[1] for row in connection.execute(rows)}
