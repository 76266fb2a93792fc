"""A process that is killed while it merges, splits, imports or undoes leaves none of it half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the driver forks its children")


def killed(folder: Path, seed: int, kills: int) -> list[dict[str, Any]]:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.faults.tagging_driver",
            str(folder / "library"),
            str(seed),
            str(kills),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == kills
    assert [answer["wrong"] for answer in answers if answer["wrong"]] == []
    return answers


def test_a_kill_while_tags_change_leaves_nothing_half_done(tmp_path: Path) -> None:
    killed(tmp_path, 1, 3)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_hundred_kills_while_tags_change_leave_nothing_half_done(tmp_path: Path) -> None:
    answers = killed(tmp_path, 2, 100)
    assert sum(answer["steps"] for answer in answers) > 100
