"""Sheets of paper: how much room each has, and how strips are cut to fill them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPagedPaintDevice, QPageSize, QPainter

from desktop_app.ui.look import fonts
from desktop_app.ui.printing.strips import Strip

POINTS = 0.6  # for a pixel of the column: letters of 18 pixels are printed in 10.8 points
LEAST_MARGIN_PT = 45.0
TOP_PT, BOTTOM_PT = 62.0, 70.0
_HEAD_PT, _FOOT_PT = 36.0, 40.0  # from the edges of the paper to the running head and the number
_SMALL_PX = 13
_LETTER = {
    QLocale.Country.UnitedStates,
    QLocale.Country.Canada,
    QLocale.Country.Mexico,
    QLocale.Country.Philippines,
    QLocale.Country.Chile,
    QLocale.Country.Colombia,
    QLocale.Country.Venezuela,
    QLocale.Country.CostaRica,
    QLocale.Country.Guatemala,
    QLocale.Country.Panama,
    QLocale.Country.PuertoRico,
}


def usual_paper() -> QPageSize:
    """The paper that is usual where one lives."""
    letter = QLocale.system().territory() in _LETTER
    return QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in pixels of the column. left, top: where the column begins on it."""

    width: float
    height: float
    left: float
    top: float
    column: int
    room: float  # the height of the column

    @classmethod
    def of(cls, device: QPagedPaintDevice, wanted: int) -> Paper:
        """The sheets of a device, for a column of a width that is wanted."""
        full = device.pageLayout().fullRectPoints()
        width, height = full.width() / POINTS, full.height() / POINTS
        column = min(wanted, int(width - 2 * LEAST_MARGIN_PT / POINTS))
        top = TOP_PT / POINTS
        return cls(
            width, height, (width - column) / 2, top, column, height - top - BOTTOM_PT / POINTS
        )


def abort(device: QPagedPaintDevice) -> None:
    """Have a printer drop what it got where it can; others print what is there."""
    stop = getattr(device, "abort", None)  # a PDF is no printer, and has none
    if stop is not None:
        stop()


class Sheets:
    """Puts strips on sheets, one below the other; the painter is that of the device."""

    def __init__(
        self,
        device: QPagedPaintDevice,
        painter: QPainter,
        paper: Paper,
        title: str,
        muted: QColor,
        *,
        before: int = 0,
    ) -> None:
        """before: how many sheets were printed already."""
        self._device = device
        self._painter = painter
        self._paper = paper
        self._title = title
        self._muted = muted
        self._used = 0.0
        self._scale = painter.device().logicalDpiX() / 72 * POINTS
        self.count = before
        self._begin()

    def put(self, strip: Strip) -> None:
        """Put a strip below what is there; it is cut where there is not enough room."""
        paper = self._paper
        done = strip.lead if not self._used else 0.0
        if self._used and strip.below and strip.height <= paper.room:
            needed = min(strip.height + strip.below, paper.room)
            if self._used + needed > paper.room:
                self._next()
                done = strip.lead
        while done < strip.height:
            room = paper.room - self._used
            if strip.height - done <= room + 0.5:
                self._paint(strip, done, strip.height)
                return
            cut = max((at for at in strip.cuts if done + 1 < at <= done + room), default=None)
            if cut is None and self._used:
                self._next()
                done = max(done, strip.lead)
                continue
            if cut is None:  # taller than a sheet, and no place to cut it
                cut = done + room
            self._paint(strip, done, cut)
            self._next()
            done = cut

    def _paint(self, strip: Strip, top: float, bottom: float) -> None:
        painter, paper = self._painter, self._paper
        painter.save()
        painter.scale(self._scale, self._scale)
        painter.translate(paper.left, paper.top + self._used - top)
        if top > strip.lead or bottom < strip.height:
            painter.setClipRect(QRectF(-paper.left, top, paper.width, bottom - top))
        strip.paint(painter, top, bottom)
        painter.restore()
        self._used += bottom - top

    def finish(self) -> int:
        """End the last sheet; how many there are."""
        self._write(f"{self.count:,}", y=self._paper.height - _FOOT_PT / POINTS, centred=True)
        return self.count

    def _next(self) -> None:
        self.finish()
        self._device.newPage()
        self._begin()

    def _begin(self) -> None:
        """Begin a sheet; all but the first have a running head."""
        self.count += 1
        self._used = 0.0
        if self.count > 1:
            self._write(self._title, y=_HEAD_PT / POINTS)

    def _write(self, words: str, *, y: float, centred: bool = False) -> None:
        painter, paper = self._painter, self._paper
        face = fonts.interface(_SMALL_PX)
        measure = QFontMetricsF(face)
        said = measure.elidedText(words, Qt.TextElideMode.ElideRight, paper.column)
        aside = (paper.width - measure.horizontalAdvance(said)) / 2 if centred else paper.left
        painter.save()
        painter.scale(self._scale, self._scale)
        painter.setPen(self._muted)
        painter.setFont(face)
        painter.drawText(QPointF(aside, y), said)
        painter.restore()
