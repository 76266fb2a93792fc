import pytest

from desktop_app.formats.facts.written_dates import first_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21st November 2016 ICSR Team", "2016-11-21"),
        ("Mar 25, 2016", "2016-03-25"),
        ("March 25th 2016", "2016-03-25"),
        ("25. März 2016", "2016-03-25"),
        ("25 mars 2016", "2016-03-25"),
        ("le 1er août 2014", "2014-08-01"),
        ("the 2nd of May, 1997", "1997-05-02"),
        ("Fri, 07-Sept-2012 10:00", "2012-09-07"),
        ("Published 2016-03-25T10:00:00Z", "2016-03-25"),
        ("2016 March 25", "2016-03-25"),
        ("March 2016", "2016-03"),
        ("Dec. 3, 2015", "2015-12-03"),
        ("updated 3 May 2016, first 1 May 2016", "2016-05-03"),
    ],
)
def test_dates_in_words_are_read(text, expected):
    assert str(first_date(text).date) == expected


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2016",
        "3.4.2016",
        "31 February 2016",
        "in 2016",
        "Marching 25, 2016",
        "12 2016",
        "2016-13-01",
        "IS-2016-03-25-77",
        "",
    ],
)
def test_what_could_mean_two_days_or_none_is_not_guessed(text):
    assert first_date(text) is None


def test_the_place_of_a_date_is_a_place_in_the_text_as_given():
    text = "é Am 3. März 2016 geschah es"
    found = first_date(text)
    assert text[found.start : found.end] == "3. März 2016"
