"""Facets count what narrowing gives, and advice what dropping a part gives, whatever is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.model import ReadState
from desktop_app.core.query_edit import narrowed, without
from desktop_app.library.advice import advice
from desktop_app.library.answer import Answer
from desktop_app.library.facets import facets
from tests.library.oracle_for_tests import TODAY, Passage, Plain
from tests.library.test_oracle import Draw, Shelf

SOURCES = [None, "The Guardian", "Guardian", "The Guardian Weekly", "“ICSR”, London", "…"]

PART = st.sampled_from(
    ["siege", "raqqa", "-siege", '"of war"', "=IS", "b*", "bomb~", "name:siege", "siege NEAR/3 war", "title:state",
     "quote:siege", "note:state", "tag:place", "#isis", "doctag:actors", "hltag:none", "source:guardian", "date:2016",
     "is:unread", "is:duplicate", "is:trash", "-tag:actors", "words:>3", "lang:en", "has:note", "tag:nowhere",
     "same:passage(siege)", "nothing"]
)  # fmt: skip
ASKED = st.builds(
    "{} {}".format,
    st.one_of(
        st.just(""),
        PART,
        st.builds("{} {}".format, PART, PART),
        st.builds("{} OR {}".format, PART, PART),
        st.builds("{} ({} OR {})".format, PART, PART, PART),
    ),
    st.sampled_from(["", "", "", "in:all", "dup:all", "find:passages", "sort:title"]),
)
WITHIN = st.sampled_from(["", "", "", "tag:place", "is:trash", "-siege", "has:highlight"])
RANDOM = st.integers(0, 2**64 - 1).map(Random)  # nothing is gained by making it smaller
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


def rows(answer: Answer) -> int:
    return len(answer.ids if answer.highlights is None else answer.highlights)


def counted(shelf: Shelf, query: str, field: str, within: str = "") -> dict[str, int]:
    for facet in facets(shelf.store, shelf.ask(query, within=within)):
        if facet.field == field:
            return {value.label: value.count for value in facet.values}
    return {}


def compare_facets(random: Random, query: str, within: str) -> None:
    draw = Draw(random)
    documents = [
        replace(draw.document(), source=random.choice(SOURCES)) for _ in range(random.randint(2, 8))
    ]
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder))
        try:
            shelf.put(*documents)
            answer = shelf.ask(query, within=within)
            if answer.errors:
                return
            for facet in facets(shelf.store, answer):
                parts = [value.part for value in facet.values]
                assert len(parts) == len(set(parts))
                for value in facet.values:
                    text = narrowed(query, value.part)
                    narrow = shelf.ask(text, within=within)
                    assert value.count == rows(narrow) > 0, (text, value)
            compare_advice(shelf, answer, within)
        finally:
            shelf.close()


def compare_advice(shelf: Shelf, answer: Answer, within: str) -> None:
    given_ = advice(shelf.store, shelf.index, answer, today=TODAY)
    by_place = {(start, end): count for _, start, end, count in given_.without}
    for part in answer.query.parts():
        if (part.start, part.end) in by_place:
            rest = without(answer.query.source, part)
            if not shelf.ask(rest).query.empty:
                expected = rows(shelf.ask(rest, within=within))
                assert by_place[part.start, part.end] == expected, (answer.query.source, rest)


@given(RANDOM, ASKED, WITHIN)
@settings(SETTINGS, max_examples=8)
def test_every_facet_counts_the_rows_that_narrowing_by_it_gives(
    random: Random, query: str, within: str
) -> None:
    compare_facets(random, query, within)


@pytest.mark.long
@given(RANDOM, ASKED, WITHIN)
@settings(SETTINGS, max_examples=1_000)
def test_every_facet_counts_so_in_many_libraries(random: Random, query: str, within: str) -> None:
    compare_facets(random, query, within)


def test_copies_count_once_in_facets(shelf: Shelf) -> None:
    twice = Plain(body="the siege", source="ICSR")
    shelf.put(twice, twice, replace(twice, source="Guardian"), Plain(body="a siege", source="ICSR"))
    assert counted(shelf, "siege", "source") == {"ICSR": 2, "Guardian": 1}
    assert counted(shelf, "siege dup:all", "source") == {"ICSR": 3, "Guardian": 1}
    assert counted(shelf, "", "source") == {"ICSR": 2, "Guardian": 1}


def test_a_source_counts_others_that_have_its_words(shelf: Shelf) -> None:
    shelf.put(*(Plain(body=name, source=name) for name in ("Guardian", "Guardian Weekly", "Week")))
    assert counted(shelf, "", "source") == {"Guardian": 2, "Guardian Weekly": 1, "Week": 1}


def test_a_tag_counts_with_the_tags_below_it(shelf: Shelf) -> None:
    shelf.put(
        Plain(body="one", tags=frozenset({"Actors/isis"})),
        Plain(body="two siege", passages={1: Passage("siege", tags=frozenset({"Actors"}))}),
        Plain(body="three"),
    )
    assert counted(shelf, "", "tag") == {"Actors": 2, "Actors/isis": 1, "No tag": 1}
    assert counted(shelf, "find:passages", "tag") == {"Actors": 1}


def test_years_stand_in_their_order_and_states_in_theirs(shelf: Shelf) -> None:
    shelf.put(
        Plain(body="a", published="2015", state=ReadState.READ),
        Plain(body="b", published="2016-03", starred=True),
        Plain(body="c", published="2016-03-25"),
        Plain(body="d"),
    )
    assert list(counted(shelf, "", "year").items()) == [("2016", 2), ("2015", 1), ("No date", 1)]
    states = [("Unread", 3), ("Read", 1), ("Starred", 1)]
    assert list(counted(shelf, "", "state").items()) == states


def test_facets_that_are_stopped_leave_out_what_was_not_counted(shelf: Shelf) -> None:
    shelf.put(Plain(body="a"))
    stop = threading.Event()
    stop.set()
    assert facets(shelf.store, shelf.ask(""), stop) == ()


def test_where_nothing_is_found_dropping_each_part_is_counted(shelf: Shelf) -> None:
    shelf.put(Plain(body="the siege of Raqqa", language="en"), Plain(body="Mosul"))
    given_ = advice(shelf.store, shelf.index, shelf.ask("siege mosul is:unread"), today=TODAY)
    assert given_.without == (("“siege”", 0, 5, 1), ("“mosul”", 6, 11, 1), ("unread", 12, 21, 0))


def offered(shelf: Shelf, query: str, within: str = "") -> list[tuple[str, str, int]]:
    """What is offered instead of parts, after asking for each."""
    given_ = advice(shelf.store, shelf.index, shelf.ask(query, within=within), today=TODAY)
    for each in given_.instead:
        assert rows(shelf.ask(each.text, within=within)) == each.count > 0
    return [(each.typed, each.other, each.count) for each in given_.instead]


def test_words_that_nothing_says_name_those_spelled_alike_the_nearest_first(shelf: Shelf) -> None:
    shelf.put(
        Plain(body="Tabqa dam"), Plain(body="Taba, the dam"), Plain(body="the dam of Taba"),
        Plain(body="Tabka, dam"), Plain(body="dam, Tabka"), Plain(body="Tabka: a dam"),
        Plain(body="Tabqua dam", trashed=True),
    )  # fmt: skip
    assert offered(shelf, "dam tabqaa") == [
        ("tabqaa", "tabqa", 1),
        ("tabqaa", "tabka", 3),
        ("tabqaa", "taba", 2),
    ]
    assert offered(shelf, "tabqa mosulx") == []


def test_another_spelling_counts_the_whole_search_and_is_left_out_where_it_finds_nothing(
    shelf: Shelf,
) -> None:
    shelf.put(Plain(body="the siege of Tabqa"), *[Plain(body="a single ship")] * 5)
    assert offered(shelf, "tabqa siegge") == [("siegge", "siege", 1)]
    assert offered(shelf, "tabqa shippe") == []
    assert offered(shelf, "siegge", within="is:read") == []


def test_words_that_are_wrong_together_are_put_right_together(shelf: Shelf) -> None:
    shelf.put(Plain(body="the siege of Tabqa"), Plain(body="a sieve"))
    assert offered(shelf, "tabqaa siegge") == [("tabqaa siegge", "tabqa siege", 1)]


def test_a_word_in_another_of_its_forms_is_not_called_misspelled(shelf: Shelf) -> None:
    shelf.put(Plain(body="licenses", language="en"), Plain(body="licence", language="en"))
    assert offered(shelf, "license is:read") == []
    assert offered(shelf, "license lang:de") == []


def test_a_tag_that_is_not_there_offers_the_closest(shelf: Shelf) -> None:
    shelf.put(Plain(body="one", tags=frozenset({"Actors/isis"})), Plain(body="two"))
    assert offered(shelf, "tag:isiss") == [("tag:isiss", 'tag:"Actors/isis"', 1)]
    assert offered(shelf, "two tag:isiss") == []
    assert offered(shelf, "three -tag:isiss") == []


def test_figures_with_slashes_offer_the_days_they_can_be(shelf: Shelf) -> None:
    shelf.put(Plain(body="a", published="2016-04-03"), Plain(body="b", published="2015"))
    assert offered(shelf, "3/4/2016") == [("3/4/2016", "date:2016-04-03", 1)]


def test_a_query_that_cannot_run_gets_no_advice(shelf: Shelf) -> None:
    shelf.put(Plain(body="a"))
    given_ = advice(shelf.store, shelf.index, shelf.ask("date:2016-13 a"), today=TODAY)
    assert (given_.without, given_.instead) == ((), ())
