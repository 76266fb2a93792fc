"""Which panes have room beside each other, and how wide each is: sums only, no widget.

The widths that somebody gave to panes belong to the width of the window in which that was done; in
another one they are the same share of it. So a narrow window, or one on an enlarged screen, leaves
nothing squeezed in a wide one.
"""

from __future__ import annotations

from dataclasses import dataclass

SIDEBAR_WIDTH = 240
LIST_WIDTH = 392
INSTEAD_WIDTH = 700  # of what takes the place of the list
INSTEAD_LEAST = 520  # a line with words on both sides, and its document
READER_LEAST = 280
READER_BESIDE = 420  # what is left to the reader beside what takes the place of the list
DETAILS_LEAST = 240
WITH_SIDEBAR = 960  # a narrower window needs the room for the search box


@dataclass(frozen=True, slots=True)
class Width:
    """A width that a pane was given in a window of some width, or its usual one: of no window."""

    width: int
    window: int = 0

    def within(self, window: int) -> int:
        """The same share of a window of another width; the usual width is the same in all."""
        return round(self.width * window / self.window) if self.window else self.width


@dataclass(frozen=True, slots=True)
class Shown:
    """What is wanted, or what of it has room."""

    place: bool = True  # the list, or what takes its place
    reader: bool = True
    details: bool = False


def fitting(
    room: int, wanted: Shown, *, place_least: int, reader_first: bool, details_first: bool
) -> Shown:
    """Say which of the wanted panes have room; the one in front always has.

    reader_first: the reader is in front, not the place of the list. details_first: the details were
    asked for since there is no room for all, so that they come before the other of the two.
    """
    leasts = {"place": place_least, "reader": READER_LEAST, "details": DETAILS_LEAST}
    order = ["reader", "place"] if reader_first else ["place", "reader"]
    order.insert(1 if details_first else 2, "details")
    order = [name for name in order if getattr(wanted, name)]
    shown: set[str] = set()
    for number, name in enumerate(order):
        used = sum(leasts[each] for each in shown) + len(shown)  # and a line between two
        if number == 0 or used + leasts[name] <= room:
            shown.add(name)
    return Shown("place" in shown, "reader" in shown, "details" in shown)


def place_width(room: int, wish: int, *, least: int, instead: bool) -> int:
    """The width of the list, or of what takes its place, where the reader shares the room with it."""
    beside = READER_BESIDE if instead else READER_LEAST
    return max(least, min(wish, room - beside))
