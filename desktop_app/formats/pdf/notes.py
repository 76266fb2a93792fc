"""What was written onto a page of a PDF: comments, and what the fields of a form hold.

It is no part of the page's own text, so it stands behind that, and no run leads to it.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from desktop_app.core.text import clean
from desktop_app.formats.pdf.document import wide_text

_MOST = 2_000
_COMMENTS = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_STAMP,
    }
)

# Fields that hold text or a choice; a field may have its kind from the one that it is a part of.
_WRITTEN = frozenset({"Tx", "Ch", ""})


@dataclass(frozen=True, slots=True)
class PageNote:
    """Lines written onto a page. comment: whether somebody's remark, not the content of a field."""

    text: str
    comment: bool


def notes_of(page: ctypes._Pointer[ctypes.Structure]) -> list[PageNote]:
    """The comments and filled fields of a page, in the file's order."""
    found: list[PageNote] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        try:
            if text := _text(note):
                comment = pdfium.FPDFAnnot_GetSubtype(note) in _COMMENTS
                found.append(PageNote(text, comment))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return found


def _text(note: ctypes._Pointer[ctypes.Structure]) -> str:
    """What one says; empty for what is hidden or says nothing, such as a link."""
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    if pdfium.FPDFAnnot_GetFlags(note) & pdfium.FPDF_ANNOT_FLAG_HIDDEN:
        return ""
    if kind in _COMMENTS:
        said = _value(note, b"Contents")
    elif kind == pdfium.FPDF_ANNOT_WIDGET and _value(note, b"FT") in _WRITTEN:
        said = _value(note, b"V")
    else:
        return ""
    lines = (" ".join(line.split()) for line in clean(said).split("\n"))
    return "\n".join(line for line in lines if line)


def _value(note: ctypes._Pointer[ctypes.Structure], key: bytes) -> str:
    return wide_text(
        lambda room, size: pdfium.FPDFAnnot_GetStringValue(
            note,
            key,
            None if room is None else ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)),
            size,
        )
    )
