"""What stands on the page from top to bottom, before any of it is set in type.

A row is a block, a stretch of a very long block, a fold line, or what the reader adds above and
below the text. Rows in order of their start hold every code point of the canonical text that is
not folded away, once. They are plain tuples because a book has tens of thousands of them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import partial
from itertools import count, pairwise, repeat
from operator import add
from typing import NamedTuple

from desktop_app.core.text import BlockKind, Text
from desktop_app.ui.reader.folded import Folded, folded_parts, touched

# A row of more letters than this is cut: setting one takes a few milliseconds.
LONGEST = 12_000


class RowKind(IntEnum):
    """What a row holds."""

    HEAD = 0  # title and byline
    TEXT = 1  # a block or a stretch of one
    FOLD = 2  # the line that stands for folded text, or above it once it is open
    END = 3  # the room below the text


class Row(NamedTuple):
    """A row: code points of the canonical text, end exclusive; an empty range for what is added.

    A page break inside what a quiet fold line hides stands below that line.
    The range of a closed FOLD row is what it hides. block: the index of its block, of its folded
    stretch in a FOLD row, 0 in the others. first: False for a later stretch of a block. last: False for one
    that goes on below.
    """

    kind: int  # a RowKind
    block: int
    start: int
    end: int
    first: bool = True
    last: bool = True


class Rows:
    """The rows of a text with some of its folded stretches open.

    pictures: the indexes of the rows that show a picture, ascending.
    """

    def __init__(self, text: Text, opened: Iterable[int] = ()) -> None:
        self.text = text
        self.folds = folded_parts(text)
        self.opened = frozenset(opened) & frozenset(range(len(self.folds)))
        self.all, plain = _rows(text, self.folds, self.opened)
        self.pictures = _pictures(text, self.all, plain)
        self.fold_lines: list[int] = []
        if self.folds:
            kinds = enumerate(row.kind for row in self.all)
            self.fold_lines = [index for index, kind in kinds if kind == RowKind.FOLD]
        self._starts = [row.start for row in self.all]

    def __len__(self) -> int:
        return len(self.all)

    def at(self, point: int) -> int:
        """The index of the row that shows a code point; a folded one is shown by its fold line."""
        index = bisect_right(self._starts, point) - 1
        while index > 1 and self.all[index].kind == RowKind.FOLD and self.is_open(index):
            index -= 1
        return index

    def is_open(self, index: int) -> bool:
        """Tell whether the fold of a FOLD row is open."""
        return self.all[index].block in self.opened

    def folds_over(self, start: int, end: int) -> set[int]:
        """The closed folded stretches that hide any of a range."""
        return set(touched(self.folds, start, max(end, start + 1))) - self.opened

    def open_over(self, start: int, end: int) -> list[int]:
        """The open folded stretches that a range touches, in order."""
        return [index for index in touched(self.folds, start, end) if index in self.opened]


def cut_points(text: str, longest: int = LONGEST) -> list[int]:
    """Where to cut a text into stretches of at most `longest` code points.

    After white space where there is any in the last tenth of a stretch, and never inside a
    character that is written with several code points.
    """
    cuts: list[int] = []
    start = 0
    while len(text) - start > longest:
        end = start + longest
        window = text[end - longest // 10 : end]
        space = max(window.rfind(" "), window.rfind("\n"))
        if space >= 0:
            end = end - longest // 10 + space + 1
        else:
            earliest = max(end - 64, start + 1)
            while end > earliest and _joins(text[end - 1], text[end]):
                end -= 1
        cuts.append(end)
        start = end
    return cuts


def _joins(before: str, after: str) -> bool:
    """Tell whether a cut between two code points would break a written character."""
    return (
        unicodedata.category(after) in ("Mn", "Me", "Mc", "Cf")
        or before == "\u200d"
        or 0x1F3FB <= ord(after) <= 0x1F3FF
    )


def _fold_rows(folds: Sequence[Folded], opened: frozenset[int]) -> list[Row]:
    """The fold lines in order."""
    return [
        Row(RowKind.FOLD, index, fold.start, fold.start if index in opened else fold.end)
        for index, fold in enumerate(folds)
    ]


def _rows(text: Text, folds: Sequence[Folded], opened: frozenset[int]) -> tuple[list[Row], int]:
    """The rows, and the first block from which on each has one row, without a fold line between."""
    fold_rows = _fold_rows(folds, opened)
    made = [Row(RowKind.HEAD, 0, 0, 0)]
    lengths = [len(block.text) for block in text.blocks]
    plain = _plain_from(text, lengths, fold_rows)
    stops = deque(fold_rows)
    hidden_to, in_quiet = 0, False
    for index, start in enumerate(text.starts[:plain]):
        end = start + lengths[index]
        place = max(start, hidden_to)
        while stops and (stops[0].start < end or stops[0].start <= start):
            stop = stops.popleft()
            if stop.start > place:
                made.extend(_stretches(text, index, place, stop.start))
            made.append(stop)
            hidden_to = max(hidden_to, stop.end)
            in_quiet = folds[stop.block].is_quiet
            place = max(place, stop.end)
        if place < end or place == start == end:
            made.extend(_stretches(text, index, place, end))
        elif in_quiet and text.blocks[index].kind is BlockKind.PAGE_BREAK:
            # Heads and numbers of pages are folded around it; the page still ends here.
            made.append(Row(RowKind.TEXT, index, place, place))
    starts = text.starts[plain:]
    ends = map(add, starts, lengths[plain:])
    kind = int(RowKind.TEXT)  # of nothing but numbers, a row is none of the garbage collector's
    columns = zip(repeat(kind), count(plain), starts, ends, repeat(True), repeat(True))
    # A book has tens of thousands of plain rows: Row(...) would take three times as long.
    made.extend(map(partial(tuple.__new__, Row), columns))
    made.append(Row(RowKind.END, 0, len(text.canonical), len(text.canonical)))
    return made, plain


def _pictures(text: Text, rows: Sequence[Row], plain: int) -> list[int]:
    """The indexes of the rows of pictures; see _rows for plain."""
    blocks = [index for index, block in enumerate(text.blocks) if block.picture is not None]
    if not blocks:
        return []
    offset = len(rows) - 1 - len(text.blocks)
    mixed = {index for index in blocks if index < plain}
    found = [
        index
        for index, row in enumerate(rows[: plain + offset] if mixed else ())
        if row.kind == RowKind.TEXT and row.block in mixed
    ]
    return found + [index + offset for index in blocks if index >= plain]


def _plain_from(text: Text, lengths: Sequence[int], fold_rows: Sequence[Row]) -> int:
    """The first block from which on every block is one row: nothing folded, nothing cut."""
    longs = (index for index in range(len(lengths) - 1, -1, -1) if lengths[index] > LONGEST)
    plain = next(longs, -1) + 1 if max(lengths, default=0) > LONGEST else 0
    if fold_rows:
        # A fold line stands before the block that starts at the fold or holds its start.
        behind = max(max(row.end, row.start + 1) for row in fold_rows)
        plain = max(plain, bisect_right(text.starts, behind) + 1)
    return min(plain, len(lengths))


def _stretches(text: Text, index: int, start: int, end: int) -> Iterable[Row]:
    block_start = text.starts[index]
    block_end = block_start + len(text.blocks[index].text)
    cuts = [start, end]
    if end - start > LONGEST:
        cuts[1:1] = [start + cut for cut in cut_points(text.canonical[start:end])]
    for left, right in pairwise(cuts):
        yield Row(RowKind.TEXT, index, left, right, left == block_start, right == block_end)
