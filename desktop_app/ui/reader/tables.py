"""How wide the columns of a table are: as wide as they need, or a fair share of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.text import Block, BlockKind

GUTTER_PX = 16
LEAST_PX = 24
SAMPLE = 200  # rows that are looked at, so that a table of any length is set at once


def table_of(blocks: Sequence[Block], index: int) -> tuple[int, int]:
    """The rows of the table that a row stands in: first, and one behind the last looked at.

    A table of more than SAMPLE rows is taken in parts that start at fixed rows of the text.
    """
    first = index
    floor = index - index % SAMPLE
    while first > floor and blocks[first - 1].kind == BlockKind.TABLE_ROW:
        first -= 1
    last = index + 1
    ceiling = min(floor + SAMPLE, len(blocks))
    while last < ceiling and blocks[last].kind == BlockKind.TABLE_ROW:
        last += 1
    return first, last


def most_columns(room: float) -> int:
    """How many columns a page of a width has room for; at least one."""
    return max(1, int((room + GUTTER_PX) // (LEAST_PX + GUTTER_PX)))


def column_widths(
    rows: Sequence[Sequence[str]], room: float, measure: Callable[[str], float]
) -> list[float]:
    """Share a width among columns: narrow ones get what they need, wide ones what is left.

    measure gives the width of a text on one line. The widths and the gutters fill at most room.
    """
    count = max(len(row) for row in rows)
    wanted = [float(LEAST_PX)] * count
    for row in rows:
        for column, cell in enumerate(row):
            # Longer texts are wrapped anyway, and measuring them takes time.
            wanted[column] = max(wanted[column], measure(cell[:160]) + 2)
    left = max(room - GUTTER_PX * (count - 1), LEAST_PX * count)
    if sum(wanted) <= left:
        return wanted
    widths = [0.0] * count
    open_columns = sorted(range(count), key=lambda column: wanted[column])
    while open_columns:
        share = left / len(open_columns)
        column = open_columns.pop(0)
        widths[column] = min(wanted[column], share)
        left -= widths[column]
    return widths
