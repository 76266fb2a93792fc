"""The window while files come in that were made to hurt.

python -m tests.benchmarks.hostile [--damaged N] [--mutated N]

Imports the hostile files of the fault tests in a window that is not shown, and prints how many of
each outcome there were, the seconds that all took, and the longest that the window's thread did
not answer: the gaps between the ticks of a timer of a millisecond, and how often they passed
20, 50 and 100 ms.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from tests.faults.hostile_files import write_hostile
from tests.ui.window_for_tests import Desk, make_library


@dataclass(frozen=True, slots=True)
class Watched:
    """How the window was while files came in: seconds, outcomes, and what lay between two ticks.

    gaps: milliseconds by the clock; work: by what the window's thread computed, however many
    others wanted the processors.
    """

    took: float
    kinds: dict[str, int]
    gaps: list[float]
    work: list[float]


def import_watched(home: Path, files: Path) -> Watched:
    """Import files in a window on a library of its own below a folder."""
    make_library(home)
    desk = Desk(home, index="process")  # as the program has it
    gaps: list[float] = []
    work: list[float] = []
    last, worked = time.perf_counter(), time.thread_time()

    def tick() -> None:
        nonlocal last, worked
        now, computed = time.perf_counter(), time.thread_time()
        gaps.append((now - last) * 1_000)
        work.append((computed - worked) * 1_000)
        last, worked = now, computed

    timer = QTimer()
    timer.setInterval(1)
    timer.timeout.connect(tick)
    loop = QEventLoop()
    desk.session.imports.finished.connect(loop.quit)
    begun = last = time.perf_counter()
    worked = time.thread_time()
    timer.start()
    desk.session.import_files([files])
    loop.exec()
    took = time.perf_counter() - begun
    timer.stop()
    kinds = Counter(row.outcome.kind.value for row in desk.session.imports.rows)
    desk.close()
    return Watched(took, dict(kinds), gaps, work)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damaged", type=int, default=6)
    parser.add_argument("--mutated", type=int, default=300)
    asked = parser.parse_args()
    application = QApplication([])
    with tempfile.TemporaryDirectory(prefix="postil-hostile-") as temporary:
        home = Path(temporary)
        files = home / "files"
        paths = write_hostile(
            files, home / "canary.txt", damaged=asked.damaged, mutated=asked.mutated
        )
        seen = import_watched(home, files)
    print(f"{len(paths)} files, {seen.took:.1f} s: {seen.kinds}")
    over = {bound: sum(gap > bound for gap in seen.gaps) for bound in (20, 50, 100)}
    print(f"longest gap {max(seen.gaps):.0f} ms; over 20, 50, 100 ms: {tuple(over.values())}")
    print(f"most that the window computed in one go: {max(seen.work):.0f} ms")
    del application


if __name__ == "__main__":
    main()
