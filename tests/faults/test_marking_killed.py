"""A process that is killed while it marks loses nothing that it had acknowledged."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from desktop_app.formats.process.worker import Worker
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from tests.faults.marking_driver import held, newest_step

PROJECT = Path(__file__).parents[2]
TEXT = "\n\n".join(
    f"Paragraph {number} says that the ferry was held up by fog on the sound until {number} o'clock."
    for number in range(20)
)

FIRST_STEPS = 4  # the import and the tags

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such kill here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with three documents and three tags, closed."""
    files = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Report {number}\n\n{TEXT}\n")
        files.append(path)
    with Worker() as worker:
        library = opened(tmp_path, worker)
        library.import_files(files)
        for name in ("siege", "dam", "dam/upper"):
            library.run(CreateTag(name))
        library.close()
    return tmp_path


def opened(folder: Path, worker: Worker | None = None) -> Library:
    return Library.open(folder / "library", cache=folder / "cache", index="inline", worker=worker)


def marked_until_killed(folder: Path, seed: int, after: int, wait_s: float) -> list[dict[str, Any]]:
    """Let the driver mark, kill it a moment behind so many lines, and give back what it said."""
    driver = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.faults.marking_driver",
            folder / "library",
            folder / "cache",
            str(seed),
        ],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert driver.stdout is not None
    lines: list[str] = []
    killing: threading.Timer | None = None
    for line in driver.stdout:
        lines.append(line)
        if len(lines) == after:
            killing = threading.Timer(wait_s, driver.kill)
            killing.start()
    driver.stdout.close()
    assert driver.wait() == -signal.SIGKILL
    assert killing is not None
    killing.join()
    # A line that was cut short was not said.
    return [json.loads(line) for line in lines if line.endswith("}\n")]


def as_said(library: Library) -> Any:
    """What is held, as it comes out of JSON."""
    return json.loads(json.dumps(held(library)))


def killed(folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Kill the driver again and again on one library; count where the kills came."""
    chance = random.Random(seed)
    states: dict[int, Any] = {}  # what was held at each step of the undo log
    met = {"acknowledged": 0, "done but not acknowledged": 0, "not done": 0}
    for kill in range(kills):
        after, wait_s = chance.randint(1, 24), chance.uniform(0, 0.08)
        said = marked_until_killed(folder, seed * 1_000 + kill, after, wait_s)
        for line in said:
            if line["held"] is not None:
                assert states.setdefault(line["step"], line["held"]) == line["held"], kill
        last = next(line for line in reversed(said) if line["held"] is not None)
        begun = said[-1]["held"] is None
        library = opened(folder)
        try:
            assert library.verify() == [], kill
            step = newest_step(library)
            if not begun:
                # The next one may have been begun and done before the kill, unsaid.
                met["acknowledged"] += 1
            else:
                met["not done" if step == last["step"] else "done but not acknowledged"] += 1
            if step not in states:
                states[step] = as_said(library)
                undo(library)
                assert newest_step(library) == last["step"], kill
                assert as_said(library) == last["held"], kill
                redo(library)
            assert newest_step(library) == step
            assert as_said(library) == states[step], kill
            undo_goes_back_over_the_restart(library, states, chance.randint(1, 6))
            assert as_said(library) == states[step], kill
        finally:
            library.close()
    return met


def undo_goes_back_over_the_restart(library: Library, states: dict[int, Any], steps: int) -> None:
    """Undo, in another process than the one that did it, gives exactly the state before."""
    undone = 0
    while undone < steps and newest_step(library) in states and newest_step(library) > FIRST_STEPS:
        undo(library)
        undone += 1
        step = newest_step(library)
        assert as_said(library) == states.setdefault(step, as_said(library))
    for _ in range(undone):
        redo(library)
        assert as_said(library) == states[newest_step(library)]


def undo(library: Library) -> None:
    report = library.undo()
    assert report is not None
    assert report.refused is None, report.refused


def redo(library: Library) -> None:
    report = library.redo()
    assert report is not None
    assert report.refused is None, report.refused


def test_a_kill_while_marking_loses_nothing_that_was_acknowledged(folder: Path) -> None:
    met = killed(folder, 4, seed=1)
    assert sum(met.values()) == 4


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_hundred_kills_while_marking_lose_nothing_that_was_acknowledged(folder: Path) -> None:
    met = killed(folder, 100, seed=2)
    assert all(met.values()), met
