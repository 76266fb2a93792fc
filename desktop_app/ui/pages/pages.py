"""A document as its pages, with its highlights, its matches and what is selected drawn over them.

It speaks of places as the text page does, by code points, so that all that marks, finds and goes to
places works on both.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QPointF, QRect, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight, Quad
from desktop_app.core.model import Document
from desktop_app.core.pdf_places import PageMap
from desktop_app.core.text import Text
from desktop_app.ui.pages import overlay, sheet
from desktop_app.ui.pages.area import READ_AT, PagesArea
from desktop_app.ui.pages.places import PagePlaces
from desktop_app.ui.reader.chosen import Chosen
from desktop_app.ui.reader.hovering import NoteCard
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.overlay import Matches
from desktop_app.ui.theme import Appearance

NEARLY_PX = 6  # a line that is cut off by less is in view
BUDGET_MS = 5  # for working out, while painting, where things stand; the rest comes right after

Range = tuple[int, int]


class Pages(PagesArea):
    """Shows a text on its pages and keeps its place."""

    selection_changed = Signal()
    selection_made = Signal()
    marks_changed = Signal()
    chosen_changed = Signal(object)  # the id of a highlight, or None
    unshown_changed = Signal(int)  # how many highlights in view cannot be shown on their pages

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._document: Document | None = None
        self._places: PagePlaces | None = None
        self._matches = Matches()
        self._marks = Marks()
        self._selected: Range | None = None
        self._chosen = Chosen()
        self._aim: tuple[int, float] | None = None  # to be brought to a share of the view
        self._unshown: dict[int, int] = {}  # by page, of what cannot be shown
        self._said_unshown = 0
        self._share = 0.0  # how far a document without text was read, until its pages are here
        self.visits = 0  # how often one went somewhere else; a change of size is no visit
        self._clock = QElapsedTimer()
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self.viewport().update)
        self._card = NoteCard(self.viewport())
        self.moved.connect(self._card.hide)
        self.scrolled.connect(self._let_go)
        self.setAccessibleName(self.tr("Pages of the document"))

    # What is shown.

    def begin(self, document: Document, text: Text) -> None:
        """Show another document, whose pages are still to come."""
        self._document = document
        self._aim = None
        self._share = document.progress if not text.canonical else 0.0
        self._matches = Matches()
        self.select(0, 0)
        self.set_sizes(())
        self._take_text(text)
        self.setAccessibleName(self.tr("Pages of {0}").format(document.title))

    def show_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show the pages of the document, of these sizes in points."""
        aim, share = self._aim, self._share
        self.set_sizes(sizes)
        if self._places is not None:
            self._take_text(self._places.text)
        self._aim = aim
        if aim is not None:
            self._take_aim()
        elif share:
            self._put(QPointF(0, share * self._layout.height - self.viewport().height()))
            self._hold()

    def change_text(self, text: Text) -> None:
        """Take another text of the document: the pages stay where they are."""
        before = self.text
        if before is not None and before.canonical != text.canonical:
            self.select(0, 0)
            self._aim = None
        self._take_text(text)
        self.wants_changed.emit()

    def _take_text(self, text: Text) -> None:
        self._places = PagePlaces(text, self.count)
        self._unshown.clear()
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self._document = self._places = self._aim = None
        self._matches = Matches()
        self._unshown.clear()
        self.set_marks(())
        self.select(0, 0)
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
        return self._places.text if self._places is not None else None

    @property
    def version(self) -> str:
        """The version of the text that places are in, "" where nothing is shown."""
        return self._places.text.version if self._places is not None else ""

    # Letters.

    def next_letters(self) -> int | None:
        """The page whose letters are to be read next; None where all that are needed are here."""
        places = self._places
        if places is None or not self.count or not self.isVisible():
            return None
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
        # Without its letters, a page is as good as evenly filled.
        start, end = places.range_of(page) or (places.start_of(page),) * 2
        share = on_page.y() / max(self._sizes[page][1], 1)
        return start + round((end - start) * min(max(share, 0.0), 1.0))

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
        rect = self.page_rect(self.page_at(QPointF(self.viewport().width() / 2, y)))
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
        page = self.pages_in_view().stop - 1
        rect = self.page_rect(page)
        reach = self._places.range_of(page)
        if reach is None or rect.bottom() <= height:
            point = reach[1] if reach is not None else self._places.start_of(page + 1)
        else:
            point = self._point_in_row(height - 1.0)
        return min(1.0, point / len(self._places.text.canonical))

    def go_to(self, start: int, end: int, *, at: float = READ_AT) -> None:
        """Bring a range into view, its first line at a part of the height."""
        if self._places is None:
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

    def visible_text(self) -> str:
        """What the pages in view say, for screen readers."""
        places = self._places
        if places is None:
            return ""
        said = []
        for page in self.pages_in_view():
            start, end = places.range_of(page) or (0, 0)
            words = places.text.canonical[start:end] or self.shelf.failed(page)
            said.append(self.tr("Page {0:,}.").format(page + 1) + f"\n{words}")
        return "\n".join(said)

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

    def say(self, start: int, words: str) -> None:
        """Say something in a card beside a place, until the pointer or the page moves."""
        boxes = self.boxes_in_view(start, start + 1)
        place = boxes[0].bottomLeft() if boxes else QPointF(self.viewport().rect().center())
        self._card.show_beside(place.toPoint(), words)

    def quads(self, start: int, end: int) -> tuple[Quad, ...]:
        """Where a range stands on the pages; empty where that is not known."""
        return self._places.quads(start, end) if self._places is not None else ()

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
        changed = self._chosen.follow(highlights)
        self._marks = Marks(highlights)
        self._unshown.clear()
        self.viewport().update()
        self.marks_changed.emit()
        if changed:
            self.chosen_changed.emit(self.chosen)

    @property
    def chosen(self) -> int | None:
        """The id of the highlight that is chosen."""
        return self._chosen.id

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
        unshown = 0
        for mark in self._marks.within(*reach):
            boxes = (
                self._within_budget(page, mark.place.start, mark.place.end) if mark.place else ()
            )
            if boxes is None:
                unshown += 1
            elif boxes:
                placed = self._placed(page, rect, boxes)
                overlay.paint_mark(painter, placed, mark, theme, chosen=mark.id == self.chosen)
        for index in self._matches.within(*reach):
            boxes = self._within_budget(page, *self._matches.ranges[index])
            if boxes:
                now = index == self._matches.current
                overlay.paint_match(painter, self._placed(page, rect, boxes), theme, current=now)
        if self._selected is not None:
            boxes = places.boxes(page, *self._selected)
            if boxes:
                overlay.paint_selection(painter, self._placed(page, rect, boxes), theme)
        painter.restore()
        if unshown != self._unshown.get(page, 0):
            self._unshown[page] = unshown
            self._more.start()
        self._tell_unshown()

    def _within_budget(self, page: int, start: int, end: int) -> tuple[QRectF, ...] | None:
        """Boxes that are at hand or quickly made; what would take long is made after this frame."""
        if self._places is None:
            return ()
        if not self._places.is_boxed(page, start, end) and self._clock.elapsed() > BUDGET_MS:
            self._more.start()
            return ()
        return self._places.boxes(page, start, end)

    def _tell_unshown(self) -> None:
        number = sum(self._unshown.get(page, 0) for page in self.pages_in_view())
        if number != self._said_unshown:
            self._said_unshown = number
            self.unshown_changed.emit(number)
