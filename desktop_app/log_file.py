"""The file that unexpected errors are written to, on this computer only.

Tracebacks name lines of the program, never the text of a document.
"""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

LARGEST_BYTES = 1_000_000


class _LogFile(logging.FileHandler):
    """Writes to the file; on a disk that refuses it there is no log, and no further trouble."""

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):  # of opening the file; of writing to it see below
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: whoever logged this goes on."""


def write_log_to(file: Path) -> logging.Handler | None:
    """Send the log to a file; the one before is kept beside it. None where it cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST_BYTES:
            file.replace(file.with_suffix(".old.log"))
        handler = _LogFile(file, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler
