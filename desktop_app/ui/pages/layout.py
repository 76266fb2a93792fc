"""Where the pages stand: one below the other, or two beside each other, at one zoom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF

FULL_SIZE = 96 / 72  # pixels for a point where a page is as large as on paper
GAP_PX = 14
MARGIN_PX = 18
LEAST, MOST = 0.1, 8.0  # zoom
WIDEST_FIT = 2.0  # zoom to which a page is fitted: on a wide window lines would be too long
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)


class Fit(StrEnum):
    """What a zoom follows."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"  # nothing: it is what one set


@dataclass(frozen=True, slots=True)
class Zoom:
    """How large pages are shown. scale: of a page on paper, where nothing is fitted."""

    fit: Fit = Fit.WIDTH
    scale: float = 1.0
    two_up: bool = False

    def stepped(self, shown: float, steps: int) -> Zoom:
        """The next larger zoom than the one shown, or the next smaller one."""
        more = [step for step in STEPS if step > shown * 1.01]
        less = [step for step in STEPS if step < shown * 0.99]
        scale = (more or [MOST])[0] if steps > 0 else (less or [LEAST])[-1]
        return replace(self, fit=Fit.FREE, scale=scale)


class PageLayout:
    """The places of all pages in pixels, from the top left of the first row's margin."""

    def __init__(
        self, sizes: Sequence[tuple[float, float]], zoom: Zoom, width: int, height: int
    ) -> None:
        """sizes: in points. width, height: of the view."""
        self.sizes = sizes
        self.zoom = zoom
        self.columns = 2 if zoom.two_up and len(sizes) > 1 else 1
        rows = [sizes[at : at + self.columns] for at in range(0, len(sizes), self.columns)]
        gaps = GAP_PX * (self.columns - 1)
        room = max(width - 2 * MARGIN_PX - gaps, 40)
        tall = max(height - 2 * MARGIN_PX, 40)
        wide_pt = [sum(size[0] for size in row) for row in rows]
        tall_pt = [max(size[1] for size in row) for row in rows]
        if zoom.fit is Fit.FREE:
            scale = min(max(zoom.scale, LEAST), MOST) * FULL_SIZE
            self._scales = [scale] * len(rows)
        else:
            # A few pages that lie crosswise are made smaller; the others are not for their sake.
            usual = Counter(map(round, wide_pt)).most_common(1)[0][0] if rows else 1
            scale = min(room / max(usual, 1), WIDEST_FIT * FULL_SIZE)
            self._scales = [
                min(scale, room / wide, *([tall / high] if zoom.fit is Fit.PAGE else []))
                for wide, high in zip(wide_pt, tall_pt, strict=True)
            ]
        self._row_heights = [high * each for high, each in zip(tall_pt, self._scales, strict=True)]
        self._tops = list(
            accumulate((high + GAP_PX for high in self._row_heights), initial=MARGIN_PX)
        )
        self._row_widths = [
            wide * each + gaps for wide, each in zip(wide_pt, self._scales, strict=True)
        ]
        self.width = max(round(max(self._row_widths, default=0)) + 2 * MARGIN_PX, width)
        self.height = round(self._tops[-1] - GAP_PX + MARGIN_PX) if rows else 0

    def __len__(self) -> int:
        return len(self.sizes)

    def scale(self, page: int) -> float:
        """Pixels for a point of a page."""
        return self._scales[page // self.columns]

    def shown_zoom(self, page: int) -> float:
        """How large a page is shown; 1 is as on paper."""
        return self.scale(page) / FULL_SIZE

    def rect(self, page: int) -> QRectF:
        """The place of a page."""
        row, column = divmod(page, self.columns)
        scale = self._scales[row]
        wide, high = self.sizes[page]
        x = (self.width - self._row_widths[row]) / 2
        if column:
            x += self.sizes[page - 1][0] * scale + GAP_PX
        return QRectF(round(x), round(self._tops[row]), wide * scale, high * scale)

    def visible(self, top: float, height: float) -> range:
        """The pages of which something lies between a height and one below it."""
        if not self.sizes:
            return range(0)
        first = max(bisect_right(self._tops, top) - 1, 0)
        if first < len(self._row_heights) and self._tops[first] + self._row_heights[first] <= top:
            first += 1
        last = bisect_right(self._tops, top + height - 0.5, hi=len(self._row_heights))
        count = len(self.sizes)
        return range(min(first * self.columns, count), min(last * self.columns, count))

    def page_at(self, place: QPointF) -> int:
        """The page at a place, or the nearest one."""
        row = max(bisect_right(self._tops, place.y(), hi=len(self._row_heights)) - 1, 0)
        behind = place.y() - (self._tops[row] + self._row_heights[row]) if self.sizes else 0
        if behind > GAP_PX / 2 and row + 1 < len(self._row_heights):
            row += 1
        page = row * self.columns
        if self.columns == 2 and page + 1 < len(self.sizes):
            page += place.x() > self.rect(page).right() + GAP_PX / 2
        return page

    def row_of(self, page: int) -> range:
        """The pages that stand beside each other with one."""
        first = page - page % self.columns
        return range(first, min(first + self.columns, len(self.sizes)))

    def page_read(self, top: float, third: float) -> int:
        """The first page of the row that begins between two heights, or of the one at the second.

        Of pages that are short, the one that one went to is that at the top.
        """
        row = bisect_left(self._tops, top - 1, hi=len(self._row_heights))
        if row < len(self._row_heights) and self._tops[row] <= third:
            return row * self.columns
        return self.page_at(QPointF(0, third))

    def next_row(self, page: int, by: int) -> int:
        """The first page of the row some rows further on, within the document."""
        row = page // self.columns + by
        return min(max(row, 0), max(len(self._row_heights) - 1, 0)) * self.columns
