"""A note that was being written when the program was killed is there at the next start."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PROJECT
from tests.ui.window_for_tests import Desk, make_library

# A draft is written every second, and takes a moment; a machine under load takes longer.
MOST_LOST_S = 3.0


def kill_while_typing(home: Path, after_s: float) -> tuple[int, int]:
    """Kill a window in which somebody types.

    Gives the number of the last word that was typed well before, and of the last one at all.
    """
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.note_typist", str(home)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert typist.stdout is not None
    assert typist.stdout.readline().strip() == "typing"
    end = time.monotonic() + after_s
    lines: list[str] = []
    while time.monotonic() < end:
        lines.append(typist.stdout.readline())
    killed = time.monotonic()
    typist.kill()
    lines += typist.stdout.readlines()
    typist.wait()
    typist.stdout.close()
    typed = [(float(at), int(number)) for at, number in (line.split() for line in lines if line)]
    early = [number for at, number in typed if at < killed - MOST_LOST_S]
    return max(early, default=0), typed[-1][1] + 1


def check_kills(home: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    make_library(home)
    for _ in range(kills):
        least, most = kill_while_typing(home, chance.uniform(3.2, 6.0))
        desk = Desk(home)
        document = desk.choose("How the quay")
        note = desk.library.marks.note(document)
        words = note.split()
        # The last word may have been half typed.
        whole = [f"w{n}" for n in range(1, len(words) + 1)]
        assert words[:-1] == whole[:-1]
        assert whole[-1].startswith(words[-1])
        assert least <= len(words) <= most
        if note:
            desk.run("edit.undo")
        assert desk.library.marks.note(document) == ""
        desk.close()


@pytest.mark.long
def test_what_was_typed_before_a_kill_is_saved_at_the_next_start(
    tmp_path: Path, qtbot: QtBot
) -> None:
    check_kills(tmp_path, 2, 5)


@pytest.mark.long
def test_no_kill_loses_a_note(tmp_path: Path, qtbot: QtBot) -> None:
    check_kills(tmp_path, 20, 6)
