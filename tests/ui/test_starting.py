"""The program as it is started: a process of its own, a second one beside it, and its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.core.errors import LibraryMissing
from desktop_app.library.library import Library


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "desktop_app", *map(str, words)]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The window on a library of its own, given one file to open."""
    first = tmp_path / "first.txt"
    first.write_text("The first of two documents.\n", "utf-8")
    process = subprocess.Popen(
        command("--library", tmp_path / "library", first),
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


def wait_for_titles(folder: Path, cache: Path, count: int) -> list[str]:
    """Wait, reading beside the window, until a library holds so many documents."""
    pause = threading.Event()
    for _ in range(600):
        # Until the window has made the whole of it there is no library to look at.
        with suppress(LibraryMissing):
            library = Library.peek(folder, cache=cache)
            try:
                ids = list(library.search("").ids)
                if len(ids) >= count:
                    return sorted(each.title for each in library.documents(ids))
            finally:
                library.close()
        pause.wait(0.1)
    raise AssertionError("the documents did not come")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_second_start_hands_over_and_a_signal_closes_the_window_cleanly(
    started: subprocess.Popen[str], tmp_path: Path
) -> None:
    library = tmp_path / "library"
    wait_for_titles(library, tmp_path / "cache", 1)
    second = tmp_path / "second.txt"
    second.write_text("The second of two documents.\n", "utf-8")
    handed = subprocess.run(
        command("--library", library, second),
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert (handed.returncode, handed.stderr) == (0, "")
    assert len(wait_for_titles(library, tmp_path / "cache", 2)) == 2

    writing = subprocess.run(
        command("--library", library, "tag", "add", "place", "1"),
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert writing.returncode == 3
    assert "open in another program" in writing.stderr

    started.send_signal(signal.SIGTERM)
    _, errors = started.communicate(timeout=60)
    assert (started.returncode, errors) == (0, "")
    opened = Library.open(library, cache=tmp_path / "cache", index="inline")
    assert opened.verify() == []
    opened.close()
    settings = next(Path(os.environ["HOME"]).rglob("settings.json"))
    assert json.loads(settings.read_text("utf-8"))["geometry"]


def test_a_library_that_a_command_holds_is_refused_with_a_sentence(tmp_path: Path) -> None:
    held = Library.open(tmp_path / "library", cache=tmp_path / "cache", index="inline")
    try:
        refused = subprocess.run(
            command("--library", tmp_path / "library"),
            check=False,
            timeout=60,
            capture_output=True,
            text=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
    finally:
        held.close()
    assert refused.returncode == 3
    assert "Traceback" not in refused.stderr
    assert str(tmp_path / "library") in refused.stderr
