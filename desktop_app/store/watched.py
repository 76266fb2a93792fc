"""The folders that are watched for new files, and which of their files were seen.

Each file is remembered by itself: what is moved or copied into a folder may keep every time that it
had before, so that no moment divides what is new from what is not.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from desktop_app.store.columns import from_ms
from desktop_app.store.tables import watched, watched_file


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder whose new and changed files are imported. tag: for all of them, None for none."""

    path: Path
    tag: int | None
    added_at: datetime


# How a file looked: its size and its last change in nanoseconds, companions included. Of tens of
# thousands that are remembered, plain tuples of numbers are none of the garbage collector's work.
Look = tuple[int, int]


class ReadWatchedFolders:
    """Watched folders as one snapshot has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[WatchedFolder]:
        """The watched folders, by path."""
        rows = self._connection.execute(select(watched).order_by(watched.c.path))
        return [
            WatchedFolder(Path(os.fsdecode(row.path)), row.tag, from_ms(row.added_at))
            for row in rows
        ]

    def giving(self, tag: int) -> list[bytes]:
        """The folders whose files get a tag, as their paths are kept."""
        rows = select(watched.c.path).where(watched.c.tag == tag).order_by(watched.c.path)
        return list(self._connection.execute(rows).scalars())

    def seen(self, folder: Path) -> dict[str, Look]:
        """The files of a folder that were taken, or were there before it was watched."""
        rows = select(watched_file.c.path, watched_file.c.size, watched_file.c.changed_ns).where(
            watched_file.c.folder == os.fsencode(folder)
        )
        return {
            os.fsdecode(path): (size, changed_ns)
            for path, size, changed_ns in self._connection.execute(rows)
        }


class WatchedFolders(ReadWatchedFolders):
    """Watched folders that can be changed inside a transaction."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        super().__init__(connection)
        self._now_ms = now_ms

    def put(self, path: Path, tag: int | None, *, seen: Mapping[str, Look]) -> None:
        """Watch a folder from now on; where it is watched already only its tag is changed.

        seen: the files that are in it, by their place below it.
        """
        known = update(watched).where(watched.c.path == os.fsencode(path)).values(tag=tag)
        if self._connection.execute(known).rowcount:
            return
        self._connection.execute(
            insert(watched).values(path=os.fsencode(path), tag=tag, added_at=self._now_ms)
        )
        self.saw(path, seen)

    def saw(self, folder: Path, seen: Mapping[str, Look]) -> None:
        """Note that files of a folder have been taken, as they looked then.

        Nothing is noted where it is no longer watched.
        """
        here = os.fsencode(folder)
        watching = select(watched.c.path).where(watched.c.path == here)
        if not seen or self._connection.execute(watching).first() is None:
            return
        rows = [
            {"folder": here, "path": os.fsencode(path), "size": size, "changed_ns": changed_ns}
            for path, (size, changed_ns) in seen.items()
        ]
        self._connection.execute(insert(watched_file).prefix_with("OR REPLACE"), rows)

    def hand_over(self, folders: Collection[bytes], tag: int, to: int) -> None:
        """Let those of some folders whose files get a tag give them another one."""
        for folder in folders:
            here = (watched.c.path == folder, watched.c.tag == tag)
            self._connection.execute(update(watched).where(*here).values(tag=to))

    def remove(self, path: Path) -> None:
        """Watch a folder no longer."""
        self._connection.execute(delete(watched).where(watched.c.path == os.fsencode(path)))
