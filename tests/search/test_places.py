"""What is said in which of a document's texts, and what is not said in any."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop_app.core.query import parse
from desktop_app.core.query_tree import Near, Or, Place, Said, Word, WordKind
from desktop_app.search.manifest import read_key
from desktop_app.search.mirror import Entry, Mirror

Part = Said | Near | Or


@pytest.fixture
def mirror(tmp_path: Path) -> Iterable[Mirror]:
    key = read_key(tmp_path / "cache")
    made = Mirror.create(tmp_path / "index", key, library="uuid", generation="first")
    yield made
    made.close()


def put(mirror: Mirror, *entries: Entry) -> None:
    mirror.update(entries, [], queue_id=mirror.manifest.queue_id + 1)


def found(mirror: Mirror, part: Part) -> list[int]:
    return list(mirror.ask([part]).found[0].ids)


def said(query: str) -> Part:
    (part,) = parse(query).parts()
    assert isinstance(part, Said | Near)
    return part


def exact(*forms: str, place: Place = Place.ANYWHERE, folded: bool = False) -> Said:
    return Said(tuple(Word(form, WordKind.EXACT) for form in forms), place, folded)


def test_notes_are_found_as_notes_and_anywhere_and_quotes_only_as_quotes(mirror: Mirror) -> None:
    put(
        mirror,
        Entry(1, "title", "text", notes=("the dam at Tabqa",), quotes=("siege",)),
        Entry(2, "dam", "siege"),
        Entry(3, "title", "the dam"),
    )
    assert found(mirror, said("dam")) == [1, 2, 3]
    assert found(mirror, said("note:dam")) == [1]
    assert found(mirror, said('note:"dam at tabqa"')) == [1]
    assert found(mirror, said("text:dam")) == [3]
    assert found(mirror, said("siege")) == [2]
    assert found(mirror, said("quote:siege")) == [1]


def test_nothing_is_said_from_one_note_into_the_next(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", "", notes=("near tabqa", "dam of it"), quotes=("one two", "three")))
    for place in (Place.NOTE, Place.ANYWHERE):
        assert found(mirror, exact("near", "tabqa", place=place)) == [1]
        assert found(mirror, exact("tabqa", "dam", place=place)) == []
        parts = exact("tabqa", place=place), exact("dam", place=place)
        assert found(mirror, Near(parts, 1_000)) == []
    quotes = exact("two", place=Place.QUOTE), exact("three", place=Place.QUOTE)
    assert found(mirror, Near(quotes, 1_000_000)) == []


def test_nearness_looks_past_folded_parts_and_into_them_only_when_asked(mirror: Mirror) -> None:
    text = "tabqa (share this page) dam"
    put(mirror, Entry(1, "", text, folds=((6, 23),)))
    assert found(mirror, Near((exact("tabqa"), exact("dam")), 4)) == [1]
    assert found(mirror, Near((exact("tabqa"), exact("dam")), 3)) == []
    assert found(mirror, Near((exact("tabqa"), exact("page")), 8)) == []
    inside = exact("tabqa", folded=True), exact("page", folded=True)
    assert found(mirror, Near(inside, 8, ordered=True)) == [1]
    assert found(mirror, Near(tuple(reversed(inside)), 8, ordered=True)) == []


def test_a_word_with_its_case_gives_candidates_only(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", "IS was there"), Entry(2, "", "it is so"), Entry(3, "", "was"))
    (answer,) = mirror.ask([Said((Word("IS", WordKind.CASED),))]).found
    assert (list(answer.ids), answer.sure) == ([1, 2], False)
    near = Near((Said((Word("IS", WordKind.CASED),)), exact("was")), 3)
    (answer,) = mirror.ask([near]).found
    assert (list(answer.ids), answer.sure) == ([1], False)


def test_words_that_are_nearly_so_are_told(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", "Adnani"), Entry(2, "", "Adnany, adnan"), Entry(3, "", "anadni"))
    word = Word("adnani", WordKind.FUZZY, 1)
    answers = mirror.ask([Said((word,))])
    assert list(answers.found[0].ids) == [1, 2]
    assert {language: set(forms) for language, forms in answers.forms[word].items()} == {
        "": {"adnany", "adnan"}
    }
    twice = Word("adnani", WordKind.FUZZY, 2)
    assert found(mirror, Said((twice,))) == [1, 2, 3]


def test_more_letters_are_asked_for_where_a_word_stands_for_too_many(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", " ".join(f"{n:04}ab" for n in range(2_001))))
    words = (
        Word("*ab", WordKind.WILD),
        Word("0000ab", WordKind.FUZZY, 2),
        Word("1?0*", WordKind.WILD),
    )
    answers = mirror.ask([Said((word,)) for word in words])
    assert answers.too_many == {words[0]}
    assert [len(each.ids) for each in answers.found] == [0, 1, 1]
    near = Near((exact("0001ab"), Said((words[0],))), 3)
    assert mirror.ask([near]).too_many == {words[0]}


def test_a_name_is_found_in_any_of_its_spellings_and_near_other_words(mirror: Mirror) -> None:
    put(mirror, Entry(1, "", "Deir ez-Zor fell"), Entry(2, "", "Dayr az Zawr, the dam"))
    name = Or((exact("deir", "ez", "zor"), exact("dayr", "az", "zawr")))
    assert found(mirror, name) == [1, 2]
    assert found(mirror, Near((name, exact("dam")), 2)) == [2]
    assert found(mirror, Near((name, exact("fell")), 0, ordered=True)) == [1]
