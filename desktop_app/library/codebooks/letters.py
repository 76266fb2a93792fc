"""Which letters the bytes of a table mean."""

from __future__ import annotations

import codecs

from desktop_app.library.codebooks.remarks import Remarks
from desktop_app.library.codebooks.soundness import Unsound

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4_000


def decoded(content: bytes, remarks: Remarks) -> str:
    """Read bytes as UTF-8 or UTF-16, else as what Windows wrote before; that is a guess, and said."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    if not encoding:
        encoding = _by_zeros(content[:_LOOKED_AT]) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise Unsound("its letters are not written as its first bytes say.") from error
        text = _western(content, remarks)
    if "\0" in text:
        raise Unsound("it is not a text.")
    return text.removeprefix("\ufeff")


def _by_zeros(start: bytes) -> str:
    """UTF-16 without a mark has a zero in every second byte, where the letters are Latin."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 < len(start) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _western(content: bytes, remarks: Remarks) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unsound(
            "its letters are neither UTF-8 nor those of Windows in Western Europe; "
            "save it as UTF-8."
        ) from error
    remarks.add(
        "Its letters were taken for those of Windows in Western Europe (Windows-1252); where they "
        "are wrong, save the file as UTF-8 and take it again."
    )
    return text
