"""Where a library's index lies: in the user's cache, never in the library's own folder.

A copied library has the same uuid as the library that it was copied from, so that the real path
is part of the place too. Each index has a numbered folder; a newer one is built beside the one
that answers.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from whoosh.util.filelock import FileLock

from desktop_app.search.manifest import read_key
from desktop_app.search.mirror import remove_all_but

_LOCK = "lock"


class IndexHome:
    """The folder of all indexes of one library, and the key that they are signed with."""

    def __init__(self, cache: Path, library: Path, uuid: str) -> None:
        place = hashlib.sha256(
            str(library.resolve()).encode("utf-8", "surrogateescape")
        ).hexdigest()
        self.folder = cache / "index" / f"{uuid}-{place[:16]}"
        self.key = read_key(cache)
        self._lock: FileLock | None = None

    def hold(self) -> None:
        """Keep every other process from writing here; waits for one that is just ending."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.folder / _LOCK))
        lock.acquire(blocking=True)
        self._lock = lock

    def release(self) -> None:
        """Let others write here again."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def folders(self) -> list[Path]:
        """The folders that hold an index or a part of one, newest first."""
        if not self.folder.is_dir():
            return []
        numbered = [path for path in self.folder.iterdir() if path.name.isdigit()]
        return sorted(numbered, key=lambda path: int(path.name), reverse=True)

    def next_folder(self) -> Path:
        """A folder for a new index, newer than all others; not made yet."""
        newest = max((int(path.name) for path in self.folders()), default=0)
        return self.folder / str(newest + 1)

    def remove(self, folder: Path) -> None:
        """Remove an index. A name that no longer counts comes first, so that half of it is no index."""
        gone = folder.with_name(f"{folder.name}.gone")
        if gone.exists():
            remove_all_but(gone, ())
            gone.rmdir()
        folder.rename(gone)
        remove_all_but(gone, ())
        gone.rmdir()

    def sweep(self) -> None:
        """Remove what an earlier removal left behind."""
        for path in self.folder.glob("*.gone"):
            remove_all_but(path, ())
            path.rmdir()
