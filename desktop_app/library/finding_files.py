"""Which files there are to import: what was named, and what lies in the folders that were named.

Links to folders inside a folder are not followed, so that a circle of them ends; hidden entries of
a folder are not looked into. Both are said, one outcome each. The folder of a saved page belongs to
the page: of its files only documents come in by themselves.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.library.reading_files import is_folder
from desktop_app.library.saved_pages import files_of_page, folder_beside, pair


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import; or, with a reason, something that is not going to be.

    folder: the one that a browser saved beside the page; None where there is none. hidden: it is
    refused for its name alone.
    """

    path: Path
    refused: str = ""
    folder: Path | None = None
    hidden: bool = False


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Walk files and folders, in the order given and by name within a folder; each path once."""
    seen: set[str] = set()
    named = list(paths)
    beside = {path: folder_beside(path) for path in named if not is_folder(path)}
    of_pages = {_key(folder) for folder in beside.values() if folder is not None}
    for path in named:
        if path not in beside and _key(path) in of_pages:
            continue
        of_path = _page(path, beside[path]) if path in beside else _under(path)
        for found in of_path:
            key = _key(found.path)
            if key not in seen:
                seen.add(key)
                yield found


def _key(path: Path) -> str:
    return os.path.normpath(path.absolute())


def _page(page: Path, folder: Path | None) -> Iterator[Found]:
    yield Found(page, folder=folder)
    if folder is not None:
        yield from map(Found, files_of_page(folder).documents)


def _under(folder: Path) -> Iterator[Found]:
    # A list of what is left to do, not a call within a call: folders can lie thousands deep.
    waiting: list[Iterator[Path | Found]] = [iter((folder,))]
    while waiting:
        next_one = next(waiting[-1], None)
        if next_one is None:
            waiting.pop()
        elif isinstance(next_one, Found):
            yield next_one
        else:
            waiting.append(_in_folder(next_one))


def _in_folder(folder: Path) -> Iterator[Path | Found]:
    """What lies in a folder, by name: folders to look into, and the rest."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, f"The folder cannot be read: {error.strerror or error}.")
        return
    folders = [entry.name for entry in listed if _is_folder(entry)]
    pairs = pair((entry.name for entry in listed), folders) if folders else {}
    of_pages = set(pairs.values())
    for entry in listed:
        if entry.name in of_pages:
            yield from map(Found, files_of_page(Path(entry.path)).documents)
        else:
            yield _entry(entry, pairs.get(entry.name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _entry(entry: os.DirEntry[str], beside: str | None) -> Path | Found:
    path = Path(entry.path)
    if entry.name.startswith("."):
        refused = "It is hidden, and hidden files are only imported when they are named."
        return Found(path, refused, hidden=True)
    try:
        if entry.is_dir(follow_symlinks=False):
            return path
        if entry.is_symlink() and entry.is_dir():
            return Found(path, "It is a link to a folder; import the folder itself.")
    except OSError:
        # Reading the file says what is wrong with it.
        return Found(path)
    return Found(path, folder=path.with_name(beside) if beside is not None else None)


class Finder:
    """Walks the folders in a thread of its own, so that the total is known early."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._found: deque[Found] = deque()
        self._more = threading.Condition()
        self._stopped = False
        self.count = 0
        self.done = False
        self.trouble: BaseException | None = None
        self._thread = threading.Thread(
            target=self._walk, args=(list(paths),), name="finding files", daemon=True
        )
        self._thread.start()

    def _walk(self, paths: Sequence[Path]) -> None:
        try:
            for found in find_files(paths):
                with self._more:
                    if self._stopped:
                        return
                    self._found.append(found)
                    self.count += 1
                    self._more.notify()
        except BaseException as error:  # noqa: BLE001 - raised again in the importing thread
            self.trouble = error
        finally:
            with self._more:
                self.done = True
                self._more.notify()

    def __iter__(self) -> Iterator[Found]:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._found or self.done)
                if not self._found:
                    if self.trouble is not None:
                        raise self.trouble
                    return
                found = self._found.popleft()
            yield found

    def stop(self) -> None:
        with self._more:
            self._stopped = True
            self._found.clear()
        self._thread.join()
