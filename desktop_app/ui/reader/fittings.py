"""Sets what stands on the page and is no part of the text: head, fold lines, rules and boxes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.core.model import Document
from desktop_app.ui.reader.bylines import byline
from desktop_app.ui.reader.folded import Folded
from desktop_app.ui.reader.laid import Laid, Paint, Piece, Spot, SpotKind
from desktop_app.ui.reader.lines import Lines, Setting, Settings, runs_to_left
from desktop_app.ui.reader.rows import Row

LONGEST_TITLE = 400
HEAD_PX = 116  # the height of a head with a title of one line
FOLD_PX = 60
RULE_X = -15.0  # where the rule beside open folds stands, from the column's left edge
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


def fold_line(
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


def fold_rule(laid: Laid, part: Folded, index: int, made: Settings) -> None:
    """Draw the rule beside what an open fold shows of a row; a press on it closes the fold."""
    row = laid.row
    top = 0.0 if part.start <= row.start else laid.line_top(part.start)
    bottom = float(laid.height) if part.end >= row.end else laid.line_bottom(part.end - 1)
    laid.under.append(fill(QRectF(RULE_X, top, 2, bottom - top), made.dashes))
    hit = QRectF(RULE_X - 7, top, 16, bottom - top)
    laid.spots.append(Spot(SpotKind.RULE, hit, index))


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


def _dashed(box: QRectF, colour: QColor, painter: QPainter) -> None:
    pen = QPen(colour, 1)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(Qt.PenStyle.NoPen)
