"""Where a text says a quote."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.highlights import Place
from desktop_app.library.marking_by_quote import places_of

TEXT = (
    "He said: “We believe (all of us) that\neven a small café is better.” It’s well\u2011known that "
    "even a small café pays $5.00."
)


def said(quote: str) -> list[str]:
    return [TEXT[place.start : place.end] for place in places_of(TEXT, quote)]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("even a small café", ["even a small café"] * 2),
        (unicodedata.normalize("NFD", "small café is"), ["small café is"]),
        ('"We believe (all of us) that even', ["“We believe (all of us) that\neven"]),
        ("that  even a\tsmall café is", ["that\neven a small café is"]),
        ("It's well-known", ["It’s well\u2011known"]),
        ("pays $5.00.", ["pays $5.00."]),
        ("pays $5x00", []),
        ("  pays  ", ["pays"]),
        ("(", ["("]),
        ("", []),
        (" \n", []),
        ("Even a small", []),
    ],
)
def test_a_quote_is_found_word_for_word_but_for_blanks_and_quotation_marks(
    quote: str, found: list[str]
) -> None:
    assert said(quote) == found


def test_places_that_overlap_are_all_counted() -> None:
    assert places_of("dadada", "dada") == [Place(0, 4), Place(2, 6)]


@given(st.data())
def test_every_passage_is_found_by_itself(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    quote = TEXT[start:end]
    if quote.strip():
        inside = start + len(quote) - len(quote.lstrip())
        assert Place(inside, inside + len(quote.strip())) in places_of(TEXT, quote)


@given(st.text(max_size=20))
def test_any_quote_can_be_asked_for(quote: str) -> None:
    for place in places_of(TEXT, quote):
        assert 0 <= place.start < place.end <= len(TEXT)
