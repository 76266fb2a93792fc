"""Marking in the whole window, with real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.highlights import Highlight, MarkStyle, Place, anchor_at
from desktop_app.library.tags.commands import CreateTag, SetTagKey
from desktop_app.ui.reader.marks import Marks
from tests.ui.marking_for_tests import Reader
from tests.ui.window_for_tests import Desk, make_library

_Key = Qt.Key
_Held = Qt.KeyboardModifier


@pytest.fixture
def reader(qapp: QApplication, tmp_path: Path) -> Iterator[Reader]:
    make_library(tmp_path)
    desk = Desk(tmp_path)
    for name in ("ports", "claim"):
        desk.session.do(CreateTag(name))
    desk.settle()
    yield Reader(desk)
    desk.close()


def test_h_marks_what_the_mouse_selected(reader: Reader) -> None:
    reader.drag_over("dry dock stayed")
    reader.press(_Key.Key_H)
    assert reader.shown() == ["dry dock stayed"]  # at once, before the library was asked
    (made,) = reader.marks()
    assert made.anchor.quote == "dry dock stayed"
    assert (made.colour, made.style) == ("yellow", MarkStyle.FILL)
    assert reader.view.chosen == made.id
    assert reader.view.selection() is None


def test_a_digit_marks_with_its_tag_and_takes_it_off_again(reader: Reader) -> None:
    reader.drag_over("the old quay")
    reader.press(_Key.Key_2)
    (made,) = reader.marks()
    assert made.tags == (reader.tag("claim"),)
    reader.press(_Key.Key_1)
    assert len(reader.marks()[0].tags) == 2
    reader.press(_Key.Key_2)
    assert reader.marks()[0].tags == (reader.tag("ports"),)


def test_two_digits_at_once_both_reach_a_highlight_that_is_not_written_yet(reader: Reader) -> None:
    reader.drag_over("the old quay")
    reader.press(_Key.Key_H)
    reader.press(_Key.Key_1)
    reader.press(_Key.Key_2)
    assert reader.view.chosen_mark is not None
    assert len(reader.view.chosen_mark.tags) == 2
    (made,) = reader.marks()
    assert set(made.tags) == {reader.tag("claim"), reader.tag("ports")}


def test_a_digit_without_a_tag_says_how_to_give_one(reader: Reader) -> None:
    reader.drag_over("the old quay")
    reader.press(_Key.Key_7)
    assert reader.marks() == []
    assert "No tag has the key 7" in reader.said()
    assert "right-click" in reader.said()
    assert "Shift+F10" in reader.said()
    assert not reader.desk.window.problem_bar.isVisible()


def test_without_a_selection_a_sentence_says_what_to_do(reader: Reader) -> None:
    reader.press(_Key.Key_H)
    assert reader.said().startswith("Select a passage first")
    assert reader.marks() == []


def test_keys_that_are_held_mark_once(reader: Reader) -> None:
    for key in (_Key.Key_H, _Key.Key_1):
        reader.drag_over("dry dock stayed" if key == _Key.Key_H else "bedrock")
        QTest.keyPress(reader.view, key)
        for _ in range(20):
            held = QKeyEvent(QKeyEvent.Type.KeyPress, key, _Held.NoModifier, chr(key).lower(), True)
            QApplication.sendEvent(reader.view, held)
            QTest.qWait(1)
        QTest.keyRelease(reader.view, key)
    first, second = reader.marks()
    assert (first.anchor.quote, first.tags) == ("dry dock stayed", ())
    assert (second.anchor.quote, second.tags) == ("bedrock", (reader.tag("ports"),))


def test_the_same_words_selected_again_are_the_highlight(reader: Reader) -> None:
    reader.drag_over("dry dock")
    reader.press(_Key.Key_H)
    reader.desk.settle()
    reader.press(_Key.Key_Escape)
    reader.drag_over("dry dock")
    reader.press(_Key.Key_H)
    reader.press(_Key.Key_1)
    (made,) = reader.marks()
    assert made.tags == (reader.tag("ports"),)


def test_a_click_chooses_a_highlight_and_delete_takes_it_away(reader: Reader) -> None:
    reader.drag_over("dry dock stayed")
    reader.press(_Key.Key_H)
    reader.desk.settle()
    reader.click_on("Mar 25")
    assert reader.view.chosen is None
    reader.click_on("dock")
    assert reader.view.chosen == reader.marks()[0].id
    reader.press(_Key.Key_Delete)
    assert reader.shown() == []
    assert reader.marks() == []
    assert reader.desk.open.reading.document is not None
    assert reader.desk.session.counts.trash == 0  # and not the document
    reader.desk.run("edit.undo")
    assert reader.shown() == ["dry dock stayed"]


def test_delete_over_plain_words_trashes_no_document(reader: Reader) -> None:
    reader.drag_over("bedrock")
    reader.press(_Key.Key_Delete)
    reader.desk.settle()
    assert reader.desk.session.counts.trash == 0
    assert "nothing has been deleted" in reader.said()


def test_delete_with_nothing_chosen_trashes_no_document(reader: Reader) -> None:
    reader.drag_over("dry dock stayed")
    reader.press(_Key.Key_H)
    reader.desk.settle()
    for _ in range(4):  # the first takes the highlight; a held key goes on
        reader.press(_Key.Key_Delete)
        reader.desk.settle()
    assert reader.marks() == []
    assert reader.desk.session.counts.trash == 0
    assert "No highlight is chosen" in reader.said()


def test_clicks_at_one_place_go_through_the_highlights_there(reader: Reader) -> None:
    for words in ("The dry dock stayed closed", "dry dock stayed", "dock"):
        reader.drag_over(words)
        reader.press(_Key.Key_H)
        reader.desk.settle()
        reader.press(_Key.Key_Escape)
    seen = []
    for _ in range(4):
        reader.click_on("dock")
        QTest.qWait(QApplication.doubleClickInterval() + 20)
        assert reader.view.chosen_mark is not None
        seen.append(reader.view.chosen_mark.anchor.quote)
    assert seen == ["dock", "dry dock stayed", "The dry dock stayed closed", "dock"]


def test_brackets_step_through_the_highlights(reader: Reader) -> None:
    for words in ("bedrock", "stayed", "dry dock"):
        reader.drag_over(words)
        reader.press(_Key.Key_H)
        reader.desk.settle()
    reader.press(_Key.Key_Escape)
    seen = []
    for _ in range(3):
        reader.press(_Key.Key_BracketRight)
        assert reader.view.chosen_mark is not None
        seen.append(reader.view.chosen_mark.anchor.quote)
    assert seen == ["dry dock", "stayed", "bedrock"]
    reader.press(_Key.Key_BracketRight)
    assert "last highlight" in reader.said()
    reader.press(_Key.Key_BracketLeft)
    assert reader.view.chosen_mark is not None
    assert reader.view.chosen_mark.anchor.quote == "stayed"


def test_shift_and_arrows_resize_and_one_undo_takes_it_back(reader: Reader) -> None:
    reader.drag_over("dry dock")
    reader.press(_Key.Key_H)
    reader.desk.settle()
    reader.press(_Key.Key_Right, _Held.ShiftModifier | _Held.ControlModifier)
    assert [
        reader.text[p.place.start : p.place.end] for p in reader.view.marks.placed if p.place
    ] == ["dry dock stayed"]
    reader.press(_Key.Key_Left, _Held.ShiftModifier)
    reader.press(_Key.Key_Left, _Held.ShiftModifier | _Held.ControlModifier | _Held.AltModifier)
    reader.desk.open.joins.marking.verbs.resizing.finish()
    assert reader.marks()[0].anchor.quote == "The dry dock staye"
    reader.desk.run("edit.undo")
    assert reader.marks()[0].anchor.quote == "dry dock"
    assert reader.shown() == ["dry dock"]


def test_handles_are_dragged_to_resize(reader: Reader) -> None:
    reader.drag_over("dry dock")
    reader.press(_Key.Key_H)
    reader.desk.settle()
    _, end = reader.range_of("dry dock")
    _, further = reader.range_of("stayed closed")
    knob = reader.edge(end - 1, right=True) + QPoint(1, 12)
    assert reader.view.handle_at(QPointF(knob))
    reader.drag(knob, reader.edge(further - 1, right=True))
    assert reader.marks()[0].anchor.quote == "dry dock stayed closed"
    reader.desk.run("edit.undo")
    assert reader.marks()[0].anchor.quote == "dry dock"


def test_a_sticky_tag_marks_each_selection_until_escape(reader: Reader) -> None:
    reader.press(_Key.Key_1, _Held.ShiftModifier)
    for words in ("dry dock", "old quay"):
        reader.drag_over(words)
        reader.desk.settle()
        QTest.qWait(5)
    assert [each.anchor.quote for each in reader.marks()] == ["dry dock", "old quay"]
    assert {each.tags for each in reader.marks()} == {(reader.tag("ports"),)}
    reader.press(_Key.Key_Escape)
    reader.drag_over("bedrock")
    reader.desk.settle()
    QTest.qWait(5)
    assert len(reader.marks()) == 2


def test_the_current_match_is_marked_without_a_mouse(reader: Reader) -> None:
    reader.desk.search("quay")
    reader.pane.focus_text()
    reader.press(_Key.Key_F3)
    match = reader.pane.current_match()
    assert match is not None
    reader.press(_Key.Key_2, _Held.ControlModifier | _Held.AltModifier)
    (made,) = reader.marks()
    assert (made.place.start, made.place.end) == match if made.place else False
    assert made.tags == (reader.tag("claim"),)


def test_a_match_that_was_gone_to_from_the_list_is_marked_from_there(reader: Reader) -> None:
    reader.desk.search("quay")
    reader.desk.list.focus()
    reader.press(_Key.Key_F3)
    reader.press(_Key.Key_1, _Held.ControlModifier | _Held.AltModifier)
    (made,) = reader.marks()
    assert made.anchor.quote.casefold() == "quay"


def test_a_sticky_tag_marks_what_the_caret_selected_once_shift_is_let_go(reader: Reader) -> None:
    reader.press(_Key.Key_F7)
    reader.press(_Key.Key_2, _Held.ShiftModifier)
    reader.press(_Key.Key_Home, _Held.ControlModifier)
    held = _Held.ControlModifier | _Held.ShiftModifier
    for _ in range(2):
        QTest.keyPress(reader.view, _Key.Key_Right, held)
    assert reader.shown() == []
    QTest.keyRelease(reader.view, _Key.Key_Right, held)
    (made,) = reader.marks()
    assert made.tags == (reader.tag("claim"),)
    assert len(made.anchor.quote.split()) == 2


def test_one_more_mark_among_ten_thousand_is_shown_at_once(reader: Reader) -> None:
    now = datetime.now(UTC)
    many = [
        Highlight(
            number,
            f"mark {number}",
            reader.document,
            anchor_at(reader.view.version, reader.text, number % 90, number % 90 + 9),
            "green",
            MarkStyle.FILL,
            "",
            now,
            now,
            place=Place(number % 90, number % 90 + 9),
        )
        for number in range(1, 10_001)
    ]
    reader.pane.set_highlights(many)
    reader.view.select(*reader.range_of("bedrock"))
    reader.press(_Key.Key_H)
    assert len(reader.view.marks) == 10_001
    assert reader.view.chosen_mark is not None
    assert reader.view.chosen_mark.anchor.quote == "bedrock"
    placed = reader.view.marks
    again = Marks(placed.all)
    assert placed.starts == again.starts
    assert [e.uuid for e in placed.within(5, 30)] == [e.uuid for e in again.within(5, 30)]
    assert [each.anchor.quote for each in reader.marks()] == ["bedrock"]


def test_t_chooses_the_tags_of_the_highlight(reader: Reader) -> None:
    reader.drag_over("dry dock")
    reader.press(_Key.Key_T)
    reader.desk.settle()
    picker = reader.desk.window.picker
    assert picker.is_open
    QTest.keyClicks(picker.field, "claim")
    QTest.keyClick(picker.field, _Key.Key_Return)
    QTest.keyClicks(picker.field, "strike")
    QTest.keyClick(picker.field, _Key.Key_Return, _Held.ControlModifier)
    reader.desk.settle()
    (made,) = reader.marks()
    assert len(made.tags) == 2
    assert reader.desk.library.documents([reader.document])[0].tags == ()


def test_digits_in_the_list_mark_nothing(reader: Reader) -> None:
    reader.drag_over("dry dock")
    reader.desk.list.focus()
    reader.press(_Key.Key_1)
    reader.press(_Key.Key_H)
    assert reader.marks() == []


def test_a_tag_may_be_given_another_digit(reader: Reader) -> None:
    reader.desk.session.do(SetTagKey(reader.tag("claim"), 5))
    reader.desk.settle()
    reader.drag_over("dry dock")
    reader.press(_Key.Key_5)
    assert reader.marks()[0].tags == (reader.tag("claim"),)
    assert reader.desk.actions["mark.tag_5"].text() == "Tag “claim”"
