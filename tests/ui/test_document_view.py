from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.matching import Passage
from desktop_app.ui.look.theme import LIGHT
from desktop_app.ui.models.documents import DocumentsModel, Row
from desktop_app.ui.panes.document_view import DocumentView
from desktop_app.ui.panes.heights import Heights
from desktop_app.ui.panes.row_passages import joined_passages
from tests.ui.documents_for_tests import Shelf, document


class Hit:
    """A hit as the library gives it."""

    def __init__(self, *passages: Passage) -> None:
        self.matches = len(passages)
        self.passages = passages
        self.notes = self.quotes = ()


@given(
    st.integers(1, 30),
    st.integers(10, 100),
    st.lists(st.tuples(st.integers(0, 29), st.integers(5, 200)), max_size=40),
)
def test_tops_and_rows_agree_whatever_was_measured(
    count: int, usual: int, measured: list[tuple[int, int]]
) -> None:
    heights = Heights()
    heights.reset(count, usual)
    plain = [usual] * count
    for row, height in measured:
        if row < count:
            heights.measure(row, height)
            plain[row] = height
    assert [heights.top(row) for row in range(count + 1)] == [
        sum(plain[:row]) for row in range(count + 1)
    ]
    for row in range(count):
        assert heights.row_at(heights.top(row)) == row
        assert heights.row_at(heights.top(row) + plain[row] - 1) == row
    assert heights.row_at(10**6) == count - 1


@pytest.fixture
def shelf() -> Shelf:
    def row(number: int) -> Row:
        if number % 3:
            return Row(document(number))
        text = f"where the quay {number} was rebuilt after the storm and the board met again"
        passage = Passage(0, len(text), text, ((10, 14),))
        return Row(document(number, starred=True), Hit(passage))  # type: ignore[arg-type]

    return Shelf(row)


@pytest.fixture
def view(shelf: Shelf, qtbot: QtBot) -> DocumentView:
    made = DocumentView(LIGHT)
    qtbot.addWidget(made)
    model = DocumentsModel(shelf.fetch, made)
    made.setModel(model)
    made.resize(392, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(view: DocumentView, shelf: Shelf, ids: list[int], qtbot: QtBot) -> None:
    view.documents().set_ids(array("q", ids))
    settle(view, shelf, qtbot)


def settle(view: DocumentView, shelf: Shelf, qtbot: QtBot) -> None:
    """Let rows be asked for, answered and painted until nothing more is missing."""
    for _ in range(20):
        view.grab()
        qtbot.wait(1)
        if not shelf.answer():
            return


def top_row(view: DocumentView) -> tuple[int, int]:
    """The document at the top of the screen, and where it begins."""
    index = view.indexAt(view.viewport().rect().topLeft())
    return view.documents().ids[index.row()], view.visualRect(index).top()


def test_only_what_is_on_the_screen_is_fetched(
    view: DocumentView, shelf: Shelf, qtbot: QtBot
) -> None:
    show(view, shelf, list(range(50_000)), qtbot)
    assert sum(map(len, shelf.asked)) <= 200


def test_rows_above_keep_what_stands_below_where_it_is_when_they_are_measured(
    view: DocumentView, shelf: Shelf, qtbot: QtBot
) -> None:
    show(view, shelf, list(range(1_000)), qtbot)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settle(view, shelf, qtbot)
    for _ in range(40):
        before = {
            index.row(): view.visualRect(index).top()
            for y in range(50, 550, 30)
            if (index := view.indexAt(view.viewport().rect().topLeft() + _down(y))).isValid()
        }
        bar.setValue(bar.value() - 20)
        settle(view, shelf, qtbot)
        row = next(iter(before))
        moved = view.visualRect(view.documents().index(row, 0)).top() - before[row]
        assert moved == 20


def _down(y: int):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QPoint

    return QPoint(5, y)


def test_selection_and_scroll_survive_a_refresh(
    view: DocumentView, shelf: Shelf, qtbot: QtBot
) -> None:
    ids = list(range(1_000))
    show(view, shelf, ids, qtbot)
    view.choose_row(500)
    settle(view, shelf, qtbot)
    view.select_ids([500, 501, 502, 510], 502)
    before = top_row(view)
    anchor, selected, current = view.anchor(), view.selected_ids(), view.current_id()
    newer = [*range(5_000, 5_040), *(each for each in ids if each % 7)]
    view.documents().set_ids(array("q", newer))
    view.select_ids(selected, current)
    view.return_to(anchor)
    settle(view, shelf, qtbot)
    assert view.selected_ids() == [500, 501, 502, 510]
    assert view.current_id() == 502
    if before[0] % 7:
        assert top_row(view) == before


def test_everything_is_selected_at_once(view: DocumentView, shelf: Shelf, qtbot: QtBot) -> None:
    show(view, shelf, list(range(50_000)), qtbot)
    view.selectAll()
    assert view.selected_count() == 50_000
    assert view.selected_ids() == list(range(50_000))


def test_keys_go_through_the_list(view: DocumentView, shelf: Shelf, qtbot: QtBot) -> None:
    show(view, shelf, list(range(100)), qtbot)
    view.choose_row(0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_id() == 1
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_ids() == [1, 2]
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_id() == 99
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert 80 < (view.current_id() or 0) < 99
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_id() == 0
    with qtbot.waitSignal(view.opened) as blocker:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert blocker.args == [0]


def test_a_click_chooses_the_row_under_it(view: DocumentView, shelf: Shelf, qtbot: QtBot) -> None:
    show(view, shelf, list(range(100)), qtbot)
    place = view.visualRect(view.documents().index(3, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.selected_ids() == [3]
    place = view.visualRect(view.documents().index(5, 0)).center()
    qtbot.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        pos=place,
    )
    assert view.selected_ids() == [3, 4, 5]


def test_an_empty_list_can_be_clicked_and_scrolled(
    view: DocumentView, shelf: Shelf, qtbot: QtBot
) -> None:
    show(view, shelf, [], qtbot)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClick(view, Qt.Key.Key_End)
    view.selectAll()
    assert view.selected_ids() == []
    assert view.current_id() is None


def test_marks_are_counted_as_qt_counts() -> None:
    passage = Passage(100, 117, "on 😀 the quay now", ((109, 113),))
    joined = joined_passages([passage])
    text, marks = joined.text, joined.marks
    assert text == "…on 😀 the quay now…"
    ((start, end),) = marks
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "quay"


def test_a_passage_begins_shortly_before_its_first_mark() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve the quay was rebuilt"
    place = text.index("quay")
    passage = Passage(50, 50 + len(text), text, ((50 + place, 54 + place),))
    joined = joined_passages([passage])
    shown, ((start, end),) = joined.text, joined.marks
    assert shown.startswith("…seven eight nine")
    assert shown[start:end] == "quay"


def test_a_new_list_stands_at_its_top_also_where_none_was_shown(
    view: DocumentView, shelf: Shelf, qtbot: QtBot
) -> None:
    show(view, shelf, list(range(1, 60)), qtbot)
    view.choose_row(50)
    settle(view, shelf, qtbot)
    view.hide()
    current = view.current_id()
    view.documents().set_ids(array("q", range(1, 60)))
    view.select_ids([51], current)
    view.scroll_to_start()
    view.show()
    settle(view, shelf, qtbot)
    assert view.verticalScrollBar().value() == 0
    assert view.current_id() == current
