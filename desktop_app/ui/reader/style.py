"""How a page of text is set: size, width, family and line height, as the reader chose them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop_app.ui.look import fonts

SIZES_PX = (14.0, 15.0, 16.0, 17.5, 19.0, 21.0, 23.0, 26.0, 30.0, 36.0)
WIDTHS_PX = (440, 480, 520, 560, 590)
LINE_HEIGHTS = (1.4, 1.5, 1.6, 1.85, 2.1)


class Family(StrEnum):
    """The families that Postil brings along."""

    SERIF = "serif"
    SANS = "sans"
    CLEAR = "clear"  # letters that are hard to mistake for each other


_FAMILIES: dict[str, str] = {
    Family.SERIF: fonts.SERIF,
    Family.SANS: fonts.SANS,
    Family.CLEAR: fonts.CLEAR,
}


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """The reader's choices.

    width_px: the column at the size 17.5 in the serif family; it grows with the size, and with how
    wide the letters of the family are, so that a line keeps its number of letters. family: one of
    Family, or the name of a family of the system. line_height: in sizes. justified: both edges of
    the column are straight. joined: neighbours such as f and i may be drawn as one sign, which a
    reader of a PDF cannot always take apart again.
    """

    size_px: float = fonts.READING_PX
    width_px: int = 520
    family: str = Family.SERIF
    line_height: float = 1.6
    justified: bool = False
    joined: bool = True

    @property
    def drawn_px(self) -> int:
        """The size as it is drawn: Qt sets text in whole pixels, halves go up."""
        return fonts.whole_pixels(self.size_px)

    @property
    def column_px(self) -> int:
        """The width of the column at this size in this family."""
        wider = fonts.letter_width(self.face) / fonts.letter_width(fonts.SERIF)
        return round(self.width_px * wider * self.drawn_px / fonts.READING_PX)

    @property
    def letters(self) -> int:
        """How many letters a line has room for."""
        return letters_in(self.width_px)

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


def letters_in(width_px: int) -> int:
    """How many letters a line of a width of ReadingStyle has room for."""
    return round(width_px / (fonts.READING_PX * fonts.letter_width(fonts.SERIF)))
