"""A document as it is printed: set by the reader's own typesetter, row by row, on any thread.

What is folded away is left out but for the line that says so, as on the page. Nothing is asked of
the window meanwhile, so that the longest text can be printed beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPainter

from desktop_app.core.errors import Problem
from desktop_app.core.highlights import Highlight
from desktop_app.core.model import Document
from desktop_app.core.text import BlockKind, Text
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import LIGHT
from desktop_app.ui.printing.endnotes import EndNotes, Numbered, numbered
from desktop_app.ui.printing.sheets import Paper, Sheets, abort
from desktop_app.ui.printing.strips import Strip, label_of, strip_of_row
from desktop_app.ui.reader import fittings
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.lines import Lines, settings
from desktop_app.ui.reader.marks import Marks
from desktop_app.ui.reader.overlay import Matches, Overlay
from desktop_app.ui.reader.pictures import Absence, Decoded, Pictures, decode
from desktop_app.ui.reader.rows import RowKind, Rows
from desktop_app.ui.reader.style import ReadingStyle
from desktop_app.ui.reader.typeset import Typesetter

SIZE_PX = 18.0
COLUMN_PX = 590  # as of ReadingStyle.width_px
_TELL_EVERY = 50  # rows
_PRESSED = frozenset({"Show", "Hide", fittings.BACK})
_NUMBER_PX = 12
_SHARPER = 2.0  # pixels of a picture for one of the column


@dataclass(frozen=True, slots=True)
class Printed:
    """What is to be printed. opened: the folded stretches that are shown, as in Rows.

    tags: by id, what each is called.
    """

    document: Document
    text: Text
    style: ReadingStyle
    opened: frozenset[int] = frozenset()
    highlights: tuple[Highlight, ...] = ()
    document_note: str = ""
    tags: Mapping[int, str] | None = None


class Printout:
    """Prints one document. fetch: gives the bytes of a picture by its hash; raises Problem."""

    def __init__(self, printed: Printed, fetch: Callable[[str], bytes]) -> None:
        self._printed = printed
        self._fetch = fetch
        self.begun = 0  # sheets, where it was stopped

    def print_to(
        self, device: QPagedPaintDevice, keep_on: Callable[[int, int], bool]
    ) -> int | None:
        """Print on a device; how many sheets it took, None where it was not kept on with.

        keep_on: is told how many rows of how many are done, and says whether to go on. Problem
        where the device cannot be painted on.
        """
        printed = self._printed
        style = replace(printed.style, size_px=SIZE_PX, width_px=COLUMN_PX, joined=False)
        paper = Paper.of(device, style.column_px)
        painter = QPainter()
        if not painter.begin(device):
            raise Problem("Nothing could be printed there.", "The document is untouched.")
        try:
            theme = LIGHT
            sheets = Sheets(device, painter, paper, printed.document.title, QColor(theme.muted))
            rows = Rows(printed.text, printed.opened)
            typesetter = Typesetter(
                printed.document,
                rows,
                style,
                theme,
                room=paper.column,
                view_height=round(paper.room),
                pictures=_Fetched(self._fetch),
            )
            marks = numbered(printed.highlights)
            for strip in self._rows(typesetter, rows, marks, keep_on):
                if strip is None:
                    self._stop_at(sheets.count, device)
                    return None
                sheets.put(strip)
            made = settings(style, theme)
            notes = EndNotes(Lines(made), made, theme, paper.column, printed.tags or {})
            lost = [each for each in printed.highlights if each.place is None]
            for strip in notes.strips(printed.document_note, marks, lost):
                if not keep_on(len(rows), len(rows)):
                    self._stop_at(sheets.count, device)
                    return None
                sheets.put(strip)
            return sheets.finish()
        finally:
            painter.end()

    def _stop_at(self, sheet: int, device: QPagedPaintDevice) -> None:
        self.begun = sheet
        abort(device)

    def _rows(
        self,
        typesetter: Typesetter,
        rows: Rows,
        marks: list[Numbered],
        keep_on: Callable[[int, int], bool],
    ) -> Iterator[Strip | None]:
        """The rows as strips; None, and nothing more, where it is not to be kept on with."""
        overlay, shown = Overlay(), Marks(self._printed.highlights)
        ends = sorted(
            (each.highlight.place.end, each.number)
            for each in marks
            if each.number is not None and each.highlight.place is not None
        )
        at = 0
        count = len(rows) - 1
        for index in range(count):
            if index % _TELL_EVERY == 0 and not keep_on(index, count):
                yield None
                return
            laid = typesetter.set(index)
            row = laid.row
            laid.under = [paint for paint in laid.under if not _is_for_screen(paint)]
            if not laid.height or row.kind == RowKind.END:
                continue
            here: list[tuple[int, int]] = []
            while at < len(ends) and ends[at][0] <= row.end:
                if row.start < ends[at][0] and laid.pieces:
                    here.append(ends[at])
                at += 1
            block = rows.text.blocks[row.block] if row.kind == RowKind.TEXT else None
            heading = block is not None and block.kind is BlockKind.HEADING
            yield strip_of_row(
                laid,
                partial(_paint_between, laid, overlay, shown, here),
                below=3.0 * typesetter.style.line_px if heading else 0.0,
            )


def _is_for_screen(paint: object) -> bool:
    """Whether a painter paints a word that is there to be pressed."""
    said = label_of(paint)
    return said is not None and said.layout.text() in _PRESSED


def _paint_between(
    laid: Laid, overlay: Overlay, marks: Marks, ends: list[tuple[int, int]], painter: QPainter
) -> None:
    """Paint the highlights of a row, and the numbers of their notes behind them."""
    overlay.paint(painter, laid, LIGHT, Matches(), selection=None, marks=marks)
    face = fonts.interface(_NUMBER_PX, strong=True)
    painter.setFont(face)
    taken: dict[int, int] = {}
    for end, number in ends:
        piece = laid.piece_of(end - 1)
        if piece is None:
            continue
        x, top, _ = piece.edge(end, end=True)
        place = taken.get(end, 0)
        taken[end] = place + 1
        painter.setPen(QColor(LIGHT.accent))
        painter.drawText(QPointF(x + 1 + 12 * place, top + _NUMBER_PX - 1), f"{number}")
    painter.setPen(Qt.PenStyle.NoPen)


class _Fetched(Pictures):
    """Pictures that are decoded when they are painted."""

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        super().__init__()
        self._fetch = fetch

    def get(self, picture: str, size: QSize) -> Decoded | Absence:
        """A picture by its hash, sharp enough for paper."""
        try:
            content = self._fetch(picture)
        except Problem:
            return Absence.MISSING
        return decode(content, size * _SHARPER)
