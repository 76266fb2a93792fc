"""Sets the lines that stand for what is folded, and the rule beside what is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.text import BlockKind
from desktop_app.ui.reader.fittings import add_page, fill, label
from desktop_app.ui.reader.folded import Folded, said_of
from desktop_app.ui.reader.laid import Laid, Paint, Spot, SpotKind
from desktop_app.ui.reader.lines import Lines, Setting, Settings
from desktop_app.ui.reader.rows import Row, RowKind, Rows

FOLD_PX = 60
RULE_X = -15.0  # where the rule beside open folds stands, from the column's left edge


class FoldLines:
    """Sets the fold lines of one text for one width."""

    def __init__(self, rows: Rows, lines: Lines, made: Settings, width: float, size: int) -> None:
        self._rows = rows
        self._lines = lines
        self._set = made
        self._width = width
        self._size = size

    def set(self, index: int, row: Row) -> Laid:
        """Set the fold line of a row."""
        rows = self._rows
        part = rows.folds[row.block]
        is_open = rows.is_open(index)
        said = said_of(part, rows.text)
        if is_open:
            said = said.removesuffix("folded").rstrip(" ·")
        gap = round(self._size * 0.8)
        above, below = rows.all[index - 1], rows.all[index + 1]
        # Where a line of the text goes on around it, there is no room but that of the line.
        goes_on = above.kind == RowKind.TEXT and not above.last and part.inline
        begins_late = below.kind == RowKind.TEXT and not below.first and part.inline
        below_fold = above.kind == RowKind.FOLD and not rows.is_open(index - 1)
        with_page = self.draws_page_above(index + 1)
        laid = _fold_line(
            row,
            part,
            said,
            self._lines,
            self._set,
            width=self._width,
            gap=0 if index <= 1 or goes_on or below_fold else gap,
            below=0 if begins_late or with_page else gap,
            is_open=is_open,
        )
        if with_page:
            page = rows.text.blocks[below.block].page or 0
            line = laid.spots[0].rect
            left, top = line.right() + 8, line.top() + 3
            add_page(laid, page, self._lines, self._set, top=top, left=left, width=self._width)
        return laid

    def draws_page_above(self, index: int) -> bool:
        """Tell whether a page break is drawn in the quiet fold line directly above its row."""
        above, row = self._rows.all[index - 1], self._rows.all[index]
        if above.kind != RowKind.FOLD or self._rows.is_open(index - 1):
            return False
        text = self._rows.text
        if row.kind != RowKind.TEXT or not text.starts[row.block]:
            return False
        block = text.blocks[row.block]
        is_break = block.kind is BlockKind.PAGE_BREAK and block.page is not None
        return is_break and self._rows.folds[above.block].is_quiet


def fold_rule(laid: Laid, part: Folded, index: int, made: Settings) -> None:
    """Draw the rule beside what an open fold shows of a row; a press on it closes the fold."""
    row = laid.row
    top = 0.0 if part.start <= row.start else laid.line_top(part.start)
    bottom = float(laid.height) if part.end >= row.end else laid.line_bottom(part.end - 1)
    laid.under.append(fill(QRectF(RULE_X, top, 2, bottom - top), made.dashes))
    hit = QRectF(RULE_X - 7, top, 16, bottom - top)
    laid.spots.append(Spot(SpotKind.RULE, hit, index))


def _fold_line(
    row: Row,
    part: Folded,
    said: str,
    lines: Lines,
    made: Settings,
    *,
    width: float,
    gap: int,
    below: int,
    is_open: bool,
) -> Laid:
    """Set a fold line: a dashed box with what is folded, and the word that opens or closes it.

    A headline that the head shows already is folded in nearly every text, and words folded out of
    a paragraph must not tear it apart: their lines have no box.
    gap, below: the room above it, and below it while it is closed.
    """
    boxed = not part.is_quiet and not part.inline
    what = lines.piece(("[…] " if part.inline else "⋯ ") + said, made.label, width - 90)
    accent = Setting(made.label.face, made.label.line_px, made.accent)
    word = lines.piece("Hide" if is_open else "Show", accent, 80)
    wide = word.layout.maximumWidth()
    inside = gap + (6 if boxed else max(made.body.line_px - made.label.line_px, 0) // 2)
    what.x, what.y = (11 if boxed else 0), inside
    under: list[Paint] = []
    if boxed:
        word.x = width - 11 - wide
        box = QRectF(0.5, gap + 0.5, width - 1, what.tops[-1] + 11)
        height = gap + round(what.tops[-1]) + 12
        under.append(partial(_dashed, box, made.line if is_open else made.dashes))
    else:
        word.x = min(what.layout.maximumWidth(), width - 90) + 12
        box = QRectF(-4, inside - 3, word.x + wide + 8, what.tops[-1] + 6)
        # The body line that it stands in for; a headline's line is as high as its letters.
        lead = 0 if part.is_quiet else 2 * (inside - gap)
        if part.is_quiet:
            what.y = inside = gap
            box.moveTop(gap - 3)
        height = gap + round(what.tops[-1]) + lead
    word.y = inside
    if not is_open:
        height += below
    under += [label(what), label(word)]
    return Laid(row, height, under=under, spots=[Spot(SpotKind.FOLD, box, row.block)])


def _dashed(box: QRectF, colour: QColor, painter: QPainter) -> None:
    pen = QPen(colour, 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
