"""The process that opens zips: it lists what is in one and gives it out entry by entry.

Frames over a pipe: a request is one letter and JSON, and behind OPEN a second frame with the bytes;
an answer is one letter and JSON or bytes. Never pickle. The modules that unpack are imported here
and nowhere in the parent.
"""

from __future__ import annotations

import contextlib
import json
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.child import MEMORY, READY, failure, refusal, settle_in
from desktop_app.formats.process.confinement import lock_away

if TYPE_CHECKING:
    from desktop_app.formats.containers.archive import Archive

OPEN, TAKE = b"O", b"T"
LISTED, ONE_DOCUMENT, BYTES = b"L", b"N", b"B"


def serve(connection: Connection, limits: Limits, parent: int) -> None:
    """Answer requests until the pipe closes. parent: the process to die with."""
    settle_in(limits, parent)
    from desktop_app.formats.containers.archive import Archive

    lock_away()
    archive: Archive | None = None
    with contextlib.suppress(OSError, EOFError):
        connection.send_bytes(READY)
        while True:
            frame = connection.recv_bytes()
            try:
                if frame[:1] == OPEN:
                    archive = None
                    archive = Archive(connection.recv_bytes(), limits)
                    answer = _listed(archive)
                else:
                    if archive is None:
                        raise ValueError("nothing is open")
                    answer = BYTES + archive.take(json.loads(frame[1:]))
            except Refused as refused:
                answer = refusal(refused)
            except MemoryError:
                connection.send_bytes(MEMORY)
                return
            except Exception as error:  # noqa: BLE001 whatever a zip makes stumble costs one entry
                answer = failure(error)
            connection.send_bytes(answer)
            del answer


def _listed(archive: Archive) -> bytes:
    if archive.is_document():
        return ONE_DOCUMENT
    archive.list()
    entries = [[leaf.shown, leaf.size, leaf.refused] for leaf in archive.leaves]
    return LISTED + json.dumps(entries).encode("ascii")
