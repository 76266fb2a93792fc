"""Which words of two wordings differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.word_changes import word_changes


def said(text: str, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in ranges]


def test_changed_words_are_told_on_both_sides() -> None:
    before = "The dry dock stayed closed through the winter."
    after = "The old dock had stayed closed through that winter!"
    changes = word_changes(before, after)
    assert said(before, changes.gone) == ["dry", "the", "."]
    assert said(after, changes.come) == ["old", "had", "that", "!"]
    assert changes.any
    assert changes.places == 4


def test_blanks_count_for_nothing() -> None:
    assert not word_changes("the dry\ndock", "the  dry dock").any


def test_an_empty_wording_has_lost_everything() -> None:
    changes = word_changes("the dry dock", "")
    assert changes.gone == ((0, 12),)
    assert changes.come == ()


def test_long_wordings_that_differ_wholly_are_told_as_a_whole() -> None:
    before, after = "a " * 3_000 + "end", "b " * 3_000 + "end"
    changes = word_changes(before, after)
    assert changes.gone == ((0, 5_999),)
    assert changes.come == ((0, 5_999),)


@given(st.text("ab c.\n", max_size=60), st.text("ab c.\n", max_size=60))
def test_without_what_differs_both_have_the_same_words(before: str, after: str) -> None:
    changes = word_changes(before, after)

    def rest(text: str, ranges: tuple[tuple[int, int], ...]) -> list[str]:
        for start, end in reversed(ranges):
            text = f"{text[:start]} {text[end:]}"
        return text.replace(".", " . ").split()

    assert rest(before, changes.gone) == rest(after, changes.come)
