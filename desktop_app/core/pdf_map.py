"""One page of a PDF and the text that was read from it: which letter stands where, and back.

A run of a block says which character of the page a letter is. That is believed only where the page
has that very letter there, so that a text read by another version never marks the wrong words.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from desktop_app.core.highlights import Quad
from desktop_app.core.pages import PageLetters, PageShape
from desktop_app.core.pdf_lines import Cell, PageLine, framed, lines_of, unframed
from desktop_app.core.pdf_reach import PageReach
from desktop_app.core.text import Block, Text

_GAP = 4.0  # heights: letters further apart on a line, as in a table, are not joined
_UP = 2.0  # how much further away what is above or below seems than what is beside
_ENOUGH = 0.8  # of the letters of a run must be there for any of them to be believed
_LONGEST_CLUSTER = 8  # characters of a page that one letter may be made of
_FREE = " \t\n\u00a0\x00-\u2010\u00ad"  # what page and text may have unlike each other


def start_of_page(text: Text, page: int) -> int:
    """Where the first text of a page, or behind it, begins; the text's end where there is none."""
    for block, start in _blocks_from(text, page):
        if block.text and block.page is not None:
            return start
    return len(text.canonical)


class PageMap:
    """One page of a text: which letter stands where on it, and what stands at a point.

    Made once for a page, it may be asked from any thread.
    """

    def __init__(self, text: Text, page: int, letters: PageLetters) -> None:
        self.page = page
        self.letters = letters
        self._text = text
        self._lines = lines_of(letters)
        blocks = [(block, start) for block, start in _blocks_on(text, page) if block.text]
        self.start = blocks[0][1] if blocks else start_of_page(text, page)
        self.end = blocks[-1][1] + len(blocks[-1][0].text) if blocks else self.start
        # For each letter of the text its character of the page, for each of those its letter.
        self._first = array("l", [-1]) * (self.end - self.start)
        self._past = array("l", [-1]) * (self.end - self.start)
        self._offset = array("l", [-1]) * len(letters.text)
        if any(block.runs for block, _ in blocks):
            for block, start in blocks:
                self._follow(block, start)
        else:
            self._look_for(blocks)
        self._line_of: dict[int, int] = {}
        for number, line in enumerate(self._lines):
            for place, cell in enumerate(line.cells):
                self._line_of[cell.at] = number << 20 | place

    def quads(self, start: int, end: int) -> tuple[tuple[Quad, ...], set[int]]:
        """The quads of what of a passage stands here, and which letters of the text those are."""
        there: set[int] = set()
        places: dict[int, None] = {}
        for at in range(max(start, self.start), min(end, self.end)):
            first = self._first[at - self.start]
            if first < 0:
                continue
            drawn = [
                self._line_of[here]
                for here in range(first, self._past[at - self.start])
                if here in self._line_of
            ]
            places.update(dict.fromkeys(drawn))
            if drawn or _takes_no_room(self._text.canonical[at]):
                there.add(at)
        made: list[Quad] = []
        for number, on_line in groupby(places, key=lambda place: place >> 20):
            line = self._lines[number]
            made += _quads(line, sorted(place & 0xFFFFF for place in on_line))
        return tuple(made), there

    def point_at(self, x: float, y: float) -> int:
        """The place between letters of the text that is nearest to a point of the page."""
        found = self._nearest(x, y)
        if found is None:
            return self.start
        _, cell, along = found
        before = (along < cell.middle) != _runs_left(self.letters.text[cell.at])
        return self._offset_at(cell.at, past=not before)

    def letter_at(self, x: float, y: float) -> int | None:
        """The letter of the text whose cell holds a point; None where there is none."""
        found = self._nearest(x, y)
        if found is None:
            return None
        line, cell, along = found
        _, up = framed(line.turn, x, y)
        if not (cell.low <= along <= cell.high and cell.below <= up <= cell.above):
            return None
        offset = self._offset[cell.at]
        return offset if offset >= 0 else None

    def line_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The range of the text that the nearest line holds; None on an empty page."""
        found = self._nearest(x, y)
        if found is None:
            return None
        offsets = [self._offset[cell.at] for cell in found[0].cells if self._offset[cell.at] >= 0]
        return (min(offsets), max(offsets) + 1) if offsets else None

    def reach(self, shape: PageShape) -> PageReach:
        """How far down the page its letters stand, where it is shown in a shape."""
        letters = self._text.canonical
        known = [
            (at, first)
            for at, first in enumerate(self._first, self.start)
            if first >= 0 and not letters[at].isspace()
        ]
        return PageReach(known, self.letters, shape)

    def _nearest(self, x: float, y: float) -> tuple[PageLine, Cell, float] | None:
        """The line and the letter nearest to a point, and how far along the line that is."""
        best: tuple[float, PageLine] | None = None
        for line in self._lines:
            along, up = framed(line.turn, x, y)
            aside = max(line.low - along, along - line.high, 0.0)
            apart = max(line.below - up, up - line.above, 0.0)
            far = aside * aside + (_UP * apart) ** 2
            if far == 0.0:  # of two that overlap the one whose middle is nearer
                far = abs((line.below + line.above) / 2 - up) * 1e-9
            if best is None or far < best[0]:
                best = (far, line)
        if best is None:
            return None
        line = best[1]
        along, _ = framed(line.turn, x, y)
        after = bisect_left(line.cells, along, key=lambda cell: cell.middle)
        beside = line.cells[max(after - 1, 0) : after + 1]
        return line, min(beside, key=lambda cell: _distance(cell, along)), along

    def _offset_at(self, at: int, *, past: bool) -> int:
        """The place of the text before or behind a character of the page, or the nearest one."""
        offset = self._offset[at]
        if offset >= 0:
            # A mark that is one letter with what stands before it lies behind that.
            return offset + (past or self._first[offset - self.start] < at)
        for before in range(at - 1, -1, -1):
            if self._offset[before] >= 0:
                return self._offset[before] + 1
        return next((offset for offset in self._offset[at:] if offset >= 0), self.start)

    def _follow(self, block: Block, start: int) -> None:
        """Take note of where the letters of a block stand, as far as its runs are true."""
        page = self.letters.text
        ends = (*block.runs, (len(block.text), len(page)))
        for (offset, index), (until, after) in pairwise(ends):
            part = block.text[offset:until]
            if page[index : index + len(part)] == part:
                self._note(start + offset, index, len(part))
                continue
            if part.isspace() and len(part) == 1:
                continue  # white space that was put in
            bound = after if after > index else len(page)
            fitting = list(_by_clusters(part, page, index, bound))
            # A few letters are the same in any two texts.
            if sum(length for _, length, _, _ in fitting) >= _ENOUGH * len(part):
                for place, length, here, count in fitting:
                    self._note(start + offset + place, here, length, count)

    def _look_for(self, blocks: Iterable[tuple[Block, int]]) -> None:
        """Find the blocks of a page that has no runs among its letters, one behind the other."""
        kept = [at for at, letter in enumerate(self.letters.text) if letter not in _FREE]
        page = "".join([self.letters.text[at] for at in kept])
        behind = 0
        for block, start in blocks:
            wanted = [at for at, letter in enumerate(block.text) if letter not in _FREE]
            found = page.find("".join([block.text[at] for at in wanted]), behind)
            if found < 0 or not wanted:
                continue
            behind = found + len(wanted)
            for place, at in enumerate(wanted, found):
                self._note(start + at, kept[place], 1)

    def _note(self, offset: int, index: int, length: int, count: int | None = None) -> None:
        """Letters of the text and the page run side by side, or share count characters."""
        if count is None:
            base = offset - self.start
            self._first[base : base + length] = array("l", range(index, index + length))
            self._past[base : base + length] = array("l", range(index + 1, index + length + 1))
            self._offset[index : index + length] = array("l", range(offset, offset + length))
            return
        for at in range(offset - self.start, offset - self.start + length):
            self._first[at], self._past[at] = index, index + count
        for here in range(index, index + count):
            self._offset[here] = offset


def _blocks_from(text: Text, page: int) -> Iterator[tuple[Block, int]]:
    """The blocks from a page on, with their starts. Pages never fall from block to block."""

    def page_of(index: int) -> int:
        """The page of a block, or of the last one before it that has one."""
        before = (text.blocks[at].page for at in range(index, -1, -1))
        return next((each for each in before if each is not None), 0)

    first = bisect_left(range(len(text.blocks)), page, key=page_of)
    for index in range(first, len(text.blocks)):
        yield text.blocks[index], text.starts[index]


def _blocks_on(text: Text, page: int) -> Iterator[tuple[Block, int]]:
    for block, start in _blocks_from(text, page):
        if block.page is not None and block.page > page:
            return
        if block.page == page:
            yield block, start


def _by_clusters(
    part: str, page: str, index: int, bound: int
) -> Iterator[tuple[int, int, int, int]]:
    """Match text and page where NFC made letters of several, or put marks in order.

    Gives (place in part, how many letters, index on the page, how many characters) for what fits.
    """
    at = 0
    while at < len(part) and index < bound:
        if part[at] == page[index] and not _joined_next(page, index, bound):
            yield at, 1, index, 1
            at, index = at + 1, index + 1
            continue
        for count in range(1, min(_LONGEST_CLUSTER, bound - index) + 1):
            made = unicodedata.normalize("NFC", page[index : index + count])
            if part.startswith(made, at) and not _joined_next(page, index + count - 1, bound):
                yield at, len(made), index, count
                at, index = at + len(made), index + count
                break
        else:
            at, index = at + 1, index + 1


def _joined_next(page: str, index: int, bound: int) -> bool:
    """Whether the next character of the page is a mark on the one at index."""
    return index + 1 < bound and unicodedata.combining(page[index + 1]) != 0


def _takes_no_room(letter: str) -> bool:
    """Whether a letter may well be drawn as nothing of its own."""
    return letter.isspace() or unicodedata.category(letter) in ("Mn", "Me", "Cf")


def _quads(line: PageLine, places: Sequence[int]) -> Iterator[Quad]:
    """Join letters of a line, by their places among its cells, where none other stands between."""
    group: list[Cell] = []
    behind = -1
    for place in places:
        cell = line.cells[place]
        if group and (place != behind + 1 or cell.low - group[-1].high > _GAP * line.height):
            yield _quad(line.turn, group)
            group = []
        group.append(cell)
        behind = place
    if group:
        yield _quad(line.turn, group)


def _quad(turn: int, cells: Sequence[Cell]) -> Quad:
    low, high = min(cell.low for cell in cells), max(cell.high for cell in cells)
    below, above = min(cell.below for cell in cells), max(cell.above for cell in cells)
    corners = ((low, below), (high, below), (high, above), (low, above))
    (a, b), (c, d), (e, f), (g, h) = (unframed(turn, along, up) for along, up in corners)
    return a, b, c, d, e, f, g, h


def _distance(cell: Cell, along: float) -> float:
    return max(cell.low - along, along - cell.high, 0.0)


def _runs_left(letter: str) -> bool:
    """Whether a letter is of a script that runs from right to left."""
    return unicodedata.bidirectional(letter) in ("R", "AL")
