"""A page whose highlights can be chosen, asked about and marked: what MarkSurface asks for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.highlights import Highlight, Quad
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.caret_places import line_edge
from desktop_app.ui.reader.chosen import Chosen
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.page import Page
from desktop_app.ui.reader.rows import RowKind, Rows


class MarkedPage(Page):
    """A page of which a highlight may be chosen."""

    chosen_changed = Signal(object)  # the id of the highlight that is chosen now, or None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._chosen = Chosen()
        self.tag_names: Mapping[int, str] = {}  # by id, for what is told of a highlight

    @property
    def document_id(self) -> int | None:
        """The document that is shown."""
        return self._document.id if self._document is not None else None

    @property
    def version(self) -> str:
        """The version of the text that is shown, "" where nothing is."""
        return self.text.version if self.text is not None else ""

    @property
    def chosen(self) -> int | None:
        """The id of the highlight that is chosen."""
        return self._chosen.id

    @property
    def chosen_mark(self) -> Highlight | None:
        """The highlight that is chosen."""
        return self._chosen.mark

    def choose(self, highlight: int | None) -> None:
        """Choose a highlight, or none."""
        if self._chosen.choose(highlight, self.marks):
            self.viewport().update()
            self.chosen_changed.emit(self.chosen)

    def share_marks(self, marks: Marks) -> None:
        """Show these highlights; the chosen one stays so while it is among them."""
        changed = self._chosen.follow(marks.all)
        super().share_marks(marks)
        if changed:
            self.chosen_changed.emit(self.chosen)

    def quads(self, start: int, end: int) -> tuple[Quad, ...]:
        """None: the text page knows no pages."""
        return ()

    def marks_at(self, place: QPointF) -> list[Highlight]:
        """The highlights under a place of the window, the shortest first."""
        found = self.laid_at(place)
        if found is None:
            return []
        laid, inside = found
        point = laid.point_at(inside.x(), inside.y())
        near = sorted(self.marks.within(max(point - 1, 0), point + 1), key=_length)
        return [each for each in near if each.place is not None and _covers(each, laid, inside)]

    def hidden_lines(self, start: int, end: int) -> int:
        """How many lines of a range are folded away."""
        rows = self._rows
        if rows is None:
            return 0
        lines = 0
        for index in rows.folds_over(start, end):
            part = rows.folds[index]
            hidden = rows.text.canonical[max(part.start, start) : min(part.end, end)]
            lines += sum(1 for line in hidden.split("\n") if line.strip())
        return lines

    def place_of(self, start: int, end: int) -> QRect:
        """The box around what is in view of a range, on the screen; empty where nothing is."""
        box = QRectF()
        for _, origin, laid in self.rows_in_view():
            if laid.row.start < end and start < laid.row.end:
                for rect in laid.rects(start, end):
                    box = box.united(rect.translated(origin))
        inside = box.toAlignedRect().intersected(self.viewport().rect())
        return QRect(self.viewport().mapToGlobal(inside.topLeft()), inside.size())

    # Rows, for the caret.

    @property
    def rows(self) -> Rows | None:
        """The rows of the text that is shown."""
        return self._rows

    @property
    def column_left(self) -> int:
        """Where the column starts in the window."""
        return self._left()

    def laid_row(self, index: int) -> Laid | None:
        """The row of an index, set in type, in view or not; None where there is none."""
        if self._column is None or not 0 <= index < len(self._column.rows):
            return None
        return self._column.laid(index)

    def line_around(self, point: int) -> tuple[int, int]:
        """The code points of the line that is set around a place."""
        laid = self.laid_row(self.row_of_caret(point))
        if laid is None:
            return point, point
        start, end = (line_edge(laid, point, end=end) for end in (False, True))
        return (point, point) if start is None or end is None else (start, end)

    def row_of_caret(self, point: int) -> int:
        """The index of the row in which a caret between two letters stands."""
        rows = self._rows
        if rows is None:
            return -1
        index = rows.at(point)
        while index > 0:
            row = rows.all[index]
            if row.kind == RowKind.TEXT and row.start <= point and row.start < row.end:
                break
            index -= 1  # behind the last letter stand pictures, and what is below the text
        return index


def _length(each: Highlight) -> int:
    return each.place.end - each.place.start if each.place is not None else 0


def _covers(each: Highlight, laid: Laid, place: QPointF) -> bool:
    """Tell whether a highlight lies under a place of a row."""
    if each.place is None:
        return False
    boxes = laid.rects(each.place.start, each.place.end)
    return any(box.adjusted(-1, -1, 1, 1).contains(place) for box in boxes)
