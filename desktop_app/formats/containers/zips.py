"""Open a zip that is held in memory, within limits, and tell which kind of document it is.

Nothing that the archive says about its sizes is relied on: what is unpacked is counted while it is
unpacked. Names are names only; no path from inside is ever used on a disk.
"""

from __future__ import annotations

import bz2
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from desktop_app.formats.extract import Refused
from desktop_app.formats.free_names import FreeNames
from desktop_app.formats.limits import Limits
from desktop_app.formats.sentences import AGAIN, LEFT, UNPACK, not_read
from desktop_app.formats.sniff import MediaType

PASSWORD = "It is protected by a password."
_UNLOCK = "Open it where it was made, save it without the password, and import that."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_STEP = 1_000_000
# Below this a picture of one colour or a form full of blanks may pack better than any text.
_SMALL = 1_000_000
_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1
_UTF8 = 0x800
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, struct.error, ValueError,
    OverflowError, EOFError, OSError,
)  # fmt: skip

_NOT_READ: tuple[tuple[str, str], ...] = (
    ("xl/", "an Excel workbook (xlsx)"),
    ("ppt/", "a PowerPoint file (pptx)"),
    ("visio/", "a Visio drawing (vsdx)"),
)
# What no archive of files has.
_OF_DOCUMENTS = frozenset({"[content_types].xml", "_rels/.rels", "mimetype"})


class Zip:
    """An archive in memory. names: of its files, without repeats, in the archive's order.

    A name that stands there twice belongs to the later file; the earlier one is called `a (2).txt`.
    Raises Refused for what is no sound zip and for more entries than the limits allow.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._unpacked: dict[str, int] = {}
        self._total = 0
        self._entries = _entries(content, limits)
        self._folded = {_folded(name): name for name in reversed(self._entries)}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def find(self, name: str) -> str | None:
        """The name of an entry as the archive writes it: small letters and \\ are as good."""
        return name if name in self._entries else self._folded.get(_folded(name))

    def size(self, name: str) -> int:
        """How many bytes the archive says that an entry has; KeyError if it is missing."""
        return self._entries[name].file_size

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of an entry; empty where they cannot be unpacked."""
        entry = self._entries[name]
        try:
            packed = self._packed(entry)
            if entry.compress_type == zipfile.ZIP_STORED:
                return bytes(packed[:size])
            if entry.compress_type == zipfile.ZIP_DEFLATED:
                return zlib.decompressobj(-15).decompress(packed[:4_096], size)
        except (Refused, zlib.error):
            return b""
        return b""

    def read(self, name: str) -> bytes:
        """Unpack an entry.

        Raises KeyError if it is missing and Refused if it is encrypted, damaged, packed in a way
        that is not known, or beyond the limits.
        """
        entry = self._entries[name]
        packed = self._packed(entry)
        before = self._total - self._unpacked.get(name, 0)
        parts: list[bytes] = []
        size = 0
        check = 0
        for part in _parts(entry.compress_type, packed):
            size += len(part)
            self._check(size, before, len(packed))
            check = zlib.crc32(part, check)
            parts.append(part)
        if check != entry.CRC:
            raise damaged()
        self._unpacked[name] = size
        self._total = before + size
        return b"".join(parts)

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        """The packed bytes of an entry, found by its own header."""
        start = entry.header_offset
        header = self._content[start : start + _HEADER.size]
        if len(header) < _HEADER.size:
            raise damaged()
        mark, _, flags, *_, name_length, extra_length = _HEADER.unpack(header)
        if mark != b"PK\x03\x04":
            raise damaged()
        if (flags | entry.flag_bits) & _ENCRYPTED:
            raise locked()
        start += _HEADER.size + name_length + extra_length
        packed = memoryview(self._content)[start : start + entry.compress_size]
        if len(packed) < entry.compress_size:
            raise damaged()
        return packed

    def _check(self, size: int, before: int, packed: int) -> None:
        limits = self._limits
        if size > limits.entry_bytes:
            raise _beyond(f"One file in it unpacks to more than {limits.entry_bytes:,} bytes.")
        if before + size > limits.zip_bytes:
            raise _beyond(f"It unpacks to more than {limits.zip_bytes:,} bytes.")
        total = before + size
        alone = size > _SMALL and size > limits.zip_ratio * packed
        if alone or (total > _SMALL and total > limits.zip_ratio * len(self._content)):
            raise _beyond(
                f"It unpacks to more than {limits.zip_ratio} times its size, as no document does."
            )


def zip_kind(names: Sequence[str]) -> MediaType | None:
    """The kind of document that a zip with these names is; None: it only holds files.

    Raises Refused for documents of kinds that are not read.
    """
    folded = {_folded(name) for name in names}
    if "meta-inf/container.xml" in folded or "meta-inf/rights.xml" in folded:
        return MediaType.EPUB
    if "mimetype" in folded and any(name.endswith(".opf") for name in folded):
        return MediaType.EPUB
    office = "[content_types].xml" in folded
    if "word/document.xml" in folded or (office and _any_under("word/", folded)):
        return MediaType.DOCX
    if office:
        for folder, words in _NOT_READ:
            if _any_under(folder, folded):
                raise not_read(words)
    if "content.xml" in folded and folded & {"meta-inf/manifest.xml", "styles.xml", "mimetype"}:
        return MediaType.ODT
    if "index/document.iwa" in folded or "index.apxl" in folded:
        raise not_read(
            "a document of Apple’s office programs", "Export it as docx or PDF and import that."
        )
    if folded & _OF_DOCUMENTS:
        raise Refused(
            "It is packed like an office document or a book, but is damaged or of another kind.",
            AGAIN,
        )
    return None


def is_locked_office(content: bytes) -> bool:
    """Tell an Office file with a password, which is no zip but an older kind of container."""
    return content.startswith(_OLE) and _PACKAGE in content


def damaged() -> Refused:
    """The refusal of an archive that is not whole."""
    return Refused("The file is damaged or cut short: it cannot be unpacked.", AGAIN)


def locked() -> Refused:
    """The refusal of what only a password opens."""
    return Refused(PASSWORD, _UNLOCK)


def _entries(content: bytes, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    # The directory lies at the end; where it starts is what the archive says, so all is looked at
    # only if there are too many marks in that part, too.
    if content.count(b"PK\x01\x02", _directory_start(content)) > limits.zip_entries:
        raise Refused(
            f"It holds more than {limits.zip_entries:,} files.",
            UNPACK,
        )
    try:
        infos = [
            entry for entry in zipfile.ZipFile(BytesIO(content)).infolist() if not entry.is_dir()
        ]
    except _BROKEN as error:
        raise damaged() from error
    names = FreeNames()
    given = [names.take(_name(entry)) for entry in reversed(infos)]
    return dict(zip(reversed(given), infos, strict=True))


def _directory_start(content: bytes) -> int:
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or len(content) < end + 22:
        return 0
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    return max(end - size - 200, 0) if size != 0xFFFFFFFF else 0


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 and forget to say so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name.encode("utf-8", "replace").decode("utf-8")


def _folded(name: str) -> str:
    return re.sub(r"^(?:\./+|/+)", "", name.replace("\\", "/")).casefold()


def _any_under(folder: str, folded: set[str]) -> bool:
    return any(name.startswith(folder) for name in folded)


def _beyond(message: str) -> Refused:
    return Refused(message, f"{LEFT} Unpack it yourself if you trust it.")


def _parts(method: int, packed: memoryview) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _STEP):
            yield bytes(packed[start : start + _STEP])
    elif method == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    elif method == zipfile.ZIP_BZIP2:
        yield from _from_bzip2(packed)
    elif method == 99:  # what AES encryption calls itself
        raise locked()
    else:
        raise Refused(
            f"It is packed in a way that Postil does not unpack (method {method}).",
            UNPACK,
        )


def _inflated(packed: memoryview) -> Iterator[bytes]:
    member = zlib.decompressobj(-15)
    feed: memoryview | bytes = packed
    while not member.eof:
        try:
            part = member.decompress(feed, _STEP)
        except zlib.error as error:
            raise damaged() from error
        feed = member.unconsumed_tail
        if part:
            yield part
        elif not feed and not member.eof:
            raise damaged()


def _from_bzip2(packed: memoryview) -> Iterator[bytes]:
    member = bz2.BZ2Decompressor()
    feed: memoryview | bytes = packed
    while not member.eof:
        try:
            part = member.decompress(feed, _STEP)
        except (OSError, EOFError) as error:
            raise damaged() from error
        feed = b""
        if part:
            yield part
        elif member.needs_input:
            raise damaged()
