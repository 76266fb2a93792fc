"""How long highlights take: in the list of all of them, in the sidebar's counts, and made one by one.

python -m tests.benchmarks.marks [--documents 50000] [--highlights 100000] [--text-mb 5]
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import insert

from desktop_app.core.highlights import (
    MARK_COLOURS,
    HighlightFilter,
    HighlightSort,
    How,
    Standing,
)
from desktop_app.core.model import Facts
from desktop_app.core.query import parse
from desktop_app.core.query_tree import Fact
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.library import undoing
from desktop_app.library.highlight_commands import AddHighlight, DeleteHighlights, MoveHighlight
from desktop_app.store import filters
from desktop_app.store.columns import words_key
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Snapshot, Store
from desktop_app.store.tables import highlight, highlight_tagging, placement, tagging

_SYLLABLES = ("ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")


def document(number: int, body: str, title: str) -> NewDocument:
    blocks = [Block(BlockKind.PARAGRAPH, part) for part in body.split("\n")]
    return NewDocument(
        facts=Facts(title),
        media_type="text/plain",
        file_name=f"{number}.txt",
        original=hashlib.sha256(str(number).encode()).hexdigest(),
        size_bytes=len(body),
        text=make_text(blocks, "bench"),
        extractor="bench",
        words=body.count(" ") + 1,
    )


def fill(store: Store, documents: int, highlights: int, chance: random.Random) -> None:
    """Put documents in, most highlights on few of them, three in ten made on another text."""
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(5_000)]

    def said(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    for first in range(0, documents, 5_000):
        with store.write() as work:
            work.documents.add_many(
                [
                    document(number, said(120), said(7))
                    for number in range(first, min(first + 5_000, documents))
                ]
            )
    with store.write() as work:
        tops = [work.tags.add(collection=1, name=f"top {n}", colour="#336699") for n in range(20)]
        below = [
            work.tags.add(
                collection=1, name=f"sub {n}", colour="#336699", parent=chance.choice(tops).id
            )
            for n in range(180)
        ]
        tags = [each.id for each in (*tops, *below)]
        put = work.connection
        put.exec_driver_sql("UPDATE document SET trashed_at = 5 WHERE id % 50 = 0")
        own = {
            (chance.choice(tags), number)
            for number in range(1, documents + 1)
            for _ in range(chance.choice((0, 1, 2, 4)))
        }
        put.execute(insert(tagging), [{"tag": t, "document": d, "tagged_at": 0} for t, d in own])
        asked = "SELECT id, text_version FROM document"
        versions = {row.id: row.text_version for row in put.exec_driver_sql(asked)}
        marks, places, taggings = [], [], []
        for number in range(1, highlights + 1):
            few = min(int(chance.expovariate(8 / documents)) + 1, documents)
            of = few if chance.random() < 0.6 else chance.randint(1, documents)
            elsewhere = chance.random() < 0.3
            found = chance.choices((How.QUOTE, How.CLOSE, How.LOST), (93, 5, 2))[0]
            how = found if elsewhere else How.MARKED
            quote, note = said(chance.randint(5, 30)), said(12) if chance.random() < 0.2 else ""
            start = chance.randint(0, 500)
            marks.append(
                {
                    "id": number,
                    "uuid": str(number),
                    "document": of,
                    "version": "another" if elsewhere else versions[of],
                    "first": start,
                    "past": start + len(quote),
                    "quote": quote,
                    "text_before": said(5)[:32],
                    "text_after": said(5)[:32],
                    "page": None,
                    "quads": "[]",
                    "colour": chance.choice(MARK_COLOURS),
                    "style": "fill",
                    "note": note,
                    "words_key": words_key(f"{quote}\n{note}"),
                    "made_at": chance.randrange(10**12),
                    "changed_at": number,
                    "place_first": start,
                    "place_past": start + len(quote),
                    "how": how.value,
                }
            )
            if elsewhere:
                places.append(
                    {
                        "highlight": number,
                        "version": versions[of],
                        "first": start,
                        "past": start + 9,
                        "how": how.value,
                    }
                )
            taggings += [
                {"tag": each, "highlight": number, "document": of, "tagged_at": 0}
                for each in set(chance.choices(tags, k=chance.choice((0, 0, 1, 1, 2))))
            ]
        put.execute(insert(highlight), marks)
        put.execute(insert(placement), places)
        put.execute(insert(highlight_tagging), taggings)


def ms(do: Callable[[], object], rounds: int = 7) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def listing(store: Store) -> Iterator[tuple[str, float]]:
    """The list of all highlights, and what the sidebar counts."""

    def asked(ask: Callable[[Snapshot], object]) -> float:
        def once() -> None:
            with store.read() as snapshot:
                ask(snapshot)

        return ms(once)

    def in_order(wanted: HighlightFilter, sort: HighlightSort) -> float:
        return asked(lambda snapshot: snapshot.highlights.ids(wanted, sort))

    def holding(fact: Fact) -> float:
        today = date(2026, 1, 1)
        return asked(lambda snapshot: filters.holding(snapshot.connection, fact, today=today))

    for sort in HighlightSort:
        yield f"list all, by {sort.name.lower()}", in_order(HighlightFilter(), sort)
    with store.read() as snapshot:
        (some,) = snapshot.highlights.many([5])
    word = some.anchor.quote.split()[0]
    for name, wanted in {
        f"words “{word}”": HighlightFilter(words=word),
        "a colour": HighlightFilter(colours=frozenset([MARK_COLOURS[1]])),
        "a tag": HighlightFilter(tags=frozenset([3])),
        "to be reviewed": HighlightFilter(standing=frozenset([Standing.REVIEW])),
        "with a note": HighlightFilter(with_note=True),
    }.items():
        yield f"filter {name}", in_order(wanted, HighlightSort.DOCUMENT)
    yield "count highlights", asked(lambda s: s.highlights.counts())
    yield "count the sidebar's views", asked(lambda s: s.documents.counts())
    yield "count what carries each tag", asked(lambda s: s.tags.counts())
    for query in ("is:untagged", "has:highlight", "has:note", "is:lost"):
        (part,) = parse(query).parts()
        assert isinstance(part, Fact)
        yield query, holding(part)


def marking(store: Store, text_mb: float, chance: random.Random) -> Iterator[tuple[str, float]]:
    """One highlight after another in a large text that has ten thousand of them."""
    line = "The ferry had been held up by fog on the sound for most of the morning. "
    body = "\n".join(f"{number} {line * 4}" for number in range(int(text_mb * 1e6 / 300)))
    with store.write() as work:
        of = work.documents.add(document(10**9, body, "A large text"))
    with store.read() as snapshot:
        version = snapshot.texts.get(of).version

    def passage() -> tuple[str, int, int]:
        start = chance.randrange(len(body) - 200)
        return version, start, start + 100

    def add() -> None:
        undoing.do(store, AddHighlight(of, *passage()))

    yield f"mark in {text_mb:g} MB", ms(add)
    with store.write() as work:
        (made,) = work.highlights.of_document(of)[:1]
        row = {
            "document": of,
            "version": version,
            "quote": made.anchor.quote,
            "text_before": "",
            "text_after": "",
            "quads": "[]",
            "colour": "yellow",
            "style": "fill",
            "note": "",
            "words_key": " x ",
            "made_at": 1,
            "changed_at": 1,
            "how": "marked",
        }
        starts = [chance.randrange(len(body) - 200) for _ in range(10_000)]
        work.connection.execute(
            insert(highlight),
            [
                row
                | {"uuid": f"n {number}", "first": start, "past": start + 100}
                | {"place_first": start, "place_past": start + 100}
                for number, start in enumerate(starts)
            ],
        )
    yield f"mark in {text_mb:g} MB with 10,000", ms(add)
    yield "move one of them", ms(lambda: undoing.do(store, MoveHighlight(made.id, *passage())))
    yield "take that back", ms(lambda: undoing.undo(store), 3)

    def fetch() -> list[int]:
        with store.read() as snapshot:
            return [each.id for each in snapshot.highlights.of_document(of)]

    yield "fetch all 10,000", ms(fetch)
    every = iter(fetch())
    yield "delete one", ms(lambda: undoing.do(store, DeleteHighlights((next(every),))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--highlights", type=int, default=100_000)
    parser.add_argument("--text-mb", type=float, default=5.0)
    options = parser.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "library") as store:
        fill(store, options.documents, options.highlights, chance)
        print(f"{options.documents:,} documents, {options.highlights:,} highlights")
        for name, taken in listing(store):
            print(f"{taken:8.1f} ms  {name}", flush=True)
        for name, taken in marking(store, options.text_mb, chance):
            print(f"{taken:8.1f} ms  {name}", flush=True)


if __name__ == "__main__":
    main()
