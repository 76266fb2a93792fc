"""JSON that is parsed piece by piece means what it means to the standard library."""

from __future__ import annotations

import json

import pytest

from desktop_app.library.codebooks import codings, json_pieces
from desktop_app.library.codebooks.json_pieces import parsed
from tests.library.test_codebook_round_trips import FULL


@pytest.fixture(autouse=True)
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_pieces, "_SHORT", 0)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        ' {\n"a" :\t[ ] , "b":[1,{"c":[2]},"x]"],"d":null}\r\n',
        '{"a": 1, "a": [2]}',
        "[1, 2]",
        "7",
    ],
)
def test_what_is_sound_is_read_as_ever(text: str) -> None:
    assert parsed(text) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", '{"a"', '{"a":', '{"a":[', '{"a":[1', '{"a":[1,]}', '{"a":1,}', '{"a":1}}'),
        *("{a:1}", '{"a" 1}', '{"a":[1 2]}', '{"a":tru}', '{"a":1} x', "[1"),
    ],
)
def test_what_is_not_sound_is_refused_as_ever(text: str) -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    with pytest.raises(json.JSONDecodeError):
        parsed(text)


def test_the_line_of_a_mistake_is_known() -> None:
    with pytest.raises(json.JSONDecodeError) as refused:
        parsed('{\n"a": [\n1,\n2 3]}')
    assert refused.value.lineno == 4


def test_uses_are_in_the_same_order_however_they_are_sorted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    several = [*FULL.codings, *reversed(FULL.codings), *FULL.codings]
    whole = codings.in_order(several, FULL.tags)
    monkeypatch.setattr(codings, "_PIECE", 2)
    assert codings.in_order(several, FULL.tags) == whole
    assert len(whole) == len(several)
    assert [coding.passage is not None for coding in whole] == 3 * [False] + 3 * [True]
