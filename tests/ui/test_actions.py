from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QMenuBar, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.table import ACTIONS, MENUS, Situation


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def test_every_action_has_a_name_of_its_own_and_stands_in_a_menu() -> None:
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    assert all(action.text and action.menu in MENUS for action in ACTIONS)
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+[1-9]?", action.id) for action in ACTIONS)


def test_no_two_actions_share_a_key() -> None:
    # Delete is about the highlight that is chosen, and else about the document: the page takes it.
    keys = Counter(
        QKeySequence(key).toString()
        for action in ACTIONS
        for key in action.keys
        if action.id != "mark.delete"
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert "" not in keys


def test_the_keys_of_the_manners_are_in_the_table() -> None:
    keys = {action.id: action.keys[0] for action in ACTIONS if action.keys}
    expected = {
        "edit.search": "Ctrl+L",
        "edit.find": "Ctrl+F",
        "document.next_match": "F3",
        "search.next_result": "Alt+Down",
        "document.next": "J",
        "document.tag": "T",
        "document.read": "M",
        "document.star": "S",
        "document.folds": "B",
        "view.sidebar": "F9",
        "view.reader_alone": "F11",
        "edit.undo": "Ctrl+Z",
        "edit.redo": "Ctrl+Shift+Z",
        "edit.palette": "Ctrl+K",
        "help.keys": "F1",
        "document.trash": "Delete",
    }
    assert {action: keys[action] for action in expected} == expected


def test_what_cannot_be_done_now_is_disabled(window: QWidget) -> None:
    actions = Actions(window)
    actions.set_situation(Situation())
    assert not actions["document.star"].isEnabled()
    assert not actions["edit.undo"].isEnabled()
    assert not actions["file.empty_trash"].isEnabled()
    actions.set_situation(Situation(selected=2, trash=1, undo_name="Star 2 documents"))
    assert actions["document.star"].isEnabled()
    assert actions["file.empty_trash"].isEnabled()
    assert actions["edit.undo"].text() == "Undo: Star 2 documents"
    actions.set_situation(Situation(selected=2, trash=1, undo_name="x", read_only=True))
    assert not actions["document.star"].isEnabled()
    assert not actions["edit.undo"].isEnabled()


def test_trash_and_putting_back_are_never_offered_together(window: QWidget) -> None:
    actions = Actions(window)
    for in_trash in (False, True):
        actions.set_situation(Situation(selected=1, in_trash=in_trash))
        assert actions["document.trash"].isEnabled() is not in_trash
        assert actions["document.restore"].isEnabled() is in_trash


def test_single_letters_act_outside_text_fields_only(window: QWidget, qtbot: QtBot) -> None:
    actions = Actions(window)
    actions.set_situation(Situation(selected=1))
    line, button = QLineEdit(window), QPushButton("x", window)
    window.layout().addWidget(line)
    window.layout().addWidget(button)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    done: list[str] = []
    actions.on("document.star", lambda: done.append("star"))
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_S)
    assert (line.text(), done) == ("s", [])
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, Qt.Key.Key_S)
    assert (line.text(), done) == ("s", ["star"])


def test_a_key_can_be_changed_and_given_back(window: QWidget) -> None:
    actions = Actions(window, keys={"document.star": ("Ctrl+Alt+D",), "gone.action": ("X",)})
    assert actions.keys("document.star") == ["Ctrl+Alt+D"]
    assert actions.taken_by("S") is None
    assert actions.taken_by("Ctrl+Alt+D") == "document.star"
    actions.reset_keys()
    assert actions.keys("document.star") == ["S"]


def test_the_menu_bar_holds_every_action_of_the_table(window: QWidget) -> None:
    actions = Actions(window)
    bar = QMenuBar(window)
    actions.fill(bar)
    shown = {
        made.objectName()
        for menu in bar.actions()
        for made in _leaves(menu)
        if not made.isSeparator()
    }
    assert shown == {action.id for action in ACTIONS}


def _leaves(entry: QAction) -> Iterator[QAction]:
    """The actions of a menu and of the menus inside it."""
    inner = entry.menu()
    if not isinstance(inner, QMenu):
        yield entry
        return
    for made in inner.actions():
        yield from _leaves(made)
