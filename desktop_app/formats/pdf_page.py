"""The words of one page of a PDF, in pdfium's order, with how and where each stands."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2.raw as pdfium

from desktop_app.formats.pdf_letters import Letters, read_letters

_BOLD = re.compile(r"(?i)bold|black|heavy|demi|\bcmbx|\bsfbx|\bcmssbx|-bd\b")
_ITALIC = re.compile(r"(?i)italic|oblique|slanted|\bcmti|\bcmsl|\bsfti")
_BOLD_FLAG, _ITALIC_FLAG = 1 << 18, 1 << 6
_HEAVY = 600
_WORD = re.compile(r"[^\s\x00]+")

# The bindings' own signatures make objects at each call; there are four calls a word.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_box_at = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)(
    ctypes.cast(pdfium.FPDFText_GetCharBox, ctypes.c_void_p).value or 0
)
_origin_at = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 2)(
    ctypes.cast(pdfium.FPDFText_GetCharOrigin, ctypes.c_void_p).value or 0
)


@dataclass(frozen=True, slots=True)
class Style:
    """How letters are set. size: in points, as it stands on the page. angle: 0, 90, 180 or 270.

    weight: as the font says, which is often untrue of all letters alike.
    """

    size: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without white space; start and end are indices of the page's characters.

    left, right, base: in points, y upward, turned so that most of the page reads from left to
    right; base is where the letters stand.
    """

    start: int
    end: int
    left: float
    right: float
    base: float
    style: Style


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page.

    letters: one code point for each character of the page. breaks: where pdfium ends a line.
    angle: how most of the page is turned. bottom, top: its edges in points, after turning it back.
    lost: how many letters have no meaning that could be read.
    """

    letters: str
    words: tuple[Word, ...]
    breaks: frozenset[int]
    angle: int
    bottom: float
    top: float
    lost: int


def page_text(
    page: ctypes._Pointer[ctypes.Structure], text_page: ctypes._Pointer[ctypes.Structure]
) -> PageText:
    """Read a page with the places of its words."""
    letters = read_letters(text_page)
    styled = list(_styled(text_page, letters))
    angles: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    for start, end, style in styled:
        angles[style.angle] += end - start
        weights[style.weight] += end - start
    angle = angles.most_common(1)[0][0] if angles else 0
    usual = weights.most_common(1)[0][0] if weights else 0
    judged = {style: _judged(style, usual) for style in {style for _, _, style in styled}}
    ruler = _Ruler(text_page, angle)
    words = tuple(ruler.word(start, end, judged[style]) for start, end, style in styled)
    bottom, top = _edges(page, angle)
    return PageText(letters.text, words, letters.breaks, angle, bottom, top, letters.lost)


def _edges(page: ctypes._Pointer[ctypes.Structure], angle: int) -> tuple[float, float]:
    """The bottom and top of a page once it is turned back."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return {
        0: (box.bottom, box.top),
        90: (-box.right, -box.left),
        180: (-box.top, -box.bottom),
        270: (box.left, box.right),
    }[angle]


def _styled(
    text_page: ctypes._Pointer[ctypes.Structure], letters: Letters
) -> Iterator[tuple[int, int, Style]]:
    """The words of a page; a word ends also where its style changes, and at the end of a line."""
    known: dict[int, Style] = {}
    same: dict[Style, Style] = {}
    address = ctypes.cast(text_page, ctypes.c_void_p).value

    def style_at(at: int, place: int) -> Style:
        style = known.get(place)
        if style is None:
            style = _style(text_page, at, place)
            style = known[place] = same.setdefault(style, style)
        return style

    for start, end in _words(letters):
        place = _object_at(address, start) or 0
        if place == (_object_at(address, end - 1) or 0):
            yield start, end, style_at(start, place)
            continue
        begin, style = start, style_at(start, place)
        for at in range(start + 1, end):
            other = style_at(at, _object_at(address, at) or 0)
            if other is not style:
                yield begin, at, style
                begin, style = at, other
        yield begin, end, style


def _words(letters: Letters) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(letters.text):
        start, end = found.span()
        at = bisect_right(letters.cuts, start)
        while at < len(letters.cuts) and letters.cuts[at] < end:
            yield start, letters.cuts[at]
            start = letters.cuts[at]
            at += 1
        yield start, end


def _style(text_page: ctypes._Pointer[ctypes.Structure], at: int, place: int) -> Style:
    size = pdfium.FPDFText_GetFontSize(text_page, at)
    matrix = pdfium.FS_MATRIX()
    angle = 0
    if pdfium.FPDFText_GetMatrix(text_page, at, matrix):
        size *= math.hypot(matrix.c, matrix.d)
        if math.isfinite(matrix.a) and math.isfinite(matrix.b):
            angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4 * 90
    size = round(abs(size), 1) if math.isfinite(size) else 0.0
    if not place:
        return Style(size, angle=angle)
    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(place, pdfium.FPDF_PAGEOBJECT))
    if not font:
        return Style(size, angle=angle)
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    room = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, room, 200)
    name = room.value.decode("latin-1")
    bold = bool(_BOLD.search(name)) or bool(flags & _BOLD_FLAG)
    italic = bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)
    return Style(size, bold, italic, angle, pdfium.FPDFFont_GetWeight(font))


def _judged(style: Style, usual: int) -> Style:
    """Call bold also what is much heavier than most of the page."""
    heavy = style.weight >= max(_HEAVY, 1.3 * usual)
    return replace(style, bold=style.bold or heavy, weight=0)


class _Ruler:
    """Measure words on one page. angle: by which most of it is turned."""

    def __init__(self, text_page: ctypes._Pointer[ctypes.Structure], angle: int) -> None:
        self._page = ctypes.cast(text_page, ctypes.c_void_p).value
        self._angle = angle
        self._numbers = (ctypes.c_double * 4)()
        self._places = [ctypes.addressof(self._numbers) + 8 * place for place in range(4)]

    def word(self, start: int, end: int, style: Style) -> Word:
        left, right = self._edges(start)
        if end > start + 1:
            # In a script that runs to the left the last letter is the leftmost one.
            first, last = self._edges(end - 1)
            left, right = min(left, first), max(right, last)
        base = self._base(start)
        if not (math.isfinite(left) and math.isfinite(right) and math.isfinite(base)):
            left = right = base = 0.0
        return Word(start, end, left, right, base, style)

    def _edges(self, at: int) -> tuple[float, float]:
        """The left and right of a character once the page is turned back."""
        _box_at(self._page, at, *self._places)
        left, right, bottom, top = self._numbers
        if self._angle == 0:
            return left, right
        turned = {90: (bottom, top), 180: (-right, -left), 270: (-top, -bottom)}
        return turned[self._angle]

    def _base(self, at: int) -> float:
        _origin_at(self._page, at, self._places[0], self._places[1])
        x, y = self._numbers[0], self._numbers[1]
        return y if self._angle == 0 else {90: -x, 180: -y, 270: x}[self._angle]
