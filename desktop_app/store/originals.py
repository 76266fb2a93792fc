"""The kept originals: every file as it came, named by its hash, never changed.

`originals/ab/abcdef...`, 64 hexadecimal digits. A file is written beside its place, brought to the
disk and renamed, so that what bears the name of a hash has its bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from desktop_app import durable
from desktop_app.core.errors import Problem
from desktop_app.store import trouble

FOLDER_NAME = "originals"

_SHA256 = re.compile("[0-9a-f]{64}")
# Several syncs at once share the journal's commits: 0.28 ms a file against 0.48 one by one, and
# far more where the disk really flushes. Eight are no quicker than four, and vie with the window
# for Python's lock.
_SYNCS_AT_ONCE = 4


class Originals:
    """The originals of one library; may be used from any thread."""

    def __init__(self, library: Path) -> None:
        self.folder = library / FOLDER_NAME
        self._pool = ThreadPoolExecutor(_SYNCS_AT_ONCE, thread_name_prefix="originals")

    def path(self, sha256: str) -> Path:
        """Where the original with a hash lies, or would lie; ValueError for what is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256

    def keep(self, contents: Sequence[tuple[str, bytes]]) -> None:
        """Keep (SHA-256, bytes) pairs; when it returns, all of them outlast a power cut.

        Raises DiskTrouble or another Problem; then some may be kept, each of them whole.
        """
        if not contents:
            return
        places = {sha256: (self.path(sha256), content) for sha256, content in contents}
        with trouble.told(self.folder):
            folders = {path.parent for path, _ in places.values()}
            new = [folder for folder in folders if not folder.is_dir()]
            for folder in new:
                folder.mkdir(parents=True, exist_ok=True)
            if new:
                durable.sync_folders([self.folder.parent, self.folder], "originals-shelf")
            for _ in self._pool.map(lambda pair: _keep_one(*pair), places.values()):
                pass
            durable.point("originals:kept")
            # Also where a file was there already: whoever put it there may not have come this far.
            for _ in self._pool.map(lambda f: durable.sync_folders([f], "originals"), folders):
                pass
            durable.point("originals:durable")

    def holds(self, sha256: str, content: bytes) -> bool:
        """Whether exactly these bytes are kept under a hash."""
        try:
            return self.path(sha256).read_bytes() == content
        except OSError:
            return False

    def read(self, sha256: str) -> bytes:
        """The bytes of an original; Problem where it is missing or cannot be read."""
        path = self.path(sha256)
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            raise Problem(
                f"The original {path} is missing.",
                "Its text is still in the library; restore a backup to get the file back.",
            ) from error
        except OSError as error:
            raise trouble.of_system(error, path) from error

    def remove(self, sha256s: Collection[str]) -> None:
        """Delete originals that no document needs any more; those that are gone do not matter."""
        with trouble.told(self.folder):
            for sha256 in sha256s:
                self.path(sha256).unlink(missing_ok=True)

    def all(self) -> Iterator[str]:
        """The hashes of all kept originals, in no order."""
        if not self.folder.is_dir():
            return
        for shelf in self.folder.iterdir():
            if shelf.is_dir():
                yield from (file.name for file in shelf.iterdir() if _SHA256.fullmatch(file.name))

    def sweep(self) -> None:
        """Delete what a crash left half written."""
        with trouble.told(self.folder):
            for leftover in self.folder.glob("*/*.part"):
                leftover.unlink(missing_ok=True)

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown()


def _keep_one(final: Path, content: bytes) -> None:
    if final.exists() and final.read_bytes() == content:
        return
    temporary = final.with_name(f"{final.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb", buffering=0) as file:
            rest = memoryview(content)
            while rest:  # a disk that fills up, or a very long file, takes only a part at a time
                rest = rest[file.write(rest) :]
            durable.sync_file(file.fileno(), "original")
        durable.move_into_place(temporary, final, "original")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
