"""A library whose process is killed is whole, at every named point and at any moment."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the driver forks its cases")


def carried_out(folder: Path, cases: list[list[object]]) -> list[dict[str, Any]]:
    """Let the driver carry cases out, each in a new library."""
    folder.mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.store_driver", str(folder)],
        cwd=PROJECT,
        input="".join(json.dumps(case) + "\n" for case in cases),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(cases)
    return answers


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    (answer,) = carried_out(tmp_path_factory.mktemp("undisturbed") / "x", [["record"]])
    assert answer["ended"] == 0
    return answer


def assert_whole(answer: dict[str, Any]) -> None:
    """All that was done is there, what was only begun is there as a whole or not at all."""
    case, diary = answer["case"], answer["diary"]
    done = [titles for _, state, titles in diary if state == "done"]
    allowed = [done[-1] if done else []]
    if diary and diary[-1][1] == "begun":
        allowed.append(diary[-1][2])
    assert answer["titles"] in allowed, (case, diary[-1][:2] if diary else None)
    assert answer["findings"] == [], case
    assert answer["left"] == [], case
    assert answer["later"] == [] or all("is missing" in what for what in answer["later"]), case


def test_an_undisturbed_life_ends_as_it_should(undisturbed: dict[str, Any]) -> None:
    assert_whole(undisturbed)
    names = set(undisturbed["points"])
    for part in ("migrate-1", "original", "work", "backup", "archive", "restore", "library"):
        assert any(name.startswith(part) for name in names), part


def killed_at_points(folder: Path, cases: list[list[object]]) -> None:
    for answer in carried_out(folder, cases):
        assert answer["ended"] == -9, answer["case"]
        assert_whole(answer)


def test_a_process_killed_at_any_named_point_leaves_a_whole_library(
    undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    chance = random.Random(7)
    points = Counter(undisturbed["points"])
    killed_at_points(
        tmp_path / "x", [["point", name, chance.randint(1, n)] for name, n in points.items()]
    )


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_a_process_killed_at_every_passing_of_every_named_point_leaves_a_whole_library(
    undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    points = Counter(undisturbed["points"])
    killed_at_points(
        tmp_path / "x", [["point", name, k + 1] for name, n in points.items() for k in range(n)]
    )


def killed_at_random(folder: Path, number: int, seed: int) -> None:
    chance = random.Random(seed)
    cases: list[list[object]] = [["after", chance.uniform(0.005, 0.6)] for _ in range(number)]
    answers = carried_out(folder, cases)
    for answer in answers:
        assert_whole(answer)
    assert any(answer["ended"] < 0 for answer in answers)


def test_a_process_killed_at_random_moments_leaves_a_whole_library(tmp_path: Path) -> None:
    killed_at_random(tmp_path / "x", 8, seed=1)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(2, 6))
def test_a_process_killed_at_many_random_moments_leaves_a_whole_library(
    tmp_path: Path, seed: int
) -> None:
    killed_at_random(tmp_path / "x", 50, seed)
