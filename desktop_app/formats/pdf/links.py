"""The addresses on a page of a PDF: link annotations, and addresses that stand in the text."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2.raw as pdfium

from desktop_app.core.text import clean
from desktop_app.formats.extract import LINK_SCHEMES
from desktop_app.formats.pdf.document import OpenPdf
from desktop_app.formats.pdf.joining import Link
from desktop_app.formats.pdf.page import PageText, Word

_MOST = 1_000
_LONGEST = 2_000
_MOST_WORDS = 20_000
_APART = 3  # characters between two words of one link, such as the end of a line


def links_of(
    document: OpenPdf,
    page: ctypes._Pointer[ctypes.Structure],
    text_page: ctypes._Pointer[ctypes.Structure],
    text: PageText,
) -> list[Link]:
    """The links of a page by its characters; none overlap, annotations go first.

    On a page that is turned, only those that stand in the text.
    """
    words = text.words if text.angle == 0 and len(text.words) < _MOST_WORDS else ()
    return _apart((*_annotated(document, page, text_page, words), *_written(text_page)))


def links_in_text(text_page: ctypes._Pointer[ctypes.Structure]) -> list[Link]:
    """The addresses that stand in the text of a page, by its characters; none overlap."""
    return _apart(_written(text_page))


def _apart(links: Iterable[Link]) -> list[Link]:
    found: list[Link] = []
    for link in links:
        if all(link.end <= other.start or other.end <= link.start for other in found):
            found.append(link)
        if len(found) >= _MOST:
            break
    return found


def _annotated(
    document: OpenPdf,
    page: ctypes._Pointer[ctypes.Structure],
    text_page: ctypes._Pointer[ctypes.Structure],
    words: Sequence[Word],
) -> Iterator[Link]:
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(_MOST):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        size = pdfium.FPDFAction_GetURIPath(document.handle, action, None, 0)
        if not 1 < size <= _LONGEST:
            continue
        room = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document.handle, action, room, size)
        address = _address(room.value.decode("utf-8", "replace"))
        area = pdfium.FS_RECTF()
        if address and pdfium.FPDFLink_GetAnnotRect(link, area):
            yield from _inside(text_page, words, area, address)


def _inside(
    text_page: ctypes._Pointer[ctypes.Structure],
    words: Sequence[Word],
    area: pdfium.FS_RECTF,
    address: str,
) -> Iterator[Link]:
    """What stands in a rectangle, as stretches that follow each other on the page."""
    left, right = sorted((area.left, area.right))
    bottom, top = sorted((area.bottom, area.top))
    start = end = -1
    for word in words:
        if not bottom - 1 <= word.base + 0.3 * word.style.size <= top + 1:
            continue
        if word.right <= left or word.left >= right:
            continue
        first, last = _part(text_page, word, left, right)
        if first >= last:
            continue
        if start >= 0 and first - end > _APART:
            yield Link(start, end, address)
            start = -1
        start, end = first if start < 0 else start, last
    if start >= 0:
        yield Link(start, end, address)


def _part(
    text_page: ctypes._Pointer[ctypes.Structure], word: Word, left: float, right: float
) -> tuple[int, int]:
    """The characters of a word between two edges; a link may be on a part of it."""
    if left - 1 <= word.left and word.right <= right + 1:
        return word.start, word.end
    inside = []
    x, to, y, up = (ctypes.c_double() for _ in range(4))
    for at in range(word.start, word.end):
        pdfium.FPDFText_GetCharBox(text_page, at, x, to, y, up)
        if left <= (x.value + to.value) / 2 <= right:
            inside.append(at)
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _written(text_page: ctypes._Pointer[ctypes.Structure]) -> Iterator[Link]:
    links = pdfium.FPDFLink_LoadWebLinks(text_page)
    if not links:
        return
    try:
        for number in range(min(pdfium.FPDFLink_CountWebLinks(links), _MOST)):
            start, count = ctypes.c_int(), ctypes.c_int()
            length = pdfium.FPDFLink_GetURL(links, number, None, 0)
            if not 1 < length <= _LONGEST:
                continue
            room = (ctypes.c_ushort * length)()
            pdfium.FPDFLink_GetURL(links, number, room, length)
            address = _address(bytes(room).decode("utf-16-le", "replace").rstrip("\x00"))
            if address and pdfium.FPDFLink_GetTextRange(links, number, start, count):
                yield Link(start.value, start.value + count.value, address)
    finally:
        pdfium.FPDFLink_CloseWebLinks(links)


def _address(address: str) -> str | None:
    """The address if it is one that may be offered."""
    address = address.strip()
    scheme, mark, rest = address.partition(":")
    address = f"{scheme.lower()}{mark}{rest}"
    sound = clean(address) == address and not any(letter.isspace() for letter in address)
    return address if sound and address.startswith(LINK_SCHEMES) else None
