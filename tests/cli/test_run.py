"""Understanding a command line, and what it costs to ask for help."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_app.cli.run import VERBS, Request, help_text, run, understand
from desktop_app.core.errors import (
    BadUsage,
    LibraryBusy,
    LibraryDamaged,
    LibraryTooNew,
    Problem,
)
from tests.work_for_tests import times_the_work


class Window:
    """Stands where the window would open."""

    def __init__(self, problem: Problem | None = None) -> None:
        self.opened: list[tuple[Path | None, list[Path]]] = []
        self.problem = problem

    def __call__(self, library: Path | None, files: Sequence[Path]) -> int:
        self.opened.append((library, list(files)))
        if self.problem:
            raise self.problem
        return 0


def test_without_a_command_the_window_opens() -> None:
    window = Window()
    assert run([], open_window=window) == 0
    assert window.opened == [(None, [])]


def test_the_window_opens_on_the_library_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = Window()
    monkeypatch.setenv("POSTIL_LIBRARY", str(tmp_path / "b"))
    run([], open_window=window)
    run(["--library", str(tmp_path / "a")], open_window=window)
    assert window.opened == [(tmp_path / "b", []), (tmp_path / "a", [])]


def test_files_open_in_the_window(tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.touch()
    window = Window()
    run([str(file)], open_window=window)
    run(["--library", str(tmp_path), "--", str(file)], open_window=window)
    assert window.opened == [(None, [file]), (tmp_path, [file])]


def test_a_word_that_is_neither_verb_nor_file_is_bad_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["fly"], open_window=Window()) == 2
    assert capsys.readouterr().err == (
        "There is no command and no file “fly”. See `postil --help`.\n"
    )


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        (["list"], Request("list", (), None)),
        (["--library=x", "list", "a"], Request("list", ("a",), Path("x"))),
        (["search", "--", "-turkey"], Request("search", ("--", "-turkey"), None)),
        (["--library", "list", "undo"], Request("undo", (), Path("list"))),
    ],
)
def test_the_first_word_that_is_no_option_is_the_verb(words: list[str], request_: Request) -> None:
    assert understand(words, None) == request_


@pytest.mark.parametrize("words", [["--library"], ["--library="], ["--libary", "x"], ["-x"]])
def test_options_that_cannot_be_read_are_bad_usage(words: list[str]) -> None:
    with pytest.raises(BadUsage):
        understand(words, None)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (Problem("No."), 1),
        (BadUsage("No."), 2),
        (LibraryBusy("No."), 3),
        (LibraryTooNew("No."), 3),
        (LibraryDamaged("No."), 3),
    ],
)
def test_each_problem_has_its_exit_code(
    problem: Problem, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([], open_window=Window(problem)) == code
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "No.\n")


def test_the_help_names_every_verb() -> None:
    assert all(f"postil {verb} " in f"{help_text()} ".replace("\n", " ") for verb in VERBS)


@pytest.mark.parametrize("words", [["list", "--fast"], ["show"], ["show", "x"], ["tag", "fly"]])
def test_words_that_a_verb_does_not_take_are_bad_usage(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words, open_window=Window()) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_asking_for_help_loads_nothing_that_is_heavy_and_is_quick() -> None:
    code = (
        "import sys; from desktop_app.__main__ import main; main(['--help']);"
        "heavy = {'PySide6', 'whoosh', 'sqlalchemy', 'lxml', 'trafilatura', 'numpy'};"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # It is five times the work of a bare Python; SQLAlchemy alone would make it twenty-five.
    assert times_the_work(code, "pass", limit=15) < 15
