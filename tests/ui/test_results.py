"""What is shown of an answer: copies under one row, passages to click, advice, matches in the reader."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import desktop_app.ui.reading as reading_module
from desktop_app.core.query import parse
from desktop_app.library.answer import Advice, Answer, Instead
from desktop_app.library.library import Library
from desktop_app.ui.panes.empty_page import EmptyPage
from desktop_app.ui.panes.way_line import WayLine
from desktop_app.ui.reader.overlay import Matches
from desktop_app.ui.results.advising import ways_of
from desktop_app.ui.results.copies import standing_over, with_copies
from desktop_app.ui.search.part import Part
from tests.ui.window_for_tests import TEXTS, Desk, write_texts
from tests.worker_for_tests import one_worker


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A window on the documents of the tests, one of them twice more."""
    saved = write_texts(tmp_path / "saved")
    for number in (1, 2):
        (saved / f"again{number}.txt").write_text(TEXTS["quay.txt"] + "\n" * number, "utf-8")
    library = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=one_worker()
    )
    library.import_files([saved])
    assert library.wait_until_searchable(30)
    library.close()
    desk = Desk(tmp_path)
    desk.settle()
    yield desk
    desk.close()


def quays(desk: Desk) -> int:
    return sum(title.startswith("How the quay") for title in desk.titles())


def test_copies_stand_under_one_row_until_they_are_asked_for(desk: Desk, qtbot: QtBot) -> None:
    assert quays(desk) == 3, "where nothing is asked every document has a row"
    desk.search("quay")
    assert quays(desk) == 1
    assert desk.list._count.text().startswith("1 document + 2 copies · ")
    over = desk.open.model.ids[0]
    row = desk.open.model.known_row(over)
    assert row is not None and row.copies == 2
    desk.choose("How the quay")
    assert desk.actions["search.copies"].isEnabled()
    desk.run("search.copies")
    assert quays(desk) == 3
    assert desk.open.model.ids[0] == over
    under = desk.open.model.known_row(desk.open.model.ids[1])
    assert under is not None and under.under
    assert desk.list.view.current_id() == over
    desk.list.view.choose_row(2)
    desk.settle()
    desk.list.view.setFocus()
    qtbot.keyClick(desk.list.view, Qt.Key.Key_Left)
    desk.settle()
    assert quays(desk) == 1
    assert desk.list.view.current_id() == over, "the keys go to the row that stays"


def test_a_copy_that_is_gone_to_is_shown(desk: Desk) -> None:
    desk.search("quay")
    answer = desk.question.answer
    assert answer is not None
    ((over, (first, *_)),) = answer.copies.items()
    assert desk.list.choose(first)
    assert desk.list.view.current_id() == first
    assert desk.open.model.ids[0] == over


def test_rows_of_copies_are_told_apart_without_colour(desk: Desk) -> None:
    desk.search("quay")
    desk.choose("How the quay")
    desk.run("search.copies")
    spoken = [
        desk.open.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)
    ]
    assert spoken[0].endswith(", 2 copies")
    assert spoken[1].startswith("copy: ")


def test_copies_are_put_behind_the_one_they_stand_under() -> None:
    ids = array("q", [5, 3, 9])
    copies = {3: (1, 2), 9: (4,)}
    assert with_copies(ids, copies, frozenset()) is ids
    assert list(with_copies(ids, copies, frozenset({3, 7}))) == [5, 3, 1, 2, 9]
    assert standing_over(copies, 2) == 3
    assert standing_over(copies, 9) == 9
    assert standing_over(copies, 5) is None


def test_what_lies_between_words_near_each_other_is_not_painted_but_is_one_match() -> None:
    matches = Matches([(10, 40), (50, 54)], marks=[(10, 14), (36, 40), (50, 54)])
    assert len(matches) == 2
    matches.current = 0
    assert matches.painted(0, 60) == [
        ((50, 54), False),
        ((10, 14), True),
        ((36, 40), True),
    ]
    assert matches.index_of(36, 40) == 0, "a word of a match leads to the match"
    assert matches.index_of(45, 47) is None
    assert matches.painted(38, 45) == [((36, 40), True)]


def test_a_document_that_is_on_its_way_is_marked_by_what_is_asked_when_it_comes(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.search("dock")
    first, second = desk.open.model.ids[:2]
    reading = desk.open.reading
    reading.open(first)
    desk.settle()
    fetch, gate = reading_module._fetch, threading.Event()

    def slow(*asked: Any) -> Any:
        found = fetch(*asked)
        assert gate.wait(10)
        return found

    monkeypatch.setattr(reading_module, "_fetch", slow)
    reading.open(second)
    with qtbot.waitSignal(desk.question.answered):
        desk.question.set_text("berth OR quay OR what", at_once=True)
    assert reading.document is not None and reading.document.id == first
    gate.set()
    desk.settle()
    answer = desk.question.answer
    assert answer is not None and reading.document.id == second
    assert list(desk.window.reader.view.matches.ranges) == desk.library.matches(answer, second)
    assert reading.matches == len(desk.library.matches(answer, second)) > 0


def test_advice_says_what_is_found_otherwise_best_first() -> None:
    query = parse("tabka zebra -Tabka")
    parts = [(str(leaf), leaf.start, leaf.end) for leaf in query.parts()]
    advice = Advice(
        tuple(
            (words, start, end, count)
            for (words, start, end), count in zip(parts, (2, 7, 0), strict=True)
        ),
        (Instead("tabka", "tabqa", "tabqa zebra -Tabka", 29),),
    )
    ways = ways_of(Answer(query), advice)
    assert [way.words for way in ways] == [
        "“tabqa” instead of “tabka”: 29 documents",
        "Without “zebra”: 7 documents",
        "Without “tabka”: 2 documents",
    ]
    assert ways[0].text == "tabqa zebra -Tabka"
    assert ways[1].part == Part("zebra")


def test_advice_names_a_part_as_it_stands_in_the_box() -> None:
    text = 'is:duplicate "dry dock" -date:2019'
    query = parse(text)
    without = tuple((str(each), each.start, each.end, 3) for each in query.parts())
    assert [way.words for way in ways_of(Answer(query), Advice(without))] == [
        "Without “is:duplicate”: 3 documents",
        "Without “dry dock”: 3 documents",
        "Without “-date:2019”: 3 documents",
    ]


def test_advice_stays_inside_a_narrow_pane_and_goes_where_it_leads(
    desk: Desk, qtbot: QtBot
) -> None:
    unwritten = 'title:"letters from the harbour that nobody has written"'
    desk.search(f"lang:en is:unread {unwritten} rebuilt quay")
    desk.window.places.setMaximumWidth(300)
    desk.settle()
    lines = [each for each in desk.list.findChildren(WayLine) if each.isVisible()]
    pane = desk.list.findChild(EmptyPage)
    assert lines and pane is not None
    for line in lines:
        left = line.mapTo(pane, QPoint(0, 0)).x()
        assert left >= 0 and left + line.width() <= pane.viewport().width()
        assert line.width() >= line.sizeHint().width()
        assert line.text().split() == line.accessibleName().split()
    assert any("\n" in line.text() for line in lines)
    title = next(each for each in lines if "nobody has written" in each.accessibleName())
    qtbot.mouseClick(title, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.titles() and desk.titles()[0].startswith("How the quay")


def test_going_back_before_the_first_match_comes_to_the_last_one_of_the_document_before(
    desk: Desk,
) -> None:
    desk.search("dry OR quay OR berth")
    titles = desk.titles()
    assert len(titles) == 2
    desk.list.view.choose_row(1)
    desk.settle()
    desk.open.reading.past_last_match.emit(-1)
    desk.settle()
    document = desk.open.reading.document
    assert document is not None and document.title == titles[0]
    matches = desk.window.reader.view.matches
    assert len(matches) > 1
    assert matches.current == len(matches) - 1
    desk.open.reading.past_last_match.emit(1)
    desk.settle()
    assert desk.window.reader.view.matches.current == 0


def test_where_nothing_was_searched_no_number_is_said_and_the_reason_only_once(desk: Desk) -> None:
    desk.search("quay date:2016-13")
    assert desk.list._count.text() == "Not searched"
    said = [each.text() for each in desk.list.findChildren(QLabel) if each.isVisible()]
    assert sum("no month 13" in each for each in said) <= 1
    assert any(each == "Not searched yet" for each in said)
    desk.search("quay")
    assert desk.list._count.text().startswith("1 document + 2 copies")
