"""Everything can be reached, named, seen and read: in every part of the window, theme and scale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.look.theme import THEMES, Appearance
from desktop_app.ui.models.tag_names import tag_query
from desktop_app.ui.pages.view import PagesView
from tests.ui.controls_for_tests import (
    AA,
    changed_pixels,
    controls,
    described,
    drawn_contrast,
    name_of,
    picture_around,
    with_words,
)
from tests.ui.window_for_tests import Desk, make_library

# Popups ask for the keyboard, which the platform of the tests does not give.
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (grabbing the keyboard|propagateSizeHints|raise)"
)

ROOT = Path(__file__).resolve().parents[2]

# What opens a dialog, a popup or a pane of its own; files are chosen in dialogs of the desktop.
OPENS = (
    "edit.palette",
    "edit.history",
    "file.watch",
    "file.backup",
    "file.read_again",
    "document.tag",
    "document.check_facts",
    "document.boilerplate",
    "tags.edit",
    "tags.switch",
    "tags.merge",
    "tags.collections",
    "tags.bin",
    "tags.export",
    "tags.compare",
    "help.keys",
    "help.diagnostics",
    "help.about",
)
PANES = (
    "edit.find",
    "view.contents",
    "view.highlights",
    "view.review",
    "tags.page",
    "tags.together",
    "view.sidebar",
)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    made = Desk(tmp_path)
    with_a_highlight(made)
    yield made
    made.close()


def with_a_highlight(desk: Desk) -> int:
    """Open a document, with a tagged highlight that has a note; give the document."""
    document = desk.choose("How the quay")
    text = desk.window.reader.view.text
    assert text is not None
    start = text.canonical.index("dry dock")
    desk.session.do(
        AddHighlight(document, text.version, start, start + 8, note="Compare the minutes.")
    )
    desk.settle()
    mark = desk.library.marks.of(document)[0]
    desk.session.do(CreateTag("place/Halmar", highlights=(mark.id,)))
    desk.settle()
    # The tag that the Tags menu is about, which it would ask for otherwise.
    tree = desk.library.tag_tree()
    assert desk.window.sidebar.choose(tag_query(tree, tree.tags[-1].id))
    return document


def known(desk: Desk, ids: tuple[str, ...]) -> list[str]:
    return [each for each in ids if desk.actions[each].isEnabled()]


def in_each_part(desk: Desk, look: Callable[[str, QWidget], None]) -> list[str]:
    """Look at the window, with each of its panes, and at each dialog and popup; give their names."""
    seen = ["window"]
    look("window", desk.window)
    for action in known(desk, PANES):
        desk.run(action)
        look(action, desk.window)
        seen.append(action)
    for action in known(desk, OPENS):
        if desk.window.isVisible():
            seen += in_what_opens(desk, action, look)
    reader = desk.window.reader
    reader._looks.open_at(reader.mapToGlobal(QPoint(400, 40)), reader.reading)
    look("looks", reader._looks)
    reader._looks.close()
    return [*seen, "looks"]


def in_what_opens(desk: Desk, action: str, look: Callable[[str, QWidget], None]) -> list[str]:
    """Look at what an action opens, also where it waits for an answer, and close it."""
    before = set(QApplication.topLevelWidgets())
    seen: list[str] = []

    def looked() -> None:
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top not in before and top is not desk.window:
                look(action, top)
                seen.append(action)
                top.close()

    timer = QTimer(singleShot=True, interval=150)
    timer.timeout.connect(looked)
    timer.start()
    desk.actions[action].trigger()
    desk.settle()
    while timer.isActive():
        QApplication.processEvents()
    return seen


def test_every_control_has_a_name(desk: Desk) -> None:
    nameless: list[str] = []

    def look(where: str, root: QWidget) -> None:
        nameless.extend(
            f"{where}: {described(each)}" for each in controls(root) if not name_of(each).strip()
        )

    seen = in_each_part(desk, look)
    assert len(set(seen)) > 8, seen
    assert not nameless, "\n".join(sorted(set(nameless)))


def unseen_focus(root: QWidget) -> list[str]:
    """The controls that look the same with and without the keys."""
    found: list[str] = []
    for each in controls(root):
        takes = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not takes or not each.isEnabled() or each.visibleRegion().isEmpty():
            continue
        QApplication.processEvents()
        last = QApplication.focusWidget()
        if last is not None:
            last.clearFocus()
        QApplication.processEvents()
        before = picture_around(each)
        each.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if each.hasFocus() and changed_pixels(before, picture_around(each)) < 8:
            found.append(described(each))
    return found


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_what_has_the_keys_is_seen(desk: Desk, theme: str) -> None:
    desk.window.activateWindow()
    appearance(desk).choose(theme)
    unseen: list[str] = []

    def look(where: str, root: QWidget) -> None:
        unseen.extend(f"{where}: {each}" for each in unseen_focus(root))

    look("window", desk.window)
    for action in known(desk, ("tags.collections", "help.keys", "file.backup")):
        in_what_opens(desk, action, look)
    reader = desk.window.reader
    reader._looks.open_at(reader.mapToGlobal(QPoint(400, 40)), reader.reading)
    look("looks", reader._looks)
    reader._looks.close()
    assert not unseen, "\n".join(sorted(set(unseen)))


def appearance(desk: Desk) -> Appearance:
    return desk.window.reader.view._appearance


def hard_to_read(desk: Desk) -> list[str]:
    """What is drawn in the window with less contrast than AA asks for."""
    found: list[str] = []

    def look(where: str, root: QWidget) -> None:
        for each in with_words(root):
            measured = drawn_contrast(each)
            if measured < AA:
                found.append(f"{where}: {described(each)}: {measured:.2f}")

    look("window", desk.window)
    for action in known(desk, ("view.highlights",)):
        desk.run(action)
        look(action, desk.window)
    for action in known(desk, ("tags.collections", "help.keys")):
        in_what_opens(desk, action, look)
    return sorted(set(found))


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_as_they_are_drawn(desk: Desk, theme: str) -> None:
    appearance(desk).choose(theme)
    desk.settle()
    assert not hard_to_read(desk)


def test_words_can_be_read_at_200_percent_and_nothing_is_cut_off(tmp_path: Path) -> None:
    make_library(tmp_path)
    # The smallest screen that the window is made for; without this there is one of 800 by 800.
    screen = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 768, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    (tmp_path / "screen.json").write_text(json.dumps({"screens": [screen]}), "utf-8")
    platform = f"offscreen:configfile={tmp_path / 'screen.json'}"
    run = subprocess.run(
        [sys.executable, "-m", "tests.ui.walk_at_scale", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3_000:]
    told = json.loads(run.stdout.splitlines()[-1])
    assert told["ratio"] == 2.0
    assert set(told["themes"]) == set(THEMES)
    assert not any(told["themes"].values()), told["themes"]


def test_a_highlight_tells_its_words_colour_tags_and_note(desk: Desk) -> None:
    view = desk.window.reader.view
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        mark = view.marks.all[0]
        assert desk.window.reader.go_to_highlight(mark.id)
        QApplication.processEvents()
        said = view.accessibleDescription()
    finally:
        QAccessible.setActive(was_active)
    assert "dry dock" in said
    assert mark.colour in said
    assert "Halmar" in said
    assert "Compare the minutes." in said


def test_pages_of_a_pdf_show_that_they_have_the_keys(qtbot: QtBot, qapp: QApplication) -> None:
    view = PagesView(Appearance(qapp, "light"))
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    qtbot.waitExposed(view)
    before = picture_around(view)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert changed_pixels(before, picture_around(view)) > 300
    view.clearFocus()
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    QApplication.processEvents()
    assert changed_pixels(before, picture_around(view)) == 0
