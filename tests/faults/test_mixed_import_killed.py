"""An import of every kind of file, killed and resumed, gives the library of an undisturbed one."""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.text import make_text
from desktop_app.library.library import Library
from tests.benchmarks.volume import PROJECT
from tests.faults.library_contents import contents
from tests.faults.mixed_files import write_mixed


def driver(folder: Path, what: Path | str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.mixed_driver"]
    command += [str(folder / "library"), str(folder / "cache"), str(what)]
    return subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run(folder: Path, what: Path | str) -> str:
    """Let the driver come to its end; what it printed."""
    with driver(folder, what) as process:
        out, trouble = process.communicate()
    assert process.returncode == 0, trouble
    return out


def killed_after(folder: Path, what: Path | str, seconds: float) -> tuple[str, bool]:
    """Let the driver go for so long; what it printed, and whether it had to be killed."""
    with driver(folder, what) as process:
        try:
            out, trouble = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.communicate()[0], True
    assert process.returncode == 0, trouble
    return out, False


def killed_at_first_outcome(folder: Path, what: Path | str) -> str:
    """Kill the driver as soon as it says something; what it printed."""
    with driver(folder, what) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.kill()
        # Not communicate: it would pass over what lies read but not taken behind the first line.
        out = first + process.stdout.read()
    assert process.returncode == -signal.SIGKILL, "it came to its end before it was killed"
    return out


def told(out: str) -> list[list[object]]:
    return [json.loads(line) for line in out.splitlines() if line.endswith("]")]


def undisturbed(folder: Path, files: Path) -> tuple[float, float]:
    """Import without being disturbed; the seconds until the first outcome, and from there on."""
    begun = time.monotonic()
    with driver(folder, files) as process:
        assert process.stdout is not None
        process.stdout.readline()
        first = time.monotonic()
        process.stdout.read()
        last = time.monotonic()
        assert process.wait() == 0, process.stderr and process.stderr.read()
    return first - begun, last - first


def kill_and_resume(
    folder: Path, files: Path, moments: Iterator[float]
) -> tuple[list[list[object]], int]:
    """Import, killed after each of the moments in turn, then to the end.

    What was acknowledged, and how many kills came before the end.
    """
    acknowledged: list[list[object]] = []
    kills = 0
    for seconds in moments:
        out, killed = killed_after(folder, files, seconds)
        acknowledged += told(out)
        if not killed:
            return acknowledged, kills
        kills += 1
    return acknowledged + told(run(folder, files)), kills


def assert_same(folder: Path, undisturbed: Path, acknowledged: list[list[object]]) -> None:
    found, expected = contents(folder / "library"), contents(undisturbed / "library")
    assert found.keys() == expected.keys()
    for name in expected:
        assert found[name] == expected[name], name
    library = Library.open(folder / "library", cache=folder / "cache", index="inline")
    try:
        assert library.verify() == []
        (done,) = library.import_runs()
        history = [
            [o.path, o.kind, o.document, o.title, o.reason]
            for o in library.import_outcomes(done.id)
        ]
        # What was acknowledged before a kill is in the history, once and in that order.
        rest = iter(history)
        assert all(line in rest for line in acknowledged)
        brought = library.counts().all
        library.undo()
        assert (library.counts().all, library.counts().trash) == (0, brought)
    finally:
        library.close()


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("few")
    write_mixed(folder, 150)
    return folder


@pytest.fixture(scope="module")
def imported(few: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float, float]:
    """Where the few were imported undisturbed; the seconds until the first outcome, and from there."""
    folder = tmp_path_factory.mktemp("undisturbed")
    return folder, *undisturbed(folder, few)


@pytest.mark.timeout(900)
def test_a_mixed_import_killed_and_resumed_is_as_if_nothing_had_been(
    few: Path, imported: tuple[Path, float, float], tmp_path: Path
) -> None:
    as_it_is, start, rest = imported
    chance = random.Random(11)
    moments = (chance.uniform(start, start + rest / 3) for _ in range(1))
    first = told(killed_at_first_outcome(tmp_path / "killed", few))
    assert 0 < len(first) < 150, "it was not killed in the middle of its files"
    acknowledged, _ = kill_and_resume(tmp_path / "killed", few, moments)
    assert acknowledged, "nothing was left to go on with"
    assert_same(tmp_path / "killed", as_it_is, [*first, *acknowledged])


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_thousand_mixed_files_killed_at_thirty_moments_are_as_if_nothing_had_been(
    tmp_path: Path,
) -> None:
    files = tmp_path / "files"
    write_mixed(files, 1_000)
    start, rest = undisturbed(tmp_path / "undisturbed", files)
    chance = random.Random(30)
    # Some while it starts, the others in what comes then: thirty come to three quarters of it.
    moments = (chance.uniform(start * 0.7, start + rest / 20) for _ in range(30))
    acknowledged, kills = kill_and_resume(tmp_path / "killed", files, moments)
    assert kills == 30
    assert_same(tmp_path / "killed", tmp_path / "undisturbed", acknowledged)


def assert_read_again(folder: Path, before: dict[str, Any]) -> None:
    """Let it be killed once in the middle, and then go on to the end."""
    spoil(folder)
    assert told(killed_at_first_outcome(folder, "--read-again"))
    texts = set(contents(folder / "library")["text"])
    assert 0 < len(texts & set(before["text"])) < len(before["text"]), "not killed in the middle"
    assert_sound(folder)
    run(folder, "--read-again")
    after = contents(folder / "library")
    for name in ("text", "document", "part", "proposals", "original", "files"):
        assert after[name] == before[name], name


@pytest.mark.long
@pytest.mark.timeout(900)
def test_reading_again_killed_in_the_middle_leaves_a_sound_library_and_can_go_on(
    imported: tuple[Path, float, float], tmp_path: Path
) -> None:
    shutil.copytree(imported[0], tmp_path, dirs_exist_ok=True)
    assert_read_again(tmp_path, contents(tmp_path / "library"))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_reading_again_killed_at_random_moments_leaves_a_sound_library_and_can_go_on(
    imported: tuple[Path, float, float], tmp_path: Path
) -> None:
    shutil.copytree(imported[0], tmp_path, dirs_exist_ok=True)
    before = contents(tmp_path / "library")
    spoil(tmp_path)
    begun = time.monotonic()
    out, killed = killed_after(tmp_path, "--read-again", 60)
    seconds = time.monotonic() - begun
    assert not killed, out
    assert contents(tmp_path / "library")["text"] == before["text"]
    moments = random.Random(5)
    for _ in range(10):
        kill_reading_again(tmp_path, moments.uniform(0.3, 0.95) * seconds)
        assert_sound(tmp_path)
    assert_read_again(tmp_path, before)


def kill_reading_again(folder: Path, seconds: float) -> None:
    """Kill what reads again after so long; sooner where it had come to its end by then."""
    for _ in range(8):
        spoil(folder)
        if killed_after(folder, "--read-again", seconds)[1]:
            return
        seconds *= 0.8
    pytest.fail("it came to its end before each kill")


def assert_sound(folder: Path) -> None:
    library = Library.open(folder / "library", cache=folder / "cache", index="inline")
    assert library.verify() == []
    library.close()


def spoil(folder: Path) -> None:
    """Let all texts be by an older reader that did not see the last paragraph."""
    library = Library.open(folder / "library", cache=folder / "cache", index="inline")
    with library._store.write() as work:
        for number in sorted(work.documents.all_ids()):
            text = work.texts.get(number)
            old = make_text(text.blocks[:-1], "old 1")
            work.texts.put(number, replace(old, folds=()), "old 1")
    library.close()
