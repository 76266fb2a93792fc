from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.query_typing import Typing, TypingKind, typing_at


def typing(marked: str) -> tuple[str, str, str, str]:
    """What is typed at the caret, which is written ^: kind, field, what is replaced, and typed."""
    at = marked.index("^")
    text = marked.replace("^", "")
    found = typing_at(text, at)
    return found.kind.value, found.field, text[found.start : found.end], found.typed


@pytest.mark.parametrize(
    ("marked", "kind", "field", "replaced", "typed"),
    [
        ("^", "word", "", "", ""),
        ("raq^", "word", "", "raq", "raq"),
        ("raqqa sie^ge", "word", "", "siege", "sie"),
        ("raqqa ^", "word", "", "", ""),
        ("-tur^", "word", "", "tur", "tur"),
        ("=Is^", "word", "", "Is", "Is"),
        ("(raq^", "word", "", "raq", "raq"),
        ("tag:^", "value", "tag", "", ""),
        ("tag:pl^ace raqqa", "value", "tag", "place", "pl"),
        ("tag:=pl^", "value", "tag", "pl", "pl"),
        ("raqqa -TAG:pl^", "value", "tag", "pl", "pl"),
        ("#is^", "value", "tag", "is", "is"),
        ("-#is^", "value", "tag", "is", "is"),
        ('tag:"thesis ch^', "value", "tag", '"thesis ch', "thesis ch"),
        ('tag:"thesis ^ch3"::siege x', "value", "tag", '"thesis ch3"::siege', "thesis "),
        ("tag:(a OR b^", "value", "tag", "b", "b"),
        ("tag:(-b^", "value", "tag", "b", "b"),
        ("title:(raqqa sie^", "value", "title", "sie", "sie"),
        ("ti^tle:raqqa", "field", "", "title", "ti"),
        ("foo:b^", "word", "", "foo:b", "foo:b"),
        ('"state of w^', "word", "", "w", "w"),
        ('"state o^f war" x', "word", "", "of", "o"),
        ('"state of war" x^', "word", "", "x", "x"),
        ("sort:^", "value", "sort", "", ""),
        ("source:(a) b^", "word", "", "b", "b"),
        ("same:passage(tag:x^", "value", "tag", "x", "x"),
    ],
)
def test_what_is_typed_at_the_caret(
    marked: str, kind: str, field: str, replaced: str, typed: str
) -> None:
    assert typing(marked) == (kind, field, replaced, typed)


@given(st.text() | st.text('ab:()"|-#= \\'), st.integers(-1, 60))
def test_at_any_place_of_any_text_something_is_typed(text: str, at: int) -> None:
    found = typing_at(text, at)
    caret = max(0, min(at, len(text)))
    assert isinstance(found, Typing) and found.kind in TypingKind
    assert 0 <= found.start <= caret <= found.end <= len(text)
