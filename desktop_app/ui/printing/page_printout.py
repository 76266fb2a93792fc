"""The pages of a PDF as they are printed: drawn with their highlights, and behind them the notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPainter, QTransform

from desktop_app.core.errors import Problem
from desktop_app.core.pages import PageImage
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import LIGHT
from desktop_app.ui.printing.endnotes import EndNotes, numbered
from desktop_app.ui.printing.printout import COLUMN_PX, SIZE_PX, Printed
from desktop_app.ui.printing.sheets import Paper, Sheets, abort
from desktop_app.ui.reader.lines import Lines, settings

if TYPE_CHECKING:
    from desktop_app.library.pages import PageBook

SHARP = 200 / 72  # pixels for a point
_MOST_PIXELS = 35_000_000  # of one page; a poster is drawn less sharp


class PagePrintout:
    """Prints the pages of one document."""

    def __init__(self, printed: Printed, pages: PageBook) -> None:
        self._printed = printed
        self._pages = pages
        self.begun = 0  # sheets, where it was stopped

    def print_to(
        self, device: QPagedPaintDevice, keep_on: Callable[[int, int], bool]
    ) -> int | None:
        """Print on a device; how many sheets it took, None where it was not kept on with.

        keep_on: as of Printout. Problem where the device cannot be painted on.
        """
        painter = QPainter()
        if not painter.begin(device):
            raise Problem("Nothing could be printed there.", "The document is untouched.")
        try:
            for number in range(1, self._pages.count + 1):
                if number > 1:
                    if not keep_on(number - 1, self._pages.count):
                        self._stop_at(number - 1, device)
                        return None
                    device.newPage()
                self._paint_page(device, painter, number)
            return self._put_notes(device, painter, keep_on)
        finally:
            painter.end()

    def _stop_at(self, sheet: int, device: QPagedPaintDevice) -> None:
        self.begun = sheet
        abort(device)

    def _paint_page(self, device: QPagedPaintDevice, painter: QPainter, number: int) -> None:
        """Fit a page into a sheet, turned where it lies the other way."""
        full = QRectF(device.pageLayout().fullRectPixels(painter.device().logicalDpiX()))
        wide, high = self._pages.size(number)
        scale = min(SHARP, (_MOST_PIXELS / max(wide * high, 1)) ** 0.5)
        try:
            image = _image(self._pages.draw(number, scale))
        except Problem as problem:
            painter.setFont(fonts.interface(painter.device().logicalDpiX() // 6))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(
                full.adjusted(full.width() / 6, 0, -full.width() / 6, 0), flags, str(problem)
            )
            return
        if (image.width() > image.height()) != (full.width() > full.height()):
            image = image.transformed(QTransform().rotate(90))
        fitted = QSizeF(image.size()).scaled(full.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # A page is not made larger than it is.
        most = painter.device().logicalDpiX() / 72 / scale
        if fitted.width() > image.width() * most:
            fitted = QSizeF(image.size()) * most
        place = QRectF(full)
        place.setSize(fitted)
        place.moveCenter(full.center())
        painter.drawImage(place, image)

    def _put_notes(
        self, device: QPagedPaintDevice, painter: QPainter, keep_on: Callable[[int, int], bool]
    ) -> int | None:
        """Print the notes behind the pages; how many sheets there are in all, None as print_to."""
        printed = self._printed
        style = replace(printed.style, size_px=SIZE_PX, width_px=COLUMN_PX)
        paper = Paper.of(device, style.column_px)
        made = settings(style, LIGHT)
        notes = EndNotes(Lines(made), made, LIGHT, paper.column, printed.tags or {})
        lost = [each for each in printed.highlights if each.place is None]
        sheets: Sheets | None = None
        for strip in notes.strips(printed.document_note, numbered(printed.highlights), lost):
            if not keep_on(self._pages.count, self._pages.count):
                self._stop_at(sheets.count if sheets else self._pages.count, device)
                return None
            if sheets is None:
                device.newPage()
                title, muted = printed.document.title, QColor(LIGHT.muted)
                sheets = Sheets(device, painter, paper, title, muted, before=self._pages.count)
            sheets.put(strip)
        return self._pages.count if sheets is None else sheets.finish()


def _image(drawn: PageImage) -> QImage:
    return QImage(
        drawn.pixels, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGB32
    )
