"""Where the code points of a text stand on its pages, and which of them stands at a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QPointF, QRectF

from desktop_app.core.highlights import Quad
from desktop_app.core.pages import PageShape
from desktop_app.core.pdf_places import PageMap, PageReach, quads_on
from desktop_app.core.text import SpanKind, Text

MOST_PAGES = 24  # pages whose letters are kept
MOST_KEPT = 20_000  # ranges whose boxes are kept

Range = tuple[int, int]


class LineBox(QRectF):
    """A box of letters on one line. below: where the line has its foot, as (x, y), y downward."""

    below: tuple[int, int] = (0, 1)


Boxes = tuple[LineBox, ...]


class PageRanges:
    """Which part of a text stands on which page. Pages count from 0.

    It goes through the whole text, and is made beside the window.
    """

    def __init__(self, text: Text, count: int) -> None:
        self.text = text
        found: dict[int, list[int]] = {}
        for block, start in zip(text.blocks, text.starts, strict=True):
            if block.page is not None and block.text and 1 <= block.page <= count:
                reach = found.setdefault(block.page - 1, [start, start])
                reach[0] = min(reach[0], start)
                reach[1] = max(reach[1], start + len(block.text))
        self.pages = sorted(found)
        self.of = {page: (start, end) for page, (start, end) in found.items()}
        self.starts = [found[page][0] for page in self.pages]


class PagePlaces:
    """The places of one text on the pages of its PDF. Pages count from 0 here.

    Boxes are in points from the top left of the page as it is shown.
    """

    def __init__(self, ranges: PageRanges) -> None:
        self.text = ranges.text
        self._ranges = ranges.of
        self._pages = ranges.pages
        self._starts = ranges.starts
        self._maps: dict[int, PageMap | None] = {}
        self._boxes: dict[tuple[int, int, int], tuple[Boxes | None, bool]] = {}  # and whether whole
        self._reaches: dict[int, PageReach] = {}
        self._turns = 0

    def turn(self, turns: int) -> None:
        """Have the pages turned by quarters of a circle, clockwise, on top of their own."""
        self._turns = turns
        self._boxes.clear()
        self._reaches.clear()

    def _shape(self, known: PageMap) -> PageShape:
        return known.letters.shape.turned(self._turns)

    # Pages and text.

    def range_of(self, page: int) -> Range | None:
        """The part of the text that stands on a page; None where it has none."""
        return self._ranges.get(page)

    def page_of(self, point: int) -> int:
        """The page that a code point stands on, or the last one with text before it."""
        at = bisect_right(self._starts, point) - 1
        if at < 0:
            return self._pages[0] if self._pages and point > 0 else 0
        return self._pages[at]

    def pages_of(self, start: int, end: int) -> range:
        """The pages that a range may touch."""
        if start >= end or not self._pages:
            return range(0)
        return range(self.page_of(start), self.page_of(end - 1) + 1)

    def start_of(self, page: int) -> int:
        """The first code point of a page; where it has no text, of the next one that has."""
        at = bisect_left(self._pages, page)
        return self._starts[at] if at < len(self._starts) else len(self.text.canonical)

    # Letters.

    def take(self, page: int, known: PageMap | None) -> None:
        """Take where the letters of a page stand; None where they cannot be read."""
        self._maps[page] = known
        self._forget_boxes(page)
        while len(self._maps) > MOST_PAGES:
            far = max(self._maps, key=lambda each: abs(each - page))
            del self._maps[far]
            self._forget_boxes(far)

    def _forget_boxes(self, page: int) -> None:
        self._reaches.pop(page, None)
        for key in [key for key in self._boxes if key[0] == page]:
            del self._boxes[key]

    def knows(self, page: int) -> bool:
        """Whether the letters of a page are here, or known to be out of reach."""
        return page in self._maps

    def reach(self, page: int) -> PageReach | None:
        """How far down a page its letters stand; None while that is not known."""
        known = self._maps.get(page)
        if known is None:
            return None
        if page not in self._reaches:
            self._reaches[page] = known.reach(self._shape(known))
        return self._reaches[page]

    def is_boxed(self, page: int, start: int, end: int) -> bool:
        """Whether the boxes of a range are at hand."""
        return self._key(page, start, end) in self._boxes

    def boxes(self, page: int, start: int, end: int) -> Boxes | None:
        """The boxes of what stands of a range on a page, a line each; none while it is not known.

        None where the page has none of these letters. Where it has some, these: what was typed
        into a note on the page is part of its text, and stands nowhere on it; see is_whole.
        """
        return self._found(page, start, end)[0]

    def is_whole(self, page: int, start: int, end: int) -> bool:
        """Whether all letters of a range that belong to a page are there, or not known yet."""
        return self._found(page, start, end)[1]

    def _found(self, page: int, start: int, end: int) -> tuple[Boxes | None, bool]:
        if page not in self._maps:
            return (), True
        key = self._key(page, start, end)
        if key[1] >= key[2]:
            return (), True
        if key not in self._boxes:
            if len(self._boxes) >= MOST_KEPT:
                self._boxes.clear()
            self._boxes[key] = self._boxed(self._maps[page], key[1], key[2])
        return self._boxes[key]

    def _boxed(self, known: PageMap | None, start: int, end: int) -> tuple[Boxes | None, bool]:
        if known is None:
            return None, False
        quads, there = known.quads(start, end)
        part = self.text.canonical[start:end]
        whole = all(at in there or letter.isspace() for at, letter in enumerate(part, start))
        boxes = tuple(_shown(quad, self._shape(known)) for quad in quads)
        return boxes if boxes or whole else None, whole

    def _key(self, page: int, start: int, end: int) -> tuple[int, int, int]:
        first, last = self._ranges.get(page, (0, 0))
        return page, max(start, first), min(end, last)

    def quads(self, start: int, end: int) -> tuple[Quad, ...]:
        """Where a range stands on its first page, in points as PDF counts.

        A highlight keeps one page; empty where not all of the range is known.
        """
        maps = {
            page + 1: known
            for page in self.pages_of(start, end)
            if (known := self._maps.get(page)) is not None
        }
        drawn = quads_on(self.text, maps, start, end)
        return drawn.on(min(drawn.quads, default=None)) if drawn.whole else ()

    def point_at(self, page: int, place: QPointF) -> int | None:
        """The code point nearest to a place of a page; None where no letters are known there."""
        known = self._maps.get(page)
        if known is None or page not in self._ranges:
            return None
        return known.point_at(*self._shape(known).unshown(place.x(), place.y()))

    def link_at(self, page: int, place: QPointF) -> str:
        """The address of the link whose letters stand at a place of a page, "" for none."""
        known = self._maps.get(page)
        if known is None:
            return ""
        point = known.letter_at(*self._shape(known).unshown(place.x(), place.y()))
        if point is None:
            return ""
        index = bisect_right(self.text.starts, point) - 1
        inside = point - self.text.starts[index]
        return next(
            (
                span.target
                for span in self.text.blocks[index].spans
                if span.kind is SpanKind.LINK and span.target and span.start <= inside < span.end
            ),
            "",
        )

    def top_of(self, page: int, point: int) -> float | None:
        """How far down its page a code point stands, in points; None while that is not known."""
        known = self._maps.get(page)
        if known is None:
            return None
        for ahead in (1, 2, 8, 64):  # a blank stands nowhere
            quads, _ = known.quads(point, point + ahead)
            if quads:
                return _shown(quads[0], self._shape(known)).top()
        return None


def _shown(quad: Quad, shape: PageShape) -> LineBox:
    corners = [shape.shown(quad[at], quad[at + 1]) for at in range(0, 8, 2)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    box = LineBox(left, top, right - left, bottom - top)
    foot, head = corners[0], corners[3]  # where the line begins
    aside, down = foot[0] - head[0], foot[1] - head[1]
    if abs(aside) > abs(down):
        box.below = (1 if aside > 0 else -1, 0)
    elif down < 0:
        box.below = (0, -1)
    return box
