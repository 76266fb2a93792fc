"""Saved searches in the window: saved by the star, run, renamed, moved, deleted; what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.library.commands import SetTrashed
from desktop_app.ui.saved.model import SavedRole
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    make_library(tmp_path)
    made = Desk(tmp_path)
    assert made.library.wait_until_searchable(30)
    made.settle()
    joins = made.open.joins.saved
    joins._count_soon.setInterval(1)
    joins._note_soon.setInterval(60_000)
    yield made
    made.close()


def settle(desk: Desk) -> None:
    """Let counting come to its end too."""
    soon = desk.open.joins.saved._count_soon
    desk.settle()
    while soon.isActive():
        counting = QEventLoop()
        soon.timeout.connect(counting.quit)
        soon.start(1)
        counting.exec()
        desk.settle()


def rows(desk: Desk) -> list[str]:
    """The saved searches as the sidebar shows them."""
    model = desk.window.sidebar.saved.model
    shown = []
    for row in range(model.rowCount()):
        index = model.index(row)
        new = index.data(SavedRole.NEW)
        count = index.data(SavedRole.COUNT)
        shown.append(f"{index.data()} {count}{f' +{new}' if new else ''}")
    return shown


def save(desk: Desk, query: str, name: str) -> None:
    desk.search(query)
    desk.run("search.save")
    field = desk.window.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == query
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(desk)


def test_the_star_saves_what_the_box_asks_under_a_name(desk: Desk) -> None:
    star = desk.window.header.star
    assert not star.isVisible() and not desk.actions["search.save"].isEnabled()
    save(desk, '"dry dock"', "Docks")
    assert rows(desk) == ["Docks 2"]
    assert star.isVisible() and "Docks" in star.toolTip()
    assert desk.window.sidebar.saved.list.currentIndex().data() == "Docks"
    desk.search("quay")
    assert "Docks" not in star.toolTip()
    assert not desk.window.sidebar.saved.list.selectionModel().hasSelection()


def test_a_name_that_is_taken_is_refused_in_the_card(desk: Desk) -> None:
    save(desk, "dock", "Docks")
    desk.search("quay")
    QTest.mouseClick(desk.window.header.star, Qt.MouseButton.LeftButton)
    field = desk.window.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "docks")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "already" in field.accessibleDescription()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle(desk)
    assert rows(desk) == ["Docks 2"]


def test_a_click_on_a_saved_search_runs_it_in_the_box(desk: Desk) -> None:
    save(desk, "strand", "Letters")
    desk.search("")
    desk.open.joins.searching.choose_view("is:unread", "Unread")
    desk.settle()
    section = desk.window.sidebar.saved
    middle = section.list.visualRect(section.model.index(0)).center()
    QTest.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    settle(desk)
    assert desk.window.header.search.text == "strand"
    assert desk.question.within == ""
    assert desk.titles() == ["Letters from the Oster Sound"]


def test_a_view_is_saved_with_the_words_in_it(desk: Desk) -> None:
    desk.open.joins.searching.choose_view("is:unread is:untagged", "Inbox")
    desk.search("dock OR strand")
    assert desk.open.joins.saved.query == "is:unread is:untagged (dock OR strand)"
    desk.search("dock")
    assert desk.open.joins.saved.query == "is:unread is:untagged dock"


def test_what_comes_into_a_saved_search_is_new_until_it_is_looked_at(
    desk: Desk, tmp_path: Path
) -> None:
    save(desk, "dock", "Docks")
    desk.search("")
    more = tmp_path / "more"
    more.mkdir()
    (more / "again.txt").write_text("The dock again\n\nA dock of stone.\n", "utf-8")
    desk.import_all(more)
    settle(desk)
    assert rows(desk) == ["Docks 3 +1"]
    said: list[str] = []
    desk.session.said.connect(said.append)
    desk.window.sidebar.saved.enter(last=True)
    QTest.keyClick(desk.window.sidebar.saved.list, Qt.Key.Key_Return)
    settle(desk)
    assert rows(desk) == ["Docks 3 +1"]  # while it is looked at
    assert any("1 of these is new since your last look" in each for each in said)
    desk.search("")
    settle(desk)
    assert rows(desk) == ["Docks 3"]


def test_what_was_new_of_a_search_that_is_looked_at_is_not_said_of_what_is_gone(
    desk: Desk, tmp_path: Path
) -> None:
    save(desk, "dock", "Docks")
    desk.search("")
    more = tmp_path / "more"
    more.mkdir()
    (more / "again.txt").write_text("The dock again\n\nA dock of stone.\n", "utf-8")
    desk.import_all(more)
    settle(desk)
    desk.window.sidebar.saved.enter(last=True)
    QTest.keyClick(desk.window.sidebar.saved.list, Qt.Key.Key_Return)
    settle(desk)
    assert rows(desk) == ["Docks 3 +1"]
    again = desk.choose("The dock again")
    desk.session.do(SetTrashed((again,), trashed=True))
    settle(desk)
    assert rows(desk) == ["Docks 2"]


def test_saved_searches_are_renamed_deleted_and_moved_by_keys(desk: Desk) -> None:
    for name in ("One", "Two", "Three"):
        save(desk, name.lower(), name)
    section = desk.window.sidebar.saved
    section.enter(last=True)
    QTest.keyClick(section.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["One", "Three", "Two"]
    section.enter(last=False)
    QTest.keyClick(section.list, Qt.Key.Key_F2)
    editor = section.list.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "First")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["First", "Three", "Two"]
    section.enter(last=True)
    QTest.keyClick(section.list, Qt.Key.Key_Delete)
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["First", "Three"]
    desk.run("edit.undo")
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["First", "Three", "Two"]


def test_a_saved_search_is_dragged_to_another_place(desk: Desk) -> None:
    for name in ("One", "Two", "Three"):
        save(desk, name.lower(), name)
    section = desk.window.sidebar.saved
    data = section.model.mimeData([section.model.index(2)])
    top = section.list.visualRect(section.model.index(0)).topLeft() + QPoint(5, 1)
    event = QDropEvent(
        QPointF(top),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    section.list.dropEvent(event)
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["Three", "One", "Two"]


def test_arrow_keys_pass_over_the_saved_searches(desk: Desk) -> None:
    save(desk, "dock", "Docks")
    sidebar = desk.window.sidebar
    sidebar._from_tags_down()
    assert desk.window.focusWidget() is sidebar.saved.list
    QTest.keyClick(sidebar.saved.list, Qt.Key.Key_Down)
    assert desk.window.focusWidget() is sidebar._trash_list
    QTest.keyClick(sidebar._trash_list, Qt.Key.Key_Up)
    assert desk.window.focusWidget() is sidebar.saved.list
    QTest.keyClick(sidebar.saved.list, Qt.Key.Key_Up)
    assert desk.window.focusWidget() is sidebar._library_list


def test_the_star_of_a_saved_search_renames_and_deletes_it(desk: Desk) -> None:
    save(desk, "dock", "Docks")
    QTest.mouseClick(desk.window.header.star, Qt.MouseButton.LeftButton)
    field = desk.window.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == "Docks"
    QTest.keyClicks(field, "Harbours")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(desk)
    assert rows(desk) == ["Harbours 2"]
    QTest.mouseClick(desk.window.header.star, Qt.MouseButton.LeftButton)
    QTest.mouseClick(desk.open.joins.saved._card._delete, Qt.MouseButton.LeftButton)
    settle(desk)
    assert rows(desk) == []


def test_a_saved_search_that_cannot_run_says_why(desk: Desk) -> None:
    save(desk, "dock date:2016-13", "When")
    index = desk.window.sidebar.saved.model.index(0)
    assert index.data(SavedRole.COUNT) == ""
    assert "2016-13" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_what_is_entered_is_remembered_and_can_be_forgotten(desk: Desk) -> None:
    desk.search("dock")
    QTest.keyClick(desk.window.header.search.line, Qt.Key.Key_Return)
    desk.settle()
    assert [each.query for each in desk.library.searches.recent()] == ["dock"]
    desk.run("search.forget")
    assert desk.library.searches.recent() == []


def test_a_saved_search_is_found_in_the_palette(desk: Desk) -> None:
    save(desk, "strand", "Letters from the sound")
    desk.search("")
    desk.run("edit.palette")
    palette = desk.window.palette_card
    QTest.keyClicks(palette.field, "letters from")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    settle(desk)
    assert desk.window.header.search.text == "strand"
    assert desk.titles() == ["Letters from the Oster Sound"]


def test_keys_in_the_saved_searches_are_about_them_and_not_about_the_document(desk: Desk) -> None:
    save(desk, "quay", "Quays")
    save(desk, "dock", "Docks")
    chosen = desk.choose("How the quay")
    section = desk.window.sidebar.saved
    section.enter(last=True)
    QTest.keyClick(section.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["Docks", "Quays"]
    assert desk.list.view.selected_ids() == [chosen]
    section.enter(last=True)
    QTest.keyClick(section.list, Qt.Key.Key_Delete)
    settle(desk)
    assert [row.split()[0] for row in rows(desk)] == ["Docks"]
    assert desk.session.counts.trash == 0
