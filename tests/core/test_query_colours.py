from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.query_colours import coloured


def stretches(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.kind.value) for each in coloured(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("raqqa siege", []),
        ("tag:x", [("tag:", "field"), ("x", "value")]),
        ("#isis", [("#", "field"), ("isis", "value")]),
        ("title:raqqa", [("title:", "field")]),
        ("title:(a OR b)", [("title:", "field"), ("OR", "operator")]),
        ("date:(2016 OR 2017)", [("date:", "field"), ("2016", "value"), ("OR", "operator"), ("2017", "value")]),
        ("a AND NOT b | c", [("AND", "operator"), ("NOT", "operator"), ("|", "operator")]),
        ("-turkey", [("-", "minus")]),
        ("raqqa - siege", []),
        ('"state of war', [('"state of war', "phrase")]),
        ('"fight* in"', [('"fight', "phrase"), ("*", "joker"), (' in"', "phrase")]),
        ('"tabqa dam"~8', [('"tabqa dam"', "phrase"), ("~8", "operator")]),
        ("a NEAR/8 b", [("NEAR/8", "operator")]),
        ("bomb* organi?ation why?", [("*", "joker"), ("?", "joker")]),
        ("adnani~2", [("~2", "joker")]),
        ("=IS", [("=", "operator")]),
        ("in:all sort:-date", [("in:all", "directive"), ("sort:-date", "directive")]),
        ("raqqa date:2016-13 dam", [("date:2016-13", "impossible")]),
        ("title:a NEAR/5 b", [("title:a NEAR/5 b", "impossible")]),
        ("same:passage(tag:x)", [("same:passage", "field"), ("tag:", "field"), ("x", "value")]),
    ],
)  # fmt: skip
def test_a_stretch_is_what_it_was_read_as(text: str, found: list[tuple[str, str]]) -> None:
    assert stretches(text) == found


@given(st.text() | st.text('ab:()"|-~*?=# NEAR/8tg'))
@settings(deadline=None)
def test_stretches_of_any_text_are_sorted_and_apart(text: str) -> None:
    behind = 0
    for each in coloured(text):
        assert behind <= each.start < each.end <= len(text)
        behind = each.end
