"""What comes back from the reading process, checked and put in words."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass

from desktop_app.core.text import one_line
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.process import child as wire
from desktop_app.formats.process.extract_wire import unpack
from desktop_app.formats.sentences import LEFT, SPLIT

_LONGEST_NAME = 4_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """An attachment and the name that it goes by, without a folder."""

    name: str
    content: bytes


def read_answer(raw: bytes) -> Extract | TakenOut | Refused:
    """Read an answer; ValueError where it is none."""
    if raw[:1] == wire.TAKEN:
        return _taken(raw[1:])
    if raw[:1] == wire.EXTRACT:
        return unpack(raw[1:])
    refused = read_refusal(raw)
    if refused is None:
        raise ValueError("an unknown kind of answer")
    return refused


def _taken(raw: bytes) -> TakenOut:
    end = 4 + int.from_bytes(raw[:4], "big")
    if not 4 < end <= min(len(raw), _LONGEST_NAME):
        raise ValueError("a name that is cut short or too long")
    name = json.loads(raw[4:end])
    if not isinstance(name, str) or one_line(name) != name or not name.strip(". "):
        raise ValueError("not a name")
    if "/" in name or "\\" in name:
        raise ValueError("a name with a folder")
    return TakenOut(name, raw[end:])


def read_refusal(raw: bytes) -> Refused | None:
    """Read an answer that says why not; None where it is none, ValueError for a broken one."""
    letter, rest = raw[:1], raw[1:]
    if letter == wire.MEMORY:
        return Refused(
            "Reading it takes more memory than a document may have.",
            SPLIT,
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
    return Refused(f"It could not be read: {why}.", LEFT)


def took_too_long(seconds: float) -> Refused:
    """The refusal of a document whose time was up."""
    return Refused(f"Reading it took longer than {seconds:.0f} seconds.", LEFT)
