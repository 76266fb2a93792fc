"""Find the picture in a \\pict group of RTF: bytes written in hexadecimal, or raw."""

from __future__ import annotations

import re

from desktop_app.core.text import Picture
from desktop_app.formats.text.pictures import Pictures

_RAW = re.compile(rb"\\bin(\d{1,10}) ?")
_INNER = re.compile(rb"\{[^{}]*\}")
_WORDS = re.compile(rb"\\[a-zA-Z]+-?\d* ?|\\[^a-zA-Z]|[\s{}]+")
_NOT_HEX = re.compile(rb"[^0-9a-fA-F]")
_TEXT = re.compile(rb"wzDescription\}\s*\{\\sv ([^{}\\]{1,2000})\}")
_NEVER_SHOWN = (b"\\emfblip", b"\\wmetafile", b"\\macpict", b"\\pmmetafile")
_DEEPEST = 8


def picture_in(group: bytes, pictures: Pictures) -> tuple[Picture | None, str]:
    """What a picture group shows, and its description.

    A drawing that is made of lines is a picture without a hash: it is in the file, and not shown.
    """
    head = group[:20_000]
    said = _TEXT.search(head)
    words = said[1].decode("cp1252", "replace") if said else ""
    if any(kind in head for kind in _NEVER_SHOWN):
        return Picture(), words
    content = _bytes(group)
    if b"\\dibitmap" in head:
        content = _with_bitmap_header(content)
    return (pictures.take(content) if content else None), words


def _bytes(group: bytes) -> bytes:
    if raw := _RAW.search(group):
        return group[raw.end() : raw.end() + int(raw[1])]
    for _ in range(_DEEPEST):
        if b"{" not in group:
            break
        group = _INNER.sub(b"", group)
    digits = _NOT_HEX.sub(b"", _WORDS.sub(b"", group))
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _with_bitmap_header(content: bytes) -> bytes:
    """Put before a bitmap without one the header that a file of its own would have."""
    if len(content) < 40:
        return b""
    size = int.from_bytes(content[:4], "little")
    bits = int.from_bytes(content[14:16], "little")
    colours = int.from_bytes(content[32:36], "little") or (1 << bits if bits <= 8 else 0)
    start = 14 + size + 4 * min(colours, 256)
    return (
        b"BM"
        + (14 + len(content)).to_bytes(4, "little")
        + bytes(4)
        + start.to_bytes(4, "little")
        + content
    )
