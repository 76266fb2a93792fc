"""Look at everything that the library keeps, and say in sentences what is wrong; see mending.py."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, create_engine, func, select

from desktop_app.core.errors import LibraryDamaged
from desktop_app.core.model import PartRole, ReadState
from desktop_app.core.text import canonical_of, version_of
from desktop_app.core.words import name_key
from desktop_app.store import migrations, texts
from desktop_app.store.database import Database
from desktop_app.store.documents import fact_columns, facts_of
from desktop_app.store.originals import Originals
from desktop_app.store.parts import named_originals
from desktop_app.store.tables import (
    collection,
    document,
    lines,
    original,
    part,
    proposals,
    tag,
    text,
)

_RESTORE = "Everything else is safe; restore a backup to get it back."
_SAFE = "Nothing is lost; repairing puts it right."
_INDEX_ONLY = re.compile(r"row \d+ missing from index|wrong # of entries in index")
# What is made from a document's original: without the document it is of no use.
DERIVED_TABLES = (part, proposals, lines)
DERIVED = ("title_key", "authors_key", "source_key", "published_first", "published_last")


_STATES = frozenset(ReadState)


class Mending(StrEnum):
    """What puts a finding right."""

    INDEXES = "indexes"
    TRIGGERS = "triggers"
    KEYS = "keys"
    NAME_KEYS = "name keys"
    ORIGINAL_ROWS = "original rows"
    UNUSED_ROWS = "unused rows"
    TAGGINGS = "taggings"
    LEFTOVERS = "leftovers"
    ACTIVE = "active"
    TAG_PLACES = "tag places"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. what, hint: whole sentences.

    mending: what would put it right, None where nothing can without a loss.
    """

    what: str
    hint: str
    mending: Mending | None = None

    @property
    def repairable(self) -> bool:
        return self.mending is not None


def findings_of(database: Database, originals: Originals) -> list[Finding]:
    """Everything that is wrong, as one snapshot has it; empty when all is well."""
    found: list[Finding] = []
    try:
        with database.reading() as connection:
            for look in _LOOKS:
                found.extend(look(connection))
            found.extend(_originals(connection, originals))
    except LibraryDamaged as damaged:
        found.append(Finding(damaged.message, damaged.hint))
    return found


def _structure(connection: Connection) -> Iterator[Finding]:
    for answer in connection.exec_driver_sql("PRAGMA integrity_check(100)").scalars():
        if answer == "ok":
            continue
        if _INDEX_ONLY.match(answer):
            yield Finding(
                f"An index of the database is not up to date ({answer}).", _SAFE, Mending.INDEXES
            )
        else:
            yield Finding(
                f"The database is damaged ({answer}).",
                "Restore the newest backup; the originals are kept apart and are not affected.",
            )
    expected = expected_schema()
    present = schema_in(connection)
    for key, statement in expected.items():
        kind, name = key
        if present.get(key) == statement:
            continue
        if kind == "table":
            yield Finding(f"The table “{name}” of the database is not as it was made.", _RESTORE)
        else:
            yield Finding(
                f"The {kind} “{name}” of the database is missing or changed.",
                _SAFE,
                Mending.TRIGGERS,
            )


def _references(connection: Connection) -> Iterator[Finding]:
    lost: dict[tuple[str, str], int] = {}
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        lost[row[0], row[2]] = lost.get((row[0], row[2]), 0) + 1
    for (table, parent), number in sorted(lost.items()):
        if table == "tagging":
            yield Finding(
                f"{_there(number, 'tagging')} on a document or tag that is no longer there.",
                "Nothing is lost; repairing takes it away.",
                Mending.TAGGINGS,
            )
        elif parent == "document" and table in {each.name for each in DERIVED_TABLES}:
            yield Finding(
                f"{_there(number, 'row')} of “{table}” of a document that is no longer there.",
                "Nothing is lost; repairing takes it away.",
                Mending.LEFTOVERS,
            )
        elif parent == "original":
            what = "document" if table == "document" else "document part"
            yield Finding(
                f"{_there(number, what)} without a note of its original.",
                _SAFE,
                Mending.ORIGINAL_ROWS,
            )
        elif (table, parent) == ("tag", "tag"):
            yield Finding(
                f"{_there(number, 'tag')} under a tag that is no longer there.",
                "Repairing puts it at the top of its collection.",
                Mending.TAG_PLACES,
            )
        else:
            yield Finding(f"{_there(number, 'row')} of “{table}” without its “{parent}”.", _RESTORE)


def _texts(connection: Connection) -> Iterator[Finding]:
    bare = (
        select(document.c.id, document.c.title)
        .outerjoin(
            text,
            (text.c.document == document.c.id) & (text.c.version == document.c.text_version),
        )
        .where(text.c.document.is_(None))
    )
    for row in connection.execute(bare):
        yield Finding(f"The text of “{row.title}” (document {row.id}) is missing.", _RESTORE)
    shown = {
        (row.document, row.original)
        for row in connection.execute(
            select(part.c.document, part.c.original).where(part.c.role == PartRole.PICTURE.value)
        )
    }
    every = select(text, document.c.title).join(document, document.c.id == text.c.document)
    with connection.execution_options(yield_per=50).execute(every) as rows:
        for row in rows:
            wrong = _wrong_with(row, shown)
            if wrong:
                name = f"The text of “{row.title}” (document {row.document})"
                yield Finding(f"{name} is damaged: {wrong}.", _RESTORE)


def _wrong_with(row: Any, pictures: Set[tuple[int, str]]) -> str | None:
    if version_of(row.canonical, row.extractor) != row.version:
        return "it is not what its version says"
    try:
        read = texts.text_of(row)
    except (ValueError, TypeError, KeyError):
        return "its paragraphs cannot be read"
    canonical, starts = canonical_of(read.blocks)
    if canonical != row.canonical or starts != read.starts:
        return "its paragraphs do not make up the whole text"
    if any(not 0 <= fold.start < fold.end <= len(canonical) for fold in read.folds):
        return "a fold lies outside it"
    named = {block.picture.hash for block in read.blocks if block.picture and block.picture.hash}
    if any((row.document, sha256) not in pictures for sha256 in named):
        return "a picture in it is not kept"
    return None


def _facts(connection: Connection) -> Iterator[Finding]:
    stale = 0
    with connection.execution_options(yield_per=500).execute(select(document)) as rows:
        for row in rows:
            name = f"document {row.id}, “{row.title}”"
            try:
                columns = fact_columns(facts_of(row))
            except (ValueError, TypeError, KeyError, AttributeError):
                yield Finding(f"What is known about {name}, cannot be read.", _RESTORE)
                continue
            stale += any(getattr(row, key) != columns[key] for key in DERIVED)
            if row.state not in _STATES or not 0 <= row.progress <= 1:
                yield Finding(f"The state of {name}, makes no sense.", _RESTORE)
    if stale:
        yield Finding(
            f"{_there(stale, 'document')} that would not be found by title, author or date.",
            _SAFE,
            Mending.KEYS,
        )


def _tags(connection: Connection) -> Iterator[Finding]:
    active = connection.execute(
        select(func.count()).select_from(collection).where(collection.c.active == 1)
    ).scalar_one()
    if active != 1:
        yield Finding(f"{active} tag collections are active, not one.", _SAFE, Mending.ACTIVE)
    if names_with_stale_keys(connection):
        yield Finding("Some tags would not be found by name.", _SAFE, Mending.NAME_KEYS)
    misplaced = misplaced_tags(connection)
    if misplaced:
        yield Finding(
            f"{_there(len(misplaced), 'tag')} in a circle, or under a tag of another collection.",
            "Repairing puts it at the top of its collection.",
            Mending.TAG_PLACES,
        )


def _originals(connection: Connection, originals: Originals) -> Iterator[Finding]:
    named = named_originals()
    unused = connection.execute(
        select(func.count()).select_from(original).where(original.c.sha256.not_in(named))
    ).scalar_one()
    of_parts = select(original, document.c.id, document.c.title, part.c.name, part.c.role).join(
        part, part.c.original == original.c.sha256
    )
    used = (
        select(original, document.c.id, document.c.title).join(
            document, document.c.original == original.c.sha256
        ),
        of_parts.join(document, document.c.id == part.c.document),
    )
    for rows_wanted in used:
        with connection.execution_options(yield_per=500).execute(rows_wanted) as rows:
            for row in rows:
                wrong = _wrong_with_original(originals, row.sha256, row.size_bytes)
                if wrong:
                    yield _lost_original(row, wrong)
    if unused:
        yield Finding(
            f"{_there(unused, 'original')} noted that no document has.",
            "Nothing is lost; repairing takes the note away and leaves the file.",
            Mending.UNUSED_ROWS,
        )


def _lost_original(row: Any, wrong: str) -> Finding:
    of = f"“{row.title}” (document {row.id})"
    role = getattr(row, "role", None)
    if role == PartRole.PICTURE:
        return Finding(
            f"A picture of {of} {wrong}.",
            "Its text is safe; read its original again, or restore a full backup.",
        )
    kept = f"file “{row.name}” that came with" if role else "original of"
    return Finding(
        f"The {kept} {of} {wrong}.",
        "Its text is safe; restore a full backup, or import the file again.",
    )


def _wrong_with_original(originals: Originals, sha256: str, size_bytes: int) -> str | None:
    path = originals.path(sha256)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if digest != sha256 or path.stat().st_size != size_bytes:
        return "is no longer what it was when it was imported"
    return None


_LOOKS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
    _structure,
    _references,
    _texts,
    _facts,
    _tags,
)


# What mending needs to know too


def expected_schema() -> dict[tuple[str, str], str]:
    """The tables, indexes and triggers that the steps make: (kind, name) to statement."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            for step in migrations.STEPS:
                step.apply(connection, 0)
            return schema_in(connection)
    finally:
        engine.dispose()


def schema_in(connection: Connection) -> dict[tuple[str, str], str]:
    """The tables, indexes and triggers that are there: (kind, name) to statement."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    return {(kind, name): statement for kind, name, statement in rows}


def names_with_stale_keys(connection: Connection) -> list[tuple[Table, int, str]]:
    """Tags and collections whose key does not fit their name: table, id, right key."""
    return [
        (table, row.id, name_key(row.name))
        for table in (tag, collection)
        for row in connection.execute(select(table.c.id, table.c.name, table.c.name_key))
        if name_key(row.name) != row.name_key
    ]


def misplaced_tags(connection: Connection) -> list[int]:
    """Tags that do not lie under a tag of their own collection that leads to the top, sorted."""
    rows = connection.execute(select(tag.c.id, tag.c.parent, tag.c.collection)).all()
    above = {row.id: row.parent for row in rows}
    home = {row.id: row.collection for row in rows}
    wrong = {
        row.id for row in rows if row.parent is not None and home.get(row.parent) != row.collection
    }
    settled: set[int] = set()
    for start in above:
        way: list[int] = []
        here: int | None = start
        while here is not None and here not in settled and here in above:
            if here in way:
                wrong.add(here)
                break
            way.append(here)
            here = above[here]
        settled.update(way)
    return sorted(wrong)


def _there(number: int, thing: str) -> str:
    return f"There is 1 {thing}" if number == 1 else f"There are {number:,} {thing}s"
