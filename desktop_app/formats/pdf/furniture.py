"""The running heads and page numbers of a PDF: lines that stand for themselves."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.formats.pdf.lines import Line
from desktop_app.formats.pdf.notes import PageNote

_EDGE = 0.14  # of the page's height
_LINES = 2  # looked at on each edge
_PAGES = 3
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?i)[-–—|\s]*(?:(?:page|seite|p\.|s\.|pg\.?)\s*)?(?:\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?[-–—|\s]*"
)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page.

    number: from 1. bottom, top: its edges in points. notes: what was written onto it. plain:
    whether it was read the plain way; its lines have an order then instead of a height.
    """

    number: int
    lines: tuple[Line, ...]
    bottom: float
    top: float
    notes: tuple[PageNote, ...] = ()
    plain: bool = False


def furniture(pages: Sequence[PageLines]) -> dict[int, frozenset[int]]:
    """By page number, the places of the lines that are running heads or page numbers."""
    # The size is part of it, so that a title is none although it is repeated over the next pages.
    seen: dict[tuple[bool, int, str], set[int]] = defaultdict(set)
    found: list[tuple[int, int, tuple[bool, int, str], bool]] = []
    for page in pages:
        for place, top in _at_edges(page):
            text = page.lines[place].plain
            key = (top, round(page.lines[place].size), _DIGITS.sub("#", text.casefold()))
            seen[key].add(page.number)
            found.append((page.number, place, key, bool(_PAGE_NUMBER.fullmatch(text))))
    enough = _PAGES if len(pages) > 4 else 2
    apart: dict[int, set[int]] = defaultdict(set)
    for number, place, key, is_number in found:
        if is_number or len(seen[key]) >= enough:
            apart[number].add(place)
    return {number: frozenset(places) for number, places in apart.items()}


def body_size(pages: Sequence[PageLines]) -> float:
    """The letter height in which most of a document is set; 0 where it has no text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in () if page.plain else page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _at_edges(page: PageLines) -> Iterator[tuple[int, bool]]:
    """The places of the highest and lowest lines, and whether they are at the top."""
    order = sorted(range(len(page.lines)), key=lambda place: -page.lines[place].base)
    if len(order) < 2:
        return
    edge = (page.top - page.bottom) * _EDGE
    for place in order[:_LINES]:
        if page.lines[place].base > page.top - edge:
            yield place, True
    for place in order[_LINES:][-_LINES:] if len(order) > _LINES else []:
        if page.lines[place].base < page.bottom + edge:
            yield place, False
