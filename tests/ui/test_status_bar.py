from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.library.indexing import IndexState
from desktop_app.library.outcomes import Progress
from desktop_app.ui.panes.status_bar import (
    PROMISE,
    StatusBar,
    outcome_in_words,
    progress_in_words,
    time_left,
)


def progress(**fields: object) -> Progress:
    usual: dict[str, object] = {
        "done": 812,
        "found": 1_260,
        "counting": False,
        "imported": 805,
        "known": 4,
        "warnings": 0,
        "refused": 3,
        "rate": 41.0,
        "left_s": 10.9,
    }
    return Progress(**(usual | fields))  # type: ignore[arg-type]


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_import_is_told_with_count_rate_and_time() -> None:
    assert progress_in_words(progress()) == "Importing 812 of 1,260 · 41 a second · 11 s left"
    early = progress(done=3, found=40, counting=True, rate=0.0, left_s=None)
    assert progress_in_words(early) == "Importing 3 of 40 found so far"
    ended = progress(imported=1_250, warnings=7, known=3)
    assert outcome_in_words(ended) == "1,257 imported, 7 of them with a warning, 3 here already"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (89, "89 s"), (240, "4 min"), (7_800, "2 h 10 min")]
)
def test_times_in_words(seconds: float, words: str) -> None:
    assert time_left(seconds) == words


def test_the_promise_always_stands_there(bar: StatusBar) -> None:
    assert bar._promise.text() == PROMISE
    assert bar._promise.isVisible()


def test_what_was_refused_leads_to_the_list_and_stop_stops(bar: StatusBar, qtbot: QtBot) -> None:
    bar.begin_import()
    bar.show_progress(progress())
    with qtbot.waitSignal(bar.import_list_asked):
        bar._refused.click()
    with qtbot.waitSignal(bar.stop_asked):
        bar._stop.click()
    bar.end_import(progress(done=1_260))
    assert not bar._stop.isVisible() and not bar._bar.isVisible()
    assert bar._refused.text() == "3 could not be read"


def test_hidden_files_are_not_said_to_be_unreadable(bar: StatusBar) -> None:
    bar.end_import(progress(refused=3, hidden=2))
    assert bar._refused.text() == "1 could not be read, 2 left out (hidden)"
    bar.end_import(progress(refused=2, hidden=2))
    assert bar._refused.text() == "2 left out (hidden)"


def test_an_index_that_is_behind_says_by_how_much(bar: StatusBar) -> None:
    bar.show_index(IndexState(waiting=312, total=1_200, rebuilding=False, note=""))
    assert bar._index.text() == "Search is catching up, 312 of 1,200 to go"
    bar.show_index(IndexState(waiting=0, total=1_200, rebuilding=False, note=""))
    assert not bar._index.isVisible()
