"""The Tags menu in a window on a real library: editing, merging, moving, archiving, the trash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.model import LinkKind, Tag
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_looks import Pattern
from desktop_app.library.commands import AddTag, Command
from desktop_app.library.tags.collection_commands import CreateCollection, LockCollection
from desktop_app.library.tags.commands import CreateTag, RecolourTag, RenameTag
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.ui.dialogs.merge import MergeDialog
from desktop_app.ui.dialogs.tag_bin import TagBinDialog
from desktop_app.ui.dialogs.tag_editor import TagEditor
from desktop_app.ui.panes.link_list import LinkList
from tests.ui.window_for_tests import Desk, make_library

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (grabbing the keyboard|propagateSizeHints|raise)"
)


T = TypeVar("T", bound=QDialog)


class TagDesk(Desk):
    """A window with a few tags, and what the tests do with them."""

    def do(self, *commands: Command) -> None:
        for command in commands:
            self.session.do(command)
            self.settle()

    def tag(self, path: str) -> Tag:
        found = self.library.tag_tree().find(path)
        assert found is not None, path
        return found

    def at(self, path: str) -> None:
        """Put the sidebar's keys at a tag."""
        tree = self.window.sidebar.tags.tree
        tree.setFocus()
        tree.setCurrentIndex(self.window.sidebar.tags.model.index_of(self.tag(path).id))

    def dialog(self, kind: type[T]) -> T:
        (found,) = [each for each in self.window.findChildren(kind) if each.isVisible()]
        return found

    def choose(self, typed: str) -> None:
        """Type into the card that asks, and press Enter."""
        chooser = self.open.joins.tags.verbs.chooser
        assert chooser.is_open
        chooser.field.setText(typed)
        chooser.field.textEdited.emit(typed)
        press(chooser.field, Qt.Key.Key_Return)
        self.settle()


def press(widget: object, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[TagDesk]:
    """A window that the tests share: each takes back what it did."""
    home = tmp_path_factory.mktemp("tags")
    make_library(home)
    made = TagDesk(home)
    made.do(CreateTag("siege"), CreateTag("seige"), CreateTag("place/Syria"))
    made.library.forget_history()
    yield made
    made.close()


@pytest.fixture
def desk(shared: TagDesk) -> Iterator[TagDesk]:
    shared.window.activateWindow()
    yield shared
    for dialog in shared.window.findChildren(QDialog):
        dialog.close()
    shared.session.settings.change(archived_tags=False, tag_highlights=False)
    while shared.library.undo() is not None:
        pass
    shared.settle()


def undo(desk: TagDesk) -> None:
    desk.session.undo()
    desk.settle()


def test_all_that_is_said_of_a_tag_is_changed_and_taken_back_in_one_step(desk: TagDesk) -> None:
    before = desk.tag("siege")
    desk.at("siege")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    editor.look.name.setText("sieges")
    editor.look.patterns.show_pattern(Pattern.DOTS)
    editor.look.letters.setText("Si")
    editor.look.key.setCurrentIndex(7)
    editor.meaning.fields["definition"].setPlainText("A town that is shut in.")
    editor.aliases.set_aliases([Alias("blockade"), Alias("SG", AliasKind.ABBREVIATION)])
    links = editor.findChild(LinkList)
    links._ask()
    links._chooser.field.setText("syr")
    links._chooser.field.textEdited.emit("syr")
    press(links._chooser.field, Qt.Key.Key_Return)
    assert "sieges" in editor.preview.accessibleDescription()
    editor.save()
    desk.settle()
    after = desk.tag("sieges")
    assert (after.pattern, after.letters, after.key) == (Pattern.DOTS, "Si", 7)
    assert after.definition == "A town that is shut in."
    assert after.aliases == (Alias("blockade"), Alias("SG", AliasKind.ABBREVIATION))
    (link,) = desk.library.tag_tree().links[after.id]
    assert (link.kind, {link.one, link.other}) == (
        LinkKind.RELATED,
        {after.id, desk.tag("place/Syria").id},
    )
    assert desk.session.undo_name == "Change the tag “siege”"
    undo(desk)
    assert desk.tag("siege") == before
    assert not desk.library.tag_tree().links


def test_what_is_typed_in_the_editor_outlives_a_change_elsewhere(desk: TagDesk) -> None:
    desk.at("siege")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    editor.look.letters.setText("Si")
    tag = desk.tag("siege").id
    desk.do(RenameTag(tag, "siege of a town"), RecolourTag(tag, "#2f8f8b"))
    assert editor.look.letters.text() == "Si"
    assert editor.look.name.text() == "siege of a town"
    editor.save()
    desk.settle()
    after = desk.tag("siege of a town")
    assert (after.letters, after.colour) == ("Si", "#2f8f8b")


def test_the_editor_says_that_a_name_is_taken_and_leads_to_the_merge(desk: TagDesk) -> None:
    desk.at("seige")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    editor.look.name.setText("Siege")
    assert "already" in editor.look.name.accessibleDescription()
    button = next(b for b in editor.findChildren(QPushButton) if b.text() == "Merge the two…")
    button.click()
    desk.settle()
    merge = desk.dialog(MergeDialog)
    assert "“seige”" in merge.windowTitle()
    assert merge._winner() == desk.tag("siege")
    assert merge._taken.isVisible()
    assert merge._taken.text() == "There is a tag “siege” already. Merge the two?"


def test_the_editor_of_a_tag_in_a_locked_collection_only_shows(desk: TagDesk) -> None:
    desk.do(LockCollection(desk.library.tag_tree().active_collection.id))
    desk.at("siege")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    assert editor.look.name.isReadOnly()
    assert editor._locked.isVisibleTo(editor)
    editor.save()
    assert editor.isVisible()


def test_the_editor_says_once_that_what_was_changed_is_not_saved(desk: TagDesk) -> None:
    desk.at("siege")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    editor.meaning.fields["examples"].setPlainText("The town was shut in.")
    editor.reject()
    assert editor.isVisible()
    assert "not saved" in editor._left.text()
    assert editor._left.isVisible()
    editor.reject()
    assert not editor.isVisible()
    assert desk.tag("siege").examples == ""


def test_the_editor_of_a_tag_that_is_deleted_keeps_what_was_written(desk: TagDesk) -> None:
    tag = desk.tag("siege")
    desk.at("siege")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    examples = editor.meaning.fields["examples"]
    examples.setPlainText("The town was shut in.")
    desk.do(DeleteTag(tag.id))
    assert editor.isVisible() and not editor._save.isEnabled()
    assert "no longer there" in editor._locked.text()
    assert examples.toPlainText() == "The town was shut in." and examples.isReadOnly()
    assert examples.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    # Brought back, it can be saved after all.
    undo(desk)
    assert editor._save.isEnabled() and not examples.isReadOnly()
    editor.save()
    desk.settle()
    assert desk.tag("siege").examples == "The town was shut in."


def test_the_editor_of_a_tag_that_is_deleted_closes_where_nothing_was_written(
    desk: TagDesk,
) -> None:
    desk.at("siege")
    desk.run("tags.edit")
    assert desk.dialog(TagEditor)
    desk.do(DeleteTag(desk.tag("siege").id))
    assert not any(each.isVisible() for each in desk.window.findChildren(TagEditor))


def test_the_editor_says_what_a_language_is_before_it_saves(desk: TagDesk) -> None:
    desk.at("siege")
    desk.run("tags.edit")
    editor = desk.dialog(TagEditor)
    editor.aliases.set_aliases([Alias("gemaro", AliasKind.LANGUAGE, "ckb")])
    language = editor.aliases._rows[0].language
    language.setText("Kurdish (Sorani)")
    assert not editor._save.isEnabled()
    assert "“gemaro”" in editor._wrong.text()
    language.setText("ckb")
    editor.save()
    desk.settle()
    assert desk.tag("siege").aliases == (Alias("gemaro", AliasKind.LANGUAGE, "ckb"),)


def test_a_tag_that_is_not_in_the_sidebar_is_renamed_in_its_editor(desk: TagDesk) -> None:
    tag = desk.tag("siege").id
    desk.at("siege")
    desk.run("tags.archive")
    desk.open.joins.tags.verbs.rename(tag)
    assert desk.dialog(TagEditor).look.name.text() == "siege"


def test_a_merge_is_counted_before_it_is_done(desk: TagDesk, qtbot: QtBot) -> None:
    documents = desk.list.view.documents().ids
    desk.do(
        AddTag(desk.tag("seige").id, tuple(documents[:2])),
        AddTag(desk.tag("siege").id, tuple(documents[1:])),
    )
    desk.at("seige")
    desk.run("tags.merge")
    merge = desk.dialog(MergeDialog)
    assert not merge._taken.isVisible()
    merge._field.setText("sieg")
    qtbot.waitUntil(lambda: "in common" in merge._said.text())
    assert "Documents: 2 + 2, 1 in common: 3" in merge._said.text()
    assert "“siege” will also be called “seige”" in merge._said.text()
    merge.merge()
    desk.settle()
    assert desk.library.tag_tree().own[desk.tag("siege").id] == 3
    assert desk.session.undo_name.startswith("Merge “seige” into “siege”")
    undo(desk)
    assert desk.library.tag_tree().own[desk.tag("seige").id] == 2


def test_a_merge_turns_round(desk: TagDesk) -> None:
    desk.open.joins.tags.verbs.merge(desk.tag("seige").id, desk.tag("siege").id)
    merge = desk.dialog(MergeDialog)
    merge.turn()
    assert "“siege”" in merge.windowTitle()
    merge.merge()
    desk.settle()
    assert desk.tag("seige").also_called == ("siege",)


def test_a_tag_is_moved_below_another_and_into_another_collection(desk: TagDesk) -> None:
    desk.at("siege")
    desk.run("tags.move")
    desk.choose("syr")
    assert desk.tag("place/Syria/siege")
    first = desk.library.tag_tree().active_collection
    desk.do(CreateCollection("Thesis"))
    desk.window.sidebar.tags.tree.setFocus()
    desk.at("seige")
    desk.run("tags.move")
    desk.choose("thes")
    tree = desk.library.tag_tree()
    moved = tree.find("Thesis::seige")
    assert moved is not None
    assert moved.collection != first.id


def test_an_archived_tag_goes_from_the_sidebar_and_is_shown_on_request(desk: TagDesk) -> None:
    model = desk.window.sidebar.tags.model
    desk.at("siege")
    desk.run("tags.archive")
    assert desk.tag("siege").archived
    assert not model.index_of(desk.tag("siege").id).isValid()
    desk.actions["tags.archived"].trigger()
    desk.settle()
    assert model.index_of(desk.tag("siege").id).isValid()
    assert desk.session.settings.now.archived_tags


def test_a_deleted_tag_is_brought_back_from_the_trash_of_tags(desk: TagDesk) -> None:
    documents = desk.list.view.documents().ids
    desk.do(AddTag(desk.tag("siege").id, tuple(documents)))
    desk.at("siege")
    desk.run("tags.delete")
    assert desk.library.tag_tree().find("siege") is None
    desk.run("tags.bin")
    dialog = desk.dialog(TagBinDialog)
    assert [row.name for row in dialog._table.rows] == ["siege"]
    assert dialog._table.rows[0].documents == len(documents)
    dialog._view.selectRow(0)
    dialog.restore()
    desk.settle()
    assert desk.library.tag_tree().own[desk.tag("siege").id] == len(documents)
    assert dialog._table.rows == ()
    undo(desk)
    assert [row.name for row in dialog._table.rows] == ["siege"]
    dialog.forget_all()
    desk.settle()
    assert dialog._table.rows == ()
    undo(desk)
    assert [row.name for row in dialog._table.rows] == ["siege"], "that too is undone"


def test_another_collection_is_put_in_use_by_typing(desk: TagDesk) -> None:
    desk.do(CreateCollection("Thesis"))
    desk.run("tags.switch")
    desk.choose("")
    assert desk.library.tag_tree().active_collection.name != "Thesis", "Enter goes to the other"
    desk.run("tags.switch")
    desk.choose("thes")
    assert desk.library.tag_tree().active_collection.name == "Thesis"
    heading = desk.window.sidebar.tags.heading
    assert heading.menu().actions()[1].isChecked()


def test_a_verb_asks_which_tag_is_meant_where_the_keys_are_at_none(desk: TagDesk) -> None:
    desk.window.sidebar.choose("")
    desk.list.focus()
    desk.run("tags.archive")
    desk.choose("seig")
    assert desk.tag("seige").archived


def test_highlights_are_counted_in_the_sidebar_when_that_is_asked_for(desk: TagDesk) -> None:
    desk.actions["tags.highlights"].trigger()
    desk.settle()
    assert desk.window.sidebar.tags.model.shown.highlights
    assert desk.session.settings.now.tag_highlights
    QApplication.processEvents()
