"""The whole way without a screen, as `dev.py run` goes it where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def _self_check(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop_app", "self-check", "--", *map(str, words)],
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_step_is_said_and_a_picture_of_the_window_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    done = _self_check()
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    steps = ["import", "read", "tag", "search", "undo", "verify", "window"]
    assert [line.split()[0] for line in lines[1:-1]] == steps
    assert lines[-1] == "OK"
    (place,) = tmp_path.glob("postil-self-check-*")
    assert [path.name for path in place.iterdir()] == ["window.png"]
    assert str(place / "window.png") in lines[-2]
    assert (place / "window.png").read_bytes().startswith(b"\x89PNG")


def test_what_failed_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = _self_check(empty)
    assert done.returncode == 1
    assert "refused" in done.stdout
    assert done.stderr == "FAILED: none of the files could be imported\n"
    assert list(tmp_path.glob("postil-self-check-*")) == []


def test_files_that_are_named_are_the_ones_it_goes_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    article = tmp_path / "harbour.txt"
    article.write_text("The harbour board met behind closed doors for nine days.\n", "utf-8")
    done = _self_check(article)
    assert done.returncode == 0, done.stderr
    assert "1 document, 0 refused" in done.stdout
