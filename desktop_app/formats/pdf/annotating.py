"""Write highlights into a copy of a PDF, as every viewer of PDFs knows them."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Sequence

import pypdfium2.raw as pdfium

from desktop_app.core.highlights import Quad
from desktop_app.core.pages import PageMark
from desktop_app.formats.extract import Refused
from desktop_app.formats.pdf.document import OpenPdf, open_page, open_pdf

_KINDS = {True: pdfium.FPDF_ANNOT_UNDERLINE, False: pdfium.FPDF_ANNOT_HIGHLIGHT}
_PRINTED = 4  # the flag that an annotation is printed with its page
_AUTHOR = "Postil"


def annotated(content: bytes, marks: Sequence[PageMark]) -> bytes:
    """A copy of a document with marks; Refused where it cannot be written, or lacks any of them."""
    by_page: dict[int, list[PageMark]] = defaultdict(list)
    for mark in marks:
        by_page[mark.page].append(mark)
    with open_pdf(content) as document:
        before = {page: _count(document, page) for page in by_page}
        for page, on_page in sorted(by_page.items()):
            _annotate(document, page, on_page)
        made = _saved(document)
    try:
        with open_pdf(made) as document:
            whole = all(
                _count(document, page) == before[page] + len(on_page)
                for page, on_page in by_page.items()
            )
    except Refused:
        whole = False
    if not whole:
        raise _not_written()
    return made


def _count(document: OpenPdf, number: int) -> int:
    with open_page(document, number - 1) as page:
        if page is None:
            raise Refused(f"Page {number:,} is damaged, so that nothing can be written onto it.")
        return max(int(pdfium.FPDFPage_GetAnnotCount(page)), 0)


def _annotate(document: OpenPdf, number: int, marks: Sequence[PageMark]) -> None:
    with open_page(document, number - 1) as page:
        if page is None:
            raise _not_written()
        for mark in marks:
            note = pdfium.FPDFPage_CreateAnnot(page, _KINDS[mark.underlined])
            if not note:
                raise _not_written()
            try:
                _fill(note, mark)
            finally:
                pdfium.FPDFPage_CloseAnnot(note)


def _fill(note: ctypes._Pointer[ctypes.Structure], mark: PageMark) -> None:
    for quad in mark.quads:
        if not pdfium.FPDFAnnot_AppendAttachmentPoints(note, _points(quad)):
            raise _not_written()
    xs = [number for quad in mark.quads for number in quad[0::2]]
    ys = [number for quad in mark.quads for number in quad[1::2]]
    around = pdfium.FS_RECTF(min(xs), max(ys), max(xs), min(ys))
    kind = pdfium.FPDFANNOT_COLORTYPE_Color
    done = (
        pdfium.FPDFAnnot_SetRect(note, around),
        pdfium.FPDFAnnot_SetColor(note, kind, *mark.colour, 255),
        pdfium.FPDFAnnot_SetFlags(note, _PRINTED),
        _write(note, b"Contents", mark.note),
        _write(note, b"T", _AUTHOR),
        _write(note, b"NM", mark.name),
    )
    if not all(done):
        raise _not_written()


def _points(quad: Quad) -> ctypes.Structure:
    """As viewers expect it, whatever the standard says: the upper two corners, then the lower."""
    a, b, c, d, e, f, g, h = quad
    made: ctypes.Structure = pdfium.FS_QUADPOINTSF(g, h, e, f, a, b, c, d)
    return made


def _write(note: ctypes._Pointer[ctypes.Structure], key: bytes, text: str) -> bool:
    wide = text.encode("utf-16-le", "replace") + b"\0\0"
    room = ctypes.create_string_buffer(wide, len(wide))
    written = ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort))
    return bool(pdfium.FPDFAnnot_SetStringValue(note, key, written))


def _saved(document: OpenPdf) -> bytes:
    made = bytearray()

    def write(_self: object, data: int, size: int) -> int:
        made.extend(ctypes.string_at(data, size))
        return 1

    kind = dict(pdfium.FPDF_FILEWRITE._fields_)["WriteBlock"]
    sink = pdfium.FPDF_FILEWRITE(version=1, WriteBlock=kind(write))
    if not pdfium.FPDF_SaveAsCopy(document.handle, sink, pdfium.FPDF_NO_INCREMENTAL):
        raise _not_written()
    return bytes(made)


def _not_written() -> Refused:
    return Refused(
        "The highlights cannot be written into a copy of this PDF.",
        "Save the page as a PDF instead: that has its text with the highlights.",
    )
