"""Watched folders: what is new or changed in them is imported while somebody watches.

They are looked through every few seconds. A file is taken when it stood still, its size and time of
change the same, for two looks: what is still being written or copied is left until then. What was
there before a folder was watched is left alone, and what was taken is not taken again, also not
after a restart.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.library.finding_files import Found, find_files
from desktop_app.library.outcomes import Outcome
from desktop_app.store.store import Store
from desktop_app.store.watched import WatchedFolder

LOOK_EVERY_S = 5.0
# A folder that takes long to look through is looked into less often, to leave the machine alone.
_REST_FOR_LOOK = 20.0

Bring = Callable[
    [Sequence[Path], int | None, threading.Event, Callable[[Outcome], None]],
    None,
]


@dataclass(frozen=True, slots=True)
class _Look:
    """How a file looked: its size and its last change in nanoseconds, companions included."""

    size: int
    changed_ns: int


@dataclass(slots=True)
class _Folder:
    """What is remembered of a watched folder between two looks.

    waiting: files that may still be changing. taken: as they were when they were imported.
    """

    waiting: dict[Path, _Look] = field(default_factory=dict)
    taken: dict[Path, _Look] = field(default_factory=dict)
    unreadable: bool = False


class Watching:
    """Looks on a thread of its own, from start to stop.

    bring: imports files and returns when they are durable. on_new: is called with the outcomes.
    trouble: is called with what keeps a folder from being watched, once. pause: waits some seconds,
    True where it was stopped meanwhile.
    """

    def __init__(
        self,
        store: Store,
        bring: Bring,
        on_new: Callable[[Sequence[Outcome]], None],
        trouble: Callable[[Problem], None],
        *,
        pause: Callable[[float], bool] | None = None,
    ) -> None:
        self._store = store
        self._bring = bring
        self._on_new = on_new
        self._trouble = trouble
        self._stopped = threading.Event()
        self._pause = pause or self._stopped.wait
        self._folders: dict[Path, _Folder] = {}
        self._said = ""
        self._thread = threading.Thread(target=self._run, name="watching folders", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; an import that runs is stopped."""
        self._stopped.set()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            begun = time.monotonic()
            try:
                self.look()
            except Problem as problem:
                if str(problem) != self._said:
                    self._said = str(problem)
                    self._trouble(problem)
            took = time.monotonic() - begun
            if self._pause(max(LOOK_EVERY_S, took * _REST_FOR_LOOK)):
                return

    def look(self) -> None:
        """Look into every watched folder once, and import what stood still since the last look."""
        with self._store.read() as snapshot:
            watched = snapshot.watched.all()
        self._folders = {w.path: self._folders.get(w.path, _Folder()) for w in watched}
        for each in watched:
            if self._stopped.is_set():
                return
            self._look_into(each, self._folders[each.path])

    def _look_into(self, watched: WatchedFolder, folder: _Folder) -> None:
        if not self._can_be_read(watched, folder):
            return
        new: dict[Path, _Look] = {}
        for found in find_files([watched.path]):
            look = None if found.refused else _look_at(found)
            if look and look.changed_ns > watched.seen_ns and folder.taken.get(found.path) != look:
                new[found.path] = look
        still = [path for path, look in new.items() if folder.waiting.get(path) == look]
        folder.waiting = {path: look for path, look in new.items() if path not in set(still)}
        if still:
            self._take(watched, folder, {path: new[path] for path in still})

    def _can_be_read(self, watched: WatchedFolder, folder: _Folder) -> bool:
        there = watched.path.is_dir()
        if not there and not folder.unreadable:
            self._trouble(
                Problem(
                    f"The watched folder {watched.path} is not there.",
                    "It is looked for again every few seconds; nothing has been changed.",
                )
            )
        folder.unreadable = not there
        return there

    def _take(self, watched: WatchedFolder, folder: _Folder, files: dict[Path, _Look]) -> None:
        outcomes: list[Outcome] = []
        try:
            self._bring(list(files), watched.tag, self._stopped, outcomes.append)
        finally:
            if outcomes:
                self._on_new(outcomes)
        if not self._stopped.is_set():
            folder.taken |= files
            self._note_seen(watched, folder)

    def _note_seen(self, watched: WatchedFolder, folder: _Folder) -> None:
        """Note up to when everything has been taken: nothing that waits may lie before that."""
        newest = max((look.changed_ns for look in folder.taken.values()), default=0)
        waiting = min((look.changed_ns for look in folder.waiting.values()), default=newest + 1)
        seen = min(newest, waiting - 1)
        if seen > watched.seen_ns:
            with self._store.write() as work:
                work.watched.saw(watched.path, seen)


def newest_change_ns(folder: Path) -> int:
    """When anything in a folder was changed last, in the file system's own time; 0 for nothing."""
    looks = (_look_at(found) for found in find_files([folder]) if not found.refused)
    return max((look.changed_ns for look in looks if look), default=0)


def _look_at(found: Found) -> _Look | None:
    """How a file looks now, with the folder of a saved page; None where it is gone."""
    try:
        size, changed = _stat(found.path)
        if found.folder is not None:
            for path in found.folder.rglob("*"):
                more, later = _stat(path)
                size, changed = size + more, max(changed, later)
    except OSError:
        return None
    return _Look(size, changed)


def _stat(path: Path) -> tuple[int, int]:
    about = path.stat(follow_symlinks=False)
    # A file that was moved or copied here may keep its own time; when it came the system keeps as
    # the other. Only the second is always of this clock.
    changed = about.st_ctime_ns
    return about.st_size, max(changed, about.st_mtime_ns) if os.name == "nt" else changed
