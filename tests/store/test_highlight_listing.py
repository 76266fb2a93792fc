"""The list of all highlights: each order and each filter agrees with a plain reading of the rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.core.dates import PartialDate
from desktop_app.core.highlights import (
    Highlight,
    HighlightFilter,
    HighlightSort,
    How,
    MarkStyle,
    Standing,
    anchor_at,
)
from desktop_app.core.model import Document
from desktop_app.core.query import parse
from desktop_app.core.words import words
from desktop_app.store import filters
from desktop_app.store.columns import from_ms, words_key
from desktop_app.store.store import Store, Work

WORDS = ["dam", "quay", "Tabqa", "berth", "pilot", "winter", "Größe", "notice", "yard", "harbour"]
TRASHED = 5


def put(work: Work, document: int, quote: str, number: int, chance: random.Random) -> int:
    text = work.texts.get(document)
    anchor = anchor_at(text.version, text.canonical, 0, 9)
    version = chance.choice([text.version, "gone"])
    anchor = replace(
        anchor, version=version, quote=quote, start=chance.randrange(40), before="", after=""
    )
    made_at = from_ms(work.now_ms - 1000 * chance.randrange(30))
    return work.highlights.add(
        Highlight(
            0,
            f"uuid {number}",
            document,
            replace(anchor, end=anchor.start + len(quote)),
            chance.choice(["yellow", "green", "blue"]),
            chance.choice(list(MarkStyle)),
            chance.choice(["", "", "Why?", "a dam", "Berth"]),
            made_at,
            made_at,
        )
    ).id


@pytest.fixture
def library(store: Store, make, clock) -> Store:
    """Twelve documents, one of them in the trash, with a hundred highlights, half of them tagged."""
    chance = random.Random(4)
    news = [
        make(
            " ".join(chance.choices(WORDS, k=2)),
            " ".join(chance.choices(WORDS, k=40)) + f" {number}",
            published=chance.choice([None, "2015", "2016-03", "2016-03-05"]),
        )
        for number in range(12)
    ]
    news = [
        replace(new, facts=replace(new.facts, published=as_date(new.facts.published)))
        for new in news
    ]
    store.originals.keep([(new.original, new.text.canonical.encode()) for new in news])
    with store.write() as work:
        ids = work.documents.add_many(news)
        top = work.tags.add(collection=1, name="place", colour="#336699")
        tags = [
            work.tags.add(collection=1, name=name, colour="#336699", parent=parent).id
            for name, parent in (("Zeta", top.id), ("actor", None), ("Élan", None))
        ]
    for number in range(100):
        clock.on(seconds=1)
        with store.write() as work:
            document = chance.choice(ids[:-1])
            canonical = work.texts.canonical(document)
            start = chance.randrange(20)
            quote = canonical[start : start + chance.randint(4, 30)].strip() or "dam"
            if chance.random() < 0.3:
                quote = " ".join(chance.choices(WORDS, k=3)).upper()
            new = put(work, document, quote, number, chance)
            for tag in tags:
                if chance.random() < 0.2:
                    work.highlights.tag(tag, [new])
            if chance.random() < 0.2:
                work.taggings.add(chance.choice(tags), [chance.choice(ids)])
    with store.write() as work:
        work.documents.set_trashed([TRASHED], clock())
        work.highlights.set_document_note(ids[-1], "On all of it.")
    return store


def as_date(value: object) -> PartialDate | None:
    return (
        value if value is None or isinstance(value, PartialDate) else PartialDate.parse(str(value))
    )


def everything(store: Store) -> tuple[list[Highlight], dict[int, Document]]:
    with store.read() as snapshot:
        documents = {each.id: each for each in snapshot.documents.many(range(1, 13))}
        every = [each for id in documents for each in snapshot.highlights.of_document(id)]
    return [each for each in every if each.document != TRASHED], documents


def where(each: Highlight) -> int:
    return each.place.start if each.place else each.anchor.start


def by_place(each: Highlight) -> tuple[int, int, int]:
    return each.document, where(each), each.id


def keys(
    documents: dict[int, Document], names: dict[int, tuple[str, int]]
) -> dict[HighlightSort, Callable[[Highlight], Any]]:
    def title(each: Highlight) -> Any:
        return words_key(documents[each.document].title), *by_place(each)

    def dated(each: Highlight, sign: int) -> Any:
        published = documents[each.document].facts.published
        first = published.first().toordinal() if published else 0
        return published is None, sign * first, *by_place(each)

    def tagged(each: Highlight) -> Any:
        return (
            not each.tags,
            min((names[tag] for tag in each.tags), default=("", 0)),
            *by_place(each),
        )

    def quote(each: Highlight) -> Any:
        return words_key(f"{each.anchor.quote}\n{each.note}")[:48], *by_place(each)

    return {
        HighlightSort.DOCUMENT: title,
        HighlightSort.NEWEST: lambda each: (-each.made_at.timestamp(), -each.id),
        HighlightSort.OLDEST: lambda each: (each.made_at, each.id),
        HighlightSort.CHANGED: lambda each: (-each.changed_at.timestamp(), -each.id),
        HighlightSort.QUOTE: quote,
        HighlightSort.NOTE: lambda each: (not each.note, each.note.lower(), *by_place(each)),
        HighlightSort.COLOUR: lambda each: (each.colour, each.style.value, *by_place(each)),
        HighlightSort.TAGS: tagged,
        HighlightSort.DATE_NEWEST: lambda each: dated(each, -1),
        HighlightSort.DATE_OLDEST: lambda each: dated(each, 1),
    }


def ranks(store: Store) -> dict[int, tuple[str, int]]:
    from desktop_app.core.words import name_key

    with store.read() as snapshot:
        return {tag.id: (name_key(tag.name), tag.id) for tag in snapshot.tags.all()}


@pytest.mark.parametrize("sort", HighlightSort)
def test_each_order_is_what_it_says(library: Store, sort: HighlightSort) -> None:
    every, documents = everything(library)
    expected = [each.id for each in sorted(every, key=keys(documents, ranks(library))[sort])]
    with library.read() as snapshot:
        assert list(snapshot.highlights.ids(HighlightFilter(), sort)) == expected
        half = frozenset({1, 2, 3, 4, TRASHED})
        some = snapshot.highlights.ids(HighlightFilter(documents=half), sort)
    of = {each.id: each.document for each in every}
    assert list(some) == [each for each in expected if of[each] in half]


FILTERS: dict[str, tuple[HighlightFilter, Callable[[Highlight, str], bool]]] = {
    "a colour": (
        HighlightFilter(colours=frozenset(["blue", "green"])),
        lambda each, title: each.colour != "yellow",
    ),
    "a tag": (
        HighlightFilter(tags=frozenset([2, 4])),
        lambda each, title: bool({2, 4} & {*each.tags}),
    ),
    "lost": (
        HighlightFilter(standing=frozenset([Standing.LOST])),
        lambda each, title: each.place is None,
    ),
    "placed or lost": (
        HighlightFilter(standing=frozenset([Standing.LOST, Standing.PLACED])),
        lambda each, title: each.how is not How.CLOSE,
    ),
    "a note": (HighlightFilter(with_note=True), lambda each, title: bool(each.note)),
    "no note": (HighlightFilter(with_note=False), lambda each, title: not each.note),
    "whole words": (
        HighlightFilter(words="dam grosse "),
        lambda each, title: all(said(word, each, title) for word in ("dam", "grosse")),
    ),
    "an unfinished word": (
        HighlightFilter(words="Wint"),
        lambda each, title: any(w.startswith("wint") for w in [*quoted(each), *words(title)]),
    ),
    "several": (
        HighlightFilter(words="dam", with_note=True, colours=frozenset(["blue"])),
        lambda each, title: (
            each.colour == "blue"
            and bool(each.note)
            and any(w.startswith("dam") for w in [*quoted(each), *words(title)])
        ),
    ),
}


def quoted(each: Highlight) -> list[str]:
    return words(f"{each.anchor.quote}\n{each.note}")


def said(word: str, each: Highlight, title: str) -> bool:
    return word in quoted(each) or word in words(title)


@pytest.mark.parametrize("what", FILTERS)
def test_each_filter_lets_through_what_it_says(library: Store, what: str) -> None:
    wanted, lets = FILTERS[what]
    every, documents = everything(library)
    expected = {each.id for each in every if lets(each, documents[each.document].title)}
    assert 0 < len(expected) < len(every)
    with library.read() as snapshot:
        for sort in (HighlightSort.DOCUMENT, HighlightSort.NEWEST, HighlightSort.TAGS):
            found = snapshot.highlights.ids(wanted, sort)
            assert len(found) == len(expected)
            assert set(found) == expected


def test_the_counts_leave_out_the_trash(library: Store) -> None:
    every, _ = everything(library)
    with library.read() as snapshot:
        counted = snapshot.highlights.counts()
        sidebar = snapshot.documents.counts()
    for standing in Standing:
        assert counted[standing] == sum(each.standing is standing for each in every)
    assert counted[Standing.LOST] and counted[Standing.PLACED]
    assert sidebar.highlights == len(every)
    assert sidebar.lost == counted[Standing.LOST]


def test_a_document_carries_the_tags_of_its_highlights(library: Store) -> None:
    every, documents = everything(library)
    carried = {id: set(document.tags) for id, document in documents.items() if id != TRASHED}
    for each in every:
        carried[each.document] |= set(each.tags)
    own = {tag: {id for id, tags in carried.items() if tag in tags} for tag in (1, 2, 3, 4)}
    with library.read() as snapshot:
        counts = snapshot.tags.counts()
        found = {tag: filters.tagged(snapshot.connection, [tag]) - {TRASHED} for tag in own}
        below = snapshot.tags.documents(1, with_children=True) - {TRASHED}
    assert found == own
    assert counts.documents == {tag: len(ids) for tag, ids in own.items() if ids}
    assert counts.documents_below == counts.documents | {1: len(own[1] | own[2])}
    assert below == own[1] | own[2]
    marked = {tag: sum(tag in each.tags for each in every) for tag in own}
    assert counts.highlights == {tag: number for tag, number in marked.items() if number}
    assert counts.highlights_below == counts.highlights | {1: marked[1] + marked[2]}


@pytest.mark.parametrize("query", ["is:untagged", "tag:none", "-has:tag", "is:inbox"])
def test_untagged_is_what_neither_itself_nor_in_a_highlight_has_a_tag(
    library: Store, query: str
) -> None:
    every, documents = everything(library)
    tagged = {each.document for each in every if each.tags}
    tagged |= {id for id, document in documents.items() if document.tags}
    assert holding(library, query) == documents.keys() - tagged - {TRASHED}
    with library.read() as snapshot:
        counts = snapshot.documents.counts()
    assert counts.untagged == counts.inbox == len(documents.keys() - tagged - {TRASHED})


def test_documents_are_found_by_what_is_marked_in_them(library: Store) -> None:
    every, _ = everything(library)
    assert holding(library, "has:highlight") == {each.document for each in every}
    assert holding(library, "has:note") == {each.document for each in every if each.note} | {12}
    assert holding(library, "is:lost") == {each.document for each in every if each.place is None}


def holding(store: Store, query: str) -> set[int]:
    """The documents outside the trash that a query of one part holds for."""
    (part,) = parse(query).parts()
    with store.read() as snapshot:
        found = filters.holding(snapshot.connection, part, today=date(2026, 3, 1))  # type: ignore[arg-type]
    found = set(range(1, 13)) - found if query.startswith("-") else found
    return found - {TRASHED}
