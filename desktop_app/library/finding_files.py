"""Which files there are to import: what was named, and what lies in the folders that were named.

Links to folders inside a folder are not followed, so that a circle of them ends; hidden entries of
a folder are not looked into. Both are said, one outcome each.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import; or, with a reason, something that is not going to be."""

    path: Path
    refused: str = ""


def find_files(paths: Iterable[Path]) -> Iterator[Found]:
    """Walk files and folders, in the order given and by name within a folder; each path once."""
    seen: set[str] = set()
    for path in paths:
        for found in _under(path) if path.is_dir() else [Found(path)]:
            key = os.path.normpath(found.path.absolute())
            if key not in seen:
                seen.add(key)
                yield found


def _under(folder: Path) -> Iterator[Found]:
    # A list of what is left to do, not a call within a call: folders can lie thousands deep.
    waiting: list[Path | Found] = [folder]
    while waiting:
        next_one = waiting.pop()
        if isinstance(next_one, Found):
            yield next_one
            continue
        try:
            with os.scandir(next_one) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(next_one, f"The folder cannot be read: {error.strerror or error}.")
            continue
        for entry in reversed(listed):
            waiting.append(_entry(entry))


def _entry(entry: os.DirEntry[str]) -> Path | Found:
    path = Path(entry.path)
    if entry.name.startswith("."):
        return Found(path, "It is hidden, and hidden files are only imported when they are named.")
    try:
        if entry.is_dir(follow_symlinks=False):
            return path
        if entry.is_symlink() and entry.is_dir():
            return Found(path, "It is a link to a folder; import the folder itself.")
    except OSError:
        # Reading the file says what is wrong with it.
        return Found(path)
    return Found(path)
