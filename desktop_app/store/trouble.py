"""Turn what SQLite and the file system say into what a person can be told."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from desktop_app.core.errors import DiskTrouble, LibraryBusy, LibraryDamaged, Problem

_FULL = (
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    if hasattr(errno, "EDQUOT")
    else {errno.ENOSPC, errno.EFBIG}
)
_NOTHING_HALF = "Nothing was half written; make room and try again."


def of_sqlite(error: BaseException, place: Path) -> Problem | None:
    """The problem behind an SQLite error, or None for an error that is a bug of ours."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    # Python raises without a code where it finds the trouble itself.
    primary = code & 0xFF if code is not None else None
    if primary == sqlite3.SQLITE_FULL:
        return DiskTrouble(f"The disk with {place} is full.", _NOTHING_HALF)
    if primary == sqlite3.SQLITE_IOERR:
        return DiskTrouble(
            f"The disk with {place} is full or refuses to be read or written.", _NOTHING_HALF
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DiskTrouble(
            f"{place} may not be written.", "Check the permissions of the library's folder."
        )
    if primary == sqlite3.SQLITE_CANTOPEN:
        return DiskTrouble(
            f"{place} cannot be opened.",
            "Check that the disk is there, has room, and that you may write in the folder.",
        )
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LibraryDamaged(
            f"{place} is damaged and cannot be read.",
            "The originals are kept apart and are not affected; restore the newest backup.",
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusy(
            f"{place} is locked by another program.", "Close that program and try again."
        )
    return None


def of_system(error: OSError, place: Path) -> Problem:
    """The problem behind an error of the file system."""
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return DiskTrouble(f"The disk with {place} is full ({reason}).", _NOTHING_HALF)
    if error.errno in (errno.EROFS, errno.EIO):
        return DiskTrouble(
            f"The disk with {place} refuses to be written ({reason}).", _NOTHING_HALF
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return Problem(
            f"{place} may not be read or written ({reason}).",
            "Check the permissions of the library's folder.",
        )
    if error.errno == errno.ELOOP:
        return Problem(
            f"{place} is a link that leads nowhere ({reason}).", "Name the folder itself."
        )
    return Problem(f"{place} cannot be used ({reason}).", "Check that it is a folder on a disk.")


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Raise the errors of SQLite and of the file system inside as problems that name the place."""
    try:
        with told_of_sqlite(place):
            yield
    except OSError as error:
        raise of_system(error, place) from error


@contextmanager
def told_of_sqlite(place: Path) -> Iterator[None]:
    """Raise the errors of SQLite inside as problems that name the database."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        problem = of_sqlite(error, place)
        if problem is None:
            raise
        raise problem from error
