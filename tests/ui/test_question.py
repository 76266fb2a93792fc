from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop_app.library.searching import Answer
from tests.ui.window_for_tests import Desk, make_library


class SlowSearch:
    """Stands before the library's search: remembers what was begun, and holds up one text."""

    def __init__(self, desk: Desk, held: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[str] = []
        self.holding = threading.Event()
        self.go_on = threading.Event()
        real = desk.library.search

        def search(text: str, **rest: object) -> Answer:
            self.begun.append(text)
            if text == held:
                self.holding.set()
                assert self.go_on.wait(20)
            return real(text, **rest)  # type: ignore[arg-type]

        monkeypatch.setattr(desk.library, "search", search)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    desk = Desk(tmp_path)
    assert desk.library.wait_until_searchable(30)
    desk.settle()
    yield desk
    desk.close()


def test_searches_that_nobody_waits_for_any_more_never_begin(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowSearch(desk, "d", monkeypatch)
    for text in ("d", "dr", "dry", "dry d", "strand"):
        desk.question.set_text(text, at_once=True)
        qtbot.waitUntil(slow.holding.is_set)
    slow.go_on.set()
    desk.settle()
    assert slow.begun == ["d", "strand"]
    assert [title[:7] for title in desk.titles()] == ["Letters"]


def test_rows_are_fetched_while_searches_are_under_way(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowSearch(desk, "d", monkeypatch)
    for text in ("d", "dr", "dock", "dry"):
        desk.question.set_text(text, at_once=True)
        qtbot.waitUntil(slow.holding.is_set)
    came = QSignalSpy(desk.open.model.rows_came)
    desk.open.model.look_again()
    desk.list.view.viewport().repaint()
    qtbot.waitUntil(lambda: came.count() > 0)
    assert slow.begun == ["d"]
    slow.go_on.set()
    desk.settle()
    assert len(desk.titles()) == 2


def test_a_book_gets_its_passages_after_its_row(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.results.rows.WORDS_AT_ONCE", 3)
    came = QSignalSpy(desk.question.rows.hits_came)
    desk.question.set_text("dry", at_once=True)
    desk.list.view.viewport().repaint()
    qtbot.waitUntil(lambda: came.count() == 2)
    rows = [desk.open.model.row(place) for place in range(2)]
    assert all(row is not None and row.hit is not None and row.hit.matches for row in rows)


def test_no_matches_are_counted_where_only_titles_are_asked_for(desk: Desk) -> None:
    desk.search("dry")
    assert desk.list._count.text().endswith(" matches")
    (title, *_) = desk.titles()
    desk.search(f"title:{title.split()[0]}")
    assert desk.list._count.text() == "1 document"
