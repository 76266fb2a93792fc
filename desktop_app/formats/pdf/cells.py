"""Where each letter of a page stands: a cell as wide as the letter and as tall as its line.

The box that pdfium gives is as tall as the ink, a dot's as a dot; a line that is marked letter by
letter would be ragged. So the height is that of the font, and never less than the ink. Where the
ink of neighbours overlaps, the cells meet in the middle, so that a marked letter takes no part of
the next one. Letters that stand aslant get a small cell around their middle.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.formats.pdf.asking import Asked
from desktop_app.formats.pdf.letters import NOTHING

_UP, _DOWN = 0.76, 0.21  # of the size of the letters, above and below the line they stand on
_MOST = 2.4  # how much larger than the tallest ink of its kind a size may be
_ASLANT = 0.05  # quarters of a circle
_SMALL = 0.4
_SAME_LINE = 0.5  # points

Box = tuple[float, float, float, float]


def cells_of(asked: Asked, text: str) -> tuple[array[float], bytes]:
    """The cells of a page's characters, and how the line of each runs; as in PageLetters."""
    count = len(text)
    ink = asked.rects(range(count))
    objects = asked.objects(range(count))
    origins = asked.origins(range(count))
    settings = _settings(asked, objects, ink)
    boxes = array("d", bytes(32 * count))
    turns = bytearray(count)
    for at, place in enumerate(objects):
        if text[at] == NOTHING or not _finite(*ink[at], *origins[at]):
            continue
        set_as = settings[place]
        turns[at] = set_as.turn
        boxes[4 * at : 4 * at + 4] = array("d", _cell(ink[at], origins[at], set_as))
    drawn = [0 if letter == NOTHING else place for place, letter in zip(objects, text, strict=True)]
    _share(boxes, turns, origins, drawn)
    _part(boxes, turns, origins, text)
    return boxes, bytes(turns)


class _Setting(NamedTuple):
    """How letters are set. size: in points, as far as it can be believed."""

    turn: int
    size: float
    aslant: bool


def _settings(asked: Asked, objects: Sequence[int], ink: Sequence[Box]) -> dict[int, _Setting]:
    """How the letters of each text object are set."""
    firsts: dict[int, int] = {}
    for at, place in enumerate(objects):
        firsts.setdefault(place, at)
    made: dict[int, _Setting] = {}
    for place, found in zip(firsts, asked.settings(list(firsts.values())), strict=True):
        size = abs(found.size) * math.hypot(found.c, found.d)
        quarters = math.atan2(found.b, found.a) / (math.pi / 2) if _finite(found.a, found.b) else 0
        aslant = abs(quarters - round(quarters)) > _ASLANT
        made[place] = _Setting(round(quarters) % 4, size if _finite(size) else 0.0, aslant)
    tallest: dict[int, float] = {}
    for at, place in enumerate(objects):
        left, bottom, right, top = ink[at]
        tall = right - left if made[place].turn % 2 else top - bottom
        if tall > tallest.get(place, 0.0):
            tallest[place] = tall
    for place, tall in tallest.items():
        if made[place].size > _MOST * tall:
            made[place] = made[place]._replace(size=_MOST * tall)
    return made


def _finite(*numbers: float) -> bool:
    return all(map(math.isfinite, numbers))


def _cell(ink: Box, origin: tuple[float, float], set_as: _Setting) -> Box:
    left, bottom, right, top = ink
    if set_as.aslant:
        x, y = (left + right) / 2, (bottom + top) / 2
        aside, apart = (right - left) * _SMALL / 2, (top - bottom) * _SMALL / 2
        return x - aside, y - apart, x + aside, y + apart
    x, y = origin
    up, down = set_as.size * _UP, set_as.size * _DOWN
    if set_as.turn == 0:
        return left, min(bottom, y - down), right, max(top, y + up)
    if set_as.turn == 1:
        return min(left, x - up), bottom, max(right, x + down), top
    if set_as.turn == 2:
        return left, min(bottom, y - up), right, max(top, y + down)
    return min(left, x - down), bottom, max(right, x + up), top


def _share(
    boxes: array[float],
    turns: Sequence[int],
    origins: Sequence[tuple[float, float]],
    objects: Sequence[int],
) -> None:
    """Give each letter of a ligature its part of the cell, which pdfium gives to each whole."""
    at = 0
    count = len(origins)
    while at < count:
        end = at + 1
        while (
            end < count
            and objects[at]
            and origins[end] == origins[at]
            and objects[end] == objects[at]
            and boxes[4 * end : 4 * end + 4] == boxes[4 * at : 4 * at + 4]
        ):
            end += 1
        if end - at > 1:
            _split(boxes, turns[at], at, end)
        at = end


def _split(boxes: array[float], turn: int, at: int, end: int) -> None:
    low, high = _ends(turn)
    first, last = boxes[4 * at + low], boxes[4 * at + high]
    step = (last - first) / (end - at)
    for number in range(end - at):
        place = number if turn in (0, 1) else end - at - 1 - number
        boxes[4 * (at + number) + low] = first + step * place
        boxes[4 * (at + number) + high] = first + step * (place + 1)


def _part(
    boxes: array[float], turns: Sequence[int], origins: Sequence[tuple[float, float]], text: str
) -> None:
    """Let the cells of neighbours on a line meet in the middle of where they overlap."""
    for at in range(len(text) - 1):
        after = at + 1
        turn = turns[at]
        low, high = _ends(turn)
        if turns[after] != turn or text[at] == " " or text[after] == " ":
            continue
        if abs(origins[at][1 - turn % 2] - origins[after][1 - turn % 2]) > _SAME_LINE:
            continue
        a, b = (at, after) if boxes[4 * at + low] < boxes[4 * after + low] else (after, at)
        begin, end = boxes[4 * b + low], boxes[4 * a + high]
        # One inside the other is a mark on its letter, or one written over the other.
        if boxes[4 * a + low] < begin < end < boxes[4 * b + high]:
            boxes[4 * b + low] = boxes[4 * a + high] = (begin + end) / 2


def _ends(turn: int) -> tuple[int, int]:
    """Which numbers of a box are its ends along a line."""
    return (1, 3) if turn % 2 else (0, 2)
