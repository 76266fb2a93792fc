"""The whole way through the window, with real keys and a real mouse, offscreen and on a display."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.model import ReadState
from tests.ui.window_for_tests import Desk, write_texts

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(qtbot: QtBot, desk: Desk, key: Qt.Key, *, control: bool = False) -> None:
    """Press a key where the keys are."""
    at = QApplication.focusWidget() or desk.window
    qtbot.keyClick(at, key, CONTROL if control else Qt.KeyboardModifier.NoModifier)
    desk.settle()


def write(qtbot: QtBot, desk: Desk, text: str) -> None:
    """Type a text where the keys are."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    qtbot.keyClicks(focus, text)
    desk.settle()


def click_row(qtbot: QtBot, desk: Desk, title: str) -> None:
    """Click the row of a document in the list."""
    row = next(number for number, each in enumerate(desk.titles()) if each.startswith(title))
    place = desk.list.view.visualRect(desk.open.model.index(row, 0)).center()
    qtbot.mouseClick(desk.list.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()


def drop(desk: Desk, folder: Path) -> None:
    """Drag a folder over the window and let it go there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(400, 300), copy, *rest))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(400, 300), copy, *rest))
    desk.settle()


def test_the_whole_way_through_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(tmp_path)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)

    # 1-5: a folder is dropped, and its documents are in the list, newest first
    drop(desk, write_texts(tmp_path / "saved"))
    assert len(desk.titles()) == 3
    assert desk.session.counts.inbox == 3
    assert desk.problems == []

    # 6: all of it can be found
    assert desk.library.wait_until_searchable(30)

    # 7: a click opens a document in the reader
    click_row(qtbot, desk, "Letters")
    shown = desk.window.reader.document
    assert shown is not None and shown.title.startswith("Letters")

    # 8: it is tagged, starred and marked as read with the keys
    press(qtbot, desk, Qt.Key.Key_T)
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    write(qtbot, desk, "place/Oster Sound")
    press(qtbot, desk, Qt.Key.Key_Return, control=True)
    press(qtbot, desk, Qt.Key.Key_Escape)
    assert not desk.window.picker.is_open
    desk.list.view.setFocus()
    press(qtbot, desk, Qt.Key.Key_S)
    press(qtbot, desk, Qt.Key.Key_M)
    (letters,) = desk.library.documents([shown.id])
    assert letters.starred and letters.state is ReadState.READ and len(letters.tags) == 1
    tree = desk.library.tag_tree()
    assert tree.path(letters.tags[0]) == "place/Oster Sound"

    # 9: a search, from the keys, with the words marked
    press(qtbot, desk, Qt.Key.Key_L, control=True)
    write(qtbot, desk, '"dry dock" -letters')
    assert sorted(title[:8] for title in desk.titles()) == ["How the ", "What do "]

    # 10: a hit is clicked, and the reader stands at it
    click_row(qtbot, desk, "How the quay")
    assert desk.open.reading.matches == 1
    text = desk.library.text(desk.window.reader.document.id).canonical  # type: ignore[union-attr]
    press(qtbot, desk, Qt.Key.Key_F3)
    assert "dry dock" in text

    # Undo brings back what was, step by step
    desk.list.view.setFocus()
    press(qtbot, desk, Qt.Key.Key_Z, control=True)
    press(qtbot, desk, Qt.Key.Key_Z, control=True)
    press(qtbot, desk, Qt.Key.Key_Z, control=True)
    (letters,) = desk.library.documents([shown.id])
    assert (letters.starred, letters.tags) == (False, ())
    assert desk.problems == []
    desk.close()

    # Everything is found again
    again = Desk(tmp_path)
    assert len(again.titles()) == 3
    again.search("strand")
    assert [title[:7] for title in again.titles()] == ["Letters"]
    assert again.library.verify() == []
    again.close()


@pytest.mark.skipif(sys.platform != "linux", reason="a display can be made there")
def test_the_same_way_on_a_display() -> None:
    if os.environ.get("POSTIL_ON_A_DISPLAY"):
        assert QGuiApplication.platformName() == "xcb"
        return
    if shutil.which("xvfb-run") is None:
        pytest.skip("there is no xvfb-run to make a display with")
    ran = subprocess.run(
        ["xvfb-run", "-a", sys.executable, "-m", "pytest", "-q", "-x", __file__],
        check=False,
        timeout=200,
        capture_output=True,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "xcb", "POSTIL_ON_A_DISPLAY": "1"},
    )
    if "no Qt platform plugin could be initialized" in ran.stderr:
        pytest.skip("Qt's libraries for a display are not all here")
    assert ran.returncode == 0, ran.stdout + ran.stderr
