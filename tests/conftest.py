"""What every test stands on: no Internet socket, no settings of the person who runs it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PROJECT = Path(__file__).resolve().parent.parent

# Those whose files take longest come first, so that no process is left with one of them at the end.
FIRST = (
    "faults",
    "anchoring",
    "end_to_end",
    "test_self_check.py",
    "cli",
    "ui",
    "library",
    "formats",
)


_numbers = count()


class InternetRefused(AssertionError):
    """A test reached for the Internet."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of tests in an order in which two processes end at about the same time."""

    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(PROJECT / "tests").parts[0]
        return FIRST.index(folder) if folder in FIRST else len(FIRST)

    items.sort(key=place)


@pytest.fixture(autouse=True, scope="session")
def _no_internet() -> Iterator[None]:
    """Refuse every Internet socket; local ones stay, for the pipes between processes."""
    real = socket.socket.__init__

    def refuse(self: socket.socket, family: int = -1, *rest: Any, **named: Any) -> None:
        if family in (-1, socket.AF_INET, socket.AF_INET6) and named.get("fileno") is None:
            raise InternetRefused(f"an Internet socket was opened ({family})")
        real(self, family, *rest, **named)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "__init__", refuse)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test out of the home of the person who runs it."""
    # Not by mktemp, which looks through all that the tests before have left, thousands of times.
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_numbers))
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.removeprefix("XDG_").lower()))
    monkeypatch.delenv("POSTIL_LIBRARY", raising=False)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real documents from outside; the test is skipped where it is missing."""
    folder = Path(os.environ.get("POSTIL_CORPUS", PROJECT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the folder of real documents is not here (POSTIL_CORPUS names another)")
    return folder
