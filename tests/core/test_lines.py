"""Lines as they are compared, and what is remembered of a text."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.lines import (
    SHORT,
    key_of,
    lines_of,
    normalised,
    remember,
    remembered,
    repeated_lines,
)
from desktop_app.core.text import Block, BlockKind, canonical_of


def kept(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> bytes:
    blocks = [Block(kind, text) for text in texts]
    return remember(blocks, lines_of(blocks, canonical_of(blocks)[1]))


def story(number: int, count: int = 6) -> list[str]:
    chance = random.Random(number)
    return [
        " ".join(f"{chance.choice('abcdefgh')}{chance.randrange(900)}word" for _ in range(40)) + "."
        for _ in range(count)
    ]


def test_counts_capitals_accents_and_signs_make_no_difference() -> None:
    assert normalised("12 comments") == normalised("40 Comments:") == "# comments"
    assert normalised("1,204 shares") == normalised("1.2k SHARES") == "# shares"
    assert normalised("Être   là!") == "etre la"
    assert normalised("12 comments") != normalised("12 shares")


def test_a_key_is_the_same_on_every_computer() -> None:
    assert key_of("share on facebook") == 6_604_969_870_116_495_296
    assert 0 <= key_of("x") < 2**63


@given(st.text(max_size=80))
def test_what_is_normalised_is_one_line_of_words(text: str) -> None:
    line = normalised(text)
    assert line == " ".join(line.split())
    assert normalised(line.lower()) or not line


def test_only_short_lines_that_are_no_facts_and_no_data_are_remembered() -> None:
    texts = [
        "Our motto",
        "Source: The Daily Example",
        "By Ann Example",
        "3 May 2015",
        "x" * (SHORT + 1),
        "12",
        "Der Tag danach",
    ]
    short = remembered(kept(*texts)).short
    assert short == {key_of("our motto"), key_of("der tag danach")}
    names = remembered(kept("Ann Example", "Piet van der Berg", *["x"] * 5, "Ann Example")).short
    assert names == {key_of("x"), key_of("ann example")}  # the last stands far below the top
    assert not remembered(kept("Total\t12", kind=BlockKind.TABLE_ROW)).short


def test_lines_inside_a_block_count_alone_and_know_their_places() -> None:
    blocks = [Block(BlockKind.PARAGRAPH, "one\n  two \n"), Block(BlockKind.PARAGRAPH, "three")]
    canonical, starts = canonical_of(blocks)
    lines = lines_of(blocks, starts)
    assert [canonical[line.start : line.end] for line in lines] == ["one", "two", "three"]
    assert [line.block for line in lines] == [0, 0, 1]


def test_a_cut_and_respelled_version_tells_the_same_story_and_another_does_not() -> None:
    whole = remembered(kept(*story(1), "Our motto"))
    cut = remembered(kept(*story(1)[:3], "Another line", *story(3, 1)))
    other = remembered(kept(*story(2), "Our motto"))
    assert whole.tells_the_story_of(cut)
    assert cut.tells_the_story_of(whole)
    assert not whole.tells_the_story_of(other)


def test_a_book_is_compared_by_a_sample() -> None:
    book = remembered(kept(*story(1, 900)))
    part = remembered(kept(*story(1, 900)[100:130]))
    assert len(book.sentences) <= 256
    assert book.tells_the_story_of(part) == part.tells_the_story_of(book)
    assert not book.tells_the_story_of(remembered(kept(*story(2, 900))))


def test_three_stories_make_a_line_repeated_and_versions_of_one_do_not() -> None:
    three = [remembered(kept(*story(n), "Our motto")) for n in range(3)]
    assert repeated_lines(three) == {key_of("our motto")}
    assert repeated_lines(three[:2]) == frozenset()
    versions = [remembered(kept(*story(1), "Our motto", f"{n}")) for n in range(9)]
    assert repeated_lines(versions) == frozenset()
    assert repeated_lines([*versions, *three[:2]]) == frozenset()
    assert repeated_lines([*versions, three[0], three[2]]) == {key_of("our motto")}
