"""A codebook the whole way through the window: made, used in every way, tidied, undone, taken along.

Nothing is called but what Qt itself would call; only the desktop's own file dialogs are answered.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.codebook import Codebook
from desktop_app.ui.codebooks.export_dialog import ExportDialog
from desktop_app.ui.codebooks.import_dialog import ImportDialog
from desktop_app.ui.dialogs.merge import MergeDialog
from desktop_app.ui.models.drag import tag_mime
from tests.end_to_end.person import CONTROL, SHIFT, Person
from tests.end_to_end.test_marking_path import make_tags, place, select

_Key = Qt.Key
Shown = TypeVar("Shown", bound=QDialog)
QUAY, DOCK, YARD = "How the quay was rebuilt", "A winter in the dock", "The yard is moved"
TEXTS = {
    QUAY: "The harbour board met behind closed doors.\n\nThe old quay was cut back to bedrock.",
    DOCK: "The dry dock stayed closed through the winter.\n\nThe harbour froze.",
    YARD: "The harbour board moved the yard.\n\nNobody in the town had been asked.",
}


def write_files(home: Path) -> Path:
    folder = home / "saved"
    folder.mkdir(parents=True)
    for title, said in TEXTS.items():
        (folder / f"{title}.txt").write_text(f"{title}\n\n{said}\n", "utf-8")
    return folder


def codebook(person: Person) -> Codebook:
    """The collection in use with all that it is on, as a file would hold it."""
    library = person.library
    return library.codebook(library.tag_tree().active_collection.id, codings=True)


def tags_on(person: Person, title: str) -> set[str]:
    tags = person.of(title).tags
    tree = person.library.tag_tree(counted=False)
    return {tree.path(tag) for tag in tags}


def marks_on(person: Person, title: str) -> dict[str, set[str]]:
    """The marked passages of a document, and the tags of each."""
    marks = person.library.marks.of(person.of(title).id)
    tree = person.library.tag_tree(counted=False)
    return {each.anchor.quote: {tree.path(tag) for tag in each.tags} for each in marks}


def call(person: Person, action: str) -> None:
    """Take an action from its menu."""
    person.window.actions_table[action].trigger()


def button(widget: QWidget, text: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text)


def type_tag(person: Person, name: str, *, new: bool = False) -> None:
    """Type a name into the card that T opened, and press Enter, or Ctrl+Enter for a new tag."""
    card = person.window.picker
    person.until(lambda: card.is_open and card.field.hasFocus())
    person.write(name)
    person.press(_Key.Key_Return, CONTROL if new else None)
    person.until(lambda: not card.field.text())


def opened(person: Person, kind: type[Shown]) -> Shown:
    """The dialog of a kind that is open."""
    found: list[Shown] = []

    def seen() -> bool:
        found[:] = [each for each in person.window.findChildren(kind) if each.isVisible()]
        return bool(found)

    person.until(seen)
    return found[0]


def test_a_codebook_is_built_used_tidied_and_taken_to_another_library(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = Person(tmp_path / "one", qtbot)
    person.drop_folder(write_files(tmp_path))
    person.until(lambda: set(person.titles()) == set(TEXTS))
    make_tags(person, "siege", "claim", "seige")

    # T: one that is there by Enter, a new one with the one above it by Ctrl+Enter, Backspace.
    person.click(QUAY)
    person.list.setFocus()
    person.press(_Key.Key_T)
    type_tag(person, "cla")
    person.until(lambda: tags_on(person, QUAY) == {"claim"})
    type_tag(person, "place/Halmar", new=True)
    person.until(lambda: tags_on(person, QUAY) == {"claim", "place/Halmar"})
    type_tag(person, "sieg")
    person.until(lambda: len(tags_on(person, QUAY)) == 3)
    person.press(_Key.Key_Backspace)
    person.until(lambda: tags_on(person, QUAY) == {"claim", "place/Halmar"})
    person.press(_Key.Key_Escape)

    # A drop on a tag, a digit in the list, R on the next document, all that is found.
    person.until(lambda: set(person.tags()) == {"siege", "claim", "seige", "place", "place/Halmar"})
    person.until(lambda: person.open.session.undo_name == person.library.undo_name())
    person.drag_to_tag(DOCK, "siege")
    person.until(lambda: tags_on(person, DOCK) == {"siege"})
    person.click(YARD)
    person.list.setFocus()
    person.press(_Key.Key_3)
    person.until(lambda: tags_on(person, YARD) == {"seige"})
    person.click(DOCK)
    person.list.setFocus()
    person.press(_Key.Key_R)
    person.until(lambda: tags_on(person, DOCK) == {"siege", "seige"})
    person.search("harbour", set(TEXTS))
    call(person, "tags.all")
    type_tag(person, "harbour", new=True)
    person.until(lambda: all("harbour" in tags_on(person, title) for title in TEXTS))
    person.press(_Key.Key_Escape)

    # In the text: a digit, the sticky tag, a tag dropped on a paragraph.
    person.click(QUAY)
    select(person, "closed doors")
    person.press(_Key.Key_2)
    person.until(lambda: marks_on(person, QUAY) == {"closed doors": {"claim"}})
    person.press(_Key.Key_Escape)
    person.press(_Key.Key_3, SHIFT)
    select(person, "bedrock")
    person.until(lambda: marks_on(person, QUAY).get("bedrock") == {"seige"})
    person.press(_Key.Key_Escape)
    person.press(_Key.Key_Escape)
    person.click(YARD)
    halmar = person.library.tag_tree().find("place/Halmar")
    assert halmar is not None
    view = person.reader.view
    person.drop(view.viewport(), place(person, "Nobody"), tag_mime(halmar.id))
    whole = "Nobody in the town had been asked."
    person.until(lambda: marks_on(person, YARD) == {whole: {"place/Halmar"}})

    # The one that was spelled wrongly goes up in the other, is taken back, and goes up again.
    before = codebook(person)
    merge(person, "seige", "siege")
    person.until(lambda: "seige" not in person.tags())
    assert tags_on(person, YARD) == {"siege", "harbour"}
    assert marks_on(person, QUAY)["bedrock"] == {"siege"}
    merged = codebook(person)
    assert [alias.name for tag in merged.tags for alias in tag.aliases] == ["seige"]
    person.undo()
    person.until(lambda: codebook(person) == before)
    person.until(lambda: person.open.session.redo_name == person.library.redo_name())
    person.press(_Key.Key_Z, CONTROL | SHIFT)
    person.until(lambda: codebook(person) == merged)

    # Out, and into a library that holds the same texts and no tags.
    file = tmp_path / "mine.tagset.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    call(person, "tags.export")
    export = opened(person, ExportDialog)
    save = button(export, "Save…")
    person.until(save.isEnabled)
    (uses,) = export.findChildren(QCheckBox)
    uses.setChecked(True)
    person.click_at(save)
    person.until(file.exists)
    person.until(lambda: not export.isVisible())
    come_back(person)
    person.leave()

    other = Person(tmp_path / "two", qtbot)
    other.drop_folder(tmp_path / "saved")
    other.until(lambda: set(other.titles()) == set(TEXTS))
    empty = codebook(other)
    call(other, "tags.import")
    preview = opened(other, ImportDialog)
    bring = button(preview, "Import")
    other.until(bring.isEnabled)
    assert preview.codings.isChecked()  # what the tags are on comes along where it fits
    other.click_at(bring)
    other.until(lambda: set(other.tags()) == {"siege", "claim", "place", "place/Halmar", "harbour"})
    brought = codebook(other)
    assert brought.tags == merged.tags
    assert alike(brought) == alike(merged)
    assert {title: tags_on(other, title) for title in TEXTS} == {
        QUAY: {"claim", "place/Halmar", "harbour"},
        DOCK: {"siege", "harbour"},
        YARD: {"siege", "harbour"},
    }
    come_back(other)
    other.undo()
    other.until(lambda: codebook(other) == empty)
    other.leave()


def alike(book: Codebook) -> set[object]:
    """What the tags are on, whatever order it stands in and whatever the files were called."""
    return {replace(each, file_name="") for each in book.codings}


def come_back(person: Person) -> None:
    """Be at the window again when a dialog has closed, as a desktop sees to it."""
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    person.list.setFocus()


def merge(person: Person, loser: str, winner: str) -> None:
    """Choose a tag in the sidebar, and merge it by the menu's dialog."""
    tree = person.tree
    model = tree.model()
    index = next(
        model.index(n, 0)
        for n in range(model.rowCount())
        if model.index(n, 0).data(Qt.ItemDataRole.EditRole) == loser
    )
    tree.setFocus()
    tree.setCurrentIndex(index)
    call(person, "tags.merge")
    dialog = opened(person, MergeDialog)
    dialog._field.setFocus()
    field = dialog._field
    field.setText(winner)
    person.until(lambda: "in common" in dialog._said.text() or bool(dialog._counted))
    person.click_at(button(dialog, "Merge"))
    come_back(person)
