"""The order by relevance: words as they were typed, and near each other, come first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.model import Sort
from tests.library.oracle_for_tests import Plain
from tests.library.test_oracle import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    opened = Shelf(tmp_path)
    yield opened
    opened.close()


def best(shelf: Shelf, query: str) -> list[int]:
    return list(shelf.ask(query, sort=Sort.RELEVANCE).ids)


FAR = " ".join(f"w{number}" for number in range(12))


def test_words_near_each_other_come_before_words_far_apart_however_often(shelf: Shelf) -> None:
    often = f"states states states {FAR} united united united"
    apart, near, beside = 1, 2, 3
    shelf.put(
        Plain(body=often),
        Plain(body=f"{FAR} {FAR} {FAR} states that are united {FAR} {FAR}"),
        Plain(body=f"{FAR} {FAR} the United States {FAR} {FAR} {FAR}"),
    )
    assert best(shelf, "united states")[-1] == apart
    assert set(best(shelf, "united states")) == {apart, near, beside}
    found = shelf.ask("united states", sort=Sort.RELEVANCE)
    assert list(found.ids) == sorted(found.ids, key=lambda each: -found.scores[each])


def test_alternatives_are_not_asked_to_stand_near_each_other(shelf: Shelf) -> None:
    many, both = 1, 2
    shelf.put(Plain(body="raqqa raqqa raqqa"), Plain(body=f"raqqa mosul {FAR} {FAR} {FAR}"))
    assert set(best(shelf, "raqqa OR mosul")) == {many, both}
    assert best(shelf, "raqqa -mosul") == [many]


def test_a_word_as_it_was_typed_weighs_more_than_another_of_its_forms(shelf: Shelf) -> None:
    other, typed = 1, 2
    shelf.put(Plain(body="the licenses", language="en"), Plain(body="the license", language="en"))
    assert best(shelf, "license") == [typed, other]
    assert best(shelf, "licenses") == [other, typed]
