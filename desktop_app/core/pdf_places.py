"""Where a passage of a text stands on the pages of its PDF: what does not fit is told, not drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.highlights import Quad
from desktop_app.core.pages import PageLetters
from desktop_app.core.pdf_map import PageMap, start_of_page
from desktop_app.core.pdf_reach import PageReach
from desktop_app.core.text import Text

__all__ = ("Drawn", "PageMap", "PageReach", "pages_of", "quads_of", "quads_on", "start_of_page")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a passage stands on pages.

    quads: by page, counted from 1; one for each line, or part of one, in the order of reading;
    each four corners, bottom left, bottom right, top right and top left as one reads it, in points
    of the page. missing: what of the passage stands on no page that was given, or not where it
    should: ranges of the text, blanks aside.
    """

    quads: dict[int, tuple[Quad, ...]]
    missing: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> bool:
        """Whether all of the passage is there."""
        return not self.missing

    def on(self, page: int | None) -> tuple[Quad, ...]:
        """The quads of one page."""
        return self.quads.get(page, ()) if page is not None else ()


def pages_of(text: Text, start: int, end: int) -> list[int]:
    """The pages that a passage stands on, ascending; none where the text has no pages."""
    found: dict[int, None] = {}
    first = max(bisect_right(text.starts, start) - 1, 0)
    while first > 0 and text.starts[first - 1] == text.starts[first]:
        first -= 1
    for index in range(first, len(text.blocks)):
        begins = text.starts[index]
        if begins >= end and index > first:
            break
        block = text.blocks[index]
        if block.page is not None and block.text and begins + len(block.text) > start:
            found[block.page] = None
    return sorted(found)


def quads_of(text: Text, letters_by_page: Mapping[int, PageLetters], start: int, end: int) -> Drawn:
    """Where a passage stands, by the letters of its pages; see PageMap to ask more than once."""
    maps = {
        page: PageMap(text, page, letters_by_page[page])
        for page in pages_of(text, start, end)
        if page in letters_by_page
    }
    return quads_on(text, maps, start, end)


def quads_on(text: Text, maps: Mapping[int, PageMap], start: int, end: int) -> Drawn:
    """As quads_of, of pages that were mapped before."""
    quads: dict[int, tuple[Quad, ...]] = {}
    there: set[int] = set()
    for page in pages_of(text, start, end):
        if page in maps:
            made, places = maps[page].quads(start, end)
            there |= places
            if made:
                quads[page] = made
    missing = [
        at
        for at in range(max(start, 0), min(end, len(text.canonical)))
        if at not in there and not text.canonical[at].isspace()
    ]
    return Drawn(quads, tuple(_ranges(missing)))


def _ranges(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Join places that follow each other."""
    start = last = None
    for at in places:
        if last is not None and start is not None and at != last + 1:
            yield start, last + 1
            start = at
        start = at if start is None else start
        last = at
    if start is not None and last is not None:
        yield start, last + 1
