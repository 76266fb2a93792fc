"""The reader's pane: what it shows of a document, and what it tells of reading.

It takes plain values and tells what happened by signals; it knows no library.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.core.model import Document
from desktop_app.core.pdf_places import start_of_page
from desktop_app.core.text import Text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.bars import corner_below
from desktop_app.ui.reader.bookmark import Bookmark
from desktop_app.ui.reader.enlarged import Enlarged
from desktop_app.ui.reader.find_here import FindHere
from desktop_app.ui.reader.frame import ReaderFrame
from desktop_app.ui.reader.looks import LooksPanel
from desktop_app.ui.reader.mark_surface import MarkSurface
from desktop_app.ui.reader.match_steps import MatchSteps
from desktop_app.ui.reader.rows import Rows
from desktop_app.ui.reader.shown_marks import ShownMarks
from desktop_app.ui.reader.strip_marks import StripMarks
from desktop_app.ui.reader.style import ReadingStyle
from desktop_app.ui.reader.waypoints import Waypoints


class ReaderPane(ReaderFrame):
    """Shows a document and tells how far it has been read."""

    progressed = Signal(int, float, int)  # document, progress 0 to 1, position; when one has read
    read_to_end = Signal(int)  # document; once each time it is shown
    document_shown = Signal(object, object, int)  # Document and Text, or None; the place at the top
    reading_changed = Signal(object)  # the ReadingStyle
    theme_chosen = Signal(str)  # a theme's name or "system"; it is on already
    jumped = Signal(bool)  # one goes elsewhere in the document; True: from match to match
    back_asked = Signal()
    forward_asked = Signal()
    details_asked = Signal(bool)
    link_hovered = Signal(str)  # a link's target, "" when the pointer leaves it
    matches_ended = Signal(int)  # stepped past the last match (+1) or before the first (-1)
    text_asked = Signal(bool)  # of a web page, the whole page (True) or the article
    selection_changed = Signal()  # of the surface that is shown; see MarkSurface
    selection_made = Signal()
    chosen_changed = Signal(object)
    marks_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._document: Document | None = None
        self._has_pages = False
        self._whole: bool | None = None  # whether the whole page is shown; None: it is one text
        self._marks = ShownMarks(self.sheets)
        self.pending = self._marks.pending
        self._find_here = FindHere(self.find_bar, self.sheets)
        self.installEventFilter(self._find_here)  # Escape closes the bar from anywhere in here
        self._bookmark = Bookmark(self.sheets)
        self._matches = MatchSteps(self.sheets, self.strip, self.header, self._find_here)
        self._strip_marks = StripMarks(self.sheets, self.strip)
        self.waypoints = Waypoints(
            self.sheets, self.header, self.footer, contents=self.contents, beside=self.beside
        )
        self._enlarged = Enlarged(appearance, self.view)
        self._looks = LooksPanel(appearance, self)
        self._connect()
        self.clear()

    def _connect(self) -> None:
        self.header.back.clicked.connect(self.back_asked)
        self.header.forward.clicked.connect(self.forward_asked)
        self.header.texts.chosen.connect(self.text_asked)
        self.header.looks.clicked.connect(
            lambda: self._looks.open_at(corner_below(self.header.looks), self.reading)
        )
        self.header.details.toggled.connect(self.details_asked)
        self.sheets.selection_changed.connect(self.selection_changed)
        self.sheets.selection_made.connect(self.selection_made)
        self.sheets.chosen_changed.connect(self.chosen_changed)
        self.sheets.marks_changed.connect(self.marks_changed)
        self._strip_marks.asked.connect(self.go_to_highlight)
        self.sheets.changed.connect(self._show_keys)
        self.view.link_hovered.connect(self.link_hovered)
        self.pages.link_hovered.connect(self.link_hovered)
        self.view.size_asked.connect(self.change_size)
        self.sheets.looked_up.connect(self._bookmark.look_up)
        self.sheets.looked_up.connect(lambda: self.jumped.emit(False))
        self.waypoints.looked_up.connect(lambda: self.jumped.emit(False))
        self._matches.looked_up.connect(lambda: self.jumped.emit(True))
        self.footer.page.chosen.connect(self.go_to_page)
        self.footer.page.left.connect(self.focus_text)
        self.waypoints.looked_up.connect(self._bookmark.look_up)
        self._matches.ended.connect(self.matches_ended)
        self._matches.looked_up.connect(self._bookmark.look_up)
        self._matches.counted.connect(self._show_keys)
        self._looks.chosen.connect(self.set_reading)
        self._looks.chosen.connect(self.reading_changed)
        self._looks.theme_chosen.connect(self.theme_chosen)
        self._bookmark.told.connect(self.progressed)
        self._bookmark.ended.connect(self.read_to_end)

    # What is shown.

    @property
    def document(self) -> Document | None:
        """The document that is shown."""
        return self._document

    def show_document(
        self,
        document: Document,
        text: Text,
        matches: Sequence[tuple[int, int]] = (),
        *,
        position: int | None = None,
        at_match: bool = False,
        rows: Rows | None = None,
    ) -> None:
        """Show a document where reading stopped, or at its first match that is not folded away.

        matches: code points of the canonical text. position: None for the document's own. rows: of
        the text with nothing open, where they were made beside the window.
        """
        self._bookmark.begin(None)
        self._find_here.close()
        self._enlarged.close_picture()
        self._document = document
        self._marks.forget()
        self.sheets.show_text()
        self.strip.show()
        start = document.position if position is None else position
        self.view.show_text(document, text, position=start, rows=rows)
        self.pages.begin(document, text)
        self.waypoints.take(document, text)
        self._matches.mark([])  # what was the current one in another text is none here
        self.footer.show()
        self.document_shown.emit(document, text, start)
        self._bookmark.begin(document.id)
        self.set_matches(matches, go_to_first=at_match)

    def change_text(
        self,
        document: Document,
        text: Text,
        matches: Sequence[tuple[int, int]] = (),
        *,
        position: int | None = None,
        rows: Rows | None = None,
    ) -> None:
        """Show another text of the document that is shown, or the same one folded in another way.

        position: what stands at the top then; None where the words are the same and nothing moves.
        """
        if self._document is None or document.id != self._document.id:
            self.show_document(document, text, matches, position=position, rows=rows)
            return
        self._document = document
        if position is not None:
            self._find_here.close()
            self._enlarged.close_picture()
        self.view.change_text(document, text, position=position, rows=rows)
        self.pages.change_text(text)
        self.waypoints.take(document, text)
        self.set_matches(matches)

    def show_texts(self, whole: bool | None) -> None:
        """Say whether the whole page (True) or its article is shown; None where it is one text."""
        self._whole = whole
        self.header.texts.show_choice(two=whole is not None, whole=bool(whole))
        self._show_keys()

    def show_pages(self, has_pages: bool, notice: str = "") -> None:
        """Say whether the document has pages to be shown, and what has to be known of them."""
        self._has_pages = has_pages
        self.header.sheets.show_choice(two=has_pages, pages=self.sheets.in_pages)
        self.say_of_document(notice)
        self._show_keys()

    def change_between_texts(self) -> None:
        """Ask for the article where the whole page is shown, and the other way round."""
        if self._whole is not None:
            self.text_asked.emit(not self._whole)

    def set_document(self, document: Document) -> None:
        """Show changed facts of the document that is shown; the page stays where it is."""
        if self._document is not None and document.id == self._document.id:
            same = (document.facts, document.words) == (
                self._document.facts,
                self._document.words,
            )
            self._document = document
            if not same:
                self.view.set_document(document)
                self.waypoints.take(document, self.view.text)

    def clear(self, message: str = "") -> None:
        """Show no document, and a sentence in its place."""
        self._bookmark.begin(None)
        self._find_here.close()
        self._enlarged.close_picture()
        self._document = None
        self._marks.forget()
        self.view.clear()
        self.pages.clear()
        self._matches.set_searched([])
        self.waypoints.take(None, None)
        self.show_texts(None)
        self.strip.hide()
        self.sheets.show_nothing(
            message or self.tr("Choose a document in the list to read it here.\n"
                               "Space turns the page, and the place is remembered.")
        )  # fmt: skip
        self.document_shown.emit(None, None, 0)
        self.footer.hide()
        self._matches.show_count()

    def position(self) -> int:
        """The code point at the top of what is shown."""
        return self.sheets.position()

    @Slot(int)
    def go_to_page(self, page: int) -> None:
        """Show the beginning of a page, counted from 1."""
        if self.sheets.in_pages:
            self._bookmark.look_up()
            self.jumped.emit(False)
            self.pages.go_to_page(page - 1)
        elif self.view.text is not None:
            self.waypoints.go(start_of_page(self.view.text, page))
        self.focus_text()

    @property
    def reading(self) -> ReadingStyle:
        """How the text is set."""
        return self.view.style_of_reading

    @Slot(object)
    def set_reading(self, style: ReadingStyle) -> None:
        """Set the text in another way."""
        self.view.set_style_of_reading(style)

    @Slot(int)
    def change_size(self, steps: int) -> None:
        """Make the text larger by some steps, smaller where they are negative."""
        style = self.reading.sized(steps)
        if style != self.reading:
            self.set_reading(style)
            self.reading_changed.emit(style)

    def toggle_folds(self) -> None:
        """Open all folds, or close them where all are open."""
        self.view.toggle_folds()

    def return_to(self, position: int) -> None:
        """Go to where one was: what stood at the top then stands there again."""
        self._bookmark.look_up()
        if position > 0:
            self.sheets.go_to(position, position + 1, at=0.0)
        else:
            self.sheets.go_to(0, 1)  # near the beginning the title stays in view

    # Highlights.

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights of the document; their places are in the text that is shown."""
        self._marks.show(highlights)

    def current_match(self) -> tuple[int, int] | None:
        """The match that was gone to last, None where there is none."""
        matches = self.view.matches
        return matches.ranges[matches.current] if matches.current is not None else None

    @property
    def surface(self) -> MarkSurface:
        """What shows the text now, for marking in it."""
        return self.sheets.now

    def go_to_highlight(self, highlight: int) -> bool:
        """Bring a highlight of the document into view and choose it; False where it has no place.

        Nothing moves where all of it is in view already.
        """
        sheet = self.sheets
        found = self.surface.marks.with_id(highlight)
        if found is None or found.place is None:
            return False
        start, end = found.place.start, found.place.end
        if sheet.is_folded(start, end) or not (sheet.in_view(start) and sheet.in_view(end - 1)):
            self._bookmark.look_up()
            self.jumped.emit(True)
            sheet.go_to(start, end)
        self.surface.choose(highlight)
        return True

    # Matches.

    def set_matches(
        self,
        matches: Sequence[tuple[int, int]],
        *,
        marks: Sequence[tuple[int, int]] | None = None,
        go_to_first: bool = False,
    ) -> None:
        """Mark the places that a search found; code points, end exclusive.

        marks: the words of them, which are painted; None for all of each place.
        """
        self._matches.set_searched(matches, marks=marks, go_to_first=go_to_first)

    def go_to_first_match(self) -> None:
        """Go to the first match that is not folded away."""
        self._matches.go_to_first()

    def next_match(self) -> None:
        """Go to the match behind the current one; behind the top of the page where one read on.

        While the find bar is open, go to the next place that it found.
        """
        self._matches.step(1)

    def previous_match(self) -> None:
        """Go to the match before the current one; before the top of the page where one read on."""
        self._matches.step(-1)

    def go_to(self, start: int, end: int) -> None:
        """Bring a range into view; where it is a match, it becomes the current one.

        Looking something up moves no bookmark: progress is told once one reads on from there.
        """
        self._matches.go_to(start, end)

    @Slot()
    def _show_keys(self) -> None:
        """Name the keys that do something here."""
        keys = [self.tr("T tag"), self.tr("H highlight"), self.tr("N note")]
        if len(self.view.matches):
            keys.append(self.tr("F3 next match"))
        if self._has_pages:
            keys.append(self.tr("O text") if self.sheets.in_pages else self.tr("O pages"))
        if self.view.has_folds() and not self.sheets.in_pages:
            keys.append(self.tr("B folded text"))
        if self._whole is not None:
            keys.append(self.tr("W article") if self._whole else self.tr("W whole page"))
        self.footer.keys.say(keys)
        # What pages cannot show is of no matter where the text is read.
        self.footer.notice.setVisible(self.sheets.in_pages)

    # Finding.

    def open_find(self) -> None:
        """Open the find bar, with what is selected where that is one line."""
        if self._document is not None:
            self.wanted.emit()
            self._find_here.open()
            self._matches.show_count()

    def tell_now(self) -> None:
        """Tell progress that is waiting to be told: before the document or the window goes."""
        self._bookmark.tell_now()

    def hideEvent(self, event: QHideEvent) -> None:
        self.tell_now()
        super().hideEvent(event)
