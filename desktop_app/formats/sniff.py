"""What a file is: its first bytes decide, and its suffix where they do not tell."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from desktop_app.formats.extract import Refused
from desktop_app.formats.mail_like import is_mail, is_saved_page
from desktop_app.formats.sentences import not_read

HEAD_BYTES = 4_096
_BLANK = b" \t\r\n\f\xef\xbb\xbf"


class MediaType(StrEnum):
    """The kinds of file that are read, those that hold several documents last."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    XHTML = "application/xhtml+xml"
    RTF = "text/rtf"
    PDF = "application/pdf"
    EPUB = "application/epub+zip"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    MAIL = "message/rfc822"
    MHTML = "multipart/related"
    GZIP = "application/gzip"
    ZIP = "application/zip"
    MBOX = "application/mbox"


_SUFFIXES = {
    "": MediaType.PLAIN,
    ".txt": MediaType.PLAIN,
    ".text": MediaType.PLAIN,
    ".asc": MediaType.PLAIN,
    ".md": MediaType.MARKDOWN,
    ".markdown": MediaType.MARKDOWN,
    ".mdown": MediaType.MARKDOWN,
    ".mkd": MediaType.MARKDOWN,
    ".html": MediaType.HTML,
    ".htm": MediaType.HTML,
    ".shtml": MediaType.HTML,
    ".xhtml": MediaType.XHTML,
    ".xht": MediaType.XHTML,
    ".eml": MediaType.MAIL,
    ".mbox": MediaType.MAIL,
    ".mbx": MediaType.MAIL,
    ".mht": MediaType.MHTML,
    ".mhtml": MediaType.MHTML,
}

# Text by nature, but not something one reads from top to bottom.
_OTHER_TEXT = {
    ".json": "a JSON file",
    ".jsonl": "a JSON file",
    ".csv": "a table in CSV",
    ".tsv": "a table in TSV",
    ".xml": "an XML file",
    ".rtf": "a file called RTF that does not begin as RTF does",
    ".pdf": "a file called PDF that does not begin as PDF does",
    ".svg": "an SVG picture",
    ".tex": "a TeX source",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document (doc, xls or ppt)"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"fLaC", "a sound file"),
    (b"\x1aE\xdf\xa3", "a film file"),
    (b"%!PS", "a PostScript document"),
    (b"AT&TFORM", "a DjVu document"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
)
# Two or three letters that a text could begin with as well: they count only beside other bytes
# that no text has.
_WEAK = frozenset({b"BM", b"MZ", b"BZh", b"ID3", b"OTTO", b"wOFF", b"wOF2", b"OggS", b"fLaC"})

# What the first entry of a zip says that the zip is, where it says so.
_MIMETYPES: tuple[tuple[bytes, MediaType], ...] = (
    (b"application/epub+zip", MediaType.EPUB),
    (b"application/vnd.oasis.opendocument.text", MediaType.ODT),
)
_OTHER_MIMETYPES: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (ods)"),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (odp)"),
    (b"application/vnd.oasis.opendocument.graphics", "an OpenDocument drawing (odg)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file of another kind"),
)
_MIMETYPE_AT = 30  # behind the header of a zip's first entry

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<\?xml[^>]*>)*"
    rb"(<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<title[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s", re.IGNORECASE)
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:p|div|br|a|h[1-6]|table|ul|ol|span|article|section|meta|font|b|i)\b", re.I
)
_PDF_OBJECT = re.compile(rb"^\d+ \d+ obj\b", re.MULTILINE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


# What an office program keeps such a note beside.
_OWNED = frozenset((".doc", ".docx", ".docm", ".dotx", ".rtf"))


def sniff(head: bytes, name: str) -> MediaType:
    """Tell what a file is by its first bytes and its name.

    head: the first HEAD_BYTES bytes, or all of a shorter file. Raises Refused, with the reason,
    for an empty file, for a binary one, and for text of a kind that is not read.
    """
    if not head.strip(_BLANK):
        raise Refused("It holds nothing but blanks." if head else "The file is empty.")
    if not head.strip(b"\x00"):
        raise Refused(
            "The file holds nothing but zero bytes.", "It was damaged; fetch or copy it again."
        )
    suffix = suffix_of(name)
    if name.startswith("~$") and suffix in _OWNED:
        raise Refused(
            "It is the note that an office program keeps beside a document while that is open.",
            "It holds no text; import the document itself.",
        )
    if head.startswith(b"\x1f\x8b"):
        return MediaType.GZIP
    if is_mail(head, suffix):
        return MediaType.MHTML if is_saved_page(head, suffix) else MediaType.MAIL
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head)
    if head.lstrip(_BLANK).startswith(b"{\\rtf"):
        return MediaType.RTF
    if _is_pdf(head, suffix):
        return MediaType.PDF
    named = _binary(head, suffix)
    if named:
        raise not_read(named)
    text = _narrow(head)
    if found := _HTML.match(text):
        xhtml = suffix in (".xhtml", ".xht") or (
            text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and b"xhtml" in text
        )
        return MediaType.XHTML if xhtml and found else MediaType.HTML
    if suffix in _OTHER_TEXT:
        raise not_read(_OTHER_TEXT[suffix])
    if _XML.match(text):
        if b"<office:document" in text and b"opendocument.text" in text:
            return MediaType.ODT
        raise not_read("an SVG picture" if _SVG.search(text) else "an XML file")
    kind = _SUFFIXES.get(suffix)
    if kind is None:
        if _MARKUP.match(text.lstrip()):
            return MediaType.HTML
        raise not_read(f"a text file of another kind ({_shown(suffix)})")
    return kind


def head_of(content: bytes) -> bytes:
    """The bytes that tell what it is: the first ones that are not white space."""
    head = content[:HEAD_BYTES]
    return head if head.strip(_BLANK) else content.lstrip(_BLANK)[:HEAD_BYTES]


def suffix_of(name: str) -> str:
    """The suffix of a file name in small letters; empty where there is none."""
    return PurePath(name).suffix.lower()


def _narrow(head: bytes) -> bytes:
    """The head with UTF-16 made one byte a character where it is Latin, to look for tags."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide(head):
        return head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"")
    return head


def wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zero bytes stand; None where it is not."""
    sample = head[:1_000]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.7 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.7 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _binary(head: bytes, suffix: str) -> str | None:
    """What a binary file is, in words; None for text."""
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return {b"WEBP": "a WebP picture", b"WAVE": "a sound file"}.get(head[8:12], "a film file")
    if head[4:8] == b"ftyp":
        return "a HEIC picture" if head[8:12] in (b"heic", b"mif1", b"avif") else "a film file"
    if head[257:262] == b"ustar":
        return "a tar archive"
    controls = len(_CONTROLS.findall(head))
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide(head) is not None
    foreign = not is_wide and (b"\x00" in head or controls > len(head) * 0.02)
    for mark, words in _MAGIC:
        if head.startswith(mark) and (mark not in _WEAK or foreign):
            return words
    return "a binary file of an unknown kind" if foreign else None


def _is_pdf(head: bytes, suffix: str) -> bool:
    """Tell a PDF, before whose header there may be up to a kilobyte of something else."""
    if head.lstrip(_BLANK).startswith(b"%PDF-"):
        return True
    if suffix == ".pdf" and _PDF_OBJECT.search(head):
        return True
    # A text may speak of the header.
    foreign = suffix == ".pdf" or _CONTROLS.search(head) or b"\xff" in head
    return bool(foreign) and b"%PDF-" in head[:1_024]


def _zip(head: bytes) -> MediaType:
    """The kind that a zip names in its first entry; ZIP where its names have to be looked at."""
    if head[_MIMETYPE_AT : _MIMETYPE_AT + 8] == b"mimetype":
        extra = int.from_bytes(head[28:30], "little")
        said = head[_MIMETYPE_AT + 8 + extra :][:100]
        for mark, kind in _MIMETYPES:
            if said.startswith(mark):
                return kind
        for mark, words in _OTHER_MIMETYPES:
            if said.startswith(mark):
                raise not_read(words)
    return MediaType.ZIP


def _shown(suffix: str) -> str:
    return suffix.encode("ascii", "backslashreplace").decode()[:20]
