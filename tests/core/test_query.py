from __future__ import annotations

import pytest

from desktop_app.core.model import Sort
from desktop_app.core.query import Query, parse
from desktop_app.core.query_tree import (
    And,
    Everything,
    Family,
    Impossible,
    Near,
    Node,
    Not,
    Or,
    Place,
    Said,
    Word,
    WordKind,
)


def said(*texts: str, place: Place = Place.ANYWHERE) -> Said:
    """One plain word, or exact ones in a row; a word with a joker in it is wild."""
    usual = WordKind.PLAIN if len(texts) == 1 else WordKind.EXACT
    return Said(
        tuple(Word(text, usual if {*"*?"}.isdisjoint(text) else WordKind.WILD) for text in texts),
        place,
    )


def exactly(*texts: str, place: Place = Place.ANYWHERE) -> Said:
    return Said(tuple(Word(text, WordKind.EXACT) for text in texts), place)


def cased(*texts: str, place: Place = Place.ANYWHERE) -> Said:
    return Said(tuple(Word(text, WordKind.CASED) for text in texts), place)


def nearly(*texts: str, edits: int = 1) -> Said:
    row = [Word(text, WordKind.EXACT) for text in texts[:-1]]
    return Said((*row, Word(texts[-1], WordKind.FUZZY, edits)))


def forms(text: str) -> list[tuple[str, ...]]:
    return [
        tuple(word.text for word in part.words)
        for part in parse(text).parts()
        if isinstance(part, Said)
    ]


def the_problem(text: str) -> str:
    """What is said of the one part of a line that cannot be."""
    query = parse(text)
    (problem,) = query.problems
    assert any(
        isinstance(part, Impossible) and (part.start, part.end) == (problem.start, problem.end)
        for part in query.parts()
    )
    return problem.message


def test_words_are_asked_for_together() -> None:
    assert parse("raqqa siege").tree == And((said("raqqa"), said("siege")))
    assert parse("raqqa AND siege").tree == parse("raqqa siege").tree


def test_and_binds_tighter_than_or_and_the_line_shows_it_with_brackets() -> None:
    query = parse("raqqa OR mosul dam")
    assert query.tree == Or((said("raqqa"), And((said("mosul"), said("dam")))))
    assert str(query) == "raqqa OR (mosul dam)"
    assert query.words() == "“raqqa” or (“mosul” and “dam”)"
    assert parse("raqqa | mosul dam").tree == query.tree


def test_a_minus_or_not_leaves_out() -> None:
    assert parse("-turkey").tree == Not(said("turkey")) == parse("NOT turkey").tree
    assert parse("-turkey").words() == "everything but “turkey”"
    assert parse("raqqa -turkey").words() == "“raqqa”, without “turkey”"
    assert parse("NOT -turkey").tree == said("turkey")
    assert parse("-(a OR b)").tree == Not(Or((said("a"), said("b"))))


def test_a_dash_between_blanks_is_no_minus() -> None:
    for dash in "-–—":
        assert parse(f"Raqqa {dash} the siege").tree == parse("raqqa the siege").tree


def test_a_phrase_means_exactly_its_words() -> None:
    assert parse('"State of  War!"').tree == exactly("state", "of", "war")
    assert parse("“State of War”").tree == exactly("state", "of", "war")
    assert parse('"siege"').tree == exactly("siege")


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
    assert parse("al-Adnani").tree == exactly("al", "adnani")
    assert parse("don’t").tree == exactly("don", "t")
    assert forms("adnani") == [("adnani",)]


def test_a_star_at_the_end_of_a_word_asks_for_its_beginning() -> None:
    assert parse("bomb*").tree == said("bomb*") == parse("BOMB**").tree
    assert parse("al-qai*").tree == said("al", "qai*") == parse('"al qai"*').tree
    assert parse("bomb*").words() == "words beginning with “bomb”"
    assert parse("al-qai*").words() == "phrases beginning with “al qai”"


def test_jokers_stand_anywhere_in_a_word_and_in_phrases() -> None:
    assert parse("organi?ation").tree == said("organi?ation")
    assert parse("*bomb").tree == said("*bomb")
    assert parse("b*mb?*").tree == said("b*mb?*")
    assert parse('"foreign fight* in"').tree == said("foreign", "fight*", "in")
    assert parse("title:b?mb").tree == said("b?mb", place=Place.TITLE)
    assert parse("organi?ation").words() == "words like “organi?ation”"
    assert parse("*bomb").words() == "words ending in “bomb”"
    assert parse("*bomb*").words() == "words holding “bomb”"
    assert parse('"foreign fight* in"').words() == "the phrase “foreign fight* in”"


def test_a_question_mark_behind_a_word_is_a_question_mark() -> None:
    assert parse("What now? Why?").tree == parse("What now Why").tree
    assert parse("What now? Why?").notes == ()
    assert parse('"what now?"').tree == exactly("what", "now")


def test_a_star_that_touches_no_word_is_left_out_and_the_line_says_so() -> None:
    for text in ("*", "**", "raqqa * siege", '"the * city"'):
        query = parse(text)
        assert not query.problems
        assert len(query.notes) == 1
        assert "“*”" in query.notes[0] and "bomb*" in query.notes[0]
    assert parse("*").tree == Everything()
    assert parse("raqqa * siege").tree == parse("raqqa siege").tree


def test_a_word_behind_an_equals_sign_means_just_this_form() -> None:
    assert parse("=IS").tree == cased("IS")
    assert parse("=IS").tree != parse("=is").tree
    assert parse("title:=IS").tree == cased("IS", place=Place.TITLE)
    assert parse('="Islamic State"').tree == cased("Islamic", "State")
    assert parse("=al-Adnani").tree == cased("al", "Adnani")
    assert parse("=e\u0301tat").tree == parse("=\u00e9tat").tree == cased("\u00e9tat")
    assert parse("=IS").words() == "“IS” just as written"
    assert parse("E=mc2").tree == exactly("e", "mc2")


def test_an_equals_sign_before_nothing_waits_and_one_with_a_joker_cannot_be() -> None:
    for text in ("=", "raqqa =", '="', "= IS"):
        query = parse(text)
        assert not query.problems
        assert any("=IS" in note for note in query.notes)
    assert "=IS" in the_problem("=bomb*")


def test_a_tilde_behind_a_word_allows_letters_to_differ() -> None:
    assert parse("adnani~").tree == nearly("adnani") == parse("Adnani~1").tree
    assert parse("adnani~2").tree == nearly("adnani", edits=2)
    assert parse("al-Adnani~").tree == nearly("al", "adnani")
    assert parse("adnani~").words() == "“adnani” or a word one letter off"
    assert parse("al-adnani~2").words() == (
        "the phrase “al adnani”, its last word as it stands or up to two letters off"
    )


def test_more_letters_than_two_or_none_or_a_joker_cannot_differ() -> None:
    assert "adnani~2" in the_problem("raqqa adnani~3")
    assert "~1 or ~2" in the_problem("adnani~0")
    assert "adnani~2" in the_problem("title:adnani~99999999999")
    assert "joker" in the_problem("bomb*~")
    assert "stands right behind a word" in parse("raqqa ~").notes[0]


def test_name_means_any_of_the_spellings_that_were_joined() -> None:
    assert parse("name:Tabqa").tree == Family(("tabqa",))
    assert parse("name:al-Adnani").tree == Family(("al", "adnani"))
    assert parse('name:"Abu Bakr"').tree == Family(("abu", "bakr"))
    assert parse("name:(tabqa OR raqqa)").tree == Or((Family(("tabqa",)), Family(("raqqa",))))
    assert parse("title:(name:tabqa)").tree == Family(("tabqa",), Place.TITLE)
    assert parse("name:tabqa").words() == "the name “tabqa”"
    assert "name:tabqa" in the_problem("name:tab*")
    assert "tabqa~" in the_problem("name:tabqa~")
    assert "waits" in parse("name:").notes[0]


def test_lower_case_or_is_a_word_and_the_line_says_once_that_capitals_are_the_operator() -> None:
    query = parse("raqqa or mosul or aleppo")
    assert len(query.parts()) == 5
    assert len(query.notes) == 1
    assert "OR in capitals" in query.notes[0]


def test_an_unknown_field_is_text_and_the_line_says_so() -> None:
    query = parse("colour:red")
    assert query.tree == exactly("colour", "red")
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
    assert parse("title:Raqqa").tree == said("raqqa", place=Place.TITLE)
    assert parse('text:"state of war"').tree == exactly("state", "of", "war", place=Place.TEXT)
    assert parse("title:(raqqa OR mosul)").tree == parse("title:raqqa OR title:mosul").tree
    assert parse("Title:raqqa").tree == parse("title:raqqa").tree
    assert parse("note:check").tree == said("check", place=Place.NOTE)
    assert parse("quote:(siege -dam)").tree == parse("quote:siege -quote:dam").tree
    assert parse("note:check quote:siege").words() == (
        "“check” in a note and “siege” in a highlighted passage"
    )


def test_nothing_typed_asks_for_everything() -> None:
    for text in ("", "  ", "()", "—", "&"):
        query = parse(text)
        assert query == Query(text, Everything())
        assert query.empty
        assert query.words() == "everything"


def test_words_under_a_not_are_not_wanted() -> None:
    wanted = parse("a -b (c OR -d) -(e f) -(g NEAR/2 h) i NEAR/2 j").wanted()
    assert [str(part) for part in wanted] == ["a", "c", "i NEAR/2 j"]


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
    left_out = parse("siege -in:all")
    assert not left_out.folded
    assert "“-in:all” was left out" in left_out.notes[0]
    assert parse("(siege in:all) OR dam").folded


def test_another_value_of_in_is_an_error_and_none_a_note() -> None:
    (problem,) = parse("siege in:folds").problems
    assert (problem.start, problem.end) == (6, 14)
    assert "in:all" in problem.message
    assert parse("siege in:").notes == (
        "“in:” waits for “all”: in:all looks into folded parts too.",
    )
    assert parse("in: the town").tree == parse("in the town").tree


def test_the_line_says_how_it_is_answered() -> None:
    query = parse("isis -turkey find:passages dup:all sort:-date")
    assert query.tree == parse("isis -turkey").tree
    assert (query.passages, query.copies, query.folded) == (True, True, False)
    assert query.sort is Sort.DATE_NEWEST
    assert str(query) == "isis -turkey dup:all find:passages sort:-date"
    assert query.words() == (
        "highlighted passages: “isis”, without “turkey”, copies of a text by themselves, "
        "the newest first"
    )
    assert [str(each) for each in query.directives] == ["find:passages", "dup:all", "sort:-date"]


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_can_be_asked_for(sort: Sort) -> None:
    assert parse(f"raqqa sort:{sort.value}").sort is sort
    assert parse(f"SORT:{sort.value.upper()}").sort is sort


def test_of_two_orders_the_last_holds_and_the_line_says_so() -> None:
    query = parse("sort:date raqqa sort:title")
    assert query.sort is Sort.TITLE
    assert query.notes == ("“sort:date” was left out: only the last order holds, sort:title.",)


@pytest.mark.parametrize(
    ("text", "example"),
    [("dup:none", "dup:all"), ("find:tables", "find:passages"), ("sort:size", "sort:-date")],
)
def test_an_order_or_a_way_to_answer_that_is_not_known_is_an_error(text: str, example: str) -> None:
    assert example in the_problem(f"raqqa {text}")
    field = text.partition(":")[0]
    assert "waits" in parse(f"raqqa {field}:").notes[0]
    assert parse(f"{field}: of").tree == parse(f"{field} of").tree


def test_a_part_of_the_words_is_the_part_that_it_speaks_of() -> None:
    query = parse("raqqa OR (title:mosul -tag:x)")
    spoken = [(piece.text, piece.leaf) for piece in query.pieces(lambda _: " (3)")]
    raqqa, mosul, tag = query.parts()
    assert ("“raqqa” (3)", raqqa) in spoken
    assert ("“mosul” in the title (3)", mosul) in spoken
    assert ("tagged “x” (3)", tag) in spoken
    assert query.words(lambda _: " (3)") == "".join(text for text, _ in spoken)


def everything_in(node: Node) -> list[Node]:
    match node:
        case And(parts) | Or(parts):
            return [node, *(each for part in parts for each in everything_in(part))]
        case Near(parts):
            return [node, *(each for part in parts for each in everything_in(part))]
        case Not(part):
            return [node, *everything_in(part)]
    return [node]


def test_a_part_says_where_it_was_typed() -> None:
    text = 'title:(raqqa OR "the dam") tag:x NEAR/8 "tabqa dam"~3 -=IS'
    for node in everything_in(parse(text).tree):
        match node:
            case Said(_, place):
                typed = text[node.start : node.end]
                assert parse(f"{place}:{typed}" if place else typed).parts()


@pytest.mark.parametrize(
    "text", ["OR OR OR", "raqqa OR", "OR raqqa", "raqqa | | mosul", "(raqqa OR)"]
)
def test_an_or_with_nothing_beside_it_is_never_left_out_without_a_word(text: str) -> None:
    assert any("“OR” waits" in note for note in parse(text).notes)


def test_an_or_between_two_things_needs_no_word() -> None:
    assert not parse("raqqa OR (mosul | dam)").notes
