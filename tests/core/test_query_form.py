from __future__ import annotations

import random

import pytest

from desktop_app.core.model import Sort
from desktop_app.core.query import parse
from desktop_app.core.query_form import Form, form_of, written
from desktop_app.core.query_tree import Place, conjuncts


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Form(), ""),
        (Form(all_words="raqqa siege"), "raqqa siege"),
        (Form(all_words='raqqa "state of war" OR'), 'raqqa "state of war" "OR"'),
        (Form(phrase="state of war"), '"state of war"'),
        (Form(any_words="raqqa mosul"), "(raqqa OR mosul)"),
        (Form(no_words="turkey iran"), "-turkey -iran"),
        (Form(near="tabqa dam", near_words=8), "(tabqa NEAR/8 dam)"),
        (Form(near="tabqa dam", near_words=3, near_ordered=True), "(tabqa BEFORE/3 dam)"),
        (Form(all_words="raqqa", place=Place.TITLE), "title:raqqa"),
        (Form(phrase="the dam", no_words="x", place=Place.NOTE), 'note:"the dam" -note:x'),
        (Form(author="Martin Chulov", source="guardian"), 'author:"Martin Chulov" source:guardian'),
        (Form(tag="Actors/ISIS"), "tag:Actors/ISIS"),
        (Form(date_from="2015-11", date_to="2016-03"), "date:2015-11..2016-03"),
        (Form(date_from="2016", date_to="2016"), "date:2016"),
        (Form(date_from="2016-03"), "date:2016-03.."),
        (Form(date_to="2016-03"), "date:..2016-03"),
        (Form(language="en", media_type="pdf", state="unread", has="note"), "lang:en type:pdf is:unread has:note"),
        (Form(word_count=">800", highlights="3..5"), "words:>800 highlights:3..5"),
        (Form(all_words="a", folded=True, copies=True, passages=True, sort=Sort.TITLE), "a in:all dup:all find:passages sort:title"),
        (Form(all_words="raqqa", rest="a OR b"), "raqqa (a OR b)"),
        (Form(rest="a OR b"), "a OR b"),
    ],
)  # fmt: skip
def test_a_form_writes_the_query_that_it_shows(form: Form, text: str) -> None:
    assert written(form) == text
    assert not parse(text).problems


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", Form()),
        ("raqqa siege", Form(all_words="raqqa siege")),
        ('"state of war" raqqa', Form(phrase="state of war", all_words="raqqa")),
        ("raqqa (a OR b) -c", Form(all_words="raqqa", any_words="a b", no_words="c")),
        ("title:raqqa -title:dam", Form(all_words="raqqa", no_words="dam", place=Place.TITLE)),
        ("title:raqqa dam", Form(all_words="raqqa", place=Place.TITLE, rest="dam")),
        ("tabqa BEFORE/3 dam", Form(near="tabqa dam", near_words=3, near_ordered=True)),
        ('#isis source:"the guardian"', Form(tag="isis", source="the guardian")),
        ("tag:a tag:b", Form(tag="a", rest="tag:b")),
        ("date:2016", Form(date_from="2016", date_to="2016")),
        ("date:2015-11..", Form(date_from="2015-11")),
        ("words:>800 is:unread", Form(word_count=">800", state="unread")),
        ("-tag:x same:passage(tag:y)", Form(rest="-tag:x same:passage(tag:y)")),
        ("a OR b c", Form(rest="a OR (b c)")),
        ("date:soon raqqa", Form(all_words="raqqa", rest="date:soon")),
        ("raqqa in:all sort:-date", Form(all_words="raqqa", folded=True, sort=Sort.DATE_NEWEST)),
    ],
)
def test_a_query_is_shown_by_a_form_as_far_as_it_has_lines(text: str, form: Form) -> None:
    if form.rest.startswith("a OR"):
        assert parse(form_of(text).rest).tree == parse(text).tree
    else:
        assert form_of(text) == form


PARTS = [
    "raqqa", "siege", '"state of war"', "=IS", "adnani~", "bomb*", "-turkey", "title:raqqa", "-title:dam",
    "(a OR b)", "(a OR \"b c\")", "title:(a OR b)", "a NEAR/5 b", "title:(a BEFORE/2 b)", '"tabqa dam"~8',
    "tag:x", "-tag:y", "#isis", "tag:none", 'tag:"none"', "tag:=x", 'tag:"thesis ch3"::siege', "date:2016", "date:>=2016-03",
    "date:2015..2016", "date:none", "before:2016", "source:guardian", 'source:"the guardian"', "author:none",
    "is:unread", "has:note", "lang:en", "type:pdf", "words:>800", "highlights:3", "file:report", "date:soon",
    "name:tabqa", "same:passage(tag:x note:y)", "-(a b)", "in:all", "dup:all", "find:passages", "sort:date",
    '"OR"', "doctag:x", "a NEAR/3 (b OR c)", "al-Adnani", "al-adnani~2", "https://example.org/a?b=c",
]  # fmt: skip


def check_many(count: int, *, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        text = " ".join(chance.choices(PARTS, k=chance.randint(0, 6)))
        query = parse(text)
        again = parse(written(form_of(text)))
        assert again.asides() == query.asides(), text
        for part in conjuncts(query.tree):
            assert part in conjuncts(again.tree), text
        for part in conjuncts(again.tree):
            assert part in conjuncts(query.tree), text


def test_nothing_of_a_query_is_lost_by_a_form() -> None:
    check_many(300, seed=1)


@pytest.mark.long
def test_nothing_of_many_queries_is_lost_by_a_form() -> None:
    check_many(3_000, seed=2)
