"""Dates as a person types them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.dates import PartialDate
from desktop_app.core.typed_dates import in_words, typed_date


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2016", PartialDate(2016)),
        ("2016-03", PartialDate(2016, 3)),
        (" 2016-3-5 ", PartialDate(2016, 3, 5)),
        ("2016-03-25", PartialDate(2016, 3, 25)),
        ("25 March 2016", PartialDate(2016, 3, 25)),
        ("25th  march, 2016", PartialDate(2016, 3, 25)),
        ("1st Sept 2016", PartialDate(2016, 9, 1)),
        ("Mar 25, 2016", PartialDate(2016, 3, 25)),
        ("March 2016", PartialDate(2016, 3)),
        ("mar. 2016", PartialDate(2016, 3)),
        ("2016 March 25", PartialDate(2016, 3, 25)),
        ("29 February 2016", PartialDate(2016, 2, 29)),
    ],
)
def test_the_ways_of_writing_a_date(typed: str, date: PartialDate) -> None:
    assert typed_date(typed) == date


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3/4/2016", "3 April 2016 or 4 March 2016"),
        ("25/3/2016", "25 March 2016."),
        ("25.3.2016", "25 March 2016."),
        ("2016/3/4", "4 March 2016"),
        ("99/99/99", "is not a date"),
        ("soon", "is not a date"),
        ("", "is not a date"),
        ("30 February 2016", "February 2016 has 29 days"),
        ("2016-13", "no month 13"),
        ("2016-00", "no date"),
        ("0000", "no date"),
        ("25 Germinal 2016", "is no month"),
        ("2016-03-32", "March 2016 has 31 days"),
    ],
)
def test_what_is_no_date_is_answered_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        typed_date(typed)


@given(st.dates(), st.integers(1, 3))
def test_a_date_in_words_is_read_back(day, parts: int) -> None:
    date = PartialDate(*(day.year, day.month, day.day)[:parts])
    assert typed_date(in_words(date)) == date


@given(st.text())
def test_anything_typed_is_a_date_or_a_sentence(typed: str) -> None:
    try:
        typed_date(typed)
    except ValueError as error:
        assert str(error).endswith(".")
