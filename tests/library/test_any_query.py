"""Any line at all is answered by a library, and never fails."""

from __future__ import annotations

import random

import pytest

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Sort
from desktop_app.library.commands import SetFacts, SetTrashed
from desktop_app.library.family_commands import JoinSpellings
from desktop_app.library.library import Library
from desktop_app.library.search_commands import SaveSearch
from desktop_app.library.tags.commands import CreateTag

from ..core.any_text import random_text
from .conftest import Bring


@pytest.fixture
def shelf(library: Library, bring: Bring) -> Library:
    texts = (
        "The dam at Tabqa was taken by IS. Raqqa and Mosul are bombed.",
        "The dam at Tabqa was taken by IS. Raqqa and Mosul are bombed.",
        "Al-Adnani, the adnani, spoke of the état; don't say it.",
        "Nothing of this is known in Raqqa. A x b, the Islamic State.",
    )
    ids = [outcome.document for outcome in bring(*texts)]
    one, *_, last = (each for each in ids if each is not None)
    library.run(SetFacts((one,), {FactName.SOURCE: "The Guardian", FactName.LANGUAGE: "en"}))
    library.run(SetFacts((one,), {FactName.PUBLISHED: PartialDate(2016, 3)}))
    library.run(CreateTag("siege", documents=(one,)))
    library.run(JoinSpellings(("tabqa", "raqqa")))
    library.run(SetTrashed((last,), True))
    assert library.wait_until_searchable(60)
    return library


def run_many(shelf: Library, count: int, *, seed: int) -> None:
    chance = random.Random(seed)
    everything = set(shelf.search("").ids) | set(shelf.search("is:trash").ids)
    for _ in range(count):
        text = random_text(chance)
        answer = shelf.search(text, sort=chance.choice(list(Sort)))
        assert answer.words, text
        if answer.query.problems:
            assert answer.errors and not answer.ids, text
        assert set(answer.ids) <= everything, text
        assert answer.total == len(answer.ids) == len(set(answer.ids)), text
        if chance.random() < 0.1:
            shelf.hits(answer, answer.ids)
            shelf.facets(answer)
            shelf.suggest(text, chance.randint(0, len(text)))
            if not answer.ids:
                shelf.advice(answer)


def test_three_hundred_random_lines_are_answered(shelf: Library) -> None:
    run_many(shelf, 300, seed=1)


@pytest.mark.long
def test_ten_thousand_random_lines_are_answered(shelf: Library) -> None:
    run_many(shelf, 10_000, seed=2)


def test_half_a_letter_in_a_query_is_kept_as_a_blank(library: Library) -> None:
    library.searches.note("raqqa\ud800siege")
    library.run(SaveSearch("half", "raqqa\udfff siege"))
    assert [each.query for each in library.searches.recent()] == ["raqqa siege"]
    assert [each.query for each in library.searches.all()] == ["raqqa  siege"]
