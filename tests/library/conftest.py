"""A library on real files, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop_app.formats.process.worker import Worker
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome
from tests.worker_for_tests import one_worker

Bring = Callable[..., list[Outcome]]


@pytest.fixture(scope="session")
def worker() -> Worker:
    """One worker for all libraries of this folder."""
    return one_worker()


@pytest.fixture
def library(tmp_path: Path, worker: Worker) -> Iterator[Library]:
    """An empty library that is open for writing."""
    made = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=worker
    )
    yield made
    made.close()


@pytest.fixture
def bring(library: Library, tmp_path: Path) -> Bring:
    """Write texts as files, import them, and give back the outcomes."""

    def bring(*texts: str | bytes, names: Sequence[str] = ()) -> list[Outcome]:
        folder = tmp_path / "files"
        folder.mkdir(exist_ok=True)
        paths: list[Path] = []
        for number, text in enumerate(texts):
            name = names[number] if names else f"article-{len(list(folder.iterdir()))}.txt"
            path = folder / name
            path.write_bytes(text.encode() if isinstance(text, str) else text)
            paths.append(path)
        outcomes: list[Outcome] = []
        library.import_files(paths, on_outcome=outcomes.append)
        return outcomes

    return bring
