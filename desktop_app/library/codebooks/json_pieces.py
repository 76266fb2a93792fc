"""Parse a large object of JSON piece by piece, so that other threads have their turn between them.

The parser of the standard library holds all threads of the process until it is done, which for a
file of fifty megabytes is longer than a window may stand still.
"""

from __future__ import annotations

import json
import re
from typing import Any

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\n\r]*")
_SHORT = 1_000_000


def parsed(text: str) -> Any:
    """What `json.loads` gives; raises ValueError and RecursionError as it does."""
    place = _over_blanks(text, 0)
    if len(text) < _SHORT or not text.startswith("{", place):
        return json.loads(text)
    found: dict[str, Any] = {}
    place = _over_blanks(text, place + 1)
    if not text.startswith("}", place):
        while True:
            if not text.startswith('"', place):
                raise json.JSONDecodeError("a name is missing", text, place)
            key, place = _DECODER.raw_decode(text, place)
            place = _over_blanks(text, _over(text, _over_blanks(text, place), ":"))
            if text.startswith("[", place):
                found[key], place = _list(text, place)
            else:
                found[key], place = _DECODER.raw_decode(text, place)
            place = _over_blanks(text, place)
            if not text.startswith(",", place):
                break
            place = _over_blanks(text, place + 1)
    place = _over_blanks(text, _over(text, place, "}"))
    if place < len(text):
        raise json.JSONDecodeError("there is more behind the end", text, place)
    return found


def _list(text: str, place: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    place = _over_blanks(text, place + 1)
    if text.startswith("]", place):
        return items, place + 1
    while True:
        item, place = _DECODER.raw_decode(text, place)
        items.append(item)
        place = _over_blanks(text, place)
        if not text.startswith(",", place):
            return items, _over(text, place, "]")
        place = _over_blanks(text, place + 1)


def _over_blanks(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


def _over(text: str, place: int, mark: str) -> int:
    if not text.startswith(mark, place):
        raise json.JSONDecodeError(f"“{mark}” is missing", text, place)
    return place + 1
