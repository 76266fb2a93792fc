"""What the terminal says when a disk refuses, or Postil makes a mistake: a sentence, no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from desktop_app import paths
from desktop_app.core.errors import DiskTrouble
from desktop_app.library.library import Library
from desktop_app.store.store import Store

if TYPE_CHECKING:
    from conftest import Terminal


@contextmanager
def full(_store: Store) -> Iterator[None]:
    raise DiskTrouble("The disk is full.", "Make room.")
    yield


def test_a_library_is_verified_where_nothing_can_be_written(
    own_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(own_terminal.library) as store, store.write() as work:
        work.imports.begin([own_terminal.library], None, keep=100)  # as a crash leaves it
        work.connection.exec_driver_sql("INSERT INTO refold_queue (source_key) VALUES ('x')")
    monkeypatch.setattr(Store, "write", full)
    assert own_terminal("verify") == 0
    assert "All is well." in own_terminal.err
    assert "could not be done: The disk is full." in own_terminal.err

    def refused(*_arguments: object, **_named: object) -> Store:
        raise DiskTrouble("The folder may not be written.")

    monkeypatch.setattr(Store, "open", refused)
    assert own_terminal("verify") == 0
    assert own_terminal.err == "All is well.\n"


def test_a_mistake_of_ours_is_a_sentence_and_the_log_says_more(
    own_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistake(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(Library, "verify", mistake)
    assert own_terminal("verify") == 1
    assert "Traceback" not in own_terminal.err
    assert str(paths.log_file()) in own_terminal.err
    assert "RuntimeError: a mistake of ours" in paths.log_file().read_text("utf-8")
