"""The folders that are watched for new files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from desktop_app.store.columns import from_ms
from desktop_app.store.tables import watched


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder whose new and changed files are imported. tag: for all of them, None for none.

    seen_ns: files changed up to then, in the file system's own time, have been taken, or were there
    before it was watched.
    """

    path: Path
    tag: int | None
    added_at: datetime
    seen_ns: int


class ReadWatchedFolders:
    """Watched folders as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[WatchedFolder]:
        """The watched folders, by path."""
        rows = self._connection.execute(select(watched).order_by(watched.c.path))
        return [
            WatchedFolder(Path(os.fsdecode(row.path)), row.tag, from_ms(row.added_at), row.seen_ns)
            for row in rows
        ]


class WatchedFolders(ReadWatchedFolders):
    """Watched folders that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def put(self, path: Path, tag: int | None, *, seen_ns: int) -> None:
        """Watch a folder from now on; where it is watched already only its tag is changed."""
        known = update(watched).where(watched.c.path == os.fsencode(path)).values(tag=tag)
        if self._connection.execute(known).rowcount:
            return
        self._connection.execute(
            insert(watched).values(
                path=os.fsencode(path), tag=tag, added_at=self._now_ms, seen_ns=seen_ns
            )
        )

    def saw(self, path: Path, seen_ns: int) -> None:
        """Note that a folder's files changed up to then have been taken."""
        self._connection.execute(
            update(watched).where(watched.c.path == os.fsencode(path)).values(seen_ns=seen_ns)
        )

    def remove(self, path: Path) -> None:
        """Watch a folder no longer."""
        self._connection.execute(delete(watched).where(watched.c.path == os.fsencode(path)))
