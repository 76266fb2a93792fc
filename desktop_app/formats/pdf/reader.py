"""Read PDFs: the text of their pages in reading order, each block with the page it stands on."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2.raw as pdfium

from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.pdf.blocks import blocks_of_pages
from desktop_app.formats.pdf.document import (
    OpenPdf,
    attachments_of,
    has_picture,
    open_page,
    open_pdf,
)
from desktop_app.formats.pdf.facts import facts_of_pdf, language_of_pdf
from desktop_app.formats.pdf.furniture import PageLines
from desktop_app.formats.pdf.joining import Link
from desktop_app.formats.pdf.letters import read_letters
from desktop_app.formats.pdf.lines import lines_of
from desktop_app.formats.pdf.links import links_in_text, links_of
from desktop_app.formats.pdf.notes import notes_of
from desktop_app.formats.pdf.outline import bookmarks_of, chapters_of
from desktop_app.formats.pdf.page import page_text
from desktop_app.formats.pdf.plain import plain_lines

EXTRACTOR = "pdf-1"
_MOST_PAGES = 20_000
_PATIENT = 0.4  # of a document's time, before what is left of it is read the plain way
_SCANNED = (
    "It opens but holds no text: the pages are pictures (scanned). A program that recognises"
    " letters (OCR) can make one with text."
)
_DRAWN = "It opens but holds no text: its pages are empty, or drawn without letters."
_ONLY_NOTES = "Its pages hold no text; what was written onto them was taken: comments, or the fields of a form."
_UNREADABLE = (
    "Much of its text is unreadable: its fonts do not say which letters they show. The original"
    " shows the pages as they are."
)


class _Taken(NamedTuple):
    """One page. letters, lost: how many there are, and without meaning."""

    lines: PageLines
    links: list[Link]
    letters: int
    lost: int


@dataclass(slots=True)
class _Found:
    """What was gathered page by page. letters, lost: how many there are, and without meaning.

    empty: how many pages have no text; pictured: how many of these are pictures. plain_from: the
    page from which on they were read the plain way; 0 for none.
    """

    pages: list[PageLines] = field(default_factory=list)
    links: dict[int, list[Link]] = field(default_factory=dict)
    letters: int = 0
    lost: int = 0
    empty: int = 0
    pictured: int = 0
    damaged: int = 0
    plain_from: int = 0

    def add(self, page: _Taken, *, pictured: bool) -> None:
        """Take in a page. pictured: whether it has a picture."""
        has_text = bool(page.lines.lines)
        self.pages.append(page.lines)
        if page.links:
            self.links[page.lines.number] = page.links
        self.letters += page.letters
        self.lost += page.lost
        self.empty += not has_text
        self.pictured += pictured and not has_text


def read_pdf(file: File, limits: Limits, *, clock: Callable[[], float] = time.monotonic) -> Reading:
    """Read a PDF; raises Refused where it wants a password, or no page of it opens.

    Where the first pages took much of the time that the limits give it, the others are read the
    plain way. clock: tells seconds.
    """
    until = clock() + _PATIENT * limits.seconds(len(file.content))
    with open_pdf(file.content) as document:
        if document.pages > _MOST_PAGES:
            raise Refused(
                f"It has more than {_MOST_PAGES:,} pages.", "Split it into parts and import those."
            )
        found = _gathered(document, limits, lambda: clock() >= until)
        placed = blocks_of_pages(found.pages, found.links, limits)
        return Reading(
            [one.block for one in placed],
            facts_of_pdf(document, file.content, placed, limits),
            EXTRACTOR,
            _warning(found),
            language_of_pdf(document),
            chapters=chapters_of(bookmarks_of(document), placed),
            attachments=attachments_of(document),
        )


def _gathered(document: OpenPdf, limits: Limits, late: Callable[[], bool]) -> _Found:
    """Read page by page; each is closed before the next is opened. late: tells to hurry."""
    found = _Found()
    for index in range(document.pages):
        if not found.plain_from and late():
            found.plain_from = index + 1
        with open_page(document, index) as page:
            text_page = pdfium.FPDFText_LoadPage(page) if page else None
            if not page or not text_page:
                found.damaged += 1
                found.pages.append(PageLines(index + 1, (), 0.0, 0.0))
                continue
            try:
                if found.plain_from:
                    taken = _plainly(index + 1, page, text_page)
                else:
                    taken = _carefully(document, index + 1, page, text_page)
                found.add(taken, pictured=not taken.lines.lines and has_picture(page))
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        if found.letters > limits.text_bytes:
            raise too_large(limits.text_bytes, what="Its text")
    if found.damaged == document.pages:
        raise Refused("It is a PDF whose pages are all damaged.", "Fetch or copy it again.")
    return found


def _carefully(
    document: OpenPdf,
    number: int,
    page: ctypes._Pointer[ctypes.Structure],
    text_page: ctypes._Pointer[ctypes.Structure],
) -> _Taken:
    text = page_text(page, text_page)
    links = links_of(document, page, text_page, text) if text.words else []
    notes = tuple(notes_of(page))
    lines = PageLines(number, tuple(lines_of(text)), text.bottom, text.top, notes)
    return _Taken(lines, links, sum([word.end - word.start for word in text.words]), text.lost)


def _plainly(
    number: int,
    page: ctypes._Pointer[ctypes.Structure],
    text_page: ctypes._Pointer[ctypes.Structure],
) -> _Taken:
    letters = read_letters(text_page)
    lines = tuple(plain_lines(letters))
    links = links_in_text(text_page) if lines else []
    notes = tuple(notes_of(page))
    count = sum([len(line.plain) - line.plain.count(" ") for line in lines])
    taken = PageLines(number, lines, 1.0 - len(lines), 0.0, notes, plain=True)
    return _Taken(taken, links, count, letters.lost)


def _warning(found: _Found) -> str | None:
    """What must be said of the pages, in a few sentences; None where all is well."""
    count = len(found.pages)
    if not found.letters:
        if found.lost:
            return _UNREADABLE
        if any(page.notes for page in found.pages):
            return _ONLY_NOTES
        return _SCANNED if found.pictured else _DRAWN
    if found.lost > 0.3 * found.letters:
        return _UNREADABLE
    said: list[str] = []
    if found.plain_from:
        said.append(
            "Headings, columns and tables were not looked for"
            f"{f' from page {found.plain_from:,} on' if found.plain_from > 1 else ''},"
            " as that would have taken too long."
        )
    if found.damaged:
        pages = "One page is" if found.damaged == 1 else f"{found.damaged:,} of {count:,} pages are"
        said.append(f"{pages} damaged and could not be read.")
    if found.empty:
        pages = "One page holds" if found.empty == 1 else f"{found.empty:,} of {count:,} pages hold"
        said.append(f"{pages} no text.")
    return " ".join(said) or None
