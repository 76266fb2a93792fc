"""Look at everything that the library keeps, and say in sentences what is wrong; see mending.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Any

from sqlalchemy import Connection, create_engine, select

from desktop_app.core.errors import LibraryDamaged
from desktop_app.core.model import PartRole, ReadState
from desktop_app.core.text import canonical_of, digest_of, version_of
from desktop_app.store import migrations, texts
from desktop_app.store.database import Database
from desktop_app.store.facts import fact_columns, facts_of
from desktop_app.store.findings import Finding, Mending, there_are
from desktop_app.store.highlight_health import examined
from desktop_app.store.kept_searches_health import findings_of_searches
from desktop_app.store.originals import Originals
from desktop_app.store.tables import (
    document,
    lines,
    part,
    proposals,
    text,
)
from desktop_app.store.tag_health import findings_of_tags
from desktop_app.store.verify_originals import findings_of_originals

_RESTORE = "Everything else is safe; restore a backup to get it back."
_SAFE = "Nothing is lost; repairing puts it right."
_INDEX_ONLY = re.compile(r"row \d+ missing from index|wrong # of entries in index")
# What is made from a document's original: without the document it is of no use.
DERIVED_TABLES = (part, proposals, lines)
DERIVED = ("title_key", "authors_key", "source_key", "published_first", "published_last")


_STATES = frozenset(ReadState)


def findings_of(database: Database, originals: Originals) -> list[Finding]:
    """Everything that is wrong, as one snapshot has it; empty when all is well."""
    found: list[Finding] = []
    try:
        with database.reading() as connection:
            for look in _LOOKS:
                found.extend(look(connection))
            found.extend(findings_of_originals(connection, originals))
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
        if table in ("tagging", "highlight_tagging"):
            on = "document" if table == "tagging" else "highlight"
            yield Finding(
                f"{there_are(number, 'tagging')} on a {on} or tag that is no longer there.",
                "Nothing is lost; repairing takes it away.",
                Mending.TAGGINGS,
            )
        elif table == "placement":
            yield Finding(
                f"{there_are(number, 'place')} of a highlight that is no longer there.",
                "Nothing is lost; repairing takes it away.",
                Mending.TAGGINGS,
            )
        elif table == "concordance_line":
            yield Finding(
                f"{there_are(number, 'line')} of a concordance or document that is no longer there.",
                "Nothing is lost; repairing takes it away.",
                Mending.CONCORDANCES,
            )
        elif table == "name_spelling":
            yield Finding(
                f"{there_are(number, 'spelling')} of a name that is no longer there.",
                "Repairing takes it away; join it again where it is wanted.",
                Mending.FAMILIES,
            )
        elif parent == "document" and table in {each.name for each in DERIVED_TABLES}:
            yield Finding(
                f"{there_are(number, 'row')} of “{table}” of a document that is no longer there.",
                "Nothing is lost; repairing takes it away.",
                Mending.LEFTOVERS,
            )
        elif parent == "original":
            what = "document" if table == "document" else "document part"
            yield Finding(
                f"{there_are(number, what)} without a note of its original.",
                _SAFE,
                Mending.ORIGINAL_ROWS,
            )
        elif table in ("tag_link", "tag_redirect"):
            thing = "link" if table == "tag_link" else "former tag"
            yield Finding(
                f"{there_are(number, thing)} of a tag that is no longer there.",
                "Repairing takes it away; nothing else hangs on it.",
                Mending.TAG_LINKS,
            )
        elif table == "tag_count":
            yield Finding("Tags are counted that are no longer there.", _SAFE, Mending.TAG_COUNTS)
        elif (table, parent) == ("tag", "tag"):
            yield Finding(
                f"{there_are(number, 'tag')} under a tag that is no longer there.",
                "Repairing puts it at the top of its collection.",
                Mending.TAG_PLACES,
            )
        else:
            yield Finding(
                f"{there_are(number, 'row')} of “{table}” without its “{parent}”.", _RESTORE
            )


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
    stale = 0
    with connection.execution_options(yield_per=50).execute(every) as rows:
        for row in rows:
            wrong = _wrong_with(row, shown)
            if wrong:
                name = f"The text of “{row.title}” (document {row.document})"
                yield Finding(f"{name} is damaged: {wrong}.", _RESTORE)
            else:
                stale += row.digest != digest_of(row.canonical)
    if stale:
        yield Finding(
            f"{there_are(stale, 'text')} that would not be known as equal to another.",
            _SAFE,
            Mending.DIGESTS,
        )


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
            f"{there_are(stale, 'document')} that would not be found by title, author or date.",
            _SAFE,
            Mending.KEYS,
        )


def _highlights(connection: Connection) -> Iterator[Finding]:
    health = examined(connection)
    for sentence in health.strange:
        yield Finding(f"{sentence}.", "Its words, tags and note are safe; mark it again.")
    for wrong, what in (
        (health.looks, "drawn in a colour or style that there is not"),
        (health.keys, "not to be found by its words"),
        (health.quads, "whose place on a page cannot be read"),
        (health.anchors, "noted beside its passage"),
    ):
        if wrong:
            said = f"{there_are(len(wrong), 'highlight')} {what}."
            yield Finding(said, _SAFE, Mending.HIGHLIGHTS)
    misplaced = sum(len(ids) for ids in health.places.values())
    if misplaced:
        said = f"{there_are(misplaced, 'highlight')} not shown where the text has its passage."
        yield Finding(said, _SAFE, Mending.PLACES)
    if health.leftovers:
        said = f"{there_are(health.leftovers, 'place')} of highlights in texts that are gone."
        yield Finding(said, "Nothing is lost; repairing takes it away.", Mending.PLACES)


_LOOKS: tuple[Callable[[Connection], Iterator[Finding]], ...] = (
    _structure,
    _references,
    _texts,
    _facts,
    findings_of_tags,
    _highlights,
    findings_of_searches,
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
