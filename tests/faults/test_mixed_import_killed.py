"""An import of every kind of file, killed and resumed, gives the library of an undisturbed one."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

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


def told(out: str) -> list[list[object]]:
    return [json.loads(line) for line in out.splitlines() if line.endswith("]")]


def kill_and_resume(folder: Path, files: Path, moments: list[float]) -> list[list[object]]:
    """Import, killed after each of the moments in turn; then to the end. What was acknowledged."""
    acknowledged: list[list[object]] = []
    for seconds in moments:
        out, killed = killed_after(folder, files, seconds)
        acknowledged += told(out)
        if not killed:
            return acknowledged
    return acknowledged + told(run(folder, files))


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


def undisturbed_of(files: Path, folder: Path) -> float:
    """Import without being disturbed; how long it took in seconds."""
    begun = time.monotonic()
    run(folder, files)
    return time.monotonic() - begun


@pytest.mark.timeout(900)
def test_a_mixed_import_killed_and_resumed_is_as_if_nothing_had_been(
    few: Path, tmp_path: Path
) -> None:
    seconds = undisturbed_of(few, tmp_path / "undisturbed")
    moments = random.Random(11)
    often = [moments.uniform(0.3, 0.9) * seconds for _ in range(3)]
    acknowledged = kill_and_resume(tmp_path / "killed", few, often)
    assert_same(tmp_path / "killed", tmp_path / "undisturbed", acknowledged)


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_thousand_mixed_files_killed_at_thirty_moments_are_as_if_nothing_had_been(
    tmp_path: Path,
) -> None:
    files = tmp_path / "files"
    write_mixed(files, 1_000)
    seconds = undisturbed_of(files, tmp_path / "undisturbed")
    moments = random.Random(30)
    # Each start takes its time before the first file is read: short ones do not come that far.
    often = [moments.uniform(0.04, 0.14) * seconds + 1.5 for _ in range(30)]
    acknowledged = kill_and_resume(tmp_path / "killed", files, often)
    assert_same(tmp_path / "killed", tmp_path / "undisturbed", acknowledged)


@pytest.mark.timeout(900)
def test_reading_again_killed_at_random_moments_leaves_a_sound_library_and_can_go_on(
    few: Path, tmp_path: Path
) -> None:
    undisturbed_of(few, tmp_path)
    before = contents(tmp_path / "library")
    spoil(tmp_path)
    begun = time.monotonic()
    out, killed = killed_after(tmp_path, "--read-again", 60)
    seconds = time.monotonic() - begun
    assert not killed, out
    assert contents(tmp_path / "library")["text"] == before["text"]
    moments = random.Random(5)
    for _ in range(3):
        spoil(tmp_path)
        killed_after(tmp_path, "--read-again", moments.uniform(0.3, 0.95) * seconds)
        library = Library.open(tmp_path / "library", cache=tmp_path / "cache", index="inline")
        assert library.verify() == []
        library.close()
    run(tmp_path, "--read-again")
    after = contents(tmp_path / "library")
    for name in ("text", "document", "part", "proposals", "original", "files"):
        assert after[name] == before[name], name


def spoil(folder: Path) -> None:
    """Let all texts be by an older reader that did not see the last paragraph."""
    from dataclasses import replace

    from desktop_app.core.text import make_text

    library = Library.open(folder / "library", cache=folder / "cache", index="inline")
    with library._store.write() as work:
        for number in sorted(work.documents.all_ids()):
            text = work.texts.get(number)
            old = make_text(text.blocks[:-1], "old 1")
            work.texts.put(number, replace(old, folds=()), "old 1")
    library.close()
