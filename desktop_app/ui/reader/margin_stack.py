"""Where cards stand beside their lines: none over another, none far from its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

GAP_PX = 10
FARTHEST_PX = 240  # a card that would stand farther from its line is shown as a mark


def stacked(
    wanted: Sequence[int],
    height: Callable[[int], int],
    *,
    end: int,
    kept: int | None = None,
) -> list[int | None]:
    """The tops of cards in the order of their lines; None for a card that has no place.

    wanted: where each would like to stand, ascending. height: of the card of an index; it is asked
    only of those that get a place. end: below it no card begins. kept: the one that stays at its
    line whatever is above it; the others give way, downwards first.
    """
    tops: list[int | None] = [None] * len(wanted)
    heights: dict[int, int] = {}
    free = None  # where the next card may begin
    for index, line in enumerate(wanted):
        top = line if free is None or index == kept else max(line, free)
        if index != kept and (top - line > FARTHEST_PX or top >= end):
            continue
        tops[index] = top
        heights[index] = height(index)
        free = top + heights[index] + GAP_PX
        if index == kept:
            _make_room(wanted, tops, heights, index)
    return tops


def _make_room(
    wanted: Sequence[int], tops: list[int | None], heights: dict[int, int], kept: int
) -> None:
    """Move up the cards that stand above the kept one and would reach into it."""
    limit = wanted[kept]
    for index in range(kept - 1, -1, -1):
        top = tops[index]
        if top is None:
            continue
        highest = limit - GAP_PX - heights[index]
        if top <= highest:
            return
        tops[index] = highest if wanted[index] - highest <= FARTHEST_PX else None
        if tops[index] is not None:
            limit = highest
