"""The search box and the line under it: chips, parts, what is switched off, what is impossible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.core.model import Sort
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.panes.search_box import SearchBox
from desktop_app.ui.search.part_button import PartButton
from desktop_app.ui.search.query_line import QueryLine
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    desk = Desk(tmp_path)
    assert desk.library.wait_until_searchable(30)
    document = desk.library.search("title:quay").ids[0]
    desk.session.do(CreateTag("ports", documents=(document,)))
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(1366, 768)
    desk.settle()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield desk
    desk.close()


def box_of(desk: Desk) -> SearchBox:
    return desk.window.header.search


def line_of(desk: Desk) -> QueryLine:
    return desk.list.query_line


def said(desk: Desk) -> list[str]:
    return [button.toolTip().splitlines()[0] for button in line_of(desk).buttons]


def part(desk: Desk, beginning: str) -> PartButton:
    return next(
        button
        for button in line_of(desk).buttons
        if button.toolTip().removeprefix("“").startswith(beginning)
    )


def test_facts_become_chips_at_enter_and_the_answer_stays(desk: Desk, qtbot: QtBot) -> None:
    box = box_of(desk)
    box.focus()
    qtbot.keyClicks(box.line, "dock tag:ports")
    desk.settle()
    assert box.chips.buttons == ()
    before = desk.titles()
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    desk.settle()
    assert [button.text() for button in box.chips.buttons] == ["tag:ports"]
    assert box.line.text() == "dock"
    assert desk.titles() == before and len(before) == 1


def test_facts_become_chips_when_the_keys_leave_the_box_and_nothing_is_asked_anew(
    desk: Desk, qtbot: QtBot
) -> None:
    box = box_of(desk)
    box.focus()
    qtbot.keyClicks(box.line, "dock tag:ports")
    desk.settle()
    answer = desk.question.answer
    desk.list.view.setFocus()
    desk.settle()
    assert len(box.chips.buttons) == 1
    assert desk.question.answer is answer


def test_the_cross_of_a_chip_takes_it_away_and_its_words_write_it_into_the_line(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search("tag:ports lang:en dock")
    box = box_of(desk)
    first, second = box.chips.buttons
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    desk.settle()
    assert box.line.text() == "tag:ports dock"
    assert box.line.selectedText() == "tag:ports"
    (second,) = box.chips.buttons
    cross = QPoint(second.width() - 6, second.height() // 2)
    qtbot.mousePress(second, Qt.MouseButton.LeftButton, pos=cross)
    desk.settle()  # the keys have left the line: its filter is a chip again, behind this one
    assert [button.text() for button in box.chips.buttons] == ["lang:en", "tag:ports"]
    assert box.chips.buttons[0] is second
    qtbot.mouseRelease(second, Qt.MouseButton.LeftButton, pos=cross)
    desk.settle()
    assert box.text == "tag:ports dock"


def test_backspace_at_the_beginning_takes_the_last_chip_away(desk: Desk, qtbot: QtBot) -> None:
    desk.search("tag:ports lang:en dock")
    box = box_of(desk)
    box.line.setFocus()
    box.line.setCursorPosition(0)
    qtbot.keyClick(box.line, Qt.Key.Key_Backspace)
    desk.settle()
    assert box.text == "tag:ports dock"


def test_keys_walk_over_chips_and_switch_them_off_and_on(desk: Desk, qtbot: QtBot) -> None:
    desk.search("tag:none dock")
    assert len(desk.titles()) == 1
    box = box_of(desk)
    box.line.setFocus()
    box.line.setCursorPosition(0)
    qtbot.keyClick(box.line, Qt.Key.Key_Left)
    (chip,) = box.chips.buttons
    assert chip.hasFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    desk.settle()
    assert len(desk.titles()) == 2
    (chip,) = box.chips.buttons
    assert chip.hasFocus() and chip.property("off") == "true"
    assert "switched off" in chip.accessibleName()
    assert said(desk)[-1] == "without a tag (2)"
    qtbot.mouseClick(chip, Qt.MouseButton.MiddleButton)
    desk.settle()
    assert len(desk.titles()) == 1
    (chip,) = box.chips.buttons
    qtbot.keyClick(chip, Qt.Key.Key_Right)
    assert box.line.hasFocus()


def test_more_chips_than_there_is_room_for_are_behind_one_that_says_how_many(desk: Desk) -> None:
    filters = [f"-source:paper{number}" for number in range(12)]
    desk.search(" ".join(["tag:ports", *filters]))
    row = box_of(desk).chips
    shown = [button for button in row.buttons if button.isVisible()]
    assert 0 < len(shown) < 13
    assert row._more.isVisible()
    assert row._more.text() == f"+{13 - len(shown)}"
    assert all(chip in row._more.toolTip() for chip in filters[len(shown) :])
    assert box_of(desk).line.width() > 110


def test_a_part_of_the_sentence_is_found_in_the_box(desk: Desk, qtbot: QtBot) -> None:
    desk.search('"dry dock" OR strand')
    button = part(desk, "strand")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    box = box_of(desk)
    assert box.line.hasFocus() and box.line.selectedText() == "strand"


def test_a_part_of_the_sentence_is_switched_off_and_on_by_key_and_stays_under_the_keys(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search('"dry dock" OR strand')
    assert len(desk.titles()) == 3
    desk.run("search.parts")
    first = line_of(desk).buttons[0]
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.keyClick(line_of(desk).buttons[1], Qt.Key.Key_Space)
    desk.settle()
    assert len(desk.titles()) == 2
    assert box_of(desk).line.text() == '"dry dock" OR strand'
    assert box_of(desk).text == '"dry dock"'
    assert [button.property("off") for button in line_of(desk).buttons] == ["false", "true"]
    assert said(desk)[1].endswith("(1)")
    last = line_of(desk).buttons[1]
    assert last.hasFocus()
    qtbot.keyClick(last, Qt.Key.Key_Space)
    desk.settle()
    assert len(desk.titles()) == 3


def test_a_part_of_the_sentence_is_taken_away(desk: Desk, qtbot: QtBot) -> None:
    desk.search('"dry dock" strand')
    assert desk.titles() == []
    button = part(desk, "strand")
    names = [action.text() for action in button.menu_of().actions()]
    assert names == ["Find it in the box", "Switch off", "Remove"]
    qtbot.keyClick(button, Qt.Key.Key_Delete)
    desk.settle()
    assert box_of(desk).text == '"dry dock"'
    assert len(desk.titles()) == 2


def test_the_parts_stand_in_the_sentence_with_their_counts(desk: Desk) -> None:
    desk.search('("dry dock" OR strand) tag:none')
    assert [text.rsplit(" ", 1)[1] for text in said(desk)] == ["(2)", "(2)", "(1)"]
    assert line_of(desk).text == desk.question.answer.words  # type: ignore[union-attr]


def test_what_is_left_out_is_a_part_too(desk: Desk, qtbot: QtBot) -> None:
    desk.search("-strand dock")
    qtbot.mouseClick(part(desk, "strand"), Qt.MouseButton.LeftButton)
    assert box_of(desk).line.selectedText() == "strand"


def test_an_impossible_part_is_red_and_a_sentence_says_why(desk: Desk) -> None:
    desk.search("dock date:2016-13")
    assert "date:2016-13" in line_of(desk)._errors.text()
    line = box_of(desk).line
    looks = [look for start, _end, look in line._formats(line.text()) if start == 5]
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    assert any(look.underlineStyle() == wave for look in looks)


def test_letters_outside_the_first_plane_do_not_move_colours_and_selections(desk: Desk) -> None:
    line = box_of(desk).line
    box_of(desk).set_text("𝕬𝖇𝖈 OR dock")
    line.select(7, 11)
    assert line.selectedText() == "dock"
    line.put_cursor(3)
    assert line.place == 3 and line.cursorPosition() == 6


def test_undo_in_the_line_is_not_lost_to_its_colours(desk: Desk, qtbot: QtBot) -> None:
    line = box_of(desk).line
    line.setFocus()
    qtbot.keyClicks(line, "raqqa OR mosul")
    desk.settle()
    assert line.isUndoAvailable()
    line.undo()
    desk.settle()
    assert line.text() == ""
    assert box_of(desk).text == ""


def test_clearing_takes_filters_and_words_away(desk: Desk) -> None:
    desk.search("tag:ports dock")
    desk.run("edit.clear_search")
    assert box_of(desk).text == ""
    assert box_of(desk).chips.buttons == ()
    assert len(desk.titles()) == 3


def test_a_pasted_page_of_text_does_not_hold_up_the_window(desk: Desk) -> None:
    QApplication.clipboard().setText("dock OR quay " * 2_000)
    box_of(desk).line.paste()
    desk.settle()
    assert len(desk.question.answer.errors) == 1  # type: ignore[union-attr]


def test_every_control_of_chips_and_parts_has_a_name(desk: Desk) -> None:
    desk.search("tag:ports dock -strand")
    for button in (*box_of(desk).chips.buttons, *line_of(desk).buttons):
        assert button.accessibleName()
        assert button.accessibleDescription()


def test_typing_offers_how_to_go_on_and_a_taken_filter_is_a_chip(desk: Desk, qtbot: QtBot) -> None:
    box, popup = box_of(desk), desk.open.joins.searching.suggesting.popup
    box.focus()
    qtbot.keyClicks(box.line, "dock tag:po")
    qtbot.waitUntil(lambda: popup.is_open)
    assert [choice.text for choice in popup.list.choices] == ["ports"]
    assert popup.list.choices[0].right == "1"
    assert popup.list.current() is None
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    assert "ports" in box.line.accessibleDescription()
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    desk.settle()
    assert not popup.is_open
    assert box.line.hasFocus() and box.line.text() == "dock"
    assert [button.text() for button in box.chips.buttons] == ["tag:ports"]
    assert len(desk.titles()) == 1


def test_enter_without_a_marked_row_searches_for_what_was_typed(desk: Desk, qtbot: QtBot) -> None:
    box, popup = box_of(desk), desk.open.joins.searching.suggesting.popup
    box.focus()
    qtbot.keyClicks(box.line, "do")
    qtbot.waitUntil(lambda: popup.is_open)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    desk.settle()
    assert not popup.is_open and box.text == "do"
    assert desk.list.view.hasFocus()


def test_escape_puts_the_offers_away_before_it_empties_the_line(desk: Desk, qtbot: QtBot) -> None:
    box, popup = box_of(desk), desk.open.joins.searching.suggesting.popup
    box.focus()
    qtbot.keyClicks(box.line, "do")
    qtbot.waitUntil(lambda: popup.is_open)
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert not popup.is_open and box.line.text() == "do"
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.line.text() == ""


def test_a_field_that_is_taken_waits_for_its_value(desk: Desk, qtbot: QtBot) -> None:
    box, popup = box_of(desk), desk.open.joins.searching.suggesting.popup
    box.focus()
    qtbot.keyClicks(box.line, "lan")
    qtbot.waitUntil(lambda: popup.is_open)
    qtbot.keyClick(box.line, Qt.Key.Key_Tab)
    assert box.line.text() == "lang:"
    qtbot.waitUntil(lambda: popup.is_open and popup.list.choices[0].text == "en")
    qtbot.mouseClick(
        popup.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=popup.list.visualRect(popup.list.model().index(0, 0)).center(),
    )
    desk.settle()
    assert box.text == "lang:en"


def test_down_in_an_empty_box_offers_what_was_asked_before_or_goes_to_the_list(
    desk: Desk, qtbot: QtBot
) -> None:
    box, popup = box_of(desk), desk.open.joins.searching.suggesting.popup
    box.focus()
    desk.settle()
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    desk.settle()
    assert desk.list.view.hasFocus()
    desk.library.searches.note("strand")
    box.focus()
    qtbot.waitUntil(lambda: popup.is_open)
    assert [choice.text for choice in popup.list.choices] == ["strand"]
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    desk.settle()
    assert box.text == "strand"
    assert len(desk.titles()) == 1


def test_an_order_chosen_above_the_list_takes_the_place_of_one_in_the_query(desk: Desk) -> None:
    desk.search("dock sort:title")
    assert [button.text() for button in box_of(desk).chips.buttons] == ["sort:title"]
    desk.list.sort_chosen.emit(Sort.ADDED_OLDEST)
    desk.settle()
    assert box_of(desk).text == "dock"


def test_a_query_of_very_many_parts_is_said_as_text(desk: Desk) -> None:
    desk.search(" OR ".join(f"word{number}" for number in range(150)))
    assert len(line_of(desk).buttons) == 0
    assert "word149" in line_of(desk).text
    shown = [label.text() for label in line_of(desk).findChildren(QLabel) if label.isVisible()]
    assert "word1" in " ".join(shown) and "more words;" in " ".join(shown)


def test_all_of_the_box_is_chosen_by_one_key_and_typing_replaces_its_chips_too(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search("tag:ports lang:en dock")
    box = box_of(desk)
    box.line.setFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert {chip.property("chosen") for chip in box.chips.buttons} == {"true"}
    qtbot.keyClicks(box.line, "strand")
    desk.settle()
    assert box.text == "strand" and box.chips.buttons == ()


@pytest.mark.parametrize("query", ["tag:ports lang:en dock", "tag:ports"])
def test_all_of_the_box_is_deleted_and_brought_back(desk: Desk, qtbot: QtBot, query: str) -> None:
    desk.search(query)
    box = box_of(desk)
    before = box.text
    box.line.setFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box.line, Qt.Key.Key_Delete)
    assert box.written.empty
    qtbot.keyClick(box.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert box.text == before and len(desk.titles()) == 1


def test_a_click_or_an_arrow_key_leaves_the_chips_alone_again(desk: Desk, qtbot: QtBot) -> None:
    desk.search("tag:ports dock")
    box = box_of(desk)
    box.line.setFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box.line, Qt.Key.Key_End)
    qtbot.keyClicks(box.line, "s")
    assert box.text == "tag:ports docks"


def test_the_key_of_the_search_pressed_again_chooses_the_chips_too(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search("tag:ports dock")
    box = box_of(desk)
    desk.list.view.setFocus()
    box.focus()
    assert not box.keys.all_chosen and box.line.selectedText() == "dock"
    box.focus()
    qtbot.keyClicks(box.line, "s")
    assert box.text == "s"


def test_all_of_the_box_can_be_copied_and_cut(desk: Desk, qtbot: QtBot) -> None:
    desk.search("tag:ports dock")
    box = box_of(desk)
    box.line.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_X):
        qtbot.keyClick(box.line, key, Qt.KeyboardModifier.ControlModifier)
        if key is Qt.Key.Key_C:
            assert QApplication.clipboard().text() == "tag:ports dock"
    assert box.written.empty and QApplication.clipboard().text() == "tag:ports dock"


def test_escape_takes_the_words_then_the_filters_then_leaves_and_all_comes_back(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search("tag:ports dock")
    box = box_of(desk)
    box.line.setFocus()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.text == "tag:ports"
    assert "Ctrl+Z brings the words back" in desk.window.status._said.text()
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.written.empty and box.line.hasFocus()
    for expected in ("tag:ports", "tag:ports dock"):
        qtbot.keyClick(box.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert box.text == expected
    qtbot.keyClick(box.line, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert box.text == "tag:ports"
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert desk.list.view.hasFocus()


def test_the_cross_empties_the_box_and_what_stood_there_comes_back(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.search("tag:ports dock")
    box = box_of(desk)
    qtbot.mouseClick(box._clear, Qt.MouseButton.LeftButton)
    assert box.written.empty and box.line.hasFocus()
    box.line.menu_of().actions()[0].trigger()
    assert box.text == "tag:ports dock"


def test_letters_typed_in_a_row_are_one_step_back(desk: Desk, qtbot: QtBot) -> None:
    box = box_of(desk)
    box.line.setFocus()
    qtbot.keyClicks(box.line, "dock strand")
    qtbot.keyClick(box.line, Qt.Key.Key_Backspace)
    qtbot.keyClick(box.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.text == "dock strand"
    qtbot.keyClick(box.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.written.empty


def test_the_cross_keeps_its_place_whatever_stands_in_the_box(desk: Desk) -> None:
    places = set()
    for query in ("tag:ports", "dock", "tag:ports dock", '"dry dock" OR strand'):
        desk.search(query)
        cross = box_of(desk)._clear
        assert cross.isVisible()
        places.add(cross.x())
    assert len(places) == 1
    assert desk.window.header.star.x() > places.pop()


def test_the_offers_go_once_one_pauses_and_something_was_found(desk: Desk, qtbot: QtBot) -> None:
    box, offering = box_of(desk), desk.open.joins.searching.suggesting
    box.focus()
    qtbot.keyClicks(box.line, "strand OR do")
    qtbot.waitUntil(lambda: offering.popup.is_open)
    desk.settle()
    assert len(desk.titles()) == 2 and offering.popup.is_open
    qtbot.waitUntil(lambda: not offering.popup.is_open)
    # An Esc that was meant for what has just gone does not cost the words.
    qtbot.keyClick(box.line, Qt.Key.Key_Escape)
    assert box.text == "strand OR do"


def test_the_offers_stay_while_one_is_marked(desk: Desk, qtbot: QtBot) -> None:
    box, offering = box_of(desk), desk.open.joins.searching.suggesting
    box.focus()
    qtbot.keyClicks(box.line, "do")
    qtbot.waitUntil(lambda: offering.popup.is_open)
    qtbot.keyClick(box.line, Qt.Key.Key_Down)
    offering.popup.withdraw()
    assert offering.popup.is_open


def test_the_offers_hide_neither_the_count_nor_what_ran_and_go_with_the_keys(
    desk: Desk, qtbot: QtBot
) -> None:
    box, popup = box_of(desk), desk.open.joins.searching.suggesting.popup
    box.focus()
    qtbot.keyClicks(box.line, "dock tag:po")
    desk.settle()
    qtbot.waitUntil(lambda: popup.is_open)
    below = line_of(desk).mapTo(desk.window, QPoint(0, line_of(desk).height())).y()
    assert line_of(desk).isVisible() and popup.y() >= below
    desk.run("search.filters")
    assert not popup.is_open and desk.open.joins.searching.filters.card.is_open


def test_brackets_and_commas_hug_their_words(desk: Desk) -> None:
    desk.search('("dry dock" OR strand) dock -bedrock')
    first, second, third, _left_out = line_of(desk).buttons
    labels = {
        each.text(): each.geometry()
        for each in line_of(desk).findChildren(QLabel)
        if each.isVisible() and each.parent() is first.parent()
    }
    assert set(labels) >= {"(", ")", ",", "or", "and", "without"}
    assert labels["("].right() >= first.x()
    assert labels[")"].left() <= second.geometry().right()
    assert labels[","].left() <= third.geometry().right()
    assert labels["or"].left() > first.geometry().right()
    assert labels["("].y() == first.y() and labels[","].y() == third.y()
