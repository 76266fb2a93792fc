"""Draw pages of a PDF, and tell where the letters stand on them."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import ExitStack

import pypdfium2.raw as pdfium

from desktop_app.core.pages import PageImage, PageLetters, PageMark, PageShape
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.pdf.annotating import annotated
from desktop_app.formats.pdf.asking import Asked
from desktop_app.formats.pdf.cells import cells_of
from desktop_app.formats.pdf.document import OpenPdf, open_page, open_pdf
from desktop_app.formats.pdf.letters import letters_of

_KEPT = 4  # pages that stay open: one is drawn again at another size, and asked for its letters
_WHITE = 0xFFFFFFFF
_PAPER = (595.0, 842.0)  # of a page that does not say how large it is
_MOST_PAGES = 20_000
_LONGEST_SIDE = 200_000  # pixels of a whole page of which only a part is drawn

Part = tuple[int, int, int, int]  # left, top, width, height in pixels of the whole page


class _OpenPage:
    """A page that is open, and its text once it was asked for."""

    def __init__(self, document: OpenPdf, number: int) -> None:
        self._closing = ExitStack()
        page = self._closing.enter_context(open_page(document, number - 1))
        if page is None:
            raise Refused(
                f"Page {number:,} is damaged and cannot be drawn.",
                "The other pages are not affected; the text may have what can be read of it.",
            )
        self.handle = page
        self._text: ctypes._Pointer[ctypes.Structure] | None = None

    def text(self, number: int) -> ctypes._Pointer[ctypes.Structure]:
        if self._text is None:
            text = pdfium.FPDFText_LoadPage(self.handle)
            if not text:
                raise Refused(f"The letters of page {number:,} cannot be read.")
            self._closing.callback(pdfium.FPDFText_ClosePage, text)
            self._text = text
        return self._text

    def close(self) -> None:
        self._closing.close()


class Drawing:
    """A PDF whose pages are drawn; it stays open until it is closed. For one thread."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Open a document; raises Refused where it wants a password or is damaged."""
        self._limits = limits
        self._closing = ExitStack()
        self._content = content  # pdfium reads from it for as long as the document is open
        self._document = self._closing.enter_context(open_pdf(content))
        self._pages: OrderedDict[int, _OpenPage] = OrderedDict()
        if self._document.pages > _MOST_PAGES:
            self.close()
            raise Refused(
                f"It has more than {_MOST_PAGES:,} pages.", "Split it into parts and import those."
            )

    def close(self) -> None:
        """Close the pages and the document."""
        while self._pages:
            self._pages.popitem()[1].close()
        self._closing.close()

    def sizes(self) -> array[float]:
        """Width and height of each page in points as it is shown, one behind the other."""
        made = array("d")
        size = pdfium.FS_SIZEF()
        usual = _PAPER
        for index in range(self._document.pages):
            known = pdfium.FPDF_GetPageSizeByIndexF(self._document.handle, index, size)
            here = (size.width, size.height)
            if known and all(math.isfinite(side) and side > 0 for side in here):
                usual = here
            made.extend(usual)
        return made

    def shape(self, number: int) -> PageShape:
        """What is seen of a page. number: from 1."""
        page = self._page(number)
        box = pdfium.FS_RECTF()
        known = pdfium.FPDF_GetPageBoundingBox(page.handle, box)
        sides = (box.left, box.bottom, box.right, box.top)
        empty = sides[0] >= sides[2] or sides[1] >= sides[3]
        if not known or empty or not all(map(math.isfinite, sides)):
            sides = (0.0, 0.0, *_PAPER)
        turns = max(pdfium.FPDFPage_GetRotation(page.handle), 0) % 4
        return PageShape(*sides, turns)

    def draw(
        self, number: int, scale: float, *, turns: int = 0, part: Part | None = None
    ) -> PageImage:
        """Draw a page. scale: pixels for a point. turns: quarters, on top of the page's own.

        part: only that much of it. Raises Refused for more pixels than a picture may have.
        """
        shape = self.shape(number).turned(turns)
        across, down = (max(round(side * scale), 1) for side in shape.size)
        left, top, width, height = part or (0, 0, across, down)
        if width * height > self._limits.page_pixels or max(across, down) > _LONGEST_SIDE:
            raise Refused(
                f"At this size page {number:,} would be a picture of {across:,} by {down:,} dots,"
                " which is more than can be shown.",
                "Zoom out to see it.",
            )
        room = (ctypes.c_ubyte * (width * height * 4))()
        bitmap = pdfium.FPDFBitmap_CreateEx(
            width, height, pdfium.FPDFBitmap_BGRx, ctypes.cast(room, ctypes.c_void_p), width * 4
        )
        if not bitmap:
            raise MemoryError
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            pdfium.FPDF_RenderPageBitmap(
                bitmap,
                self._page(number).handle,
                -left,
                -top,
                across,
                down,
                turns % 4,
                pdfium.FPDF_ANNOT,
            )
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        return PageImage(width, height, memoryview(room).cast("B"), shape)

    def annotated(self, marks: Sequence[PageMark]) -> bytes:
        """A copy of the document with marks on its pages; raises Refused."""
        return annotated(self._content, marks)

    def letters(self, number: int) -> PageLetters:
        """The letters of a page and where they stand."""
        text_page = self._page(number).text(number)
        text = letters_of(text_page)
        boxes, turns = cells_of(Asked(text_page), text)
        return PageLetters(text, boxes, turns, self.shape(number))

    def _page(self, number: int) -> _OpenPage:
        page = self._pages.get(number)
        if page is None:
            while len(self._pages) >= _KEPT:
                self._pages.popitem(last=False)[1].close()
            page = self._pages[number] = _OpenPage(self._document, number)
        self._pages.move_to_end(number)
        return page
