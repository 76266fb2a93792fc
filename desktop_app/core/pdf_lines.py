"""The lines that the letters of a page stand on, by where they stand alone.

Each line has a frame of its own, in which letters follow each other from low to high along it
whichever way it is turned on the page, and the height above it grows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.core.pages import PageLetters

_BLANK = " \x00\t\n\u00a0\u2002\u2003\u2009\u200a\u3000"
_OVERLAP = 0.45  # of the lower of two letters, for them to stand on one line
_FAR = 6.0  # heights: what is further along than this, or as far back, is another line


class Cell(NamedTuple):
    """A letter in the frame of its line. at: the index of its character on the page."""

    at: int
    low: float
    high: float
    below: float
    above: float

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(slots=True)
class PageLine:
    """A line of a page. turn: as of PageLetters. cells: as they stand, from low to high."""

    turn: int
    cells: list[Cell] = field(default_factory=list)
    low: float = 0.0
    high: float = 0.0
    below: float = 0.0
    above: float = 0.0

    @property
    def height(self) -> float:
        return self.above - self.below


def framed(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page in the frame of lines that are turned so."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def unframed(turn: int, along: float, up: float) -> tuple[float, float]:
    """A point of such a frame on the page."""
    return ((along, up), (-up, along), (-along, -up), (up, -along))[turn]


def lines_of(letters: PageLetters) -> list[PageLine]:
    """The lines of a page, in the order of its characters; blanks stand on none."""
    made: list[PageLine] = []
    line: PageLine | None = None
    last: Cell | None = None
    boxes, turns = letters.boxes, letters.turns
    # A page has thousands of letters: as little as can be is made for each.
    for at, letter in enumerate(letters.text):
        if letter in _BLANK:
            continue
        place = 4 * at
        left, bottom = boxes[place], boxes[place + 1]
        right, top = boxes[place + 2], boxes[place + 3]
        if left >= right and bottom >= top:
            continue
        turn = turns[at]
        if turn == 0:
            cell = Cell(at, left, right, bottom, top)
        else:
            low, below = framed(turn, left, bottom)
            high, above = framed(turn, right, top)
            cell = Cell(at, min(low, high), max(low, high), min(below, above), max(below, above))
        if line is None or last is None or line.turn != turn or not _goes_on(line, last, cell):
            line = PageLine(turn, [], cell.low, cell.high, cell.below, cell.above)
            made.append(line)
        line.cells.append(cell)
        line.low = cell.low if cell.low < line.low else line.low
        line.high = cell.high if cell.high > line.high else line.high
        line.below = cell.below if cell.below < line.below else line.below
        line.above = cell.above if cell.above > line.above else line.above
        last = cell
    for each in made:
        each.cells.sort(key=lambda cell: (cell.low + cell.high, cell.at))
    return made


def _goes_on(line: PageLine, last: Cell, cell: Cell) -> bool:
    """Whether a letter stands on the line of the one before it."""
    least = min(last.above - last.below, cell.above - cell.below)
    shared = min(last.above, cell.above) - max(last.below, cell.below)
    whole = min(line.above, cell.above) - max(line.below, cell.below)
    if shared < _OVERLAP * least and whole < 0.8 * least:
        return False
    far = _FAR * max(line.height, 1.0)
    return line.low - far <= cell.high and cell.low <= line.high + far
