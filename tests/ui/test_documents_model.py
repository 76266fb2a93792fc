from __future__ import annotations

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Facts, ReadState
from desktop_app.ui.models.document_words import date_in_words, facts_line, in_words, time_in_words
from desktop_app.ui.models.documents import DocumentsModel
from desktop_app.ui.models.drag import ids_of
from desktop_app.ui.models.paged_rows import PAGE
from tests.ui.documents_for_tests import Shelf, document


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def model(shelf: Shelf, qtbot: QtBot) -> DocumentsModel:
    return DocumentsModel(shelf.fetch)


def test_fifty_thousand_documents_are_listed_without_fetching_any(
    model: DocumentsModel, shelf: Shelf
) -> None:
    model.set_ids(array("q", range(50_000, 0, -1)))
    assert model.rowCount() == 50_000
    assert model.place(1) == 49_999
    assert shelf.asked == []


def test_a_row_that_is_looked_at_brings_its_page(
    model: DocumentsModel, shelf: Shelf, qtbot: QtBot
) -> None:
    model.set_ids(array("q", range(1_000)))
    assert model.row(250) is None
    qtbot.waitUntil(lambda: bool(shelf.asked))
    assert shelf.asked == [list(range(200, 200 + PAGE))]
    with qtbot.waitSignal(model.dataChanged):
        shelf.answer()
    assert model.data(model.index(250, 0)) == "Document 250"
    assert model.row(100) is None


def test_pages_that_were_scrolled_past_are_not_all_fetched(
    model: DocumentsModel, shelf: Shelf, qtbot: QtBot
) -> None:
    model.set_ids(array("q", range(50_000)))
    model.row(0)
    qtbot.waitUntil(lambda: len(shelf.asked) == 1)
    for row in range(0, 50_000, PAGE):
        model.row(row)
    shelf.answer()
    for row in range(49_950, 49_960):
        model.row(row)
    qtbot.waitUntil(lambda: len(shelf.asked) == 2)
    assert len(shelf.asked[1]) <= 4 * PAGE


def test_what_came_too_late_for_another_question_is_dropped(
    model: DocumentsModel, shelf: Shelf, qtbot: QtBot
) -> None:
    model.set_ids(array("q", range(10)))
    model.row(0)
    qtbot.waitUntil(lambda: bool(shelf.asked))
    model.set_ids(array("q", range(100, 110)))
    shelf.answer()
    assert model.row(0) is None
    assert model.known(0) is None


def test_documents_that_stay_are_shown_as_they_were_until_they_come_again(
    model: DocumentsModel, shelf: Shelf, qtbot: QtBot
) -> None:
    model.set_ids(array("q", [1, 2, 3]))
    model.row(0)
    qtbot.waitUntil(lambda: bool(shelf.asked))
    shelf.answer()
    model.set_ids(array("q", [3, 2]))
    shown = model.row(0)
    assert shown is not None and shown.document.id == 3
    qtbot.waitUntil(lambda: len(shelf.asked) == 2)
    assert shelf.asked[1] == [3, 2]


def test_a_document_that_is_gone_leaves_no_row(
    model: DocumentsModel, shelf: Shelf, qtbot: QtBot
) -> None:
    shelf.gone.add(2)
    model.set_ids(array("q", [1, 2]))
    model.row(0)
    qtbot.waitUntil(lambda: bool(shelf.asked))
    shelf.answer()
    assert model.row(0) is not None
    assert model.row(1) is None


def test_rows_are_dragged_as_their_documents(model: DocumentsModel) -> None:
    model.set_ids(array("q", [7, 8, 9]))
    data = model.mimeData([model.index(0, 0), model.index(2, 0)])
    assert ids_of(data) == [7, 9]


def test_a_screen_reader_hears_what_colour_and_shape_show(
    model: DocumentsModel, shelf: Shelf, qtbot: QtBot
) -> None:
    model.set_ids(array("q", [7]))
    model.row(0)
    qtbot.waitUntil(lambda: bool(shelf.asked))
    shelf.answer()
    heard = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "Document 7" in heard and "unread" in heard and "7 min" in heard


def test_the_line_under_a_title_says_what_is_known() -> None:
    facts = Facts("T", source="Harbour View", published=PartialDate(2016, 3, 25))
    assert facts_line(document(1, facts=facts)) == "Harbour View · 25 Mar 2016 · 7 min"
    assert facts_line(document(1, facts=Facts("T"))) == "7 min"
    assert (
        facts_line(document(1, facts=Facts("T", authors=("A", "B")), words=0)) == "A, B · no text"
    )
    read = document(1, facts=Facts("T"), state=ReadState.READING, progress=0.41)
    assert facts_line(read) == "7 min · 41% read"
    assert "starred" in in_words(replace(read, starred=True))


def test_dates_and_times_in_words() -> None:
    assert date_in_words(PartialDate(2016)) == "2016"
    assert date_in_words(PartialDate(2016, 3)) == "Mar 2016"
    assert date_in_words(PartialDate(2016, 3, 5), short=False) == "5 March 2016"
    assert time_in_words(1) == "1 min"
    assert time_in_words(70_000) == "5 h"


def test_it_is_a_model_as_qt_wants_one(model: DocumentsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_ids(array("q", [1, 2]))
    model.set_ids(array("q", []))
    assert model.rowCount() == 0
