"""The text of the page: one column that is shown, placed, folded and set, and keeps its place.

It builds no QTextDocument and reads no HTML, so nothing in a text can load, run or freeze
anything; only the rows in view are set in type. What is marked and selected in it is in page.py.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.area import ColumnArea
from desktop_app.ui.reader.asking import line_at, link_at, row_in_words
from desktop_app.ui.reader.column import Column
from desktop_app.ui.reader.folded import Folded
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.margin_room import LEAST_MARGIN_PX
from desktop_app.ui.reader.notes import Notes
from desktop_app.ui.reader.rows import Rows
from desktop_app.ui.reader.style import ReadingStyle
from desktop_app.ui.reader.typeset import Typesetter


class TextPage(ColumnArea):
    """Shows one text and keeps its place."""

    folds_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._document: Document | None = None
        self._rows: Rows | None = None
        self._notes: Notes | None = None
        self.setAccessibleName(self.tr("Text of the document"))
        appearance.changed.connect(self._set_anew)

    # What is shown.

    def show_text(
        self, document: Document, text: Text, *, position: int = 0, rows: Rows | None = None
    ) -> None:
        """Show a text with a code point of it at the top; 0 shows the title.

        rows: of the text with nothing open, where they were made beside the window.
        """
        self._document = document
        self._take(rows or Rows(text))
        self._begin()
        self._go_on_at(position)

    def change_text(
        self,
        document: Document,
        text: Text,
        *,
        position: int | None = None,
        rows: Rows | None = None,
    ) -> None:
        """Show another text of the same document, or the same one folded in another way.

        position: what stands at the top then; None where the words are the same, of which nothing
        moves, and what was opened and selected stays so.
        """
        old = self._rows
        if old is None or position is not None:
            self.show_text(document, text, position=position or 0, rows=rows)
            return
        self._document = document
        new = rows or Rows(text)
        opened = [old.folds[index] for index in old.opened]
        still = [index for part in opened for index in new.folds_over(part.start, part.end)]
        self._take(Rows(text, still) if still else new)
        self._set_anew()

    def _begin(self) -> None:
        """Forget what was marked and selected in the last text."""

    def _take(self, rows: Rows) -> None:
        self._rows = rows
        self._notes = Notes(rows.text)
        self.pictures.forget_absent()
        if self._document is not None:
            self.setAccessibleName(self.tr("Text of {0}").format(self._document.title))

    def _go_on_at(self, position: int) -> None:
        length = len(self._rows.text.canonical) if self._rows is not None else 0
        self._point, self._point_at, self._top = min(max(position, 0), length), 0.0, None
        self._set_anew()

    def set_document(self, document: Document) -> None:
        """Draw title and byline anew; the text stays where it is."""
        self._document = document
        self.setAccessibleName(self.tr("Text of {0}").format(document.title))
        self._set_anew()

    def clear(self) -> None:
        """Show nothing."""
        self._document = self._rows = self._column = self._notes = None
        self._begin()
        self._bring_bar()
        self.viewport().update()

    @property
    def text(self) -> Text | None:
        """The text that is shown."""
        return self._rows.text if self._rows is not None else None

    @property
    def style_of_reading(self) -> ReadingStyle:
        """How the text is set."""
        return self._style

    def set_style_of_reading(self, style: ReadingStyle) -> None:
        """Set the text in another way; the line at the top stays there."""
        self._style = style
        self._set_anew()

    # Places.

    def position(self) -> int:
        """The code point at the top of the view; 0 while the title is in view whole."""
        return self._point

    def progress(self) -> float:
        """How much of the text has been in view when one reads from the start: 0 to 1."""
        if self._column is None or self._rows is None or not self._rows.text.canonical:
            return 0.0
        return min(1.0, self._column.bottom_point() / len(self._rows.text.canonical))

    def go_to(self, start: int, end: int, *, at: float = 1 / 3) -> None:
        """Bring a range into view, its first line at a part of the height; opens its folds.

        Near the beginning the title stays in view instead, and the line stands lower.
        """
        if self._rows is None or self._column is None:
            return
        folds = self._rows.folds_over(start, end)
        if folds:
            self._open(self._rows.opened | folds)
        row, inside = self._column.place_of(start)
        wanted = self.viewport().height() * at
        self._column.put(row, inside, at=wanted)
        if self._column.offset() < wanted:
            self._column.seek(0)
        self._moved()

    def in_view(self, point: int) -> bool:
        """Tell whether a code point stands between the top and the bottom of the view."""
        return self._column is not None and (
            self._column.top_point() <= point < self._column.bottom_point()
        )

    def is_folded(self, start: int, end: int) -> bool:
        """Tell whether any of a range is folded away."""
        return self._rows is not None and bool(self._rows.folds_over(start, end))

    def visible_text(self) -> str:
        """What is in view in words, fold lines and pictures too, for screen readers."""
        rows = self._rows
        if self._column is None or rows is None:
            return ""
        words = (self._in_words(rows, laid) for _, _, laid in self._column.visible())
        return "\n".join(said for said in words if said)

    def _in_words(self, rows: Rows, laid: Laid) -> str:
        """What a row says."""
        return row_in_words(rows, laid.row)

    def link_at(self, place: QPointF) -> str:
        """The address at a place of the window, "" where there is none."""
        found = self.laid_at(place)
        return link_at(self._rows, *found) if found is not None and self._rows else ""

    def line_at(self, place: QPointF) -> str:
        """The line of the text at a place of the window, "" where there is none."""
        found = self.laid_at(place)
        return line_at(self._rows, *found) if found is not None and self._rows else ""

    def note_words(self, label: str) -> str:
        """What a note of the text says, "" where it does not have it."""
        return self._notes.words(label) if self._notes is not None else ""

    # Folds.

    @property
    def source(self) -> str:
        """Who published what is shown, "" where that is not known."""
        return (self._document.facts.source or "") if self._document is not None else ""

    def fold_at(self, index: int) -> Folded | None:
        """The folded stretch of an index."""
        rows = self._rows
        return rows.folds[index] if rows is not None and index < len(rows.folds) else None

    def fold_rules(self, index: int) -> str:
        """Why a stretch is folded, in words."""
        part = self.fold_at(index)
        return part.rules if part is not None else ""

    def is_open(self, index: int) -> bool:
        """Tell whether a folded stretch is open."""
        return self._rows is not None and index in self._rows.opened

    @property
    def opened_folds(self) -> frozenset[int]:
        """Which folded stretches are open, by their indexes."""
        return self._rows.opened if self._rows is not None else frozenset()

    def has_folds(self) -> bool:
        """Tell whether any of the text is folded or was."""
        return self._rows is not None and bool(self._rows.folds)

    def toggle_folds(self) -> None:
        """Open all folds, or close them where all are open."""
        if self._rows is not None and self._rows.folds:
            everything = frozenset(range(len(self._rows.folds)))
            self._open(frozenset() if self._rows.opened == everything else everything)

    def toggle_fold(self, index: int) -> None:
        """Open or close one fold."""
        if self._rows is not None:
            self._open(self._rows.opened ^ {index})

    def _open(self, opened: frozenset[int]) -> None:
        if self._rows is not None:
            self._rows = Rows(self._rows.text, opened)
            self._set_anew()
            self.folds_changed.emit()

    # Laying out.

    @Slot()
    def _set_anew(self) -> None:
        """Set the text for the present size, style and theme; what is at the top stays there."""
        if self._document is None or self._rows is None:
            return
        room = max(self.viewport().width() - 2 * LEAST_MARGIN_PX, 120)
        height = self.viewport().height()
        typesetter = Typesetter(
            self._document,
            self._rows,
            self._style,
            self._appearance.theme,
            room=room,
            view_height=height,
            pictures=self.pictures,
        )
        self._column = Column(typesetter, height)
        self._stay()
