from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.matching import Matcher, Passage, Sought, fold_edges, passages
from desktop_app.core.query_tree import Place
from desktop_app.core.text import Fold
from desktop_app.core.words import fold, fold_with_places, placed_words, words


def marked(text: str, *sought: Sought, language: str | None = None) -> list[str]:
    return [text[s:e] for s, e in Matcher(sought).spans(text, language=language)]


def test_a_word_is_marked_whatever_its_case_and_accents() -> None:
    text = "RAQQA, raqqa; Ra\u0301qqa\u0301 (raqqas)"
    assert marked(text, Sought(("raqqa",))) == ["RAQQA", "raqqa", "Ra\u0301qqa\u0301"]


def test_marks_are_exact_where_folding_changes_the_length() -> None:
    text = "ﬁnd Straße İstanbul ½ siege"
    assert marked(text, Sought(("strasse",)), Sought(("istanbul",))) == ["Straße", "İstanbul"]
    assert marked(text, Sought(("siege",)), Sought(("find",))) == ["ﬁnd", "siege"]


def test_a_phrase_looks_past_punctuation_and_the_ends_of_blocks() -> None:
    assert marked("The state,\nof -- War. state war", Sought(("state", "of", "war"))) == [
        "state,\nof -- War"
    ]


def test_a_beginning_marks_the_whole_word() -> None:
    assert marked("bombs a bomb abomb", Sought(("bomb",), prefix=True)) == ["bombs", "bomb"]
    assert marked("al-Qaida and al qa", Sought(("al", "qai"), prefix=True)) == ["al-Qaida"]


def test_other_forms_are_marked_only_in_documents_of_their_language() -> None:
    siege = Sought(("siege",), by_language={"en": ("sieges",)})
    assert marked("sieges siege", siege, language="en") == ["sieges", "siege"]
    assert marked("sieges siege", siege, language="de") == ["siege"]
    assert marked("sieges siege", siege) == ["siege"]


def test_words_asked_for_in_the_title_are_not_marked_in_the_body() -> None:
    matcher = Matcher((Sought(("raqqa",), place=Place.TITLE),))
    assert matcher.spans("raqqa") == []
    assert matcher.spans("raqqa", place=Place.TITLE) == [(0, 5)]


def test_overlapping_matches_are_one_mark() -> None:
    assert marked(
        "state of war games", Sought(("state", "of", "war")), Sought(("war", "games"))
    ) == ["state of war games"]


def test_the_passages_hold_the_most_of_what_was_asked() -> None:
    filler = "word " * 100
    text = f"raqqa {filler} raqqa siege dam {filler} siege {filler}"
    spans = Matcher((Sought(("raqqa",)), Sought(("siege",)), Sought(("dam",)))).spans(text)
    (best,) = passages(text, spans, count=1)
    assert [text[s:e] for s, e in best.marks] == ["raqqa", "siege", "dam"]
    assert len(passages(text, spans, count=5)) == 3


@given(st.text("ab \n.", max_size=400), st.integers(1, 5), st.integers(1, 60))
def test_passages_are_pieces_of_the_text_with_their_marks_inside(
    text: str, count: int, length: int
) -> None:
    spans = Matcher((Sought(("a",)), Sought(("ab",)), Sought(("b", "a")))).spans(text)
    found = passages(text, spans, count=count, length=length)
    assert len(found) <= count
    assert bool(found) == bool(spans)
    last = 0
    for passage in found:
        assert isinstance(passage, Passage)
        assert text[passage.start : passage.end] == passage.text
        assert passage.marks
        assert set(passage.marks) <= set(spans)
        assert all(passage.start <= s < e <= passage.end for s, e in passage.marks)
        assert passage.start >= last
        last = passage.start


@given(st.text())
def test_folding_by_letters_is_folding_the_text(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    assert fold(text) == "".join(c for c in decomposed if not unicodedata.combining(c))
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert places is None or len(places) == len(folded)
    assert [word.form for word in placed_words(text)] == words(text)


@given(st.text())
def test_every_word_of_a_text_is_marked_where_it_stands(text: str) -> None:
    for word in list(placed_words(text))[:20]:
        assert (word.start, word.end) in Matcher((Sought((word.form,)),)).spans(text)


def test_folded_parts_are_passed_over_unless_they_are_asked_for() -> None:
    text = "The siege.\nShare the siege ½ Straße\nA siege, and the end"
    edges = fold_edges(text, [Fold(11, text.index("\nA siege"), "share bar", "chosen")])
    matcher = Matcher((Sought(("siege",)),))
    assert [text[a:b] for a, b in matcher.spans(text, folds=edges)] == ["siege", "siege"]
    assert len(matcher.spans(text)) == 3
    everywhere = Matcher((Sought(("siege",), folded=True), Sought(("share",))))
    assert everywhere.folded
    assert len(everywhere.spans(text, folds=edges)) == 3
    shown = passages(text, matcher.spans(text, folds=edges), folds=edges)
    assert [passage.text for passage in shown] == ["The siege.", "A siege, and the end"]


def test_the_edges_of_folds_lie_between_words() -> None:
    text = "one two\u0301 three"
    assert fold_edges(text, [Fold(1, 6, "a", "b")]) == ((3, 8),)
    assert fold_edges(text, [Fold(4, 6, "a", "b"), Fold(5, 14, "a", "b")]) == ((4, 14),)
