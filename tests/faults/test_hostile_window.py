"""The window answers while files come in that were made to hurt."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.hostile import import_watched
from tests.faults.hostile_files import write_hostile

LONGEST_MS = 100

# Sleeps for a millisecond and computes a little, as an idle window does, until nobody listens.
_CONTROL = """
import select, sys, time
last, longest = time.perf_counter(), 0.0
while not select.select([sys.stdin], [], [], 0.001)[0]:
    sum(range(20_000))
    now = time.perf_counter()
    longest, last = max(longest, now - last), now
print(longest * 1_000)
"""


@contextmanager
def control() -> Iterator[list[float]]:
    """Measure beside it the longest that a process with nothing to do is kept from running, in ms."""
    measured: list[float] = []
    command = [sys.executable, "-c", _CONTROL]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield measured
        finally:
            measured.append(float(process.communicate()[0]))


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_the_window_never_waits_long_for_hostile_files(tmp_path: Path, qapp: QApplication) -> None:
    files = tmp_path / "files"
    paths = write_hostile(files, tmp_path / "canary.txt", damaged=3, mutated=60)
    beyond: list[tuple[float, float]] = []
    for attempt in range(3):
        home = tmp_path / str(attempt)
        home.mkdir()
        with control() as kept_waiting:
            seen = import_watched(home, files)
        assert sum(seen.kinds.values()) >= len(paths)
        assert len(seen.gaps) > 100, "nobody looked"
        # What the window itself computes is the same on a loaded machine.
        assert max(seen.work) <= LONGEST_MS
        # By the clock others have a part in it: no more is asked than the machine gives to anyone,
        # and one calm run of three is enough.
        if max(seen.gaps) <= LONGEST_MS + kept_waiting[0]:
            return
        beyond.append((max(seen.gaps), kept_waiting[0]))
    pytest.fail(f"the window did not answer for (with what a control was kept waiting) {beyond} ms")
