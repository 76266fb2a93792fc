"""The dialog in which proposed facts are checked and accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import (
    Document,
    FactName,
    Facts,
    Origin,
    OriginKind,
    Proposal,
    ReadState,
)
from desktop_app.library.commands import SetFacts
from desktop_app.ui.dialogs.check_facts import CheckFactsDialog
from desktop_app.ui.models.fact_rows import rows_of_facts
from desktop_app.ui.models.fact_table import NOW, PROPOSED, SURENESS, TICK, FactTable, Show
from tests.ui.window_for_tests import Desk, write_texts
from tests.work_for_tests import least_work, work_of

FILE = Origin(OriginKind.FILE, "html meta")
WHEN = datetime(2026, 3, 1, tzinfo=UTC)


def guess(confidence: float) -> Origin:
    return Origin(OriginKind.GUESSED, "first lines", confidence)


def document(ident: int, facts: Facts) -> Document:
    return Document(
        ident, facts, "text/html", f"{ident}.html", "0" * 64, "v", 100, ReadState.UNREAD, 0.0, 0,
        False, WHEN, WHEN,
    )  # fmt: skip


ONE = document(
    1,
    Facts(
        "How the quay was rebuilt",
        authors=("A. Clerk",),
        source="Mine",
        published=PartialDate(2016, 3),
        origins={
            FactName.TITLE: FILE,
            FactName.AUTHORS: guess(0.5),
            FactName.SOURCE: Origin(OriginKind.YOU),
            FactName.PUBLISHED: FILE,
        },
    ),
)
PROPOSED_OF_ONE = (
    Proposal(FactName.TITLE, "How the quay was rebuilt", FILE),
    Proposal(FactName.AUTHORS, ("A. Clerk",), guess(0.5)),
    Proposal(FactName.SOURCE, "The Coast Ledger", FILE),
    Proposal(FactName.PUBLISHED, "2016-03-25", FILE),
    Proposal(FactName.PUBLISHED, "2016-03", guess(0.7)),
    Proposal(FactName.PUBLISHED, "2016-03-25", guess(0.6)),
)


@pytest.fixture
def dialog(qtbot) -> CheckFactsDialog:
    made = CheckFactsDialog()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.set_rows(rows_of_facts([ONE], {1: PROPOSED_OF_ONE}))
    return made


def button(dialog: CheckFactsDialog, text: str) -> QPushButton | QToolButton:
    buttons = [*dialog.findChildren(QPushButton), *dialog.findChildren(QToolButton)]
    return next(b for b in buttons if b.text().startswith(text))


def ticks(table: FactTable) -> dict[str, bool]:
    return {table.row_at(row).fact.value: table.is_ticked(row) for row in range(table.rowCount())}


def test_each_fact_stands_beside_what_is_proposed_each_value_once() -> None:
    rows = rows_of_facts([ONE], {1: PROPOSED_OF_ONE})
    assert [row.fact.value for row in rows] == ["title", "authors", "source", "published"]
    date = rows[3]
    assert date.now == "March 2016"
    assert [offer.text for offer in date.offers] == ["25 March 2016", "March 2016"]
    assert date.different and date.unsure
    assert not rows[0].different and not rows[0].unsure
    assert rows_of_facts([ONE], {}) == []


def test_what_is_sure_is_ticked_and_what_the_user_set_never_is(dialog: CheckFactsDialog) -> None:
    table = dialog._table
    assert ticks(table) == {"title": True, "authors": False, "source": False, "published": True}
    assert table.index(2, NOW).data() == "Mine  (set by you)"
    button(dialog, "Tick all").click()
    assert ticks(table) == {"title": True, "authors": True, "source": False, "published": True}
    table.setData(table.index(2, TICK), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert ticks(table)["source"]
    button(dialog, "Untick all").click()
    assert not any(ticks(table).values())
    assert not button(dialog, "Accept").isEnabled()


def test_what_is_ticked_is_accepted_in_one_step(dialog: CheckFactsDialog, qtbot) -> None:
    button(dialog, "Unsure").click()
    assert [dialog._table.row_at(n).fact.value for n in range(2)] == ["authors", "published"]
    assert button(dialog, "Accept").text() == "Accept 2 facts"
    with qtbot.waitSignal(dialog.command) as asked:
        button(dialog, "Accept").click()
    assert asked.args[0].choices == (
        (1, FactName.TITLE, "How the quay was rebuilt"),
        (1, FactName.PUBLISHED, PartialDate(2016, 3, 25)),
    )


def test_another_proposal_can_be_taken(dialog: CheckFactsDialog) -> None:
    table = dialog._table
    assert table.index(3, PROPOSED).data() == "25 March 2016   +1"
    table.choose(3, 1)
    assert table.index(3, SURENESS).data() == "likely"
    button(dialog, "Untick all").click()
    table.choose(3, 1)
    assert table.accepted() == [(1, FactName.PUBLISHED, PartialDate(2016, 3))]
    dialog.set_rows(rows_of_facts([ONE], {1: PROPOSED_OF_ONE}), keep=True)
    assert table.accepted()[0][2] == PartialDate(2016, 3), "a refresh keeps it"


def test_one_fact_can_be_shown_alone_and_space_ticks_it(dialog: CheckFactsDialog, qtbot) -> None:
    dialog._fact.setCurrentIndex(2)
    assert [row.fact.value for row in [dialog._table.row_at(0)]] == ["authors"]
    assert button(dialog, "All").text() == "All 1"
    dialog._view.setFocus()
    dialog._view.selectRow(0)
    qtbot.keyClick(dialog._view, Qt.Key.Key_Space)
    assert ticks(dialog._table) == {"authors": True}
    dialog._fact.setCurrentIndex(6)
    assert dialog._empty.isVisible() and "Nothing" in dialog._empty.text()


def test_two_thousand_documents_do_not_hold_the_window_up(dialog: CheckFactsDialog) -> None:
    documents = [document(n, ONE.facts) for n in range(2_000)]
    rows = rows_of_facts(documents, dict.fromkeys(range(2_000), PROPOSED_OF_ONE))
    worked: dict[str, float] = {}

    def measure(name: str, work: Callable[[], object]) -> None:
        worked[name] = work_of(lambda: (work(), QGuiApplication.processEvents()))

    def go_through() -> dict[str, float]:
        measure("showing", lambda: dialog.set_rows(rows))
        measure("a sort", button(dialog, "Unsure").click)
        measure("all", button(dialog, "All").click)
        measure("ticking all", button(dialog, "Tick all").click)
        measure("choosing all", dialog._view.selectAll)
        measure("accepting", button(dialog, "Accept").click)
        measure("space", dialog._toggle_chosen)
        return worked

    # Each is 2 to 15 ms for 8,000 rows; a look at each cell makes it 400 ms.
    assert max(least_work(go_through, 0.2).values()) < 0.2, worked


def test_the_table_keeps_qts_rules() -> None:
    table = FactTable()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.set_rows(rows_of_facts([ONE], {1: PROPOSED_OF_ONE}))
    table.filter(FactName.TITLE, Show.ALL)
    table.filter(None, Show.DIFFERENT)
    table.tick_shown(True)
    assert tester.model() is table


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.import_all(write_texts(tmp_path / "saved"))
    yield made
    made.close()


def test_accepted_facts_are_the_users_own_and_undo_gives_them_back(desk: Desk) -> None:
    desk.list.view.setFocus()
    desk.list.view.selectAll()
    desk.run("document.check_facts")
    dialog = desk.window.findChild(CheckFactsDialog)
    assert dialog is not None and dialog._table.rowCount() > 3
    dialog._fact.setCurrentIndex(1)
    button(dialog, "Tick all").click()
    dialog._fact.setCurrentIndex(0)
    ticked = dialog._table.ticked
    button(dialog, "Accept").click()
    desk.settle()
    assert f"Accept {ticked} facts" in (desk.session.undo_name or "")
    documents = desk.library.documents(list(desk.open.model.ids))
    assert {d.facts.origins[FactName.TITLE].kind for d in documents} == {OriginKind.YOU}
    assert dialog._table.index(0, NOW).data().endswith("(set by you)"), "the dialog looks again"
    desk.run("edit.undo")
    documents = desk.library.documents(list(desk.open.model.ids))
    assert OriginKind.YOU not in {d.facts.origins[FactName.TITLE].kind for d in documents}
    assert desk.problems == []


def test_the_details_offer_what_else_is_proposed(desk: Desk) -> None:
    document = desk.choose("How the quay")
    desk.run("document.details")
    (found,) = desk.library.documents([document])
    field = desk.window.details._fields[FactName.PUBLISHED]
    assert found.facts.published == PartialDate(2016, 3, 25)
    assert not field._others.isVisible(), "what is proposed stands there already"
    desk.session.do(SetFacts((document,), {FactName.PUBLISHED: PartialDate(2015)}))
    desk.settle()
    assert field._others.isVisible()
    field._fill_menu()
    (offer,) = [a for a in field._menu.actions() if a.text().startswith("25 March 2016")]
    offer.trigger()
    desk.settle()
    (found,) = desk.library.documents([document])
    assert found.facts.published == PartialDate(2016, 3, 25)
    assert found.facts.origins[FactName.PUBLISHED].kind is OriginKind.YOU


def test_too_many_documents_to_check_are_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.ui.verbs.facts.AT_ONCE", 2)
    desk.list.view.setFocus()
    desk.list.view.selectAll()
    desk.run("document.check_facts")
    assert desk.problems and "3 documents are chosen" in desk.problems[0]
