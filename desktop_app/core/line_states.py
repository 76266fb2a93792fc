"""What a person has said of a line of a concordance."""

from __future__ import annotations

from enum import IntEnum


class LineState(IntEnum):
    """How far a line has been dealt with; kept by these numbers."""

    KNOWN = 0  # it was there when the concordance was looked at
    SEEN = 1
    IRRELEVANT = 2
    TAGGED = 3
