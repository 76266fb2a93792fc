"""Which letters the bytes of RTF are: by font, code page, or symbols."""

from __future__ import annotations

import codecs
from typing import Final

from desktop_app.formats.text.symbol_fonts import in_signs, in_symbol

SYMBOL: Final = "symbol"
SIGNS: Final = "signs"  # Wingdings and the like, which have no letters

# \fcharset of a font; 1 stands for the file's own.
_OF_FONT = {
    0: "cp1252", 2: SYMBOL, 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "cp936", 81: "cp950",
    83: "cp1255", 84: "mac_arabic", 85: "mac_greek", 86: "mac_turkish", 87: "cp874",
    88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {
    708: "cp864", 709: "cp864", 710: "cp864", 711: "cp864", 1361: "johab", 10000: "mac_roman",
    10001: "cp932", 10004: "mac_arabic", 10006: "mac_greek", 10007: "mac_cyrillic",
    10008: "cp936", 10029: "mac_latin2", 10081: "mac_turkish", 57002: "utf-8", 65001: "utf-8",
}  # fmt: skip
_OF_TWO_BYTES = frozenset({"cp932", "cp936", "cp949", "cp950", "johab"})
_NEVER_UTF8 = _OF_TWO_BYTES | {"cp874"}


def charset_of_font(number: int, name: str, otherwise: str) -> str:
    """The codec of a font's charset. otherwise: the file's own."""
    found = _OF_FONT.get(number, otherwise)
    return SIGNS if found == SYMBOL and "symbol" not in name.lower() else found


def charset_of_page(number: int) -> str | None:
    """The codec of a code page; None for an unknown one."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name


def decoded(raw: bytes, charset: str) -> str:
    """The letters of some bytes; what is none becomes \ufffd."""
    if charset == SYMBOL:
        return in_symbol(raw)
    if charset == SIGNS:
        return in_signs(raw)
    if charset not in _NEVER_UTF8 and not raw.isascii():
        # A few programs write UTF-8 whatever they declare; hardly anything else looks like it.
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return text
    return raw.decode(charset, "replace")
