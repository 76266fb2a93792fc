from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import Problem
from desktop_app.core.model import ReadState, Sort
from desktop_app.library.tags.commands import CreateTag
from desktop_app.settings import load
from desktop_app.ui.models.drag import documents_mime
from desktop_app.ui.reader.trash_line import TrashLine
from tests.ui.window_for_tests import Desk, make_library, write_texts


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library that has been imported into once, for all tests."""
    home = tmp_path_factory.mktemp("made")
    make_library(home)
    return home


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def full(made: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    shutil.copytree(made / "library", tmp_path / "library")
    desk = Desk(tmp_path)
    assert desk.library.wait_until_searchable(30)
    desk.settle()
    yield desk
    desk.close()


def test_an_empty_library_teaches_what_to_do(desk: Desk) -> None:
    page = desk.list.findChild(type(desk.list._empty))
    assert page is not None and page.isVisible()
    assert "Drop your documents here" in page._title.text()


def test_files_dropped_on_the_window_are_imported(desk: Desk) -> None:
    folder = write_texts(desk.home / "dropped")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    desk.window.dragEnterEvent(entered)
    assert entered.isAccepted()
    desk.window.dropEvent(QDropEvent(QPointF(50, 50), copy, data, left, none))
    desk.settle()
    assert len(desk.open.model.ids) == 3
    assert desk.session.counts.all == 3
    assert not desk.session.importing


def test_documents_of_our_own_that_are_dropped_are_not_imported(desk: Desk) -> None:
    data = documents_mime([1])  # the event does not keep it
    entered = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entered.ignore()
    desk.window.dragEnterEvent(entered)
    assert not entered.isAccepted()


def test_what_could_not_be_read_is_counted_and_listed(desk: Desk) -> None:
    folder = write_texts(desk.home / "mixed")
    (folder / "empty.txt").write_bytes(b"")
    desk.session.import_files([folder])
    desk.settle()
    assert desk.window.status._refused.text() == "1 could not be read"
    desk.window.status._refused.click()
    assert desk.window.import_list.isVisible()
    assert desk.window.import_list.refused_count == 1


def test_a_search_shows_what_it_found_and_opens_it_at_the_match(full: Desk, qtbot: QtBot) -> None:
    line = full.window.header.search.line
    line.setFocus()
    qtbot.keyClicks(line, '"dry dock"')
    full.settle()
    assert sorted(title[:4] for title in full.titles()) == ["How ", "What"]
    assert "2 documents · 2 matches" in full.list._count.text()
    assert full.list.query_line.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    full.settle()
    assert full.open.reading.document is not None
    assert full.open.reading.matches == 1
    assert full.list.view.hasFocus()


def test_only_the_answer_to_the_last_key_is_shown(full: Desk) -> None:
    box = full.window.header.search
    for text in ("d", "dr", "dry", "dry d", "strand"):
        box.set_text(text)
    full.settle()
    assert [title[:7] for title in full.titles()] == ["Letters"]


def test_no_result_offers_to_clear_the_search(full: Desk) -> None:
    full.search("zeppelin")
    assert full.titles() == []
    full.list.action_asked.emit("edit.clear_search")
    full.settle()
    assert len(full.titles()) == 3
    assert full.window.header.search.text == ""


def test_a_broken_query_says_why_and_does_not_throw(full: Desk) -> None:
    full.search("dock date:never")
    assert "never" in full.list.query_line._errors.text()
    assert full.problems == []


def test_choosing_a_document_opens_it_and_the_place_is_remembered(full: Desk) -> None:
    document = full.choose("Letters")
    assert full.open.reading.document is not None
    assert full.open.reading.document.id == document
    full.choose("How the quay")
    full.window.reader.back_asked.emit()
    full.settle()
    assert full.open.reading.document.id == document


def test_star_read_and_trash_act_on_the_selection_and_are_undone(full: Desk) -> None:
    full.list.view.setFocus()
    full.list.view.selectAll()
    full.run("document.star")
    assert full.session.counts.starred == 3
    assert full.session.undo_name is not None and "3 documents" in full.session.undo_name
    full.run("document.star")
    assert full.session.counts.starred == 0
    full.run("document.read")
    assert full.session.counts.read == 3
    full.run("edit.undo")
    assert full.session.counts.read == 0
    full.run("edit.redo")
    assert full.session.counts.read == 3


def test_deleting_goes_on_with_the_neighbour(full: Desk, qtbot: QtBot) -> None:
    full.list.view.setFocus()
    full.list.view.choose_row(1)
    full.settle()
    gone = full.list.view.current_id()
    qtbot.keyClick(full.list.view, Qt.Key.Key_Delete)
    full.settle()
    assert full.session.counts.trash == 1
    assert full.list.view.current_id() not in (None, gone)
    assert full.list.view.selected_count() == 1


def test_the_trash_is_a_view_from_which_documents_come_back(full: Desk) -> None:
    full.choose("Letters")
    full.run("document.trash")
    full.window.sidebar.view_chosen.emit("is:trash", "Trash")
    full.settle()
    assert [title[:7] for title in full.titles()] == ["Letters"]
    assert not full.actions["document.trash"].isEnabled()
    full.list.view.choose_row(0)
    full.run("document.restore")
    assert full.titles() == []
    full.window.header.search.view_removed.emit()
    full.settle()
    assert len(full.titles()) == 3


def test_tags_made_in_the_library_come_to_sidebar_and_list(full: Desk) -> None:
    document = full.choose("Letters")
    full.session.do(CreateTag("place/Oster Sound", documents=(document,)))
    full.settle()
    assert full.session.tag_tree is not None
    names = {tag.name for tag in full.session.tag_tree.tags}
    assert names == {"place", "Oster Sound"}
    row = full.open.model.row(full.open.model.place(document) or 0)
    assert row is not None and len(row.document.tags) == 1


def test_the_tag_picker_tags_what_is_chosen(full: Desk, qtbot: QtBot) -> None:
    document = full.choose("Letters")
    full.list.view.setFocus()
    full.run("document.tag")
    assert full.window.picker.is_open
    field = full.window.picker.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "letters")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    full.settle()
    (found,) = full.library.documents([document])
    assert len(found.tags) == 1


def test_the_order_can_be_chosen_and_is_kept(full: Desk) -> None:
    full.list.sort_chosen.emit(Sort.TITLE)
    full.settle()
    assert full.titles() == sorted(full.titles())
    assert full.open.keeper.now.sort == "title"
    full.search("the")
    assert full.question.sort is Sort.RELEVANCE


def test_a_restored_library_is_shown_anew(full: Desk) -> None:
    backup = full.library.backup()
    full.choose("Letters")
    full.run("document.trash")
    assert len(full.titles()) == 2
    full.session.long_work(
        "Restoring", lambda library: library.restore(backup), lambda _nothing: None
    )
    full.settle()
    assert len(full.titles()) == 3
    assert full.session.counts.trash == 0


def test_escape_empties_the_search_then_leaves_it(full: Desk, qtbot: QtBot) -> None:
    full.window.activateWindow()
    qtbot.waitUntil(full.window.isActiveWindow)
    full.run("edit.search")
    line = full.window.header.search.line
    qtbot.keyClicks(line, "dock")
    full.settle()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    full.settle()
    assert line.text() == "" and line.hasFocus()
    assert len(full.titles()) == 3
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert full.list.view.hasFocus()


def test_escape_closes_what_is_open_before_it_does_anything_else(full: Desk, qtbot: QtBot) -> None:
    full.window.activateWindow()
    qtbot.waitUntil(full.window.isActiveWindow)
    full.choose("Letters")
    full.run("view.reader_alone")
    full.run("edit.find")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    full.settle()
    assert full.window.reader_alone and not field.isVisible()
    qtbot.keyClick(QApplication.focusWidget() or full.window, Qt.Key.Key_Escape)
    full.settle()
    assert not full.window.reader_alone
    full.run("edit.palette")
    qtbot.keyClick(QApplication.focusWidget() or full.window, Qt.Key.Key_Escape)
    assert not full.window.palette_card.isVisible()


def test_reader_alone_hides_the_rest_and_escape_brings_it_back(full: Desk) -> None:
    full.choose("Letters")
    full.run("view.reader_alone")
    assert not full.window.sidebar.isVisible() and not full.list.isVisible()
    full.open.joins._escape()
    assert full.window.sidebar.isVisible() and full.list.isVisible()
    assert not full.actions["view.reader_alone"].isChecked()


def test_the_window_comes_back_as_it_was_left(made: Path, tmp_path: Path, qtbot: QtBot) -> None:
    shutil.copytree(made / "library", tmp_path / "library")
    first = Desk(tmp_path)
    document = first.choose("What do the pilots")
    first.window.panes.setSizes([200, 1166])
    first.run("view.theme_dark")
    first.close()
    kept, said = load(tmp_path / "settings.json")
    assert (said, kept.theme) == ("", "dark")
    second = Desk(tmp_path, settings=replace(kept, theme="light"))
    second.open.open_last_document()
    second.question.set_text("", at_once=True)
    second.settle()
    assert second.open.reading.document is not None
    assert second.open.reading.document.id == document
    assert abs(second.window.panes.sizes()[0] - 200) <= 2
    assert second.list.view.current_id() == document
    second.close()


def test_reading_far_is_remembered_in_the_library(full: Desk) -> None:
    document = full.choose("How the quay")
    full.session.set_progress(document, 0.5, 40)
    full.settle()
    (found,) = full.library.documents([document])
    assert (found.position, found.progress) == (40, 0.5)


def test_an_error_that_should_not_be_is_one_calm_sentence(
    full: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_library: object) -> None:
        raise RuntimeError("inner workings")

    full.session.read(broken, lambda _nothing: None)
    full.settle()
    (said,) = full.problems
    assert "library is safe" in said and "inner workings" not in said
    assert "inner workings" in caplog.text


def test_every_control_has_a_name_for_a_screen_reader(full: Desk) -> None:
    full.choose("Letters")
    full.window.show_details(True)
    full.window.show_import_list(True)
    full.search("dock")
    nameless = [
        f"{type(control).__name__} {control.objectName()} in {type(control.parent()).__name__}"
        for kind in (QAbstractButton, QLineEdit, QAbstractItemView, QProgressBar)
        for control in full.window.findChildren(kind)
        if not control.accessibleName()
        and control.isVisible()
        and not (isinstance(control, QAbstractButton) and control.text())
        and not isinstance(control, QHeaderView)
        and control.window() is full.window
        and not control.objectName().startswith("qt_")
    ]
    assert nameless == [], "\n".join(nameless)


def test_the_library_is_never_called_on_the_windows_thread(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    here = threading.get_ident()
    called: list[str] = []

    def watched(name: str) -> None:
        real = getattr(full.library, name)

        def call(*arguments: object, **named: object) -> object:
            assert threading.get_ident() != here, name
            called.append(name)
            return real(*arguments, **named)

        monkeypatch.setattr(full.library, name, call)

    for name in ("search", "hits", "matches_in", "documents", "text", "run", "undo", "counts"):
        watched(name)
    full.window.header.search.set_text("dock")
    full.settle()
    full.list.view.choose_row(0)
    full.run("document.star")
    full.run("edit.undo")
    assert {"search", "hits", "matches_in", "text", "run", "undo", "counts"} <= set(called)
    assert full.problems == []


def test_marking_as_reading_shows_in_the_counts(full: Desk) -> None:
    full.choose("Letters")
    full.run("document.reading")
    assert full.session.counts.reading == 1
    (found,) = full.library.documents([full.list.view.current_id() or 0])
    assert found.state is ReadState.READING


def test_text_size_and_theme_are_chosen_with_actions_and_kept(full: Desk) -> None:
    usual = full.window.reader.reading.size_px
    full.run("view.text_larger")
    larger = full.window.reader.reading.size_px
    assert larger > usual
    assert full.open.keeper.now.reader_size == larger
    full.run("view.text_smaller")
    assert full.window.reader.reading.size_px == usual
    full.run("view.text_smaller")
    full.run("view.text_normal")
    assert full.window.reader.reading.size_px == usual
    full.run("view.theme_sepia")
    assert full.open.keeper.now.theme == "sepia"
    assert full.actions["view.theme_sepia"].isChecked()
    full.window.reader.theme_chosen.emit("light")
    assert full.actions["view.theme_light"].isChecked()


def test_escape_puts_a_message_away(full: Desk, qtbot: QtBot) -> None:
    full.window.activateWindow()
    qtbot.waitUntil(full.window.isActiveWindow)
    full.choose("Letters")
    full.run("view.reader_alone")
    full.session.problem.emit(Problem("The disk is full."))
    assert full.window.problem_bar.text
    qtbot.keyClick(QApplication.focusWidget() or full.window, Qt.Key.Key_Escape)
    assert not full.window.problem_bar.text
    assert full.window.reader_alone


def test_a_document_in_the_trash_says_so_above_its_text(full: Desk) -> None:
    full.choose("Letters")
    line = full.window.findChild(TrashLine)
    assert line is not None and line.words == ""
    full.run("document.trash")
    full.open.reading.open(full.library.search("is:trash").ids[0])
    full.settle()
    assert "in the trash" in line.words
    line.findChildren(QPushButton)[0].click()
    full.settle()
    assert line.words == ""
    assert full.session.counts.trash == 0


def test_what_a_new_change_cuts_off_from_redo_is_said(full: Desk) -> None:
    said: list[str] = []
    full.session.said.connect(said.append)
    full.choose("Letters")
    full.run("document.star")
    full.settle()
    full.run("document.read")
    full.settle()
    full.run("edit.undo")
    full.settle()
    full.run("edit.undo")
    full.settle()
    assert full.session.undone == 2
    full.run("document.star")
    full.settle()
    assert said[-1].endswith("The 2 steps undone before can no longer be done again")


def test_a_key_left_lying_undoes_one_step(full: Desk) -> None:
    assert not full.window.actions_table["edit.undo"].autoRepeat()
    assert not full.window.actions_table["document.trash"].autoRepeat()
    assert full.window.actions_table["document.next_match"].autoRepeat()


def test_the_keys_are_back_in_the_reader_after_what_the_palette_did(
    full: Desk, qtbot: QtBot
) -> None:
    full.choose("How the quay")
    full.window.reader.focus_text()
    had = QApplication.focusWidget()
    assert had is not None
    for typed in ("high contrast", "theme light"):
        full.run("edit.palette")
        card = full.window.palette_card
        qtbot.keyClicks(card.field, typed)
        qtbot.keyClick(card.field, Qt.Key.Key_Return)
        full.settle()
        assert not card.isVisible()
        assert QApplication.focusWidget() is had
