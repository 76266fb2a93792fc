"""Where the highlights of a row are painted: fills, underlines, bars, edges, dashes and signs.

Fills that overlap share the height of their lines, the one that starts first above; where one
begins or ends in another it has an edge. Underlines stand below each other, bars beside each other.
Nothing here knows a colour but by its name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from desktop_app.core.highlights import Highlight, MarkStyle, Standing
from desktop_app.ui.reader.laid import Laid
from desktop_app.ui.reader.mark_signs import SIGN_PX, add_sign
from desktop_app.ui.reader.marks import LANES, Marks
from desktop_app.ui.reader.rows import RowKind

SHARING = 4  # fills that share a line; where there are more, a row of dots says so
UNDERLINES = 3
TABS = 8  # that look out of a fold line
_BELOW_PX = 3  # from the baseline to the first underline
# Between the lanes runs the rule beside open folds.
_BAR_X = (-8.0, -12.0, -19.0, -23.0)
assert len(_BAR_X) == LANES


@dataclass(frozen=True, slots=True)
class _Part:
    """What a row shows of a highlight: code points, end exclusive."""

    start: int
    end: int
    mark: Highlight
    begins: bool  # the highlight starts here
    ends: bool

    @property
    def colour(self) -> str:
        return self.mark.colour

    @property
    def dashed(self) -> bool:
        return self.mark.standing is Standing.REVIEW


@dataclass(slots=True)
class Shapes:
    """What is painted of the highlights of one row, by the names of colours.

    dashes: the lines of highlights that are to be reviewed. more: lines of dots where more stand
    than are painted.
    """

    fills: dict[str, list[QRectF]] = field(default_factory=dict)
    lines: dict[str, list[QRectF]] = field(default_factory=dict)
    dashes: dict[str, list[QLineF]] = field(default_factory=dict)
    signs: dict[str, QPainterPath] = field(default_factory=dict)
    more: list[QLineF] = field(default_factory=list)


def shapes_of(laid: Laid, marks: Marks, *, thick: int) -> Shapes:
    """Work out what is painted of the highlights of a row. thick: pixels of an underline."""
    row, made = laid.row, Shapes()
    parts = [
        _Part(
            max(each.place.start, row.start),
            min(each.place.end, row.end),
            each,
            each.place.start >= row.start,
            each.place.end <= row.end,
        )
        for each in marks.within(row.start, row.end)
        if each.place is not None
    ]
    if not parts:
        return made
    if row.kind == RowKind.FOLD:
        _tabs(made, laid, parts)
    elif not laid.pieces:
        _beside(made, laid, parts)
    else:
        by_style: dict[MarkStyle, list[_Part]] = {style: [] for style in MarkStyle}
        for part in parts:
            by_style[part.mark.style].append(part)
        _fill(made, laid, by_style[MarkStyle.FILL])
        _underline(made, laid, by_style[MarkStyle.UNDERLINE], thick)
        _bars(made, laid, by_style[MarkStyle.BAR], marks)
        _sign(made, laid, [part for part in parts if part.begins])
    return made


def outline(laid: Laid, mark: Highlight) -> QPainterPath:
    """The line around what a row shows of a highlight."""
    path = QPainterPath()
    if mark.place is not None:
        for box, _ in laid.bands(mark.place.start, mark.place.end):
            path.addRect(box.adjusted(-1, 0, 1, 0))
    return path.simplified()


def _fill(made: Shapes, laid: Laid, parts: Sequence[_Part]) -> None:
    """Lay fills over the stretches between the places where any of them starts or ends."""
    for start, end, shown, count in _stretches(parts):
        for box, _ in laid.bands(start, end):
            for number, part in enumerate(shown):
                top = box.top() + round(box.height() * number / len(shown))
                bottom = box.top() + round(box.height() * (number + 1) / len(shown))
                share = QRectF(box.left(), top, box.width(), bottom - top)
                _join(made.fills.setdefault(part.colour, []), share)
            if count > len(shown):
                _dots(made, box)
    ends = sorted(part.end for part in parts)
    starts = [part.start for part in parts]
    for part in parts:
        if part.begins and _shared(part.start, starts, ends, at=part.start):
            _edge(made, laid, part, end=False)
        if part.ends and _shared(part.end - 1, starts, ends):
            _edge(made, laid, part, end=True)
        if part.dashed:
            boxes = [box for box, _ in laid.bands(part.start, part.end)]
            dashes = made.dashes.setdefault(part.colour, [])
            for box in (box.adjusted(0.75, 0.75, -0.75, -0.75) for box in boxes):
                dashes.append(QLineF(box.topLeft(), box.topRight()))
                dashes.append(QLineF(box.bottomLeft(), box.bottomRight()))
            if boxes and part.begins:
                dashes.append(QLineF(boxes[0].topLeft(), boxes[0].bottomLeft()))
            if boxes and part.ends:
                dashes.append(QLineF(boxes[-1].topRight(), boxes[-1].bottomRight()))


def _join(boxes: list[QRectF], new: QRectF) -> None:
    """Add a box, or make one of the last few longer by it where it goes on."""
    for box in reversed(boxes[-SHARING:]):
        if box.right() == new.left() and box.top() == new.top() and box.bottom() == new.bottom():
            box.setRight(new.right())
            return
    boxes.append(new)


def _stretches(parts: Sequence[_Part]) -> Iterator[tuple[int, int, list[_Part], int]]:
    """The stretches that are covered alike: start, end, the first SHARING over it, how many."""
    if len(parts) == 1:
        yield parts[0].start, parts[0].end, [parts[0]], 1
        return
    bounds = sorted({place for part in parts for place in (part.start, part.end)})
    ends = sorted(part.end for part in parts)
    over: list[int] = []  # those that have begun, by number; some have ended
    begun = 0
    for start, end in pairwise(bounds):
        while begun < len(parts) and parts[begun].start <= start:
            heappush(over, begun)
            begun += 1
        shown: list[int] = []
        while over and len(shown) < SHARING:
            number = heappop(over)
            if parts[number].end > start:
                shown.append(number)
        for number in shown:
            heappush(over, number)
        if shown:
            count = begun - bisect_right(ends, start)
            yield start, end, [parts[number] for number in shown], count


def _shared(
    point: int, starts: Sequence[int], ends: Sequence[int], *, at: int | None = None
) -> bool:
    """Tell whether more than one fill is over a code point, or one ends at a place."""
    over = bisect_right(starts, point) - bisect_right(ends, point)
    ended = at is not None and bisect_right(ends, at) > bisect_right(ends, at - 1)
    return over > 1 or ended


def _edge(made: Shapes, laid: Laid, part: _Part, *, end: bool) -> None:
    point = part.end if end else part.start
    piece = laid.piece_of(point - 1 if end else point)
    if piece is not None:
        x, top, bottom = piece.edge(point, end=end)
        made.lines.setdefault(part.colour, []).append(QRectF(x - 1, top, 2, bottom - top))


def _underline(made: Shapes, laid: Laid, parts: Sequence[_Part], thick: int) -> None:
    ended: list[int] = []  # by lane, where the last one in it ends
    for part in parts:
        lane = next((i for i, end in enumerate(ended) if end <= part.start), len(ended))
        crowded = lane >= UNDERLINES
        if crowded:
            lane = UNDERLINES - 1
        elif lane == len(ended):
            ended.append(part.end)
        else:
            ended[lane] = part.end
        for box, base in laid.bands(part.start, part.end):
            y = min(round(base) + _BELOW_PX + lane * (thick + 1), box.bottom() - thick)
            if part.dashed:
                middle = y + thick / 2
                made.dashes.setdefault(part.colour, []).append(
                    QLineF(box.left(), middle, box.right(), middle)
                )
            else:
                under = QRectF(box.left(), y, box.width(), thick)
                made.lines.setdefault(part.colour, []).append(under)
            if crowded:
                _dots(made, box)


def _bars(made: Shapes, laid: Laid, parts: Sequence[_Part], marks: Marks) -> None:
    for part in parts:
        top = laid.line_top(part.start) if part.begins else 0.0
        bottom = laid.line_bottom(part.end - 1) if part.ends else float(laid.height)
        x = _BAR_X[marks.lane(part.mark)]
        if part.dashed:
            made.dashes.setdefault(part.colour, []).append(QLineF(x + 1.5, top, x + 1.5, bottom))
        else:
            made.lines.setdefault(part.colour, []).append(QRectF(x, top, 3, bottom - top))


def _beside(made: Shapes, laid: Laid, parts: Sequence[_Part]) -> None:
    """Lead highlights past what has no letters, such as a picture, by a line beside it."""
    for lane, part in enumerate(parts[:LANES]):
        box = QRectF(_BAR_X[lane] + 1, 0, 2, laid.height)
        made.lines.setdefault(part.colour, []).append(box)


def _tabs(made: Shapes, laid: Laid, parts: Sequence[_Part]) -> None:
    """Let highlights look out of the line that stands for folded text."""
    if not laid.spots or laid.row.start == laid.row.end:
        return
    box = laid.spots[0].rect
    for number, part in enumerate(parts[:TABS]):
        tab = QRectF(box.left() + 11 + 18 * number, box.bottom() - 2, 14, 4)
        made.lines.setdefault(part.colour, []).append(tab)
    if len(parts) > TABS:
        x = box.left() + 13 + 18 * TABS
        made.more.append(QLineF(x, box.bottom(), x + 12, box.bottom()))


def _sign(made: Shapes, laid: Laid, parts: Sequence[_Part]) -> None:
    """Put the sign of its colour at the start of each highlight, side by side at one place."""
    taken: dict[int, int] = {}
    for part in parts:
        piece = laid.piece_of(part.start)
        number = taken.get(part.start, 0)
        if piece is None or number >= SHARING:
            continue
        x, top, _ = piece.edge(part.start, end=False)
        if part.mark.style is MarkStyle.BAR:
            _add_sign(made, part.colour, QPointF(-SIGN_PX - 3, top - SIGN_PX - 1))
            continue
        taken[part.start] = number + 1
        box = next((box for box, _ in piece.bands(part.start, part.start + 1)), None)
        to_left = box is not None and x > box.center().x()
        step = number * (SIGN_PX + 1) + 2
        x = x - step - SIGN_PX if to_left else x + step
        _add_sign(made, part.colour, QPointF(x, top - 2))


def _add_sign(made: Shapes, colour: str, corner: QPointF) -> None:
    path = made.signs.get(colour)
    if path is None:
        path = made.signs[colour] = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
    add_sign(path, colour, corner)


def _dots(made: Shapes, box: QRectF) -> None:
    """Say by dots along the foot of a box that more stands there than is painted."""
    y = box.bottom() - 1
    if made.more and made.more[-1].x2() == box.left() and made.more[-1].y2() == y:
        made.more[-1] = QLineF(made.more[-1].x1(), y, box.right(), y)
    else:
        made.more.append(QLineF(box.left(), y, box.right(), y))
