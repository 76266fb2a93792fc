"""Bytes and numbers of RTF to letters, in pieces as they come."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.formats.office.rtf.charsets import decoded
from desktop_app.formats.text.symbol_fonts import symbol

_LOST = "\ufffd"


@dataclass(slots=True)
class Letters:
    """Gathers bytes until it is known that no more of them belong to the last letter.

    skip: how many characters are still to be left out, since they only stand for the one before in
    programs that do not know Unicode.
    """

    skip: int = 0
    _raw: bytearray = field(default_factory=bytearray)
    _high: int = 0  # half of a character, the other half is to come

    def take(self, raw: bytes) -> None:
        """Gather bytes of text."""
        if self.skip:
            dropped = min(self.skip, len(raw))
            self.skip -= dropped
            raw = raw[dropped:]
        self._raw += raw

    def unicode(self, code: int, charset: str) -> str:
        """The letters that were gathered, and the one with this number (of 16 bits, signed)."""
        text = self.flush(charset, keep_half=True)
        code += 0x10000 if code < 0 else 0
        if self._high and 0xDC00 <= code <= 0xDFFF:
            code = 0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00
            self._high = 0
        elif self._high:
            text += _LOST
            self._high = 0
        if 0xD800 <= code <= 0xDBFF:
            self._high = code
            return text
        if 0xDC00 <= code <= 0xDFFF or code > 0x10FFFF:
            return text + _LOST
        return text + (symbol(code) or chr(code))

    def flush(self, charset: str, *, keep_half: bool = False) -> str:
        """The letters of what was gathered. keep_half: the other half of one may come next."""
        text = ""
        if self._high and (self._raw or not keep_half):
            text = _LOST
            self._high = 0
        if self._raw:
            text += decoded(bytes(self._raw), charset)
            self._raw.clear()
        return text
