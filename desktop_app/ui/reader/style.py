"""How a page of text is set: size, width, family and line height, as the reader chose them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.ui import fonts

SIZES_PX = (14.0, 15.0, 16.0, 17.5, 19.0, 21.0, 23.0, 26.0, 30.0, 36.0)
WIDTHS_PX = (440, 520, 600)


class Family(StrEnum):
    """The families that Postil brings along."""

    SERIF = "serif"
    SANS = "sans"


_FAMILIES: dict[str, str] = {Family.SERIF: fonts.SERIF, Family.SANS: fonts.SANS}


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """The reader's choices.

    width_px: the column at the size 17.5; it grows with the size, so that a line keeps its number
    of letters. family: one of Family, or the name of a family of the system. line_height: in sizes.
    """

    size_px: float = fonts.READING_PX
    width_px: int = 520
    family: str = Family.SERIF
    line_height: float = 1.6

    @property
    def drawn_px(self) -> int:
        """The size as it is drawn: Qt sets text in whole pixels, halves go up."""
        return fonts.whole_pixels(self.size_px)

    @property
    def column_px(self) -> int:
        """The width of the column at this size."""
        return round(self.width_px * self.drawn_px / fonts.READING_PX)

    @property
    def line_px(self) -> int:
        """The distance from one line to the next."""
        return round(self.drawn_px * self.line_height)

    @property
    def face(self) -> str:
        """The name of the family as Qt knows it."""
        return _FAMILIES.get(self.family, self.family)

    def sized(self, steps: int) -> ReadingStyle:
        """The style some steps larger, or smaller where steps is negative, within SIZES_PX."""
        nearest = min(range(len(SIZES_PX)), key=lambda i: abs(SIZES_PX[i] - self.size_px))
        return replace(self, size_px=SIZES_PX[min(max(nearest + steps, 0), len(SIZES_PX) - 1)])
