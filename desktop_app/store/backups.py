"""Backups of the database beside the library, thinned as they grow old.

A backup is made by SQLite's own backup API, opened and checked, and only then given its name: what
lies in the folder under such a name can be restored.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_app import durable
from desktop_app.core.errors import LibraryDamaged
from desktop_app.store import trouble

FOLDER_NAME = "backups"

_NAME = re.compile(r"postil-(\d{4}-\d\d-\d\d-\d{6})(?:-(\d+))?\.db")
_TIME = "%Y-%m-%d-%H%M%S"

ALWAYS_KEPT = 3
_ALL_DAYS = 2
_DAYS = 12
_WEEKS = 10
_MONTHS = 9


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of the database in the library's own folder. made_at: UTC."""

    path: Path
    made_at: datetime
    size_bytes: int


def backups_in(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first."""
    if not folder.is_dir():
        return []
    found: list[tuple[datetime, int, Backup]] = []
    with trouble.told(folder):
        for path in folder.iterdir():
            named = _NAME.fullmatch(path.name)
            if named:
                made_at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
                backup = Backup(path, made_at, path.stat().st_size)
                found.append((made_at, int(named[2] or 1), backup))
    return [backup for *_, backup in sorted(found, key=lambda each: each[:2], reverse=True)]


def originals_in(folder: Path) -> set[str]:
    """The hashes of all originals that the backups in a folder name; raises where one is damaged."""
    found: set[str] = set()
    for backup in backups_in(folder):
        with trouble.told(backup.path):
            uri = f"{backup.path.absolute().as_uri()}?immutable=1"
            connection = sqlite3.connect(uri, uri=True)
            try:
                found.update(row[0] for row in connection.execute("SELECT sha256 FROM original"))
            finally:
                connection.close()
    return found


def new_place(folder: Path, now: datetime) -> Path:
    """A name for a backup that no backup in the folder has; the folder is made where missing."""
    with trouble.told(folder):
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            durable.sync_folders([folder.parent], "backups-folder")
    stem = f"postil-{now.astimezone(UTC):{_TIME}}"
    place = folder / f"{stem}.db"
    number = 2
    while place.exists():
        place = folder / f"{stem}-{number}.db"
        number += 1
    return place


def copy(source: sqlite3.Connection, final: Path) -> None:
    """Copy an open database into one checked file under its final name, or leave nothing there."""
    temporary = final.with_name(f"{final.name}.part")
    try:
        with trouble.told(final):
            temporary.unlink(missing_ok=True)
            durable.point("backup:before-copy")
            target = sqlite3.connect(temporary, isolation_level=None)
            try:
                # It is brought to the disk as a whole below.
                target.execute("PRAGMA synchronous = OFF")
                source.backup(target)
                target.execute("PRAGMA journal_mode = DELETE").fetchone()
                check(target, final)
            finally:
                target.close()
            with temporary.open("rb+") as file:
                durable.sync_file(file.fileno(), "backup")
            durable.move_into_place(temporary, final, "backup")
            durable.sync_folders([final.parent], "backup")
    finally:
        temporary.unlink(missing_ok=True)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise LibraryDamaged unless a database is sound and every reference in it leads somewhere."""
    connection.execute("PRAGMA cell_size_check = ON")
    answer = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if answer != ["ok"]:
        raise LibraryDamaged(f"{path} is damaged: {'; '.join(answer)}.", "Use another backup.")
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise LibraryDamaged(f"{path} is damaged: parts of it are missing.", "Use another backup.")


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups that are no longer worth their room; returns them."""
    gone = [backup.path for backup in superfluous(backups_in(folder), now)]
    with trouble.told(folder):
        for path in gone:
            path.unlink(missing_ok=True)
    return gone


def sweep(folder: Path) -> None:
    """Delete copies that a crash cut short, and that never got their names."""
    with trouble.told(folder):
        for leftover in folder.glob("*.part*"):
            leftover.unlink(missing_ok=True)


def superfluous(backups: Sequence[Backup], now: datetime) -> list[Backup]:
    """Those of the backups (newest first) that need not be kept.

    Kept are the newest three, all of the last two days, and the newest of each of the last 12 days,
    10 weeks and 9 months that have one.
    """
    kept = set(backups[:ALWAYS_KEPT])
    kept.update(b for b in backups if now - b.made_at < timedelta(days=_ALL_DAYS))
    for number, period in ((_DAYS, _day), (_WEEKS, _week), (_MONTHS, _month)):
        newest: dict[Hashable, Backup] = {}
        for backup in backups:
            newest.setdefault(period(backup.made_at), backup)
        kept.update(list(newest.values())[:number])
    return [backup for backup in backups if backup not in kept]


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month
