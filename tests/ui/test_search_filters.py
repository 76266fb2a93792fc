"""The card below “Filters”: what all that was found has in common, and the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.core.query import parse
from desktop_app.library.answer import Facet, FacetValue
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.search.filter_card import FilterCard
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    desk = Desk(tmp_path)
    assert desk.library.wait_until_searchable(30)
    documents = desk.library.search("dock").ids
    desk.session.do(CreateTag("place/ports", documents=tuple(documents)))
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(1366, 768)
    desk.settle()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield desk
    desk.close()


def card_of(desk: Desk) -> FilterCard:
    return desk.open.joins.searching.filters.card


def values(desk: Desk, facet: str) -> dict[str, str]:
    return {row.text: row.right for row in card_of(desk).lists[facet].list.choices}


def pick(desk: Desk, facet: str, text: str, qtbot: QtBot) -> None:
    rows = card_of(desk).lists[facet].list
    place = [row.text for row in rows.choices].index(text)
    at = rows.visualRect(rows.model().index(place, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.settle()


def line(desk: Desk, name: str) -> QLineEdit:
    return next(
        each for each in card_of(desk).form.findChildren(QLineEdit) if each.accessibleName() == name
    )


def test_a_value_is_asked_for_with_a_click_and_its_count_was_right(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.run("search.filters")
    assert values(desk, "tag") == {"place": "2", "place/ports": "2", "No tag": "1"}
    assert values(desk, "state") == {"Unread": "3"}
    pick(desk, "tag", "place/ports", qtbot)
    assert len(desk.titles()) == 2
    assert [button.text() for button in desk.window.header.search.chips.buttons] == [
        'tag:"place/ports"'
    ]
    assert values(desk, "tag") == {"place": "2", "place/ports": "2"}
    assert card_of(desk).is_open
    pick(desk, "tag", "place/ports", qtbot)  # a second click asks for it no longer
    assert len(desk.titles()) == 3


def test_a_value_is_left_out_by_key(desk: Desk, qtbot: QtBot) -> None:
    desk.run("search.filters")
    card = card_of(desk)
    qtbot.keyClick(card.field, Qt.Key.Key_Down)
    rows = card.lists["tag"].list
    assert rows.hasFocus() and rows.current() is not None
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    desk.settle()
    assert desk.titles() == ["Letters from the Oster Sound"]
    assert parse(desk.window.header.search.text).tree == parse("-tag:place").tree


def test_what_is_left_out_stays_where_it_stood_and_the_same_key_takes_it_back(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.run("search.filters")
    card = card_of(desk)
    qtbot.keyClick(card.field, Qt.Key.Key_Down)
    rows = card.lists["tag"].list
    labels = [row.text for row in rows.choices]
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    desk.settle()
    assert len(desk.titles()) == 1
    struck = rows.current()
    assert struck is not None and struck.struck
    assert (struck.text, struck.right) == (labels[1], "left out")
    assert "left out" in struck.spoken()
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    desk.settle()
    assert desk.window.header.search.text == "" and len(desk.titles()) == 3
    assert [row.text for row in rows.choices] == labels


def test_what_was_left_out_by_typing_is_struck_and_a_click_takes_it_back(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search("dock -date:2016 -is:unread -lang:de")
    desk.run("search.filters")
    assert values(desk, "year")["2016"] == "left out"
    assert values(desk, "state") == {"Unread": "left out"}
    pick(desk, "state", "Unread", qtbot)
    assert "is:unread" not in desk.window.header.search.text
    assert "-date:2016" in desk.window.header.search.text


def test_values_are_found_by_typing_and_enter_takes_the_only_one(desk: Desk, qtbot: QtBot) -> None:
    desk.run("search.filters")
    qtbot.keyClicks(card_of(desk).field, "no tag")
    assert values(desk, "tag") == {"No tag": "1"} and values(desk, "state") == {}
    qtbot.keyClick(card_of(desk).field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.header.search.text == "tag:none"


def test_escape_puts_the_card_away_and_the_same_key_does_too(desk: Desk, qtbot: QtBot) -> None:
    desk.run("search.filters")
    qtbot.keyClick(card_of(desk).field, Qt.Key.Key_Escape)
    assert not card_of(desk).is_open
    desk.run("search.filters")
    desk.run("search.filters")
    assert not card_of(desk).is_open


def test_what_is_filled_in_is_written_into_the_box(desk: Desk, qtbot: QtBot) -> None:
    desk.run("search.advanced")
    card = card_of(desk)
    assert line(desk, "All of these").hasFocus()
    qtbot.keyClicks(line(desk, "This phrase"), "dry dock")
    qtbot.keyClicks(line(desk, "None of these"), "bedrock")
    card.form.write()
    desk.settle()
    box = desk.window.header.search
    assert parse(box.text).tree == parse('"dry dock" -bedrock').tree
    assert desk.titles() == ["What do the pilots want now?"]
    states = next(
        each for each in card.form.findChildren(QComboBox) if each.accessibleName() == "State"
    )
    states.setCurrentIndex(states.findData("read"))
    card.form.write()
    desk.settle()
    assert desk.titles() == []
    assert [button.text() for button in box.chips.buttons] == ["is:read"]
    assert line(desk, "This phrase").text() == "dry dock"


def test_the_form_holds_what_stands_in_the_box_and_keeps_what_it_has_no_line_for(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search('dock (quay OR "dry dock" strand) date:2015..2016')
    desk.run("search.advanced")
    assert line(desk, "All of these").text() == "dock"
    assert line(desk, "Published from").text() == "2015"
    assert "strand" in card_of(desk).form._rest.text()
    asked = parse(desk.window.header.search.text).tree
    qtbot.keyClicks(line(desk, "Author"), "chulov")
    card_of(desk).form.write()
    desk.settle()
    now = parse(desk.window.header.search.text).tree
    wanted = parse('author:chulov date:2015..2016 dock (quay OR ("dry dock" strand))').tree
    assert sorted(map(str, now.parts)) == sorted(map(str, wanted.parts))  # type: ignore[union-attr]
    assert now != asked


def test_an_impossible_value_in_the_form_is_said_in_the_form(desk: Desk, qtbot: QtBot) -> None:
    desk.run("search.advanced")
    qtbot.keyClicks(line(desk, "Published from"), "2016-13")
    card_of(desk).form.write()
    assert "2016-13" in card_of(desk).form._problem.text()


def test_writing_by_the_form_keeps_what_is_switched_off(desk: Desk, qtbot: QtBot) -> None:
    desk.search("tag:none dock")
    box = desk.window.header.search
    qtbot.mouseClick(box.chips.buttons[0], Qt.MouseButton.MiddleButton)
    desk.run("search.advanced")
    qtbot.keyClicks(line(desk, "None of these"), "quay")
    card_of(desk).form.write()
    desk.settle()
    assert [(b.text(), b.property("off")) for b in box.chips.buttons] == [("tag:none", "true")]
    assert box.text == "dock -quay"


def test_of_very_many_values_the_first_are_shown_and_the_others_found_by_typing(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.run("search.filters")
    card = card_of(desk)
    many = tuple(FacetValue(f"Påper {n}", f'source:"paper {n}"', 1) for n in range(5_000))
    card.show_facets((Facet("source", many),), (), documents=5_000)
    assert len(card.lists["source"].list.choices) == 300
    assert "300 OF 5,000" in card.lists["source"]._title.text().upper()
    qtbot.keyClicks(card.field, "paper 4321")
    assert [row.text for row in card.lists["source"].list.choices] == ["Påper 4321"]


def test_leaving_out_what_was_asked_for_takes_its_place(desk: Desk, qtbot: QtBot) -> None:
    desk.search("tag:ports")
    desk.window.header.search.leave_out("tag:ports")
    desk.settle()
    assert desk.window.header.search.text == "-tag:ports"
    assert desk.titles() == ["Letters from the Oster Sound"]


def test_a_filter_that_is_added_leaves_what_is_switched_off_as_it_is(desk: Desk) -> None:
    desk.search("dock OR quay")
    box = desk.window.header.search
    box.toggle(box.written.spots()[1].part)
    box.add("is:unread")
    desk.settle()
    assert box.text == "is:unread dock"
    assert box.line.text() == "dock OR quay"
