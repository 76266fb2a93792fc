"""Bytes to text, when nobody says for certain how it was written."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from desktop_app.formats.extract import Refused
from desktop_app.formats.sentences import LEFT, lost
from desktop_app.formats.sniff import wide

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages that name these mean; every browser reads them so.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_SAMPLE = 20_000
_HIGH = re.compile(rb"[\x80-\xff]")
# The single-byte and East Asian charsets that were in common use for text files and pages.
_CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_15", "cp437", "cp850", "mac_roman",
    "cp874", "gb18030", "big5", "cp932", "euc_jp", "cp949", "iso2022_jp", "cp500",
]  # fmt: skip
# Text in cp1252 holds these beside ASCII; what other charsets put there, such as a superscript or a
# currency sign between two letters, gives them away. Guessers mix up the Latin charsets.
_WESTERN = re.compile(
    r"(?:[\x00-\x7fàâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÚÛÜ’]"
    r"|(?<![a-z])[“”‘„‚«»‹›–—…•·©®™°§£€\xa0¡¿†½¼¾²³ªº×](?![a-z])"
    r"|[“”‘„‚«»‹›–—…\xa0¡¿](?=[a-z])|(?<=[a-z])[“”„‚«»‹›–—…©®™°ªº\xa0])*",
    re.IGNORECASE,
)
_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the charset it was written in. lost: how many characters could not be read."""

    text: str
    charset: str
    lost: int = 0

    @property
    def warning(self) -> str | None:
        """A sentence about what was lost; None where nothing was."""
        return lost(self.lost)


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    """Decode by byte-order mark, then UTF-8 where it fits, then what is declared, then a guess.

    declared: as the file names it; an unknown name is passed over. Raises Refused for bytes that
    no charset makes text of.
    """
    for mark, charset in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _forced(content[len(mark) :], charset)
    charset_wide = wide(content[:1_000])
    if charset_wide:
        return _forced(content, charset_wide)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        cut = error.start
    if declared and (codec := known_charset(declared)):
        try:
            return Decoded(content.decode(codec), codec)
        except UnicodeDecodeError:
            if codec != "utf-8":
                return _forced(content, codec)
    return _guessed(content, cut)


def known_charset(name: str) -> str | None:
    """The codec that is meant by a charset's name; None for an unknown one."""
    try:
        info = codecs.lookup(name.strip().strip("'\"").lower())
    except (LookupError, ValueError):
        return None
    # Codecs such as rot13 or zip turn bytes into bytes.
    if not getattr(info, "_is_text_encoding", True) or info.name in ("idna", "punycode"):
        return None
    return _MEANT.get(info.name, info.name)


def _guessed(content: bytes, first_bad: int) -> Decoded:
    mostly_utf8 = content.decode("utf-8", "replace")
    holes = mostly_utf8.count("\ufffd")
    if holes * 20 < len(_HIGH.findall(content)):
        return Decoded(mostly_utf8, "utf-8", holes)
    start = max(first_bad - _SAMPLE // 2, 0)
    sample = content[start : start + _SAMPLE]
    if _western(sample):
        return _forced(content, "cp1252")
    best = from_bytes(sample, cp_isolation=_CANDIDATES, enable_fallback=False).best()
    return _forced(content, best.encoding if best else "cp1252")


def _western(sample: bytes) -> bool:
    letters = sum(map(len, re.findall(rb"[A-Za-z]+", sample)))
    if len(_HIGH.findall(sample)) > 0.5 * letters:
        return False
    return _WESTERN.fullmatch(sample.decode("cp1252", "replace")) is not None


def _forced(content: bytes, charset: str) -> Decoded:
    """Decode whatever comes; a text with too many holes is no text."""
    text = content.decode(charset, "replace")
    bad = len(_BAD.findall(text[:1_000_000]))
    if bad > 20 + 0.02 * len(text[:1_000_000]) or bad * 3 > len(text):
        raise Refused("This looks like a binary file, not a text.", LEFT)
    return Decoded(text, charset, text.count("\ufffd"))
