"""Two people's tags compared in the window: the numbers, the passages, the way to the text."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop_app.library.codebooks.comparing import Side
from desktop_app.library.codebooks.questions import CodebookQuestions
from desktop_app.library.codebooks.writing import write_codebook
from desktop_app.library.highlight_commands import AddHighlight, DeleteHighlights
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.codebooks.compare_dialog import CompareDialog
from desktop_app.ui.codebooks.compare_tables import PASSAGE, WHO
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    make_library(tmp_path)
    made = Desk(tmp_path)
    yield made
    made.close()


def mark(desk: Desk, words: str, tag: str) -> None:
    desk.library.run(CreateTag(tag))
    found = desk.library.tag_tree().find(tag)
    assert found is not None
    for document in desk.library.search("").ids:
        text = desk.library.text(document)
        start = text.canonical.find(words)
        if start >= 0:
            end = start + len(words)
            desk.library.run(AddHighlight(document, text.version, start, end, tags=(found.id,)))


def theirs(desk: Desk) -> Path:
    """A file of somebody else who marked other words of the same texts."""
    collection = desk.library.tag_tree().active_collection.id
    mark(desk, "cut back to bedrock", "quay")
    mark(desk, "The dry dock", "quay")
    codebook = desk.library.codebook(collection, codings=True)
    target = desk.home / "theirs.tagset.json"
    write_codebook(replace(codebook, name="Theirs"), target)
    marks = [m.id for d in desk.library.search("").ids for m in desk.library.marks.of(d)]
    desk.library.run(DeleteHighlights(tuple(marks)))
    mark(desk, "The dry dock", "quay")
    mark(desk, "the lamps were lit", "lamps")
    desk.settle()
    return target


def opened(desk: Desk) -> CompareDialog:
    path = theirs(desk)
    desk.run("tags.compare")
    verbs = desk.open.joins.codebooks.comparing
    assert verbs.dialog is not None
    assert "Choose two different ones" in verbs.dialog._said.text()
    verbs.add_file(Side.B, path)
    desk.settle()
    return verbs.dialog


def rows(view: QAbstractItemView) -> list[list[str]]:
    model = view.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_numbers_are_shown_and_what_only_one_tagged(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog._said.text() == ("1 text is compared. 1 only My tags tagged at all.")
    assert [row[:4] + row[5:6] for row in rows(dialog.tags_view)] == [
        ["All tags that both have", "1", "0", "1", "50%"],
        ["lamps", "0", "0", "0", "–"],
        ["quay", "1", "0", "1", "50%"],
    ]
    (alone,) = rows(dialog.lone_view)
    assert (alone[WHO], alone[PASSAGE]) == ("theirs", "cut back to bedrock")
    dialog._every.setChecked(True)
    desk.settle()
    assert [row[WHO] for row in rows(dialog.lone_view)] == ["My tags", "theirs"]
    dialog.tags_view.selectRow(1)
    assert [row[PASSAGE] for row in rows(dialog.lone_view)] == ["the lamps were lit"]
    assert dialog._lone_said.text() == "1 place of the chosen tags"
    assert not desk.problems


@pytest.mark.parametrize("by", ["the button", "closing the dialog", "choosing another"])
def test_a_comparison_under_way_ends_when_nobody_waits_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    dialog = opened(desk)
    begun: list[threading.Event] = []
    under_way = threading.Event()
    compare = CodebookQuestions.compare_codebooks

    def endless(library: CodebookQuestions, *books: Any, stop: threading.Event, **how: Any) -> Any:
        begun.append(stop)
        under_way.set()
        if len(begun) == 1:
            assert stop.wait(10)
        return compare(library, *books, stop=stop, **how)

    monkeypatch.setattr(CodebookQuestions, "compare_codebooks", endless)
    dialog.ask()
    assert dialog._stop.isVisible() and dialog._said.text() == "Comparing…"
    assert under_way.wait(10)
    if by == "the button":
        dialog._stop.click()
    elif by == "closing the dialog":
        dialog.close()
    else:
        dialog._every.setChecked(True)
    desk.settle()
    assert begun[0].is_set() and not desk.problems
    assert not dialog._stop.isVisible()
    if by == "choosing another":
        assert len(begun) == 2 and "2 texts are compared" in dialog._said.text()
    else:
        assert dialog._said.text().startswith("Stopped: nothing is compared.")


def test_what_is_chosen_stays_chosen_while_one_goes_on_tagging(desk: Desk) -> None:
    dialog = opened(desk)
    dialog._every.setChecked(True)
    desk.settle()
    dialog.lone_view.selectRow(1)
    mark(desk, "through the winter", "quay")
    desk.settle()
    assert [row[PASSAGE] for row in rows(dialog.lone_view)] == [
        "the lamps were lit",
        "through the winter",
        "cut back to bedrock",
    ]
    (chosen,) = dialog.lone_view.selectionModel().selectedRows(PASSAGE)
    assert chosen.data() == "cut back to bedrock"


def test_enter_opens_the_reader_at_the_passage(desk: Desk) -> None:
    dialog = opened(desk)
    dialog.lone_view.setFocus()
    dialog.lone_view.selectRow(0)
    QTest.keyClick(dialog.lone_view, Qt.Key.Key_Return)
    desk.settle()
    document = desk.open.reading.document
    assert document is not None and document.title.startswith("How the quay")
    assert not desk.problems


def test_the_numbers_and_the_passages_are_saved_as_tables(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(desk)
    targets = iter([desk.home / "numbers", desk.home / "passages.csv"])
    monkeypatch.setattr(
        "desktop_app.ui.codebooks.comparing.QFileDialog.getSaveFileName",
        lambda *_args: (str(next(targets)), ""),
    )
    dialog._save_tags.click()
    desk.settle()
    dialog._save_lone.click()
    desk.settle()

    def table(name: str) -> list[dict[str, str]]:
        with (desk.home / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    quay = next(row for row in table("numbers.csv") if row["tag"] == "quay")
    assert (quay["passages: both"], quay["passages: only theirs"]) == ("1", "1")
    assert quay["passages: agreement"] == "0.500"
    (alone,) = table("passages.csv")
    assert (alone["tag"], alone["passage"]) == ("quay", "cut back to bedrock")
    assert alone["tagged only by"] == "theirs"
    assert not desk.problems


def test_a_file_without_what_its_tags_are_on_is_refused(desk: Desk) -> None:
    desk.library.run(CreateTag("quay"))
    path = desk.home / "x.csv"
    write_codebook(desk.library.codebook(desk.library.tag_tree().active_collection.id), path)
    desk.settle()
    desk.run("tags.compare")
    verbs = desk.open.joins.codebooks.comparing
    verbs.add_file(Side.B, path)
    desk.settle()
    assert len(desk.problems) == 1 and "says nothing of what its tags are on" in desk.problems[0]
