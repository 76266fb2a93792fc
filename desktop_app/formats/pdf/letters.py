"""From the characters of a page of a PDF to letters, one for one.

A run of a block names a character of the page by its index: whoever draws the page must read it
through `letters_of`, too.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from desktop_app.formats.pdf.asking import Asked

NOTHING = "\x00"  # stands for a character of the page that is no letter, so that indices stay
_MOST_ASKED = 500  # letters of a page whose fonts are asked for what they mean
_LINE_END_HYPHEN = "\x02"  # how pdfium writes the hyphen of a word that goes on in the next line
_NO_CHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_ODD = re.compile(f"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufeff{_NO_CHARACTERS}]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BLANK = "\t\n\x0b\x0c\r\x85\u2028\u2029"
_DOUBTFUL = re.compile("[^\x01-\x7f]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")
# What stands in pdfium's text where the character itself is another one, or none.
_STAND_IN = re.compile("[^\t\n\r\x20-\ud7ff]")


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
    doubtful: list[int] = []
    lost = 0
    for found in _DOUBTFUL.finditer(text):
        at, letter = found.start(), found[0]
        if letter == NOTHING:
            lost += raw[at] == "\x00"
        elif _PRIVATE.match(letter):
            lost += 1
        else:
            doubtful.append(at)
    # Of many every so-manyth is asked, and stands for those behind it.
    step = len(doubtful) // _MOST_ASKED + 1
    lost += step * Asked(text_page).unmapped(doubtful[::step])
    return Letters(text, breaks, cuts, lost)


def _raw(text_page: ctypes._Pointer[ctypes.Structure]) -> str:
    """What pdfium has for each character; lone halves of wide ones as such."""
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    asked = Asked(text_page)
    text = _at_once(text_page, count)
    if len(text) != count or _HALF.search(text):
        return _joined(asked.codes(range(count)))
    places = [found.start() for found in _STAND_IN.finditer(text)]
    if not places:
        return text
    letters = list(text)
    for place, code in zip(places, asked.codes(places), strict=True):
        letters[place] = _joined([code])
    return "".join(letters)


def _at_once(text_page: ctypes._Pointer[ctypes.Structure], count: int) -> str:
    """pdfium's text of a page; it leaves some characters out, and is as long as they are then."""
    room = (ctypes.c_ushort * (count + 1))()
    length = pdfium.FPDFText_GetText(text_page, 0, count, room)
    return bytes(room)[: 2 * max(length - 1, 0)].decode("utf-16-le", "surrogatepass")


def _joined(codes: list[int]) -> str:
    return "".join([chr(code) if code < 0x110000 else NOTHING for code in codes])


def _letters(raw: str) -> str:
    # Ends of lines are on every page, and a call for each takes long.
    text = _PAIR.sub(_whole, raw).replace("\r", " ").replace("\n", " ")
    return _ODD.sub(_plain, text)


def _whole(pair: re.Match[str]) -> str:
    """Two indices make one letter: it stands at the first."""
    high, low = ord(pair[0][0]), ord(pair[0][1])
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00) + NOTHING


def _plain(odd: re.Match[str]) -> str:
    if odd[0] == _LINE_END_HYPHEN:
        return "-"
    return " " if odd[0] in _BLANK else NOTHING
