"""Every step that must survive a power cut, and the names of the moments between them.

Nothing else in the product calls fsync or renames a file into place. Each step passes a named
point before and after it, so that a test can end the process at any of them; in the product
`at_point` does nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path


def _nothing(name: str) -> None:
    """Pass a point."""


at_point: Callable[[str], None] = _nothing


def point(name: str) -> None:
    """Pass the named moment."""
    at_point(name)


def sync_file(descriptor: int, name: str) -> None:
    """Bring an open file's bytes to the disk."""
    point(f"{name}:before-sync")
    os.fsync(descriptor)
    point(f"{name}:synced")


def sync_folders(folders: Iterable[Path], name: str) -> None:
    """Bring the entries of folders to the disk, each once; nothing where the system has no such call."""
    if os.name == "nt":
        return
    for folder in sorted(set(folders)):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            sync_file(descriptor, f"{name}-folder")
        finally:
            os.close(descriptor)


def move_into_place(temporary: Path, final: Path, name: str) -> None:
    """Rename a synced file to its name; the folder's own sync is the caller's next step."""
    point(f"{name}:before-rename")
    temporary.replace(final)
    point(f"{name}:renamed")


def write_file(final: Path, content: bytes, name: str) -> None:
    """Put a file in place, whole or not at all, and bring it to the disk."""
    temporary = final.with_name(f"{final.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            sync_file(file.fileno(), name)
        move_into_place(temporary, final, name)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folders([final.parent], name)
