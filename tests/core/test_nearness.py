from __future__ import annotations

import random
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.nearness import Run, near


def by_hand(parts: list[list[Run]], distance: int, *, ordered: bool) -> list[Run]:
    """What near means, choice by choice."""
    made: set[Run] = set()
    for choice in product(*parts):
        row = list(choice) if ordered else sorted(choice)
        if any(b[0] <= a[1] for a, b in pairwise(row)):
            continue
        if row[-1][0] - row[0][1] <= max(distance, len(parts) - 1):
            made.add((row[0][0], row[-1][1]))
    return sorted(
        run for run in made if not any(run != o and run[0] <= o[0] and o[1] <= run[1] for o in made)
    )


def runs(longest: int) -> st.SearchStrategy[list[Run]]:
    one = st.tuples(st.integers(0, 14), st.integers(0, longest)).map(lambda r: (r[0], r[0] + r[1]))
    return st.lists(one, max_size=5, unique=True).map(sorted)


def parts(longest: int) -> st.SearchStrategy[list[list[Run]]]:
    drawn = st.lists(runs(longest), min_size=2, max_size=4)
    again = st.tuples(drawn, st.integers(0, 3)).map(lambda d: [*d[0], d[0][d[1] % len(d[0])]])
    return drawn | again


@given(parts(0) | parts(3), st.integers(0, 12), st.booleans())
@settings(max_examples=1_000, deadline=None)
def test_runs_near_each_other_are_those_that_trying_every_choice_finds(
    parts: list[list[Run]], distance: int, ordered: bool
) -> None:
    assert near(parts, distance, ordered=ordered) == by_hand(parts, distance, ordered=ordered)


@pytest.mark.long
def test_many_more_of_them() -> None:
    chance = random.Random(5)
    for _ in range(100_000):
        longest = chance.choice([0, 0, 1, 4])
        drawn = [
            sorted(
                {
                    (first, first + chance.randint(0, longest))
                    for first in chance.choices(range(12), k=chance.randint(1, 6))
                }
            )
            for _ in range(chance.randint(2, 4))
        ]
        distance, ordered = chance.randint(0, 10), chance.random() < 0.4
        found = near(drawn, distance, ordered=ordered)
        assert found == by_hand(drawn, distance, ordered=ordered), (drawn, distance, ordered)


def test_a_word_that_is_asked_for_twice_must_stand_there_twice() -> None:
    assert near([[(3, 3)], [(3, 3)]], 8) == []
    assert near([[(3, 3), (9, 9)], [(3, 3), (9, 9)]], 8) == [(3, 9)]


def test_twenty_words_of_one_beginning_are_found_in_a_moment() -> None:
    everywhere = [(place, place) for place in range(200)]
    parts = [everywhere[number:] for number in range(20)]
    assert near(parts, 200)[0] == (0, 19)
