"""Places in a text, counted as Postil counts (code points) and as Qt counts (UTF-16 units).

Only characters beyond U+FFFF count differently, two units for one code point; their places are
all that is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Units:
    """The map between the two counts for one text."""

    __slots__ = ("_points", "_units", "length")

    def __init__(self, text: str) -> None:
        self._points = [] if text.isascii() else [m.start() for m in _ASTRAL.finditer(text)]
        # Where the second half of each of those characters stands, in units.
        self._units = [point + i + 1 for i, point in enumerate(self._points)]
        self.length = len(text)

    def to_units(self, point: int) -> int:
        """The unit at which a code point starts."""
        if not self._points:
            return point
        return point + bisect_left(self._points, point)

    def to_points(self, unit: int) -> int:
        """The code point that a unit belongs to; the second half belongs to its character."""
        if not self._points:
            return unit
        return unit - bisect_left(self._units, unit + 1)
