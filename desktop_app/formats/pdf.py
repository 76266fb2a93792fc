"""Read PDFs: the text of their pages in reading order, each block with the page it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from desktop_app.formats.extract import Refused
from desktop_app.formats.file import File
from desktop_app.formats.finish import Reading
from desktop_app.formats.limits import Limits, too_large
from desktop_app.formats.pdf_blocks import blocks_of_pages
from desktop_app.formats.pdf_document import (
    OpenPdf,
    attachments_of,
    has_picture,
    open_page,
    open_pdf,
)
from desktop_app.formats.pdf_facts import facts_of_pdf, language_of_pdf
from desktop_app.formats.pdf_furniture import PageLines
from desktop_app.formats.pdf_joining import Link
from desktop_app.formats.pdf_lines import lines_of
from desktop_app.formats.pdf_links import links_of
from desktop_app.formats.pdf_notes import notes_of
from desktop_app.formats.pdf_outline import bookmarks_of, chapters_of
from desktop_app.formats.pdf_page import page_text

EXTRACTOR = "pdf-1"
_MOST_PAGES = 20_000
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


@dataclass(slots=True)
class _Found:
    """What was gathered page by page. letters, lost: how many there are, and without meaning.

    empty: how many pages have no text; pictured: how many of these are pictures.
    """

    pages: list[PageLines] = field(default_factory=list)
    links: dict[int, list[Link]] = field(default_factory=dict)
    letters: int = 0
    lost: int = 0
    empty: int = 0
    pictured: int = 0
    damaged: int = 0


def read_pdf(file: File, limits: Limits) -> Reading:
    """Read a PDF; raises Refused where it wants a password, or no page of it opens."""
    with open_pdf(file.content) as document:
        if document.pages > _MOST_PAGES:
            raise Refused(
                f"It has more than {_MOST_PAGES:,} pages.", "Split it into parts and import those."
            )
        found = _gathered(document, limits)
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


def _gathered(document: OpenPdf, limits: Limits) -> _Found:
    """Read page by page; each is closed before the next is opened."""
    found = _Found()
    for index in range(document.pages):
        with open_page(document, index) as page:
            text_page = pdfium.FPDFText_LoadPage(page) if page else None
            if not page or not text_page:
                found.damaged += 1
                found.pages.append(PageLines(index + 1, (), 0.0, 0.0))
                continue
            try:
                text = page_text(page, text_page)
                links = links_of(document, page, text_page, text) if text.words else []
                notes = tuple(notes_of(page))
                found.pictured += not text.words and has_picture(page)
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        lines = tuple(lines_of(text))
        found.pages.append(PageLines(index + 1, lines, text.bottom, text.top, notes))
        if links:
            found.links[index + 1] = links
        found.letters += sum(word.end - word.start for word in text.words)
        found.lost += text.lost
        found.empty += not text.words
        if found.letters > limits.text_bytes:
            raise too_large(limits.text_bytes, what="Its text")
    if found.damaged == document.pages:
        raise Refused("It is a PDF whose pages are all damaged.", "Fetch or copy it again.")
    return found


def _warning(found: _Found) -> str | None:
    """What must be said of the pages, in one sentence or two; None where all is well."""
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
    if found.damaged:
        pages = "One page is" if found.damaged == 1 else f"{found.damaged:,} of {count:,} pages are"
        said.append(f"{pages} damaged and could not be read.")
    if found.empty:
        pages = "One page holds" if found.empty == 1 else f"{found.empty:,} of {count:,} pages hold"
        said.append(f"{pages} no text.")
    return " ".join(said) or None
