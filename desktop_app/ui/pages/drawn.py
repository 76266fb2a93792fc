"""The pages in view as they are drawn, the nearest first, and what they look like until then."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages import sheet
from desktop_app.ui.pages.area import PagesArea
from desktop_app.ui.pages.shelf import NEAR_ROWS, Drawn, Shelf, Wanted, drawn_scale

SAY_AFTER_MS = 400  # what is there sooner needs no words


class DrawnPages(PagesArea):
    """Says which page is to be drawn next, takes it, and paints what there is."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.shelf = Shelf()
        self.dimmed = False
        self.turns = 0  # quarters of a circle that all pages are turned, clockwise
        self._awaited = False  # pages are on their way
        self._say_so = QTimer(self, singleShot=True, interval=SAY_AFTER_MS)
        self._say_so.timeout.connect(self.viewport().update)

    def set_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show other pages, of these sizes in points, from the first one on."""
        self.shelf.clear()
        self.turns = 0
        self._awaited = False
        super().set_sizes(sizes)

    def await_sizes(self) -> None:
        """Show that pages are on their way, if they take their time."""
        self.set_sizes(())
        self._awaited = True
        self._say_so.start()

    def turn_sheets(self, by: int) -> None:
        """Turn all pages by quarters of a circle, clockwise; the one that is read stays in view."""
        if not self.count:
            return
        at_top = self.offset.y() <= 0
        page, turns = 0 if at_top else self.page_read(), (self.turns + by) % 4
        sizes = [(high, wide) for wide, high in self._sizes] if by % 2 else self._sizes
        self.set_sizes(sizes)
        self.turns = turns
        self.show_page(page)

    def set_dimmed(self, dimmed: bool) -> None:
        """Take the glare off the sheets in a dark theme, or show them white."""
        self.dimmed = dimmed
        self.viewport().update()

    def next_wanted(self) -> Wanted | None:
        """The page that is to be drawn next; None where all that is near is there."""
        if not self.count or not self.isVisible():
            return None
        in_view, near = self._wishes()
        return self.shelf.next_wanted(
            [self._wanted(page) for page in in_view],
            [self._wanted(page) for page in near],
            hurried=self.is_hurried,
        )

    def _wishes(self) -> tuple[list[int], list[int]]:
        """The pages in view, the one that is read first; and those around them, nearest first."""
        visible, middle = self.pages_in_view(), self.page_read()
        near = [
            page
            for step in range(1, NEAR_ROWS * self._layout.columns + 1)
            for page in (visible.stop - 1 + step, visible.start - step)
            if 0 <= page < self.count
        ]
        return sorted(visible, key=lambda page: abs(page - middle)), near

    def still_wants(self, wanted: Wanted) -> bool:
        """Tell whether a page that is being drawn is still worth waiting for."""
        near = NEAR_ROWS * self._layout.columns
        seen = self.pages_in_view()
        if wanted.turns != self.turns:
            return False
        if not seen.start - near <= wanted.page < seen.stop + near:
            return False
        if self.shelf.get(wanted.page) is None and wanted.page in seen:
            return True  # anything is better than an empty sheet
        return (
            wanted.page in seen and abs(wanted.scale / self._wanted(wanted.page).scale - 1) < 0.01
        )

    def _wanted(self, page: int) -> Wanted:
        scale = self._layout.scale(page) * self.devicePixelRatioF()
        scale = drawn_scale(self._sizes[page], scale)
        wide, high = self._sizes[page]
        return Wanted(page, scale, round(4 * wide * high * scale * scale), self.turns)

    def supply(self, page: int, drawn: Drawn) -> None:
        """Take a page that was drawn."""
        in_view, near = self._wishes()
        self.shelf.put(page, drawn, wanted=[*in_view, *near])
        if page in self.pages_in_view():
            self.viewport().update()

    def supply_failure(self, page: int, why: str) -> None:
        """Take it that a page cannot be drawn."""
        self.shelf.fail(page, why)
        self.viewport().update()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), sheet.ground(self._appearance.theme))
        ratio = self.devicePixelRatioF()
        if self._awaited and not self._say_so.isActive():
            painter.setPen(QColor(self._appearance.theme.ink))
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(self.viewport().rect(), middle, self.tr("Opening the pages…"))
        for page in self.pages_in_view():
            rect = sheet.on_pixels(self.page_rect(page), ratio)
            drawn = self.shelf.get(page)
            if drawn is not None:
                sheet.paint_page(painter, rect, drawn.image, ratio)
            else:
                sheet.paint_empty(painter, rect, page + 1, self.shelf.failed(page))
            sheet.paint_edge(painter, rect, self._appearance.theme)
            self._paint_over(painter, page, rect)
            if self.dimmed and self._appearance.theme.dark:
                sheet.dim(painter, rect)

    def _paint_over(self, painter: QPainter, page: int, rect: QRectF) -> None:
        """Paint what is marked on a page."""
