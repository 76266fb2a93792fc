"""Many ids in few bytes: the steps from each to the next, compressed."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Collection
from itertools import accumulate, pairwise

_BYTES = 8
_MOST_BYTES = 1 << 30


def pack_ids(ids: Collection[int]) -> bytes:
    """Write ids; their order and repeats are not kept."""
    steps = array("q", (after - before for before, after in pairwise([0, *sorted(set(ids))])))
    if sys.byteorder == "big":
        steps.byteswap()
    return zlib.compress(steps.tobytes(), 1)


def unpack_ids(packed: bytes) -> frozenset[int]:
    """Read what pack_ids wrote; ValueError for anything else."""
    reader = zlib.decompressobj()
    try:
        written = reader.decompress(packed, _MOST_BYTES)
    except zlib.error as error:
        raise ValueError("ids that cannot be read") from error
    if not reader.eof or len(written) % _BYTES:
        raise ValueError("ids that are cut off")
    steps = array("q", written)
    if sys.byteorder == "big":
        steps.byteswap()
    return frozenset(accumulate(steps))
