"""Sets what stands on the page and is no part of the text: head, page breaks, rules, boxes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop_app.core.model import Document
from desktop_app.ui.reader.bylines import byline
from desktop_app.ui.reader.laid import Laid, Piece, Spot, SpotKind
from desktop_app.ui.reader.lines import Lines, Setting, Settings, runs_to_left
from desktop_app.ui.reader.rows import Row

LONGEST_TITLE = 400
HEAD_PX = 116  # the height of a head with a title of one line
FOLD_PX = 60
END_PX = 96
BACK = "\u21a9\ufe0e"  # the arrow that turns back, as a letter and not as a picture


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


def page_break(
    row: Row, page: int | None, lines: Lines, made: Settings, *, width: float, size: int
) -> Laid:
    """Set the quiet rule that stands for the end of a page, with the number of the next one."""
    if page is None:
        rule = QRectF(width / 2 - 40, size * 1.4, 80, 1)
        return Laid(row, round(size * 2), under=[fill(rule, made.line)])
    laid = Laid(row, 0)
    top = round(size * 1.1)
    add_page(laid, page, lines, made, top=top, left=0, width=width)
    laid.height = round(top + made.label.line_px + size * 0.9)
    return laid


def add_page(
    laid: Laid, page: int, lines: Lines, made: Settings, *, top: float, left: float, width: float
) -> None:
    """Draw a rule from a place of a row to the number of the page at the right."""
    said = lines.piece(f"Page {page}", made.label, width, to_left=False)
    said.x, said.y = width - said.layout.maximumWidth(), top
    rule = QRectF(left, top + said.tops[-1] / 2, max(said.x - 10 - left, 0), 1)
    laid.under += [fill(rule, made.line), label(said)]


def way_back(
    laid: Laid, piece: Piece, note: str, lines: Lines, made: Settings, *, width: float
) -> None:
    """Put the arrow that leads back to the text behind the last line of a note."""
    setting = Setting(made.body.face, made.note.line_px, made.accent)
    arrow = lines.piece(BACK, setting, width, to_left=False)
    wide = arrow.layout.maximumWidth()
    last = piece.layout.lineAt(piece.layout.lineCount() - 1)
    if runs_to_left(piece.layout.text()):
        arrow.x = piece.x + last.x() + last.width() - last.naturalTextWidth() - wide - 6
    else:
        arrow.x = piece.x + last.x() + last.naturalTextWidth() + 6
    arrow.y = piece.y + piece.tops[-2]
    if not 0 <= arrow.x <= width - wide:
        arrow.x, arrow.y = piece.x, piece.y + piece.tops[-1]
        laid.height += made.note.line_px
    laid.under.append(label(arrow))
    hit = QRectF(arrow.x - 4, arrow.y, wide + 8, arrow.tops[-1])
    laid.spots.append(Spot(SpotKind.RETURN, hit, note))


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
