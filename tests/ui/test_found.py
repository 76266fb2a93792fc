"""From a row of what was found to its place: notes, highlighted words, the next document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.library.highlight_commands import SetDocumentNote, SetNote
from desktop_app.ui.panes.row_clicks import Beside
from tests.ui.highlights_for_tests import MarkedDesk, mark
from tests.ui.window_for_tests import make_library


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[MarkedDesk]:
    make_library(tmp_path)
    made = MarkedDesk(tmp_path)
    assert made.library.wait_until_searchable(30)
    made.settle()
    yield made
    made.close()


def document(desk: MarkedDesk, title: str) -> int:
    ids = list(desk.library.search("").ids)
    return next(each.id for each in desk.library.documents(ids) if each.title.startswith(title))


def beside(desk: MarkedDesk) -> QPoint:
    """A place in the first row where a note or a highlighted passage stands."""
    view = desk.list.view
    rect = view.visualRect(desk.open.model.index(0, 0))
    for y in range(rect.top(), rect.bottom()):
        if isinstance(view.what_is_at(QPoint(rect.left() + 60, y)), Beside):
            return QPoint(rect.left() + 60, y + 4)
    raise AssertionError("nothing beside the passages")


def click(desk: MarkedDesk, place: QPoint) -> None:
    QTest.mouseClick(
        desk.list.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    desk.settle()


def test_a_click_on_a_note_that_was_found_goes_to_its_highlight(desk: MarkedDesk) -> None:
    mark(desk.library, "strand")
    other = mark(desk.library, "lamps")
    desk.session.do(SetNote(other, "Compare the seawall."))
    desk.settle()
    assert desk.library.wait_until_searchable(30)
    desk.search("note:seawall")
    click(desk, beside(desk))
    reader = desk.window.reader
    assert desk.open.reading.document is not None
    assert desk.open.reading.document.title.startswith("Letters")
    assert reader.surface.chosen == other
    assert reader.view.hasFocus()


def test_a_click_on_the_note_of_a_document_opens_that_note(desk: MarkedDesk) -> None:
    letters = document(desk, "Letters")
    desk.session.do(SetDocumentNote(letters, "Compare the seawall."))
    desk.settle()
    assert desk.library.wait_until_searchable(30)
    desk.search("note:seawall")
    click(desk, beside(desk))
    writing = desk.open.joins.notes.writing
    assert writing.subject is not None and not writing.subject.uuid
    assert writing.editor.field.hasFocus()


def test_enter_opens_the_highlight_whose_words_were_found(desk: MarkedDesk) -> None:
    lamps = mark(desk.library, "lamps")
    desk.settle()
    assert desk.library.wait_until_searchable(30)
    desk.search("quote:lamps")
    desk.list.focus()
    QTest.keyClick(desk.list.view, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.reader.surface.chosen == lamps


def test_behind_the_last_match_a_list_that_is_not_shown_stays_where_it_is(
    desk: MarkedDesk,
) -> None:
    mark(desk.library, "strand")
    desk.search("dock")
    desk.list.view.choose_row(0)
    desk.settle()
    shown = desk.open.reading.document
    assert shown is not None
    desk.run("view.highlights")
    heard: list[str] = []
    desk.session.said.connect(heard.append)
    desk.open.reading.past_last_match.emit(1)
    desk.settle()
    assert heard == ["This is the last match in this document."]
    assert desk.list.view.currentIndex().row() == 0
    assert desk.open.reading.document is not None
    assert desk.open.reading.document.id == shown.id
