"""Cards stand beside their lines, none over another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.reader.margin_room import LEAST_MARGIN_PX, cards_beside, left_of_column
from desktop_app.ui.reader.margin_stack import FARTHEST_PX, GAP_PX, stacked

lines = st.lists(st.integers(-200, 900), max_size=40).map(sorted)
tall = st.integers(20, 400)


def place(
    wanted: Sequence[int], heights: Sequence[int], kept: int | None = None
) -> list[int | None]:
    return stacked(wanted, lambda index: heights[index], end=800, kept=kept)


def test_cards_that_have_room_stand_at_their_lines() -> None:
    assert place([0, 100, 300], [50, 60, 20]) == [0, 100, 300]


def test_a_card_that_would_overlap_slides_down_and_no_further_than_it_must() -> None:
    assert place([0, 20, 300], [50, 60, 20]) == [0, 50 + GAP_PX, 300]


def test_the_kept_card_stays_and_those_above_give_way_upwards() -> None:
    assert place([0, 90, 100], [50, 60, 40], kept=2) == [-30, 100 - GAP_PX - 60, 100]


def test_cards_above_the_kept_one_stay_where_they_do_not_reach_into_it() -> None:
    assert place([0, 200], [50, 60], kept=1) == [0, 200]


def test_a_card_far_from_its_line_has_no_place_and_leaves_it_to_the_next() -> None:
    heights = [FARTHEST_PX + 100, 30, 30]
    assert place([0, 10, 500], heights) == [0, None, 500]


@given(lines, st.data())
def test_no_card_ever_covers_another(wanted: list[int], data: st.DataObject) -> None:
    heights = [data.draw(tall) for _ in wanted]
    kept = (
        data.draw(st.integers(0, len(wanted) - 1)) if wanted and data.draw(st.booleans()) else None
    )
    tops = place(wanted, heights, kept)
    placed = [(top, top + heights[i], i) for i, top in enumerate(tops) if top is not None]
    for (_, bottom, _), (top, _, _) in itertools.pairwise(placed):
        assert bottom + GAP_PX <= top
    for top, _, index in placed:
        assert abs(top - wanted[index]) <= FARTHEST_PX
    if kept is not None:
        assert tops[kept] == wanted[kept]


@given(st.integers(120, 4_000), st.integers(100, 900))
def test_the_column_never_leaves_the_window_and_cards_never_cover_it(view: int, width: int) -> None:
    width = min(width, max(view - 2 * LEAST_MARGIN_PX, 60))
    left = left_of_column(view - width)
    assert left >= LEAST_MARGIN_PX
    if view - width >= 2 * LEAST_MARGIN_PX:
        assert left + width <= view - LEAST_MARGIN_PX
    room = cards_beside(view - left - width)
    if room is not None:
        gap, card = room
        assert gap > 0
        assert left + width + gap + card <= view
