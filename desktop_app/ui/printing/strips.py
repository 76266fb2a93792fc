"""What is printed from top to bottom: strips as wide as the column, and where each may be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QPalette, QTextDocument

from desktop_app.ui.reader.laid import Laid, Piece

Paint = Callable[[QPainter, float, float], None]

_TOGETHER = 2  # lines of a paragraph that stay together at the foot and the top of a sheet


@dataclass(frozen=True, slots=True)
class Strip:
    """Something that is printed; its top left is the painter's origin.

    paint: paints what lies between two heights. cuts: where it may be cut, ascending. lead: empty
    room at its top, which is left out at the top of a sheet. below: how much of what comes next has
    to stand on the same sheet.
    """

    height: float
    paint: Paint
    cuts: Sequence[float] = ()
    lead: float = 0.0
    below: float = 0.0


def strip_of_row(laid: Laid, between: Callable[[QPainter], None], *, below: float = 0.0) -> Strip:
    """A row of the page. between: paints what lies behind the letters, such as highlights."""
    tops = [piece.y for piece in laid.pieces]
    return Strip(
        float(laid.height),
        partial(_paint_row, laid, between),
        _cuts([_lines(piece) for piece in laid.pieces]),
        lead=min(tops, default=0.0) if not laid.under and not laid.boxes else 0.0,
        below=below,
    )


def _lines(piece: Piece) -> list[float]:
    return [piece.y + top for top in piece.tops]


def _cuts(columns: Iterable[Sequence[float]]) -> list[float]:
    """Where no line of any column is cut, with enough lines of each on both sides."""
    wholes = [lines for lines in columns if len(lines) > 1]
    found = {
        top for lines in wholes for top in lines[_TOGETHER : max(len(lines) - _TOGETHER, _TOGETHER)]
    }
    return sorted(
        at
        for at in found
        if not any(a + 0.5 < at < b - 0.5 for lines in wholes for a, b in pairwise(lines))
    )


def _paint_row(
    laid: Laid, between: Callable[[QPainter], None], painter: QPainter, top: float, bottom: float
) -> None:
    whole = top <= 0 and bottom >= laid.height
    painter.setPen(Qt.PenStyle.NoPen)
    under, said = laid.under, []
    if not whole:
        # Words beside the text, such as the number of an item, stand on one sheet only.
        said = [paint for paint in under if label_of(paint) is not None]
        under = [paint for paint in under if label_of(paint) is None]
        said = [p for p in said if (label := label_of(p)) and top <= label.y + 1 < bottom]
    part = Laid(laid.row, laid.height, [], [*under, *said], laid.boxes)
    part.pieces = laid.pieces
    part.paint_under(painter)
    between(painter)
    for piece in laid.pieces:
        _paint_lines(piece, painter, top, bottom)


def _paint_lines(piece: Piece, painter: QPainter, top: float, bottom: float) -> None:
    """Paint the lines of a piece whose middle is between two heights.

    A layout that is given a clip paints the line above it as well, which one does not see on the
    sheet but finds when one searches it or copies from it.
    """
    painter.setPen(piece.colour)
    place = QPointF(piece.x, piece.y)
    edges = [piece.y + edge for edge in piece.tops]
    if top <= edges[0] and edges[-1] <= bottom:
        piece.layout.draw(painter, place)
        return
    for number, (above, below) in enumerate(pairwise(edges)):
        if top <= (above + below) / 2 < bottom:
            piece.layout.lineAt(number).draw(painter, place)


def label_of(paint: object) -> Piece | None:
    """The words that a painter paints; None where it paints something else."""
    given = paint.args if isinstance(paint, partial) else ()
    return given[0] if given and isinstance(given[0], Piece) else None


@dataclass(slots=True)
class Stack:
    """Pieces and notes below each other, to be one strip."""

    height: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    documents: list[tuple[float, float, QTextDocument]] = field(default_factory=list)
    rules: list[tuple[QRectF, QColor]] = field(default_factory=list)

    def add(self, piece: Piece, *, x: float, gap: float = 0.0) -> None:
        """Put a piece below what is there."""
        piece.x, piece.y = x, self.height + gap
        self.height = piece.y + piece.tops[-1]
        self.pieces.append(piece)

    def add_beside(self, piece: Piece, *, x: float, y: float) -> None:
        """Put a piece somewhere without making room for it."""
        piece.x, piece.y = x, y
        self.pieces.append(piece)

    def add_document(self, document: QTextDocument, *, x: float, width: float, gap: float) -> None:
        """Put a text of several paragraphs below what is there."""
        document.setTextWidth(width)
        y = self.height + gap
        self.documents.append((x, y, document))
        self.height = y + document.size().height()

    def strip(self, ink: QColor, *, lead: float = 0.0) -> Strip:
        """All of it. ink: of texts that do not say their colour."""
        columns: list[Sequence[float]] = [_lines(piece) for piece in self.pieces]
        columns += [_lines_of_document(y, document) for _, y, document in self.documents]
        ends = {lines[-1] for lines in columns if lines}
        tall = sorted(
            {*_cuts(columns), *(end for end in ends if end < self.height - 1 and end > lead + 1)}
        )
        safe = [
            at
            for at in tall
            if not any(a + 0.5 < at < b - 0.5 for lines in columns for a, b in pairwise(lines))
        ]
        # The first words of a note stay with what they are about.
        first = self.pieces[0].y + self.pieces[0].tops[-1] if self.pieces else 0.0
        return Strip(
            self.height,
            partial(_paint_stack, self, ink),
            [at for at in safe if at > first + 1],
            lead=lead,
        )


def _lines_of_document(y: float, document: QTextDocument) -> list[float]:
    """The edges between the lines of a text, from a height on."""
    found = [y]
    block = document.begin()
    while block.isValid():
        rect = document.documentLayout().blockBoundingRect(block)
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            found.append(y + rect.top() + line.y() + line.height())
        block = block.next()
    return found


def _paint_stack(stack: Stack, ink: QColor, painter: QPainter, top: float, bottom: float) -> None:
    for rect, colour in stack.rules:
        painter.fillRect(rect, colour)
    clip = QRectF(-1e4, top + 1, 2e4, bottom - top - 2)
    cut = top > 0 or bottom < stack.height
    for piece in stack.pieces:
        _paint_lines(piece, painter, top, bottom)
    for x, y, document in stack.documents:
        how = QAbstractTextDocumentLayout.PaintContext()
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.Text, ink)
        how.palette = colours
        if cut:
            how.clip = clip.translated(-x, -y)
        painter.save()
        painter.translate(x, y)
        document.documentLayout().draw(painter, how)
        painter.restore()
