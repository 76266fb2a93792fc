"""What of the panes has room, in windows of several widths and on an enlarged screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.settings import Settings, load
from tests.ui.test_accessibility import with_a_highlight
from tests.ui.test_concordance import LinesDesk
from tests.ui.window_for_tests import Desk, make_library

# The second is what a screen of 1366 by 768 has at 200 percent.
SMALL = ((700, 500), (683, 384), (640, 400))


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    made = Desk(tmp_path)
    yield made
    made.close()


def resized(desk: Desk, width: int, height: int) -> None:
    desk.window.resize(width, height)
    desk.settle()


def cut(desk: Desk, root: QWidget) -> list[str]:
    """What below a widget reaches over the edge of the window or of what it stands in."""
    whole = desk.window.rect()
    told = []
    for each in (root, *root.findChildren(QWidget)):
        if not each.isVisible() or each.window() is not desk.window:
            continue
        box = QRect(each.mapTo(desk.window, QPoint()), each.size())
        if not whole.contains(box) and root in (desk.window.header, each):
            told.append(f"{type(each).__name__} {box} outside {whole}")
        if each.parentWidget() is root and not root.rect().contains(each.geometry()):
            told.append(f"{type(each).__name__} {each.geometry()} in {root.rect()}")
    return told


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("action", ["search.concordance", "view.highlights", "view.review"])
def test_what_takes_the_lists_place_is_whole_in_a_small_window(
    desk: Desk, action: str, size: tuple[int, int]
) -> None:
    resized(desk, *size)
    desk.search("dock")
    desk.run(action)
    pane = desk.window.places.currentWidget()
    assert pane is not None and pane.isVisible()
    assert desk.window.width() == size[0]
    assert pane.width() == size[0], "all the room is its"
    assert not desk.window.reader.isVisible()
    assert pane.minimumSizeHint().width() <= size[0]
    for root in (desk.window.header, desk.window.panes, desk.window.places, pane):
        assert not cut(desk, root)
    assert desk.window.header.search.line.width() >= 120


def test_enter_on_a_line_brings_the_reader_and_escape_or_the_line_above_it_the_lines(
    tmp_path: Path, qtbot: QtBot
) -> None:
    make_library(tmp_path)
    desk = LinesDesk(tmp_path)
    assert desk.library.wait_until_searchable(30)
    resized(desk, 683, 384)
    desk.search("dock")
    desk.run("search.concordance")
    table = desk.table
    assert desk.shown()
    table.choose_row(0)
    desk.settle()
    assert table.isVisible()
    for way in ("key", "mouse"):
        QTest.keyClick(table, Qt.Key.Key_Return)
        desk.settle()
        reader = desk.window.reader
        assert reader.isVisible() and not table.isVisible()
        assert reader.width() == 683 and not cut(desk, reader)
        assert desk.open.reading.document is not None
        button = desk.window._back_line.button
        assert button.isVisible() and "Concordance" in button.text()
        if way == "key":
            QTest.keyClick(desk.window, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        desk.settle()
        assert table.isVisible() and not reader.isVisible()
    resized(desk, 1366, 768)
    assert table.isVisible() and desk.window.reader.isVisible()
    desk.close()


def test_enter_on_a_highlight_brings_the_reader_too(desk: Desk) -> None:
    with_a_highlight(desk)
    resized(desk, 683, 384)
    desk.run("view.highlights")
    table = desk.open.joins.highlights.pane.table
    assert table.isVisible() and not desk.window.reader.isVisible()
    table.choose_row(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.reader.isVisible() and not table.isVisible()
    for _ in range(2):  # the first lets go of the highlight that is chosen in the page
        QTest.keyClick(desk.window, Qt.Key.Key_Escape)
        desk.settle()
    assert table.isVisible() and not desk.window.reader.isVisible()


def test_the_sidebar_gives_way_to_the_search_box_and_comes_back(desk: Desk) -> None:
    resized(desk, 700, 500)
    assert not desk.window.sidebar.isVisible()
    assert not desk.actions["view.sidebar"].isChecked()
    desk.run("view.sidebar")
    assert desk.window.sidebar.isVisible(), "asked for, it comes all the same"
    desk.run("view.sidebar")
    resized(desk, 1366, 768)
    assert desk.window.sidebar.isVisible() and desk.actions["view.sidebar"].isChecked()


def test_widths_of_a_small_window_do_not_stay_for_a_large_one(tmp_path: Path, qtbot: QtBot) -> None:
    make_library(tmp_path)
    small = Desk(tmp_path)
    resized(small, 683, 384)
    small.search("dock")
    small.run("search.concordance")
    small.close()
    kept, _said = load(tmp_path / "settings.json")
    large = Desk(tmp_path, settings=kept)
    resized(large, 1440, 900)
    assert large.window.middle.sizes()[0] == 392
    large.run("search.concordance")
    assert large.window.middle.sizes()[0] == 700
    large.close()


def test_a_width_that_was_given_is_the_same_share_of_another_window(
    tmp_path: Path, qtbot: QtBot
) -> None:
    make_library(tmp_path)
    desk = Desk(tmp_path, settings=Settings(panes=(240, 500), list_set_in=1000))
    resized(desk, 1400, 900)
    assert desk.window.middle.sizes()[0] == 700
    resized(desk, 1000, 900)
    assert desk.window.middle.sizes()[0] == 759 - 281, "the reader keeps the least it needs"
    desk.close()
