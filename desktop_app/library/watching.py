"""Watched folders: what is new or changed in them is imported while somebody watches.

They are looked through every few seconds. A file is taken when it stood still, its size and time of
change the same, for two looks: what is still being written or copied is left until then. What was
there before a folder was watched is left alone, and what was taken is not taken again, also not
after a restart: each file that was seen is remembered, with how it looked.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.library.finding_files import Found, find_files
from desktop_app.library.outcomes import Outcome
from desktop_app.library.reading_files import is_folder
from desktop_app.library.saved_pages import files_of_page
from desktop_app.store.store import Store
from desktop_app.store.watched import Look, WatchedFolder

_log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
# A folder that takes long to look through is looked into less often, to leave the machine alone.
_REST_FOR_LOOK = 20.0
# A look lets the window's thread have its turn: after so many files it waits for so long.
_BREATH_EVERY = 100
_BREATH_S = 0.001

Bring = Callable[
    [Sequence[Path], int | None, threading.Event, Callable[[Outcome], None]],
    None,
]


@dataclass(slots=True)
class _Folder:
    """What is remembered of a watched folder between two looks.

    waiting: files that may still be changing. seen: those that need not be taken, as they looked;
    None until it was read from the library. Both by the place below the folder.
    """

    waiting: dict[str, Look] = field(default_factory=dict)
    seen: dict[str, Look] | None = None
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
        self._folders: dict[tuple[object, ...], _Folder] = {}
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
                self._say_once(problem)
            except Exception:  # noqa: BLE001 - told, and tried again
                # A mistake of ours in one look must not end all watching unseen.
                _log.exception("watched folders could not be looked into")
                self._say_once(
                    Problem(
                        "The watched folders could not be looked into; the log says why.",
                        "It is tried again every few seconds; nothing has been lost.",
                    )
                )
            took = time.monotonic() - begun
            if self._pause(max(LOOK_EVERY_S, took * _REST_FOR_LOOK)):
                return

    def _say_once(self, problem: Problem) -> None:
        if str(problem) != self._said:
            self._said = str(problem)
            self._trouble(problem)

    def look(self) -> None:
        """Look into every watched folder once, and import what stood still since the last look."""
        with self._store.read() as snapshot:
            watched = snapshot.watched.all()
        # What is remembered holds for this watching of the folder, in this library.
        library = self._store.generation
        keys = {each: (library, each.path, each.added_at) for each in watched}
        self._folders = {key: self._folders.get(key, _Folder()) for key in keys.values()}
        for each, key in keys.items():
            if self._stopped.is_set():
                return
            self._look_into(each, self._folders[key])

    def _look_into(self, watched: WatchedFolder, folder: _Folder) -> None:
        if not self._can_be_read(watched, folder):
            return
        if folder.seen is None:
            with self._store.read() as snapshot:
                folder.seen = snapshot.watched.seen(watched.path)
        still: dict[str, Look] = {}
        waiting: dict[str, Look] = {}
        for number, (place, look) in enumerate(_looks(watched.path), 1):
            if number % _BREATH_EVERY == 0 and self._stopped.wait(_BREATH_S):
                return
            if folder.seen.get(place) != look:
                (still if folder.waiting.get(place) == look else waiting)[place] = look
        folder.waiting = waiting
        if still:
            self._take(watched, folder.seen, still)

    def _can_be_read(self, watched: WatchedFolder, folder: _Folder) -> bool:
        there = is_folder(watched.path)
        if not there and not folder.unreadable:
            self._trouble(
                Problem(
                    f"The watched folder {watched.path} is not there.",
                    "It is looked for again every few seconds; nothing has been changed.",
                )
            )
        folder.unreadable = not there
        return there

    def _take(
        self, watched: WatchedFolder, seen: dict[str, Look], files: Mapping[str, Look]
    ) -> None:
        outcomes: list[Outcome] = []
        try:
            paths = [watched.path / place for place in files]
            self._bring(paths, watched.tag, self._stopped, outcomes.append)
        finally:
            if outcomes:
                self._on_new(outcomes)
        if not self._stopped.is_set():
            with self._store.write() as work:
                work.watched.saw(watched.path, files)
            seen |= files


def seen_in(folder: Path) -> dict[str, Look]:
    """How all that is in a folder looks now, by its place below it."""
    return dict(_looks(folder))


def _looks(folder: Path) -> Iterator[tuple[str, Look]]:
    before = len(os.path.join(folder, ""))  # noqa: PTH118 - it ends with the separator
    for found in find_files([folder]):
        look = None if found.refused else _look_at(found)
        if look is not None:
            yield str(found.path)[before:], look


def _look_at(found: Found) -> Look | None:
    """How a file looks now, with the folder of a saved page; None where it is gone."""
    try:
        size, changed = _stat(found.path)
        if found.folder is not None:
            for path in files_of_page(found.folder).companions:
                more, later = _stat(path)
                size, changed = size + more, max(changed, later)
    except OSError:
        return None
    return size, changed


def _stat(path: Path) -> Look:
    about = path.stat(follow_symlinks=False)
    return about.st_size, about.st_mtime_ns
