"""Notes are written beside their passages, and nothing that was typed is lost."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import Problem
from desktop_app.core.highlights import LONGEST_NOTE, Highlight
from desktop_app.library.highlight_commands import (
    AddHighlight,
    DeleteHighlights,
    SetDocumentNote,
    SetNote,
)
from desktop_app.library.library import Library
from desktop_app.library.steps import Taking
from desktop_app.ui.notes import drafts as note_drafts
from desktop_app.ui.notes import writing as draft_writing
from desktop_app.ui.notes.drafts import Draft, recovered
from desktop_app.ui.reader.note_subject import NoteSubject
from desktop_app.ui.tasks import Lane
from tests.ui.window_for_tests import Desk, make_library


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_library(tmp_path)
    return tmp_path


@pytest.fixture
def desk(home: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(home)
    made.window.showNormal()
    made.window.resize(1366, 768)
    yield made
    made.close()


def opened(desk: Desk) -> int:
    """The document of the tests, with the keys on its page."""
    document = desk.choose("How the quay")
    desk.window.activateWindow()
    desk.window.reader.focus_text()
    desk.settle()
    return document


def mark(desk: Desk, document: int, words: str, note: str = "") -> Highlight:
    """Mark words, and choose the highlight."""
    text = desk.library.text(document)
    start = text.canonical.index(words)
    desk.session.do(AddHighlight(document, text.version, start, start + len(words), note=note))
    desk.settle()
    (made,) = desk.library.marks.of(document)
    desk.window.reader.go_to_highlight(made.id)
    desk.settle()
    return made


def press(where: QWidget, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(where, key, held or Qt.KeyboardModifier.NoModifier)


def field(desk: Desk) -> QWidget:
    return desk.open.joins.notes.writing.editor.field


def note_of(desk: Desk, document: int) -> str:
    (made,) = desk.library.marks.of(document)
    return made.note


def save(desk: Desk) -> None:
    press(field(desk), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def test_n_opens_the_note_with_the_keys_in_it_and_ctrl_enter_saves(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    desk.settle()
    assert field(desk).hasFocus()
    assert field(desk).accessibleName() == "Note on the passage “dry dock”"
    QTest.keyClicks(field(desk), "Ask the pilots 123")  # letters and digits are the field's now
    save(desk)
    assert note_of(desk, document) == "Ask the pilots 123"
    assert desk.window.reader.view.hasFocus()
    assert not field(desk).isVisible()
    assert desk.session.undo_name == "Note on “dry dock”"
    shown = desk.open.joins.notes.margin
    noted = [c.noted for c in shown.cards] + [n for m in shown.marks for n in m.noted]
    assert [each.note for each in noted if each] == ["Ask the pilots 123"]
    desk.run("edit.undo")
    assert note_of(desk, document) == ""


def test_n_on_a_fresh_selection_marks_it_and_takes_what_is_typed_at_once(desk: Desk) -> None:
    document = opened(desk)
    view = desk.window.reader.view
    assert view.text is not None
    start = view.text.canonical.index("old quay")
    view.select(start, start + 8)
    press(view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Typed at once")  # before anything has come back
    save(desk)
    assert note_of(desk, document) == "Typed at once"


def test_escape_leaves_the_note_as_it_was_and_offers_what_was_typed(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock", "As it was.")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), " More.")
    press(field(desk), Qt.Key.Key_Escape)
    desk.settle()
    assert note_of(desk, document) == "As it was."
    assert not (desk.session.folder / "drafts.json").exists()
    editor = desk.open.joins.notes.writing.editor
    for _ in range(2):  # it is offered for as long as nothing else was saved
        press(desk.window.reader.view, Qt.Key.Key_N)
        assert editor.text == "As it was."
        assert editor._back.isVisible()
        press(field(desk), Qt.Key.Key_Escape)
    press(desk.window.reader.view, Qt.Key.Key_N)
    editor._back.click()
    assert editor.text == "As it was. More."
    save(desk)
    assert note_of(desk, document) == "As it was. More."


def test_a_key_brings_back_what_was_typed_and_the_line_below_says_which(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock", "As it was.")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), " More.")
    press(field(desk), Qt.Key.Key_Escape)
    desk.settle()
    press(desk.window.reader.view, Qt.Key.Key_N)
    editor = desk.open.joins.notes.writing.editor
    assert field(desk).accessibleDescription() == "Ctrl+B brings back what you typed before."
    assert "Ctrl+B brings it back" in editor._said.text()
    for width in (124, 160):  # the margin of a window of 1366 pixels, and a wider one
        assert editor._back.sizeHint().width() <= width - 12
        longest = max(editor._said.text().split(), key=len)
        assert QFontMetrics(editor._said.font()).horizontalAdvance(longest) <= width - 14
    QTest.keyClicks(field(desk), " Not this.")  # its undo brings this back in turn
    press(field(desk), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == "As it was. More."
    assert field(desk).hasFocus()
    assert not editor._back.isVisible()
    assert field(desk).accessibleDescription() == ""
    assert "Ctrl+B" not in editor._said.text()
    press(field(desk), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text == "As it was. Not this."
    press(field(desk), Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)  # nothing is offered now
    assert editor.text == "As it was. Not this."
    press(field(desk), Qt.Key.Key_Escape)
    desk.settle()


def test_the_field_has_an_undo_of_its_own(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "words")
    press(field(desk), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(field(desk), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.open.joins.notes.writing.editor.text == ""
    assert len(desk.library.marks.of(document)) == 1


def test_leaving_the_field_saves(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Left alone")
    desk.list.view.setFocus()
    desk.settle()
    assert note_of(desk, document) == "Left alone"


def test_opening_another_document_saves(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "In between")
    desk.choose("Letters")
    assert note_of(desk, document) == "In between"
    assert not field(desk).isVisible()


def test_closing_the_window_saves(home: Path, qtbot: QtBot) -> None:
    desk = Desk(home)
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Last words")
    desk.close()
    library = Library.open(home / "library", cache=home / "cache", index="inline")
    (made,) = library.marks.of(document)
    assert made.note == "Last words"
    assert not (home / "library" / "drafts.json").exists()
    library.close()


def test_what_is_typed_is_on_the_disk_before_long_and_saved_at_the_next_start(
    home: Path, qtbot: QtBot
) -> None:
    desk = Desk(home)
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Not saved yet")
    drafts = home / "library" / "drafts.json"
    qtbot.waitUntil(drafts.exists, timeout=3_000)
    shutil.copy(drafts, home / "as-the-kill-left-it.json")
    press(field(desk), Qt.Key.Key_Escape)
    desk.settle()
    assert note_of(desk, document) == ""
    desk.close()
    shutil.copy(home / "as-the-kill-left-it.json", drafts)
    again = Desk(home)
    assert note_of(again, document) == "Not saved yet"
    qtbot.waitUntil(lambda: not drafts.exists(), timeout=3_000)
    again.run("edit.undo")
    assert note_of(again, document) == ""
    again.close()


def test_a_note_whose_highlight_is_gone_goes_to_the_note_on_the_document(desk: Desk) -> None:
    document = opened(desk)
    made = mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Homeless words")
    desk.session.do(DeleteHighlights((made.id,)))
    desk.session.tasks.wait()
    desk.open.joins.notes.writing.finish()
    desk.settle()
    assert desk.library.marks.note(document) == "Homeless words"
    assert any("highlight that the note was on is gone" in each for each in desk.problems)


def test_an_emptied_note_whose_highlight_is_gone_adds_nothing(desk: Desk) -> None:
    document = opened(desk)
    made = mark(desk, document, "dry dock", "As it was.")
    desk.session.do(SetDocumentNote(document, "On all of it."))
    press(desk.window.reader.view, Qt.Key.Key_N)
    desk.open.joins.notes.writing.editor.field.setPlainText("")
    desk.session.do(DeleteHighlights((made.id,)))
    desk.session.tasks.wait()
    desk.open.joins.notes.writing.finish()
    desk.settle()
    assert desk.library.marks.note(document) == "On all of it."
    assert not any("has been added" in each for each in desk.problems)


def test_a_note_whose_highlight_is_gone_stays_a_draft_where_the_document_refuses_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = opened(desk)
    made = mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Homeless words")
    desk.session.do(DeleteHighlights((made.id,)))
    desk.session.tasks.wait()

    def refuse(self: SetDocumentNote, taking: object) -> str:
        raise Problem("The disk is full.", "Nothing has been lost.")

    with monkeypatch.context() as patch:
        patch.setattr(SetDocumentNote, "do", refuse)
        desk.open.joins.notes.writing.finish()
        desk.settle()
        desk.open.joins.notes.keeping._writing.write()
        desk.settle()
    assert any("The disk is full." in each for each in desk.problems)
    assert not any("has been added" in each for each in desk.problems)
    drafts = note_drafts.load(note_drafts.drafts_file(desk.session.folder)).drafts
    assert [each.text for each in drafts.values()] == ["Homeless words"]
    own = desk.open.joins.notes.notes.of_document()
    assert own is not None
    assert (own.note, own.unsaved) == ("Homeless words", True)
    desk.session.closing.emit()
    desk.settle()
    assert desk.library.marks.note(document) == "Homeless words"
    assert not note_drafts.drafts_file(desk.session.folder).exists()


def test_a_note_whose_document_is_gone_is_kept_in_a_file(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "Homeless words")
    keeping = desk.open.joins.notes.keeping
    subject = desk.open.joins.notes.writing.subject
    assert subject is not None
    desk.run("document.trash")
    desk.session.empty_trash()
    desk.settle()
    keeping.finished(subject, "Homeless words", True)
    desk.settle()
    kept = desk.session.folder / "notes-of-removed-documents.txt"
    assert kept.read_text("utf-8") == "Homeless words\n\n"
    assert any(str(kept) in each or "no longer in the library" in each for each in desk.problems)


def test_a_note_that_cannot_be_saved_stays_on_its_card_and_is_saved_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")

    def refuse(self: SetNote, taking: object) -> str:
        raise Problem("The disk is full.", "Nothing has been lost.")

    with monkeypatch.context() as patch:
        patch.setattr(SetNote, "do", refuse)
        press(desk.window.reader.view, Qt.Key.Key_N)
        QTest.keyClicks(field(desk), "Too much")
        save(desk)
    assert any("The disk is full." in each for each in desk.problems)
    margin = desk.open.joins.notes.margin
    noted = [c.noted for c in margin.cards] + [n for m in margin.marks for n in m.noted]
    assert [(each.note, each.unsaved) for each in noted if each] == [("Too much", True)]
    press(desk.window.reader.view, Qt.Key.Key_N)
    assert desk.open.joins.notes.writing.editor.text == "Too much"
    save(desk)
    assert note_of(desk, document) == "Too much"


def test_a_note_as_long_as_can_be_is_saved_and_a_longer_one_is_kept_and_said(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    editor = desk.open.joins.notes.writing.editor
    press(desk.window.reader.view, Qt.Key.Key_N)
    editor.field.setPlainText("ab " * (LONGEST_NOTE // 3) + "c")
    assert len(editor.text) == LONGEST_NOTE
    save(desk)
    assert len(note_of(desk, document)) == LONGEST_NOTE
    press(desk.window.reader.view, Qt.Key.Key_N)
    editor.field.setPlainText("x" * (LONGEST_NOTE + 5))
    assert "5 letters too many" in editor._said.text()
    save(desk)
    assert len(note_of(desk, document)) == LONGEST_NOTE
    assert desk.problems
    press(desk.window.reader.view, Qt.Key.Key_N)
    assert len(editor.text) == LONGEST_NOTE + 5
    press(editor.field, Qt.Key.Key_Escape)
    desk.settle()


def test_right_to_left_letters_and_pictures_of_letters_come_back_as_they_were(desk: Desk) -> None:
    document = opened(desk)
    mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    words = "ملاحظة — 👩🏽‍🚀 e\u0301tude"
    desk.open.joins.notes.writing.editor.field.insertPlainText(words)
    save(desk)
    assert note_of(desk, document) == "ملاحظة — 👩🏽‍🚀 étude"


def test_a_note_on_the_whole_document(desk: Desk) -> None:
    document = opened(desk)
    press(desk.window.reader.view, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    desk.settle()
    assert field(desk).accessibleName() == "Note on the document"
    QTest.keyClicks(field(desk), "Central source")
    save(desk)
    assert desk.library.marks.note(document) == "Central source"
    desk.run("edit.undo")
    assert desk.library.marks.note(document) == ""


def test_the_note_on_the_document_stands_in_its_details_and_is_written_there(desk: Desk) -> None:
    document = opened(desk)
    desk.run("document.details")
    details = desk.open.joins.notes.details
    assert details.add.isVisible()
    details.add.click()
    assert details.editor.field.hasFocus()
    QTest.keyClicks(details.editor.field, "From the details")
    press(details.editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.library.marks.note(document) == "From the details"
    assert details.card.isVisible()
    assert details.card.accessibleName() == "Note on the document: From the details"
    desk.choose("Letters")
    assert not details.card.isVisible()
    assert details.add.isVisible()


def test_tab_leaves_the_note_in_the_details(desk: Desk) -> None:
    document = opened(desk)
    desk.session.do(SetDocumentNote(document, "Central source."))
    desk.run("document.details")
    card = desk.open.joins.notes.details.card
    card.setFocus()
    assert card.hasFocus()
    press(card, Qt.Key.Key_Tab)
    assert not card.hasFocus()
    card.setFocus()
    press(card, Qt.Key.Key_Backtab)
    assert not card.hasFocus()


def test_notes_cannot_be_written_where_nothing_can(desk: Desk) -> None:
    notes = desk.open.joins.notes
    notes.notes.read_only = True
    notes.details.set_read_only(True)
    opened(desk)
    desk.run("document.details")
    notes.writing.edit_document()
    notes.details.edit()
    assert not notes.writing.editor.is_open
    assert not notes.details.editor.is_open
    assert not notes.details.add.isVisible()


def test_a_click_on_a_card_chooses_its_highlight_without_moving_the_page(
    desk: Desk, qtbot: QtBot
) -> None:
    document = opened(desk)
    made = mark(desk, document, "dry dock", "A note.")
    reader = desk.window.reader
    reader.view.choose(None)
    desk.settle()
    margin = desk.open.joins.notes.margin
    parts = [*margin.cards, *margin.marks]
    assert len(parts) == 1
    before = reader.position()
    if margin.cards:
        qtbot.mouseClick(margin.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    else:
        qtbot.mouseClick(margin.marks[0], Qt.MouseButton.LeftButton)
        card = margin.popup.cards[0]
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    desk.settle()
    assert reader.view.chosen == made.id
    assert reader.position() == before


def test_a_draft_is_recovered_so_that_nothing_is_lost() -> None:
    assert recovered("", Draft(1, "u", "typed", "")) == "typed"
    assert recovered("as it was", Draft(1, "u", "as it was, and more", "as it was")) == (
        "as it was, and more"
    )
    assert recovered("typed", Draft(1, "u", "typed ", "")) is None
    both = recovered("changed meanwhile", Draft(1, "u", "typed", "as it was"))
    assert both == "changed meanwhile\n\ntyped"
    assert recovered("as it was", Draft(1, "u", "", "as it was")) is None
    assert recovered("changed meanwhile\n\ntyped", Draft(1, "u", "typed", "as it was")) is None


def test_a_draft_is_recovered_where_its_words_stand_in_the_note_by_chance() -> None:
    shortened = Draft(1, "u", "Check this.", "Check this. Ask Bob.")
    assert recovered("Check this. Ask Bob.", shortened) == "Check this."
    assert recovered("ab", Draft(1, "u", "a", "ab")) == "a"
    assert recovered("changed meanwhile", Draft(1, "u", "mean", "as it was")) == (
        "changed meanwhile\n\nmean"
    )


def test_what_a_kill_left_is_said_to_be_saved_only_when_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [desk.choose(each) for each in ("How the quay", "What do the", "Letters")]
    left = {f"document:{each}": Draft(each, "", f"On {each}", "") for each in documents}
    note_drafts.save(note_drafts.drafts_file(desk.session.folder), left)
    heard: list[str] = []
    desk.session.said.connect(heard.append)
    honest = SetDocumentNote.do

    def refuse(self: SetDocumentNote, taking: Taking) -> str:
        if self.document == documents[-1]:
            raise Problem("The disk is full.", "Nothing has been lost.")
        return honest(self, taking)

    with monkeypatch.context() as patch:
        patch.setattr(SetDocumentNote, "do", refuse)
        desk.open.joins.notes.keeping.recover()
        desk.settle()
    assert [each for each in heard if "ended" in each] == [
        "2 notes that were not saved when Postil ended have been saved."
    ]
    desk.open.joins.notes.keeping.recover()
    desk.settle()
    assert [each for each in heard if "ended" in each][1:] == [
        "A note that was not saved when Postil ended has been saved."
    ]


def test_a_damaged_file_of_drafts_stops_nothing_and_is_set_aside(home: Path, qtbot: QtBot) -> None:
    drafts = home / "library" / "drafts.json"
    drafts.write_text("[1, 2", "utf-8")
    desk = Desk(home)
    opened(desk)
    assert QApplication.activeWindow() is not None
    desk.close()
    assert not drafts.exists()
    assert (home / "library" / "drafts.json.damaged").read_text("utf-8") == "[1, 2"


def test_a_file_of_drafts_that_cannot_be_read_is_set_aside_before_another_is_written(
    home: Path, qtbot: QtBot
) -> None:
    drafts = home / "library" / "drafts.json"
    drafts.mkdir()  # nobody can read that as a file
    (home / "library" / "drafts.json.damaged").write_text("an earlier one", "utf-8")
    desk = Desk(home)
    document = opened(desk)
    assert any("cannot be read" in each for each in desk.problems)
    desk.open.joins.notes.keeping.typed(NoteSubject(document), "Newer words", "")
    desk.open.joins.notes.keeping._writing.write()
    desk.settle()
    assert "Newer words" in drafts.read_text("utf-8")
    assert (home / "library" / "drafts.json.damaged-2").is_dir()
    assert (home / "library" / "drafts.json.damaged").read_text("utf-8") == "an earlier one"
    desk.close()


def test_drafts_of_an_earlier_run_are_read_before_others_are_written(desk: Desk) -> None:
    other, document = desk.choose("Letters"), opened(desk)
    file = note_drafts.drafts_file(desk.session.folder)
    left = {f"document:{other}": Draft(other, "", "Left by a kill", "")}
    note_drafts.save(file, left)
    go_on = threading.Event()
    desk.session.read(lambda _library: go_on.wait(30), lambda _: None, lane=Lane.CHANGE)
    keeping = desk.open.joins.notes.keeping
    keeping.recover()
    keeping.typed(NoteSubject(document), "Newer words", "")
    keeping._writing.write()
    QTest.qWait(300)
    assert note_drafts.load(file).drafts == left
    go_on.set()
    desk.settle()
    keeping._writing.write()
    desk.settle()
    assert desk.library.marks.note(other) == "Left by a kill"
    assert [each.text for each in note_drafts.load(file).drafts.values()] == ["Newer words"]


def test_what_is_being_written_is_not_replaced_by_what_an_earlier_run_left(desk: Desk) -> None:
    document = opened(desk)
    file = note_drafts.drafts_file(desk.session.folder)
    note_drafts.save(file, {f"document:{document}": Draft(document, "", "Left by a kill", "")})
    keeping = desk.open.joins.notes.keeping
    keeping.typed(NoteSubject(document), "Newer words", "")
    keeping.recover()
    desk.settle()
    keeping._writing.write()
    desk.settle()
    assert desk.library.marks.note(document) == "Left by a kill"
    assert [each.text for each in note_drafts.load(file).drafts.values()] == ["Newer words"]


def test_drafts_that_the_disk_refused_are_written_when_it_has_room_again(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = opened(desk)
    monkeypatch.setattr(draft_writing, "AGAIN_MS", 20)
    file = note_drafts.drafts_file(desk.session.folder)

    def refuse(file: Path, drafts: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(note_drafts, "save", refuse)
        desk.open.joins.notes.keeping.typed(NoteSubject(document), "Kept all the same", "")
        desk.open.joins.notes.keeping._writing.write()
        desk.settle()
        assert not file.exists()
    qtbot.waitUntil(file.exists, timeout=3_000)
    assert "Kept all the same" in file.read_text("utf-8")


def test_drafts_hold_nothing_but_what_is_typed(desk: Desk, qtbot: QtBot) -> None:
    document = opened(desk)
    made = mark(desk, document, "dry dock")
    press(desk.window.reader.view, Qt.Key.Key_N)
    QTest.keyClicks(field(desk), "x")
    file = desk.session.folder / "drafts.json"
    qtbot.waitUntil(file.exists, timeout=3_000)
    assert json.loads(file.read_text("utf-8")) == {
        f"highlight:{made.uuid}": {
            "document": document,
            "uuid": made.uuid,
            "text": "x",
            "base": "",
        }
    }
