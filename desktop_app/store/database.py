"""The connections to one database file: one that writes, and a pool of readers.

pysqlite's own handling of transactions is off; SQLAlchemy's `begin` event says BEGIN. Every
connection is set up alike, and what was set is read back: a setting that SQLite did not take is an
error, not a surprise after a power cut.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from desktop_app import durable
from desktop_app.core.errors import DiskTrouble, LibraryDamaged, Problem
from desktop_app.store import trouble

_BUSY_S = 5.0
_LOG_BYTES = 32 << 20
_READERS = 6
_MORE_READERS = 26

# What every connection is given, and what it must answer when it is asked.
_SETTINGS = {
    "synchronous": ("FULL", 2),
    "fullfsync": ("ON", 1),
    "checkpoint_fullfsync": ("ON", 1),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "secure_delete": ("ON", 1),
    # Without it REPLACE deletes rows and no delete trigger hears of it.
    "recursive_triggers": ("ON", 1),
}


def connect(path: Path, options: str, *settings: str) -> sqlite3.Connection:
    """Open a database with URI options (`mode=ro`) and settings before anything is read."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_S,
        cached_statements=256,
    )
    try:
        for setting in settings:
            connection.execute(f"PRAGMA {setting}").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def set_up(connection: sqlite3.Connection) -> None:
    """Give a connection the settings that keep the library safe, and read them back."""
    for name, (value, expected) in _SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        answer = connection.execute(f"PRAGMA {name}").fetchone()
        if answer is None or answer[0] != expected:
            raise LibraryDamaged(
                f"SQLite {sqlite3.sqlite_version} did not take the setting {name}.",
                "The library has not been touched; use a newer SQLite.",
            )


class Database:
    """One database file, open for reading, and for writing unless read_only.

    Any thread may read and write; writers wait for each other. exclusive: the disk is so full that
    readers cannot have connections of their own, and take turns with the writer on the only one.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.exclusive = False
        self._turn = threading.Lock()
        self._owner: int | None = None
        self._writer: Connection | None = None
        self._writing_engine: Engine | None = None
        self._options = "mode=ro" if read_only else "mode=rw"
        with trouble.told(path):
            if not read_only:
                self._open_writer()
            self._reading_engine = _engine(self._reader, "BEGIN", _READERS, _MORE_READERS)
            if read_only:
                self._try_reading()

    def close(self) -> None:
        """Close every connection; the last one writes the log back into the database."""
        self._reading_engine.dispose()
        if self._writer is not None:
            with self._turn:
                self._writer.close()
                self._writer = None
        if self._writing_engine is not None:
            self._writing_engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot: everything read inside is of one moment."""
        if self.exclusive:
            with self._sharing() as connection:
                yield connection
            return
        with (
            trouble.told_of_sqlite(self.path),
            self._reading_engine.connect() as connection,
            connection.begin(),
        ):
            # The snapshot is taken by the first read, not by BEGIN.
            connection.exec_driver_sql("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back when anything is raised inside."""
        if self._writer is None:
            raise Problem("This library is open for reading only.", "Nothing has been changed.")
        if self._owner == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction")
        with self._turn:
            self._owner = threading.get_ident()
            try:
                with trouble.told_of_sqlite(self.path):
                    with self._writer.begin():
                        yield self._writer
                        durable.point("work:before-commit")
                    durable.point("work:committed")
            finally:
                self._owner = None

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """The writing connection as SQLite gives it, outside any transaction and with no writer beside."""
        if self._writer is None:
            raise Problem("This library is open for reading only.", "Nothing has been changed.")
        with self._turn, trouble.told_of_sqlite(self.path):
            driver = self._writer.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            yield driver

    @contextmanager
    def copying(self) -> Iterator[sqlite3.Connection]:
        """A connection to copy the database from, as it is at this moment.

        Writers go on beside it, unless exclusive. The connection may be used on another thread.
        """
        if self.exclusive:
            with self.alone() as connection:
                yield connection
            return
        with trouble.told_of_sqlite(self.path):
            connection = self._reader()
            try:
                connection.execute("BEGIN")
                connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
                yield connection
            finally:
                connection.close()

    @contextmanager
    def _sharing(self) -> Iterator[Connection]:
        assert self._writer is not None
        if self._owner == threading.get_ident():
            yield self._writer
            return
        with self._turn:
            self._owner = threading.get_ident()
            try:
                with trouble.told_of_sqlite(self.path), self._writer.begin() as transaction:
                    yield self._writer
                    transaction.rollback()
            finally:
                self._owner = None

    def _open_writer(self) -> None:
        try:
            self._writing_engine = _engine(self._write_connection, "BEGIN IMMEDIATE", 1, 0)
            self._writer = self._writing_engine.connect()
        except Exception as error:
            if not isinstance(trouble.of_sqlite(error, self.path), DiskTrouble):
                raise
            # A write-ahead log needs a little shared file beside it unless the database is held
            # alone; on a full disk that file cannot be made.
            self.exclusive = True
            self._writing_engine = _engine(self._write_connection, "BEGIN IMMEDIATE", 1, 0)
            self._writer = self._writing_engine.connect()

    def _write_connection(self) -> sqlite3.Connection:
        mode = "EXCLUSIVE" if self.exclusive else "NORMAL"
        connection = connect(self.path, "mode=rwc", f"locking_mode = {mode}")
        try:
            set_up(connection)
            answer = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            if answer[0] != "wal":
                raise DiskTrouble(
                    f"The disk with {self.path} cannot hold a write-ahead log.",
                    "Keep the library on a disk of this computer, not on a network share.",
                )
            # A restore puts the whole library through the log; it shrinks again afterwards.
            connection.execute(f"PRAGMA journal_size_limit = {_LOG_BYTES}").fetchone()
            # Makes the shared file now, so that a full disk is met here and not at the first read.
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _reader(self) -> sqlite3.Connection:
        connection = connect(self.path, self._options, "query_only = ON")
        try:
            set_up(connection)
            if connection.execute("PRAGMA query_only").fetchone()[0] != 1:
                raise LibraryDamaged(f"{self.path} cannot be opened for reading only.")
        except BaseException:
            connection.close()
            raise
        return connection

    def _try_reading(self) -> None:
        try:
            with self._reading_engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").fetchall()
        except Exception as error:
            # A folder that may not be written, or a full disk: no shared file for the log can be
            # made. Where there is no log to read, the database alone is the whole truth.
            if not isinstance(trouble.of_sqlite(error, self.path), DiskTrouble) or has_log(
                self.path
            ):
                self._reading_engine.dispose()
                raise
            self._reading_engine.dispose()
            self._options = "immutable=1"
            self._reading_engine = _engine(self._reader, "BEGIN", _READERS, _MORE_READERS)
            with self._reading_engine.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").fetchall()


def has_log(path: Path) -> bool:
    """Tell whether changes may lie in a write-ahead log beside the database."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _engine(creator: object, begin: str, size: int, overflow: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=overflow,
    )

    @event.listens_for(engine, "begin")
    def say_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
