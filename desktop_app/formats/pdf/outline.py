"""The bookmarks of a PDF as chapters."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from desktop_app.core.text import one_line
from desktop_app.core.words import name_key
from desktop_app.formats.pdf.blocks import Placed
from desktop_app.formats.pdf.document import OpenPdf, wide_text

_MOST = 5_000
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline. page: counted from 1. top: in points, None for the top of the page."""

    level: int
    title: str
    page: int
    top: float | None


def bookmarks_of(document: OpenPdf) -> list[Bookmark]:
    """The bookmarks that lead to a page, in their order.

    An outline may run in circles: each entry is taken once, and not endlessly many.
    """
    found: list[Bookmark] = []
    seen: set[int] = set()
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document.handle, None), 1)]
    while waiting and len(seen) < _MOST:
        entry, level = waiting.pop()
        place = ctypes.cast(entry, ctypes.c_void_p).value if entry else None
        if place is None or place in seen:
            continue
        seen.add(place)
        if bookmark := _bookmark(document, entry, level):
            found.append(bookmark)
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document.handle, entry), level))
        if level < _DEEPEST:
            child = pdfium.FPDFBookmark_GetFirstChild(document.handle, entry)
            waiting.append((child, level + 1))
    return found


def chapters_of(
    bookmarks: Sequence[Bookmark], placed: Sequence[Placed]
) -> list[tuple[int, str, int]]:
    """Level, title and index of the block for each bookmark whose page has text."""
    by_page: dict[int, list[int]] = {}
    for index, one in enumerate(placed):
        if one.block.text and one.block.page is not None:
            by_page.setdefault(one.block.page, []).append(index)
    chapters: list[tuple[int, str, int]] = []
    for bookmark in bookmarks:
        inside = by_page.get(bookmark.page)
        if inside:
            chapters.append((bookmark.level, bookmark.title, _start(bookmark, placed, inside)))
    return chapters


def _start(bookmark: Bookmark, placed: Sequence[Placed], inside: Sequence[int]) -> int:
    """The block that says what the bookmark says, or the first one below where it leads."""
    key = name_key(bookmark.title)
    for index in inside:
        told = name_key(placed[index].block.text)
        if key and len(told) < 2 * len(key) + 20 and (told == key or told.endswith(f" {key}")):
            return index
    if bookmark.top is not None:
        for index in inside:
            one = placed[index]
            if not one.apart and one.top <= bookmark.top + 0.5 * one.size:
                return index
    return next((index for index in inside if not placed[index].apart), inside[0])


def _bookmark(
    document: OpenPdf, entry: ctypes._Pointer[ctypes.Structure], level: int
) -> Bookmark | None:
    title = one_line(wide_text(lambda room, size: pdfium.FPDFBookmark_GetTitle(entry, room, size)))
    target = pdfium.FPDFBookmark_GetDest(document.handle, entry)
    if not target:
        action = pdfium.FPDFBookmark_GetAction(entry)
        target = action and pdfium.FPDFAction_GetDest(document.handle, action)
    page = pdfium.FPDFDest_GetDestPageIndex(document.handle, target) if target else -1
    if not title or not 0 <= page < document.pages:
        return None
    has_x, has_y, has_zoom = (ctypes.c_int() for _ in range(3))
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    known = pdfium.FPDFDest_GetLocationInPage(target, has_x, has_y, has_zoom, x, y, zoom)
    return Bookmark(level, title[:500], page + 1, y.value if known and has_y.value else None)
