"""Where a marked passage stands in another text: by position, unique quote, context, closeness.

Nothing here moves a highlight: what is found by closeness is said to be so, and what is not found
is said to be lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.highlights import Anchor, How


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found in a text: code points, end exclusive. how: never MARKED or LOST."""

    start: int
    end: int
    how: How


class Finder:
    """Finds passages in one text; what it works out about the text serves all of them."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, anchor: Anchor) -> Found | None:
        """The place of a passage, or None where it is not in the text."""
        text, quote = self._text, anchor.quote
        if not quote:
            return None
        if (
            text[anchor.start : anchor.end] == quote
            and text[max(anchor.start - len(anchor.before), 0) : anchor.start] == anchor.before
            and text[anchor.end : anchor.end + len(anchor.after)] == anchor.after
        ):
            return Found(anchor.start, anchor.end, How.POSITION)
        at = text.find(quote)
        if at < 0:
            return None
        if text.find(quote, at + 1) < 0:
            return Found(at, at + len(quote), How.QUOTE)
        whole = text.find(anchor.before + quote + anchor.after)
        if whole >= 0:
            at = whole + len(anchor.before)
            return Found(at, at + len(quote), How.CONTEXT)
        return None
