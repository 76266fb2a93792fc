from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.query import parse
from desktop_app.ui.search.part import Part
from desktop_app.ui.search.sentence import Piece, pieces
from desktop_app.ui.search.written import Chip, Written, written

PORTS = 'tag:ports date:2015..2016 "dry dock" OR quay*'


def off(text: str, part: str) -> Written:
    now = written(text)
    spot = now.spot(Part(part))
    assert spot is not None
    return now.toggled(spot)


def test_facts_that_hold_for_all_of_a_query_become_chips() -> None:
    now = written('tag:ports "dry dock" date:2016 -lang:fr')
    assert [chip.text for chip in now.chips] == ["tag:ports", "date:2016", "-lang:fr"]
    assert now.rest == '"dry dock"'
    assert parse(now.runs).tree == parse('tag:ports date:2016 -lang:fr "dry dock"').tree


def test_a_fact_that_is_one_of_two_ways_stays_in_the_line() -> None:
    assert written("tag:ports OR strike").chips == ()
    assert written(PORTS).rest == PORTS


def test_chips_hold_for_all_of_an_alternative() -> None:
    now = Written((Chip("tag:ports"),), "raqqa OR mosul")
    assert parse(now.runs).tree == parse("tag:ports (raqqa OR mosul)").tree


def test_what_is_switched_off_stays_written_and_does_not_run() -> None:
    now = off('"dry dock" quay* -turkey', "quay*")
    assert now.rest == '"dry dock" quay* -turkey'
    assert now.runs == '"dry dock" -turkey'
    assert now.whole == '"dry dock" quay* -turkey'
    (spot,) = [spot for spot in now.spots() if not spot.part.on]
    assert now.toggled(spot).runs == '"dry dock" quay* -turkey'


def test_switching_off_one_of_two_ways_leaves_the_other() -> None:
    now = off("(raqqa OR mosul) siege", "mosul")
    assert parse(now.runs).tree == parse("raqqa siege").tree


def test_a_chip_is_switched_off_and_on_again() -> None:
    now = written("tag:ports quay").chip_toggled(0)
    assert now.runs == "quay"
    assert now.chip_toggled(0).runs == "tag:ports quay"


def test_what_is_switched_off_moves_with_what_is_typed_before_it() -> None:
    now = off("dock quay", "quay").typed("dry dock quay")
    assert now.runs == "dry dock"


def test_typing_into_what_is_switched_off_switches_it_on() -> None:
    now = off("dock quay", "quay").typed("dock quays")
    assert now.runs == "dock quays"


def test_an_alternative_typed_behind_chips_makes_them_text_again() -> None:
    now = Written((Chip("tag:ports"),), "").typed("OR strike")
    assert now.chips == ()
    assert now.rest == "tag:ports OR strike"


def test_a_chip_that_was_off_is_off_as_text_too() -> None:
    now = Written((Chip("tag:ports", on=False),), "dock").opened((0,))
    assert now.rest == "tag:ports dock"
    assert now.runs == "dock"


def test_a_filter_switched_off_in_the_line_is_a_chip_that_is_off() -> None:
    typed = Written(rest="dock tag:ports")
    spot = typed.spot(Part("tag:ports"))
    assert spot is not None
    settled = typed.toggled(spot).settled()
    assert settled.chips == (Chip("tag:ports", on=False),)
    assert settled.runs == "dock"


def test_removing_a_part_keeps_others_switched_off() -> None:
    now = off("dock quay strand", "strand")
    spot = now.spot(Part("dock"))
    assert spot is not None
    assert now.removed(spot).rest == "quay strand"
    assert now.removed(spot).runs == "quay"


def test_equal_parts_are_told_apart_by_their_order() -> None:
    now = written("dock OR (dock quay)")
    second = now.spot(Part("dock", 1))
    assert second is not None
    assert parse(now.toggled(second).runs).tree == parse("dock OR quay").tree


_WORDS = st.sampled_from(
    ['"dry dock"', "quay*", "-turkey", "OR", "(", ")", "tag:ports", "date:2016", "is:read", "siege"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=8).map(" ".join), st.data())
def test_whatever_is_switched_off_and_on_again_asks_the_same(
    text: str, data: st.DataObject
) -> None:
    now = written(text)
    asked = parse(now.runs)
    for _ in range(3):
        spots = now.spots()
        if not spots:
            break
        now = now.toggled(data.draw(st.sampled_from(spots)))
        assert len(parse(now.runs).parts()) == sum(spot.part.on for spot in now.spots())
    for spot in now.spots():
        if not spot.part.on:
            now = now.toggled(spot)
    assert parse(now.runs).tree == asked.tree


@pytest.mark.parametrize(
    ("sentence", "parts", "said"),
    [
        (
            "(“raqqa” (3) or “mosul” (1,204)) and tagged “claim” (58)",
            ("“raqqa”", "“mosul”", "tagged “claim”"),
            ["“raqqa” (3)", "“mosul” (1,204)", "tagged “claim” (58)"],
        ),
        (
            "“siege” (12; also sieges, besieged), without a tag (3)",
            ("“siege”", "with a tag"),
            ["“siege” (12; also sieges, besieged)", "a tag (3)"],
        ),
        ("“a (2)” (3)", ("“a (2)”",), ["“a (2)” (3)"]),
    ],
)
def test_a_sentence_falls_into_its_parts_and_what_joins_them(
    sentence: str, parts: tuple[str, ...], said: list[str]
) -> None:
    found = pieces(sentence, parts)
    assert [piece.text for piece in found if piece.part is not None] == said
    assert "".join(piece.text for piece in found) == sentence


def test_a_part_that_the_sentence_does_not_say_has_no_piece() -> None:
    assert pieces("everything", ("“dock”",)) == (Piece("everything"),)
