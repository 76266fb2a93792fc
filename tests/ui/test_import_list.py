"""The list of outcomes of an import."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QToolButton

from desktop_app.library.outcomes import Outcome, OutcomeKind, Progress
from desktop_app.ui.models.import_outcomes import (
    FILE,
    OUTCOME,
    TITLE,
    OutcomeModel,
    as_csv,
    rows_of,
)
from desktop_app.ui.models.import_runs import (
    RunEntry,
    live_entry,
    moment_of_run,
    progress_in_words,
    root_of,
    told_in_words,
)
from desktop_app.ui.panes.import_history import ImportHistory
from desktop_app.ui.panes.import_list import ImportList
from tests.work_for_tests import least_work, work_of

IMPORTED = Outcome("/a/one.txt", OutcomeKind.IMPORTED, 1, "One")
KNOWN = Outcome("/a/two.txt", OutcomeKind.KNOWN, 1, "One", "It is here already.")
WARNED = Outcome("/a/scan.html", OutcomeKind.WARNING, 2, "Scan", "It holds no text.")
REFUSED = Outcome("/a/three.bin", OutcomeKind.REFUSED, None, "", "It is not a text.")
ALL = (IMPORTED, KNOWN, WARNED, REFUSED)
PAST = RunEntry(4, "Today 14:03", "4 files")
STOPPED = RunEntry(3, "Yesterday 9:12", "412 of 530 · stopped", unfinished=True)


def progress(done: int, found: int, **more: float) -> Progress:
    return Progress(done, found, False, done, 0, 0, 0, more.get("rate", 0), more.get("left_s"))


def paths(model: OutcomeModel) -> list[str]:
    return [model.outcome_at(row).path for row in range(model.rowCount())]


@pytest.fixture
def pane(qtbot) -> ImportList:
    made = ImportList()
    qtbot.addWidget(made)
    made.resize(1100, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def button(pane: ImportList, text: str) -> QPushButton | QToolButton:
    buttons = [*pane.findChildren(QPushButton), *pane.findChildren(QToolButton)]
    return next(b for b in buttons if b.text().startswith(text))


def table_of(pane: ImportList) -> QTableView:
    table = pane.findChild(QTableView)
    assert table is not None
    return table


def choose_rows(pane: ImportList, *rows: int) -> None:
    table = table_of(pane)
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in rows:
        table.selectionModel().select(table.model().index(row, 0), flags)
    pane._table.look()


def test_the_model_keeps_qts_rules() -> None:
    model = OutcomeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add(rows_of(ALL))
    model.filter(OutcomeKind.REFUSED, "")
    model.add(rows_of([Outcome("/a/x", OutcomeKind.REFUSED), IMPORTED]))
    model.filter(None, "one")
    model.add(rows_of([KNOWN]))
    model.filter(None, "")
    model.show(rows_of([REFUSED]))
    assert tester.model() is model


def test_one_kind_is_shown_alone_while_others_come_in() -> None:
    model = OutcomeModel()
    model.add(rows_of(ALL))
    model.filter(OutcomeKind.REFUSED, "")
    model.add(rows_of([IMPORTED, Outcome("/a/four", OutcomeKind.REFUSED)]))
    assert paths(model) == ["/a/three.bin", "/a/four"]
    model.filter(None, "")
    assert model.rowCount() == 6


def test_typed_words_are_looked_for_in_name_title_and_reason_whatever_their_case() -> None:
    model = OutcomeModel()
    model.add(rows_of([*ALL, Outcome("/a/Läden.txt", OutcomeKind.REFUSED, None, "", "Damaged.")]))
    model.filter(None, "LADEN damag")
    assert paths(model) == ["/a/Läden.txt"]
    model.filter(OutcomeKind.KNOWN, "one")
    assert paths(model) == ["/a/two.txt"]
    assert model.total == 5, "the counts are of the whole import"


def test_the_home_folder_is_not_written_before_every_path(pane: ImportList) -> None:
    path = f"{Path.home()}/papers/a.txt"
    model = OutcomeModel()
    model.add(rows_of([Outcome(path, OutcomeKind.IMPORTED, 1, "A")]))
    assert model.index(0, FILE).data() == "~/papers/a.txt"
    assert model.index(0, FILE).data(Qt.ItemDataRole.ToolTipRole) == path


def test_paths_are_shown_from_the_folder_that_all_of_an_import_lie_in() -> None:
    model = OutcomeModel()
    root = root_of([Path("/home/ana/papers"), Path("/home/ana/books/a.epub")])
    model.show(rows_of([Outcome("/home/ana/papers/2016/a.txt", OutcomeKind.IMPORTED, 1)]), root)
    assert (root, model.index(0, FILE).data()) == ("/home/ana", "papers/2016/a.txt")
    assert root_of([Path("/a"), Path("/b")]) == "", "the root of the disk tells nothing"
    assert root_of([Path("mail.eml!/a.pdf")]) == ""


def test_the_counts_stand_on_the_filters(pane: ImportList, qtbot) -> None:
    pane.add_rows(rows_of(ALL))
    assert button(pane, "All").text() == "All 4"
    assert button(pane, "Refused").text() == "Refused 1"
    button(pane, "Refused").click()
    assert table_of(pane).model().rowCount() == 1
    assert table_of(pane).isColumnHidden(TITLE), "what was refused has none"
    button(pane, "All").click()
    assert not table_of(pane).isColumnHidden(TITLE)
    field = pane.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "scan")
    qtbot.waitUntil(lambda: table_of(pane).model().rowCount() == 1)
    assert "1 shown" in pane._filters._found.text()


def test_refused_files_can_be_tried_again_once_the_import_has_ended(
    pane: ImportList, qtbot
) -> None:
    pane.begin()
    other = Outcome("/a/four.bin", OutcomeKind.REFUSED, None, "", "Damaged.")
    pane.add_rows(rows_of([*ALL, other]))
    assert not button(pane, "Retry").isVisible()
    pane.finish()
    with qtbot.waitSignal(pane.retry_asked) as asked:
        button(pane, "Retry 2 refused").click()
    assert asked.args == [["/a/three.bin", "/a/four.bin"]]
    choose_rows(pane, 0, 4)
    with qtbot.waitSignal(pane.retry_asked) as asked:
        button(pane, "Retry chosen").click()
    assert asked.args == [["/a/four.bin"]]
    choose_rows(pane, 0)
    assert button(pane, "Retry").text() == "Retry 2 refused"


def test_the_keys_stay_with_the_outcomes_when_what_was_refused_is_tried_again(
    pane: ImportList,
) -> None:
    pane.show_run(PAST, rows_of(ALL))
    retry = button(pane, "Retry")
    retry.setFocus()
    pane.retry_asked.connect(lambda _paths: (pane.show_run(live_entry(), ()), pane.begin()))
    retry.click()
    assert pane.window().focusWidget() is pane
    pane.add_rows(rows_of(ALL))
    assert pane.window().focusWidget() is table_of(pane)


def test_an_import_can_be_stopped_once(pane: ImportList, qtbot) -> None:
    pane.begin()
    with qtbot.waitSignal(pane.stop_asked):
        button(pane, "Stop").click()
    assert not button(pane, "Stop").isEnabled()
    pane.set_progress(progress(2, 9))
    assert pane._said.text().startswith("Stopping")
    pane.add_rows(rows_of([IMPORTED, WARNED]))
    pane.finish()
    pane.show_run(STOPPED, rows_of([IMPORTED, WARNED]))
    assert pane._said.text() == "Not finished: 2 imported, 1 of them with a warning."
    pane.begin()
    assert button(pane, "Stop").isEnabled()


def test_an_unfinished_import_can_be_resumed_or_dismissed(pane: ImportList, qtbot) -> None:
    pane.set_runs([PAST, STOPPED], PAST.id)
    pane.show_run(PAST, rows_of(ALL))
    assert not button(pane, "Resume").isVisible()
    history = pane.findChild(ImportHistory)
    assert history is not None and history.isVisible()
    with qtbot.waitSignal(pane.run_chosen) as chosen:
        history.setCurrentRow(1)
    assert chosen.args == [STOPPED]
    pane.show_run(STOPPED, rows_of([IMPORTED]))
    with qtbot.waitSignal(pane.resume_asked) as asked:
        button(pane, "Resume").click()
    assert asked.args == [STOPPED.id]
    with qtbot.waitSignal(pane.dismiss_asked) as asked:
        button(pane, "Dismiss").click()
    assert asked.args == [STOPPED.id]
    pane.set_read_only(True)
    assert not button(pane, "Resume").isVisible()


def test_where_there_is_no_room_for_the_history_a_button_opens_it(pane: ImportList, qtbot) -> None:
    pane.set_runs([PAST, STOPPED], PAST.id)
    pane.show_run(PAST, rows_of(ALL))
    assert not pane._which.isVisible()
    pane.resize(500, 400)
    assert not pane._history.isVisible()
    assert pane._which.isVisible() and pane._which.text() == "Today 14:03 ▾"
    pane._list_imports()
    with qtbot.waitSignal(pane.run_chosen) as chosen:
        pane._which.menu().actions()[1].trigger()
    assert chosen.args == [STOPPED]


def test_an_import_whose_kind_is_filtered_away_is_shown_whole(pane: ImportList) -> None:
    pane.show_run(PAST, rows_of(ALL))
    button(pane, "Refused").click()
    pane.show_run(STOPPED, rows_of([IMPORTED, KNOWN]))
    assert table_of(pane).model().rowCount() == 2
    assert button(pane, "All").isChecked()


def test_enter_opens_the_document_of_a_row(pane: ImportList, qtbot) -> None:
    pane.add_rows(rows_of(ALL))
    table = table_of(pane)
    table.setFocus()
    table.setCurrentIndex(table.model().index(2, 0))
    with qtbot.waitSignal(pane.document_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == [2]
    table.setCurrentIndex(table.model().index(3, 0))
    with qtbot.assertNotEmitted(pane.document_chosen):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_the_folder_of_a_row_can_be_shown_and_paths_copied(pane: ImportList, qtbot) -> None:
    pane.add_rows(rows_of(ALL))
    choose_rows(pane, 3)
    with qtbot.waitSignal(pane.folder_asked) as asked:
        pane._table.folder_action.trigger()
    assert asked.args == ["/a/three.bin"]
    choose_rows(pane, 0, 3)
    assert not pane._table.folder_action.isEnabled()
    pane._table.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "/a/one.txt\n/a/three.bin"


def test_the_list_is_saved_whole_whatever_is_shown(pane: ImportList, tmp_path: Path, qtbot) -> None:
    odd = Outcome("/a/\udcff.txt", OutcomeKind.IMPORTED, 9, "=HYPERLINK(1)", 'He said "so",\nyes')
    pane.add_rows(rows_of([*ALL, odd]))
    button(pane, "Refused").click()
    with qtbot.waitSignal(pane.save_asked) as asked:
        pane.save(tmp_path / "list.csv")
    rows = list(csv.reader(io.StringIO(as_csv(asked.args[1]), newline="")))
    assert rows[0] == ["outcome", "title", "reason", "path", "id"]
    assert rows[1] == ["imported", "One", "", "/a/one.txt", "1"]
    assert rows[5] == ["imported", "'=HYPERLINK(1)", 'He said "so",\nyes', "/a/?.txt", "9"]
    assert len(rows) == 6


def test_progress_is_said_with_rate_and_time_left() -> None:
    said = progress_in_words(progress(812, 1260, rate=41.7, left_s=11.0))
    assert said == "812 of 1,260 · 42 a second · 11 s left"
    counting = Progress(3, 9, True, 3, 0, 0, 0, 0.0, None)
    assert progress_in_words(counting) == "3 of 9 or more"


def test_an_import_of_the_past_is_named_by_its_day_and_what_came_of_it() -> None:
    now = datetime(2026, 3, 5, 18, 0).astimezone()
    assert moment_of_run(now - timedelta(hours=4), now) == "Today 14:00"
    assert moment_of_run(now - timedelta(hours=19), now) == "Yesterday 23:00"
    assert moment_of_run(datetime(2025, 12, 24, 9, 5).astimezone(UTC), now) == (
        "24 December 2025, 09:05"
    )
    counts = {OutcomeKind.IMPORTED: 400, OutcomeKind.WARNING: 12, OutcomeKind.REFUSED: 118}
    assert told_in_words(counts, "stopped") == "412 of 530 · stopped"
    assert told_in_words({OutcomeKind.IMPORTED: 1}, "") == "1 file"


def test_fifty_thousand_rows_do_not_hold_the_window_up(pane: ImportList) -> None:
    kinds = list(OutcomeKind)
    many = rows_of(
        Outcome(f"/a/long/way/{n}.txt", kinds[n % 4], n, f"Title {n}", "A reason of some length.")
        for n in range(50_000)
    )
    worked: dict[str, float] = {}

    def measure(name: str, work: Callable[[], object]) -> None:
        worked[name] = work_of(lambda: (work(), QGuiApplication.processEvents()))

    def go_through() -> dict[str, float]:
        measure("showing", lambda: pane.show_run(PAST, many))
        measure("adding", lambda: pane.add_rows(many[:200]))
        measure("a kind", button(pane, "Warning").click)
        assert table_of(pane).model().rowCount() == 12_550
        measure("all kinds", button(pane, "All").click)
        measure("a word", lambda: pane._filter(None, "4999"))
        measure("no word", lambda: pane._filter(None, ""))
        measure("saving", lambda: pane.save(Path("list.csv")))
        measure("choosing all", table_of(pane).selectAll)
        measure("what is chosen", pane._table.look)
        return worked

    # Each is 4 to 20 ms; a look at one cell of each row makes it half a second.
    assert max(least_work(go_through, 0.2).values()) < 0.2, worked


def test_late_progress_does_not_hide_what_the_import_came_to(pane: ImportList) -> None:
    pane.begin()
    pane.set_progress(progress(8, 9, rate=4, left_s=1))
    assert "8 of 9" in pane._said.text()
    pane.add_rows(rows_of([*ALL, IMPORTED]))
    pane.finish()
    pane.set_progress(progress(9, 9, rate=4, left_s=1))
    done = "Done: 3 imported, 1 of them with a warning, 1 already here, 1 refused."
    assert pane._said.text() == done
    pane.show_run(live_entry(), ())
    pane.begin()
    pane.add_rows(rows_of([Outcome(REFUSED.path, OutcomeKind.IMPORTED, 3)]))
    pane.finish()
    assert pane._said.text() == "Done: 1 imported.", "a second import counts for itself"


def test_the_path_takes_the_room_that_the_other_columns_leave(pane: ImportList) -> None:
    pane.add_rows(rows_of(ALL))
    table = table_of(pane)
    before = table.columnWidth(FILE)
    rest = table.columnWidth(OUTCOME) + table.columnWidth(TITLE)
    pane.resize(1500, 500)
    QGuiApplication.processEvents()
    assert table.columnWidth(FILE) > before + 300
    assert table.columnWidth(OUTCOME) + table.columnWidth(TITLE) == rest
