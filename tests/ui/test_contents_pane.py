"""The contents stand beside the page, follow the reading, and lead there and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.text import Block, BlockKind, Text, make_text
from desktop_app.settings import Settings
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.pane import ReaderPane
from tests.ui.reader_for_tests import SENTENCE, a_document, paragraph
from tests.ui.window_for_tests import Desk
from tests.worker_for_tests import one_worker


def with_chapters(count: int = 40) -> Text:
    blocks: list[Block] = []
    for number in range(count):
        blocks.append(Block(BlockKind.HEADING, f"Chapter {number}: Café {number * 7}", level=1))
        blocks += [paragraph(SENTENCE * 3) for _ in range(5)]
    return make_text(blocks, "test")


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication) -> ReaderPane:
    made = ReaderPane(Appearance(qapp, "light"))
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(pane: ReaderPane, text: Text) -> None:
    pane.show_document(a_document(), text)


def click_contents(pane: ReaderPane, qtbot: QtBot) -> None:
    qtbot.mouseClick(pane.header.contents, Qt.MouseButton.LeftButton)


def here(pane: ReaderPane) -> str:
    model = pane.contents.model
    return str(model.index(model.row_of_here()).data()).strip()


def test_the_button_gives_the_contents_room_beside_the_page(pane: ReaderPane, qtbot: QtBot) -> None:
    shown(pane, with_chapters())
    wide = pane.view.width()
    click_contents(pane, qtbot)
    assert pane.contents.isVisible()
    assert pane.view.width() == wide - pane.contents.width()
    assert pane.contents.model.rowCount() == 40
    assert pane.header.contents.isChecked()
    click_contents(pane, qtbot)
    assert not pane.contents.isVisible()
    assert pane.view.width() == wide


def test_typing_filters_and_enter_goes_there_with_the_keys_back_on_the_page(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    text = with_chapters()
    shown(pane, text)
    looked_up = QSignalSpy(pane.waypoints.looked_up)
    click_contents(pane, qtbot)
    qtbot.keyClicks(pane.contents.field, "cafe 77")
    assert pane.contents.model.rowCount() == 1
    qtbot.keyClick(pane.contents.field, Qt.Key.Key_Return)
    assert pane.view.in_view(text.canonical.index("Chapter 11"))
    assert looked_up.count() == 1
    assert pane.view.hasFocus()
    assert pane.contents.isVisible()  # there is room for both


def test_words_that_no_title_holds_are_said_to_be_in_none(pane: ReaderPane, qtbot: QtBot) -> None:
    shown(pane, with_chapters())
    click_contents(pane, qtbot)
    qtbot.keyClicks(pane.contents.field, "nowhere")
    assert pane.contents._none.isVisible()


def test_the_present_chapter_follows_the_reading(pane: ReaderPane, qtbot: QtBot) -> None:
    text = with_chapters()
    shown(pane, text)
    click_contents(pane, qtbot)
    assert here(pane).startswith("Chapter 0")
    pane.view.setFocus()
    place = text.canonical.index("Chapter 7")
    pane.view.go_to(place, place + 1, at=0.0)
    pane.view.scroll_by(300)
    assert here(pane).startswith("Chapter 7")
    assert pane.contents.list.currentIndex().row() == 7


def test_the_chapter_that_one_went_to_is_the_present_one_however_short_it_is(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    blocks = [Block(BlockKind.HEADING, f"Part {n}", level=1) for n in range(30)]
    text = make_text([*blocks, *(paragraph(SENTENCE * 3) for _ in range(60))], "test")
    shown(pane, text)
    click_contents(pane, qtbot)
    row = pane.contents.model.index(4)
    pane.contents.list.scrollTo(row)
    place = pane.contents.list.visualRect(row).center()
    qtbot.mouseClick(pane.contents.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert here(pane) == "Part 4"


def test_on_a_narrow_page_the_contents_lie_over_it_until_something_is_chosen(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.resize(432, 700)
    shown(pane, with_chapters())
    wide = pane.view.width()
    click_contents(pane, qtbot)
    assert pane.contents.isVisible()
    assert pane.view.width() == wide
    qtbot.keyClick(pane.contents.list, Qt.Key.Key_Return)
    assert not pane.contents.isVisible()
    pane.resize(900, 700)
    assert pane.contents.isVisible()  # they are still wanted, and now there is room


def test_escape_gives_the_keys_back_to_the_page(pane: ReaderPane, qtbot: QtBot) -> None:
    shown(pane, with_chapters())
    click_contents(pane, qtbot)
    assert pane.contents.list.hasFocus()
    qtbot.keyClick(pane.contents.list, Qt.Key.Key_Escape)
    assert pane.view.hasFocus()
    assert pane.contents.isVisible()


def test_a_text_without_contents_has_none_beside_it_and_the_next_one_has(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    shown(pane, with_chapters())
    click_contents(pane, qtbot)
    pane.show_document(a_document(8), make_text([paragraph(SENTENCE)], "test"))
    assert not pane.contents.isVisible()
    assert not pane.header.contents.isEnabled()
    pane.waypoints.toggle_contents()
    assert not pane.contents.isVisible()
    shown(pane, with_chapters(15))
    assert pane.contents.isVisible()
    qtbot.waitUntil(lambda: pane.contents.model.rowCount() == 15)


def test_a_short_list_has_no_field_to_look_for_anything_in(pane: ReaderPane, qtbot: QtBot) -> None:
    shown(pane, with_chapters(5))
    click_contents(pane, qtbot)
    assert not pane.contents.field.isVisible()
    assert pane.contents.model.rowCount() == 5


@pytest.fixture
def home(tmp_path: Path) -> Path:
    from desktop_app.library.library import Library

    parts = "\n\n".join(f"## Part {n}\n\n{SENTENCE * 30}" for n in range(20))
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "parts.md").write_text(f"# The parts\n\n{parts}\n", "utf-8")
    library = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=one_worker()
    )
    library.import_files([saved])
    library.close()
    return tmp_path


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(home)
    yield made
    made.close()


def test_c_shows_and_hides_the_contents_and_that_is_remembered(desk: Desk, qtbot: QtBot) -> None:
    desk.choose("The parts")
    window = desk.window
    assert not window.reader.contents.isVisible()
    window.reader.focus_text()
    QTest.keyClick(window.reader.view, Qt.Key.Key_C)
    desk.settle()
    assert window.reader.contents.isVisible()
    assert desk.actions["view.contents"].isChecked()
    assert desk.session.settings.now.contents_shown
    QTest.keyClick(window.reader.contents.list, Qt.Key.Key_C)
    desk.settle()
    assert not window.reader.contents.isVisible()
    assert not desk.actions["view.contents"].isChecked()


def test_contents_that_were_shown_are_there_at_the_next_start(home: Path, qtbot: QtBot) -> None:
    desk = Desk(home, settings=Settings(theme="light", contents_shown=True))
    desk.window.showNormal()
    desk.window.resize(1366, 768)
    desk.choose("The parts")
    qtbot.waitUntil(desk.window.reader.contents.isVisible)
    assert desk.window.reader.contents.mapTo(desk.window.reader, QPoint(0, 0)).x() == 0
    desk.close()
