"""The library's lock: one process at a time may write.

The system holds the lock and lets it go when the process ends, however it ends. Beside it lies a
small file that says who holds it, for people only: nothing is decided by what it says. Children
never inherit the lock: its descriptor is closed on exec and after a fork.
"""

from __future__ import annotations

import json
import os
import sys
import weakref
from datetime import datetime
from pathlib import Path
from typing import IO

from desktop_app.core.errors import LibraryBusy
from desktop_app.store import trouble

LOCK_NAME = "library.lock"
HOLDER_NAME = "library.holder.json"

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_up(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_up(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


_held: weakref.WeakSet[LibraryLock] = weakref.WeakSet()


class LibraryLock:
    """The lock on a library's folder, held from `take` until `release`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._holder = folder / HOLDER_NAME
        self._file: IO[bytes] | None = None
        self.left_by_a_crash = False  # the last holder ended without letting go

    def take(self, now: datetime) -> None:
        """Take the lock or raise LibraryBusy, which names the process that holds it."""
        with trouble.told(self._path):
            file = self._path.open("ab")
            try:
                taken = _take(file)
            except OSError:
                file.close()
                raise
        if not taken:
            file.close()
            raise LibraryBusy(
                f"The library in {self._path.parent} is open in {self._described()}.",
                "Close it there, or use another library; reading works meanwhile.",
            )
        self._file = file
        self.left_by_a_crash = self._holder.exists()
        _held.add(self)
        self._say(now)

    def release(self) -> None:
        """Let the lock go; nothing happens when it is not held."""
        if self._file is None:
            return
        self._holder.unlink(missing_ok=True)
        _give_up(self._file)
        self.forget()

    def forget(self) -> None:
        """Close the descriptor, and leave the lock to the process that this one was forked from."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _say(self, now: datetime) -> None:
        holder = {
            "pid": os.getpid(),
            "program": _program(),
            "since": now.isoformat(timespec="seconds"),
        }
        try:
            self._holder.write_text(json.dumps(holder), encoding="utf-8")
        except OSError:
            # A full disk must not keep the library shut; the lock holds without its label.
            self._holder.unlink(missing_ok=True)

    def _described(self) -> str:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            pid, program, since = int(holder["pid"]), str(holder["program"]), str(holder["since"])
        except (OSError, ValueError, KeyError, TypeError):
            return "another program"
        moment = since.replace("T", " ").replace("+00:00", " UTC")
        return f"another program ({program}, process {pid}, since {moment})"


def _forget_in_child() -> None:
    for lock in list(_held):
        lock.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_in_child)


def _program() -> str:
    """What a person calls this program."""
    name = Path(sys.argv[0] or sys.executable).name
    return "postil" if name == "__main__.py" else name
