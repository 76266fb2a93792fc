from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.single import Requests, ask_open_window, requests_folder


def test_a_second_start_hands_its_files_to_the_open_window(tmp_path: Path, qtbot: QtBot) -> None:
    library, cache = tmp_path / "library", tmp_path / "cache"
    requests = Requests(library, cache)
    heard: list[bool] = []
    file = tmp_path / "an article.txt"

    def second_start() -> None:
        heard.append(ask_open_window(library, [file], cache=cache))

    starter = threading.Thread(target=second_start)
    with qtbot.waitSignal(requests.came, timeout=5_000) as blocker:
        starter.start()
    starter.join()
    assert blocker.args == [[file]]
    assert heard == [True]
    assert list(requests_folder(library, cache).iterdir()) == []
    requests.close()


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_a_name_that_is_not_utf_8_arrives_as_it_is(tmp_path: Path, qtbot: QtBot) -> None:
    library, cache = tmp_path / "library", tmp_path / "cache"
    requests = Requests(library, cache)
    file = tmp_path / os.fsdecode(b"caf\xe9.txt")
    starter = threading.Thread(target=lambda: ask_open_window(library, [file], cache=cache))
    with qtbot.waitSignal(requests.came, timeout=5_000) as blocker:
        starter.start()
    starter.join()
    assert blocker.args == [[file]]
    requests.close()


def test_a_second_start_is_heard_also_after_the_cache_was_cleared(
    tmp_path: Path, qtbot: QtBot
) -> None:
    library, cache = tmp_path / "library", tmp_path / "cache"
    requests = Requests(library, cache)
    shutil.rmtree(cache)
    starter = threading.Thread(target=lambda: ask_open_window(library, [], cache=cache))
    with qtbot.waitSignal(requests.came, timeout=5_000):
        starter.start()
    starter.join()
    requests.close()


def test_without_an_open_window_nothing_is_left_behind(tmp_path: Path) -> None:
    library, cache = tmp_path / "library", tmp_path / "cache"
    assert not ask_open_window(library, [], cache=cache, wait_s=0.05)
    folder = requests_folder(library, cache)
    assert not ask_open_window(library, [], cache=cache, wait_s=0.05)
    assert list(folder.iterdir()) == []


def test_a_garbled_request_only_raises_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    requests = Requests(tmp_path / "library", tmp_path / "cache")
    folder = requests_folder(tmp_path / "library", tmp_path / "cache")
    with qtbot.waitSignal(requests.came, timeout=5_000) as blocker:
        (folder / "x.request").write_text("{", "utf-8")
    assert blocker.args == [[]]
    requests.close()


def test_two_libraries_of_the_same_name_do_not_hear_each_other(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert requests_folder(tmp_path / "a" / "lib", cache) != requests_folder(
        tmp_path / "b" / "lib", cache
    )
