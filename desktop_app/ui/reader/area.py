"""A column of rows in a window that scrolls: what is at the top stays there through every change.

What the rows hold, and how they are marked, is for page.py.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.column import Column
from desktop_app.ui.reader.key_line import KeyLine
from desktop_app.ui.reader.laid import Laid, Spot
from desktop_app.ui.reader.margin_room import left_of_column
from desktop_app.ui.reader.pictures import Pictures
from desktop_app.ui.reader.rows import Rows
from desktop_app.ui.reader.style import ReadingStyle

EDGE_PX = 6  # how far a row may be painted over its own edges: signs, outlines


class ColumnArea(QAbstractScrollArea):
    """Scrolls a column and paints the rows of it that are in view."""

    moved = Signal()  # another part of the text is in view
    scrolled = Signal()  # and the reader did it

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = Pictures(self)
        self._appearance = appearance
        self._style = ReadingStyle()
        self._column: Column | None = None
        self._point = 0  # the code point that stays at the top through every change of size
        self._point_at = 0.0  # and where in the window its line starts
        # Where nothing in view has text, the row at the top instead, and the share of it above.
        self._top: tuple[Rows, int, float] | None = None
        self._setting_bar = False
        self._key_line = KeyLine()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_bar)
        self.pictures.came.connect(self.viewport().update)

    # Scrolling.

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

    # Places.

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

    def point_read(self) -> int:
        """The code point a third down the view: where one reads rather than what is leaving."""
        return self.point_at(QPointF(self._left() + 1, self.viewport().height() / 3))

    def rows_in_view(self) -> list[tuple[int, QPointF, Laid]]:
        """The rows in view: index, top left in the window, row."""
        if self._column is None:
            return []
        left = self._left()
        return [(index, QPointF(left, y), laid) for index, y, laid in self._column.visible()]

    def rows_from(self, above: int) -> list[tuple[int, QPointF, Laid]]:
        """The rows in view, and those that reach to within some pixels above it."""
        found = self.rows_in_view()
        if self._column is None or not found:
            return found
        index, origin, _ = found[0]
        y = origin.y()
        while index > 0 and y > -above:
            index -= 1
            laid = self._column.laid(index)
            y -= laid.height
            found.insert(0, (index, QPointF(origin.x(), y), laid))
        return found

    def column_place(self) -> tuple[int, int]:
        """Where the column starts and ends, from left to right in the window."""
        left = self._left()
        return left, left + self._width()

    def row_at(self, point: int) -> int:
        """The index of the row that shows a code point; -1 where nothing is shown."""
        return self._column.rows.at(point) if self._column is not None else -1

    def laid_at(self, place: QPointF) -> tuple[Laid, QPointF] | None:
        """The row at a place of the window, and the place in it."""
        for _, origin, laid in self.rows_in_view():
            if origin.y() <= place.y() < origin.y() + laid.height:
                return laid, place - origin
        return None

    def spot_at(self, place: QPointF) -> Spot | None:
        """The spot at a place of the window."""
        found = self.laid_at(place)
        return found[0].spot_at(found[1]) if found is not None else None

    def _left(self) -> int:
        """Where the column starts."""
        return left_of_column(self.viewport().width() - self._width())

    def _width(self) -> int:
        return self._column.typesetter.width if self._column is not None else 0

    def _moved(self) -> None:
        """Take note of what is at the top now."""
        column = self._column
        if column is None:
            return
        self._point = column.top_point()
        self._point_at, self._top = 0.0, None
        if self._point > 0:
            row, inside = column.place_of(self._point)
            y = next((top for index, top, _ in column.visible() if index == row), None)
            if y is None:
                share = column.top_inside / max(column.laid(column.top_row).height, 1)
                self._top = column.rows, column.top_row, share
            self._point_at = 0.0 if y is None else y + inside
        self._bring_bar()
        self.viewport().update()
        self.moved.emit()

    def _stay(self) -> None:
        """Bring a new column to what was at the top."""
        column = self._column
        if column is None:
            return
        if self._top is not None and self._top[0] is column.rows:
            _, row, share = self._top
            column.put(row, share * column.laid(row).height)
        elif self._point > 0:
            row, inside = column.place_of(self._point)
            column.put(row, inside, at=self._point_at)
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
            self._column.put(len(self._column.rows) - 1, 0)
        else:
            self._column.seek(value)
        self._moved()
        self.scrolled.emit()

    # Painting.

    def _repaint_range(self, start: int, end: int) -> None:
        """Have the rows painted anew that show any of a range, and no others."""
        width = self.viewport().width()
        for _, origin, laid in self.rows_in_view():
            if laid.row.start <= end and start <= laid.row.end:
                top = int(origin.y()) - EDGE_PX
                self.viewport().update(0, top, width, laid.height + 2 * EDGE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._appearance.theme.page))
        if self._column is None:
            return
        self.pictures.begin_painting()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._left()
        window, width = QRectF(self.viewport().rect()), self.viewport().width()
        for index, y, laid in self._column.visible():
            painter.save()
            painter.translate(left, y)
            painter.setPen(Qt.PenStyle.NoPen)
            laid.paint_under(painter)
            if event.rect().intersects(QRect(0, y - EDGE_PX, width, laid.height + 2 * EDGE_PX)):
                self._paint_marks(painter, index, laid)
                laid.paint_text(painter, window.translated(-left, -y))
            painter.restore()
        self._key_line.paint(painter, width, self._appearance.theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._key_line.come(event)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._key_line.go()
        self.viewport().update()
        super().focusOutEvent(event)

    def _paint_marks(self, painter: QPainter, index: int, laid: Laid) -> None:
        """Paint what is marked in a row, between what lies behind its text and the text."""

    def _set_anew(self) -> None:
        """Set the column for the present size, style and theme; what is at the top stays there."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_anew()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Do nothing: the scroll bar's own signal moves the column."""
