from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from desktop_app.core.query import Query, parse
from desktop_app.core.query_edit import chips, joined, narrowed, replaced, widened, without
from desktop_app.core.query_tree import And, Everything, Leaf, Near, Node, Not, Or

PARTS = [
    "raqqa", "mosul", "-turkey", "NOT dam", '"state of war"', "bomb*", "=IS", "adnani~", "tag:x",
    "-tag:y", "date:2016", "date:soon", "title:raqqa", "title:(raqqa OR mosul)", "(a OR b)", "(a b)",
    "OR", "AND", "|", "a NEAR/5 b", '"tabqa dam"~8', "in:all", "sort:date", "find:passages", "dup:all",
    "name:tabqa", "same:passage(tag:x note:y)", "-(a b)", "(", ")", '"open', "NEAR/3", "source:guardian",
    "tag:(a OR b)", "al-adnani~2", "title:(raqqa NEAR/2 dam)", "words:>3", "#isis", "(tag:x)", "NOT",
]  # fmt: skip


def part(text: str, number: int = 0) -> Leaf:
    return parse(text).parts()[number]


def lines(count: int, *, seed: int) -> Iterable[str]:
    chance = random.Random(seed)
    for _ in range(count):
        yield " ".join(chance.choices(PARTS, k=chance.randint(0, 7)))


def conjuncts(node: Node) -> list[Node]:
    if isinstance(node, Everything):
        return []
    return list(node.parts) if isinstance(node, And) else [node]


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("raqqa siege", 0, "siege"),
        ("raqqa siege dam", 1, "raqqa dam"),
        ("raqqa OR mosul", 0, "mosul"),
        ("raqqa OR mosul OR dam", 1, "raqqa OR dam"),
        ("raqqa -turkey siege", 1, "raqqa siege"),
        ("raqqa NOT turkey siege", 1, "raqqa siege"),
        ("raqqa  AND  siege", 1, "raqqa"),
        ("x (raqqa OR mosul)", 1, "x (mosul)"),
        ("x title:(raqqa)", 1, "x"),
        ("title:(raqqa OR mosul)", 0, "title:(mosul)"),
        ("a NEAR/5 b c", 0, "c"),
        ("raqqa date:soon", 1, "raqqa"),
        ("raqqa sort:date", 0, "sort:date"),
        ("raqqa", 0, ""),
        ('tag:x "state of war', 1, "tag:x"),
    ],
)
def test_a_part_is_taken_out_with_its_minus_and_its_operator(
    text: str, number: int, left: str
) -> None:
    assert without(text, part(text, number)) == left


def test_a_part_of_another_line_changes_nothing() -> None:
    assert without("raqqa siege", part("raqqa siege dam", 2)) == "raqqa siege"
    assert replaced("raqqa", part("x raqqa", 1), "y") == "raqqa"
    assert widened("raqqa", part("x raqqa", 1), "y") == "raqqa"


@pytest.mark.parametrize(
    ("text", "more", "both"),
    [
        ("", "tag:x", "tag:x"),
        ("raqqa", "tag:x", "raqqa tag:x"),
        ("raqqa OR mosul", "tag:x", "(raqqa OR mosul) tag:x"),
        ("raqqa tag:x", "tag:x", "raqqa tag:x"),
        ("raqqa", "tag:x OR tag:y", "raqqa (tag:x OR tag:y)"),
        ('"state of war', "tag:x", '"state of war" tag:x'),
        ("(raqqa", "tag:x", "(raqqa tag:x"),
        ("raqqa -", "tag:x", "raqqa tag:x"),
        ("raqqa sort:date", "sort:title", "raqqa sort:title"),
        ("raqqa", "in:all", "raqqa in:all"),
        ("raqqa in:all", "siege", "raqqa in:all siege"),
        ("raqqa NOT", "tag:x", "raqqa tag:x"),
    ],
)
def test_a_query_is_narrowed_by_another(text: str, more: str, both: str) -> None:
    assert narrowed(text, more) == both


@pytest.mark.parametrize(
    ("text", "number", "other", "both"),
    [
        ("raqqa", 0, "rakka", "raqqa OR rakka"),
        ("raqqa siege", 0, "rakka", "(raqqa OR rakka) siege"),
        ("raqqa OR mosul", 0, "rakka", "raqqa OR rakka OR mosul"),
        ("raqqa OR rakka", 0, "rakka", "raqqa OR rakka"),
        ("title:raqqa dam", 0, "rakka", "title:(raqqa OR rakka) dam"),
        ("title:(raqqa dam)", 0, "rakka", "title:((raqqa OR rakka) dam)"),
        ("-raqqa", 0, "rakka", "-(raqqa OR rakka)"),
        ("raqqa in:all", 0, "rakka", "raqqa OR rakka in:all"),
        ('"the dam"', 0, '"the dams"', '"the dam" OR "the dams"'),
    ],
)
def test_a_part_is_widened_by_an_alternative(text: str, number: int, other: str, both: str) -> None:
    assert widened(text, part(text, number), other) == both


def test_a_word_inside_of_what_is_near_is_widened_too() -> None:
    near = part("leaders NEAR/5 tabqa")
    assert isinstance(near, Near)
    inner = near.parts[1]
    assert not isinstance(inner, Or)
    assert widened("leaders NEAR/5 tabqa", inner, "tabqah") == "leaders NEAR/5 (tabqa OR tabqah)"
    text = '"tabqa dam"~8 raqqa'
    near = part(text)
    assert isinstance(near, Near) and not isinstance(near.parts[0], Or)
    assert widened(text, near.parts[0], "tabqah") == '("tabqa" OR tabqah) NEAR/8 "dam" raqqa'


@pytest.mark.parametrize(
    ("text", "number", "new", "after"),
    [
        ("raqqa tag:x dam", 1, "tag:y", "raqqa tag:y dam"),
        ("raqqa -tag:x", 1, "tag:y", "raqqa -tag:y"),
        ("raqqa dam", 0, "a OR b", "(a OR b) dam"),
        ("raqqa dam", 0, "", "dam"),
        ("raqqa dam", 0, "sort:date", "dam sort:date"),
        ("title:(raqqa dam)", 0, "title:siege", "title:(title:siege dam)"),
    ],
)
def test_something_else_is_put_in_the_place_of_a_part(
    text: str, number: int, new: str, after: str
) -> None:
    assert replaced(text, part(text, number), new) == after


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("", (), ""),
        ("raqqa siege", (), "raqqa siege"),
        ("raqqa tag:x siege -is:read", ("tag:x", "-is:read"), "raqqa siege"),
        ("tag:x AND raqqa", ("tag:x",), "raqqa"),
        ("raqqa AND tag:x", ("tag:x",), "raqqa"),
        ("raqqa OR tag:x", (), "raqqa OR tag:x"),
        ("raqqa OR mosul sort:-date", ("sort:-date",), "raqqa OR mosul"),
        ("tag:x (raqqa OR mosul)", ("tag:x",), "(raqqa OR mosul)"),
        ("#x in:all", ("#x", "in:all"), ""),
        ('tag:"thesis ch', ('tag:"thesis ch"',), ""),
        ("date:soon tag:x", ("tag:x",), "date:soon"),
        ("(tag:x OR tag:y) raqqa", (), "(tag:x OR tag:y) raqqa"),
        ("raqqa NOT tag:x", ("-tag:x",), "raqqa"),
    ],
)
def test_facts_and_ways_to_answer_are_told_from_the_rest(
    text: str, found: tuple[str, ...], rest: str
) -> None:
    assert chips(text) == (found, rest)


def test_what_was_taken_apart_is_put_together_with_brackets_around_alternatives() -> None:
    assert joined(("tag:x",), "raqqa OR mosul") == "tag:x (raqqa OR mosul)"
    assert joined(("tag:x", "sort:date"), "raqqa") == "tag:x sort:date raqqa"
    assert joined((), "raqqa OR mosul") == "raqqa OR mosul"
    assert joined(("tag:x",), "  ") == "tag:x"
    assert joined(("sort:date",), "raqqa OR mosul") == "sort:date raqqa OR mosul"
    assert parse(joined(("tag:x",), 'a OR "b')).tree == parse('tag:x (a OR "b")').tree


def check(text: str) -> None:
    query = parse(text)
    found, rest = chips(text)
    again = parse(joined(found, rest))
    assert again.asides() == query.asides()
    for each in conjuncts(query.tree):
        assert each in conjuncts(again.tree)
    assert {str(each) for each in conjuncts(again.tree)} == {
        str(each) for each in conjuncts(query.tree)
    }
    narrower = parse(narrowed(text, "tag:added"))
    assert set(map(str, conjuncts(narrower.tree))) == {
        *map(str, conjuncts(query.tree)),
        "tag:added",
    }
    for leaf in query.parts():
        check_part(text, query, leaf)


def check_part(text: str, query: Query, leaf: Leaf) -> None:
    less = parse(without(text, leaf))
    assert less.asides() == query.asides()
    assert len(less.parts()) == len(query.parts()) - 1
    other = parse(replaced(text, leaf, "tag:other"))
    expected = [parse("tag:other").tree if each is leaf else each for each in query.parts()]
    assert other.parts() == expected
    wider = parse(widened(text, leaf, "other"))
    assert len(wider.parts()) == len(query.parts()) + 1
    assert wider.asides() == query.asides()


def test_lines_are_changed_as_it_is_said_whatever_they_hold() -> None:
    for text in lines(200, seed=1):
        check(text)


@pytest.mark.long
def test_many_lines_are_changed_as_it_is_said() -> None:
    for text in lines(3_000, seed=2):
        check(text)


def test_a_negated_part_stays_negated_when_it_is_replaced() -> None:
    assert isinstance(parse(replaced("-tag:x", part("-tag:x"), "tag:y")).tree, Not)
