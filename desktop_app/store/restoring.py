"""Put a backup in the place of the library's database, whole or not at all.

The backup is copied, checked, brought up to date and given a new generation beside the library;
only then is the library's database replaced, in one transaction of SQLite's own. Originals are
added and never taken away: the state that was replaced can itself be restored.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from desktop_app import durable
from desktop_app.core.errors import LibraryDamaged, LibraryMissing, Problem
from desktop_app.store import backups, migrations, trouble
from desktop_app.store.archive import Archive
from desktop_app.store.database import Database, connect, has_log
from desktop_app.store.originals import Originals
from desktop_app.store.recognising import schema_of, version_in

_AT_ONCE = 128
_AT_ONCE_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. saved: the backup of what was there before.

    missing: the originals that the backup names and that are nowhere, by hash, sorted.
    """

    saved: Path
    missing: tuple[str, ...] = ()


def prepare(path: Path, part: Path, originals: Originals, now_ms: int) -> None:
    """Make the database in `part` that shall take the library's place, and keep the originals.

    Raises LibraryDamaged, LibraryTooNew, LibraryMissing or another Problem.
    """
    with trouble.told(part):
        part.parent.mkdir(exist_ok=True)
    discard(part)
    with trouble.told(path), path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped:
        with Archive(path) as archive:
            archive.extract_database(part)
            _refuse_unusable(part, path)
            _keep_all(archive, originals)
    else:
        _refuse_unusable(path, path)
        with trouble.told(path):
            source = connect(path, "mode=ro" if has_log(path) else "immutable=1")
            try:
                target = sqlite3.connect(part, isolation_level=None)
                try:
                    source.backup(target)
                finally:
                    target.close()
            finally:
                source.close()
    database = Database(part)
    try:
        with database.alone() as connection:
            backups.check(connection, path)
            done = version_in(connection, path)
        migrations.migrate(database, done, now_ms)
        with database.writing() as work:
            _make_new(work)
    finally:
        database.close()
    durable.point("restore:prepared")


def replace(live: sqlite3.Connection, part: Path) -> None:
    """Replace everything in the open database by what is in `part`, in one transaction."""
    source = connect(part, "mode=rw")
    try:
        if version_in(source, part) == 0:
            raise LibraryDamaged(f"{part} is no longer there.", "Nothing has been changed.")
        durable.point("restore:before-replacing")
        source.backup(live)
        durable.point("restore:replaced")
    finally:
        source.close()


def discard(part: Path) -> None:
    """Delete a prepared database and what SQLite left beside it."""
    with trouble.told(part):
        for ending in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def set_aside(database: Path, now: datetime) -> None:
    """Move a damaged database, and the log beside it, out of the way and among the backups."""
    stem = f"damaged-{now.astimezone(UTC):%Y-%m-%d-%H%M%S}"
    with trouble.told(database):
        for ending in ("-wal", "-shm", ""):
            present = database.with_name(database.name + ending)
            if present.exists():
                aside = database.parent / backups.FOLDER_NAME / f"{stem}.db{ending}"
                durable.move_into_place(present, aside, "set-aside")


def missing_originals(connection: Connection, originals: Originals) -> tuple[str, ...]:
    """The hashes of originals that the database names and that are not kept, sorted."""
    rows = connection.exec_driver_sql("SELECT sha256 FROM original ORDER BY sha256").scalars()
    return tuple(sha256 for sha256 in rows if not originals.path(sha256).exists())


def _refuse_unusable(database: Path, named: Path) -> None:
    if not database.is_file():
        raise Problem(f"{named} is not a backup.", "Name a file made by Postil.")
    try:
        empty = schema_of(database) == 0
    except LibraryDamaged as error:
        raise LibraryDamaged(
            f"{named} is damaged, or is no backup of a library.",
            "Nothing has been changed; use another backup.",
        ) from error
    if empty:
        raise LibraryMissing(f"{named} holds no library.", "Use another backup.")


def _keep_all(archive: Archive, originals: Originals) -> None:
    batch: list[tuple[str, bytes]] = []
    size = 0
    for sha256, content in archive.originals():
        batch.append((sha256, content))
        size += len(content)
        if len(batch) >= _AT_ONCE or size >= _AT_ONCE_BYTES:
            originals.keep(batch)
            batch, size = [], 0
    originals.keep(batch)


def _make_new(connection: Connection) -> None:
    """Give the database a new generation, in which every document is new to the index."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('generation', ?)",
        (secrets.token_hex(8),),
    )
    connection.exec_driver_sql("DELETE FROM meta WHERE key = 'last_backup_on'")
    connection.exec_driver_sql("DELETE FROM index_queue")
    connection.exec_driver_sql("INSERT INTO index_queue (document) SELECT id FROM document")
