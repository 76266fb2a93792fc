"""A row set in type: its lines, where each letter stands, and how it is painted.

Coordinates are pixels from the row's own top left. Places are code points of the canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextLine

from desktop_app.ui.reader.offsets import Units
from desktop_app.ui.reader.rows import Row

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

Paint = Callable[[QPainter], None]


@dataclass(slots=True)
class Piece:
    """A run of text with its lines: a paragraph, a cell, a stretch.

    x, y: its top left in the row. start: its first code point. tops: where each line's box
    starts, and below the last one where it ends.
    """

    layout: QTextLayout
    x: float
    y: float
    start: int
    units: Units
    tops: list[float]
    two_ways: bool  # holds letters that run from right to left
    colour: QColor

    @property
    def end(self) -> int:
        """The code point behind its last."""
        return self.start + self.units.length

    def line_of(self, point: int) -> int:
        """The index of the line that shows a code point."""
        unit = self.units.to_units(min(max(point, self.start), self.end) - self.start)
        line = self.layout.lineForTextPosition(unit)
        return line.lineNumber() if line.isValid() else 0

    def line_at(self, y: float) -> int:
        """The index of the line at a height of the row, the nearest where it is above or below."""
        for index in range(len(self.tops) - 1):
            if y < self.y + self.tops[index + 1]:
                return index
        return max(len(self.tops) - 2, 0)

    def line_start(self, index: int) -> int:
        """The first code point of a line."""
        return self.start + self.units.to_points(self.layout.lineAt(index).textStart())

    def point_at(self, x: float, y: float) -> int:
        """The place between code points that is nearest to a point of the row."""
        line = self.layout.lineAt(self.line_at(y))
        if not line.isValid():
            return self.start
        first = self.units.to_points(line.textStart())
        last = self.units.to_points(line.textStart() + line.textLength())
        if line.lineNumber() < self.layout.lineCount() - 1:
            # Behind the last letter of a wrapped line would be the start of the next.
            last = max(first, last - 1)
        if self.two_ways:
            point = self.units.to_points(line.xToCursor(x - self.x))
            return self.start + min(max(point, first), last)
        return self.start + self._nearest(line, x - self.x, range(first, last + 1))

    def _nearest(self, line: QTextLine, x: float, points: range) -> int:
        """The place of a line that is nearest to a distance, where letters run one way.

        QTextLine.xToCursor is out by a dozen letters behind a combining mark of another font.
        Places that stand at the same distance are inside one written letter but for the last.
        """

        def where(point: int) -> float:
            return _x(line, self.units.to_units(point))

        left = points[max(bisect_right(points, x, key=where) - 1, 0)]
        if left == points[-1]:
            return left
        after = where(left + 1)
        if x - where(left) <= after - x:
            return left
        return points[bisect_right(points, after, key=where) - 1]

    def rects(self, start: int, end: int) -> Iterator[QRectF]:
        """The boxes around the letters of a range, line by line."""
        for number, a, b in self._stretches(start, end):
            height = self.tops[number + 1] - self.tops[number]
            tall = min(self.layout.lineAt(number).height(), height)
            y = self.y + self.tops[number] + (height - tall) / 2
            yield QRectF(self.x + a, y, b - a, tall)

    def bands(self, start: int, end: int) -> Iterator[tuple[QRectF, float]]:
        """The boxes of a range, each as tall as its line with what is between lines, and baselines.

        Boxes of one range on lines below each other touch.
        """
        for number, a, b in self._stretches(start, end):
            top, bottom = self.tops[number], self.tops[number + 1]
            line = self.layout.lineAt(number)
            base = top + (bottom - top - line.height()) / 2 + line.ascent()
            yield QRectF(self.x + a, self.y + top, b - a, bottom - top), self.y + base

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, float, float]]:
        """Line by line, from where to where across it a range stands: number, left, right."""
        start, end = max(start, self.start), min(end, self.end)
        if start >= end:
            return
        first = self.units.to_units(start - self.start)
        last = self.units.to_units(end - self.start)
        for number in range(self.line_of(start), self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if line.textStart() >= last:
                break
            left = max(first, line.textStart())
            right = min(last, line.textStart() + line.textLength())
            for a, b in self._spans(line, left, right):
                yield number, a, b

    def edge(self, point: int, *, end: bool) -> tuple[float, float, float]:
        """Where a range that starts or ends at a code point has its edge: x, top and bottom.

        It stands at the letter's own side: at the right of one that starts a run to the left.
        """
        number = self.line_of(point - 1 if end else point)
        line = self.layout.lineAt(number)
        unit = self.units.to_units(min(max(point, self.start), self.end) - self.start)
        unit = min(unit, line.textStart() + line.textLength())
        x = min(max(_x(line, unit), line.x()), line.x() + line.width())
        return self.x + x, self.y + self.tops[number], self.y + self.tops[number + 1]

    def _spans(self, line: QTextLine, left: int, right: int) -> list[tuple[float, float]]:
        """The stretches from left to right that a range of units takes on a line."""
        if right <= left:
            return []
        if not self.two_ways:
            a, b = _x(line, left), _x(line, right)
            b = min(b, line.x() + line.width())
            return [(a, b)] if b > a else _ink(line, left, right)
        # Letters of both directions: a range may stand in several places of the line, and only
        # the glyphs know where.
        boxes = [run.boundingRect() for run in line.glyphRuns(left, right - left)]
        joined: list[tuple[float, float]] = []
        for a, b in sorted((box.left(), box.right()) for box in boxes):
            if joined and a <= joined[-1][1] + 0.5:
                joined[-1] = (joined[-1][0], max(joined[-1][1], b))
            else:
                joined.append((a, b))
        return joined if any(b > a for a, b in joined) else _ink(line, left, right)


class SpotKind(Enum):
    """What a spot of a row does when it is pressed."""

    FOLD = "fold"  # opens or closes what is folded; its target is the index of the stretch
    RULE = "rule"  # the rule beside what is open closes it; its target likewise
    NOTE = "note"  # goes to a note; its target is the note's label
    RETURN = "return"  # goes back from a note; its target likewise
    PICTURE = "picture"  # shows a picture larger; its target is the index of the block


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a row that answers to the pointer and to Enter."""

    kind: SpotKind
    rect: QRectF
    target: int | str


@dataclass(slots=True)
class Laid:
    """A row ready to be painted.

    under: paints what lies behind the text. boxes: code points and fill of the soft boxes that
    lie behind inline code. spots: in the order of the text.
    """

    row: Row
    height: int
    pieces: list[Piece] = field(default_factory=list)
    under: list[Paint] = field(default_factory=list)
    boxes: list[tuple[int, int, QColor]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def paint_under(self, painter: QPainter) -> None:
        """Paint what lies behind the text and behind the overlay."""
        for paint in self.under:
            paint(painter)
        for start, end, colour in self.boxes:
            painter.setBrush(colour)
            for rect in self.rects(start, end):
                painter.drawRoundedRect(rect.adjusted(-2, 1, 2, -1), 3, 3)

    def paint_text(self, painter: QPainter, clip: QRectF) -> None:
        """Paint the letters of the lines within a rectangle of the row."""
        for piece in self.pieces:
            painter.setPen(piece.colour)
            piece.layout.draw(painter, QPointF(piece.x, piece.y), [], clip)

    def rects(self, start: int, end: int) -> Iterator[QRectF]:
        """The boxes around the letters of a range."""
        for piece in self.pieces:
            yield from piece.rects(start, end)

    def bands(self, start: int, end: int) -> Iterator[tuple[QRectF, float]]:
        """The boxes of a range, each as tall as its line, and their baselines."""
        for piece in self.pieces:
            yield from piece.bands(start, end)

    def piece_of(self, point: int) -> Piece | None:
        """The piece that holds a code point; None where it stands between two or is not here."""
        return next((p for p in self.pieces if p.start <= point < p.end), None)

    def point_at(self, x: float, y: float) -> int:
        """The place nearest to a point of the row; the row's start where it holds no text."""
        piece = nearest(self.pieces, x, y)
        return self.row.start if piece is None else piece.point_at(x, y)

    def line_top(self, point: int) -> float:
        """Where the line with a code point starts, from the row's top."""
        for piece in self.pieces:
            if point <= piece.end:
                return piece.y + piece.tops[piece.line_of(point)]
        return 0.0

    def line_bottom(self, point: int) -> float:
        """Where the line with a code point ends, from the row's top."""
        for piece in self.pieces:
            if point < piece.end:
                return piece.y + piece.tops[piece.line_of(point) + 1]
        return float(self.height)

    def spot_at(self, place: QPointF) -> Spot | None:
        """The spot at a point of the row; where two overlap, the one whose middle is nearer."""
        found = (spot for spot in self.spots if spot.rect.contains(place))
        return min(
            found, key=lambda spot: (spot.rect.center() - place).manhattanLength(), default=None
        )

    def point_of(self, spot: Spot) -> int:
        """The code point that a spot starts at."""
        return self.point_at(spot.rect.left() + 4, spot.rect.center().y())

    def first_line_from(self, y: float) -> tuple[int, float] | None:
        """The first line whose middle is at or below a height: its code point and its top."""
        for piece in self.pieces:
            for index in range(len(piece.tops) - 1):
                top, bottom = piece.y + piece.tops[index], piece.y + piece.tops[index + 1]
                if (top + bottom) / 2 >= y:
                    return piece.line_start(index), top
        return None


def nearest(pieces: Sequence[Piece], x: float, y: float) -> Piece | None:
    """The piece that is nearest to a point: by height first, then by side."""

    def distance(piece: Piece) -> tuple[float, float]:
        top, bottom = piece.y, piece.y + piece.tops[-1]
        away_y = max(top - y, 0.0, y - bottom)
        right = piece.x + piece.layout.boundingRect().width()
        return away_y, max(piece.x - x, 0.0, x - right)

    return min(pieces, key=distance, default=None)


def _x(line: QTextLine, unit: int) -> float:
    found = line.cursorToX(unit)
    # The binding gives (x, position); its annotation says object.
    x: float = found[0] if isinstance(found, tuple) else found  # type: ignore[assignment]
    return x


def _ink(line: QTextLine, left: int, right: int) -> list[tuple[float, float]]:
    """From where to where the glyphs of a range reach that takes no room: accents on nothing."""
    boxes = [
        run.rawFont().boundingRect(glyph).translated(place)
        for run in line.glyphRuns(left, right - left)
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True)
    ]
    boxes = [box for box in boxes if box.width() > 0]
    if not boxes:
        return []
    return [(min(box.left() for box in boxes), max(box.right() for box in boxes))]
