"""The bytes of a file that somebody named, whatever it turns out to be."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop_app.core.errors import Problem
from desktop_app.formats.limits import Limits, too_large


def read_whole(path: Path, limits: Limits) -> bytes:
    """Read a regular file; a Problem says why it cannot be, in a sentence that starts with "It"."""
    with open_file(path) as file:
        return read_open(file, limits)


def read_open(file: BinaryIO, limits: Limits) -> bytes:
    """Read an open file from where it stands; raises as `read_whole`."""
    try:
        if os.fstat(file.fileno()).st_size > limits.file_bytes:
            raise too_large(limits.file_bytes)
        content = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise Problem(_why(error)) from error
    if len(content) > limits.file_bytes:
        raise too_large(limits.file_bytes)
    return content


def is_folder(path: Path) -> bool:
    """Whether a folder can be seen there; False, too, where the disk or the rights refuse to tell."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for disks and rights that fail


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file to read it; a Problem says why it cannot be, as in `read_whole`."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        # Not blocking: opening a named pipe that nobody writes to would wait for ever.
        descriptor = os.open(path, flags)
    except OSError as error:
        raise Problem(_why(error)) from error
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(file.fileno())
        if stat.S_ISDIR(about.st_mode):
            raise Problem("It is a folder.")
        if not stat.S_ISREG(about.st_mode):
            raise Problem("It is not a file but a pipe, a socket or a device.")
        yield file


def _why(error: OSError) -> str:
    if error.errno == errno.ENOENT:
        return "It is not there, or was gone before it could be read."
    if error.errno == errno.ELOOP:
        return "It is a link that leads in a circle."
    if error.errno in (errno.EACCES, errno.EPERM):
        return "It may not be read by you: the system refuses."
    if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):
        return "It is not a file but a pipe, a socket or a device."
    if error.errno == errno.EISDIR:
        return "It is a folder."
    return f"It could not be read: {error.strerror or error}."
