"""Cut RTF into groups, control words and bytes of text; what they mean is told elsewhere."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Mark(Enum):
    """What a token is."""

    OPEN = "{"
    CLOSE = "}"
    WORD = "word"  # \word or \word-12
    SYMBOL = "symbol"  # a backslash and one character that is no letter
    BYTES = "bytes"  # \'e9 and those right behind it
    TEXT = "text"


class Token(NamedTuple):
    """name: of a word, or the one character of a symbol. number: None for a word without one."""

    mark: Mark
    name: str = ""
    number: int | None = None
    raw: bytes = b""


_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2})++)|\\(.)|([{}])|[\r\n\x00]+"
    rb"|([^\\{}\r\n\x00]+)|\\",
    re.DOTALL,
)
_IN_GROUP = re.compile(rb"\\bin(\d{1,10}) ?|\\.|[{}]", re.DOTALL)
_OPEN, _CLOSE = Token(Mark.OPEN), Token(Mark.CLOSE)


class Tokens:
    """The tokens of a file one by one. Raw data (\\bin) is left out."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0

    @property
    def left(self) -> int:
        """How many bytes are still to come."""
        return len(self._content) - self._place

    def take(self) -> Token | None:
        """The next token; None at the end."""
        while found := _TOKEN.match(self._content, self._place):
            self._place = found.end()
            kind = found.lastindex
            if kind == 6:
                return Token(Mark.TEXT, raw=found[6])
            if kind == 5:
                return _OPEN if found[5] == b"{" else _CLOSE
            if kind == 3:
                return Token(
                    Mark.BYTES, raw=bytes.fromhex(found[3].replace(b"\\'", b"").decode("ascii"))
                )
            if kind == 4:
                return Token(Mark.SYMBOL, found[4].decode("latin-1"))
            if kind in (1, 2):
                name = found[1].decode("ascii")
                number = int(found[2]) if found[2] else None
                if name == "bin":
                    self._place += max(number or 0, 0)
                    continue
                return Token(Mark.WORD, name, number)
        return None

    def skip_group(self) -> bytes:
        """Go to the bracket that closes the group; returns what lies before it, as it stands."""
        start = self._place
        depth = 0
        while found := _IN_GROUP.search(self._content, self._place):
            self._place = found.end()
            if found[1]:
                self._place += int(found[1])
            elif found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                if not depth:
                    self._place = found.start()
                    return self._content[start : self._place]
                depth -= 1
        self._place = len(self._content)
        return self._content[start:]
