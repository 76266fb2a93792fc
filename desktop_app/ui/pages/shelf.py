"""The drawn pages that are kept, and which one is drawn next: what is near the view comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QImage

MOST_BYTES = 200_000_000
MOST_PIXELS = 12_000_000  # of one page; a larger one is drawn a little less sharp
ROUGH = 0.4  # the share of the scale at which a page is drawn while one hurries past
NEAR_ROWS = 2  # how many rows of pages before and behind the view are drawn ahead


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn. scale: pixels of the screen for a point."""

    image: QImage
    scale: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is to be drawn at a scale.

    bytes: what its picture takes. turns: quarters of a circle, clockwise.
    """

    page: int
    scale: float
    bytes: int = 0
    turns: int = 0


class Shelf:
    """Keeps the newest picture of each page, as many as there is room for."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: dict[int, Drawn] = {}
        self._failed: dict[int, str] = {}
        self.bytes = 0

    def get(self, page: int) -> Drawn | None:
        """What there is of a page, sharp or not."""
        return self._kept.get(page)

    def failed(self, page: int) -> str:
        """Why a page cannot be drawn, "" where it can."""
        return self._failed.get(page, "")

    def put(self, page: int, drawn: Drawn, *, wanted: Sequence[int]) -> None:
        """Keep a page. wanted: pages, those in view first; where there is no room, others go first.

        What is wanted most is never the one to go, so that nothing is drawn again and again.
        """
        self.drop(page)
        self._kept[page] = drawn
        self.bytes += drawn.image.sizeInBytes()
        rank = {each: at for at, each in enumerate(wanted)}
        near = wanted[0] if wanted else page
        while self.bytes > self._most_bytes and len(self._kept) > 1:
            self.drop(
                max(self._kept, key=lambda each: (rank.get(each, len(rank)), abs(each - near)))
            )

    def fail(self, page: int, why: str) -> None:
        """Take note that a page cannot be drawn."""
        self._failed[page] = why

    def drop(self, page: int) -> None:
        """Keep a page no longer."""
        drawn = self._kept.pop(page, None)
        if drawn is not None:
            self.bytes -= drawn.image.sizeInBytes()

    def clear(self) -> None:
        """Keep nothing."""
        self._kept.clear()
        self._failed.clear()
        self.bytes = 0

    def next_wanted(
        self, pages: Sequence[Wanted], near: Sequence[Wanted], *, hurried: bool
    ) -> Wanted | None:
        """What is to be drawn next; None where all is there.

        pages: in view, with their scales. near: before and behind them, nearest first. hurried:
        one scrolls on, so that something to look at comes before what is sharp.
        """
        missing = [each for each in pages if each.page not in self._kept and self._can(each)]
        if missing:
            first = missing[0]
            return replace(first, scale=first.scale * ROUGH) if hurried else first
        if hurried:
            return None
        room = self._most_bytes
        for each in (*pages, *near):
            room -= each.bytes
            if room < 0 and each not in pages:
                return None  # it would take the place of what is wanted more
            if self._can(each) and self._blurs(each):
                return each
        return None

    def _can(self, wanted: Wanted) -> bool:
        return wanted.page not in self._failed

    def _blurs(self, wanted: Wanted) -> bool:
        drawn = self._kept.get(wanted.page)
        return drawn is None or abs(drawn.scale / wanted.scale - 1) > 0.002


def drawn_scale(size: tuple[float, float], scale: float) -> float:
    """The scale at which a page is drawn: the one asked for, or what one picture can hold."""
    pixels = max(size[0] * size[1], 1) * scale * scale
    return scale if pixels <= MOST_PIXELS else scale * (MOST_PIXELS / pixels) ** 0.5
