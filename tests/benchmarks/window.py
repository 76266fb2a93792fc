"""Whether the window is quick on a large library.

python -m tests.benchmarks.window [--documents 50000] [--keep FOLDER]

Makes a library of articles (or takes the one in FOLDER, made by an earlier run), then measures, on
the platform that QT_QPA_PLATFORM names: the time from the start of the program until the window
can be used; the frames of the list while it is scrolled; the longest time that the window's thread
does not answer while somebody types in the search box, without and with an import of 1,000 files
running; and how long after the last key the first rows are painted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from desktop_app.library.library import Library
from desktop_app.main import OpenWindow
from desktop_app.settings import Settings
from desktop_app.ui.app import make_app
from tests.benchmarks.volume import write_articles

IMPORTED = 1_000
TYPED = ("government", '"state of the"', "source:ledger date:2014", "rep*", "harbour OR system")


# Beats as the window does and has nothing else to do; tells its longest gaps when it is asked.
IDLE = """
import select, sys, time
gaps, last = [], time.perf_counter()
while True:
    asked = select.select([sys.stdin], [], [], 0.002)[0]
    now = time.perf_counter()
    gaps.append((now - last) * 1000)
    last = now
    if asked:
        if not sys.stdin.readline():
            break
        print(*gaps, flush=True)
        gaps.clear()
"""


class Idle:
    """A process that only beats: its gaps are the machine's own, whatever the window does."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", IDLE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def gaps(self) -> list[float]:
        """The gaps since this was asked last, in milliseconds, shortest first."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return sorted(float(gap) for gap in self._process.stdout.readline().split())

    def end(self) -> None:
        self._process.communicate()


class Heart(QObject):
    """Beats every 2 ms on the window's thread.

    gaps: between beats, in milliseconds. worked: how long of each gap the thread itself worked;
    the rest it waited for the machine, or for a thread beside it to let go of Python.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.worked: list[float] = []
        self.idle = Idle()
        self._clock = QElapsedTimer()
        self._before = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.gaps.clear()
        self.worked.clear()
        self.idle.gaps()
        self._clock.start()
        self._before = time.thread_time_ns()
        self._timer.start(2)

    def stop(self, name: str) -> None:
        """Stop, and print what was measured."""
        self._timer.stop()
        row(f"{name}: gap between answers", sorted(self.gaps))
        row("    of it work on the window's thread", sorted(self.worked))
        row("    the same in an idle process", self.idle.gaps())

    def _beat(self) -> None:
        self.gaps.append(self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()
        now = time.thread_time_ns()
        self.worked.append((now - self._before) / 1e6)
        self._before = now


def spin(milliseconds: int) -> None:
    """Let events run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def spin_until(done: Callable[[], bool], timeout_s: float = 60) -> float:
    """Let events run until something holds; return the milliseconds that it took."""
    clock = QElapsedTimer()
    clock.start()
    while not done():
        if clock.elapsed() > timeout_s * 1000:
            raise TimeoutError("it did not come about")
        loop = QEventLoop()
        QTimer.singleShot(1, loop.quit)
        loop.exec()
    return clock.nsecsElapsed() / 1e6


def open_window(folder: Path, cache: Path) -> OpenWindow:
    app = make_app(["postil"], theme="light")
    library = Library.open(folder, cache=cache)
    opened = OpenWindow(app, library, None, Settings(theme="light"), cache=cache)
    opened.window.resize(1440, 900)
    opened.window.show()
    return opened


def painted(opened: OpenWindow) -> bool:
    """Whether the first row of the list is there to be seen."""
    model = opened.model
    return bool(len(model.ids)) and model.row(0) is not None


def start_up(folder: Path, cache: Path, begun: float) -> None:
    """Print the seconds from the start of the program until the first rows can be seen."""
    opened = open_window(folder, cache)
    spin_until(lambda: painted(opened))
    opened.window.list.view.viewport().repaint()
    print(f"STARTED {time.time() - begun:.3f}")
    opened.close()
    os._exit(0)


def scroll(opened: OpenWindow) -> list[float]:
    """Scroll the list with the wheel's steps and in leaps; the milliseconds of each frame."""
    view = opened.window.list.view
    bar = view.verticalScrollBar()
    frames: list[float] = []
    clock = QElapsedTimer()
    places = [bar.minimum() + step * 60 for step in range(300)]
    places += [bar.maximum() * step // 150 for step in range(151)]
    for place in places:
        clock.start()
        bar.setValue(place)
        view.viewport().repaint()
        frames.append(clock.nsecsElapsed() / 1e6)
        spin(2)
    bar.setValue(0)
    return sorted(frames)


def answered(opened: OpenWindow, text: str) -> bool:
    """Whether the answer to a text is there, with its first rows."""
    answer = opened.question.answer
    if answer is None or answer.query.source != text:
        return False
    return len(opened.model.ids) == answer.total and (not answer.total or painted(opened))


def type_in_box(opened: OpenWindow, going_on: Callable[[], bool] = lambda: True) -> list[float]:
    """Type queries while something goes on; how long the rows of each had to be waited for."""
    search = opened.window.header.search
    waits: list[float] = []
    search.focus()
    for text in TYPED:
        search.clear()
        spin_until(lambda: answered(opened, ""))
        for letter in text:
            if not going_on():
                return sorted(waits)
            QTest.keyClicks(search.line, letter)
            spin(60)
        waits.append(spin_until(lambda text=text: answered(opened, text)))
    return sorted(waits)


def quantile(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def row(name: str, values: list[float], unit: str = "ms") -> None:
    print(
        f"{name:48}{quantile(values, 0.5):9.1f}{quantile(values, 0.99):9.1f}"
        f"{values[-1] if values else 0:9.1f} {unit}"
    )


def made_library(folder: Path, documents: int, size: int) -> None:
    if (folder / "library").is_dir():
        return
    articles = folder / "articles"
    print(f"making a library of {documents:,} documents …", flush=True)
    write_articles(articles, documents, size=size)
    library = Library.open(folder / "library", cache=folder / "cache")
    begun = time.monotonic()
    library.import_files([articles])
    print(f"  durable after {time.monotonic() - begun:.0f} s", flush=True)
    library.wait_until_searchable()
    print(f"  searchable after {time.monotonic() - begun:.0f} s", flush=True)
    library.close()


def measure(folder: Path) -> None:
    library, cache = folder / "library", folder / "cache"
    starts: list[float] = []
    for _ in range(3):
        command = [sys.executable, "-m", "tests.benchmarks.window", "--start-up", str(time.time())]
        done = subprocess.run(
            [*command, "--keep", str(folder)], capture_output=True, text=True, check=True
        )
        starts.append(float(done.stdout.split("STARTED")[1]) * 1000)
    opened = open_window(library, cache)
    heart = Heart(opened)
    spin_until(lambda: painted(opened))
    spin(1_000)
    print(f"\n{len(opened.model.ids):,} documents, {opened.window.screen().name() or 'offscreen'}")
    print(f"{'':48}{'p50':>9}{'p99':>9}{'worst':>9}")
    row("start of the program to first rows", sorted(starts))
    row("a frame of the list while scrolling", scroll(opened))
    heart.start()
    waits = type_in_box(opened)
    heart.stop("typing")
    row("typing: last key to first rows", waits)
    with tempfile.TemporaryDirectory() as extra:
        write_articles(Path(extra), IMPORTED, seed=time.time_ns() % 1_000_000)
        opened.session.import_files([Path(extra)])
        heart.start()
        begun = time.monotonic()
        waits = type_in_box(opened, lambda: opened.session.importing)
        spin_until(lambda: not opened.session.importing, 300)
        took = time.monotonic() - begun
        heart.stop(f"typing while {IMPORTED:,} come in")
        row(f"typing while {IMPORTED:,} come in: first rows", waits)
        print(f"{'they are durable after':48}{took * 1000:9.1f} ms")
    heart.start()
    spin_until(lambda: not getattr(opened.session.index_state, "waiting", 0), 300)
    heart.stop("while the index catches up")
    heart.idle.end()
    opened.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--size", type=int, default=3_000, help="characters of an article")
    parser.add_argument("--keep", type=Path, help="where the library is made and kept")
    parser.add_argument("--start-up", type=float, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.start_up is not None:
        start_up(asked.keep / "library", asked.keep / "cache", asked.start_up)
    with tempfile.TemporaryDirectory(prefix="postil-window-") as scratch:
        folder = asked.keep or Path(scratch)
        made_library(folder, asked.documents, asked.size)
        measure(folder)


if __name__ == "__main__":
    main()
