from __future__ import annotations

import pytest

from desktop_app.core.query import parse
from desktop_app.core.query_tree import Impossible, Near, Node, Not, Or, Place, Said, Word, WordKind


def plain(text: str, place: Place = Place.ANYWHERE) -> Said:
    return Said((Word(text),), place)


def exactly(text: str, place: Place = Place.ANYWHERE) -> Said:
    return Said((Word(text, WordKind.EXACT),), place)


def tree(text: str) -> Node:
    query = parse(text)
    assert not query.problems
    return query.tree


def the_problem(text: str) -> str:
    query = parse(text)
    (problem,) = query.problems
    assert any(isinstance(part, Impossible) for part in query.parts())
    assert parse(str(query)).tree == query.tree
    return problem.message


def test_near_means_so_many_words_in_any_order_and_before_in_this_order() -> None:
    tabqa, dam = plain("tabqa"), plain("dam")
    assert tree("tabqa NEAR/8 dam") == Near((tabqa, dam), 8)
    assert tree("tabqa BEFORE/8 dam") == Near((tabqa, dam), 8, ordered=True)
    assert tree("tabqa NEAR/008 dam") == tree("tabqa NEAR/8 dam")


def test_a_phrase_with_a_distance_behind_it_means_its_words_so_near_each_other() -> None:
    assert tree('"Tabqa dam"~8') == Near((exactly("tabqa"), exactly("dam")), 8)
    assert tree('title:"tabqa dam"~8').place is Place.TITLE  # type: ignore[union-attr]
    assert tree('"tabqa d*"~8') == Near((exactly("tabqa"), Said((Word("d*", WordKind.WILD),))), 8)


def test_phrases_names_wild_words_and_alternatives_can_be_near() -> None:
    near = tree('leaders NEAR/5 (tabqa* OR name:raqqa) NEAR/5 "the dam"')
    assert isinstance(near, Near)
    assert len(near.parts) == 3
    assert isinstance(near.parts[1], Or)
    assert str(near) == 'leaders NEAR/5 (tabqa* OR name:raqqa) NEAR/5 "the dam"'


def test_twenty_words_or_six_phrases_can_be_near_and_twenty_phrases_one_before_the_other() -> None:
    phrases = [f'"a {number}"' for number in range(20)]
    assert isinstance(tree(" NEAR/9 ".join(["(a OR b)", *phrases[:5]])), Near)
    assert isinstance(tree(" NEAR/9 ".join([*"abcdefghijklmnopqr", "(s OR t~)"])), Near)
    assert isinstance(tree(" BEFORE/9 ".join(phrases)), Near)


def test_near_binds_tighter_than_a_minus_and_and_or() -> None:
    assert tree("-a NEAR/5 b") == Not(Near((plain("a"), plain("b")), 5))
    assert tree("x a NEAR/5 b y") == tree("x (a NEAR/5 b) y")
    assert tree("x OR a NEAR/5 b") == tree("x OR (a NEAR/5 b)")


def test_one_distance_holds_for_all_in_a_row_and_another_for_what_was_read_before() -> None:
    a, b, c = plain("a"), plain("b"), plain("c")
    assert tree("a NEAR/5 b NEAR/5 c") == Near((a, b, c), 5)
    assert tree("a NEAR/5 b NEAR/3 c") == Near((Near((a, b), 5), c), 3)
    assert tree("(a NEAR/5 b) NEAR/5 c") == Near((Near((a, b), 5), c), 5)
    assert str(tree("a NEAR/5 b NEAR/3 c")) == "(a NEAR/5 b) NEAR/3 c"


def test_near_in_a_field_and_with_folded_parts() -> None:
    assert tree("title:(a NEAR/5 b)") == tree("title:a NEAR/5 title:b")
    near = tree("(a NEAR/5 b) in:all")
    assert isinstance(near, Near)
    assert near.folded


def test_near_is_said_in_words() -> None:
    assert parse("tabqa NEAR/8 dam").words() == "“tabqa” within 8 words of “dam”"
    assert parse("tabqa BEFORE/1 dam").words() == "“tabqa” at most 1 word before “dam”"
    assert parse("title:(a NEAR/8 b NEAR/8 c)").words() == (
        "“a”, “b” and “c” within 8 words of each other in the title"
    )
    assert parse("a BEFORE/8 b BEFORE/8 c").words() == "“a”, then “b”, then “c” within 8 words"
    assert parse("(a OR b) NEAR/2 c in:all").words() == (
        "(“a” or “b”) within 2 words of “c”, also in folded parts"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tag:x NEAR/5 b", "“tag:x” is none"),
        ("a NEAR/5 (tag:x OR b)", "is none"),
        ("a NEAR/5 same:passage(b)", "is none"),
        ("a NEAR/5 -b", "-(raqqa NEAR/5 siege)"),
        ("(a b) NEAR/5 c", "raqqa NEAR/5 siege NEAR/5 dam"),
        ("title:a NEAR/5 b", "title:(raqqa NEAR/5 siege)"),
        ("note:a BEFORE/5 title:b", "note:(raqqa BEFORE/5 siege)"),
        ("a NEAR/0 b", "NEAR/1 means side by side"),
        ('"a b"~0', "~1 means side by side"),
        ("a NEAR/1001 b", "write NEAR/1000"),
        ('"a b"~1001', "write ~1000"),
        (f"a NEAR/{'9' * 5000} b", "write NEAR/1000"),
        ("date:(2016 NEAR/5 2017)", "is none"),
        (" NEAR/3 ".join("a" * 21), "the most is 20"),
        (f'"{"a " * 21}"~30', "the most is 20"),
        (" NEAR/9 ".join(f'"a {n}"' for n in range(7)), "the most is 6, or 20 single words"),
        (" NEAR/9 ".join([*"abcdef", "(g OR (h NEAR/2 i))"]), "write BEFORE/9 between them"),
        (" ".join(f"a NEAR/{each}" for each in range(1, 13)) + " b", "more than 10 deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_near_is_an_error_with_a_way_out(text: str, says: str) -> None:
    assert says in the_problem(text)


@pytest.mark.parametrize(
    "text",
    [
        "tabqa NEAR/8",
        "NEAR/8 dam",
        "tabqa NEAR/",
        "tabqa NEAR/8 OR dam",
        "(tabqa NEAR/8",
        "tabqa NEAR/8 NEAR/3 dam",
        '"tabqa dam"~',
        '"tabqa"~8',
        "tabqa NEAR dam",
        "tabqa near/8 dam",
    ],
)
def test_an_operator_that_is_still_being_typed_is_no_error_but_said(text: str) -> None:
    query = parse(text)
    assert not query.problems
    assert query.notes
    assert parse(str(query)).tree == query.tree


def test_near_waits_for_what_comes_behind_a_way_to_answer() -> None:
    assert tree("tabqa NEAR/8 dup:all dam") == tree("tabqa NEAR/8 dam")


def test_things_very_deep_in_brackets_are_read_without_failing() -> None:
    text = "a"
    for _ in range(60):
        text = f"({text} NEAR/2 b)"
    assert parse(text).problems
