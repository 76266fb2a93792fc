from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.core.fold_edges import fold_edges
from desktop_app.core.matches import Matches, Span
from desktop_app.core.matching import Forms, Matcher, matcher_in, matcher_out
from desktop_app.core.passages import Passage, passages
from desktop_app.core.query_tree import Family, Near, Or, Place, Said, Spoken, Word, WordKind
from desktop_app.core.text import Fold
from desktop_app.core.words import placed_words

PLAIN, EXACT, WILD, FUZZY, CASED = WordKind


def said(*words: str | Word, place: Place = Place.ANYWHERE, folded: bool = False) -> Said:
    row = (Word(word, EXACT) if isinstance(word, str) else word for word in words)
    return Said(tuple(row), place, folded)


def wild(text: str) -> Said:
    return said(Word(text, WILD))


def found(text: str, *parts: Spoken | Or, language: str | None = None) -> list[str]:
    return [text[s:e] for s, e in Matcher(parts).spans(text, language=language)]


def marked(text: str, *parts: Spoken | Or) -> list[str]:
    return [text[s:e] for s, e in Matcher(parts).found(text).marks]


def test_a_word_is_found_whatever_its_case_and_accents() -> None:
    text = "RAQQA, raqqa; Ra\u0301qqa\u0301 (raqqas)"
    assert found(text, said("raqqa")) == ["RAQQA", "raqqa", "Ra\u0301qqa\u0301"]


def test_places_are_exact_where_folding_changes_the_length() -> None:
    text = "ﬁnd Straße İstanbul ½ siege™"
    assert found(text, said("strasse"), said("istanbul")) == ["Straße", "İstanbul"]
    assert found(text, said("siegeTM"), said("find")) == ["ﬁnd", "siege™"]


def test_a_row_of_words_looks_past_punctuation_and_the_ends_of_blocks() -> None:
    assert found("The state,\nof -- War. state war", said("state", "of", "war")) == [
        "state,\nof -- War"
    ]


def test_rows_that_share_a_word_are_one_match() -> None:
    assert found("state of war games", said("state", "of", "war"), said("war", "games")) == [
        "state of war games"
    ]
    assert found("no no no yes no", said("no", "no")) == ["no no no"]


def test_jokers_stand_for_letters_of_one_word() -> None:
    assert found("bombs a bomb abomb", wild("bomb*")) == ["bombs", "bomb"]
    assert found("bombs a bomb abomb", wild("*bomb")) == ["bomb", "abomb"]
    assert found("organisation, organization; organiation", wild("organi?ation")) == [
        "organisation",
        "organization",
    ]
    assert found("a ab aba abba bab", wild("a*a"), wild("b??")) == ["aba", "abba", "bab"]
    assert found("al-Qaida and al qa", said("al", Word("qai*", WILD))) == ["al-Qaida"]


def test_many_jokers_in_a_word_of_many_letters_take_no_time() -> None:
    assert found("a" * 50_000 + " b", wild("*a*a*a*a*a*b*"), said("b")) == ["b"]


def test_a_word_as_written_is_found_only_so() -> None:
    text = "IS it? Is IS, is THIS. Qādir qādir Qa\u0304dir"
    assert found(text, said(Word("IS", CASED))) == ["IS", "IS"]
    assert found(text, said(Word("Qādir", CASED))) == ["Qādir", "Qa\u0304dir"]


def test_other_forms_are_found_only_in_documents_of_their_language() -> None:
    word = Word("siege")
    matcher = Matcher((said(word),), {word: {"en": ("sieges",)}})
    text = "sieges siege besieged"
    assert matcher.spans(text, language="en") == [(0, 6), (7, 12)]
    for language in ("de", None):
        assert matcher.spans(text, language=language) == [(7, 12)]


def test_forms_within_edits_are_found_in_every_language() -> None:
    word = Word("tabqa", FUZZY, 1)
    many = tuple(f"tabq{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    text = " ".join(("Tabqah tabqa tabaq", *many))
    few = Matcher((said(word),), {word: {"": ("tabqah",)}})
    assert few.spans(text, language="en") == [(0, 6), (7, 12)]
    all_of_them = Matcher((said(word),), {word: {"": ("tabqah", "absent", *many)}})
    assert len(all_of_them.spans(text)) == 2 + len(many)


def test_a_family_is_found_in_any_of_its_spellings() -> None:
    family = Family(("isis", "islamic state", "daesh"))
    assert found("Daesh: the Islamic-State, ISIS; state", family) == [
        "Daesh",
        "Islamic-State",
        "ISIS",
    ]


def test_words_near_each_other_are_one_match_and_two_marks() -> None:
    near = Near((said("tabqa"), said("dam")), 3)
    text = "tabqa x tabqa, the big dam. dam tabqa"
    assert found(text, near) == ["tabqa, the big dam", "dam tabqa"]
    assert marked(text, near) == ["tabqa", "dam", "dam", "tabqa"]
    behind = Near((said("tabqa"), said("dam")), 3, ordered=True)
    assert found(text, behind) == ["tabqa, the big dam"]
    assert found("tabqa one two dam", Near((said("tabqa"), said("dam")), 2)) == []


def test_what_is_near_each_other_may_be_a_row_a_name_or_alternatives() -> None:
    leaders = Or((said("leaders"), said("the", "emir")))
    near = Near((leaders, Family(("tabqa", "al tabqa"))), 2)
    text = "The emir of al-Tabqa; one of the leaders and some of Tabqa"
    assert found(text, near) == ["The emir of al-Tabqa"]
    assert marked(text, near) == ["The emir", "al-Tabqa"]


def test_words_asked_for_in_one_place_are_not_found_in_another() -> None:
    for place in (Place.TITLE, Place.TEXT, Place.NOTE, Place.QUOTE):
        matcher = Matcher((said("raqqa", place=place),))
        for other in (Place.TITLE, Place.TEXT, Place.NOTE, Place.QUOTE):
            assert matcher.spans("raqqa", place=other) == ([(0, 5)] if place is other else [])
            assert matcher.looks_in(other) is (place is other)
    anywhere = Matcher((said("raqqa"),))
    assert anywhere.spans("raqqa", place=Place.NOTE) == [(0, 5)]
    assert anywhere.spans("raqqa", place=Place.QUOTE) == []


def test_a_match_tells_the_parts_that_it_is_of() -> None:
    text = "dam of tabqa dam"
    parts = said("tabqa"), said("dam"), said("tabqa", "dam"), said("none")
    given_back = Matcher(parts).found(text)
    assert given_back.spans == ((0, 3), (7, 16))
    assert given_back.parts == ((1,), (0, 1, 2))


def test_folded_parts_are_passed_over_unless_they_are_asked_for() -> None:
    text = "The siege.\nShare the siege ½ Straße\nA siege, and the end"
    edges = fold_edges(text, [Fold(11, text.index("\nA siege"), "share bar", "chosen")])
    matcher = Matcher((said("siege"),))
    assert [text[a:b] for a, b in matcher.spans(text, folds=edges)] == ["siege", "siege"]
    assert len(matcher.spans(text)) == 3
    everywhere = Matcher((said("siege", folded=True), said("share")))
    assert everywhere.folded
    assert len(everywhere.spans(text, folds=edges)) == 3
    shown = passages(text, matcher.found(text, folds=edges), folds=edges)
    assert [passage.text for passage in shown] == ["The siege.", "A siege, and the end"]


def test_folded_words_part_a_row_and_count_between_words_that_are_near() -> None:
    text = "one [ two ] three"
    edges = fold_edges(text, [Fold(4, 11, "a", "b")])
    assert Matcher((said("one", "three"),)).spans(text, folds=edges) == []
    assert Matcher((said("one", "two"),)).spans(text, folds=edges) == []
    close = Matcher((Near((said("one"), said("three")), 1),))
    assert close.spans(text, folds=edges) == []
    assert Matcher((Near((said("one"), said("three")), 2),)).spans(text, folds=edges) == [(0, 17)]
    no_word = fold_edges("one [ ] two", [Fold(4, 7, "a", "b")])
    assert Matcher((said("one", "two"),)).spans("one [ ] two", folds=no_word) == [(0, 11)]


def test_the_edges_of_folds_lie_between_words() -> None:
    text = "one two\u0301 three"
    assert fold_edges(text, [Fold(1, 6, "a", "b")]) == ((3, 8),)
    assert fold_edges(text, [Fold(4, 6, "a", "b"), Fold(5, 14, "a", "b")]) == ((4, 14),)


def test_the_best_passages_hold_the_most_parts_of_the_query() -> None:
    filler = "word " * 100
    text = f"raqqa raqqa raqqa {filler} raqqa siege dam {filler} siege {filler}"
    matches = Matcher((said("raqqa"), said("siege"), said("dam"))).found(text)
    (best,) = passages(text, matches, count=1)
    assert [text[s:e] for s, e in best.marks] == ["raqqa", "siege", "dam"]
    assert len(passages(text, matches, count=5)) == 3


def test_the_best_passage_may_stand_behind_thousands_of_others() -> None:
    text = "raqqa and so on " * 20_000 + "siege of raqqa"
    (best,) = passages(text, Matcher((said("raqqa"), said("siege"))).found(text), count=1)
    assert "siege" in best.text


def test_of_words_far_apart_a_passage_shows_one_with_what_is_around_it() -> None:
    text = "tabqa " + "word " * 200 + "dam"
    matches = Matcher((Near((said("tabqa"), said("dam")), 1_000),)).found(text)
    assert matches.spans == ((0, len(text)),)
    first, last = passages(text, matches)
    assert [text[s:e] for s, e in (*first.marks, *last.marks)] == ["tabqa", "dam"]
    assert len(first.text) < 300


# What a text says, in plain code: every run of words by its meaning, every choice tried.

ALPHABET = "ab "
FORMS: Forms = {
    Word("a"): {"en": ("aa",), "de": ("ab",)},
    Word("b", FUZZY, 1): {"": ("bb", "ab")},
}
A_WORD = st.one_of(
    st.text("ab", min_size=1, max_size=2).map(lambda text: Word(text, EXACT)),
    st.text("ab*?", min_size=1, max_size=3).map(lambda text: Word(text, WILD)),
    st.sampled_from([Word("A", CASED), Word("ab", CASED), *FORMS]),
)
ROWS = st.builds(
    lambda words, folded: Said(tuple(words), Place.TEXT, folded),
    st.lists(A_WORD, min_size=1, max_size=3),
    st.booleans(),
)
PARTS = st.recursive(
    ROWS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.builds(
            lambda parts, distance, ordered: Near(tuple(parts), distance, ordered),
            st.lists(inner, min_size=2, max_size=4),
            st.integers(0, 4),
            st.booleans(),
        ),
    ),
    max_leaves=5,
)
TEXTS = st.lists(st.sampled_from(["a", "b", "A", "ab", "aa", "Ab", "ba", "á", "½", ",", "\n", "…"]),
                 max_size=12).map(" ".join)  # fmt: skip


def fits(word: Word, form: str, written: str, language: str) -> bool:
    if word.kind is CASED:
        return unicodedata.normalize("NFC", written) == word.text
    if word.kind is WILD:
        pattern = word.text.replace("*", r"\w*").replace("?", r"\w")
        return re.fullmatch(pattern, form) is not None
    others: Mapping[str, tuple[str, ...]] = FORMS.get(word, {})
    return form in (word.text, *others.get("", ()), *others.get(language, ()))


def runs(part: Spoken | Or, text: str, language: str, folds: tuple[Span, ...]) -> set[Span]:
    words = list(placed_words(text))
    match part:
        case Said(row, _, folded):
            return {
                (at, at + len(row) - 1)
                for at in range(len(words) - len(row) + 1)
                if all(
                    fits(word, there.form, text[there.start : there.end], language)
                    and (folded or not any(a <= there.start < b for a, b in folds))
                    for word, there in zip(row, words[at:], strict=False)
                )
            }
        case Or(parts):
            return {run for each in parts for run in runs(each, text, language, folds)}  # type: ignore[arg-type]
        case Near(parts, distance, ordered):
            made: set[Span] = set()
            each = [runs(one, text, language, folds) for one in parts]
            for choice in itertools.product(*each):
                one_by_one = sorted(choice)
                apart = all(a[1] < b[0] for a, b in itertools.pairwise(one_by_one))
                close = one_by_one[-1][0] - one_by_one[0][1] <= max(distance, len(parts) - 1)
                if apart and close and (not ordered or list(choice) == one_by_one):
                    made.add((one_by_one[0][0], one_by_one[-1][1]))
            return {
                one
                for one in made
                if not any(one != o and one[0] <= o[0] and o[1] <= one[1] for o in made)
            }
    raise AssertionError(part)


@given(st.lists(PARTS, min_size=1, max_size=3), TEXTS, st.sampled_from(["en", "de", ""]), st.data())
def test_matches_are_what_plain_code_says(
    parts: list[Spoken | Or], text: str, language: str, data: st.DataObject
) -> None:
    edges = st.lists(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted)
    drawn = data.draw(st.lists(edges, max_size=2))
    folds = fold_edges(text, [Fold(start, end, "a", "b") for start, end in drawn])
    words = list(placed_words(text))
    wanted = [
        {(words[first].start, words[last].end) for first, last in runs(part, text, language, folds)}
        for part in parts
    ]
    letters: list[Span] = []
    for start, end in sorted(set().union(*wanted)):
        if letters and start < letters[-1][1]:
            letters[-1] = letters[-1][0], max(end, letters[-1][1])
        else:
            letters.append((start, end))
    matcher = matcher_in(json.loads(json.dumps(matcher_out(Matcher(tuple(parts), FORMS)))))
    given_back = matcher.found(text, language=language, folds=folds)
    assert list(given_back.spans) == letters
    for span, numbers in zip(given_back.spans, given_back.parts, strict=True):
        assert numbers == tuple(
            number
            for number, of in enumerate(wanted)
            if any(span[0] <= start < span[1] for start, _ in of)
        )
    for start, end in given_back.marks:
        assert any(a <= start < end <= b for a, b in given_back.spans)
    assert all(any(a <= s < b for s, _ in given_back.marks) for a, b in given_back.spans)


@given(st.text("ab \n.", max_size=400), st.integers(1, 5), st.integers(1, 60))
@example("a " * 200, 2, 30)
def test_passages_are_pieces_of_the_text_with_their_marks_inside(
    text: str, count: int, length: int
) -> None:
    near = Near((said("b"), said("ab")), 30)
    matches = Matcher((said("a"), said("ab"), said("b", "a"), near)).found(text)
    shown = passages(text, matches, count=count, length=length)
    assert len(shown) <= count
    assert bool(shown) == bool(matches.spans)
    last = 0
    for passage in shown:
        assert isinstance(passage, Passage)
        assert text[passage.start : passage.end] == passage.text
        assert passage.marks
        assert set(passage.marks) <= set(matches.marks)
        assert all(passage.start <= s < e <= passage.end for s, e in passage.marks)
        assert passage.start >= last
        last = passage.start


@given(st.text())
def test_every_word_of_a_text_is_found_where_it_stands(text: str) -> None:
    for word in list(placed_words(text))[:20]:
        spans = Matcher((said(word.form),)).spans(text)
        assert any(start <= word.start and word.end <= end for start, end in spans)


@pytest.mark.parametrize("text", ["", " ", "½", "no"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    assert Matcher((said("siege"), Near((said("no"), said("siege")), 3))).found(text) == Matches()
    assert Matcher().empty
