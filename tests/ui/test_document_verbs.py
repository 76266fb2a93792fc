from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    make_library(tmp_path)
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def test_the_tag_picker_stays_away_once_it_is_closed(desk: Desk, qtbot: QtBot) -> None:
    desk.choose("Letters")
    desk.run("document.tag")
    field = QApplication.focusWidget()
    assert field is not None and desk.window.picker.is_open
    desk.session.tags_changed.emit(desk.session.tag_tree)  # it looks at its documents again
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    desk.settle()
    assert not desk.window.picker.is_open
