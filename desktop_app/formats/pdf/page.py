"""The words of one page of a PDF, in pdfium's order, with how and where each stands."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import NamedTuple

import pypdfium2.raw as pdfium

from desktop_app.formats.pdf.asking import Asked, Setting, fonts_of
from desktop_app.formats.pdf.letters import Letters, read_letters

_BOLD = re.compile(r"(?i)bold|black|heavy|demi|\bcmbx|\bsfbx|\bcmssbx|-bd\b")
_ITALIC = re.compile(r"(?i)italic|oblique|slanted|\bcmti|\bcmsl|\bsfti")
_BOLD_FLAG, _ITALIC_FLAG = 1 << 18, 1 << 6
_HEAVY = 600
_WORD = re.compile(r"[^\s\x00]+")


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


class Word(NamedTuple):
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
    asked = Asked(text_page)
    styled = _styled(asked, list(_words(letters)))
    lengths: dict[int, int] = defaultdict(int)
    used: dict[int, Style] = {}
    for start, end, style in styled:
        key = id(style)
        lengths[key] += end - start
        used[key] = style
    angles: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    for key, style in used.items():
        angles[style.angle] += lengths[key]
        weights[style.weight] += lengths[key]
    angle = angles.most_common(1)[0][0] if angles else 0
    usual = weights.most_common(1)[0][0] if weights else 0
    same: dict[Style, Style] = {}
    judged = {
        key: same.setdefault(made := _judged(style, usual), made) for key, style in used.items()
    }
    words = _measured(asked, angle, [(s, e, judged[id(style)]) for s, e, style in styled])
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


def _styled(asked: Asked, words: Sequence[tuple[int, int]]) -> list[tuple[int, int, Style]]:
    """The words with their style, cut where that changes; letters alike share theirs."""
    firsts = asked.objects([start for start, _ in words])
    lasts = asked.objects([end - 1 for _, end in words])
    inside = {
        start: asked.objects(range(start, end))
        for (start, end), first, last in zip(words, firsts, lasts, strict=True)
        if first != last
    }
    known = dict(zip(firsts, [start for start, _ in words], strict=True))
    for start, places in inside.items():
        known.update(zip(places, range(start, start + len(places)), strict=True))
    styles = dict(zip(known, _styles(asked, list(known.values()), list(known)), strict=True))
    made: list[tuple[int, int, Style]] = []
    for (start, end), place in zip(words, firsts, strict=True):
        style = styles[place]
        if start in inside:
            for at, other in enumerate(inside[start], start):
                if styles[other] is not style:
                    made.append((start, at, style))
                    start, style = at, styles[other]
        made.append((start, end, style))
    return made


def _words(letters: Letters) -> Iterator[tuple[int, int]]:
    cuts = iter(letters.cuts)
    cut = next(cuts, len(letters.text))
    for found in _WORD.finditer(letters.text):
        start, end = found.span()
        while cut < end:
            if cut > start:
                yield start, cut
                start = cut
            cut = next(cuts, len(letters.text))
        yield start, end


class _Font(NamedTuple):
    """What a font says of itself."""

    bold: bool
    italic: bool
    weight: int


def _styles(asked: Asked, at: Sequence[int], objects: Sequence[int]) -> Iterator[Style]:
    """How letters are set, of which the objects are known."""
    fonts: dict[int, _Font] = {0: _Font(False, False, 0)}
    same: dict[object, Style] = {}
    for place, setting in zip(fonts_of(objects), asked.settings(at), strict=True):
        style = same.get((place, setting))
        if style is None:
            if place not in fonts:
                fonts[place] = _font(ctypes.cast(place, pdfium.FPDF_FONT))
            style = _style(setting, fonts[place])
            style = same[place, setting] = same.setdefault(style, style)
        yield style


def _style(setting: Setting, font: _Font) -> Style:
    size, a, b, c, d = setting
    size *= math.hypot(c, d)
    angle = 0
    if isfinite(a) and isfinite(b):
        angle = round(math.degrees(math.atan2(b, a)) / 90) % 4 * 90
    size = round(abs(size), 1) if isfinite(size) else 0.0
    return Style(size, font.bold, font.italic, angle, font.weight)


def _font(font: ctypes._Pointer[ctypes.Structure]) -> _Font:
    flags = max(pdfium.FPDFFont_GetFlags(font), 0)
    room = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, room, 200)
    name = room.value.decode("latin-1")
    bold = bool(_BOLD.search(name)) or bool(flags & _BOLD_FLAG)
    italic = bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)
    return _Font(bold, italic, pdfium.FPDFFont_GetWeight(font))


def _judged(style: Style, usual: int) -> Style:
    """Call bold also what is much heavier than most of the page."""
    heavy = style.weight >= max(_HEAVY, 1.3 * usual)
    return replace(style, bold=style.bold or heavy, weight=0)


def _measured(
    asked: Asked, angle: int, styled: Sequence[tuple[int, int, Style]]
) -> tuple[Word, ...]:
    """The words with their places. angle: by which most of the page is turned."""
    starts = [start for start, _, _ in styled]
    ends = [end for _, end, _ in styled]
    styles = [style for _, _, style in styled]
    left, right = asked.boxes(starts, angle)
    other_left, other_right = asked.boxes([end - 1 for end in ends], angle)
    # In a script that runs to the left the last letter is the leftmost one.
    lefts, rights = list(map(min, left, other_left)), list(map(max, right, other_right))
    bases = asked.bases(starts, angle)
    if not isfinite(sum(lefts) + sum(rights) + sum(bases)):
        for place, numbers in enumerate(zip(lefts, rights, bases, strict=True)):
            if not all(map(isfinite, numbers)):
                lefts[place] = rights[place] = bases[place] = 0.0
    return tuple(map(Word, starts, ends, lefts, rights, bases, styles))
