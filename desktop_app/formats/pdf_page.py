"""The letters of one page of a PDF, in pdfium's order, with how and where each word stands.

`letters_of` is the one way from a page's characters to letters: a run of a block names a character
by its index there, and whoever draws the page must read it through the same function.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, replace

import pypdfium2.raw as pdfium

NOTHING = "\x00"  # stands for a character of the page that is no letter, so that indices stay

_BOLD = re.compile(r"(?i)bold|black|heavy|demi|\bcmbx|\bsfbx|\bcmssbx|-bd\b")
_ITALIC = re.compile(r"(?i)italic|oblique|slanted|\bcmti|\bcmsl|\bsfti")
_BOLD_FLAG, _ITALIC_FLAG = 1 << 18, 1 << 6
_HEAVY = 600
_LINE_END_HYPHEN = 2  # how pdfium writes the hyphen of a word that goes on in the next line
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")

# The bindings' own signatures make an object a call; there is one call a letter.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
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
    angle: how most of the page is turned. width, height: in points, after turning it back.
    lost: how many letters have no meaning that could be read.
    """

    letters: str
    words: tuple[Word, ...]
    breaks: frozenset[int]
    angle: int
    width: float
    height: float
    lost: int


def letters_of(text_page: ctypes._Pointer[ctypes.Structure]) -> str:
    """One code point for each character of a page; NOTHING where it is no letter."""
    return _letters(_codes(text_page))


def _codes(text_page: ctypes._Pointer[ctypes.Structure]) -> list[int]:
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    unicode_at = pdfium.FPDFText_GetUnicode
    return [unicode_at(text_page, index) for index in range(count)]


def _letters(codes: list[int]) -> str:
    letters = "".join(map(_letter, codes))
    if any(0xD800 <= code < 0xE000 for code in codes):
        letters = _pairs(codes, letters)
    return letters


def page_text(
    page: ctypes._Pointer[ctypes.Structure], text_page: ctypes._Pointer[ctypes.Structure]
) -> PageText:
    """Read a page with the places of its words."""
    codes = _codes(text_page)
    letters = _letters(codes)
    breaks = frozenset(at for at, code in enumerate(codes) if code in (10, 13))
    styles = _styles(text_page, letters)
    angles: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    ends = [start for start, _ in styles[1:]] + [len(letters)]
    for (start, style), end in zip(styles, ends, strict=False):
        angles[style.angle] += end - start
        weights[style.weight] += end - start
    usual = weights.most_common(1)[0][0] if weights else 0
    styles = [(start, _judged(style, usual)) for start, style in styles]
    angle = angles.most_common(1)[0][0] if angles else 0
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    cuts = {at + 1 for at, code in enumerate(codes) if code == _LINE_END_HYPHEN}
    words = _words(text_page, letters, styles, cuts, angle)
    unmapped = pdfium.FPDFText_HasUnicodeMapError
    lost = sum(
        1
        for at, letter in enumerate(letters)
        if (letter == NOTHING and codes[at] == 0)
        or _PRIVATE.match(letter)
        or (letter > "\x7f" and unmapped(text_page, at) > 0)
    )
    if angle in (90, 270):
        width, height = height, width
    return PageText(letters, words, breaks, angle, width, height, lost)


def _letter(code: int) -> str:
    """What a character of a page is in a text."""
    if code > 0x10FFFF or code < 9 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE:
        return "-" if code == _LINE_END_HYPHEN else NOTHING
    if code < 32 or code in (0x2028, 0x2029, 0x85):
        return " " if code in (9, 11, 12, 13, 0x85, 0x2028, 0x2029) else NOTHING
    return NOTHING if code in (0x7F, 0xFEFF) else chr(code)


def _pairs(codes: list[int], letters: str) -> str:
    """Where wide characters have 16 bits, two indices make one letter: it stands at the first."""
    made = list(letters)
    for at in range(len(codes) - 1):
        high, low = codes[at], codes[at + 1]
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            made[at] = chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
    return "".join(made)


def _styles(text_page: ctypes._Pointer[ctypes.Structure], letters: str) -> list[tuple[int, Style]]:
    found: list[tuple[int, Style]] = []
    known: dict[int, Style] = {}
    address = ctypes.cast(text_page, ctypes.c_void_p).value
    last = None
    for at, letter in enumerate(letters):
        if letter in " \n\x00":
            continue
        place = _object_at(address, at)
        if place == last:
            continue
        last = place
        style = known.get(place or 0)
        if style is None:
            style = known[place or 0] = _style(text_page, at, place)
        if not found or found[-1][1] != style:
            found.append((at, style))
    return found


def _style(text_page: ctypes._Pointer[ctypes.Structure], at: int, place: int | None) -> Style:
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


def _words(
    text_page: ctypes._Pointer[ctypes.Structure],
    letters: str,
    styles: list[tuple[int, Style]],
    cuts: set[int],
    angle: int,
) -> tuple[Word, ...]:
    """The words of a page; a word ends also where its style changes, and at the end of a line."""
    starts = dict(styles)
    found: list[Word] = []
    style = Style(0.0)
    start = -1
    for at, letter in enumerate(letters):
        blank = letter in " \x00" or letter.isspace()
        if start >= 0 and (blank or at in starts or at in cuts):
            found.append(_word(text_page, start, at, style, angle))
            start = -1
        style = starts.get(at, style)
        if not blank and start < 0:
            start = at
    if start >= 0:
        found.append(_word(text_page, start, len(letters), style, angle))
    return tuple(found)


def _word(
    text_page: ctypes._Pointer[ctypes.Structure], start: int, end: int, style: Style, angle: int
) -> Word:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, start, x, y)
    first = _turned(_box(text_page, start), angle)
    last = _turned(_box(text_page, end - 1), angle)
    base = {0: y.value, 90: -x.value, 180: -y.value, 270: x.value}[angle]
    left, right = min(first[0], last[0]), max(first[1], last[1])
    values = (left, right, base)
    if not all(map(math.isfinite, values)):
        left = right = base = 0.0
    return Word(start, end, left, right, base, style)


def _box(
    text_page: ctypes._Pointer[ctypes.Structure], at: int
) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
    return left.value, right.value, bottom.value, top.value


def _turned(box: tuple[float, float, float, float], angle: int) -> tuple[float, float]:
    """The left and right of a box once the page is turned back by the angle."""
    left, right, bottom, top = box
    return {0: (left, right), 90: (bottom, top), 180: (-right, -left), 270: (-top, -bottom)}[angle]
