"""A store in a temporary folder, and documents to put into it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import FactName, Facts, Origin, OriginKind
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Store

Make = Callable[..., NewDocument]
Import = Callable[..., list[int]]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(folder, clock=clock) as opened:
        yield opened


def make(title: str = "Siege of Raqqa", body: str | None = None, **facts: object) -> NewDocument:
    """A new document whose original is its body."""
    body = f"{title}\nThe dam at Tabqa." if body is None else body
    blocks = [Block(BlockKind.PARAGRAPH, line) for line in body.split("\n")]
    text = make_text(blocks, "txt 1")
    content = body.encode()
    published = facts.pop("published", None)
    return NewDocument(
        facts=Facts(
            title=title,
            published=PartialDate.parse(published) if isinstance(published, str) else None,
            origins={FactName.TITLE: Origin(OriginKind.GUESSED, "first lines", 0.8)},
            **facts,  # type: ignore[arg-type]
        ),
        media_type="text/plain",
        file_name=f"{title}.txt",
        original=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        text=text,
        extractor="txt 1",
        words=len(body.split()),
    )


def bring(store: Store, *news: NewDocument) -> list[int]:
    """Import documents as an import does: originals first, then one transaction."""
    store.originals.keep([(new.original, new.text.canonical.encode()) for new in news])
    with store.write() as work:
        return work.documents.add_many(list(news))


@pytest.fixture(name="make")
def make_fixture() -> Make:
    return make


@pytest.fixture(name="bring")
def bring_fixture(store: Store) -> Import:
    def into_store(*titles: str) -> list[int]:
        return bring(store, *(make(title) for title in titles))

    return into_store
