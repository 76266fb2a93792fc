"""The store: one library's folder, open for writing by one process or for reading by any.

`postil.db`, `originals/`, `backups/` and the lock lie in the folder. Any thread may use a store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from desktop_app import durable
from desktop_app.core.errors import (
    LibraryDamaged,
    LibraryMissing,
    LibraryTooNew,
    Problem,
)
from desktop_app.store import migrations, trouble
from desktop_app.store.columns import to_ms, utc_now
from desktop_app.store.database import Database, connect, has_log
from desktop_app.store.lock import LibraryLock
from desktop_app.store.originals import Originals
from desktop_app.store.work import Snapshot, Work

__all__ = ["Snapshot", "Store", "Work", "utc_now"]

DATABASE_NAME = "postil.db"


class Store:
    """An open library. Made by `open` or `peek`, ended by `close` or by leaving its `with`."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        lock: LibraryLock | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.folder = folder
        self.originals = Originals(folder)
        self._database = database
        self._lock = lock
        self._clock = clock

    @classmethod
    def open(cls, folder: Path, *, clock: Callable[[], datetime] = utc_now) -> Store:
        """Open a library for writing; the folder and the library are made where they are missing.

        Raises LibraryBusy, LibraryTooNew, LibraryDamaged, DiskTrouble or another Problem.
        """
        folder = _made(folder)
        lock = LibraryLock(folder)
        lock.take(clock())
        try:
            path = folder / DATABASE_NAME
            done = _schema_of(path)
            if done == 0:
                _refuse_half_a_library(folder)
            database = Database(path)
            try:
                # What the log holds counts too, and is seen only now.
                done = _user_version(database)
                migrations.migrate(database, done, to_ms(clock()))
                store = cls(folder, database, lock, clock)
                if lock.left_by_a_crash:
                    store.originals.sweep()
            except BaseException:
                database.close()
                raise
        except BaseException:
            lock.release()
            raise
        return store

    @classmethod
    def peek(cls, folder: Path, *, clock: Callable[[], datetime] = utc_now) -> Store:
        """Open a library for reading only, without its lock, also while another process writes.

        Raises LibraryMissing, LibraryTooNew, LibraryDamaged or another Problem.
        """
        path = folder / DATABASE_NAME
        done = _schema_of(path)
        if done == 0:
            raise LibraryMissing(f"There is no library in {folder}.")
        if done < migrations.NEWEST:
            raise Problem(
                f"The library in {folder} was made by an older version of Postil.",
                "Open it once for writing to bring it up to date.",
            )
        return cls(folder, Database(path, read_only=True), None, clock)

    @property
    def read_only(self) -> bool:
        return self._lock is None

    @property
    def database_path(self) -> Path:
        return self._database.path

    @property
    def crowded(self) -> bool:
        """Whether the disk is so full that the library could only be opened by holding it alone."""
        return self._database.exclusive

    @property
    def uuid(self) -> str:
        """The library's name for itself, the same in every copy of it."""
        return self._meta("uuid")

    @property
    def generation(self) -> str:
        """Changes with every restore: what was derived from another generation is void."""
        return self._meta("generation")

    @contextmanager
    def read(self) -> Iterator[Snapshot]:
        """One snapshot for the whole `with`, on any thread."""
        with self._database.reading() as connection:
            yield Snapshot(connection)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """One transaction for the whole `with`: durable when it ends, undone when anything is raised.

        Waits while another thread writes. Not to be nested.
        """
        with self._database.writing() as connection:
            yield Work(connection, to_ms(self._clock()))

    def close(self) -> None:
        """Close the library and let its lock go."""
        self.originals.close()
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _meta(self, key: str) -> str:
        with self.read() as snapshot:
            value = snapshot.meta(key)
        if value is None:
            raise LibraryDamaged(f"{self.database_path} does not say its {key}.")
        return value


def _made(folder: Path) -> Path:
    with trouble.told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve(strict=True)
        if not (folder / DATABASE_NAME).exists():
            durable.sync_folders([folder.parent], "library")
    return folder


def _refuse_half_a_library(folder: Path) -> None:
    """Raise LibraryDamaged where originals or backups lie in the folder but no database does."""
    with trouble.told(folder):
        for name in ("originals", "backups"):
            part = folder / name
            if part.is_dir() and any(part.iterdir()):
                raise LibraryDamaged(
                    f"The database of the library in {folder} is missing or empty.",
                    "The originals and backups are still there; restore the newest backup.",
                )


def _schema_of(path: Path) -> int:
    """The number of the last step that a database has been through; 0 where there is none.

    Leaves the file as it is, byte for byte, whatever it holds. Raises LibraryTooNew and
    LibraryDamaged.
    """
    with trouble.told(path):
        if path.is_symlink():
            raise Problem(f"{path} is a link.", "A library's database must lie in its own folder.")
        if not path.exists():
            return 0
        if not path.is_file():
            raise LibraryDamaged(f"{path} is not a file.")
        if path.stat().st_size == 0 and not has_log(path):
            return 0
        # An immutable database is read without log and locks, and nothing is made beside it.
        connection = connect(path, "mode=ro" if has_log(path) else "immutable=1")
        try:
            return _checked_version(connection, path)
        finally:
            connection.close()


def _checked_version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables and not version:
        return 0
    if application != migrations.APPLICATION_ID:
        raise LibraryDamaged(
            f"{path} is a database, but not a library of Postil.", "It has not been touched."
        )
    if version > migrations.NEWEST:
        raise LibraryTooNew(
            f"The library in {path.parent} was made by a newer version of Postil.",
            "It has not been touched; open it with that version.",
        )
    return int(version)


def _user_version(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
