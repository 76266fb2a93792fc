"""The dialogs: keys, backups, collections, welcome, about; and the line that says what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTreeWidget,
    QWidget,
)

from desktop_app.core.errors import Problem
from desktop_app.core.model import Tag, TagCollection
from desktop_app.library.tags.collection_commands import (
    ArchiveCollection,
    CollectionEdit,
    CreateCollection,
    DeleteCollection,
    DuplicateCollection,
    EditCollection,
    LockCollection,
    ShowCollection,
    UseCollection,
)
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.dialogs.about import AboutDialog
from desktop_app.ui.dialogs.backups import BackupsDialog, size_in_words
from desktop_app.ui.dialogs.collections import CollectionsDialog
from desktop_app.ui.dialogs.duplicate import DuplicateDialog
from desktop_app.ui.dialogs.keys import KeysDialog
from desktop_app.ui.dialogs.welcome import WelcomeDialog
from desktop_app.ui.panes.problem_bar import ProblemBar


def button(dialog: QWidget, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().startswith(text))


@pytest.mark.parametrize(
    "kind", [AboutDialog, BackupsDialog, CollectionsDialog, KeysDialog, WelcomeDialog]
)
def test_no_dialog_holds_the_window_up_and_escape_closes_each(kind: type[QDialog], qtbot) -> None:
    dialog = kind()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert not dialog.isModal()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# Keys.


@pytest.fixture
def keys(qtbot) -> KeysDialog:
    dialog = KeysDialog()
    qtbot.addWidget(dialog)
    entries = []
    for group, ident, text, key in (
        ("File", "file.import", "Import files…", "Ctrl+O"),
        ("Document", "document.star", "&Star", "S"),
        ("Document", "document.tag", "Tag…", "T"),
    ):
        action = QAction(text, dialog)
        action.setObjectName(ident)
        action.setShortcut(QKeySequence(key))
        entries.append((group, action))
    dialog.set_actions(entries)
    dialog.entries = entries
    return dialog


def shown(dialog: KeysDialog) -> list[str]:
    tree = dialog.findChild(QTreeWidget)
    return [
        group.child(row).text(0)
        for place in range(tree.topLevelItemCount())
        if not (group := tree.topLevelItem(place)).isHidden()
        for row in range(group.childCount())
        if not group.child(row).isHidden()
    ]


def choose(dialog: KeysDialog, text: str) -> None:
    tree = dialog.findChild(QTreeWidget)
    flags = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    (item,) = tree.findItems(text, flags, 0)
    tree.setCurrentItem(item)


def test_the_keys_stand_by_groups_and_can_be_filtered(keys: KeysDialog, qtbot) -> None:
    assert shown(keys) == ["Import files…", "Star", "Tag…"]
    field = keys.findChild(QLineEdit)
    qtbot.keyClicks(field, "ctrl+o")
    assert shown(keys) == ["Import files…"]
    field.setText("document st")
    assert shown(keys) == ["Star"]


def test_an_action_gets_another_key(keys: KeysDialog, qtbot) -> None:
    choose(keys, "Star")
    keys.findChild(QKeySequenceEdit).setKeySequence(QKeySequence("Ctrl+Shift+S"))
    keys._weigh()
    with qtbot.waitSignal(keys.key_changed) as changed:
        button(keys, "Set").click()
    assert changed.args == ["document.star", "Ctrl+Shift+S"]
    with qtbot.waitSignal(keys.key_changed) as changed:
        button(keys, "No key").click()
    assert changed.args == ["document.star", ""]


def test_a_key_that_is_taken_is_said_and_not_set(keys: KeysDialog) -> None:
    choose(keys, "Star")
    keys.findChild(QKeySequenceEdit).setKeySequence(QKeySequence("T"))
    keys._weigh()
    assert not button(keys, "Set").isEnabled()
    assert "belongs to “Tag…”" in keys._problem.text()


def test_new_keys_keep_the_chosen_action(keys: KeysDialog) -> None:
    choose(keys, "Star")
    keys.entries[1][1].setShortcut(QKeySequence("X"))
    keys.set_actions(keys.entries)
    item = keys.findChild(QTreeWidget).currentItem()
    assert (item.text(0), item.text(1)) == ("Star", "X")


# Backups.


@dataclass(frozen=True)
class ABackup:
    path: Path
    made_at: datetime
    size_bytes: int


@dataclass(frozen=True)
class AFinding:
    what: str
    hint: str
    repairable: bool


@pytest.fixture
def backups(qtbot) -> BackupsDialog:
    dialog = BackupsDialog()
    qtbot.addWidget(dialog)
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    dialog.set_backups([ABackup(Path("/b/one.db"), when, 12_400_000)])
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def test_a_backup_is_asked_for(backups: BackupsDialog, qtbot) -> None:
    with qtbot.waitSignal(backups.backup_asked) as asked:
        button(backups, "Back up now").click()
    assert asked.args == [None]


def test_the_chosen_backup_is_restored(backups: BackupsDialog, qtbot) -> None:
    backups.show_page("restore")
    assert not button(backups, "Restore the").isEnabled()
    backups._list.setCurrentRow(0)
    with qtbot.waitSignal(backups.restore_asked) as asked:
        button(backups, "Restore the").click()
    assert asked.args == [Path("/b/one.db")]


def test_what_verifying_found_can_be_repaired_where_it_can(backups: BackupsDialog, qtbot) -> None:
    backups.show_page("verify")
    with qtbot.waitSignal(backups.verify_asked) as asked:
        button(backups, "Verify").click()
    assert asked.args == [False]
    backups.set_findings([AFinding("An original is missing.", "Restore a backup.", False)])
    assert not button(backups, "Repair").isVisible()
    assert "1 thing was found" in backups._said.text()
    backups.set_findings([AFinding("A count is wrong.", "", True)])
    with qtbot.waitSignal(backups.verify_asked) as asked:
        button(backups, "Repair").click()
    assert asked.args == [True]
    backups.set_findings([])
    assert backups._said.text() == "All is well: nothing was found."


def test_nothing_else_begins_while_something_runs(backups: BackupsDialog) -> None:
    backups.set_busy("Backing up")
    assert not button(backups, "Back up now").isEnabled()
    backups.set_busy("")
    backups.show_problem(Problem("The disk is full.", "Nothing is lost."))
    assert button(backups, "Back up now").isEnabled()
    assert backups._said.text() == "The disk is full. Nothing is lost."


def test_sizes_are_said_roughly() -> None:
    assert [size_in_words(n) for n in (9, 12_345, 12_345_678, 2_500_000_000)] == [
        "9 bytes",
        "12 KB",
        "12 MB",
        "2.5 GB",
    ]


# Collections.

TREE = TagTree(
    (TagCollection(1, "a", "Field notes", True), TagCollection(2, "b", "Thesis", False)),
    (Tag(1, "1", 1, None, "place", "#4580b5"),),
)


@pytest.fixture
def collections(qtbot) -> CollectionsDialog:
    dialog = CollectionsDialog()
    qtbot.addWidget(dialog)
    dialog.set_tags(TREE)
    dialog.asked = []
    dialog.command.connect(dialog.asked.append)
    return dialog


def new_name(dialog: CollectionsDialog) -> QLineEdit:
    return next(f for f in dialog.findChildren(QLineEdit) if "new" in f.accessibleName())


def test_collections_are_made_renamed_used_and_deleted(
    collections: CollectionsDialog, qtbot
) -> None:
    rows, field = collections.findChild(QListWidget), new_name(collections)
    assert rows.item(0).text() == "Field notes   1 tag · in use"
    qtbot.keyClicks(field, "Actors")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    rows.setCurrentRow(1)
    collections.form.lines["name"].setText("Thesis ch. 3")
    button(collections, "Save").click()
    button(collections, "Use for new tags").click()
    button(collections, "Delete").click()
    assert collections.asked == [
        CreateCollection("Actors"),
        EditCollection(2, CollectionEdit(name="Thesis ch. 3")),
        UseCollection(2),
        DeleteCollection(2),
    ]


def test_a_collection_is_described_in_one_step(collections: CollectionsDialog, qtbot) -> None:
    form = collections.form
    assert not button(collections, "Save").isEnabled()
    form.lines["author"].setText("Dr A. Mentor")
    form.description.setPlainText("As handed out.")
    form.scheme.setCurrentIndex(form.scheme.findData("cool"))
    button(collections, "Save").click()
    edit = CollectionEdit(description="As handed out.", author="Dr A. Mentor", scheme="cool")
    assert collections.asked == [EditCollection(1, edit)]


def test_what_is_typed_of_a_collection_is_saved_when_another_is_chosen(
    collections: CollectionsDialog,
) -> None:
    collections.form.lines["version"].setText("2")
    collections.choose(2)
    assert collections.asked == [EditCollection(1, CollectionEdit(version="2"))]
    assert collections.form.lines["name"].text() == "Thesis"


def test_a_collection_whose_name_cannot_be_stays_chosen(collections: CollectionsDialog) -> None:
    collections.form.lines["name"].setText("thesis")
    collections.choose(2)
    assert collections.asked == []
    assert collections.form.lines["name"].text() == "thesis"
    assert "already" in collections.form.lines["name"].accessibleDescription()


def test_what_is_typed_outlives_a_refresh_and_the_rest_follows_it(
    collections: CollectionsDialog,
) -> None:
    collections.form.lines["author"].setText("somebody")
    renamed = (replace(TREE.collections[0], name="Notes", licence="CC0"), TREE.collections[1])
    collections.set_tags(TagTree(renamed, TREE.tags))
    lines = collections.form.lines
    assert (lines["author"].text(), lines["name"].text()) == ("somebody", "Notes")
    assert lines["licence"].text() == "CC0"


def test_a_collection_is_hidden_locked_and_archived_by_ticking(
    collections: CollectionsDialog,
) -> None:
    collections.choose(2)
    for box in (collections.form.shown, collections.form.locked, collections.form.archived):
        box.click()
    assert collections.asked == [
        ShowCollection(2, False),
        LockCollection(2, True),
        ArchiveCollection(2, True),
    ]


def test_of_a_locked_collection_only_the_lock_can_be_changed(
    collections: CollectionsDialog,
) -> None:
    locked = (TREE.collections[0], replace(TREE.collections[1], locked=True))
    collections.set_tags(TagTree(locked, TREE.tags))
    collections.choose(2)
    form = collections.form
    assert form.lines["name"].isReadOnly()
    assert not form.archived.isEnabled()
    assert not button(collections, "Delete").isEnabled()
    form.locked.click()
    assert collections.asked == [LockCollection(2, False)]


def test_a_copy_of_a_collection_gets_a_name_and_its_taggings_where_wanted(
    collections: CollectionsDialog, qtbot
) -> None:
    collections.choose(2)
    button(collections, "Duplicate…").click()
    dialog = collections.findChild(DuplicateDialog)
    assert dialog.findChild(QLineEdit).text() == "Thesis 2"
    dialog.findChild(QCheckBox).click()
    dialog.duplicate()
    assert collections.asked == [DuplicateCollection(2, "Thesis 2", True)]


def test_a_name_that_is_taken_is_said_beside_it(collections: CollectionsDialog, qtbot) -> None:
    field = new_name(collections)
    qtbot.keyClicks(field, "thesis")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert collections.asked == []
    assert "already" in field.accessibleDescription()


def test_the_last_collection_cannot_be_deleted(collections: CollectionsDialog) -> None:
    collections.set_tags(TagTree(TREE.collections[:1], ()))
    assert not button(collections, "Delete").isEnabled()


# Welcome, about, the line above the panes.


def test_closing_the_welcome_starts_empty_once(qtbot) -> None:
    dialog = WelcomeDialog()
    qtbot.addWidget(dialog)
    chosen: list[str] = []
    dialog.empty_chosen.connect(lambda: chosen.append("empty"))
    dialog.starter_chosen.connect(lambda: chosen.append("starter"))
    dialog.show()
    button(dialog, "Start empty").click()
    dialog.reject()
    assert chosen == ["empty"]


def test_the_starter_library_is_chosen_by_enter(qtbot) -> None:
    dialog = WelcomeDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    with qtbot.waitSignal(dialog.starter_chosen), qtbot.assertNotEmitted(dialog.empty_chosen):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        dialog.set_busy("Making the starter library…")
        assert not button(dialog, "Start empty").isEnabled()
        dialog.close()


def test_what_stands_in_about_can_be_copied(qtbot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.set_facts([("Version", "1.0"), ("Library", "/here")])
    button(dialog, "Copy").click()
    assert QGuiApplication.clipboard().text() == "Version: 1.0\nLibrary: /here"


def test_the_line_says_what_went_wrong_until_it_is_closed(qtbot) -> None:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.show_problem(Problem("The disk is full.", "Nothing is lost."))
    assert bar.text == "The disk is full. Nothing is lost."
    assert bar.accessibleDescription() == bar.text
    bar.show_message("3 documents moved to the trash.", "Undo", "undo")
    with qtbot.waitSignal(bar.action_clicked) as clicked:
        button(bar, "Undo").click()
    assert clicked.args == ["undo"]
    assert bar.text == ""
