"""Many bytes over a pipe without a copy of them: pictures of pages are tens of millions.

As a frame, 20 MB take ten times as long, since they are joined, gathered in growing buffers and cut
again. What goes this way is told of in a frame before it, with its length. On Windows a pipe knows
nothing but frames.
"""

from __future__ import annotations

import os
import sys
import time
from multiprocessing.connection import Connection

_AT_ONCE = 1 << 20


def send_bulk(connection: Connection, content: memoryview) -> None:
    """Send bytes; raises OSError where nobody listens any more."""
    if sys.platform == "win32":
        connection.send_bytes(content)
        return
    handle, sent = connection.fileno(), 0
    while sent < len(content):
        sent += os.write(handle, content[sent : sent + _AT_ONCE])


def receive_bulk(connection: Connection, size: int, seconds: float) -> bytearray | None:
    """Receive so many bytes; None where they do not come in time, EOFError where they end early."""
    made = bytearray(size)
    room = memoryview(made)
    until = time.monotonic() + seconds
    if sys.platform == "win32":
        if not connection.poll(seconds):
            return None
        if connection.recv_bytes_into(made) != size:
            raise EOFError
        return made
    handle, got = connection.fileno(), 0
    while got < size:
        if not connection.poll(max(until - time.monotonic(), 0)):
            return None
        count = os.readv(handle, [room[got:]])
        if not count:
            raise EOFError
        got += count
    return made
