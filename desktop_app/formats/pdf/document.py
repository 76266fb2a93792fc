"""A PDF opened by pdfium: its pages, and what it says about itself in words of its own.

Everything is closed before the call that opened it returns; pdfium is not told of any file name.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2  # noqa: F401 starts the library
import pypdfium2.raw as pdfium

from desktop_app.core.text import one_line
from desktop_app.formats.extract import Attachment, Refused

_HEADER = b"%PDF-"
_LONGEST = 20_000  # bytes of one string
_DRAWN = 50  # things on a page that are looked at
_MOST_ATTACHMENTS = 200
_PASSWORD = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open document. handle: pdfium's; pages: how many it says it has."""

    handle: ctypes._Pointer[ctypes.Structure]
    pages: int


@contextmanager
def open_pdf(content: bytes) -> Iterator[OpenPdf]:
    """Open a document; raises Refused where it wants a password or is damaged."""
    if _HEADER not in content[:1_024]:
        content = _HEADER + b"1.7\n" + content
    handle = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not handle:
        raise _refusal(pdfium.FPDF_GetLastError())
    try:
        pages = pdfium.FPDF_GetPageCount(handle)
        if pages < 1:
            raise _damaged()
        yield OpenPdf(handle, pages)
    finally:
        pdfium.FPDF_CloseDocument(handle)


@contextmanager
def open_page(document: OpenPdf, index: int) -> Iterator[ctypes._Pointer[ctypes.Structure] | None]:
    """Open a page, counted from 0; None where it is damaged."""
    page = pdfium.FPDF_LoadPage(document.handle, index)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def has_picture(page: ctypes._Pointer[ctypes.Structure]) -> bool:
    """Tell whether a picture is among the first things drawn on a page."""
    count = min(pdfium.FPDFPage_CountObjects(page), _DRAWN)
    kinds = (
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, number))
        for number in range(count)
    )
    return any(kind == pdfium.FPDF_PAGEOBJ_IMAGE for kind in kinds)


def told(document: OpenPdf, key: str) -> str:
    """An entry of the information dictionary; empty where there is none."""
    name = key.encode("ascii")
    return wide_text(lambda room, size: pdfium.FPDF_GetMetaText(document.handle, name, room, size))


def language_told(document: OpenPdf) -> str:
    """The language that the document says it is in, as it writes it."""
    return wide_text(
        lambda room, size: pdfium.FPDFCatalog_GetLanguage(document.handle, _wide(room), size)
    )


def attachments_of(document: OpenPdf) -> tuple[Attachment, ...]:
    """The files inside the document, by name and size."""
    found: list[Attachment] = []
    count = min(pdfium.FPDFDoc_GetAttachmentCount(document.handle), _MOST_ATTACHMENTS)
    for number in range(count):
        file = pdfium.FPDFDoc_GetAttachment(document.handle, number)
        name = _attachment_name(file) if file else ""
        found.append(
            Attachment(name or f"file {number + 1}", "application/octet-stream", _size(file))
        )
    return tuple(found)


def attachment_in(content: bytes, number: int, limit_bytes: int) -> tuple[str, bytes]:
    """Take a file out of a document: its name and its bytes.

    number: its place in attachments_of. Raises Refused where it is not there or too large.
    """
    with open_pdf(content) as document:
        file = None
        if 0 <= number < pdfium.FPDFDoc_GetAttachmentCount(document.handle):
            file = pdfium.FPDFDoc_GetAttachment(document.handle, number)
        size = _size(file)
        if not file or not size:
            raise Refused("The attachment is empty or damaged.", "The document was left as it is.")
        if size > limit_bytes:
            raise Refused("The attachment is too large to be taken out.")
        room = ctypes.create_string_buffer(size)
        length = ctypes.c_ulong()
        if not pdfium.FPDFAttachment_GetFile(file, room, size, length):
            raise Refused("The attachment is damaged.", "The document was left as it is.")
        return _attachment_name(file) or f"file {number + 1}", room.raw[: length.value]


def wide_text(fill: Callable[[ctypes.Array[ctypes.c_char] | None, int], int]) -> str:
    """The text that one of pdfium's functions writes as UTF-16; it tells how many bytes it needs."""
    size = fill(None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    room = ctypes.create_string_buffer(size)
    fill(room, size)
    return room.raw[: size - 2].decode("utf-16-le", "replace")


def _wide(room: ctypes.Array[ctypes.c_char] | None) -> ctypes._Pointer[ctypes.c_ushort] | None:
    return None if room is None else ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort))


def _attachment_name(file: ctypes._Pointer[ctypes.Structure]) -> str:
    name = wide_text(lambda room, size: pdfium.FPDFAttachment_GetName(file, _wide(room), size))
    return one_line(name)[:400].strip()


def _size(file: ctypes._Pointer[ctypes.Structure] | None) -> int:
    length = ctypes.c_ulong()
    if not file or not pdfium.FPDFAttachment_GetFile(file, None, 0, length):
        return 0
    return length.value


def _refusal(error: int) -> Refused:
    if error in _PASSWORD:
        return Refused(
            "It opens only with a password.",
            "Open it in the program it came from, save it without a password, and import that.",
        )
    return _damaged()


def _damaged() -> Refused:
    return Refused(
        "It is a PDF that is damaged or cut short, and no page of it can be opened.",
        "Fetch or copy it again.",
    )
