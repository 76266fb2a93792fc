"""What the highlights of a page look like on it: boxes, lines and signs, worked out bit by bit.

Highlights of one colour that touch are one shape, so that ten thousand of them on a page are
painted as fast as a few.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF

from desktop_app.core.highlights import Highlight, MarkStyle, Standing
from desktop_app.ui.pages.places import LineBox, PagePlaces

BAR_GAP_PT = 6.5  # from the letters to the bar beside them
_AT_ONCE = 32  # highlights between two looks at the clock

_Line = tuple[str, float, float]  # colour, top, bottom
_Reach = tuple[float, float]


class PageShapes:
    """The shapes of one page, in points from its top left, by the names of colours."""

    def __init__(self, places: PagePlaces, page: int, marks: Iterable[Highlight]) -> None:
        self.fills: dict[str, list[QRectF]] = {}
        self.underlines: dict[str, list[QRectF]] = {}  # these two without a thickness
        self.bars: dict[str, list[QRectF]] = {}
        self.frames: dict[str, list[QRectF]] = {}  # of those that somebody has to look at
        self.signs: dict[tuple[str, int, int], QPointF] = {}  # where highlights of a colour begin
        self.unshown: dict[int, Highlight] = {}  # by id: nothing of them here can be shown
        self.cut: dict[int, Highlight] = {}  # by id: not all of them here can be shown
        self._places = places
        self._page = page
        self._todo = list(marks)
        self._todo.reverse()
        # Of lines that do not run from left to right.
        self._turned: dict[MarkStyle, dict[str, list[QRectF]]] = {
            MarkStyle.UNDERLINE: {},
            MarkStyle.BAR: {},
        }
        self._reaches: dict[MarkStyle, dict[_Line, list[_Reach]]] = {
            style: {} for style in MarkStyle
        }

    @property
    def is_done(self) -> bool:
        """Whether all highlights are among the shapes."""
        return not self._todo

    def work(self, most_ms: float) -> None:
        """Take in more of the highlights, for some time."""
        clock = QElapsedTimer()
        clock.start()
        while self._todo:
            for _ in range(min(_AT_ONCE, len(self._todo))):
                self._take(self._todo.pop())
            if clock.elapsed() >= most_ms:
                break
        self.fills = self._joined(MarkStyle.FILL)
        self.underlines = self._joined(MarkStyle.UNDERLINE)
        self.bars = self._joined(MarkStyle.BAR)

    def _take(self, mark: Highlight) -> None:
        if mark.place is None:
            return
        boxes = self._places.boxes(self._page, mark.place.start, mark.place.end)
        if boxes is None:
            self.unshown[mark.id] = mark
            return
        if not self._places.is_whole(self._page, mark.place.start, mark.place.end):
            self.cut[mark.id] = mark
        if not boxes:
            return
        reaches = self._reaches[mark.style]
        first = boxes[0]
        left = min(box.left() for box in boxes) - BAR_GAP_PT
        turned = self._turned.get(mark.style)
        for box in boxes:
            if turned is not None and box.below != (0, 1):
                turned.setdefault(mark.colour, []).append(_side(box, mark.style))
                continue
            line = (mark.colour, round(box.top(), 1), round(box.bottom(), 1))
            reach = (left, left) if mark.style is MarkStyle.BAR else (box.left(), box.right())
            reaches.setdefault(line, []).append(reach)
        key = (mark.colour, round(first.left() / 4), round(first.top() / 4))
        self.signs.setdefault(key, first.topLeft())
        if mark.standing is Standing.REVIEW:
            self.frames.setdefault(mark.colour, []).extend(boxes)

    def _joined(self, style: MarkStyle) -> dict[str, list[QRectF]]:
        found: dict[str, list[QRectF]] = {}
        reaches = self._reaches[style]
        for (colour, top, bottom), parts in reaches.items():
            parts[:] = _union(parts)
            boxes = found.setdefault(colour, [])
            boxes += [QRectF(left, top, right - left, bottom - top) for left, right in parts]
        if style is MarkStyle.FILL:
            # Lines that overlap a little would be twice as dark there.
            return {colour: _apart(boxes) for colour, boxes in found.items()}
        if style is MarkStyle.BAR:
            found = {colour: _one_below_another(boxes) for colour, boxes in found.items()}
        else:
            found = {
                colour: [QRectF(box.left(), box.bottom(), box.width(), 0) for box in boxes]
                for colour, boxes in found.items()
            }
        for colour, sides in self._turned[style].items():
            found.setdefault(colour, []).extend(sides)
        return found


def _side(box: LineBox, style: MarkStyle) -> QRectF:
    """The foot of a line that is turned, or for a bar where it begins, without a thickness."""
    x, y = box.below
    if style is MarkStyle.BAR:
        x, y = -y, x  # from the foot to where the line begins, a quarter further
    if x:
        return QRectF(box.right() if x > 0 else box.left(), box.top(), 0, box.height())
    return QRectF(box.left(), box.bottom() if y > 0 else box.top(), box.width(), 0)


def _union(parts: list[_Reach]) -> list[_Reach]:
    parts.sort()
    joined: list[_Reach] = []
    for left, right in parts:
        if joined and left <= joined[-1][1] + 0.01:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _apart(boxes: list[QRectF]) -> list[QRectF]:
    """The boxes of one colour, each line cut off where the next one begins."""
    boxes.sort(key=lambda box: (box.top(), box.left()))
    lines = [list(line) for _, line in groupby(boxes, key=lambda box: box.top())]
    for above, below in pairwise(lines):
        top = below[0].top()
        for box in above:
            beneath = any(
                other.left() < box.right() and box.left() < other.right() for other in below
            )
            if beneath and top < box.bottom():
                box.setBottom(top)
    return boxes


def _one_below_another(bars: list[QRectF]) -> list[QRectF]:
    """The bars, those of lines that follow each other joined."""
    bars.sort(key=lambda bar: (round(bar.left()), bar.top()))
    joined: list[QRectF] = []
    for bar in bars:
        before = joined[-1] if joined else None
        if (
            before is not None
            and abs(before.left() - bar.left()) < 1
            and bar.top() - before.bottom() < bar.height()
        ):
            before.setBottom(max(before.bottom(), bar.bottom()))
        else:
            joined.append(QRectF(bar))
    return joined
