"""Two people's tags on the same texts: counts, kappa, and what only one of them tagged."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.codebook import CodedPassage, Coding
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.text import digest_of
from desktop_app.library.codebooks.agreement import (
    Stopped,
    in_common,
    joined,
    kappa_of,
    paired,
)
from desktop_app.library.codebooks.comparing import Comparison, Side, compared
from desktop_app.library.codebooks.nearest import Passages, share_of
from desktop_app.store.store import Store
from tests.library.shelf_for_tests import BODY, Shelf, book, tag, uuid


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "library")
    yield made
    made.store.close()


def on(
    number: int, words: str, *, body: str = BODY, title: str = "Siege", note: str = ""
) -> Coding:
    """A tag on some words of a text."""
    start = body.index(words)
    end = start + len(words)
    passage = CodedPassage(words, start, end, body[max(start - 32, 0) : start], body[end:][:32])
    return Coding(uuid(number), digest_of(body), title, f"{title}.txt", replace(passage, note=note))


def compare(store: Store, *books: object, every_text: bool = False) -> Comparison:
    one, other = books
    with store.read() as snapshot:
        return compared(snapshot, one, other, every_text=every_text)  # type: ignore[arg-type]


def test_kappa_is_what_is_printed_in_the_books() -> None:
    # Cohen's own kind of example: 50 things, 20 yes by both, 15 no by both, 5 and 10 by one.
    assert kappa_of(20, 5, 10, 15) == pytest.approx(0.4)
    assert kappa_of(10, 0, 0, 10) == 1
    assert kappa_of(25, 25, 25, 25) == 0
    assert kappa_of(0, 5, 5, 0) == -1
    assert kappa_of(7, 0, 0, 0) is None and kappa_of(0, 0, 0, 0) is None


def test_passages_agree_where_they_share_half_of_the_longer_one() -> None:
    assert share_of((0, 10), (5, 15)) == 0.5
    assert share_of((0, 10), (10, 20)) == 0
    assert share_of((0, 10), (0, 100)) == 0.1
    assert paired([(0, 10)], [(5, 15)]) == {0: 0}
    assert paired([(0, 10)], [(6, 16)]) == {}
    # Each agrees with one at most, and with the one it is most like.
    assert paired([(0, 10), (2, 10)], [(0, 10)]) == {0: 0}
    assert paired([(0, 10)], [(0, 9), (0, 10)]) == {0: 1}
    assert paired([(100, 110), (0, 10)], [(1, 10), (100, 109), (50, 60)]) == {0: 1, 1: 0}


def one_by_one(ones: list[tuple[int, int]], others: list[tuple[int, int]]) -> dict[int, int]:
    """What `paired` comes to, found by looking at each with each."""
    near = sorted(
        (-share_of(one, other), number, place)
        for number, one in enumerate(ones)
        for place, other in enumerate(others)
    )
    pairs: dict[int, int] = {}
    for share, number, place in near:
        if share <= -0.5 and number not in pairs and place not in pairs.values():
            pairs[number] = place
    return pairs


@pytest.mark.parametrize("most", [12, 60, 400])
def test_those_that_have_most_in_common_come_together_however_they_lie(most: int) -> None:
    chance = random.Random(most)

    def some() -> list[tuple[int, int]]:
        starts = [chance.randrange(most) for _ in range(chance.randrange(60))]
        return [(start, start + chance.randrange(most)) for start in starts]

    for _ in range(15):
        ones, others = some(), some()
        assert paired(ones, others) == one_by_one(ones, others)
        look = Passages(others)
        for one in ones:
            share = max((share_of(one, other) for other in others), default=0.0)
            assert (look.nearest(one) or (0.0, 0))[0] == share


def test_passages_that_lie_in_each_other_are_not_looked_at_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []

    def share(one: tuple[int, int], other: tuple[int, int]) -> float:
        looks.append(1)
        return share_of(one, other)

    monkeypatch.setattr("desktop_app.library.codebooks.nearest.share_of", share)
    ones = [(place, 2_000 - place) for place in range(600)]
    others = [(place + 3, 2_001 - place) for place in range(600)]
    assert len(paired(ones, others)) > 590
    assert len(looks) < 600 * 600 / 5


def test_a_comparison_that_nobody_waits_for_ends(shelf: Shelf) -> None:
    stop = threading.Event()
    stop.set()
    mine = book(tag(1, "siege"), codings=(on(1, "river"),))
    with shelf.store.read() as snapshot, pytest.raises(Stopped):
        compared(snapshot, mine, mine, stop=stop)


def test_letters_are_counted_once() -> None:
    assert joined([(5, 9), (0, 3), (2, 4)]) == [(0, 4), (5, 9)]
    assert in_common([(0, 4), (5, 9)], [(3, 6)]) == 2


def test_what_both_tagged_and_what_only_one_did(shelf: Shelf) -> None:
    document = shelf.text()
    tags = (tag(1, "siege"), tag(2, "river"))
    mine = book(*tags, codings=(on(1, "The dam at Tabqa was held"), on(2, "river", note="why?")))
    theirs = book(
        *tags,
        codings=(on(1, "dam at Tabqa was held."), on(1, "fell in May")),
        name="Theirs",
    )
    found = compare(shelf.store, mine, theirs)
    assert found.names == ("Field notes", "Theirs")
    assert (found.texts, found.tagged_by_both, found.away, found.unfound) == (1, 1, 0, 0)
    siege, river = found.tags
    assert (siege.passages.both, siege.passages.only_a, siege.passages.only_b) == (1, 0, 1)
    assert siege.passages.share == 0.5
    assert (siege.texts.both, siege.texts.neither) == (1, 0)
    assert (river.passages.both, river.passages.only_a, river.passages.only_b) == (0, 1, 0)
    assert [(each.tag, each.side, each.quote, each.note, each.document) for each in found.lone] == [
        ("siege", Side.B, "fell in May", "", document),
        ("river", Side.A, "river", "why?", document),
    ]
    both, length = len("dam at Tabqa was held"), len(BODY)
    only_a, only_b = 4, 1 + len("fell in May")
    assert siege.passages.kappa == pytest.approx(
        kappa_of(both, only_a, only_b, length - both - only_a - only_b)
    )
    total = found.total.passages
    assert (total.both, total.only_a, total.only_b) == (1, 1, 1)


def test_a_passage_that_has_too_little_in_common_is_told_with_how_much(shelf: Shelf) -> None:
    shelf.text()
    mine = book(tag(1, "siege"), codings=(on(1, "The dam at Tabqa was held"),))
    theirs = book(tag(1, "siege"), codings=(on(1, "The dam"),))
    shares = [round(each.share, 2) for each in compare(shelf.store, mine, theirs).lone]
    assert shares == [0.28, 0.28]


def test_tags_are_the_same_by_uuid_by_name_in_their_place_or_by_another_name(
    shelf: Shelf,
) -> None:
    shelf.text()
    mine = book(
        tag(1, "place"),
        tag(2, "river", 1, aliases=(Alias("stream"),)),
        tag(3, "siege", formerly=(uuid(31),)),
        tag(4, "mine alone"),
        codings=(on(2, "river"),),
    )
    theirs = book(
        tag(11, "PLACE"),
        tag(12, "Stream", 11),
        tag(31, "seige"),
        tag(14, "theirs alone"),
        codings=(on(12, "river"), on(14, "May")),
    )
    found = compare(shelf.store, mine, theirs)
    assert [(each.path, each.only_in) for each in found.tags] == [
        ("place", None),
        ("place/river", None),
        ("siege", None),
        ("mine alone", Side.A),
        ("theirs alone", Side.B),
    ]
    assert found.tags[1].passages.both == 1
    # What the other could not know is no disagreement.
    assert found.total.passages.only_b == 0


def test_whole_texts_are_compared_as_texts(shelf: Shelf) -> None:
    bodies = [f"Text {number} of the river." for number in range(4)]
    for number, body in enumerate(bodies):
        shelf.text(f"Text {number}", body)
    whole = [
        Coding(uuid(1), digest_of(body), f"Text {number}", f"Text {number}.txt")
        for number, body in enumerate(bodies)
    ]
    other = [replace(each, tag=uuid(2)) for each in whole]
    tags = (tag(1, "siege"), tag(2, "read"))
    mine = book(*tags, codings=(whole[0], whole[1], other[2], other[3]))
    theirs = book(
        *tags, codings=(on(1, "river", body=bodies[0], title="Text 0"), whole[2], other[1])
    )
    found = compare(shelf.store, mine, theirs)
    assert (found.texts, found.only_a, found.only_b) == (3, 1, 0)
    siege = found.tags[0].texts
    assert (siege.both, siege.only_a, siege.only_b, siege.neither) == (1, 1, 1, 0)
    assert siege.kappa == pytest.approx(-0.5)
    every = compare(shelf.store, mine, theirs, every_text=True)
    assert every.texts == 4 and every.tags[0].texts.neither == 1
    assert [(each.tag, each.side, each.title, each.quote) for each in every.lone] == [
        ("siege", Side.B, "Text 0", "river"),
        ("siege", Side.A, "Text 1", ""),
        ("siege", Side.B, "Text 2", ""),
        ("read", Side.B, "Text 1", ""),
        ("read", Side.A, "Text 2", ""),
        ("read", Side.A, "Text 3", ""),
    ]


def test_texts_that_are_not_here_are_compared_by_their_digests(shelf: Shelf) -> None:
    tags = (tag(1, "siege"),)
    mine = book(*tags, codings=(on(1, "dam at Tabqa was held"),))
    theirs = book(*tags, codings=(on(1, "dam at Tabqa was"), on(1, "May")))
    found = compare(shelf.store, mine, theirs)
    assert (found.texts, found.away, found.measured) == (1, 1, False)
    assert found.tags[0].passages.both == 1
    assert [(each.quote, each.document) for each in found.lone] == [("May", None)]


def test_the_collection_of_a_library_agrees_with_itself(shelf: Shelf) -> None:
    document = shelf.text()
    siege = shelf.create("siege", document)
    shelf.mark(document, "The dam at Tabqa", siege)
    shelf.mark(document, "river", siege)
    found = compare(shelf.store, shelf.book(), shelf.book())
    assert found.lone == ()
    (compared_tag,) = found.tags
    assert compared_tag.passages.share == compared_tag.passages.kappa == 1
    assert compared_tag.texts.share == 1 and compared_tag.texts.kappa is None


def test_passages_marked_in_a_text_read_otherwise_are_compared_where_they_stand_now(
    shelf: Shelf,
) -> None:
    longer = f"A line that came later.\n{BODY}"
    shelf.text(body=longer)
    tags = (tag(1, "siege"),)
    mine = book(*tags, codings=(on(1, "The dam at Tabqa fell in May"),))
    theirs = book(*tags, codings=(on(1, "The dam at Tabqa fell in May", body=longer),))
    found = compare(shelf.store, mine, theirs)
    assert found.tags[0].passages.both == 1 and found.lone == ()
    lost = book(*tags, codings=(on(1, "nothing like it", body="There is nothing like it here."),))
    assert compare(shelf.store, mine, lost).unfound == 1
