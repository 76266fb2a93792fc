"""Notes are read and written over the pages of a PDF as beside its text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.pdfs_in_window import PageDesk, prose_pdf

BRIDGE = "How the bridge was held"


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[PageDesk]:
    made = PageDesk.on(tmp_path, {"bridge.pdf": prose_pdf(4)})
    made.open_pages(BRIDGE)
    yield made
    made.close()


def test_n_on_a_selection_writes_over_the_pages(desk: PageDesk) -> None:
    document = desk.window.reader.document
    assert document is not None
    start = desk.point("P1L3 ")
    desk.pages.select(start, start + 12)
    desk.pages.setFocus()
    desk.run("mark.note")
    writing = desk.open.joins.notes.writing
    editor = writing.editor
    assert editor.is_open
    assert editor.parentWidget() is desk.pages.viewport()
    assert editor.isVisible()
    assert desk.pages.viewport().rect().contains(editor.geometry())
    QTest.keyClicks(editor.field, "On the page")
    QTest.keyClick(editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    (made,) = desk.library.marks.of(document.id)
    assert made.note == "On the page"


def test_the_sign_of_a_note_opens_it_and_its_card_edits_it(desk: PageDesk) -> None:
    document = desk.window.reader.document
    assert document is not None
    desk.mark("P1L9 ", note="Ask")
    notes = desk.open.joins.notes
    (sign,) = desk.pages.note_marks()
    place = sign[1].center().toPoint()
    QTest.mouseClick(desk.pages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    popup = notes.pages.popup
    assert popup.isVisible()
    card = popup.cards[0]
    card.edit_asked.emit(card.noted)
    assert not popup.isVisible()
    assert notes.writing.editor.is_open
    QTest.keyClicks(notes.writing.editor.field, "Changed")
    desk.run("document.page")  # to the text: leaving the page saves
    desk.settle()
    (made,) = desk.library.marks.of(document.id)
    assert made.note == "AskChanged"
    assert notes.writing.editor.parentWidget() is desk.window.reader.view.viewport()
