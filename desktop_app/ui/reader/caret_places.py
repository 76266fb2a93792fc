"""Where a place between two letters stands in a row, and the places beside, above and below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

from desktop_app.ui.reader.laid import Laid, Piece


def piece_at(laid: Laid, point: int) -> Piece | None:
    """The piece of a row that a place stands in."""
    return next((each for each in laid.pieces if each.start <= point <= each.end), None)


def caret_box(laid: Laid, point: int, *, behind: bool = False) -> QRectF | None:
    """The thin box between two letters, from the row's top left.

    behind: where a line ends at the point, at that end rather than at the start of the next line.
    """
    piece = piece_at(laid, point)
    if piece is None or not piece.layout.lineCount():
        return None
    number = piece.line_of(point - 1 if behind and point > piece.start else point)
    line = piece.layout.lineAt(number)
    unit = piece.units.to_units(point - piece.start)
    x = min(_x(line, min(unit, line.textStart() + line.textLength())), line.x() + line.width())
    height = piece.tops[number + 1] - piece.tops[number]
    tall = min(line.height(), height)
    return QRectF(piece.x + x, piece.y + piece.tops[number] + (height - tall) / 2, 1, tall)


def beside(laid: Laid, point: int, by: int) -> int | None:
    """The place of the next letter to the right (+1) or left (-1); None at the edge of the piece.

    Where letters of both directions stand on a line, the next one is the one that is seen there.
    """
    piece = piece_at(laid, point)
    if piece is None:
        return None
    unit = piece.units.to_units(point - piece.start)
    layout = piece.layout
    if piece.two_ways:
        there = layout.rightCursorPosition(unit) if by > 0 else layout.leftCursorPosition(unit)
    else:
        there = layout.nextCursorPosition(unit) if by > 0 else layout.previousCursorPosition(unit)
    found = piece.start + piece.units.to_points(there)
    return found if found != point and piece.start <= found <= piece.end else None


def runs_left(laid: Laid, point: int) -> bool:
    """Tell whether the lines of a place run from right to left."""
    piece = piece_at(laid, point)
    if piece is None or not piece.two_ways or not piece.layout.lineCount():
        return False
    line = piece.layout.lineAt(0)
    return _x(line, line.textStart()) > _x(line, line.textStart() + line.textLength())


def line_edge(laid: Laid, point: int, *, end: bool) -> int | None:
    """The first place of the line of a point, or its last."""
    piece = piece_at(laid, point)
    if piece is None or not piece.layout.lineCount():
        return None
    number = piece.line_of(point)
    if not end:
        return piece.line_start(number)
    if number == piece.layout.lineCount() - 1:
        return piece.end
    # The place behind the last letter of a wrapped line would be the start of the next.
    return max(piece.line_start(number + 1) - 1, piece.line_start(number))


def line_below(laid: Laid, point: int, x: float, by: int) -> int | None:
    """The place nearest to a distance on the line below (+1) or above (-1) in the same row."""
    piece = piece_at(laid, point)
    if piece is None:
        return None
    number = piece.line_of(point) + by
    if not 0 <= number < piece.layout.lineCount():
        return None
    return piece.point_at(x, piece.y + (piece.tops[number] + piece.tops[number + 1]) / 2)


def entered(laid: Laid, x: float, by: int) -> int | None:
    """The place nearest to a distance on the first line of a row (+1) or its last (-1)."""
    if not laid.pieces:
        return None
    if by > 0:
        y = min(piece.y + piece.tops[0] + 1 for piece in laid.pieces)
    else:
        y = max(piece.y + piece.tops[-1] - 1 for piece in laid.pieces)
    return laid.point_at(x, y)


def _x(line: QTextLine, unit: int) -> float:
    found = line.cursorToX(unit)
    # The binding gives (x, position); its annotation says object.
    x: float = found[0] if isinstance(found, tuple) else found  # type: ignore[assignment]
    return x
