"""The words of a page of a PDF to lines, in the order in which they are to be read.

The order is the file's own, which is nearly always right. Only where a program wrote two columns
row by row, left and right by turns, are they taken apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from statistics import median

from desktop_app.formats.pdf.letters import NOTHING
from desktop_app.formats.pdf.page import PageText, Style, Word

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
    plain: its text with white space made single and what is no letter left out.
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
    plain: str


def lines_of(page: PageText) -> list[Line]:
    """The lines of a page as they are to be read."""
    return [_line(page, row) for row in _unwoven(_joined(list(_rows(page))))]


@dataclass(frozen=True, slots=True)
class _Row:
    """Words side by side. letters: how many. main: the word that tells base and size of all.

    even: whether all are set alike.
    """

    words: list[Word]
    left: float
    right: float
    letters: int
    main: Word
    gaps: tuple[Gap, ...]
    even: bool


def _row(words: list[Word]) -> _Row:
    style = words[0].style
    left, right, letters = words[0].left, words[0].right, 0
    widest, behind = 0.0, right
    even = True
    # There are hundreds of words on a page, and each is looked at only once here.
    for start, end, low, high, _, other in words:
        letters += end - start
        left = low if low < left else left
        right = high if high > right else right
        widest = low - behind if low - behind > widest else widest
        behind = high
        even = even and other is style
    if not even:
        sizes: Counter[Style] = Counter()
        for word in words:
            sizes[word.style] += word.end - word.start
        style = sizes.most_common(1)[0][0]
    main = max([w for w in words if w.style is style], key=_length)
    least = _WIDE * max(style.size, 4.0)
    gaps = _gaps(words, least) if widest >= least else ()
    return _Row(words, left, right, letters, main, gaps, even)


def _length(word: Word) -> int:
    return word.end - word.start


def _rows(page: PageText) -> Iterator[_Row]:
    """Words that pdfium has on one line; where it does not end one, their height does."""
    row: list[Word] = []
    breaks = page.breaks
    for word in page.words:
        if row:
            last = row[-1]
            between = range(last.end, word.start)
            if not breaks.isdisjoint(between) or (
                word.base != last.base and _moved(row[0], last, word)
            ):
                yield _row(row)
                row = []
        row.append(word)
    if row:
        yield _row(row)


def _moved(first: Word, last: Word, word: Word) -> bool:
    """Tell whether a word stands too high or low for the line of those before it."""
    height = max(word.style.size, last.style.size, 1.0)
    return min(abs(word.base - last.base), abs(word.base - first.base)) > _RAISED * height


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


def _gaps(words: Sequence[Word], least: float) -> tuple[Gap, ...]:
    """The wide white spaces. least: how wide they are at least."""
    spaces = [after.left - before.right for before, after in pairwise(words)]
    spaces = [space for space in spaces if space > 0]
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
        if not rows[at].gaps:
            made.append(rows[at])
            at += 1
            continue
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
    for row in islice(rows, at, None):
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
    style = main.style
    size = style.size
    first = words[0].right - words[0].left
    for before, after in pairwise(words):
        if after.start > before.end:
            break
        first += after.right - after.left
    bold, styles = style.bold, [(start, words[0].style)]
    raised: list[tuple[int, int]] = []
    if not row.even:
        bold = sum([_length(word) for word in words if word.style.bold]) >= 0.9 * row.letters
        styles += [
            (after.start, after.style)
            for before, after in pairwise(words)
            if before.style is not after.style
        ]
        raised = [
            (word.start, word.end)
            for word in words
            if word.style.size < 0.85 * size and word.base - main.base > 0.15 * size
        ]
    text = page.letters[start:end]
    return Line(
        start,
        text,
        row.left,
        row.right,
        main.base,
        size,
        bold,
        first,
        row.gaps,
        tuple(styles),
        tuple(raised),
        style.angle != page.angle,
        page.letters[end : end + 1] == " ",
        plain_of(text),
    )


def plain_of(text: str) -> str:
    """A line with white space made single and what is no letter left out."""
    plain = " ".join(text.replace(NOTHING, "").split())
    # Of the hundreds of thousands of lines of a book nearly all are so already, and kept once.
    return text if plain == text else plain
