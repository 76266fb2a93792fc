"""A concordance: every match of a query on a line of its own, with what stands left and right of it.

A line is known again by its words and by which of several equal ones it is in its document, not by
its place: a text that was read anew keeps what was said of its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from desktop_app.core.words import fold, words

# Words on either side that a line is known again by, and of those the ones it is sorted by.
KNOWN_BY = 5
SORTED_BY = 3
# Code points on either side: what a line shows unless more or less is asked for, and the most.
USUAL_WIDTH = 80
WIDEST = 400

# Code points that are looked through for the words on a side: nearly always enough, and the most.
_NEAR, _FAR = 72, 480


class LineSort(StrEnum):
    """The orders of lines."""

    DOCUMENT = "document"  # by title
    RIGHT_1 = "right1"
    RIGHT_2 = "right2"
    RIGHT_3 = "right3"
    LEFT_1 = "left1"
    LEFT_2 = "left2"
    LEFT_3 = "left3"
    MATCH = "match"
    DATE_NEWEST = "-date"
    DATE_OLDEST = "date"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Line:
    """A match with what stands around it.

    start, end: code points of the canonical text. left, match, right: that text as it stands.
    key: a whole number of 64 bits, signed. before, behind: folded words, the nearest first.
    """

    start: int
    end: int
    key: int
    left: str
    match: str
    right: str
    before: tuple[str, ...]
    behind: tuple[str, ...]


def lines_of(
    text: str, spans: Iterable[tuple[int, int]], *, width: int = USUAL_WIDTH
) -> Iterator[Line]:
    """The lines of the matches of a text. width: code points shown on either side."""
    equals: dict[str, int] = {}
    for start, end in spans:
        before = _words_before(text, start)
        behind = _words_behind(text, end)
        match = text[start:end]
        said = "\n".join((" ".join(before), " ".join(words(match)), " ".join(behind)))
        number = equals.get(said, 0)
        equals[said] = number + 1
        yield Line(
            start,
            end,
            _key(f"{said}\n{number}"),
            text[max(0, start - width) : start],
            match,
            text[end : end + width],
            tuple(reversed(before[-SORTED_BY:])),
            tuple(behind[:SORTED_BY]),
        )


def folded_line(line: Line) -> str:
    """What a line shows, folded, for finding words in it."""
    return fold(f"{line.left}{line.match}{line.right}")


def _key(said: str) -> int:
    digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _words_before(text: str, start: int) -> list[str]:
    """The last words before a place, in the order of the text."""
    for reach in (_NEAR, _FAR):
        first = max(0, start - reach)
        found = words(text[first:start])
        if first:
            del found[:1]  # its beginning may be missing
        if len(found) >= KNOWN_BY or not first:
            break
    return found[-KNOWN_BY:]


def _words_behind(text: str, end: int) -> list[str]:
    """The first words behind a place."""
    for reach in (_NEAR, _FAR):
        last = end + reach
        found = words(text[end:last])
        if last < len(text):
            del found[-1:]  # its end may be missing
        if len(found) >= KNOWN_BY or last >= len(text):
            break
    return found[:KNOWN_BY]
