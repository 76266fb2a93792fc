"""The words of a page of a PDF to lines, in the order in which they are to be read.

The order is the file's own, which is nearly always right. Only where a program wrote two columns
row by row, left and right by turns, are they taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from desktop_app.formats.pdf_page import NOTHING, PageText, Style, Word

_WIDE = 1.5  # a gap of this many letter heights is no word space
_RAISED = 0.6  # further up or down than this, a word is on another line
_FEWEST_ROWS = 6
_FULL_SIDE = 18  # letters that a line of a column of prose has at least, on average


@dataclass(frozen=True, slots=True)
class Gap:
    """Wide white space in a line. start: index of the page's character behind it."""

    start: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    start: index of its first character on the page. text: one code point for each character from
    there on. left, right, base, size: in points, y upward. first: the width of its first word.
    styles: (index of the page's character, style) from which on it holds. turned: whether it runs
    in another direction than most of the page. spaced: whether white space stands right behind it.
    """

    start: int
    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first: float
    gaps: tuple[Gap, ...]
    styles: tuple[tuple[int, Style], ...]
    raised: tuple[tuple[int, int], ...]
    turned: bool
    spaced: bool

    @property
    def plain(self) -> str:
        """Its text with white space made single and what is no letter left out."""
        return " ".join(self.text.replace(NOTHING, "").split())


def lines_of(page: PageText) -> list[Line]:
    """The lines of a page as they are to be read."""
    rows = [_Row(words) for words in _rows(page)]
    return [_line(page, row.words) for row in _unwoven(_joined(rows))]


@dataclass(frozen=True, slots=True)
class _Row:
    words: list[Word]

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def letters(self) -> int:
        return sum(word.end - word.start for word in self.words)

    @property
    def main(self) -> Word:
        """The longest of its words in the style of most of them: it tells base and size."""
        sizes: Counter[Style] = Counter()
        for word in self.words:
            sizes[word.style] += word.end - word.start
        style = sizes.most_common(1)[0][0]
        return max(
            (word for word in self.words if word.style == style), key=lambda w: w.end - w.start
        )


def _rows(page: PageText) -> Iterator[list[Word]]:
    """Words that pdfium has on one line; where it does not end one, their height does."""
    row: list[Word] = []
    for word in page.words:
        if row:
            last = row[-1]
            ended = any(at in page.breaks for at in range(last.end, word.start))
            height = max(word.style.size, last.style.size, 1.0)
            moved = min(abs(word.base - last.base), abs(word.base - row[0].base))
            if ended or moved > _RAISED * height:
                yield row
                row = []
        row.append(word)
    if row:
        yield row


def _joined(rows: Sequence[_Row]) -> list[_Row]:
    """Join what stands on one line side by side, such as a bullet and its text."""
    made: list[_Row] = []
    for row in rows:
        if made:
            last = made[-1]
            before, after = last.words[-1], row.words[0]
            height = max(before.style.size, after.style.size, 1.0)
            beside = after.left >= before.right - 0.3 * height
            if (
                beside
                and abs(last.main.base - row.main.base) < 0.2 * height
                and before.style.angle == after.style.angle
            ):
                made[-1] = _Row([*last.words, *row.words])
                continue
        made.append(row)
    return made


def _gaps(row: _Row) -> list[Gap]:
    words = row.words
    spaces = [
        (after.start, before.right, after.left)
        for before, after in pairwise(words)
        if after.left > before.right
    ]
    if not spaces:
        return []
    least = _WIDE * max(row.main.style.size, 4.0)
    usual = median(right - left for _, left, right in spaces)
    # A line that was stretched to the margin has wide spaces, and none much wider than the others.
    if len(spaces) > 2 and usual < least:
        least = max(least, 2 * usual)
    return [Gap(start, left, right) for start, left, right in spaces if right - left >= least]


def _unwoven(rows: Sequence[_Row]) -> list[_Row]:
    """Take two columns apart that were written row by row.

    A run of rows is two columns where one strip stays empty through all of it and prose stands on
    both sides; in a table the cells are short.
    """
    made: list[_Row] = []
    at = 0
    while at < len(rows):
        run = _two_columns(rows, at)
        if not run:
            made.append(rows[at])
            at += 1
            continue
        strip = max(gap.left for _, gap in run if gap)
        right: list[_Row] = []
        for row, gap in run:
            if gap is None:
                (made if row.right <= strip + 1 else right).append(row)
            else:
                made.append(_Row([word for word in row.words if word.start < gap.start]))
                right.append(_Row([word for word in row.words if word.start >= gap.start]))
        made += right
        at += len(run)
    return made


def _two_columns(rows: Sequence[_Row], at: int) -> list[tuple[_Row, Gap | None]]:
    """The rows from here on that are two columns, each with the gap between them; empty if none.

    A row without a gap belongs to them where it lies on one side.
    """
    run: list[tuple[_Row, Gap | None]] = []
    low, high = float("-inf"), float("inf")
    count, letters_left, letters_right, end = 0, 0, 0, 0
    for row in rows[at:]:
        least = 0.8 * max(row.main.style.size, 4.0)
        gap = next((g for g in _gaps(row) if min(g.right, high) - max(g.left, low) >= least), None)
        if gap is None:
            if not count or not (row.right <= low + 1 or row.left >= high - 1):
                break
            run.append((row, None))
            continue
        low, high = max(gap.left, low), min(gap.right, high)
        run.append((row, gap))
        end = len(run)
        count += 1
        before = sum(word.end - word.start for word in row.words if word.start < gap.start)
        letters_left += before
        letters_right += row.letters - before
    prose = min(letters_left, letters_right) >= _FULL_SIDE * count
    return run[:end] if count >= _FEWEST_ROWS and prose else []


def _line(page: PageText, words: Sequence[Word]) -> Line:
    row = _Row(list(words))
    main = row.main
    start, end = words[0].start, words[-1].end
    size = main.style.size
    bold = sum(word.end - word.start for word in words if word.style.bold)
    first = words[0].right - words[0].left
    for before, after in pairwise(words):
        if after.start > before.end:
            break
        first += after.right - after.left
    raised = tuple(
        (word.start, word.end)
        for word in words
        if word.style.size < 0.85 * size and word.base - main.base > 0.15 * size
    )
    return Line(
        start,
        page.letters[start:end],
        row.left,
        row.right,
        main.base,
        size,
        bold >= 0.9 * row.letters,
        first,
        tuple(_gaps(row)),
        tuple((word.start, word.style) for word in words),
        raised,
        main.style.angle != page.angle,
        page.letters[end : end + 1] == " ",
    )
