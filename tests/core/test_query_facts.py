from __future__ import annotations

import pytest

from desktop_app.core.query import parse
from desktop_app.core.query_tree import (
    Amount,
    And,
    Choice,
    Fact,
    FactField,
    Impossible,
    Name,
    Place,
    Said,
    Same,
    Special,
    TagValue,
    Word,
)


def the_fact(text: str) -> Fact:
    query = parse(text)
    assert not query.problems
    (part,) = query.parts()
    assert isinstance(part, Fact)
    return part


def the_problem(text: str) -> str:
    query = parse(text)
    assert isinstance(query.parts()[-1], Impossible)
    (problem,) = query.problems
    assert text[problem.start : problem.end] == text.rsplit(maxsplit=1)[-1]
    return problem.message


def test_tags_are_read_with_collection_children_and_none() -> None:
    def tag(text: str) -> object:
        (part,) = parse(text).parts()
        assert isinstance(part, Fact)
        return part.value

    assert tag("tag:actors/isis") == TagValue(("actors", "isis"))
    assert tag("#isis") == TagValue(("isis",))
    assert tag("tag:=actors") == TagValue(("actors",), exact=True)
    assert tag("tag:none") == Special.NONE
    assert tag('tag:"none"') == TagValue(("none",))
    assert tag('tag:"thesis ch3"::siege') == TagValue(("siege",), "thesis ch3")
    assert tag('tag:"state of war"') == TagValue(("state of war",))
    assert tag(r"tag:and\/or") == TagValue(("and/or",))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2016", "2016-01-01", "2016-12-31"),
        ("date:2016-02", "2016-02-01", "2016-02-29"),
        ("date:2015-11..2016-03", "2015-11-01", "2016-03-31"),
        ("date:2015..", "2015-01-01", "None"),
        ("date:..2015-02", "None", "2015-02-28"),
        ("date:>=2016-03", "2016-03-01", "None"),
        ("date:>2016-03", "2016-04-01", "None"),
        ("date:<=2016", "None", "2016-12-31"),
        ("date:<2016", "None", "2015-12-31"),
        ("after:2016-03-25", "2016-03-26", "None"),
        ("before:2016-03", "None", "2016-02-29"),
    ],
)
def test_dates_are_read_as_ranges_of_days(text: str, first: str, last: str) -> None:
    (part,) = parse(text).parts()
    assert isinstance(part, Fact)
    assert (str(part.value.first), str(part.value.last)) == (first, last)  # type: ignore[union-attr]


def test_slash_dates_ask_which_day_is_meant() -> None:
    message = the_problem("raqqa date:03/04/2016")
    assert "4 March 2016 or 3 April 2016" in message
    assert "date:2016-03-04 or date:2016-04-03" in message
    assert "date:2016-03-25" in the_problem("date:25/03/2016")
    assert " or " not in the_problem("date:25/03/2016")


@pytest.mark.parametrize(
    "text",
    ["date:2016-13", "date:soon", "is:red", "has:wings", "lang:klingonese", "type:spoon", "date:2017..2016",
     "added:soon", "after:none", "words:many", "words:..", "words:9..3", "highlights:>", "doctag:/", "source:*dian", "author:!!", "tag:/", "date:..", "date:2016-02-30", "before:25.12.2016"],
)  # fmt: skip
def test_an_impossible_value_is_an_error_with_an_example(text: str) -> None:
    message = the_problem(f"raqqa {text}")
    field = text.split(":", maxsplit=1)[0]
    assert f"{field}:" in message.split("” ")[-1] or "date:2016" in message
    assert parse(f"raqqa {text}").words().endswith(text)


def test_states_languages_and_types_have_short_names() -> None:
    values = [part.value for part in parse("is:Unread lang:english lang:en-GB type:htm").parts()]  # type: ignore[union-attr]
    assert values == [Choice("unread"), Choice("en"), Choice("en"), Choice("html")]
    assert [part.name for part in parse("is:read has:date").parts()] == [
        FactField.IS,
        FactField.HAS,
    ]  # type: ignore[union-attr]


def test_what_is_marked_is_asked_for_and_said_in_words() -> None:
    asked = parse("has:highlight has:note -is:lost")
    assert asked.problems == ()
    assert asked.words() == "with a highlight and with a note, without a lost highlight"
    assert parse("is:lost OR has:Note").words() == "with a lost highlight or with a note"
    (problem,) = parse("has:marks").problems
    assert "has:highlight" in problem.message and "has:note" in problem.message


def test_tags_of_documents_and_of_highlights_are_told_apart() -> None:
    assert the_fact("doctag:place/Syria") == Fact(FactField.DOCTAG, TagValue(("place", "Syria")))
    assert the_fact("hltag:=siege") == Fact(FactField.HLTAG, TagValue(("siege",), exact=True))
    assert the_fact("hltag:none").value is Special.NONE
    assert parse("doctag:a hltag:b").words() == (
        "itself tagged “a” and with a highlight tagged “b”"
    )
    assert parse("-hltag:b -doctag:none").words() == (
        "everything without a highlight tagged “b” and not without a tag of its own"
    )


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("words:>800", 801, None),
        ("words:>=800", 800, None),
        ("words:<800", None, 799),
        ("words:<=800", None, 800),
        ("words:800", 800, 800),
        ("words:=800", 800, 800),
        ("words:500..800", 500, 800),
        ("words:500..", 500, None),
        ("words:..1,200", None, 1200),
        ("highlights:>=3", 3, None),
    ],
)
def test_numbers_are_read_as_ranges(text: str, least: int | None, most: int | None) -> None:
    assert the_fact(text).value == Amount(least, most)


def test_numbers_are_said_in_words() -> None:
    assert parse("words:>800").words() == "with at least 801 words"
    assert parse("words:1").words() == "with 1 word"
    assert parse("highlights:2..3").words() == "with 2 to 3 highlights"
    assert parse("raqqa -words:<500").words() == "“raqqa”, without at most 499 words"


def test_files_are_found_by_words_of_their_names() -> None:
    assert the_fact("file:report-2016.pdf").value == Name(("report", "2016", "pdf"))
    assert the_fact("file:rep*").value == Name(("rep",), prefix=True)
    assert the_fact("file:none").value == Name(("none",))
    assert parse("file:report").words() == "from a file named “report”"


def test_months_may_be_written_out() -> None:
    assert the_fact('date:"25 March 2016"') == the_fact("date:2016-03-25")
    assert the_fact('date:"March 2016"') == the_fact("date:2016-03") == the_fact("date:2016-3")


def test_a_day_that_no_calendar_has_is_refused_with_the_reason() -> None:
    assert "since there is no month 13: write date:2016" in the_problem("date:2016-13")
    assert "since February 2016 has 29 days: write date:2016" in the_problem("date:2016-02-30")


def test_copies_are_asked_for_by_their_state() -> None:
    assert the_fact("is:duplicate").value == Choice("duplicate")
    assert parse("-is:duplicate").words() == (
        "everything without the same text as another document"
    )


def test_all_of_it_on_one_highlight() -> None:
    (same,) = parse("raqqa same:passage(tag:siege note:check)").parts()[1:]
    assert isinstance(same, Same)
    tag = Fact(FactField.TAG, TagValue(("siege",)))
    assert same.part == And((tag, Said((Word("check"),), Place.NOTE)))
    assert str(same) == "same:passage(tag:siege note:check)"
    assert parse(str(same)).tree == same
    assert parse("same:passage(tag:a OR tag:b)").words() == (
        "on one highlight (tagged “a” or tagged “b”)"
    )


def test_same_passage_waits_for_its_bracket_and_stands_in_no_other() -> None:
    for text in ("same:", "same:pass", "same:passage", "same:passage(", "same:passage()"):
        query = parse(text)
        assert query.empty and not query.problems
        assert "same:passage(tag:siege note:check)" in query.notes[0]
    for text in ("same:document", "same:passage(same:passage(a))"):
        (problem,) = parse(text).problems
        assert "same:passage(tag:siege note:check)" in problem.message
    assert parse("same: as before").tree == parse("same as before").tree


def test_an_impossible_value_on_one_highlight_keeps_the_query_from_running() -> None:
    (problem,) = parse("same:passage(date:soon)").problems
    assert "date:soon" in problem.message
