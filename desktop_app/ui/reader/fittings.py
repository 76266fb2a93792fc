"""Sets what stands on the page and is no part of the text: head, fold lines, rules and boxes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.model import Document
from desktop_app.core.text import Fold
from desktop_app.ui.reader.bylines import byline
from desktop_app.ui.reader.laid import Laid, Piece
from desktop_app.ui.reader.lines import Lines, Setting, Settings
from desktop_app.ui.reader.rows import Row, fold_label

LONGEST_TITLE = 400
HEAD_PX = 116  # the height of a head with a title of one line
FOLD_PX = 60
END_PX = 96


def head(row: Row, document: Document, lines: Lines, made: Settings, width: float) -> Laid:
    """Set title and byline."""
    title = document.title
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rstrip() + "…"
    top = lines.piece(title, made.title, width)
    top.y = 32.0
    below = lines.piece(byline(document), made.label, width)
    below.y = top.y + top.tops[-1] + 5
    return Laid(row, round(below.y + below.tops[-1] + 21), under=[label(top), label(below)])


def fold_line(
    row: Row,
    fold: Fold,
    lines: Lines,
    made: Settings,
    *,
    width: float,
    gap: int,
    below: int,
    is_open: bool,
) -> Laid:
    """Set a fold line: a dashed box with what is folded, and the word that opens or closes it.

    A headline that the head shows already is folded on nearly every page: its line has no box.
    gap, below: the room above it, and below it while it is closed.
    """
    said = fold_label(fold)
    if is_open:
        said = said.rpartition(" · ")[0]
    what = lines.piece("⋯ " + said, made.label, width - 90)
    what.x, what.y = 11, gap + 6
    accent = Setting(made.label.face, made.label.line_px, made.accent)
    word = lines.piece("Hide" if is_open else "Show", accent, 80)
    word.x, word.y = width - 11 - word.layout.maximumWidth(), gap + 6
    if fold.kind == "headline":
        what.x, what.y, word.y = 0, gap, gap
        word.x = min(what.layout.maximumWidth(), width - 90) + 12
        box = QRectF(-4, gap - 3, word.x + word.layout.maximumWidth() + 8, what.tops[-1] + 6)
        height = gap + round(what.tops[-1]) + (0 if is_open else below)
        return Laid(row, height, under=[label(what), label(word)], button=box)
    box = QRectF(0.5, gap + 0.5, width - 1, what.tops[-1] + 11)
    frame = partial(_dashed, box, made.line if is_open else made.dashes)
    height = gap + round(what.tops[-1]) + 12 + (0 if is_open else below)
    return Laid(row, height, under=[frame, label(what), label(word)], button=box)


def page_break(row: Row, made: Settings, *, width: float, size: int) -> Laid:
    """Set the short rule that stands for the end of a page."""
    rule = QRectF(width / 2 - 40, size * 1.4, 80, 1)
    return Laid(row, round(size * 2), under=[fill(rule, made.line)])


def label(piece: Piece) -> partial[None]:
    """A painter of a piece that is no part of the text."""
    return partial(_draw, piece)


def fill(rect: QRectF, colour: QColor, radius: float = 0) -> partial[None]:
    """A painter of a filled box."""
    return partial(_fill, rect, colour, radius)


def _draw(piece: Piece, painter: QPainter) -> None:
    painter.setPen(piece.colour)
    piece.layout.draw(painter, QPointF(piece.x, piece.y))
    painter.setPen(Qt.PenStyle.NoPen)


def _fill(rect: QRectF, colour: QColor, radius: float, painter: QPainter) -> None:
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, radius, radius)


def _dashed(box: QRectF, colour: QColor, painter: QPainter) -> None:
    pen = QPen(colour, 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
