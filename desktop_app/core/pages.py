"""Pages of a document as they are drawn: their shapes, their letters, their pictures.

Two ways to name a point: on the page as the file has it (points from the bottom left, before it is
turned or cropped, as PDF counts, and as letters and quads are kept), and on the page as it is shown
(points from the top left of what is seen). A point is 1/72 inch.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from desktop_app.core.highlights import Quad


@dataclass(frozen=True, slots=True)
class PageShape:
    """What is seen of a page, in its own points, and how it is turned.

    turns: quarters of a circle, clockwise, 0 to 3.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def turned(self, turns: int) -> PageShape:
        """The same page, turned further."""
        return replace(self, turns=(self.turns + turns) % 4)

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the page is shown."""
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        if self.turns == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def unshown(self, x: float, y: float) -> tuple[float, float]:
        """Which point of the page is shown at a place."""
        if self.turns == 1:
            return self.left + y, self.bottom + x
        if self.turns == 2:
            return self.right - x, self.bottom + y
        if self.turns == 3:
            return self.right - y, self.top - x
        return self.left + x, self.top - y


Pixels = bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that was drawn, or the part of it that was asked for.

    pixels: rows from the top, each of width times four bytes: blue, green, red, nothing.
    """

    width: int
    height: int
    pixels: Pixels
    shape: PageShape


@dataclass(frozen=True, slots=True)
class PageLetters:
    """The letters of a page, in the index space of Block.runs.

    text: one code point for each character of the page, NUL where it is no letter. boxes: for each
    left, bottom, right, top in points of the page, as tall as a line; all 0 where it is not drawn.
    turns: for each how its line runs: 0 to the right, 1 upward, 2 to the left (upside down),
    3 downward.
    """

    text: str
    boxes: array[float]
    turns: bytes
    shape: PageShape

    def box(self, at: int) -> tuple[float, float, float, float]:
        """The left, bottom, right and top of a letter."""
        left, bottom, right, top = self.boxes[4 * at : 4 * at + 4]
        return left, bottom, right, top


@dataclass(frozen=True, slots=True)
class PageMark:
    """A highlight on a page, to be written into a copy of a PDF.

    colour: red, green and blue, 0 to 255. name: tells it from all others. note: what stands in it.
    """

    page: int
    quads: tuple[Quad, ...]
    colour: tuple[int, int, int]
    name: str
    note: str = ""
    underlined: bool = False
