"""Unpack gzip, within a limit."""

from __future__ import annotations

import zlib

from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import too_large
from desktop_app.formats.sentences import AGAIN, LEFT

_STEP = 1_000_000
# Deflate cannot pack better than 1,032 to 1; text that comes near it is no text.
_MOST_TIMES = 500
_SMALL = 1_000_000


def gunzip(packed: bytes, limit_bytes: int) -> bytes:
    """Unpack a gzip file of one or more parts.

    Raises Refused for damaged or cut data, for more than limit_bytes, and for data that unpack to
    hundreds of times their size.
    """
    unpacked: list[bytes] = []
    size = 0
    rest = packed
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        feed = rest
        try:
            while not member.eof:
                part = member.decompress(feed, _STEP)
                feed = member.unconsumed_tail
                if not part and not feed and not member.eof:
                    raise Refused(
                        "The gzip data end before their end: the file is cut short.",
                        AGAIN,
                    )
                size += len(part)
                if size > limit_bytes:
                    raise too_large(limit_bytes, what="What the gzip file unpacks to")
                if size > _SMALL and size > _MOST_TIMES * len(packed):
                    raise Refused(
                        "The gzip file unpacks to hundreds of times its size, as no text does.",
                        LEFT,
                    )
                unpacked.append(part)
        except zlib.error as error:
            raise Refused("The gzip data are damaged.", AGAIN) from error
        rest = member.unused_data.lstrip(b"\x00")
    return b"".join(unpacked)
