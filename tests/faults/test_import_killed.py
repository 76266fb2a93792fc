"""An import that is killed loses nothing that it acknowledged, and its library is sound."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from desktop_app.library.library import Library
from tests.benchmarks.volume import PROJECT, write_articles

DOCUMENTS = 300
WORD = "source"  # stands at the end of every article


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    write_articles(folder, DOCUMENTS, size=2_000)
    return folder


def driver(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.import_driver", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def undisturbed(
    articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Counter[str], float]:
    """The named points that one whole import passes, and how long it takes in seconds."""
    folder = tmp_path_factory.mktemp("undisturbed")
    begun = time.monotonic()
    with driver(folder / "library", folder / "cache", articles, "record") as process:
        out, points = process.communicate()
    assert process.returncode == 0, points
    assert len(out.splitlines()) == DOCUMENTS
    return Counter(points.splitlines()), time.monotonic() - begun


def assert_sound_after(out: str, folder: Path, articles: Path) -> None:
    """What was acknowledged is there, the rest comes by importing again, and all can be found."""
    acknowledged = [json.loads(line) for line in out.splitlines() if line.endswith("}")]
    assert all(line["outcome"] == "imported" for line in acknowledged)
    library = Library.open(folder / "library", cache=folder / "cache", index="inline")
    try:
        assert library.verify() == []
        assert library.wait_until_searchable(120)
        present = set(library.search("").ids)
        assert {line["id"] for line in acknowledged} <= present
        assert set(library.search(WORD).ids) == present
        for document in library.documents(sorted(present)):
            assert library.text(document.id).version == document.text_version
        library.import_files([articles])
        assert library.counts().all == DOCUMENTS
        assert library.wait_until_searchable(120)
        assert len(library.search(WORD).ids) == DOCUMENTS
        assert library.verify() == []
    finally:
        library.close()


def kill_at_point(folder: Path, articles: Path, name: str, number: int) -> None:
    with driver(folder / "library", folder / "cache", articles, name, number) as process:
        out, trouble = process.communicate()
    assert process.returncode == -9, trouble
    assert_sound_after(out, folder, articles)


def kill_after(folder: Path, articles: Path, seconds: float) -> None:
    with driver(folder / "library", folder / "cache", articles) as process:
        try:
            out, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            out, _ = process.communicate()
    assert_sound_after(out, folder, articles)


def test_an_import_killed_between_two_durable_steps_loses_nothing_acknowledged(
    undisturbed: tuple[Counter[str], float], articles: Path, tmp_path: Path
) -> None:
    points, _ = undisturbed
    name = "original:renamed"
    assert points[name] > 1
    kill_at_point(tmp_path, articles, name, points[name] // 2)


@pytest.mark.long
def test_an_import_killed_at_a_random_moment_loses_nothing_acknowledged(
    undisturbed: tuple[Counter[str], float], articles: Path, tmp_path: Path
) -> None:
    _, seconds = undisturbed
    kill_after(tmp_path, articles, random.Random(7).uniform(0.4, 1) * seconds)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_an_import_killed_at_every_named_point_loses_nothing_acknowledged(
    undisturbed: tuple[Counter[str], float], articles: Path, tmp_path: Path
) -> None:
    points, _ = undisturbed
    for name, passed in sorted(points.items()):
        for number in sorted({1, (passed + 1) // 2, passed}):
            kill_at_point(tmp_path / f"{name}-{number}".replace(":", "-"), articles, name, number)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_an_import_killed_at_fifty_random_moments_loses_nothing_acknowledged(
    undisturbed: tuple[Counter[str], float], articles: Path, tmp_path: Path
) -> None:
    _, seconds = undisturbed
    moments = random.Random(50)
    for number in range(50):
        kill_after(tmp_path / str(number), articles, moments.uniform(0.1, 1.1) * seconds)
