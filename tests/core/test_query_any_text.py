"""Any text at all is read, written, said in words and coloured, and never fails."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.core.query import parse, straighten, tag_text
from desktop_app.core.query_tree import Fact, TagValue

from .any_text import PIECES, random_text

TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)


def check(text: str) -> None:
    query = parse(text)
    again = parse(str(query))
    assert again.tree == query.tree
    assert str(again) == str(query)
    assert len(again.problems) == len(query.problems)
    assert again.asides() == query.asides()
    assert query.words() == again.words() != ""
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert text[problem.start : problem.end].strip()
    for part in query.parts():
        assert 0 <= part.start < part.end <= len(text)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("(" * 5000 + "a" + ")" * 5000)
@example("-" * 5000 + "a")
@example("NOT " * 5000 + "a")
@example("(-" * 500 + "a")
@example("(a NEAR/2 " * 500 + "a")
@example("same:passage(" * 500 + "a")
@example("OR,")
@example('title:OR "OR" (OR, x)')
@example("#a)b #() #")
@example('tag:a\\"b tag:"a\\\\" tag:"a\\')
@example("after:9999 before:0001 date:>9999 date:<0001")
def test_any_text_is_a_query_and_is_written_so_that_it_reads_the_same(text: str) -> None:
    check(text)


def check_many(count: int, *, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        check(random_text(chance))


def test_three_thousand_random_texts_are_read_and_written() -> None:
    check_many(3_000, seed=1)


@pytest.mark.long
def test_two_hundred_thousand_random_texts_are_read_and_written() -> None:
    check_many(200_000, seed=2)


@given(
    st.lists(st.text(min_size=1).map(str.strip).filter(bool), min_size=1, max_size=3),
    st.none() | st.text(st.characters(exclude_characters=":\\"), min_size=1).map(str.strip),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_the_query_for_a_tag_reads_back_as_that_tag(
    names: list[str], collection: str | None, exact: bool
) -> None:
    if collection is None and any(":" in name for name in names):
        collection = "some"
    (part,) = parse(tag_text(names, collection=collection, exact=exact)).parts()
    assert isinstance(part, Fact)

    plain = [straighten(name) for name in names]
    assert part.value == TagValue(
        tuple(plain), None if collection is None else straighten(collection), exact
    )
