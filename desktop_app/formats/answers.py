"""What comes back from the reading process, checked and put in words."""

from __future__ import annotations

import json
import logging

from desktop_app.formats import child as wire
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.extract_wire import unpack

_log = logging.getLogger(__name__)


def read_answer(raw: bytes) -> Extract | Refused:
    """Read an answer; ValueError where it is none."""
    if raw[:1] == wire.EXTRACT:
        return unpack(raw[1:])
    refused = read_refusal(raw)
    if refused is None:
        raise ValueError("an unknown kind of answer")
    return refused


def read_refusal(raw: bytes) -> Refused | None:
    """Read an answer that says why not; None where it is none, ValueError for a broken one."""
    letter, rest = raw[:1], raw[1:]
    if letter == wire.MEMORY:
        return Refused(
            "Reading it takes more memory than a document may have.",
            "Split it into parts and import those.",
        )
    if letter in (wire.REFUSED, wire.FAILED):
        parts = json.loads(rest)
        if not isinstance(parts, list) or not parts or not all(isinstance(p, str) for p in parts):
            raise ValueError("not a reason")
        if letter == wire.REFUSED and len(parts) == 2:
            return Refused(parts[0][:500], parts[1][:500])
        _log.error("a reader failed: %s", " < ".join(part[:300] for part in parts[:9]))
        return failed(f"an error in Postil, {parts[0][:60]}")
    return None


def failed(why: str) -> Refused:
    """The refusal of a document on which reading itself failed."""
    return Refused(f"It could not be read: {why}.", "The file was left as it is.")


def took_too_long(seconds: float) -> Refused:
    """The refusal of a document whose time was up."""
    return Refused(
        f"Reading it took longer than {seconds:.0f} seconds.", "The file was left as it is."
    )
