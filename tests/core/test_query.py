from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.core.query import Query, parse, straighten, tag_text
from desktop_app.core.query_tree import (
    And,
    Choice,
    Everything,
    Fact,
    FactField,
    Impossible,
    Not,
    Or,
    Place,
    Said,
    Special,
    TagValue,
)

PIECES = st.sampled_from(
    [
        "raqqa", "Mosul", "état", "al-Adnani", "don't", "OR", "or", "AND", "NOT", "|", "-", "--",
        "(", ")", '"', "“", "”", "’", "–", "*", "bomb*", "title:", "text:", "tag:", "tag:=", "#", "#isis",
        "tag:none", 'tag:"thesis ch3"::siege', "author:", "source:the", "date:2016", "date:2016-13",
        "date:03/04/2016", "after:9999", "before:0001", "is:unread", "is:red", "lang:en", "type:html",
        "foo:bar", "https://example.org/a_(b)?c=d", " ", "  ", "\n", "\\", '\\"', "::", "/", "℡", "𝐎𝐑",
        "İ", "ß", "=", "~", "NEAR/8", "~8", "\ud800", "\0", ":", "has:date", "added:7d", "=IS", "~2", "?",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES).map(" ".join)
)


def forms(text: str) -> list[tuple[str, ...]]:
    return [part.forms for part in parse(text).parts() if isinstance(part, Said)]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("(" * 5000 + "a" + ")" * 5000)
@example("-" * 5000 + "a")
@example("NOT " * 5000 + "a")
@example("(-" * 500 + "a")
@example("OR,")
@example('title:OR "OR" (OR, x)')
@example("#a)b #() #")
@example('tag:a\\"b tag:"a\\\\" tag:"a\\')
@example("after:9999 before:0001 date:>9999 date:<0001")
def test_any_text_is_a_query_and_is_written_so_that_it_reads_the_same(text: str) -> None:
    query = parse(text)
    again = parse(str(query))
    assert again.tree == query.tree
    assert str(again) == str(query)
    assert len(again.problems) == len(query.problems)
    assert query.words()
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert text[problem.start : problem.end].strip()
    for part in query.parts():
        assert 0 <= part.start < part.end <= len(text)


def test_words_are_asked_for_together() -> None:
    assert parse("raqqa siege").tree == And((said(("raqqa",)), said(("siege",))))
    assert parse("raqqa AND siege").tree == parse("raqqa siege").tree


def test_and_binds_tighter_than_or_and_the_line_shows_it_with_brackets() -> None:
    query = parse("raqqa OR mosul dam")
    assert query.tree == Or((said(("raqqa",)), And((said(("mosul",)), said(("dam",))))))
    assert str(query) == "raqqa OR (mosul dam)"
    assert query.words() == "“raqqa” or (“mosul” and “dam”)"
    assert parse("raqqa | mosul dam").tree == query.tree


def test_a_minus_or_not_leaves_out() -> None:
    assert parse("-turkey").tree == Not(said(("turkey",))) == parse("NOT turkey").tree
    assert parse("-turkey").words() == "everything but “turkey”"
    assert parse("raqqa -turkey").words() == "“raqqa”, without “turkey”"
    assert parse("NOT -turkey").tree == said(("turkey",))
    assert parse("-(a OR b)").tree == Not(Or((said(("a",)), said(("b",)))))


def test_a_dash_between_blanks_is_no_minus() -> None:
    for dash in "-–—":
        assert parse(f"Raqqa {dash} the siege").tree == parse("raqqa the siege").tree


def test_a_phrase_means_exactly_its_words() -> None:
    assert parse('"State of  War!"').tree == said(("state", "of", "war"), exact=True)
    assert parse("“State of War”").tree == said(("state", "of", "war"), exact=True)
    assert parse('"siege"').tree == said(("siege",), exact=True)


@pytest.mark.parametrize(
    "text",
    [
        '"state of war',
        "(raqqa",
        "raqqa)",
        "raqqa OR",
        "OR raqqa",
        "raqqa -",
        "(",
        '"',
        "title:",
        "NOT",
    ],
)
def test_what_is_still_being_typed_is_no_error(text: str) -> None:
    assert not parse(text).problems


def test_a_word_with_hyphen_or_apostrophe_is_a_phrase() -> None:
    assert parse("al-Adnani").tree == said(("al", "adnani"), exact=True)
    assert parse("don’t").tree == said(("don", "t"), exact=True)
    assert forms("adnani") == [("adnani",)]


def test_a_star_at_the_end_of_a_word_asks_for_its_beginning() -> None:
    assert parse("bomb*").tree == said(("bomb",), prefix=True)
    assert parse("al-qai*").tree == said(("al", "qai"), exact=True, prefix=True)
    assert parse("*").tree == Everything()
    assert any("“*”" in note for note in parse("bo*mb").notes)


def test_lower_case_or_is_a_word_and_the_line_says_once_that_capitals_are_the_operator() -> None:
    query = parse("raqqa or mosul or aleppo")
    assert len(query.parts()) == 5
    assert len(query.notes) == 1
    assert "OR in capitals" in query.notes[0]


def test_an_unknown_field_is_text_and_the_line_says_so() -> None:
    query = parse("colour:red")
    assert query.tree == said(("colour", "red"), exact=True)
    assert query.notes == ("“colour:” is not a field, so it was read as text.",)
    assert parse("at 12:30").notes == ()


def test_a_pasted_address_or_title_is_text() -> None:
    assert forms("https://www.example.org/a-b/title:c?d=(e") == [
        ("https", "www", "example", "org", "a", "b", "title", "c", "d", "e")
    ]
    title = "Syria’s “dying” city: the siege of Raqqa – part 2 (with maps), U.S. says"
    assert not parse(title).problems
    assert ("city",) in forms(title)
    assert ("the",) in forms("Source: The Guardian")


def test_fields_take_words_phrases_and_brackets() -> None:
    assert parse("title:Raqqa").tree == said(("raqqa",), place=Place.TITLE)
    assert parse('text:"state of war"').tree == said(
        ("state", "of", "war"), exact=True, place=Place.TEXT
    )
    assert parse("title:(raqqa OR mosul)").tree == parse("title:raqqa OR title:mosul").tree
    assert parse("Title:raqqa").tree == parse("title:raqqa").tree


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


def the_problem(text: str) -> str:
    query = parse(text)
    assert isinstance(query.parts()[-1], Impossible)
    (problem,) = query.problems
    assert text[problem.start : problem.end] == text.rsplit(maxsplit=1)[-1]
    return problem.message


def test_slash_dates_ask_which_day_is_meant() -> None:
    message = the_problem("raqqa date:03/04/2016")
    assert "4 March 2016 or 3 April 2016" in message
    assert "date:2016-03-04 or date:2016-04-03" in message
    assert "date:2016-03-25" in the_problem("date:25/03/2016")
    assert " or " not in the_problem("date:25/03/2016")


@pytest.mark.parametrize(
    "text",
    ["date:2016-13", "date:soon", "is:red", "has:wings", "lang:klingonese", "type:spoon", "date:2017..2016",
     "added:soon", "after:none", "author:!!", "tag:/", "date:..", "date:2016-02-30", "before:25.12.2016"],
)  # fmt: skip
def test_an_impossible_value_is_an_error_with_an_example(text: str) -> None:
    message = the_problem(f"raqqa {text}")
    field = text.split(":", maxsplit=1)[0]
    assert f"{field}:" in message.split("” ")[-1] or "date:2016" in message


def test_states_languages_and_types_have_short_names() -> None:
    values = [part.value for part in parse("is:Unread lang:english lang:en-GB type:htm").parts()]  # type: ignore[union-attr]
    assert values == [Choice("unread"), Choice("en"), Choice("en"), Choice("html")]
    assert [part.name for part in parse("is:read has:date").parts()] == [
        FactField.IS,
        FactField.HAS,
    ]  # type: ignore[union-attr]


def test_nothing_typed_asks_for_everything() -> None:
    for text in ("", "  ", "()", "—", "&"):
        query = parse(text)
        assert query == Query(text, Everything())
        assert query.empty
        assert query.words() == "everything"


def test_words_under_a_not_are_not_wanted() -> None:
    assert [said.forms for said in parse("a -b (c OR -d) -(e f)").wanted()] == [("a",), ("c",)]


def test_what_cannot_be_searched_for_is_said_and_left_out() -> None:
    assert parse("tabqa NEAR/8 dam").tree == parse("tabqa dam").tree
    assert parse('"tabqa dam"~8').tree == parse('"tabqa dam"').tree
    assert parse("adnani~2 adnani~").tree == parse("adnani adnani").tree
    assert parse("=IS").tree == parse('"IS"').tree
    for text in ("tabqa NEAR/8 dam", '"tabqa dam"~8', "adnani~2", "=IS", "organi?ation"):
        assert len(parse(text).notes) == 1
    assert parse("What now? Why?").notes == ()


def test_in_all_looks_into_folded_parts_and_asks_nothing_itself() -> None:
    plain, everywhere = parse("siege -dam"), parse("siege in:all -dam")
    assert not plain.folded
    assert everywhere.folded
    assert [part.folded for part in everywhere.parts() if isinstance(part, Said)] == [True, True]
    assert str(everywhere) == "siege -dam in:all"
    assert parse(str(everywhere)).tree == everywhere.tree != plain.tree
    assert everywhere.words() == "“siege”, without “dam”, also in folded parts"
    assert parse("IN:ALL").empty
    assert str(parse("in:all")) == "in:all"
    assert not parse("siege -in:all").folded
    assert parse("(siege in:all) OR dam").folded


def test_another_value_of_in_is_an_error_and_none_a_note() -> None:
    (problem,) = parse("siege in:folds").problems
    assert (problem.start, problem.end) == (6, 14)
    assert "in:all" in problem.message
    assert parse("siege in:").notes == (
        "“in:” waits for “all”: in:all looks into folded parts too.",
    )
    assert parse("in: the town").tree == parse("in the town").tree


def test_what_is_marked_is_asked_for_and_said_in_words() -> None:
    asked = parse("has:highlight has:note -is:lost")
    assert asked.problems == ()
    assert asked.words() == "with a highlight and with a note, without a lost highlight"
    assert parse("is:lost OR has:Note").words() == "with a lost highlight or with a note"
    (problem,) = parse("has:marks").problems
    assert "has:highlight" in problem.message and "has:note" in problem.message
