"""Where the editor of a note stands beside or over the text page."""

from __future__ import annotations

from desktop_app.ui.reader.margin_popup import WIDTH_PX
from desktop_app.ui.reader.note_writing import NoteWriting
from desktop_app.ui.reader.shown_notes import ShownNotes
from desktop_app.ui.reader.view import PageView

HEAD_PX = 36  # from the top of the head to the note on the document
_EDGE_PX = 4
_AROUND_PX = 4  # the editor's frame stands out on either side of where a card would be


class MarginEditor:
    """Keeps the editor near its line, and always in the window."""

    def __init__(self, page: PageView, notes: ShownNotes, writing: NoteWriting) -> None:
        self._page = page
        self._notes = notes
        self._writing = writing

    @property
    def is_here(self) -> bool:
        """Whether a note is being written on this page."""
        editor = self._writing.editor
        return editor.is_open and editor.parentWidget() is self._page.viewport()

    def beside(self, width: int) -> tuple[int, int]:
        """The top and the height of the editor beside the column, in the width of a card."""
        height = self._height(width + 2 * _AROUND_PX)
        return self._inside(self._line(), height), height

    def place_beside(self, x: int, top: int, width: int, height: int) -> None:
        """Stand where a card would be."""
        editor = self._writing.editor
        editor.setGeometry(x - _AROUND_PX, top, width + 2 * _AROUND_PX, height)
        editor.raise_()

    def place_over(self, right: int) -> None:
        """Where there is no room beside the column, stand over it, below the line if possible."""
        view = self._page.viewport()
        width = min(WIDTH_PX, view.width() - 16)
        height = self._height(width)
        line = self._line()
        below = line + self._page.style_of_reading.line_px + 4
        above = line - height - 6
        y = below if below + height < view.height() or above < _EDGE_PX else above
        x = min(max(right - width + 12, 8), max(view.width() - width - 8, 8))
        self._writing.editor.setGeometry(x, self._inside(y, height), width, height)
        self._writing.editor.raise_()

    def _height(self, width: int) -> int:
        editor = self._writing.editor
        editor.set_most(round(self._page.viewport().height() * 0.6))
        return editor.height_for(width)

    def _inside(self, y: int, height: int) -> int:
        lowest = self._page.viewport().height() - height - _EDGE_PX
        return min(max(y, _EDGE_PX), max(lowest, _EDGE_PX))

    def _line(self) -> int:
        """The height of the line that is written on; that of a line out of view is just outside."""
        subject = self._writing.subject
        rows = self._page.rows_in_view()
        found = self._notes.highlight_of(subject) if subject is not None else None
        if found is None or found.place is None:
            return round(rows[0][1].y()) + HEAD_PX if rows and rows[0][0] == 0 else 0
        start = found.place.start
        index = self._page.row_at(start)
        for number, origin, laid in rows:
            if number == index:
                return round(origin.y() + laid.line_top(start))
        return 0 if not rows or index < rows[0][0] else self._page.viewport().height()
