"""What searches are timed on: a library of articles, and the same articles in SQLite's FTS5."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import insert

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Facts
from desktop_app.core.text import Block, BlockKind, clean, make_text
from desktop_app.library.library import Library
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Store
from desktop_app.store.tables import tagging
from tests.benchmarks.volume import articles

SOURCES = ("The Coast Ledger", "Harbour View", "Weekly Review", "The Oster Post", "Northern Wire")
TAGS = 40
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Article:
    """What both engines are given."""

    number: int  # from 1, as both count
    title: str
    body: str
    source: str
    day: date


def made(count: int, size: int) -> Iterator[Article]:
    """The articles, the same ones each time."""
    chance = random.Random(2)
    first = date(2009, 1, 1)
    for number, (_, text) in enumerate(articles(count, size=size), 1):
        title, _, body = text.partition("\n\n")
        day = first + timedelta(days=chance.randrange(6_000))
        yield Article(number, title, body.strip(), chance.choice(SOURCES), day)


def _document(article: Article) -> NewDocument:
    blocks = [Block(BlockKind.PARAGRAPH, clean(part)) for part in article.body.split("\n\n")]
    return NewDocument(
        facts=Facts(
            article.title,
            source=article.source,
            published=PartialDate.parse(article.day.isoformat()),
            language="en",
        ),
        media_type="text/plain",
        file_name=f"{article.number}.txt",
        original=hashlib.sha256(str(article.number).encode()).hexdigest(),
        size_bytes=len(article.body),
        text=make_text(blocks, "bench"),
        extractor="bench",
        words=article.body.count(" ") + 1,
    )


def _tags_of(number: int) -> set[int]:
    """Which of the tags an article carries, from 0; the first tags are on most."""
    chance = random.Random(number)
    return {min(int(chance.expovariate(0.15)), TAGS - 1) for _ in range(chance.choice((0, 1, 2)))}


def _batches(count: int, size: int) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in made(count, size):
        batch.append(article)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def make_library(folder: Path, count: int, size: int) -> None:
    """Fill a library without importing files, and bring its index up to date."""
    if (folder / "library").is_dir():
        return
    begun = time.monotonic()
    with Store.open(folder / "library") as store:
        with store.write() as work:
            tags = [
                work.tags.add(collection=1, name=f"topic {n}", colour="#336699").id
                for n in range(TAGS)
            ]
        for batch in _batches(count, size):
            with store.write() as work:
                ids = work.documents.add_many([_document(article) for article in batch])
                rows = [
                    {"tag": tags[tag], "document": id_, "tagged_at": 0}
                    for id_, article in zip(ids, batch, strict=True)
                    for tag in sorted(_tags_of(article.number))
                ]
                work.connection.execute(insert(tagging), rows)
    print(f"{count:,} articles in the library after {time.monotonic() - begun:.0f} s", flush=True)
    begun = time.monotonic()
    library = Library.open(folder / "library", cache=folder / "cache")
    library.wait_until_searchable()
    library.close()
    print(f"in its index after {time.monotonic() - begun:.0f} s more", flush=True)


def make_fts(folder: Path, count: int, size: int) -> sqlite3.Connection:
    """Put the same articles in FTS5, and open it."""
    file = folder / "fts.db"
    there = file.is_file()
    connection = sqlite3.connect(file)
    if there:
        return connection
    begun = time.monotonic()
    connection.executescript(
        """
        CREATE VIRTUAL TABLE fts USING fts5(title, body, tokenize="porter unicode61");
        CREATE VIRTUAL TABLE vocabulary USING fts5vocab(fts, row);
        CREATE TABLE article (id INTEGER PRIMARY KEY, source TEXT, day TEXT);
        CREATE TABLE tagged (tag INTEGER, article INTEGER, PRIMARY KEY (tag, article)) WITHOUT ROWID;
        """
    )
    for batch in _batches(count, size):
        with connection:
            connection.executemany(
                "INSERT INTO fts (rowid, title, body) VALUES (?, ?, ?)",
                [(each.number, each.title, each.body) for each in batch],
            )
            connection.executemany(
                "INSERT INTO article VALUES (?, ?, ?)",
                [(each.number, each.source, each.day.isoformat()) for each in batch],
            )
            connection.executemany(
                "INSERT INTO tagged VALUES (?, ?)",
                [(tag, each.number) for each in batch for tag in _tags_of(each.number)],
            )
    with connection:
        connection.execute("INSERT INTO fts (fts) VALUES ('optimize')")
        connection.execute("CREATE INDEX by_day ON article (day)")
    print(f"in FTS5 after {time.monotonic() - begun:.0f} s", flush=True)
    return connection


def words_by_share(count: int, size: int) -> dict[str, list[str]]:
    """Words of the articles by how many articles have them: common, middling, rare."""
    sample = min(count, 4_000)
    held: dict[str, int] = {}
    for article in made(sample, size):
        for word in set(_plain_words(article.body)):
            held[word] = held.get(word, 0) + 1
    chance = random.Random(3)
    bands = {"common": (0.25, 0.7), "middling": (0.03, 0.15), "rare": (2 / sample, 8 / sample)}
    found: dict[str, list[str]] = {}
    for band, (least, most) in bands.items():
        words = sorted(w for w, n in held.items() if least * sample <= n <= most * sample)
        found[band] = chance.sample(words, min(len(words), 60))
    return found


def phrases(count: int, size: int, known: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of neighbours of which one at least is a middling word."""
    wanted = set(known)
    found: list[tuple[str, str]] = []
    for article in made(min(count, 400), size):
        words = _plain_words(article.body)
        for left, right in pairwise(words):
            if left in wanted or right in wanted:
                found.append((left, right))
                break
    return found


def _plain_words(text: str) -> list[str]:
    return [
        word
        for raw in text.lower().split()
        if (word := raw.strip(".,;:!?\"'()")).isascii() and word.isalpha() and len(word) > 3
    ]
