"""Pages with a text on them: every place is a code point, as on the text page.

What is marked, found and selected there is for pages.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Quad
from desktop_app.core.model import Document
from desktop_app.core.pdf_places import PageMap
from desktop_app.core.text import Text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages.area import READ_AT
from desktop_app.ui.pages.drawn import DrawnPages
from desktop_app.ui.pages.places import PagePlaces, PageRanges

NEARLY_PX = 6  # a line that is cut off by less is in view

Range = tuple[int, int]


class LetteredPages(DrawnPages):
    """Knows where the code points of a text stand on its pages, and keeps to them."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.visits = 0  # how often one went somewhere else; a change of size is no visit
        self._document: Document | None = None
        self._turned_at = (-1, 0)  # visits when the pages were turned, and what was read then
        self._text: Text | None = None
        self._places: PagePlaces | None = None  # while there are pages
        self._aim: tuple[int, float] | None = None  # to be brought to a share of the view
        self._share = 0.0  # how far a document without text was read, until its pages are here
        self.scrolled.connect(self._let_go)
        self.setAccessibleName(self.tr("Pages of the document"))

    # What is shown.

    def begin(self, document: Document, text: Text) -> None:
        """Show another document, whose pages are still to come."""
        self._document, self._text = document, text
        self._places = self._aim = None
        self._share = document.progress if not text.canonical else 0.0
        self._turned_at = (-1, 0)
        self.await_sizes()
        self.setAccessibleName(self.tr("Pages of {0}").format(document.title))

    def show_sizes(self, sizes: Sequence[tuple[float, float]], ranges: PageRanges) -> None:
        """Show the pages of the document, of these sizes in points, with what stands on them."""
        aim, share = self._aim, self._share
        self.set_sizes(sizes)
        self._take_ranges(ranges)
        if ranges.text is not self._text and self._text is not None:
            self.change_text(self._text)
        self._aim = aim
        if aim is not None:
            self._take_aim()
        elif share:
            self._put(QPointF(0, share * self._layout.height - self.viewport().height()))
            self._hold()

    def turn_sheets(self, by: int) -> None:
        """Turn all pages by quarters of a circle, clockwise; the line that is read stays in view."""
        # One who turns on and on is not to drift through the page.
        visits, point = self._turned_at
        if visits != self.visits:
            point = 0 if self.position() <= 0 else self.point_read()
        super().turn_sheets(by)
        if self._places is not None:
            self._places.turn(self.turns)
            if point > 0:
                self.go_to(point, point + 1)
        self._turned_at = self.visits, point

    def change_text(self, text: Text) -> None:
        """Take another text of the document: the pages stay where they are."""
        before = self._text
        self._text = text
        if before is not None and before.canonical != text.canonical:
            self._aim = None
        if self._places is not None and self._places.text is not text:
            self._take_ranges(PageRanges(text, self.count))
            self.wants_changed.emit()

    def _take_ranges(self, ranges: PageRanges) -> None:
        self._places = PagePlaces(ranges)
        self._places.turn(self.turns)
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self._document = self._text = self._places = self._aim = None
        self.set_sizes(())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wants_changed.emit()

    @property
    def document_id(self) -> int | None:
        """The document that is shown."""
        return self._document.id if self._document is not None else None

    @property
    def text(self) -> Text | None:
        """The text that places are in."""
        return self._text

    @property
    def version(self) -> str:
        """The version of the text that places are in, "" where nothing is shown."""
        return self._text.version if self._text is not None else ""

    # Letters.

    def next_letters(self) -> int | None:
        """The page whose letters are to be read next; None where all that are needed are here."""
        places = self._places
        if places is None or not self.count or not self.isVisible():
            return None
        if self.is_hurried and self._aim is None:
            return None  # nobody selects or reads while the pages fly past
        visible = self.pages_in_view()
        aimed = [places.page_of(self._aim[0])] if self._aim is not None else []
        return next(
            (
                page
                for page in (*aimed, *visible)
                if places.range_of(page) is not None and not places.knows(page)
            ),
            None,
        )

    def supply_letters(self, page: int, known: PageMap | None) -> None:
        """Take where the letters of a page stand; None where they cannot be read."""
        if self._places is None:
            return
        self._places.take(page, known)
        if self._aim is not None and self._places.page_of(self._aim[0]) == page:
            self._take_aim()
        self.viewport().update()
        self.moved.emit()

    # Places.

    def point_at(self, place: QPointF) -> int:
        """The code point nearest to a place of the view."""
        places = self._places
        if places is None or not self.count:
            return 0
        page = self.page_at(place)
        on_page = (place - self.page_rect(page).topLeft()) / self._layout.scale(page)
        found = places.point_at(page, on_page)
        if found is not None:
            return found
        return self._guessed(page, on_page.y())

    def _guessed(self, page: int, down: float) -> int:
        """The code point so far down a page: without its letters, it is as good as evenly filled."""
        if self._places is None:
            return 0
        start, end = self._places.range_of(page) or (self._places.start_of(page),) * 2
        share = down / max(self._sizes[page][1], 1)
        return start + round((end - start) * min(max(share, 0.0), 1.0))

    def _down(self, page: int, y: float) -> float:
        """How far down a page a height of the view is, in points."""
        return (y - self.page_rect(page).top()) / self._layout.scale(page)

    def link_at(self, place: QPointF) -> str:
        """The address at a place of the view, "" where there is none."""
        page = self.page_at(place) if self.count else 0
        if self._places is None or not self.count or not self.page_rect(page).contains(place):
            return ""
        on_page = (place - self.page_rect(page).topLeft()) / self._layout.scale(page)
        return self._places.link_at(page, on_page)

    def point_read(self) -> int:
        """The code point a third down the view, where one reads."""
        if self._aim is not None:
            return self._aim[0]
        return self._point_in_row(self.viewport().height() * READ_AT)

    def position(self) -> int:
        """The code point at the top of the view; 0 at the very top."""
        if self._aim is not None and not self.count:
            return self._aim[0]
        return 0 if self.offset.y() <= 0 else self._point_in_row(0.0)

    def _point_in_row(self, y: float) -> int:
        """The first code point of what stands at a height of the view or below it."""
        if not self.count or self._places is None:
            return 0
        row = self._layout.row_of(self.page_at(QPointF(-self.offset.x(), y)))
        for page in row:
            if self._places.range_of(page) is None:
                continue
            reach = self._places.reach(page)
            if reach is None:
                return self._guessed(page, self._down(page, y))
            found = reach.first_at(self._down(page, y))
            if found is not None:
                return found
        rect = self.page_rect(row.start)
        return self.point_at(QPointF(rect.left() + 1, max(y, rect.top() + 1)))

    def progress(self) -> float:
        """How much of the document has been in view when one reads from the start: 0 to 1."""
        if not self.count:
            return self._document.progress if self._document is not None else 0.0
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum():
            return 1.0
        height = self.viewport().height()
        if self._places is None or not self._places.text.canonical:
            return min(1.0, (bar.value() + height) / max(self._layout.height, 1))
        point = self._first_cut(self._places, height)
        return min(1.0, point / len(self._places.text.canonical))

    def _first_cut(self, places: PagePlaces, foot: float) -> int:
        """The first code point of the pages in view that is not wholly above a height."""
        visible = self.pages_in_view()
        for page in visible:
            if places.range_of(page) is None or self.page_rect(page).bottom() <= foot:
                continue
            reach, down = places.reach(page), self._down(page, foot)
            cut = reach.first_cut(down) if reach is not None else self._guessed(page, down)
            if cut is not None:
                return cut
        return places.start_of(visible.stop)

    def go_to(self, start: int, end: int, *, at: float = READ_AT) -> None:
        """Bring a range into view, its first line at a part of the height."""
        if self._text is None:
            return
        self.visits += 1
        self._aim = (start, at)
        if self.count:
            self._take_aim()
            self.wants_changed.emit()

    def _take_aim(self) -> None:
        """Go to what is aimed at, as near as is known; once the letters are here, exactly."""
        if self._aim is None or self._places is None:
            return
        point, at = self._aim
        page = self._places.page_of(point)
        top = self._places.top_of(page, point)
        if top is None:
            start, end = self._places.range_of(page) or (point, point)
            inside = (point - start) / max(end - start, 1) if end > point else 0.0
        else:
            inside = top / max(self._sizes[page][1], 1)
        self.show_page(page, inside, at=at)
        if self._places.knows(page) or self._places.range_of(page) is None:
            self._aim = None

    def go_to_page(self, page: int) -> None:
        """Show the beginning of a page, counted from 0."""
        self._let_go()
        self.show_page(page)

    @Slot()
    def _let_go(self) -> None:
        """Aim at nothing any more: the reader has moved on."""
        self.visits += 1
        self._aim = None

    def in_view(self, point: int) -> bool:
        """Tell whether a code point is in view."""
        if self._places is None:
            return False
        page = self._places.page_of(point)
        if page not in self.pages_in_view():
            return False
        top = self._places.top_of(page, point)
        if top is None:
            return True
        y = self.page_rect(page).top() + top * self._layout.scale(page)
        return -NEARLY_PX <= y < self.viewport().height()

    def is_folded(self, start: int, end: int) -> bool:
        """Tell whether any of a range is folded away: nothing is, on a page."""
        return False

    def hidden_lines(self, start: int, end: int) -> int:
        """How many lines of a range are folded away: none, on a page."""
        return 0

    def words_on(self, page: int) -> str:
        """The text of a page."""
        if self._places is None:
            return ""
        return self._places.text.canonical[slice(*(self._places.range_of(page) or (0, 0)))]

    def range_on(self, page: int) -> Range | None:
        """The part of the text on a page; None where it has none or its letters are not known."""
        if self._places is None or not self._places.knows(page):
            return None
        return self._places.range_of(page)

    def boxes_in_view(self, start: int, end: int) -> list[QRectF]:
        """The boxes of what is in view of a range, in the view."""
        found: list[QRectF] = []
        if self._places is not None:
            for page in self.pages_in_view():
                boxes = self._places.boxes(page, start, end) or ()
                found += self._placed(page, self.page_rect(page), boxes)
        return found

    def _placed(self, page: int, rect: QRectF, boxes: Sequence[QRectF]) -> list[QRectF]:
        scale = self._layout.scale(page)
        return [
            QRectF(
                rect.left() + box.left() * scale,
                rect.top() + box.top() * scale,
                box.width() * scale,
                box.height() * scale,
            )
            for box in boxes
        ]

    def place_of(self, start: int, end: int) -> QRect:
        """The box around what is in view of a range, on the screen; empty where nothing is."""
        whole = QRectF()
        for box in self.boxes_in_view(start, end):
            whole = whole.united(box)
        seen = whole.toAlignedRect().intersected(self.viewport().rect())
        return QRect(self.viewport().mapToGlobal(seen.topLeft()), seen.size()) if seen else seen

    def quads(self, start: int, end: int) -> tuple[Quad, ...]:
        """Where a range stands on the pages; empty where that is not known."""
        return self._places.quads(start, end) if self._places is not None else ()
