"""The card that finds actions, views and tags, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.panes.palette import Palette

TREE = TagTree(
    (TagCollection(1, "a", "A", True),),
    (Tag(1, "1", 1, None, "place", "#4580b5"), Tag(2, "2", 1, 1, "Importers", "#4580b5")),
)


class Probe:
    def __init__(self, host: QWidget) -> None:
        self.palette = Palette(host)
        self.field = self.palette.field
        self.done: list[str] = []
        self.actions = []
        for text, keys in (("Import files…", "Ctrl+O"), ("&Undo", "Ctrl+Z"), ("Show imports", "")):
            action = QAction(text, host)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, text=text: self.done.append(text))
            self.actions.append(action)

    def texts(self) -> list[str]:
        return [choice.text for choice in self.palette.list.choices]


@pytest.fixture
def probe(qtbot) -> Probe:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 700)
    host.show()
    qtbot.waitExposed(host)
    return Probe(host)


def test_all_actions_stand_there_at_first(probe: Probe) -> None:
    probe.palette.open_with(probe.actions, TREE)
    assert probe.texts() == ["Import files…", "Undo", "Show imports"]
    assert probe.palette.list.choices[0].right == "Ctrl+O"


def test_typing_finds_actions_views_and_tags(probe: Probe, qtbot) -> None:
    probe.palette.open_with(probe.actions, TREE)
    qtbot.keyClicks(probe.field, "imp")
    assert probe.texts() == ["Import files…", "Show imports", "Importers"]


def test_enter_does_the_marked_action_once_the_card_is_away(probe: Probe, qtbot) -> None:
    probe.palette.open_with(probe.actions, TREE)
    qtbot.keyClicks(probe.field, "imp")
    qtbot.keyClick(probe.field, Qt.Key.Key_Down)
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.done == ["Show imports"]
    assert not probe.palette.is_open


def test_what_cannot_be_done_now_stands_last_and_is_not_done(probe: Probe, qtbot) -> None:
    probe.actions[0].setEnabled(False)
    probe.palette.open_with(probe.actions, TREE)
    assert probe.texts()[-1] == "Import files…"
    qtbot.keyClicks(probe.field, "import files")
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.done == []


@pytest.mark.parametrize(
    ("typed", "view"),
    [
        ("starred", ("is:starred", "Starred")),
        ("importers", ('tag:"place/Importers"', "place/Importers")),
    ],
)
def test_a_view_or_a_tag_is_opened(probe: Probe, qtbot, typed: str, view: tuple[str, str]) -> None:
    probe.palette.open_with(probe.actions, TREE)
    qtbot.keyClicks(probe.field, typed)
    with qtbot.waitSignal(probe.palette.view_chosen) as asked:
        qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert tuple(asked.args) == view


def test_nothing_found_is_said(probe: Probe, qtbot) -> None:
    probe.palette.open_with(probe.actions, TREE)
    qtbot.keyClicks(probe.field, "zzz")
    assert probe.texts() == []
    assert "Nothing is called so" in probe.palette.hints.text()
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert probe.palette.is_open


def test_the_keys_go_back_also_while_another_window_is_in_front(probe: Probe, qtbot) -> None:
    host = probe.palette.parentWidget()
    first, had = QLineEdit(host), QLineEdit(host)
    for field in (first, had):
        field.show()
    had.setFocus()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other)
    probe.palette.open_with(probe.actions, TREE)
    qtbot.keyClick(probe.field, Qt.Key.Key_Return)
    assert not probe.palette.is_open
    assert host.focusWidget() is had
