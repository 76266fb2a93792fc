"""The store: one library's folder, open for writing by one process or for reading by any.

`postil.db`, `originals/`, `backups/` and the lock lie in the folder. Any thread may use a store.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path

from desktop_app import durable
from desktop_app.core.errors import (
    LibraryDamaged,
    LibraryMissing,
    LibraryTooOld,
)
from desktop_app.store import archive, backups, migrations, restoring, trouble
from desktop_app.store.backups import Backup
from desktop_app.store.columns import to_ms, utc_now
from desktop_app.store.database import Database
from desktop_app.store.findings import Finding
from desktop_app.store.lock import LibraryLock
from desktop_app.store.mending import mend
from desktop_app.store.originals import Originals
from desktop_app.store.recognising import refuse_half_a_library, schema_of
from desktop_app.store.restoring import Restored
from desktop_app.store.verify import findings_of
from desktop_app.store.work import Kept, Snapshot, Work

__all__ = ["Snapshot", "Store", "Work", "utc_now"]

DATABASE_NAME = "postil.db"
_PART_NAME = "restore.part.db"


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
        self._backups = folder / backups.FOLDER_NAME
        self._kept: Kept = {}
        self._naming = threading.Lock()
        self._backing_up = ThreadPoolExecutor(1, thread_name_prefix="backup")

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
            done = schema_of(path)
            if done == 0:
                refuse_half_a_library(folder)
            database = Database(path)
            try:
                # What the log holds counts too, and is seen only now.
                done = _user_version(database)
                store = cls(folder, database, lock, clock)
                if 0 < done < migrations.newest():
                    store.backup()
                migrations.migrate(database, done, to_ms(clock()))
                if done == 0:
                    durable.sync_folders([folder], "library")
                if lock.left_by_a_crash:
                    store.originals.sweep()
                    backups.sweep(store._backups)
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
        done = schema_of(path)
        if done == 0:
            refuse_half_a_library(folder)
            raise LibraryMissing(f"There is no library in {folder}.")
        if done < migrations.newest():
            raise LibraryTooOld(
                f"The library in {folder} was made by an older version of Postil.",
                "Open it once in the window, or say `postil reindex`: it is brought up to date then,"
                " after a backup.",
            )
        return cls(folder, Database(path, read_only=True), None, clock)

    @classmethod
    def rescue(
        cls, folder: Path, backup: Path, *, clock: Callable[[], datetime] = utc_now
    ) -> Store:
        """Open a library whose database is damaged or gone, with a backup in its place.

        The damaged database is set aside among the backups. Raises as `open` and `restore` do; then
        nothing has been changed.
        """
        folder = _made(folder)
        lock = LibraryLock(folder)
        lock.take(clock())
        originals = Originals(folder)
        part = folder / backups.FOLDER_NAME / _PART_NAME
        try:
            restoring.prepare(backup, part, originals, to_ms(clock()))
            restoring.set_aside(folder / DATABASE_NAME, clock())
            durable.move_into_place(part, folder / DATABASE_NAME, "rescue")
            durable.sync_folders([folder, part.parent], "rescue")
        finally:
            restoring.discard(part)
            originals.close()
            lock.release()
        return cls.open(folder, clock=clock)

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
            yield Snapshot(connection, self._kept)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """One transaction for the whole `with`: durable when it ends, undone when anything is raised.

        Waits while another thread writes. Not to be nested.
        """
        with self._database.writing() as connection:
            yield Work(connection, to_ms(self._clock()), self._kept)

    def backup(self, out: Path | None = None) -> Path:
        """Make a checked backup and return where it lies.

        Without out: a copy of the database among the library's own backups, which are thinned.
        With out: one zip with the database, all originals and a manifest of their hashes; in a
        folder it is given a name, a file of that name is replaced.
        """
        with self._database.copying() as source:
            if out is None:
                return self._copied(source)
            now = self._clock()
            name = f"{self.folder.name}-{now:%Y-%m-%d-%H%M%S}.zip"
            place = out / name if out.is_dir() else out
            archive.write(source, self.originals, place, now)
        return place

    def start_backup_if_due(self, today: date) -> Future[Path] | None:
        """Start the day's backup on a thread of its own.

        None where it was made, or there is nothing yet to lose. It holds the library as it is when
        this returns, whatever is changed meanwhile. `close` waits for it. What goes wrong is raised
        by the future's result.
        """
        with self.read() as snapshot:
            made_on = snapshot.meta("last_backup_on")
            empty = snapshot.is_empty()
        if empty or made_on == today.isoformat():
            return None
        pinned = ExitStack()
        source = pinned.enter_context(self._database.copying())

        def make() -> Path:
            with pinned:
                made = self._copied(source)
            with self.write() as work:
                work.set_meta("last_backup_on", today.isoformat())
            return made

        if self._database.exclusive:  # there is one connection only, and it stays on its thread
            done: Future[Path] = Future()
            done.set_result(make())
            return done
        return self._backing_up.submit(make)

    def backups(self) -> list[Backup]:
        """The library's own backups, newest first."""
        return backups.backups_in(self._backups)

    def restore(self, path: Path) -> Restored:
        """Put a backup of either kind in the place of what is here, which is backed up first.

        Whole or not at all. Raises LibraryDamaged or LibraryTooNew for a backup that cannot be
        used; then nothing has been changed.
        """
        part = self._backups / _PART_NAME
        try:
            restoring.prepare(path, part, self.originals, to_ms(self._clock()))
            saved = self.backup()
            with self._database.alone() as connection:
                restoring.replace(connection, part)
        finally:
            restoring.discard(part)
        with self.read() as snapshot:
            missing = restoring.missing_originals(snapshot.connection, self.originals)
        return Restored(saved, missing)

    def forget_originals(self) -> int:
        """Delete the kept originals that neither the library nor one of its backups names.

        Returns how many went. Not while documents are coming in: theirs are kept before they are
        named. Where a backup cannot be read nothing goes.
        """
        with self.read() as snapshot:
            named = snapshot.documents.originals()
        named |= backups.originals_in(self._backups)
        gone = [sha256 for sha256 in self.originals.all() if sha256 not in named]
        self.originals.remove(gone)
        return len(gone)

    def verify(self) -> list[Finding]:
        """Look at everything that is kept; each finding is a sentence, none means all is well."""
        return findings_of(self._database, self.originals)

    def repair(self, findings: Sequence[Finding]) -> None:
        """Mend those findings that can be mended without losing anything, in one transaction."""
        mend(self._database, self.originals, findings, to_ms(self._clock()))

    def close(self) -> None:
        """Close the library and let its lock go."""
        self._backing_up.shutdown()
        self.originals.close()
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _copied(self, source: sqlite3.Connection) -> Path:
        """Copy the database among the library's own backups, and thin these."""
        now = self._clock()
        with self._naming:  # two backups of one second must not choose one name
            place = backups.new_place(self._backups, now)
            backups.copy(source, place)
            backups.thin(self._backups, now)
        return place

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


def _user_version(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
