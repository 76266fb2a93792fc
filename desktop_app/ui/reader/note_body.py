"""The text of a note on its card: set for a width, cut behind a line where it is long."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette

from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.note_text import LINE_PX, note_document

PREVIEW_PX = 8 * LINE_PX  # what is shown of a longer note
_PREVIEW_LETTERS = 500  # more than the lines of a preview hold


class NoteBody:
    """A note in the width of a card.

    expanded: more than the preview is shown: most pixels of it, None for all.
    """

    def __init__(
        self,
        note: str,
        width: int,
        theme: Theme,
        *,
        plain: bool = False,
        expanded: bool = False,
        most: int | None = None,
    ) -> None:
        self._width = width
        self._expanded = expanded
        whole = expanded or len(note) <= _PREVIEW_LETTERS
        shown = note if whole else note[:_PREVIEW_LETTERS]
        self._document = note_document(shown, theme, plain=plain)
        self._document.setTextWidth(width)
        tall = round(self._document.size().height())
        limit = most if expanded else PREVIEW_PX
        # The word that shows more takes a line itself.
        self.is_cut = limit is not None and not (whole and tall <= limit + LINE_PX)
        self.height = self._last_line(limit) if limit is not None and self.is_cut else tall
        if not note:
            self.height, self.is_cut = 0, False
        self._is_long = tall > PREVIEW_PX + LINE_PX

    @property
    def can_fold(self) -> bool:
        """Whether it is expanded, and there is a shorter way to show it."""
        return self._expanded and self._is_long

    def link_at(self, place: QPointF) -> str:
        """Where the link at a place of the body leads, "" where there is none."""
        if not 0 <= place.y() < self.height:
            return ""
        return self._document.documentLayout().anchorAt(place)

    def paint(self, painter: QPainter, palette: QPalette, colour: str, part: QRectF) -> None:
        """Paint what lies in a part of the body; the painter's origin is its top left."""
        how = QAbstractTextDocumentLayout.PaintContext()
        colours = QPalette(palette)
        colours.setColor(QPalette.ColorRole.Text, QColor(colour))
        how.palette = colours
        how.clip = QRectF(QRect(0, 0, self._width, self.height)).intersected(part)
        painter.save()
        painter.setClipRect(how.clip)
        self._document.documentLayout().draw(painter, how)
        painter.restore()

    def _last_line(self, most: int) -> int:
        """Where the last line ends that fits."""
        layout = self._document.documentLayout()
        block = self._document.begin()
        end = 0.0
        while block.isValid():
            top = layout.blockBoundingRect(block).top()
            for number in range(block.layout().lineCount()):
                line = block.layout().lineAt(number)
                bottom = top + line.y() + line.height()
                if bottom > most:
                    return round(end)
                end = bottom
            block = block.next()
        return round(end)
