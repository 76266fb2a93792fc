"""What one searches with has names, shows where the keys are, and can be read in every theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.library.tags.commands import CreateTag
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

THEMES = ("light", "dark", "sepia", "contrast")


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    desk = Desk(tmp_path)
    assert desk.library.wait_until_searchable(30)
    desk.session.do(CreateTag("ports", documents=tuple(desk.library.search("dock").ids)))
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(1366, 768)
    desk.settle()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    box = desk.window.header.search
    desk.search('tag:ports is:unread ("dry dock" OR strand) -bedrock')
    box.toggle(box.written.spots()[1].part)
    box.toggle(box.written.spots()[3].part)
    desk.settle()
    assert sum(not spot.part.on for spot in box.written.spots()) == 2
    yield desk
    desk.close()


@pytest.mark.parametrize("action", ["search.filters", "search.advanced"])
def test_every_control_of_searching_has_a_name(desk: Desk, action: str) -> None:
    desk.run(action)
    nameless = [described(each) for each in controls(desk.window) if not name_of(each).strip()]
    assert not nameless


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_where_the_keys_are_is_seen_on_chips_and_parts(desk: Desk, theme: str) -> None:
    desk.window.reader.view._appearance.choose(theme)
    desk.settle()
    shown = [*desk.window.header.search.chips.buttons, *desk.list.query_line.buttons]
    assert len(shown) >= 6
    for button in shown:
        desk.list.view.setFocus()
        desk.settle()
        before = picture_around(button)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert changed_pixels(before, picture_around(button)) >= 8, button.accessibleName()


@pytest.mark.parametrize("theme", THEMES)
def test_what_one_searches_with_can_be_read(desk: Desk, theme: str) -> None:
    desk.window.reader.view._appearance.choose(theme)
    desk.settle()
    faint = hard_to_read(desk.window.header) + hard_to_read(desk.list.query_line)
    for action in ("search.filters", "search.advanced"):
        desk.run(action)
        faint += hard_to_read(desk.open.joins.searching.filters.card)
    assert not faint, "\n".join(faint)


def hard_to_read(root: QWidget) -> list[str]:
    return [
        f"{described(each)}: {measured:.2f}"
        for each in with_words(root)
        if (measured := drawn_contrast(each)) < AA
    ]
