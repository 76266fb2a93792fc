"""From the characters of a page of a PDF to letters, one for one.

A run of a block names a character of the page by its index: whoever draws the page must read it
through `letters_of`, too.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2.raw as pdfium

NOTHING = "\x00"  # stands for a character of the page that is no letter, so that indices stay

# The bindings' own signatures make an object a call; there is one call a letter.
_unicode_at = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetUnicode, ctypes.c_void_p).value or 0
)
_LINE_END_HYPHEN = "\x02"  # how pdfium writes the hyphen of a word that goes on in the next line
_NO_CHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_ODD = re.compile(f"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufeff{_NO_CHARACTERS}]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BLANK = "\t\n\x0b\x0c\r\x85\u2028\u2029"
_DOUBTFUL = re.compile("[^\x01-\x7f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a page.

    text: one code point for each character. breaks: indices of the characters that end a line.
    cuts: where a line begins
    behind a hyphen, ascending. lost: how many have no meaning that could be read.
    """

    text: str
    breaks: frozenset[int]
    cuts: tuple[int, ...]
    lost: int


def letters_of(text_page: ctypes._Pointer[ctypes.Structure]) -> str:
    """One code point for each character of a page; NOTHING where it is no letter."""
    return _letters(_raw(text_page))


def read_letters(text_page: ctypes._Pointer[ctypes.Structure]) -> Letters:
    """The letters of a page, where its lines end, and how many of them are lost."""
    raw = _raw(text_page)
    text = _letters(raw)
    breaks = frozenset(found.start() for found in re.finditer("[\r\n]", raw))
    cuts = tuple(found.end() for found in re.finditer(_LINE_END_HYPHEN, raw))
    unmapped = pdfium.FPDFText_HasUnicodeMapError
    lost = 0
    for found in _DOUBTFUL.finditer(text):
        at, letter = found.start(), found[0]
        if letter == NOTHING:
            lost += raw[at] == "\x00"
        else:
            lost += bool(_PRIVATE.match(letter)) or unmapped(text_page, at) > 0
    return Letters(text, breaks, cuts, lost)


def _raw(text_page: ctypes._Pointer[ctypes.Structure]) -> str:
    """What pdfium has for each character; lone halves of wide ones as such."""
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    address = ctypes.cast(text_page, ctypes.c_void_p).value
    codes = [_unicode_at(address, index) for index in range(count)]
    return "".join([chr(code) if code < 0x110000 else NOTHING for code in codes])


def _letters(raw: str) -> str:
    text = _PAIR.sub(_whole, raw)
    return _ODD.sub(_plain, text)


def _whole(pair: re.Match[str]) -> str:
    """Two indices make one letter: it stands at the first."""
    high, low = ord(pair[0][0]), ord(pair[0][1])
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00) + NOTHING


def _plain(odd: re.Match[str]) -> str:
    if odd[0] == _LINE_END_HYPHEN:
        return "-"
    return " " if odd[0] in _BLANK else NOTHING
