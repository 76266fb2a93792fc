"""The rows of a page hold every code point that is not folded away, once and in order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.text import Block, BlockKind, Fold, Text, make_text
from desktop_app.ui.reader.folded import said_of
from desktop_app.ui.reader.offsets import Units
from desktop_app.ui.reader.rows import LONGEST, RowKind, Rows, cut_points

LETTERS = st.text(
    st.sampled_from("ab cé\u0301\u0336x\n\t\u05e9\u0627\u202e\u6e2f\U0001f469\u200d\U0001d49c"),
    max_size=40,
)


def paragraphs(*texts: str, folds: tuple[Fold, ...] = ()) -> Text:
    return make_text([Block(BlockKind.PARAGRAPH, text) for text in texts], "test", folds=folds)


@given(LETTERS)
def test_places_in_qt_and_in_code_points_are_the_same_places(text: str) -> None:
    units = Units(text)
    encoded = text.encode("utf-16-le")
    for point in range(len(text) + 1):
        unit = units.to_units(point)
        assert encoded[: unit * 2].decode("utf-16-le") == text[:point]
        assert units.to_points(unit) == point
    for unit in range(len(encoded) // 2):
        point = units.to_points(unit)
        assert units.to_units(point) <= unit < units.to_units(point + 1)


@st.composite
def texts_with_folds(draw: st.DrawFn) -> tuple[Text, frozenset[int]]:
    parts = draw(st.lists(st.text("ab \U0001f469", max_size=12), min_size=1, max_size=8))
    blocks = [Block(BlockKind.PARAGRAPH, part) for part in parts]
    plain = make_text(blocks, "test")
    length = len(plain.canonical)
    folds = []
    if length:
        spans = draw(
            st.lists(st.tuples(st.integers(0, length - 1), st.integers(1, length)), max_size=4)
        )
        folds = [Fold(a, b, "headline", "why") for a, b in spans if a < b]
    opened = draw(st.frozensets(st.integers(0, 3)))
    return make_text(blocks, "test", folds=folds), opened


@given(texts_with_folds())
def test_rows_hold_every_letter_that_is_not_folded_away_once(
    made: tuple[Text, frozenset[int]],
) -> None:
    text, opened = made
    rows = Rows(text, opened)
    shown = [i for row in rows.all if row.kind == RowKind.TEXT for i in range(row.start, row.end)]
    closed = {
        i
        for number, fold in enumerate(rows.folds)
        if number not in opened
        for i in range(fold.start, fold.end)
    }
    # An open fold inside a closed one stays hidden with it.
    expected = [
        start + i
        for block, start in zip(text.blocks, text.starts, strict=True)
        for i in range(len(block.text))
        if start + i not in closed
    ]
    assert shown == expected
    assert [row.start for row in rows.all] == sorted(row.start for row in rows.all)


@given(texts_with_folds())
def test_each_letter_is_shown_by_the_row_that_is_named_for_it(
    made: tuple[Text, frozenset[int]],
) -> None:
    text, opened = made
    rows = Rows(text, opened)
    for block, start in zip(text.blocks, text.starts, strict=True):
        for point in range(start, start + len(block.text)):
            row = rows.all[rows.at(point)]
            assert row.start <= point < row.end
            assert row.kind in (RowKind.TEXT, RowKind.FOLD)


def test_a_fold_stands_as_one_line_until_it_is_opened() -> None:
    text = paragraphs("One", "Title", "Two", folds=(Fold(4, 9, "headline", "again"),))
    closed, opened = Rows(text), Rows(text, {0})
    assert [RowKind(row.kind).name for row in closed.all] == ["HEAD", "TEXT", "FOLD", "TEXT", "END"]
    assert [RowKind(row.kind).name for row in opened.all] == [
        "HEAD",
        "TEXT",
        "FOLD",
        "TEXT",
        "TEXT",
        "END",
    ]
    assert closed.folds_over(5, 6) == {0}
    assert closed.folds_over(0, 3) == set()
    assert opened.folds_over(5, 6) == set()
    assert said_of(closed.folds[0], text) == "Headline repeated · folded"


def test_a_very_long_word_is_cut_into_stretches_that_lose_nothing() -> None:
    text = paragraphs("x" * 500_000)
    rows = [row for row in Rows(text).all if row.kind == RowKind.TEXT]
    assert all(row.end - row.start <= LONGEST for row in rows)
    assert all(left.end == right.start for left, right in pairwise(rows))
    assert (rows[0].start, rows[-1].end) == (0, 500_000)
    assert rows[0].first
    assert not rows[0].last
    assert not rows[-1].first


def test_a_cut_falls_behind_a_space_and_never_inside_a_written_letter() -> None:
    assert cut_points("aaaa bbbb cccc", 10) == [10]
    assert cut_points("e\u0301" * 8, 5) == [4, 8, 12]
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    cuts = cut_points("ab" + family + "cd", 6)
    assert cuts
    assert not set(cuts) & {3, 4, 5, 6}
