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

from desktop_app.formats.pdf_letters import NOTHING
from desktop_app.formats.pdf_page import PageText, Style, Word

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
    return [_line(page, row) for row in _unwoven(_joined(list(_rows(page))))]


@dataclass(frozen=True, slots=True)
class _Row:
    """Words side by side. letters: how many. main: the word that tells base and size of all."""

    words: list[Word]
    left: float
    right: float
    letters: int
    main: Word
    gaps: tuple[Gap, ...]


def _row(words: list[Word]) -> _Row:
    style = words[0].style
    if any(word.style is not style for word in words):
        sizes: Counter[Style] = Counter()
        for word in words:
            sizes[word.style] += word.end - word.start
        style = sizes.most_common(1)[0][0]
    main = max((w for w in words if w.style == style), key=lambda w: w.end - w.start)
    return _Row(
        words,
        min([word.left for word in words]),
        max([word.right for word in words]),
        sum([word.end - word.start for word in words]),
        main,
        _gaps(words, max(style.size, 4.0)),
    )


def _rows(page: PageText) -> Iterator[_Row]:
    """Words that pdfium has on one line; where it does not end one, their height does."""
    row: list[Word] = []
    for word in page.words:
        if row:
            last = row[-1]
            ended = any(at in page.breaks for at in range(last.end, word.start))
            height = max(word.style.size, last.style.size, 1.0)
            moved = min(abs(word.base - last.base), abs(word.base - row[0].base))
            if ended or moved > _RAISED * height:
                yield _row(row)
                row = []
        row.append(word)
    if row:
        yield _row(row)


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
                made[-1] = _row([*last.words, *row.words])
                continue
        made.append(row)
    return made


def _gaps(words: Sequence[Word], size: float) -> tuple[Gap, ...]:
    least = _WIDE * size
    spaces = [after.left - before.right for before, after in pairwise(words)]
    spaces = [space for space in spaces if space > 0]
    if not spaces or max(spaces) < least:
        return ()
    usual = median(spaces)
    # A line that was stretched to the margin has wide spaces, and none much wider than the others.
    if len(spaces) > 2 and usual < least:
        least = max(least, 2 * usual)
    return tuple(
        Gap(after.start, before.right, after.left)
        for before, after in pairwise(words)
        if after.left - before.right >= least
    )


def _unwoven(rows: Sequence[_Row]) -> list[_Row]:
    """Take two columns apart that were written row by row.

    A run of rows is two columns where one strip stays empty through all of it and prose stands on
    both sides; in a table the cells are short.
    """
    made: list[_Row] = []
    at = 0
    while at < len(rows):
        run = _run(rows, at)
        at += len(run)
        if not _is_prose(run):
            made += [row for row, _ in run]
            continue
        strip = max(gap.left for _, gap in run if gap)
        right: list[_Row] = []
        for row, gap in run:
            if gap is None:
                (made if row.right <= strip + 1 else right).append(row)
            else:
                made.append(_row([word for word in row.words if word.start < gap.start]))
                right.append(_row([word for word in row.words if word.start >= gap.start]))
        made += right
    return made


def _run(rows: Sequence[_Row], at: int) -> list[tuple[_Row, Gap | None]]:
    """The rows from here on through which one strip stays empty, each with its part of the strip.

    A row without a gap belongs to them where it lies on one side. There is at least one row.
    """
    run: list[tuple[_Row, Gap | None]] = []
    low, high = float("-inf"), float("inf")
    end = 0
    for row in rows[at:]:
        least = 0.8 * max(row.main.style.size, 4.0)
        gap = next((g for g in row.gaps if min(g.right, high) - max(g.left, low) >= least), None)
        if gap:
            low, high = max(gap.left, low), min(gap.right, high)
        elif not end or not (row.right <= low + 1 or row.left >= high - 1):
            break
        run.append((row, gap))
        end = len(run) if gap else end
    return run[:end] or [(rows[at], None)]


def _is_prose(run: Sequence[tuple[_Row, Gap | None]]) -> bool:
    """Tell columns of prose from a table by how much stands on each side."""
    left = right = count = 0
    for row, gap in run:
        if gap:
            before = sum(word.end - word.start for word in row.words if word.start < gap.start)
            left, right, count = left + before, right + row.letters - before, count + 1
    return count >= _FEWEST_ROWS and min(left, right) >= _FULL_SIDE * count


def _line(page: PageText, row: _Row) -> Line:
    words, main = row.words, row.main
    start, end = words[0].start, words[-1].end
    size = main.style.size
    bold = sum(word.end - word.start for word in words if word.style.bold)
    first = words[0].right - words[0].left
    for before, after in pairwise(words):
        if after.start > before.end:
            break
        first += after.right - after.left
    styles: list[tuple[int, Style]] = []
    for word in words:
        if not styles or styles[-1][1] is not word.style:
            styles.append((word.start, word.style))
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
        row.gaps,
        tuple(styles),
        raised,
        main.style.angle != page.angle,
        page.letters[end : end + 1] == " ",
    )
