from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import log_file
from desktop_app.ui import log


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    path = tmp_path / "state" / "postil.log"
    handler = log_file.write_log_to(path)
    assert handler is not None
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_an_exception_that_nobody_caught_is_written_down_and_told(file: Path) -> None:
    told: list[int] = []
    log.catch_uncaught(lambda: told.append(threading.get_ident()))
    try:
        raise RuntimeError("inner workings")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    assert len(told) == 1
    written = file.read_text("utf-8")
    assert "RuntimeError: inner workings" in written
    assert "test_log.py" in written


def test_one_of_a_thread_is_told_too(file: Path) -> None:
    told: list[str] = []
    log.catch_uncaught(lambda: told.append("told"))

    def broken() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    assert told == ["told"]
    assert "ValueError: in a thread" in file.read_text("utf-8")


def test_a_log_that_grew_large_is_put_beside(tmp_path: Path) -> None:
    path = tmp_path / "postil.log"
    path.write_bytes(b"x" * (log_file.LARGEST_BYTES + 1))
    handler = log_file.write_log_to(path)
    assert handler is not None
    logging.getLogger().removeHandler(handler)
    handler.close()
    assert not path.exists()
    assert (tmp_path / "postil.old.log").stat().st_size == log_file.LARGEST_BYTES + 1


def test_a_place_that_cannot_be_written_gives_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    assert log_file.write_log_to(tmp_path / "state" / "postil.log") is None
