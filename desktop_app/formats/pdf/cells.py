"""Where each letter of a page stands: a cell as wide as the letter and as tall as its line.

The box that pdfium gives is as tall as the ink, a dot's as a dot; a line that is marked letter by
letter would be ragged. So the height is that of the font, and never less than the ink.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from desktop_app.formats.pdf.asking import Asked
from desktop_app.formats.pdf.letters import NOTHING

_UP, _DOWN = 0.76, 0.21  # of the size of the letters, above and below the line they stand on
_MOST = 2.4  # how much taller than the tallest ink of its kind a cell may be


def cells_of(asked: Asked, text: str) -> tuple[array[float], bytes]:
    """The cells of a page's characters, and how the line of each runs; as in PageLetters."""
    count = len(text)
    ink = asked.rects(range(count))
    objects = asked.objects(range(count))
    origins = asked.origins(range(count))
    firsts: dict[int, int] = {}
    tallest: dict[int, float] = {}
    for at, place in enumerate(objects):
        firsts.setdefault(place, at)
    settings = dict(zip(firsts, asked.settings(list(firsts.values())), strict=True))
    how: dict[int, tuple[int, float]] = {}
    for place, setting in settings.items():
        size = abs(setting.size) * math.hypot(setting.c, setting.d)
        angle = math.atan2(setting.b, setting.a) if _finite(setting.a, setting.b) else 0.0
        how[place] = (round(angle / (math.pi / 2)) % 4, size if math.isfinite(size) else 0.0)
    for at, place in enumerate(objects):
        left, bottom, right, top = ink[at]
        across = right - left if how[place][0] % 2 else top - bottom
        if across > tallest.get(place, 0.0):
            tallest[place] = across
    boxes = array("d", bytes(32 * count))
    turns = bytearray(count)
    for at, place in enumerate(objects):
        if text[at] == NOTHING:
            continue
        turn, size = how[place]
        size = min(size, _MOST * tallest[place]) if place in tallest else size
        turns[at] = turn
        boxes[4 * at : 4 * at + 4] = array("d", _cell(ink[at], origins[at], turn, size))
    return _shared(boxes, turns, origins, [*map(_drawn, objects, text)]), bytes(turns)


def _drawn(place: int, letter: str) -> int:
    return 0 if letter == NOTHING else place


def _finite(*numbers: float) -> bool:
    return all(map(math.isfinite, numbers))


def _cell(
    ink: tuple[float, float, float, float], origin: tuple[float, float], turn: int, size: float
) -> tuple[float, float, float, float]:
    left, bottom, right, top = ink
    if not _finite(*ink):
        return (0.0, 0.0, 0.0, 0.0)
    if not _finite(*origin):
        return ink
    x, y = origin
    up, down = size * _UP, size * _DOWN
    if turn == 0:
        return left, min(bottom, y - down), right, max(top, y + up)
    if turn == 1:
        return min(left, x - up), bottom, max(right, x + down), top
    if turn == 2:
        return left, min(bottom, y - up), right, max(top, y + down)
    return min(left, x - down), bottom, max(right, x + up), top


def _shared(
    boxes: array[float],
    turns: Sequence[int],
    origins: Sequence[tuple[float, float]],
    objects: Sequence[int],
) -> array[float]:
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
    return boxes


def _split(boxes: array[float], turn: int, at: int, end: int) -> None:
    low, high = (1, 3) if turn % 2 else (0, 2)
    first, last = boxes[4 * at + low], boxes[4 * at + high]
    step = (last - first) / (end - at)
    for number in range(end - at):
        place = number if turn in (0, 1) else end - at - 1 - number
        boxes[4 * (at + number) + low] = first + step * place
        boxes[4 * (at + number) + high] = first + step * (place + 1)
