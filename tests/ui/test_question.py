from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop_app.library.answer import Hit
from desktop_app.library.highlight_commands import SetDocumentNote
from desktop_app.library.searching import Answer
from desktop_app.ui.results.counting import Counted
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


def test_what_a_note_says_is_shown_as_a_note(desk: Desk) -> None:
    (pilots,) = [
        d for d in desk.library.documents(list(desk.open.model.ids)) if "pilots" in d.title
    ]
    desk.session.do(SetDocumentNote(pilots.id, "Ask the harbourmaster about the regatta."))
    desk.settle()
    assert desk.library.wait_until_searchable(30)
    desk.search("regatta")
    row = desk.open.model.known_row(pilots.id)
    assert row is not None and row.hit is not None
    assert row.hit.passages == ()
    assert [passage.text for passage in row.hit.notes] == [
        "Ask the harbourmaster about the regatta."
    ]
    painter = desk.list.view._rows.painter
    laid = painter.lay_out(row, None, 392)
    assert laid.beside is not None
    assert laid.beside.layout.text().startswith("Note: Ask the harbourmaster")
    assert desk.list._count.text() == "1 document"


def test_a_count_of_matches_that_is_not_whole_says_so(desk: Desk) -> None:
    said: list[str] = []
    desk.question.counting.counted.connect(lambda counted: said.append(counted.words()))
    desk.question.counting._at_once = 1
    with (
        patch("desktop_app.ui.results.counting.AT_FIRST", 1),
        patch("desktop_app.ui.results.counting.AT_MOST", 1),
    ):
        desk.search("dry")
    assert len(said) == 2
    assert said[0].endswith(" so far")
    assert desk.list._count.text().endswith(f" · {said[1]}")
    assert Counted(7, 20, 400, stopped=True).words() == "7 matches in the first 20"


def test_closing_waits_for_the_piece_that_is_counted_and_for_no_other(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hits = desk.library.hits
    counted: list[list[int]] = []

    def count(answer: Answer, ids: Sequence[int], **more: Any) -> dict[int, Hit]:
        if more.get("passages") == 0:
            counted.append(list(ids))
        return hits(answer, ids, **more)

    monkeypatch.setattr(desk.library, "hits", count)
    with patch("desktop_app.ui.results.counting.AT_FIRST", 1):
        desk.question.set_text("dry OR quay OR berth OR strand", at_once=True)
        qtbot.waitUntil(lambda: bool(counted))
    before = len(counted)
    desk.session.closing.emit()
    desk.session.tasks.wait()
    assert not desk.question.counting.counting
    assert len(counted) <= before + 1
    desk.question.set_text("strand", at_once=True)
    assert not desk.session.tasks.busy, "nothing is asked any more"


def test_escape_stops_a_search_and_leaves_the_list_as_it_was(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowSearch(desk, "strand", monkeypatch)
    before = desk.titles()
    desk.question.set_text("strand", at_once=True)
    qtbot.waitUntil(slow.holding.is_set)
    assert desk.actions["search.stop"].isEnabled()
    desk.list.view.setFocus()
    qtbot.keyClick(desk.list.view, Qt.Key.Key_Escape)
    assert not desk.question.busy
    assert not desk.actions["search.stop"].isEnabled()
    slow.go_on.set()
    desk.settle()
    assert desk.titles() == before
    desk.question.set_text("strand", at_once=True)
    desk.settle()
    assert len(desk.titles()) == 1


def test_a_partial_answer_says_so_over_the_list_until_it_is_whole(desk: Desk) -> None:
    (desk.home / "more").mkdir()
    (desk.home / "more" / "gate.txt").write_text("The gate\n\nA dry gate beside the dock.\n")
    desk.session.import_files([desk.home / "more"])
    desk.settle()
    desk.search("dry")
    assert desk.list.partial.text.startswith("This answer is partial: 1 document is not yet in")
    assert len(desk.titles()) == 2
    assert desk.library.wait_until_searchable(30)
    desk.question.look_again()
    desk.settle()
    assert desk.list.partial.text == ""
    assert len(desk.titles()) == 3
