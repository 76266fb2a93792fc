from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.tasks import Lane, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    return Tasks()


def test_work_runs_beside_the_window_and_is_answered_on_its_thread(tasks: Tasks) -> None:
    here = threading.get_ident()
    seen: list[tuple[str, int]] = []
    tasks.run(
        lambda: threading.get_ident(),
        lambda there: seen.extend([("worked", there), ("answered", threading.get_ident())]),
    )
    assert tasks.wait()
    assert seen[0] != ("worked", here)
    assert seen[1] == ("answered", here)


def test_only_the_newest_answer_of_a_key_is_delivered(tasks: Tasks) -> None:
    go_on = threading.Event()
    begun = threading.Event()
    seen: list[str] = []

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "old"

    tasks.run(slow, seen.append, key="search")
    assert begun.wait(10)
    tasks.run(lambda: "new", seen.append, key="search")
    go_on.set()
    assert tasks.wait()
    assert seen == ["new"]


def test_work_that_newer_work_made_needless_is_not_begun(tasks: Tasks) -> None:
    go_on = threading.Event()
    begun: list[int] = []
    tasks.run(lambda: go_on.wait(10), lane=Lane.CHANGE)
    for number in range(5):
        tasks.run(lambda number=number: begun.append(number), key="k", lane=Lane.CHANGE)
    go_on.set()
    assert tasks.wait()
    assert begun == [4]


def test_changes_run_in_the_order_in_which_they_were_asked(tasks: Tasks) -> None:
    done: list[int] = []
    for number in range(200):
        tasks.run(lambda number=number: done.append(number), lane=Lane.CHANGE)
    assert tasks.wait()
    assert done == list(range(200))


def test_a_forgotten_answer_is_dropped(tasks: Tasks) -> None:
    seen: list[int] = []
    tasks.run(lambda: 1, seen.append, key="reading")
    tasks.forget("reading")
    assert tasks.wait()
    assert seen == []


def test_what_work_raised_comes_to_failed_and_without_it_to_went_wrong(
    tasks: Tasks, qtbot: QtBot
) -> None:
    told: list[Exception] = []
    tasks.run(lambda: 1 // 0, failed=told.append)
    assert tasks.wait()
    assert isinstance(told[0], ZeroDivisionError)
    with qtbot.waitSignal(tasks.went_wrong) as blocker:
        tasks.run(lambda: int("x"))
    assert isinstance(blocker.args[0], ValueError)


def test_waiting_gives_up_when_the_time_is_over(tasks: Tasks) -> None:
    go_on = threading.Event()
    tasks.run(lambda: go_on.wait(10))
    assert not tasks.wait(30)
    go_on.set()
    assert tasks.wait()
