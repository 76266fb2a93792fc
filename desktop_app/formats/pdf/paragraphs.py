"""Lines of a page of a PDF to paragraphs: which line goes on in the next one.

Lines that follow each other closely, in one size, above each other, are a chunk. Inside a chunk a
paragraph ends where the next word would still have fitted, where the next line is set in, or before
a bullet; a cut is only made where the sentence may end, so that prose is rather joined than torn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from statistics import median

from desktop_app.formats.pdf.letters import NOTHING
from desktop_app.formats.pdf.lines import Line

_SURE_BULLET = re.compile(r"[•◦▪▫●○■□‣⁃∙➢➤✓✔❑❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc]\s*")
_MARKER = re.compile(
    r"(?:[–—*·-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s+(?=\S)", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?:;…؟。！？][\"'”’»)\]]*[\d*†‡]{0,3}$")
_LEADER = re.compile(r"(?:[.…·_]\s?){4,}\s*\S{1,8}$")  # dots that lead to a page number
_USUAL_LEADING = 1.2


class Form(Enum):
    """What a group of lines is by its shape alone."""

    TEXT = "text"
    ROW = "row"  # of a table
    APART = "apart"  # a running head or a page number
    PLAIN = "plain"  # of a page that was read the plain way


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are one block. places: of the lines among those of the page."""

    form: Form
    lines: tuple[Line, ...]
    places: tuple[int, ...]

    @property
    def plain(self) -> str:
        return " ".join(line.plain for line in self.lines)


def paragraphs_of(lines: Sequence[Line], apart: frozenset[int]) -> list[Group]:
    """Group the lines of a page. apart: places of those that stand for themselves."""
    rows = _rows_of_tables(lines)
    leading = _leading(lines)
    groups: list[Group] = []
    chunk: list[int] = []
    for place, line in enumerate(lines):
        form = Form.APART if place in apart else Form.ROW if place in rows else Form.TEXT
        joins = form is Form.TEXT and bool(chunk) and _close(lines[chunk[-1]], line, leading)
        if chunk and not joins:
            groups += _split(lines, chunk)
            chunk = []
        if form is Form.TEXT:
            chunk.append(place)
        else:
            groups.append(Group(form, (line,), (place,)))
    if chunk:
        groups += _split(lines, chunk)
    return _over_columns(groups)


def marker_of(text: str) -> re.Match[str] | None:
    """The bullet or number that a text begins with."""
    return _SURE_BULLET.match(text) or _MARKER.match(text)


def ends_sentence(text: str) -> bool:
    """Tell whether a sentence may end with this text."""
    return bool(_ENDS.search(text))


def leads_to_page(text: str) -> bool:
    """Tell a line of a table of contents by its dots."""
    return bool(_LEADER.search(text))


def _leading(lines: Sequence[Line]) -> float:
    """How far lines of a paragraph stand apart on this page, in letter heights."""
    steps = [
        (before.base - after.base) / before.size
        for before, after in pairwise(lines)
        if before.size > 1 and abs(before.size - after.size) < 0.1 * before.size
    ]
    steps = [step for step in steps if 0.8 < step < 2.6]
    return median(steps) if steps else _USUAL_LEADING


def _close(before: Line, after: Line, leading: float) -> bool:
    """Tell whether two lines may be one paragraph by where they stand."""
    size = max(before.size, 1.0)
    alike = 0.96 < after.size / size < 1.04 if after.bold else 0.88 < after.size / size < 1.14
    if before.turned or after.turned or not alike:
        return False
    step = before.base - after.base
    if not 0.3 * size < step <= 1.3 * min(leading, 1.9) * size:
        # Lines that are set far apart may still be one sentence.
        one = not ends_sentence(before.plain) and after.plain[:1].islower()
        if not one or not 0 < step < 3.2 * size or abs(before.left - after.left) > 0.5 * size:
            return False
    if min(before.right, after.right) <= max(before.left, after.left):
        return False
    if before.bold != after.bold:
        heavy, other = (before, after) if before.bold else (after, before)
        if heavy.right < other.right - 2 * size or before.bold:
            return False
    return not (_has_cells(before) or _has_cells(after))


def _has_cells(line: Line) -> bool:
    """Wide white space that is not only behind a bullet or number."""
    if not line.gaps:
        return False
    head = line.text[: line.gaps[0].start - line.start].replace(NOTHING, "").strip()
    return len(line.gaps) > 1 or not marker_of(f"{head} x") or len(head) > 6


def _rows_of_tables(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines whose wide white space stands below that of their neighbour."""
    found: set[int] = set()
    for place, (before, after) in enumerate(pairwise(lines)):
        if not (_has_cells(before) and _has_cells(after)):
            continue
        if not 0 < before.base - after.base < 6 * max(before.size, after.size):
            continue
        for one in before.gaps:
            if any(
                min(one.right, other.right) - max(one.left, other.left) > 0.3 * before.size
                for other in after.gaps
            ):
                found |= {place, place + 1}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Edges:
    """A line as seen in its own direction: start and end grow the way one reads."""

    start: float
    end: float
    size: float
    text: str
    first: float


def _edges(line: Line) -> Edges:
    text = line.plain
    direction = next(
        (d for letter in text if (d := unicodedata.bidirectional(letter)) in ("L", "R", "AL")), "L"
    )
    start, end = (line.left, line.right) if direction == "L" else (-line.right, -line.left)
    return Edges(start, end, max(line.size, 1.0), text, line.first)


def _split(lines: Sequence[Line], chunk: Sequence[int]) -> Iterator[Group]:
    """Cut a chunk into paragraphs."""
    edges = [_edges(lines[place]) for place in chunk]
    margin = max(edge.end for edge in edges)
    first = 0
    for number in range(1, len(chunk) + 1):
        if number == len(chunk) or begins(edges, first, number, margin):
            places = tuple(chunk[first:number])
            yield Group(Form.TEXT, tuple(lines[place] for place in places), places)
            first = number


def begins(edges: Sequence[Edges], first: int, number: int, margin: float) -> bool:
    """Tell whether a paragraph begins with this line of a chunk. first: where the last one did."""
    before, line = edges[number - 1], edges[number]
    if not before.text or not line.text:
        return True
    if _SURE_BULLET.match(line.text) or _LEADER.search(before.text):
        return True
    cut = before.text[-1] in "-\u2010\u00ad"
    ends = ends_sentence(before.text)
    goes_on = line.text[0].islower()
    fits = not cut and margin - before.end > line.first + 0.3 * line.size
    head = edges[first]
    item = marker_of(head.text)
    if marker_of(line.text) and (ends or fits or item):
        return True
    if fits and (ends or not goes_on):
        return True
    shift = line.start - before.start
    if shift > 0.8 * line.size:
        if item and number == first + 1:
            return False
        hangs = (
            number == first + 1
            and not ends
            and (
                number + 1 == len(edges)
                or abs(edges[number + 1].start - line.start) < 0.3 * line.size
            )
        )
        return not hangs and ends and not goes_on
    if shift < -0.8 * line.size and number > first + 1:
        return ends or (not goes_on and not cut and bool(item))
    return False


def _over_columns(groups: Sequence[Group]) -> list[Group]:
    """Join a paragraph that goes on at the top of the next column."""
    made: list[Group] = []
    for group in groups:
        if made and group.form is Form.TEXT and _goes_on(made[-1], group):
            last = made[-1]
            made[-1] = Group(Form.TEXT, (*last.lines, *group.lines), (*last.places, *group.places))
            continue
        made.append(group)
    return made


def _goes_on(before: Group, after: Group) -> bool:
    last, line = before.lines[-1], after.lines[0]
    if before.form is not Form.TEXT or last.turned or line.turned or last.bold != line.bold:
        return False
    size = max(last.size, 1.0)
    if not 0.95 < line.size / size < 1.05 or line.base <= last.base + 2 * size:
        return False
    if line.left < last.right and last.left < line.right:
        return False
    text, more = last.plain, line.plain
    if not text or not more or ends_sentence(text) or leads_to_page(text):
        return False
    return more[0].islower()
