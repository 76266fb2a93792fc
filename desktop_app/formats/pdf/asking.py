"""Ask pdfium about many characters of a page at once.

A page has thousands of them. The bindings' own signatures make several objects at each call, which
takes longer than the answer; here the arguments are made once, and the answers are read in bulk.
For one thread at a time, as pdfium is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_AT_ONCE = 1_024


def _function(function: Any, result: Any) -> Callable[..., Any]:
    """One of pdfium's functions that takes its arguments as they are."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result)(address)


_unicode_at = _function(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_unmapped_at = _function(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_object_at = _function(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_box_at = _function(pdfium.FPDFText_GetCharBox, None)
_origin_at = _function(pdfium.FPDFText_GetCharOrigin, None)
_size_at = _function(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_matrix_at = _function(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_font_of = _function(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p)


class Setting(NamedTuple):
    """How large a letter is in its font's own measure, and the numbers by which it is drawn."""

    size: float
    a: float
    b: float
    c: float
    d: float


def fonts_of(objects: Iterable[int]) -> list[int]:
    """The address of the font of each text object; 0 for none."""
    return [(_font_of(ctypes.c_void_p(place)) if place else None) or 0 for place in objects]


class Asked:
    """A page that answers for its characters, which are named by their indices."""

    def __init__(self, text_page: ctypes._Pointer[ctypes.Structure]) -> None:
        self._page = ctypes.cast(text_page, ctypes.c_void_p)

    def codes(self, at: Iterable[int]) -> list[int]:
        """What each is in Unicode."""
        return list(map(_unicode_at, repeat(self._page), at))

    def unmapped(self, at: Iterable[int]) -> int:
        """How many of them have a font that does not say which letters it shows."""
        return sum(answer > 0 for answer in map(_unmapped_at, repeat(self._page), at))

    def objects(self, at: Iterable[int]) -> list[int]:
        """The address of the text object that each belongs to; 0 for one that pdfium put in."""
        return [place or 0 for place in map(_object_at, repeat(self._page), at)]

    def settings(self, at: Sequence[int]) -> list[Setting]:
        """The size of each, and the first four numbers of the matrix by which it is drawn."""
        sizes = map(_size_at, repeat(self._page), at)
        matrix = pdfium.FS_MATRIX()
        room = ctypes.pointer(matrix)
        made: list[Setting] = []
        for place, size in zip(at, sizes, strict=True):
            if _matrix_at(self._page, place, room):
                made.append(Setting(size, matrix.a, matrix.b, matrix.c, matrix.d))
            else:
                made.append(Setting(size, 1.0, 0.0, 0.0, 1.0))
        return made

    def boxes(self, at: Sequence[int], angle: int) -> tuple[list[float], list[float]]:
        """The left and right edges, in points, once the page is turned back by an angle."""
        left, right, bottom, top = self._numbers(_box_at, at, 4)
        if angle == 0:
            return left, right
        return {
            90: lambda: (bottom, top),
            180: lambda: ([-x for x in right], [-x for x in left]),
            270: lambda: ([-y for y in top], [-y for y in bottom]),
        }[angle]()

    def rects(self, at: Sequence[int]) -> list[tuple[float, float, float, float]]:
        """The left, bottom, right and top of the ink of each, in points of the page."""
        left, right, bottom, top = self._numbers(_box_at, at, 4)
        return list(zip(left, bottom, right, top, strict=True))

    def origins(self, at: Sequence[int]) -> list[tuple[float, float]]:
        """Where each stands on its line, in points of the page."""
        x, y = self._numbers(_origin_at, at, 2)
        return list(zip(x, y, strict=True))

    def bases(self, at: Sequence[int], angle: int) -> list[float]:
        """How high each stands, in points, once the page is turned back by an angle."""
        x, y = self._numbers(_origin_at, at, 2)
        if angle == 0:
            return y
        return x if angle == 270 else [-one for one in (x if angle == 90 else y)]

    def _numbers(
        self, function: Callable[..., Any], at: Sequence[int], count: int
    ) -> list[list[float]]:
        """What a function writes for each character: so many lists of numbers."""
        rooms, places = _room()
        made: list[list[float]] = [[] for _ in range(count)]
        for start in range(0, len(at), _AT_ONCE):
            part = at[start : start + _AT_ONCE]
            for _ in map(function, repeat(self._page), part, *places[:count]):
                pass
            for numbers, room in zip(made, rooms, strict=False):
                numbers += room[: len(part)]
        return made


@lru_cache(maxsize=1)
def _room() -> tuple[list[ctypes.Array[ctypes.c_double]], list[list[ctypes.c_void_p]]]:
    """Four arrays of numbers, and the address of each number in them."""
    rooms = [(ctypes.c_double * _AT_ONCE)() for _ in range(4)]
    places = [
        [ctypes.c_void_p(ctypes.addressof(room) + 8 * number) for number in range(_AT_ONCE)]
        for room in rooms
    ]
    return rooms, places
