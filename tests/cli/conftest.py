"""A library for the terminal's tests: made once by the command itself, copied for each test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.run import run

ARTICLES = {
    "quay.txt": (
        "How the quay at Halmar was rebuilt\n\n25 March 2016\n\nBy Ilse Brandt\n\n"
        "For nine days the harbour board met behind closed doors. The dry dock stayed closed "
        "through the winter, and the pilots were promised a berth beside the gates.\n\n"
        "Source: The Coast Ledger\n"
    ),
    "pilots.md": (
        "# What do the pilots want now?\n\nNov 21, 2015\n\nBy Per Holm\n\n"
        "A **berth** beside the dry dock, and a say in the winter schedule of the pilots.\n"
    ),
    "café.txt": (
        "Zum Café am Hafen\n\nDas Café am alten Hafen öffnet im Frühling wieder, und die Gäste "
        "warten schon seit dem Winter auf den ersten Kaffee des Jahres in der Sonne.\n"
    ),
}


@dataclass(frozen=True)
class Made:
    """A library, the cache with its index, and what the import said."""

    folder: Path
    cache: Path
    said: list[dict[str, Any]]


@dataclass
class Terminal:
    """Runs the command in this process."""

    library: Path
    capture: pytest.CaptureFixture[str]
    err: str = ""
    out: str = ""

    def __call__(self, *words: object) -> int:
        """Run a verb and return its exit code; out and err are what it printed."""
        self.capture.readouterr()

        def no_window(library: Path | None, files: object) -> int:
            raise AssertionError("the window was opened")

        arguments = ["--library", str(self.library), *map(str, words)]
        code = run(arguments, open_window=no_window)
        self.out, self.err = self.capture.readouterr()
        return code

    def at(self, library: Path) -> Terminal:
        """The same terminal on another library."""
        return Terminal(library, self.capture)

    def json(self, *words: object, code: int = 0) -> list[dict[str, Any]]:
        """Run a verb with --json, and read every line of its answer."""
        verb = 3 if words[:2] == ("tag", "bin") else 2 if words[0] in ("tag", "collection") else 1
        assert self(*words[:verb], "--json", *words[verb:]) == code, self.err
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    place = tmp_path_factory.mktemp("terminal")
    articles = place / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "desktop_app",
            "import",
            "--json",
            articles,
            "--tag",
            "place/Halmar",
        ],
        env={
            **os.environ,
            "HOME": str(place),
            "POSTIL_LIBRARY": str(place / "library"),
            "XDG_CACHE_HOME": str(place / "cache"),
        },
        cwd=Path(__file__).resolve().parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return Made(place / "library", place / "cache", said)


@pytest.fixture
def terminal(
    made: Made, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """A terminal on the library that was made; for reading only."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(made.cache))
    return Terminal(made.folder, capsys)


@pytest.fixture
def own_terminal(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal on a copy of that library, without an index yet."""
    shutil.copytree(made.folder, tmp_path / "library")
    return Terminal(tmp_path / "library", capsys)


@pytest.fixture
def nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal on a library that is not there."""
    return Terminal(tmp_path / "nowhere", capsys)
