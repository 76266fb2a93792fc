"""Tell what a database file is, and leave it as it is, byte for byte, whatever it holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_app.core.errors import LibraryDamaged, LibraryTooNew, Problem
from desktop_app.store import migrations, trouble
from desktop_app.store.database import connect, has_log


def schema_of(path: Path) -> int:
    """The number of the last step that a database has been through; 0 where there is none.

    Raises LibraryTooNew, LibraryDamaged, or another Problem where the file cannot be reached.
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
            return version_in(connection, path)
        finally:
            connection.close()


def version_in(connection: sqlite3.Connection, path: Path) -> int:
    """The number of the last step that an open database has been through; raises as `schema_of`."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables and not version:
        return 0
    if application != migrations.APPLICATION_ID:
        raise LibraryDamaged(
            f"{path} is a database, but not a library of Postil.", "It has not been touched."
        )
    if version > migrations.newest():
        raise LibraryTooNew(
            f"The library in {path.parent} was made by a newer version of Postil.",
            "It has not been touched; open it with that version.",
        )
    return int(version)


def refuse_half_a_library(folder: Path) -> None:
    """Raise LibraryDamaged where originals or backups lie in the folder but no database does."""
    with trouble.told(folder):
        for name in ("originals", "backups"):
            part = folder / name
            if part.is_dir() and any(part.iterdir()):
                raise LibraryDamaged(
                    f"The database of the library in {folder} is missing or empty.",
                    "The originals and backups are still there; restore the newest backup.",
                )
