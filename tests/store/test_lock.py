"""The library's lock."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.core.errors import LibraryBusy
from desktop_app.store.lock import HOLDER_NAME, LibraryLock

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)

HOLD = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from desktop_app.store.lock import LibraryLock
lock = LibraryLock(Path(sys.argv[1]))
lock.take(datetime.now(UTC))
print("held", flush=True)
sys.stdin.read()
"""


def holding(folder: Path) -> subprocess.Popen[str]:
    """A process that holds the lock until its standard input closes."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def finished(process: subprocess.Popen[str]) -> None:
    process.communicate("")


def test_the_lock_goes_from_one_to_the_next(tmp_path: Path) -> None:
    first, second = LibraryLock(tmp_path), LibraryLock(tmp_path)
    first.take(NOW)
    with pytest.raises(LibraryBusy):
        second.take(NOW)
    first.release()
    second.take(NOW)
    assert not second.left_by_a_crash
    second.release()
    second.release()


def test_another_process_is_named_with_its_program_and_time(tmp_path: Path) -> None:
    process = holding(tmp_path)
    with pytest.raises(LibraryBusy, match=rf"process {process.pid}, since \d{{4}}-.* UTC"):
        LibraryLock(tmp_path).take(NOW)
    finished(process)


def test_a_killed_holder_leaves_the_lock_free_and_a_trace(tmp_path: Path) -> None:
    process = holding(tmp_path)
    process.kill()
    finished(process)
    lock = LibraryLock(tmp_path)
    lock.take(NOW)
    assert lock.left_by_a_crash
    lock.release()


def test_an_unreadable_label_does_not_hide_that_the_library_is_busy(tmp_path: Path) -> None:
    first = LibraryLock(tmp_path)
    first.take(NOW)
    for label in ("", "[]", '{"pid": "x"}', "\xff"):
        (tmp_path / HOLDER_NAME).write_text(label, encoding="latin-1")
        with pytest.raises(LibraryBusy, match="another program"):
            LibraryLock(tmp_path).take(NOW)
    first.release()


def test_a_child_does_not_keep_the_lock_of_its_parent(tmp_path: Path) -> None:
    lock = LibraryLock(tmp_path)
    lock.take(NOW)
    child = subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"],
        stdin=subprocess.PIPE,
        text=True,
        close_fds=False,
    )
    lock.release()
    other = LibraryLock(tmp_path)
    other.take(NOW)
    other.release()
    finished(child)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_child_lets_the_lock_go_at_once_and_its_parent_keeps_it(tmp_path: Path) -> None:
    lock = LibraryLock(tmp_path)
    lock.take(NOW)
    child = os.fork()
    if child == 0:
        os._exit(0 if lock._file is None else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with pytest.raises(LibraryBusy):
        LibraryLock(tmp_path).take(NOW)
    lock.release()
