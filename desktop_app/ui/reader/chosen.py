"""Which highlight of a page is chosen: what keys and handles act on until it is let go."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.highlights import Highlight
from desktop_app.ui.reader.marks import Marks


class Chosen:
    """The highlight that is chosen, followed by its uuid.

    One that was marked a moment ago has an id of its own only once the library has it.
    """

    def __init__(self) -> None:
        self.mark: Highlight | None = None

    @property
    def id(self) -> int | None:
        """The id of the highlight that is chosen."""
        return self.mark.id if self.mark is not None else None

    def choose(self, highlight: int | None, marks: Marks) -> bool:
        """Choose a highlight of these, or none; tell whether that is a change."""
        before = self.id
        self.mark = marks.with_id(highlight) if highlight is not None else None
        return self.id != before

    def follow(self, highlights: Sequence[Highlight]) -> bool:
        """Look for what is chosen among other highlights; tell whether it is another id now."""
        before = self.mark
        if before is None:
            return False
        found = next((each for each in highlights if each.uuid == before.uuid), None)
        self.mark = found if found is not None and found.place is not None else None
        return self.id != before.id


def stepped(marks: Marks, chosen: int | None, point: int, by: int) -> Highlight | None:
    """The highlight behind the chosen one (+1) or before it (-1), by place.

    Where none is chosen, the first that starts at or behind a point, or the last before it.
    """
    placed = marks.placed
    at = next((index for index, each in enumerate(placed) if each.id == chosen), None)
    if at is not None:
        return placed[at + by] if 0 <= at + by < len(placed) else None
    behind = [each for each in placed if each.place is not None and each.place.start >= point]
    before = [each for each in placed if each.place is not None and each.place.start < point]
    return (behind[0] if behind else None) if by > 0 else (before[-1] if before else None)
