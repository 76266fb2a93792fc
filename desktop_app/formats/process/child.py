"""The process that reads foreign files: one document at a time, within limits, with no network.

Requests and answers are byte frames over a pipe: a request is four bytes with the length of a JSON
header, the header, the file's bytes and those of its companions; an answer is one letter and JSON,
an extract (see extract_wire) or an attachment. Never pickle. It ends when the pipe closes. The
modules that read are imported here and nowhere in the parent.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any

from desktop_app.core.folding import Phrase, Phrases, merged
from desktop_app.core.folding_phrases import BUILT_IN, BUILT_IN_PHRASES
from desktop_app.core.text import one_line
from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.confinement import end_with, limit, lock_away
from desktop_app.formats.process.extract_wire import pack

_LONGEST_NAME = 500
READY, EXTRACT, TAKEN, REFUSED, MEMORY, FAILED = b"0", b"E", b"A", b"R", b"M", b"F"


def request(
    file: File, own_phrases: Sequence[Phrase] = (), *, attachment: int | None = None
) -> bytes:
    """A request to read a file. own_phrases: what the user changed of the phrases to fold.

    attachment: the number of an attachment to take out, instead of reading the text.
    """
    companions = [[way, len(content)] for way, content in file.companions.items()]
    value: dict[str, Any] = {
        "name": file.name,
        "size": len(file.content),
        "companions": companions,
    }
    if attachment is not None:
        value["attachment"] = attachment
    if own_phrases:
        value["phrases"] = [[one.kind, one.phrase, one.active] for one in own_phrases]
    header = json.dumps(value).encode("ascii")
    parts = [len(header).to_bytes(4, "big"), header, file.content, *file.companions.values()]
    return b"".join(parts)


def requested(frame: bytes) -> File:
    """The file of a request."""
    start = 4 + int.from_bytes(frame[:4], "big")
    header = json.loads(frame[4:start])
    end = start + header["size"]
    content = frame[start:end]
    companions: dict[str, bytes] = {}
    for way, size in header["companions"]:
        companions[way] = frame[end : end + size]
        end += size
    return File(content, header["name"], companions)


def requested_attachment(frame: bytes) -> int | None:
    """The attachment that a request asks for; None where it asks for the text."""
    number = json.loads(frame[4 : 4 + int.from_bytes(frame[:4], "big")]).get("attachment")
    return number if isinstance(number, int) else None


def requested_phrases(frame: bytes) -> Phrases:
    """The phrases to fold by of a request."""
    header = json.loads(frame[4 : 4 + int.from_bytes(frame[:4], "big")])
    return _phrases(tuple(Phrase(*one) for one in header.get("phrases", ())))


@lru_cache(maxsize=4)
def _phrases(own: tuple[Phrase, ...]) -> Phrases:
    return Phrases(merged(BUILT_IN, own)) if own else BUILT_IN_PHRASES


def serve(connection: Connection, limits: Limits, parent: int) -> None:
    """Answer requests until the pipe closes. parent: the process to die with."""
    layers = settle_in(limits, parent)
    # Imported once the limits stand, so that they hold for what these import.
    from desktop_app.formats.reading import attachment, read, warm

    warm()
    # Decoders written in C print what they stumble over; standard output goes nowhere already.
    with contextlib.suppress(OSError):
        os.dup2(1, 2)
    layers += lock_away()
    with contextlib.suppress(OSError, EOFError):
        connection.send_bytes(READY + " ".join(layers).encode("ascii"))
        while True:
            frame = connection.recv_bytes()
            file, phrases = requested(frame), requested_phrases(frame)
            number = requested_attachment(frame)
            del frame
            try:
                if number is None:
                    answer = EXTRACT + pack(read(file, limits, phrases=phrases))
                else:
                    answer = TAKEN + _named(*attachment(file, limits, number))
            except Refused as refused:
                answer = refusal(refused)
            except MemoryError:
                connection.send_bytes(MEMORY)
                return
            except Exception as error:  # noqa: BLE001 whatever a reader stumbles over costs one file
                answer = failure(error)
            del file
            connection.send_bytes(answer)


def _named(name: str, content: bytes) -> bytes:
    """A file with its name: four bytes with the length of the name in JSON, the name, the file."""
    cleaned = one_line(name).replace("/", "_").replace("\\", "_")[:_LONGEST_NAME].strip()
    said = json.dumps(cleaned if cleaned.strip(". ") else "attachment").encode("ascii")
    return b"".join([len(said).to_bytes(4, "big"), said, content])


def refusal(refused: Refused) -> bytes:
    """The answer that a document is not taken in."""
    return REFUSED + json.dumps([refused.message, refused.hint]).encode("ascii")


def failure(error: Exception) -> bytes:
    """The answer that reading failed: the kind of error and where, no text of the document."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return FAILED + json.dumps([type(error).__name__, *places]).encode("ascii")


def settle_in(limits: Limits, parent: int) -> list[str]:
    """Set limits and quiet the libraries, before any of them is imported.

    Returns the names of the layers that hold from here on.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    layers = limit(limits.memory_bytes)
    sys.dont_write_bytecode = True
    # The parent's standard output may be a pipe that somebody waits at the end of.
    with contextlib.suppress(OSError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.close(nothing)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    # WORKAROUND: urllib3, which trafilatura imports, opens a socket to see whether there is IPv6.
    # May go when trafilatura imports it only to download.
    socket.has_ipv6 = False
    return layers
