"""The dialog of what is folded as boilerplate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.folding import KIND_RULE, FoldRule, Phrase, Verdict
from desktop_app.core.folding_phrases import BUILT_IN
from desktop_app.library.fold_commands import RemoveFoldPhrase, SetFoldPhrase, SetFoldRule
from desktop_app.ui.dialogs.boilerplate import BoilerplateDialog
from desktop_app.ui.models.fold_phrases import PHRASE, PhraseTable
from tests.ui.window_for_tests import Desk
from tests.work_for_tests import least_work, work_of

OWN = Phrase("newsletter", "the harbour letter, every *")


@pytest.fixture
def dialog(qtbot: QtBot) -> BoilerplateDialog:
    made = BoilerplateDialog()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.set_said([OWN], [])
    return made


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def button(dialog: BoilerplateDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_a_phrase_of_ones_own_is_added_changed_and_removed(
    dialog: BoilerplateDialog, qtbot: QtBot
) -> None:
    page = dialog._phrases
    asked: list[object] = []
    dialog.command.connect(asked.append)
    qtbot.keyClicks(page._phrase, "Read more on *")
    page._as.setCurrentText("related")
    button(dialog, "Add").click()
    assert asked == [SetFoldPhrase("related", "Read more on *", True)]
    page._view.selectRow(0)
    assert page._phrase.text() == OWN.phrase
    page._phrase.setText("the harbour letter")
    page._forgive()
    button(dialog, "Change").click()
    page._remove.click()
    assert asked[2] == RemoveFoldPhrase(OWN.phrase)
    dialog.set_said([], [])
    page._view.selectRow(0)
    assert not page._remove.isEnabled(), "what came with Postil can only be switched off"


def test_a_phrase_that_means_nothing_says_why(dialog: BoilerplateDialog, qtbot: QtBot) -> None:
    page = dialog._phrases
    with qtbot.assertNotEmitted(dialog.command):
        qtbot.keyClicks(page._phrase, "(open")
        qtbot.keyClick(page._phrase, Qt.Key.Key_Return)
    assert "bracket" in page._problem.text() and page._problem.isVisible()
    qtbot.keyClicks(page._phrase, ")")
    assert not page._problem.isVisible()


def test_a_line_can_be_tried(dialog: BoilerplateDialog, qtbot: QtBot) -> None:
    page = dialog._phrases
    qtbot.keyClicks(page._try, "The Harbour Letter: every Friday")
    assert page._told.text() == f"Folded as newsletter, by “{OWN.phrase}”."
    page._try.setText("The dry dock stayed closed.")
    assert page._told.text() == "No phrase folds this line."
    page._try.clear()
    assert page._told.text() == ""


def test_a_tick_switches_a_phrase_of_the_product_off(
    dialog: BoilerplateDialog, qtbot: QtBot
) -> None:
    page = dialog._phrases
    table = page._table
    index = table.index(1, PHRASE)
    first = table.row_at(1).phrase
    with qtbot.waitSignal(dialog.command) as asked:
        table.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert asked.args == [SetFoldPhrase(first.kind, first.phrase, False)]
    dialog.set_said([OWN, Phrase(first.kind, first.phrase, False)], [])
    assert "1 off" in page._count.text()
    assert table.rowCount() == len(BUILT_IN) + 1


def test_phrases_are_found_by_words_and_kind(dialog: BoilerplateDialog, qtbot: QtBot) -> None:
    page = dialog._phrases
    page._kind.setCurrentText("cookies")
    kinds = {page._table.row_at(row).phrase.kind for row in range(page._table.rowCount())}
    assert kinds == {"cookies"}
    page._kind.setCurrentIndex(0)
    qtbot.keyClicks(page._find, "HARBOUR")
    qtbot.waitUntil(lambda: page._table.rowCount() == 1)


def test_lines_of_sources_stand_under_their_source_and_can_be_taken_back(
    dialog: BoilerplateDialog, qtbot: QtBot
) -> None:
    page = dialog._sources
    assert page._empty.text().startswith("Nothing has been said")
    rules = [
        FoldRule("Harbour View", f"{KIND_RULE}comments", Verdict.NEVER),
        FoldRule("The Coast Ledger", "more from the ledger", Verdict.ALWAYS),
    ]
    dialog.set_said([], rules)
    group, items = page._groups[0]
    assert (group.text(0), items[0].text(0)) == ("Harbour View", "Every comments")
    items[0].setSelected(True)
    with qtbot.waitSignal(dialog.command) as asked:
        page._remove.click()
    assert asked.args == [SetFoldRule("Harbour View", f"{KIND_RULE}comments", None)]
    page._find.setText("ledger")
    assert group.isHidden() and not page._groups[1][0].isHidden()


def test_the_table_keeps_qts_rules() -> None:
    table = PhraseTable()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_phrases([OWN, *BUILT_IN], frozenset(phrase.phrase for phrase in BUILT_IN))
    table.filter(None, "share")
    assert tester.model() is table


def test_the_phrases_do_not_hold_the_window_up(dialog: BoilerplateDialog) -> None:
    def show() -> dict[str, float]:
        return {"shown": work_of(lambda: (dialog.set_said([], []), QApplication.processEvents()))}

    # It is 5 to 20 ms; rows that are made anew for each phrase make it 300 ms and more.
    assert least_work(show, 0.2)["shown"] < 0.2


def test_what_is_said_of_phrases_reaches_the_library_and_is_undone(desk: Desk) -> None:
    desk.run("document.boilerplate")
    dialog = desk.window.findChild(BoilerplateDialog)
    assert dialog is not None
    desk.session.do(SetFoldPhrase("related", "our own list of *", True))
    desk.settle()
    assert dialog._phrases._table.own == 1
    desk.run("edit.undo")
    assert dialog._phrases._table.own == 0
    assert desk.problems == []
