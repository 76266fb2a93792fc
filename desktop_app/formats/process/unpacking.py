"""Files that hold several documents: zips, opened in a process of their own, and mailboxes.

What an archive holds is listed at once, that of the zips inside it as well, and pulled out one by
one. One entry that the process cannot stand costs that entry. No name from inside is ever used as a
path on the disk.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import USUAL, Limits
from desktop_app.formats.mbox import begins_message, split_mbox
from desktop_app.formats.process import unpacking_child as wire
from desktop_app.formats.process.answers import failed, read_refusal, took_too_long
from desktop_app.formats.process.child import MEMORY
from desktop_app.formats.process.starting import Gone, Running, begin
from desktop_app.formats.sniff import MediaType, suffix_of

__all__ = ["Entry", "Unpacker", "is_container", "split_mbox"]

_TRIES = 2  # a child that ends once may have been ended by somebody else
_LONGEST_LISTING = 100_000_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in an archive. number: counted from 0. name: cleaned, with slashes, no repeats;
    a zip inside stands before its entries as "inner.zip!/". size_bytes: as the archive says.
    refused: why it is not taken; empty where it can be.
    """

    number: int
    name: str
    size_bytes: int
    refused: str = ""


def is_container(head: bytes, name: str) -> MediaType | None:
    """Tell by its first bytes whether a file may hold several documents: ZIP, MBOX or None.

    A ZIP may turn out to be one document; `Unpacker.open` tells.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return MediaType.ZIP
    if suffix_of(name) == ".eml":
        return None  # one mail that kept the line before it
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    line, end, rest = head.partition(b"\n")
    if begins_message(line, rest):
        return MediaType.MBOX
    if suffix_of(name) in (".mbox", ".mbx") and line.startswith(b"From ") and end:
        return MediaType.MBOX
    return None


class Unpacker:
    """Open zips in a process of its own, one at a time. For one thread."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self._limits = limits
        self._child: Running | None = None
        self._content = b""
        self._entries: list[Entry] = []
        self._taken: set[int] = set()
        self._unpacked = 0  # how many bytes were taken of the zip that is open
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The child's process id; None while there is none."""
        return self._child.process.pid if self._child else None

    def open(self, content: bytes, name: str) -> list[Entry] | None:
        """List what a zip holds, in its order; the one that was open before is let go.

        None: it is one document, or one of a kind that is not read. Raises Refused.
        """
        self._content, self._entries = content, []
        self._taken.clear()
        self._unpacked = 0
        answer = b""
        seconds = self._limits.seconds(len(content))
        for attempt in range(_TRIES):
            try:
                answer = self._opened(seconds)
                break
            except Gone:
                self._drop()
                if attempt + 1 == _TRIES:
                    raise failed("the process that opens zips crashed on it") from None
        if answer[:1] == wire.ONE_DOCUMENT:
            self._content = b""
            return None
        try:
            self._entries = _entries(answer)
        except ValueError as error:
            self._drop()
            _log.error("the unpacking process gave a list that is not sound: %s", error)
            raise failed("its list of files did not stand a check") from error
        return [*self._entries]

    def take(self, number: int) -> bytes:
        """Unpack an entry of the zip that is open; raises Refused with the reason."""
        entry = self._entries[number]
        if entry.refused:
            raise Refused(entry.refused)
        seconds = self._limits.seconds(max(len(self._content), entry.size_bytes))
        for _ in range(_TRIES):
            try:
                if self._child is None:
                    self._opened(self._limits.seconds(len(self._content)))
                answer = self._ask(seconds, wire.TAKE + json.dumps(number).encode("ascii"))
            except Gone:
                self._drop()
                continue
            if answer[:1] != wire.BYTES:
                self._drop()
                break
            self._unpacked += 0 if number in self._taken else len(answer) - 1
            self._taken.add(number)
            if self._unpacked > self._limits.zip_bytes:
                raise Refused(
                    f"The zip unpacks to more than {self._limits.zip_bytes:,} bytes in all.",
                    "Unpack it yourself if you trust it, and import what comes out.",
                )
            return answer[1:]
        raise failed("the process that opens zips crashed on it")

    def close(self) -> None:
        """End the process; a closed one stays closed."""
        self._closed = True
        self._content = b""
        self._drop()

    def _opened(self, seconds: float) -> bytes:
        """Have the child open what is open here; raises Gone, and Refused for what is no zip."""
        return self._ask(seconds, wire.OPEN, self._content)

    def _ask(self, seconds: float, *frames: bytes) -> bytes:
        """The answer to a request, unless it is a refusal, which is raised; raises Gone."""
        connection = self._running().connection
        try:
            for frame in frames:
                connection.send_bytes(frame)
            if not connection.poll(seconds):
                self._drop()
                raise took_too_long(seconds)
            raw = connection.recv_bytes(max(self._limits.entry_bytes + 1, _LONGEST_LISTING))
        except (EOFError, OSError) as error:
            raise Gone from error
        try:
            refused = read_refusal(raw)
        except ValueError as error:
            raise Gone from error
        if refused is not None:
            if raw[:1] == MEMORY:
                self._drop()
            raise refused
        return raw

    def _running(self) -> Running:
        """The child, which is started if there is none; raises Gone."""
        if self._closed:
            raise RuntimeError("the unpacker is closed")
        if self._child is None:
            self._child = begin(wire.serve, self._limits)
        return self._child

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _entries(answer: bytes) -> list[Entry]:
    """The list in an answer, checked; ValueError where it is none."""
    value = json.loads(answer[1:]) if answer[:1] == wire.LISTED else None
    if not isinstance(value, list):
        raise ValueError("not a list")
    entries: list[Entry] = []
    for number, item in enumerate(value):
        if not isinstance(item, list) or len(item) != 3:
            raise ValueError("not an entry")
        name, size, refused = item
        if not isinstance(name, str) or not isinstance(refused, str) or not isinstance(size, int):
            raise ValueError("not an entry")
        if not name or size < 0:
            raise ValueError("an entry without a name, or of less than nothing")
        entries.append(Entry(number, name, size, refused))
    return entries
