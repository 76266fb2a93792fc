"""Split a mailbox into its messages, as a stream: mailboxes may be larger than the memory.

A message starts at a line "From <sender> <date>" that is the first one or stands behind a blank
line. Lengths that some mail programs write into the header are not believed: they are wrong as soon
as anything has edited the mailbox. A body's own lines of that kind were written with ">" before
them, which is taken off again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits, too_large

_LONGEST_LINE = 1 << 20  # what is longer comes in pieces
_BLANK = frozenset({b"\n", b"\r\n", b"\r"})
_MARK = b"\xef\xbb\xbf"
# "Mon Jul 20 01:01:07 2015", with a zone or without, and the year before the time as well.
_DAY = re.compile(
    rb"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:\d{1,2} +)?"
    rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"
)
_TIME = re.compile(rb"\b\d{1,2}:\d\d\b")
_YEAR = re.compile(rb"\b(?:19|20)\d\d\b")
_FIELD = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_SENDER_ALONE = re.compile(rb"From[ \t]+(?:-|<?[^\s@]+@[^\s@]+>?|MAILER[-_]DAEMON)")
_QUOTED = re.compile(rb">+From ")
_OWN_FIELDS = re.compile(rb"(?im)^(?:from|date)[ \t]*:[ \t]*\S")


def begins_message(line: bytes, follower: bytes) -> bool:
    """Tell whether a line is the first of a message in a mailbox.

    follower: the line behind it, or as much of it as there is.
    """
    if not line.startswith(b"From "):
        return False
    line = line[:600]
    if (day := _DAY.search(line)) and _TIME.search(line, day.end()):
        return _YEAR.search(line, day.end()) is not None
    # Without a date, nothing but a sender may stand there: prose has lines that begin so, too.
    return _SENDER_ALONE.fullmatch(line.rstrip()) is not None and bool(_FIELD.match(follower))


def split_mbox(stream: BinaryIO, limits: Limits) -> Iterator[bytes | Refused]:
    """The messages of a mailbox in their order; Refused in the place of one that is too large.

    The line that starts a message is no part of it, but is kept where the message's own header says
    neither who wrote it nor when.
    """
    message = _Message(limits)
    pending: bytes | None = None  # a line that may start a message, until the next one tells
    blank, whole = True, True  # of the line before: is it blank, did it have its end
    for line in _lines(stream):
        if pending is not None:
            if begins_message(pending, line):
                if (done := message.end()) is not None:
                    yield done
                message = _Message(limits, pending)
            else:
                message.add(pending)
            pending = None
            blank = False
        if blank and whole and line.startswith(b"From "):
            pending = line
        elif whole:
            message.add(line)
        else:
            message.add_rest(line)
        blank = whole and line in _BLANK
        whole = line.endswith(b"\n")
    if pending is not None:
        if begins_message(pending, b""):
            if (done := message.end()) is not None:
                yield done
            message = _Message(limits, pending)
        else:
            message.add(pending)
    if (done := message.end()) is not None:
        yield done


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    first = stream.readline(_LONGEST_LINE).removeprefix(_MARK)
    if first:
        yield first
    while line := stream.readline(_LONGEST_LINE):
        yield line


class _Message:
    """What has been read of one message."""

    def __init__(self, limits: Limits, envelope: bytes = b"") -> None:
        self._limits = limits
        self._envelope = envelope
        self._lines: list[bytes] = []
        self._size = 0
        self._in_body = False
        self._too_large = False

    def add(self, line: bytes) -> None:
        """Take in a line from its start."""
        if line in _BLANK:
            self._in_body = True
        elif self._in_body and _QUOTED.match(line):
            line = line[1:]
        self.add_rest(line)

    def add_rest(self, line: bytes) -> None:
        """Take in a line, or more of one."""
        if self._too_large:
            return
        self._size += len(line)
        if self._size > self._limits.file_bytes:
            self._too_large = True
            self._lines.clear()
            return
        self._lines.append(line)

    def end(self) -> bytes | Refused | None:
        """The message; None where there is nothing."""
        if self._too_large:
            return too_large(self._limits.file_bytes, what="The message")
        # The blank line before the next message belongs to the mailbox.
        if len(self._lines) > 1 and self._lines[-1] in _BLANK:
            self._lines.pop()
        content = b"".join(self._lines)
        if not self._envelope:
            return content if content.strip() else None
        if _OWN_FIELDS.search(_header(content)):
            return content
        return self._envelope + content


def _header(content: bytes) -> bytes:
    if content.startswith((b"\n", b"\r\n")):
        return b""
    end = min((at for mark in (b"\n\n", b"\n\r\n") if (at := content.find(mark)) >= 0), default=-1)
    return content[: end if end >= 0 else 64_000][:64_000]
