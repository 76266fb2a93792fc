from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from desktop_app.search.vocabulary import Vocabulary, sound

WORDS = ["dam", "dams", "damming", "madam", "organisation", "organization", "raqqa", "war", "غزة"]


def vocabulary(*words: str) -> Vocabulary:
    made = Vocabulary()
    made.add(words)
    return made


letters = st.text("abd", max_size=6)


@given(st.sets(letters), st.text("ab*?", min_size=1, max_size=5))
def test_jokers_stand_for_what_an_expression_stands_for(words: set[str], pattern: str) -> None:
    expression = re.compile(pattern.replace("*", ".*").replace("?", "."))
    there = sorted(word for word in words if expression.fullmatch(word))
    assert list(vocabulary(*words).like(pattern)) == there


def test_a_word_of_any_length_is_compared_in_a_moment() -> None:
    long = "ab" * 200_000
    words = vocabulary(long, long + "c")
    assert list(words.like("*a*b*a*b*a*b*a*d?c")) == []
    assert list(words.like("a*b*a*bc")) == [long + "c"]


@given(st.sets(letters), letters, st.integers(1, 2))
def test_near_words_are_those_within_so_many_edits(words: set[str], word: str, edits: int) -> None:
    there = {each for each in words if OSA.distance(word, each) <= edits}
    found = vocabulary(*words).within(word, edits)
    assert set(found) == there and len(found) == len(there)
    distances = [OSA.distance(word, each) for each in found]
    assert distances == sorted(distances)


def test_two_letters_that_change_places_are_one_edit() -> None:
    assert vocabulary(*WORDS).within("raqaq", 1) == ["raqqa"]


def test_words_that_come_later_are_found_among_the_others() -> None:
    words = vocabulary(*WORDS)
    assert words.beginning_with("da") == ["dam", "damming", "dams"]
    words.add(["dark", "aardvark"])
    assert words.beginning_with("da") == ["dam", "damming", "dams", "dark"]
    assert words.beginning_with("غ") == ["غزة"]


def test_spellings_of_one_name_sound_alike() -> None:
    for one, other in (
        ("raqqa", "rakkah"),
        ("tabqa", "tabaqah"),
        ("gaddafi", "khadafy"),
        ("muhammad", "mohamed"),
        ("daesh", "daish"),
    ):
        assert sound(one) == sound(other)
        assert other in [word for word, _ in vocabulary(other, *WORDS).near(one, 5)]
    assert sound("mosul") != sound("aleppo")


def test_each_word_is_heard_once_however_many_come(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def sounding(word: str) -> str:
        heard.append(word)
        return sound(word)

    monkeypatch.setattr("desktop_app.search.vocabulary.sound", sounding)
    words = vocabulary("raqqa", "dam", "rakkah")
    assert [each for each, _ in words.near("raqqa", 5)] == ["rakkah"]
    words.add(["raka", "quay"])
    heard.clear()
    assert {each for each, _ in words.near("raqqa", 5)} == {"rakkah", "raka"}
    assert [each for each, _ in words.near("key", 5)] == []
    assert sorted(heard) == ["key", "raka", "raqqa"]
