"""The history in the window: what was done, back to any step of it, and forward again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.history.dialog import HistoryDialog
from desktop_app.ui.history.model import HistoryColumn
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    make_library(tmp_path)
    made = Desk(tmp_path)
    made.library.forget_history()
    yield made
    made.close()


def do(desk: Desk, *names: str) -> HistoryDialog:
    """Make tags of these names, one step each, and open the history."""
    for name in names:
        desk.session.do(CreateTag(name))
        desk.settle()
    desk.run("edit.history")
    dialog = desk.open.joins.history.dialog
    assert dialog is not None
    return dialog


def rows(dialog: HistoryDialog) -> list[tuple[str, str]]:
    model = dialog.model
    return [
        (model.index(row, HistoryColumn.NAME).data(), model.index(row, HistoryColumn.STATE).data())
        for row in range(model.rowCount())
    ]


def names(desk: Desk) -> list[str]:
    return sorted(tag.name for tag in desk.library.tag_tree(counted=False).tags)


def test_steps_stand_newest_first_under_their_names(desk: Desk) -> None:
    dialog = do(desk, "one", "two")
    assert rows(dialog) == [
        ("Create the tag “two”", "now"),
        ("Create the tag “one”", ""),
        ("Before all of these", ""),
    ]
    assert dialog.says.text() == "The library is here now."
    assert not dialog.go.isEnabled()


def test_a_step_is_gone_back_to_and_forward_again_by_keys(desk: Desk, qtbot: QtBot) -> None:
    dialog = do(desk, "one", "two", "three")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.go.text() == "Undo 2 steps"
    assert dialog.says.text() == (
        "Undoes 2 steps: Create the tag “three”, and back to Create the tag “two”."
    )
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    desk.settle()
    assert names(desk) == ["one"]
    assert [state for _name, state in rows(dialog)] == ["undone", "undone", "now", ""]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    assert dialog.go.text() == "Do 1 step again"
    dialog.go.click()
    desk.settle()
    assert names(desk) == ["one", "two"]
    assert desk.session.undo_name == "Create the tag “two”"


def test_before_all_steps_is_a_place_too(desk: Desk, qtbot: QtBot) -> None:
    dialog = do(desk, "one", "two")
    qtbot.keyClick(dialog.table, Qt.Key.Key_End)
    dialog.go.click()
    desk.settle()
    assert names(desk) == []
    assert rows(dialog)[-1] == ("Before all of these", "now")


def test_what_stands_in_the_way_is_said_and_marked(desk: Desk, qtbot: QtBot) -> None:
    dialog = do(desk, "one", "two")
    with desk.library._store.write() as work:
        work.tags.remove(next(tag.id for tag in work.tags.all() if tag.name == "one"))
    qtbot.keyClick(dialog.table, Qt.Key.Key_End)
    dialog.go.click()
    desk.settle()
    assert dialog.says.text().startswith("“Create the tag “one”” cannot be undone")
    assert "The step before it can still be undone." in dialog.says.text()
    assert rows(dialog)[1] == ("Create the tag “one”", "in the way")
    assert names(desk) == ["two"]


def test_the_list_follows_what_is_done_meanwhile(desk: Desk) -> None:
    dialog = do(desk, "one")
    desk.session.do(CreateTag("two"))
    desk.settle()
    assert rows(dialog)[0] == ("Create the tag “two”", "now")
    desk.run("edit.undo")
    assert rows(dialog)[0] == ("Create the tag “two”", "undone")


def test_the_keys_of_undo_mean_the_same_in_the_list(desk: Desk) -> None:
    dialog = do(desk, "one")
    assert desk.actions["edit.undo"] in dialog.actions()
    assert desk.actions["edit.redo"] in dialog.actions()


def test_the_menu_names_what_would_be_undone_and_done_again(desk: Desk) -> None:
    desk.session.do(CreateTag("one"))
    desk.settle()
    assert desk.actions["edit.undo"].text() == "Undo: Create the tag “one”"
    desk.run("edit.undo")
    assert desk.actions["edit.redo"].text() == "Redo: Create the tag “one”"
    assert not desk.actions["edit.undo"].isEnabled()


def test_a_text_field_keeps_its_own_undo(desk: Desk, qtbot: QtBot) -> None:
    desk.session.do(CreateTag("one"))
    desk.settle()
    desk.run("edit.search")
    field = desk.window.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "dock")
    desk.settle()
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.window.header.search.text != "dock"
    assert names(desk) == ["one"]


def test_two_undo_presses_at_once_undo_two_steps_in_order(desk: Desk) -> None:
    for name in ("one", "two", "three"):
        desk.session.do(CreateTag(name))
    desk.settle()
    desk.actions["edit.undo"].trigger()
    desk.actions["edit.undo"].trigger()
    desk.settle()
    assert names(desk) == ["one"]
