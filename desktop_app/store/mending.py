"""Mend what verifying found, where nothing is lost by it.

What is derived is derived anew, what refers to nothing goes. A damaged text or original is said by
verify.py and left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from desktop_app import durable
from desktop_app.core.text import digest_of
from desktop_app.core.words import name_key
from desktop_app.store.database import Database
from desktop_app.store.facts import fact_columns, facts_of
from desktop_app.store.findings import Finding, Mending
from desktop_app.store.highlight_health import mend_highlights, mend_places
from desktop_app.store.kept_searches_health import mend_concordances, mend_families, mend_searches
from desktop_app.store.originals import Originals
from desktop_app.store.parts import drop_unused, named_originals
from desktop_app.store.tables import (
    collection,
    document,
    highlight,
    highlight_tagging,
    original,
    placement,
    tag,
    tagging,
    text,
)
from desktop_app.store.tag_health import (
    mend_counts,
    mend_links,
    mend_looks,
    misplaced_tags,
    names_with_stale_keys,
)
from desktop_app.store.verify import DERIVED, DERIVED_TABLES, expected_schema, schema_in


def mend(
    database: Database, originals: Originals, findings: Sequence[Finding], now_ms: int
) -> None:
    """Mend those findings that can be mended, all of them in one transaction or none."""
    wanted = {finding.mending for finding in findings}
    with database.writing() as connection:
        for mending, put_right in _MENDINGS.items():
            if mending in wanted:
                put_right(connection)
        if wanted & _RECOUNTED:
            mend_counts(connection)
        if Mending.ORIGINAL_ROWS in wanted:
            _note_originals(connection, originals, now_ms)
        durable.point("repair:mended")


def _derive_keys(connection: Connection) -> None:
    for row in connection.execute(select(document)).all():
        try:
            columns = fact_columns(facts_of(row))
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # a finding of its own
        derived = {key: columns[key] for key in DERIVED}
        if any(getattr(row, key) != value for key, value in derived.items()):
            connection.execute(update(document).where(document.c.id == row.id).values(**derived))


def _derive_digests(connection: Connection) -> None:
    every = connection.execute(select(text.c.document, text.c.version)).all()
    for number, version in every:  # one at a time: some texts are books of many megabytes
        this = (text.c.document == number) & (text.c.version == version)
        row = connection.execute(select(text.c.canonical, text.c.digest).where(this)).one()
        digest = digest_of(row.canonical)
        if digest != row.digest:
            connection.execute(update(text).where(this).values(digest=digest))


def _derive_name_keys(connection: Connection) -> None:
    for table, number, key in names_with_stale_keys(connection):
        connection.execute(update(table).where(table.c.id == number).values(name_key=key))


def _drop_lost_taggings(connection: Connection) -> None:
    connection.execute(
        delete(tagging).where(
            tagging.c.document.not_in(select(document.c.id))
            | tagging.c.tag.not_in(select(tag.c.id))
        )
    )
    # A tagging knows the document of its highlight, so that tags count documents.
    its_own = (
        select(highlight.c.document)
        .where(highlight.c.id == highlight_tagging.c.highlight)
        .scalar_subquery()
    )
    connection.execute(
        update(highlight_tagging)
        .where(highlight_tagging.c.document != its_own)
        .values(document=its_own)
    )
    connection.execute(
        delete(highlight_tagging).where(
            highlight_tagging.c.highlight.not_in(select(highlight.c.id))
            | highlight_tagging.c.tag.not_in(select(tag.c.id))
        )
    )
    gone = placement.c.highlight.not_in(select(highlight.c.id))
    connection.execute(delete(placement).where(gone))


def _drop_leftovers(connection: Connection) -> None:
    for table in DERIVED_TABLES:
        gone = table.c.document.not_in(select(document.c.id))
        connection.execute(delete(table).where(gone))


def _drop_unused_rows(connection: Connection) -> None:
    drop_unused(connection)


def _note_originals(connection: Connection, originals: Originals, now_ms: int) -> None:
    noted = set(connection.execute(select(original.c.sha256)).scalars())
    for sha256 in connection.execute(named_originals()).scalars().all():
        if sha256 in noted:
            continue
        path = originals.path(sha256)
        size = path.stat().st_size if path.exists() else 0
        connection.execute(insert(original).values(sha256=sha256, size_bytes=size, kept_at=now_ms))


def _activate_one(connection: Connection) -> None:
    chosen = select(collection.c.id).order_by(collection.c.active.desc(), collection.c.id).limit(1)
    first = connection.execute(chosen).scalar()
    if first is None:
        return
    connection.execute(update(collection).values(active=0))
    connection.execute(update(collection).where(collection.c.id == first).values(active=1))


def _lift_tags(connection: Connection) -> None:
    lost = select(tag.c.id).where(
        tag.c.parent.is_not(None), tag.c.parent.not_in(select(tag.c.id).scalar_subquery())
    )
    # Lifting one tag of a circle opens it: look again after each.
    while wrong := [*misplaced_tags(connection), *connection.execute(lost).scalars()]:
        row = connection.execute(select(tag).where(tag.c.id == wrong[0])).one()
        taken = set(
            connection.execute(
                select(tag.c.name_key).where(
                    tag.c.collection == row.collection, tag.c.parent.is_(None)
                )
            ).scalars()
        )
        name, number = row.name, 2
        while name_key(name) in taken:
            name, number = f"{row.name} ({number})", number + 1
        connection.execute(
            update(tag)
            .where(tag.c.id == row.id)
            .values(parent=None, name=name, name_key=name_key(name))
        )


def _make_schema(connection: Connection) -> None:
    """Make missing indexes and triggers anew; a trigger that was not there may have missed changes."""
    present = schema_in(connection)
    for (kind, name), statement in expected_schema().items():
        if kind == "table" or present.get((kind, name)) == statement:
            continue
        connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{name}"')
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO index_queue (document) SELECT id FROM document"
    )
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO refold_queue (source_key) SELECT DISTINCT source_key FROM document"
    )


def _make_indexes(connection: Connection) -> None:
    connection.exec_driver_sql("REINDEX")


_MENDINGS: dict[Mending, Callable[[Connection], None]] = {
    # Indexes first: what comes after looks things up in them.
    Mending.INDEXES: _make_indexes,
    # Before indexes are made anew that allow no two of one key or name.
    Mending.TAG_LOOKS: mend_looks,
    Mending.TRIGGERS: _make_schema,
    Mending.KEYS: _derive_keys,
    Mending.NAME_KEYS: _derive_name_keys,
    # Before what they named is looked at.
    Mending.LEFTOVERS: _drop_leftovers,
    Mending.UNUSED_ROWS: _drop_unused_rows,
    Mending.TAGGINGS: _drop_lost_taggings,
    Mending.ACTIVE: _activate_one,
    Mending.TAG_PLACES: _lift_tags,
    Mending.TAG_LINKS: mend_links,
    # Their words first: by these they are found.
    Mending.HIGHLIGHTS: mend_highlights,
    Mending.PLACES: mend_places,
    Mending.DIGESTS: _derive_digests,
    Mending.SEARCHES: mend_searches,
    Mending.FAMILIES: mend_families,
    Mending.CONCORDANCES: mend_concordances,
}
# After these, what triggers keep may be wrong: they were not there, or taggings changed unseen.
_RECOUNTED = frozenset(
    [
        Mending.INDEXES,
        Mending.TRIGGERS,
        Mending.TAGGINGS,
        Mending.LEFTOVERS,
        Mending.TAG_PLACES,
        Mending.TAG_COUNTS,
    ]
)
