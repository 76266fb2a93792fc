"""The page: a document's text in one column, placed, marked and painted by code points.

It builds no QTextDocument and reads no HTML, so nothing in a text can load, run or freeze
anything; only the rows in view are set in type. What mouse and keys do is in view.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.reader import overlay
from desktop_app.ui.reader.column import Column
from desktop_app.ui.reader.overlay import Matches
from desktop_app.ui.reader.rows import RowKind, Rows
from desktop_app.ui.reader.style import ReadingStyle
from desktop_app.ui.reader.typeset import Typesetter
from desktop_app.ui.theme import Appearance

MARGIN_PX = 47
LEAST_MARGIN_PX = 24
TELL_MS = 300
NOTES_PX = 194  # room that is kept at the right of the column where there is any


class Page(QAbstractScrollArea):
    """Shows one text and keeps its place."""

    moved = Signal()  # another part of the text is in view
    scrolled = Signal()  # and the reader did it
    selection_changed = Signal()
    folds_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._style = ReadingStyle()
        self._document: Document | None = None
        self._rows: Rows | None = None
        self._column: Column | None = None
        self._matches = Matches()
        self._point = 0  # the code point that stays at the top through every change of size
        self._point_at = 0.0  # and where in the window its line starts
        self._selected: tuple[int, int] | None = None
        self._setting_bar = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Text of the document"))
        self.verticalScrollBar().valueChanged.connect(self._on_bar)
        appearance.changed.connect(self._set_anew)
        # What a screen reader reads out; told only where one is listening.
        self._teller = QTimer(self, singleShot=True, interval=TELL_MS)
        self._teller.timeout.connect(self._tell_in_view)
        self.moved.connect(self._teller.start)

    # What is shown.

    def show_text(self, document: Document, text: Text, *, position: int = 0) -> None:
        """Show a text with a code point of it at the top; 0 shows the title."""
        self._document = document
        self._rows = Rows(text)
        self._matches = Matches()
        self.select(0, 0)
        self._point, self._point_at = min(max(position, 0), len(text.canonical)), 0.0
        self.setAccessibleName(self.tr("Text of {0}").format(document.title))
        self._set_anew()

    def set_document(self, document: Document) -> None:
        """Draw title and byline anew; the text stays where it is."""
        self._document = document
        self.setAccessibleName(self.tr("Text of {0}").format(document.title))
        self._set_anew()

    def clear(self) -> None:
        """Show nothing."""
        self._document = self._rows = self._column = None
        self._matches = Matches()
        self.select(0, 0)
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
        """The text of the rows in view, for screen readers."""
        if self._column is None or self._rows is None:
            return ""
        shown = [laid.row for _, _, laid in self._column.visible()]
        text = self._rows.text.canonical
        return "\n".join(text[r.start : r.end] for r in shown if r.kind == RowKind.TEXT)

    @Slot()
    def _tell_in_view(self) -> None:
        if QAccessible.isActive():
            self.setAccessibleDescription(self.visible_text())

    # Matches.

    @property
    def matches(self) -> Matches:
        """The places that are marked."""
        return self._matches

    def set_matches(self, ranges: Sequence[tuple[int, int]]) -> None:
        """Mark other places; none of them is the current one."""
        self._matches = Matches(ranges)
        self.viewport().update()

    def go_to_match(self, index: int) -> None:
        """Make a match the current one and bring it into view."""
        self._matches.current = index
        self.go_to(*self._matches.ranges[index])
        self.viewport().update()

    # Folds.

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

    def point_at(self, place: QPointF) -> int:
        """The code point nearest to a place of the window."""
        if self._column is None:
            return 0
        x = place.x() - self._left()
        below = self._column.visible()
        for index, y, laid in below:
            if place.y() < y + laid.height or index == below[-1][0]:
                return laid.point_at(x, place.y() - y)
        return 0

    def scroll_by(self, pixels: int) -> None:
        """Move the text by some pixels, as the reader does."""
        if self._column is not None:
            self._column.scroll(pixels)
            self._moved()
            self.scrolled.emit()

    def turn(self, by: int) -> None:
        """Turn pages, back where negative; two lines stay, and the top line is a whole one."""
        if self._column is not None:
            line = self._style.line_px
            self._column.scroll(by * max(self.viewport().height() - 2 * line, line))
            self._column.uncut()
            self._moved()
            self.scrolled.emit()

    def scroll_to_edge(self, *, end: bool) -> None:
        """Show the very top of the text or its end, as the reader does."""
        if self._column is not None:
            self._column.put(len(self._column.rows) - 1 if end else 0, 0)
            self._moved()
            self.scrolled.emit()

    # Laying out.

    def _left(self) -> int:
        """Where the column starts: near the left edge, with the room for notes at the right."""
        width = self._column.typesetter.width if self._column is not None else 0
        spare = self.viewport().width() - width
        return max(LEAST_MARGIN_PX, min(max(MARGIN_PX, (spare - NOTES_PX) // 2), spare // 2))

    @Slot()
    def _set_anew(self) -> None:
        """Set the text for the present size, style and theme; what is at the top stays there."""
        if self._document is None or self._rows is None:
            return
        room = max(self.viewport().width() - 2 * LEAST_MARGIN_PX, 120)
        typesetter = Typesetter(
            self._document, self._rows, self._style, self._appearance.theme, room=room
        )
        self._column = Column(typesetter, self.viewport().height())
        if self._point > 0:
            row, inside = self._column.place_of(self._point)
            self._column.put(row, inside, at=self._point_at)
        self._bring_bar()
        self.viewport().update()
        self.moved.emit()

    def _moved(self) -> None:
        """Take note of what is at the top now."""
        column = self._column
        if column is None:
            return
        self._point = column.top_point()
        self._point_at = 0.0
        if self._point > 0:
            row, inside = column.place_of(self._point)
            y = next((top for index, top, _ in column.visible() if index == row), None)
            self._point_at = 0.0 if y is None else y + inside
        self._bring_bar()
        self.viewport().update()
        self.moved.emit()

    def _bring_bar(self) -> None:
        """Bring the scroll bar to where the column is."""
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            return
        self._setting_bar = True
        if self._column is None:
            bar.setRange(0, 0)
        else:
            height = self.viewport().height()
            bar.setRange(0, max(0, self._column.total() - height))
            bar.setPageStep(height)
            bar.setSingleStep(self._style.line_px)
            bar.setValue(self._column.offset())
        self._setting_bar = False

    @Slot(int)
    def _on_bar(self, value: int) -> None:
        if self._setting_bar or self._column is None:
            return
        bar = self.verticalScrollBar()
        if value >= bar.maximum():
            self._column.put(len(self._rows or ()) - 1, 0)
        else:
            self._column.seek(value)
        self._moved()
        self.scrolled.emit()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._appearance.theme.page))
        if self._column is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._left()
        window = QRectF(self.viewport().rect())
        for _, y, laid in self._column.visible():
            painter.save()
            painter.translate(left, y)
            painter.setPen(Qt.PenStyle.NoPen)
            laid.paint_under(painter)
            overlay.paint(painter, laid, self._appearance.theme, self._matches, self._selected)
            laid.paint_text(painter, window.translated(-left, -y))
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_anew()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Do nothing: the scroll bar's own signal moves the column."""
