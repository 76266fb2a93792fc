"""The letters by which texts of two readers are compared, and where each stands in its text.

Left out are what readers treat each in their own way: white space, marks that change nothing that
is seen (soft hyphens, direction marks, zero-width spaces), hyphens and dashes, quote marks and the
bullets of lists. Ligatures are their letters and an ellipsis is three full stops. All else counts,
small and capital letters apart. Whether what was left out matters, `wording.py` says.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

FORMAT = "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
DASHES = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"
QUOTES = "\"'`\u00ab\u00b4\u00bb\u02bb\u02bc\u2018-\u201f\u2032-\u2036\u2039\u203a\uff02\uff07"
BULLETS = "\u2022\u2023\u25aa\u25ab\u25cf\u25e6"
_SOFT = FORMAT + DASHES + QUOTES + BULLETS
_LIGATURES = "\u2026\ufb00-\ufdff\ufe70-\ufefc"

soft_run = re.compile(f"[\\s{_SOFT}]+")

_JOINED = re.compile(f"[{_LIGATURES}]")
_OTHER = re.compile(f"[^\\S\\x00-\\x7f]|[{_LIGATURES}]|(?=[^\\x00-\\x7f])[{_SOFT}]")
_PLAIN_SOFT = bytes(code for code in range(128) if soft_run.match(chr(code)))
_PIECE = 512  # code points: what is walked through to find one of them


def spread(text: str) -> str:
    """A text with its ligatures as letters."""
    return _JOINED.sub(_letters_of, text)


def letters(text: str) -> bytes:
    """The letters of a text that count, in UTF-8; those of its parts, one behind the other."""
    if text.isascii():
        return text.encode().translate(None, _PLAIN_SOFT)
    return (
        _OTHER.sub(_letters_of, text).encode("utf-8", "surrogatepass").translate(None, _PLAIN_SOFT)
    )


def _letters_of(found: re.Match[str]) -> str:
    letter = found[0]
    if soft_run.match(letter):
        return ""
    return "..." if letter == "\u2026" else unicodedata.normalize("NFKC", letter)


class Letters:
    """The letters of a whole text; an offset counts their bytes, a place code points of the text."""

    def __init__(self, text: str) -> None:
        pieces = [letters(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE)]
        self.text = text
        self.bytes = b"".join(pieces)
        self._starts = [0]
        for piece in pieces:
            self._starts.append(self._starts[-1] + len(piece))

    def offset(self, place: int) -> int:
        """How many bytes of letters stand before a place."""
        piece = min(place, len(self.text)) // _PIECE
        return self._starts[piece] + len(letters(self.text[piece * _PIECE : place]))

    def place(self, offset: int) -> int:
        """The place of the code point that gave the byte at an offset; the end for none."""
        if offset >= len(self.bytes):
            return len(self.text)
        piece = bisect_right(self._starts, offset) - 1
        left = offset - self._starts[piece]
        low = piece * _PIECE
        past = min(low + _PIECE, len(self.text))
        while past - low > 1:
            middle = (low + past) // 2
            size = len(letters(self.text[low:middle]))
            if size <= left:
                low, left = middle, left - size
            else:
                past = middle
        return low

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The code points of a range of letters that is not empty."""
        return self.place(start), self.place(end - 1) + 1
