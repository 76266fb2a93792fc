"""The list of outcomes of an import."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QTableView, QToolButton

from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.ui.models.import_outcomes import OutcomeModel
from desktop_app.ui.panes.import_list import ImportList, progress_in_words

IMPORTED = Outcome("/a/one.txt", OutcomeKind.IMPORTED, 1, "One")
KNOWN = Outcome("/a/two.txt", OutcomeKind.KNOWN, 1, "One", "It is here already.")
WARNED = Outcome("/a/scan.html", OutcomeKind.WARNING, 2, "Scan", "It holds no text.")
REFUSED = Outcome("/a/three.bin", OutcomeKind.REFUSED, None, "", "It is not a text.")
ALL = (IMPORTED, KNOWN, WARNED, REFUSED)


def progress(done: int, found: int, **more: float) -> Progress:
    return Progress(done, found, False, done, 0, 0, 0, more.get("rate", 0), more.get("left_s"))


def paths(model: OutcomeModel) -> list[str]:
    return [model.outcome_at(model.index(row, 0)).path for row in range(model.rowCount())]


@pytest.fixture
def pane(qtbot) -> ImportList:
    made = ImportList()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(pane: ImportList, text: str) -> QPushButton | QToolButton:
    buttons = [*pane.findChildren(QPushButton), *pane.findChildren(QToolButton)]
    return next(b for b in buttons if b.text().startswith(text))


def test_the_model_keeps_qts_rules() -> None:
    model = OutcomeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add(ALL)
    model.show_kind(OutcomeKind.REFUSED)
    model.add([Outcome("/a/x", OutcomeKind.REFUSED), IMPORTED])
    model.add([Outcome("/a/x", OutcomeKind.IMPORTED, 5)])
    model.show_kind(None)
    model.add([Outcome(REFUSED.path, OutcomeKind.REFUSED, None, "", "Still not.")])
    model.clear()
    assert tester.model() is model


def test_one_kind_is_shown_alone_while_others_come_in() -> None:
    model = OutcomeModel()
    model.add(ALL)
    model.show_kind(OutcomeKind.REFUSED)
    model.add([IMPORTED, Outcome("/a/four", OutcomeKind.REFUSED)])
    assert paths(model) == ["/a/three.bin", "/a/four"]
    model.show_kind(None)
    assert model.rowCount() == 6


def test_a_file_tried_again_keeps_one_row_with_its_newest_outcome() -> None:
    model = OutcomeModel()
    model.add([REFUSED])
    model.add([Outcome(REFUSED.path, OutcomeKind.REFUSED, None, "", "Still not.")])
    assert model.total == 1
    model.add([Outcome(REFUSED.path, OutcomeKind.IMPORTED, 7, "Three")])
    assert (model.total, model.count(OutcomeKind.REFUSED)) == (1, 0)
    assert model.index(0, 1).data() == "Three"
    assert model.refused() == []


def test_the_counts_stand_on_the_filters(pane: ImportList) -> None:
    pane.add_outcomes(ALL)
    assert button(pane, "All").text() == "All 4"
    assert button(pane, "Refused").text() == "Refused 1"
    button(pane, "Refused").click()
    assert pane.findChild(QTableView).model().rowCount() == 1


def test_refused_files_can_be_tried_again_once_the_import_has_ended(
    pane: ImportList, qtbot
) -> None:
    pane.begin()
    pane.add_outcomes(ALL)
    assert not button(pane, "Retry").isVisible()
    pane.finish()
    with qtbot.waitSignal(pane.retry_asked) as asked:
        button(pane, "Retry").click()
    assert asked.args == [["/a/three.bin"]]


def test_an_import_can_be_stopped_once(pane: ImportList, qtbot) -> None:
    pane.begin()
    with qtbot.waitSignal(pane.stop_asked):
        button(pane, "Stop").click()
    assert not button(pane, "Stop").isEnabled()
    pane.add_outcomes([IMPORTED, WARNED])
    pane.finish(stopped=True)
    assert "Stopped: 2 imported, 1 with a warning." in pane._said.text()
    pane.begin()
    assert button(pane, "Stop").isEnabled()


def test_enter_opens_the_document_of_a_row(pane: ImportList, qtbot) -> None:
    pane.add_outcomes(ALL)
    table = pane.findChild(QTableView)
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, 0))
    with qtbot.waitSignal(pane.document_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [2]
    table.setCurrentIndex(table.model().index(3, 0))
    with qtbot.assertNotEmitted(pane.document_chosen):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_the_list_is_saved_whole_whatever_is_shown(pane: ImportList, tmp_path: Path, qtbot) -> None:
    odd = Outcome("/a/\udcff.txt", OutcomeKind.IMPORTED, 9, "=HYPERLINK(1)", 'He said "so",\nyes')
    pane.add_outcomes([*ALL, odd])
    button(pane, "Refused").click()
    with qtbot.waitSignal(pane.saved):
        pane.save(tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["outcome", "title", "reason", "path", "id"]
    assert rows[1] == ["imported", "One", "", "/a/one.txt", "1"]
    assert rows[5] == ["imported", "'=HYPERLINK(1)", 'He said "so",\nyes', "/a/?.txt", "9"]
    assert len(rows) == 6


def test_a_list_that_cannot_be_saved_is_said(pane: ImportList, tmp_path: Path, qtbot) -> None:
    pane.add_outcomes(ALL)
    with qtbot.waitSignal(pane.problem) as said:
        pane.save(tmp_path / "missing" / "list.csv")
    assert "list.csv" in str(said.args[0])


def test_progress_is_said_with_rate_and_time_left() -> None:
    said = progress_in_words(progress(812, 1260, rate=41.7, left_s=11.0))
    assert said == "812 of 1,260 · 42 a second · 11 s left"
    counting = Progress(3, 9, True, 3, 0, 0, 0, 0.0, None)
    assert progress_in_words(counting) == "3 of 9 or more"


def test_ten_thousand_rows_come_in_without_holding_the_window_up(pane: ImportList) -> None:
    kinds = list(OutcomeKind)
    many = [Outcome(f"/a/{n}.txt", kinds[n % 4], n, f"Title {n}") for n in range(10_000)]
    longest = 0.0
    for first in range(0, 10_000, 100):
        begin = time.process_time()
        pane.add_outcomes(many[first : first + 100])
        longest = max(longest, time.process_time() - begin)
    assert longest < 0.05
    begin = time.process_time()
    button(pane, "Warning").click()
    assert time.process_time() - begin < 0.05
    assert pane.findChild(QTableView).model().rowCount() == 2_500


def test_late_progress_does_not_hide_what_the_import_came_to(pane: ImportList) -> None:
    pane.begin()
    pane.set_progress(progress(8, 9, rate=4, left_s=1))
    assert "8 of 9" in pane._said.text()
    pane.add_outcomes([*ALL, IMPORTED])
    pane.finish()
    pane.set_progress(progress(9, 9, rate=4, left_s=1))
    assert pane._said.text() == ("Done: 3 imported, 1 already here, 1 with a warning, 1 refused.")
    pane.begin()
    pane.add_outcomes([Outcome(REFUSED.path, OutcomeKind.IMPORTED, 3)])
    pane.finish()
    assert pane._said.text() == "Done: 1 imported.", "a second import counts for itself"
