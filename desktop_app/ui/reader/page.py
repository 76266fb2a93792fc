"""The page: a text with its matches, highlights and selection, by code points.

How the text itself is shown is in text_page.py; what mouse and keys do is in view.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.asking import row_in_words
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.overlay import Matches, Overlay
from desktop_app.ui.reader.rows import RowKind, Rows
from desktop_app.ui.reader.text_page import TextPage


class Page(TextPage):
    """Shows what is found, marked and selected in a text."""

    selection_changed = Signal()
    marks_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._matches = Matches()
        self._marks = Marks()
        self._overlay = Overlay()
        self._selected: tuple[int, int] | None = None

    def _begin(self) -> None:
        self._matches = Matches()
        self.set_marks(())
        self.select(0, 0)

    # Matches.

    @property
    def matches(self) -> Matches:
        """The places that are marked."""
        return self._matches

    def set_matches(
        self,
        ranges: Sequence[tuple[int, int]],
        *,
        marks: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        """Mark other places; none of them is the current one. marks: their words, see Matches."""
        self._matches = Matches(ranges, marks=marks)
        self.viewport().update()

    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""
        self._matches.current = index
        self.go_to(*self._matches.ranges[index])
        self.viewport().update()

    # Highlights.

    @property
    def marks(self) -> Marks:
        """The highlights of the document that is shown."""
        return self._marks

    @property
    def chosen(self) -> int | None:
        """The id of the highlight that stands out; none on a page that answers to nobody."""
        return None

    def set_marks(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights; their places are in the text that is shown."""
        self.share_marks(Marks(highlights))

    def share_marks(self, marks: Marks) -> None:
        """Show highlights that are ready to be looked up."""
        added = marks.added_to(self._marks)
        self._marks = marks
        if added is not None:
            self._repaint_range(added.start, added.end)
        else:
            self.viewport().update()
        self.marks_changed.emit()

    def marks_in_words(self, start: int, end: int) -> str:
        """How many highlights touch a range, in words; "" for none."""
        count = sum(1 for _ in self._marks.within(start, end))
        if not count:
            return ""
        return self.tr("1 highlight") if count == 1 else self.tr("{0:,} highlights").format(count)

    def _in_words(self, rows: Rows, laid: Laid) -> str:
        """What a row says; of a fold line also how many highlights look out of it."""
        row, said = laid.row, row_in_words(rows, laid.row)
        if row.kind == RowKind.FOLD and row.start < row.end:
            inside = self.marks_in_words(row.start, row.end)
            return f"{said}, {inside}" if inside else said
        return said

    def fold_rules(self, index: int) -> str:
        """Why a stretch is folded, in words."""
        part = self.fold_at(index)
        if part is None:
            return ""
        inside = "" if self.is_open(index) else self.marks_in_words(part.start, part.end)
        return f"{part.rules}\n{inside}" if inside else part.rules

    # Selection.

    def selection(self) -> tuple[int, int] | None:
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
        """The canonical text that is selected."""
        if self._selected is None or self._rows is None:
            return ""
        return self._rows.text.canonical[slice(*self._selected)]

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        if text := self.selected_text():
            QGuiApplication.clipboard().setText(text)

    def select_all(self) -> None:
        """Select the whole text, folded parts included."""
        if self._rows is not None:
            self.select(0, len(self._rows.text.canonical))

    def _paint_marks(self, painter: QPainter, index: int, laid: Laid) -> None:
        self._overlay.paint(
            painter,
            laid,
            self._appearance.theme,
            self._matches,
            selection=self._selected,
            marks=self._marks,
            chosen=self.chosen,
        )
