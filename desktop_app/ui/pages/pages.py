"""A document as its pages, with its highlights, its matches and what is selected drawn over them.

It speaks of places as the text page does, by code points, so that all that marks, finds and goes to
places works on both.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.core.model import Document
from desktop_app.core.pdf_places import PageMap
from desktop_app.core.text import Text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.pages import overlay, sheet
from desktop_app.ui.pages.lettered import LetteredPages
from desktop_app.ui.pages.places import PagePlaces, PageRanges
from desktop_app.ui.pages.shapes import PageShapes
from desktop_app.ui.reader.chosen import Chosen
from desktop_app.ui.reader.hovering import NoteCard
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.overlay import Matches

BUDGET_MS = 5  # for working out, while painting, where things stand; the rest comes right after

Range = tuple[int, int]


class Pages(LetteredPages):
    """Shows a text on its pages, with what is marked, found and selected."""

    selection_changed = Signal()
    selection_made = Signal()
    marks_changed = Signal()
    chosen_changed = Signal(object)  # the id of a highlight, or None
    # How many highlights in view cannot be shown on their pages: at all, and only in part.
    unshown_changed = Signal(int, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._matches = Matches()
        self._marks = Marks()
        self._selected: Range | None = None
        self._chosen = Chosen()
        self._shapes: dict[int, PageShapes] = {}  # of highlights, by page
        self._said_unshown = (0, 0)
        self._clock = QElapsedTimer()
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self.viewport().update)
        self._card = NoteCard(self.viewport())
        self.moved.connect(self._card.hide)

    @property
    def is_working(self) -> bool:
        """Whether it is still being worked out where highlights in view stand."""
        shapes = [
            self._shapes.get(page)
            for page in self.pages_in_view()
            if self.range_on(page) is not None
        ]
        return any(each is None or not each.is_done for each in shapes)

    # What is shown.

    def begin(self, document: Document, text: Text) -> None:
        """Show another document, whose pages are still to come."""
        self._matches = Matches()
        self.select(0, 0)
        super().begin(document, text)

    def change_text(self, text: Text) -> None:
        """Take another text of the document: the pages stay where they are."""
        before = self.text
        if before is not None and before.canonical != text.canonical:
            self.select(0, 0)
        super().change_text(text)

    def turn_sheets(self, by: int) -> None:
        """Turn all pages by quarters of a circle, clockwise; the line that is read stays in view."""
        self._shapes.clear()
        super().turn_sheets(by)

    def _take_ranges(self, ranges: PageRanges) -> None:
        self._shapes.clear()
        super()._take_ranges(ranges)

    def clear(self) -> None:
        """Show nothing."""
        self._matches = Matches()
        self._shapes.clear()
        self.set_marks(())
        self.select(0, 0)
        super().clear()

    def supply_letters(self, page: int, known: PageMap | None) -> None:
        """Take where the letters of a page stand; None where they cannot be read."""
        self._shapes.pop(page, None)
        super().supply_letters(page, known)

    def boxes_on(self, page: int, mark: Highlight) -> list[QRectF]:
        """The boxes of a highlight on a page, in the view."""
        if self._places is None or mark.place is None:
            return []
        boxes = self._places.boxes(page, mark.place.start, mark.place.end) or ()
        return self._placed(page, self.page_rect(page), boxes)

    def say(self, start: int, words: str) -> None:
        """Say something in a card beside a place, until the pointer or the page moves."""
        boxes = self.boxes_in_view(start, start + 1)
        place = boxes[0].bottomLeft() if boxes else QPointF(self.viewport().rect().center())
        self._card.show_beside(place.toPoint(), words)

    # Selection.

    def selection(self) -> Range | None:
        """The range that is selected, None where nothing is."""
        return self._selected

    def select(self, start: int, end: int) -> None:
        """Select a range; an empty one selects nothing."""
        chosen = (start, end) if start < end else None
        if chosen != self._selected:
            self._selected = chosen
            self.viewport().update()
            self.selection_changed.emit()

    def selected_text(self) -> str:
        """The text that is selected."""
        text = self.text
        return text.canonical[slice(*self._selected)] if text and self._selected else ""

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        if text := self.selected_text():
            QGuiApplication.clipboard().setText(text)

    def select_all(self) -> None:
        """Select the whole text."""
        if self.text is not None:
            self.select(0, len(self.text.canonical))

    # Highlights.

    @property
    def marks(self) -> Marks:
        """The highlights of the document that is shown."""
        return self._marks

    def set_marks(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights; the chosen one stays so while it is among them."""
        self.share_marks(Marks(highlights))

    def share_marks(self, marks: Marks) -> None:
        """Show the highlights that another sheet shows."""
        changed = self._chosen.follow(marks.all)
        self._marks = marks
        self._shapes.clear()
        self.viewport().update()
        self.marks_changed.emit()
        if changed:
            self.chosen_changed.emit(self.chosen)

    @property
    def chosen(self) -> int | None:
        """The id of the highlight that is chosen."""
        return self._chosen.id

    @property
    def chosen_mark(self) -> Highlight | None:
        """The highlight that is chosen."""
        return self._chosen.mark

    def marks_at(self, place: QPointF) -> list[Highlight]:
        """The highlights at a place of the view, the shortest first."""
        point = self.point_at(place)
        page = self.page_at(place) if self.count else 0
        found = [
            mark
            for mark in self._marks.within(max(point - 1, 0), point + 1)
            if any(box.adjusted(-2, -2, 2, 2).contains(place) for box in self.boxes_on(page, mark))
        ]
        return sorted(
            found, key=lambda mark: mark.place.end - mark.place.start if mark.place else 0
        )

    def choose(self, highlight: int | None) -> None:
        """Choose a highlight, or none."""
        if self._chosen.choose(highlight, self._marks):
            self.viewport().update()
            self.chosen_changed.emit(self.chosen)

    # Matches.

    @property
    def matches(self) -> Matches:
        """The places that are marked."""
        return self._matches

    def share_matches(self, matches: Matches) -> None:
        """Mark other places, of which another view may make one the current one."""
        self._matches = matches
        self.viewport().update()

    def set_matches(self, ranges: Sequence[Range]) -> None:
        """Mark other places; none of them is the current one."""
        self.share_matches(Matches(ranges))

    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""
        self._matches.current = index
        self.go_to(*self._matches.ranges[index])
        self.viewport().update()

    # Painting.

    def _paint_over(self, painter: QPainter, page: int, rect: QRectF) -> None:
        places = self._places
        reach = places.range_of(page) if places is not None else None
        if places is None or reach is None or not places.knows(page):
            return
        if not self._clock.isValid() or page == self.pages_in_view().start:
            self._clock.start()
        painter.save()
        painter.setClipRect(rect)
        theme = sheet.on_sheet(self._appearance.theme)
        shapes = self._shapes_of(page, places, reach)
        overlay.paint_marks(painter, shapes, theme, rect.topLeft(), self._layout.scale(page))
        chosen = self.chosen_mark
        framed = self.boxes_on(page, chosen) if chosen is not None else []
        if chosen is not None and framed:
            overlay.paint_chosen(painter, framed, chosen, theme)
        for mark, now in self._matches.painted(*reach):
            boxes = self._within_budget(page, *mark)
            if boxes:
                overlay.paint_match(painter, self._placed(page, rect, boxes), theme, current=now)
        if self._selected is not None:
            boxes = places.boxes(page, *self._selected)
            if boxes:
                overlay.paint_selection(painter, self._placed(page, rect, boxes), theme)
        painter.restore()
        self._tell_unshown()

    def _shapes_of(self, page: int, places: PagePlaces, reach: Range) -> PageShapes:
        shapes = self._shapes.get(page)
        if shapes is None:
            for far in [each for each in self._shapes if each not in self.pages_in_view()]:
                del self._shapes[far]
            shapes = self._shapes[page] = PageShapes(places, page, self._marks.within(*reach))
        if not shapes.is_done:
            shapes.work(max(BUDGET_MS - self._clock.elapsed(), 1))
            self._more.start()
        return shapes

    def _within_budget(self, page: int, start: int, end: int) -> tuple[QRectF, ...] | None:
        """Boxes that are at hand or quickly made; what would take long is made after this frame."""
        if self._places is None:
            return ()
        if not self._places.is_boxed(page, start, end) and self._clock.elapsed() > BUDGET_MS:
            self._more.start()
            return ()
        return self._places.boxes(page, start, end)

    def _tell_unshown(self) -> None:
        shapes = [self._shapes[page] for page in self.pages_in_view() if page in self._shapes]
        cut = {mark.id for each in shapes for mark in each.cut.values()}
        unshown: set[int] = set()
        for mark in (mark for each in shapes for mark in each.unshown.values()):
            (cut if self._stands_elsewhere(mark) else unshown).add(mark.id)
        said = (len(unshown), len(cut))
        if said != self._said_unshown:
            self._said_unshown = said
            self.unshown_changed.emit(*said)

    def _stands_elsewhere(self, mark: Highlight) -> bool:
        """Whether a highlight may be shown on a page, although nothing of it is on one."""
        if self._places is None or mark.place is None:
            return False
        pages = self._places.pages_of(mark.place.start, mark.place.end)
        return any(
            page not in self._shapes or mark.id not in self._shapes[page].unshown
            for page in pages
            if self._places.range_of(page) is not None
        )
