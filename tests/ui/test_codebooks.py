"""Tag collections as files, in the window: saved, looked at, and imported as it was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QRadioButton

from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.plan import Choice
from desktop_app.library.codebooks.reading import read_codebook
from desktop_app.library.tags.collection_commands import LockCollection
from desktop_app.library.tags.commands import CreateTag, RecolourTag
from desktop_app.ui.codebooks.import_dialog import ImportDialog
from desktop_app.ui.codebooks.plan_table import CHOICE, KIND, SAYS
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    make_library(tmp_path)
    made = Desk(tmp_path)
    yield made
    made.close()


def saved(desk: Desk, name: str = "out.tagset.json", *, codings: bool = True) -> Path:
    target = desk.home / name
    form = CodebookForm.of(target)
    assert form is not None
    collection = desk.library.tag_tree().active_collection.id
    desk.open.joins.codebooks.verbs.save(collection, target, form, codings=codings)
    desk.settle()
    return target


def preview(desk: Desk, path: Path) -> ImportDialog:
    desk.open.joins.codebooks.verbs.look_at(path)
    desk.settle()
    return desk.window.findChildren(ImportDialog)[-1]


def cells(dialog: ImportDialog, column: int) -> list[str]:
    model = dialog.view.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_what_is_saved_is_offered_as_the_same_and_the_rest_as_new(desk: Desk) -> None:
    documents = tuple(desk.library.search("").ids)
    desk.library.run(CreateTag("place/quay", documents=documents[:2]))
    path = saved(desk)
    dialog = preview(desk, path)
    assert cells(dialog, KIND) == ["Same", "Same"]
    assert dialog._said.text() == "Nothing would change."
    assert dialog._fit.text() == "Of 2 uses of its tags 0 are new here, 2 are here already."
    assert dialog._about.text() == "A tag collection: “My tags”, 2 tags, 2 uses of them."
    assert not dialog.codings.isChecked()
    desk.session.undo()
    desk.settle()
    # The preview follows what goes on in the library.
    assert cells(dialog, KIND) == ["New", "New"]
    # What the tags are on comes along where it fits, unless that is unticked.
    assert dialog.codings.isChecked()
    assert dialog._said.text() == "Adds 2 tags and tags 2 documents."
    dialog.codings.click()
    desk.library.run(CreateTag("other"))
    desk.settle()
    assert not dialog.codings.isChecked()
    assert dialog._said.text().startswith("Adds 2 tags. ")
    desk.session.undo()
    desk.settle()
    dialog.codings.click()
    dialog.ask_import()
    desk.settle()
    tree = desk.library.tag_tree()
    quay = tree.find("place/quay")
    assert quay is not None and tree.own[quay.id] == 2
    assert desk.session.undo_name == (
        "Import the tag collection “My tags” (2 new tags, 2 documents tagged)"
    )
    assert not desk.window.findChildren(ImportDialog) or not dialog.isVisible()
    assert not desk.problems


def test_a_choice_is_made_for_one_and_for_all_that_are_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, *_at: shown.append(menu))
    for name in ("a", "b", "c"):
        desk.library.run(CreateTag(name, colour="#111111"))
    path = saved(desk)
    for tag in desk.library.tag_tree().tags:
        desk.library.run(RecolourTag(tag.id, "#222222"))
    desk.settle()
    dialog = preview(desk, path)
    assert cells(dialog, KIND) == ["Conflicting"] * 3
    assert cells(dialog, SAYS) == ["Not the same: colour."] * 3
    assert cells(dialog, CHOICE) == ["Keep mine  ▾"] * 3
    dialog.view.setFocus()
    dialog.view.selectRow(1)
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    (menu,) = shown
    assert [each.text() for each in menu.actions()] == [
        "Keep mine",
        "Take the file’s",
        "Add beside mine",
    ]
    menu.actions()[1].trigger()
    desk.settle()
    assert cells(dialog, CHOICE) == ["Keep mine  ▾", "Take the file’s  ▾", "Keep mine  ▾"]
    dialog._menu.aboutToShow.emit()
    beside = next(each for each in dialog._menu.actions() if each.text().startswith("Add beside"))
    assert beside.text() == "Add beside mine (3)"
    dialog.choose([0], Choice.BESIDE)
    desk.settle()
    assert dialog._said.text() == (
        "Adds 1 tag and changes 1 tag. “a” gets no key: 1 gives another tag here."
    )
    dialog.ask_import()
    desk.settle()
    colours = {tag.name: tag.colour for tag in desk.library.tag_tree().tags}
    assert colours == {"a": "#222222", "a (2)": "#111111", "b": "#111111", "c": "#222222"}
    desk.run("edit.undo")
    assert {tag.colour for tag in desk.library.tag_tree().tags} == {"#222222"}


def test_into_a_locked_collection_nothing_is_imported_and_that_is_said(desk: Desk) -> None:
    desk.library.run(CreateTag("siege"))
    path = saved(desk)
    collection = desk.library.tag_tree().active_collection.id
    desk.library.run(LockCollection(collection, True))
    desk.settle()
    dialog = preview(desk, path)
    assert "is locked" in dialog._problem.text() and not dialog._import.isEnabled()
    into = dialog.findChildren(QComboBox)[0]
    into.setCurrentIndex(into.count() - 1)
    into.activated.emit(into.count() - 1)
    desk.settle()
    assert dialog._import.isEnabled()
    assert dialog._said.text().startswith(
        "Makes the collection “My tags (2)” and adds 1 tag. New tags go"
    )


def test_a_preview_that_is_late_is_made_again_and_nothing_is_imported(desk: Desk) -> None:
    desk.library.run(CreateTag("siege", colour="#111111"))
    path = saved(desk)
    desk.run("edit.undo")
    dialog = preview(desk, path)
    (line,) = dialog.plan.lines if dialog.plan else ()
    # Somebody else makes the tag between the look and the press.
    desk.session.tags_changed.disconnect()
    desk.library.run(CreateTag("siege", colour="#333333"))
    dialog.ask_import()
    desk.settle()
    assert line.chosen is Choice.ADD
    assert "since the preview" in dialog._problem.text()
    assert cells(dialog, KIND) == ["Conflicting"]
    assert len(desk.library.tag_tree().tags) == 1


def test_a_file_that_is_none_is_refused_with_a_sentence(desk: Desk) -> None:
    path = desk.home / "x.tagset.json"
    path.write_text("no")
    desk.open.joins.codebooks.verbs.look_at(path)
    desk.settle()
    assert len(desk.problems) == 1 and "cannot be read as a tag collection" in desk.problems[0]
    assert not desk.window.findChildren(ImportDialog)


def test_the_dialog_says_what_a_format_cannot_hold(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tuple(desk.library.search("").ids)
    desk.library.run(CreateTag("siege", documents=documents))
    desk.settle()
    desk.run("tags.export")
    dialog = desk.open.joins.codebooks.verbs._export
    assert dialog is not None
    assert dialog._codings.text() == (
        "Also what the tags are on: 3 documents and 0 highlights, by their words"
    )
    assert dialog._left_out.text() == "1 tag will be saved."
    dialog.findChildren(QRadioButton)[2].click()
    assert "The colours are left out" in dialog._left_out.text()
    assert "What the tags are on is not held by this format." in dialog._left_out.text()
    assert not dialog._codings.isEnabled()
    target = desk.home / "for taguette"
    offered: list[str] = []

    def name_of_a_file(_parent: object, _title: str, _at: str, forms: str) -> tuple[str, str]:
        offered.append(forms)
        return str(target), ""

    monkeypatch.setattr(
        "desktop_app.ui.codebooks.verbs.QFileDialog.getSaveFileName", name_of_a_file
    )
    dialog._save.click()
    desk.settle()
    assert offered == ["Taguette codebook (CSV) (*.csv)"]
    assert not dialog.isVisible() and not desk.problems
    found = read_codebook(target.with_name("for taguette.csv"))
    assert found.format is CodebookForm.TAGUETTE
    assert [tag.name for tag in found.codebooks[0].tags] == ["siege"]


def test_a_tag_collection_that_is_dropped_on_the_window_is_looked_at_first(desk: Desk) -> None:
    desk.library.run(CreateTag("siege"))
    path = saved(desk)
    before = len(desk.library.import_runs())
    desk.window.dropped.emit([path])
    desk.settle()
    (dialog,) = desk.window.findChildren(ImportDialog)
    assert cells(dialog, KIND) == ["Same"]
    assert len(desk.library.import_runs()) == before and not desk.problems
