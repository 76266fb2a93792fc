"""The ways of tagging in the window: digits and drops in lists, sticky, again, all that was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.commands import CreateTag, SetTagKey
from desktop_app.ui.models.drag import highlights_mime, tag_mime
from tests.ui.highlights_for_tests import MarkedDesk, make_marked_library
from tests.ui.marking_for_tests import Reader

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path, qtbot) -> Iterator[MarkedDesk]:
    make_marked_library(tmp_path)
    desk = MarkedDesk(tmp_path)
    for digit, name in ((1, "siege"), (2, "convoy")):
        desk.library.run(CreateTag(name))
        desk.library.run(SetTagKey(named(desk, name), digit))
    desk.window.activateWindow()
    desk.settle()
    yield desk
    desk.close()


def named(desk: MarkedDesk, name: str) -> int:
    found = desk.library.tag_tree(counted=False).find(name)
    assert found is not None
    return found.id


def on_documents(desk: MarkedDesk) -> dict[str, list[str]]:
    """The titles of the documents that carry each tag, by the tag's name."""
    desk.settle()
    names = {tag.id: tag.name for tag in desk.library.tag_tree(counted=False).tags}
    found: dict[str, list[str]] = {}
    for document in desk.library.documents(sorted(desk.library.search("").ids)):
        for tag in document.tags:
            found.setdefault(names[tag], []).append(document.title.split()[0])
    return {name: sorted(titles) for name, titles in found.items()}


def on_marks(desk: MarkedDesk) -> dict[str, list[str]]:
    """The quotes of the highlights that carry each tag, by the tag's name."""
    desk.settle()
    names = {tag.id: tag.name for tag in desk.library.tag_tree(counted=False).tags}
    found: dict[str, list[str]] = {}
    for mark in desk.library.marks.many(desk.library.marks.ids()):
        for tag in mark.tags:
            found.setdefault(names[tag], []).append(mark.anchor.quote)
    return {name: sorted(quotes) for name, quotes in found.items()}


def press(desk: MarkedDesk, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk.window, key, held)
    desk.settle()


def in_list(desk: MarkedDesk, title: str) -> None:
    """Choose a document in the list and put the keys there."""
    desk.choose(title)
    desk.list.view.setFocus()
    desk.settle()


def click_row(desk: MarkedDesk, title: str) -> None:
    """Click on a document's title in the list."""
    documents = desk.library.documents(list(desk.open.model.ids))
    row = next(n for n, each in enumerate(documents) if each.title.startswith(title))
    view = desk.list.view
    place = view.visualRect(desk.open.model.index(row, 0)).topLeft()
    place.setX(60)
    place.setY(place.y() + 18)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    desk.settle()


def drop(data: QMimeData, over: QWidget, place: QPointF) -> bool:
    """Drag something over a place and let it go there; tell whether it was taken."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    left = Qt.MouseButton.LeftButton
    QApplication.sendEvent(over, QDragEnterEvent(place.toPoint(), actions, data, left, NONE))
    moved = QDragMoveEvent(place.toPoint(), actions, data, left, NONE)
    QApplication.sendEvent(over, moved)
    if not moved.isAccepted():
        return False
    dropped = QDropEvent(place, actions, data, left, NONE)
    QApplication.sendEvent(over, dropped)
    return dropped.isAccepted()


def test_a_digit_tags_what_is_chosen_in_the_list_and_untags_it(desk: MarkedDesk) -> None:
    in_list(desk, "Letters")
    press(desk, Qt.Key.Key_1)
    assert on_documents(desk) == {"siege": ["Letters"]}
    desk.list.view.selectAll()
    press(desk, Qt.Key.Key_1)
    assert len(on_documents(desk)["siege"]) == 3, "where only some have it, all get it"
    press(desk, Qt.Key.Key_1)
    assert on_documents(desk) == {}
    desk.run("edit.undo")
    assert len(on_documents(desk)["siege"]) == 3


def test_a_digit_in_the_table_of_highlights_is_about_highlights(desk: MarkedDesk) -> None:
    desk.run("view.highlights")
    desk.table.selectAll()
    press(desk, Qt.Key.Key_2)
    assert len(on_marks(desk)["convoy"]) == 5
    assert on_documents(desk) == {}


def test_a_sticky_tag_goes_on_every_document_that_is_clicked(desk: MarkedDesk) -> None:
    in_list(desk, "Letters")
    press(desk, Qt.Key.Key_1, SHIFT)
    assert "“siege”" in desk.list.sticky.text
    assert on_documents(desk) == {}, "what was chosen before is not clicked"
    click_row(desk, "How the quay")
    click_row(desk, "Letters")
    click_row(desk, "Letters")
    assert on_documents(desk)["siege"] == ["How", "Letters"]
    press(desk, Qt.Key.Key_Escape)
    assert desk.list.sticky.text == ""
    click_row(desk, "What do")
    assert on_documents(desk)["siege"] == ["How", "Letters"]


def test_space_gives_the_sticky_tag_and_goes_on(desk: MarkedDesk) -> None:
    in_list(desk, desk.titles()[0])
    press(desk, Qt.Key.Key_1, SHIFT)
    press(desk, Qt.Key.Key_Space)
    press(desk, Qt.Key.Key_Space)
    assert len(on_documents(desk)["siege"]) == 2
    assert desk.list.view.current_id() == desk.open.model.ids[2]


def test_the_last_tags_are_given_again(desk: MarkedDesk) -> None:
    in_list(desk, "Letters")
    press(desk, Qt.Key.Key_1)
    press(desk, Qt.Key.Key_2)
    in_list(desk, "How the quay")
    press(desk, Qt.Key.Key_R)
    assert on_documents(desk) == {"siege": ["How", "Letters"], "convoy": ["How", "Letters"]}
    desk.run("edit.undo")
    assert on_documents(desk) == {"siege": ["Letters"], "convoy": ["Letters"]}


def test_the_last_tags_of_a_highlight_go_on_the_next_selection(desk: MarkedDesk) -> None:
    reader = Reader(desk)
    reader.drag_over("old quay")
    press(desk, Qt.Key.Key_1)
    press(desk, Qt.Key.Key_2)
    press(desk, Qt.Key.Key_Escape)
    reader.drag_over("dry dock")
    press(desk, Qt.Key.Key_R)
    assert on_marks(desk) == {"siege": ["dry dock", "old quay"], "convoy": ["dry dock", "old quay"]}
    press(desk, Qt.Key.Key_Escape)
    press(desk, Qt.Key.Key_R)
    assert on_documents(desk) == {}, "what was given to highlights is not given to a document"


def test_nothing_was_tagged_yet_is_said(desk: MarkedDesk) -> None:
    said: list[str] = []
    desk.session.said.connect(said.append)
    in_list(desk, "Letters")
    press(desk, Qt.Key.Key_R)
    assert "no last tags" in said[-1]


def test_keys_in_a_list_of_other_things_tag_no_document(desk: MarkedDesk) -> None:
    in_list(desk, "Letters")
    press(desk, Qt.Key.Key_1)
    desk.run("view.review")
    desk.window.places.currentWidget().setFocus()
    press(desk, Qt.Key.Key_2)
    press(desk, Qt.Key.Key_R)
    assert on_documents(desk) == {"siege": ["Letters"]}


def test_all_that_was_found_is_tagged_as_one_step(desk: MarkedDesk, qtbot) -> None:
    assert desk.library.wait_until_searchable(30)
    desk.search("dock")
    desk.run("tags.all")
    picker = desk.window.picker
    assert picker._title.text() == "Tags of all 2 documents found"
    qtbot.keyClicks(picker.field, "conv")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert on_documents(desk)["convoy"] == ["How", "What"]
    assert desk.library.undo_name() == "Tag 2 documents “convoy”"
    qtbot.keyClick(picker.field, Qt.Key.Key_Escape)
    desk.run("edit.undo")
    assert on_documents(desk) == {}


def test_a_tag_dropped_on_a_document_of_the_choice_goes_on_all_of_it(desk: MarkedDesk) -> None:
    view = desk.list.view
    row = QPointF(view.visualRect(desk.open.model.index(0, 0)).center())
    view.clearSelection()
    assert drop(tag_mime(named(desk, "siege")), view.viewport(), row)
    assert len(on_documents(desk)["siege"]) == 1
    view.selectAll()
    assert drop(tag_mime(named(desk, "convoy")), view.viewport(), row)
    assert len(on_documents(desk)["convoy"]) == 3
    below = QPointF(40, view.viewport().height() - 3)
    assert not drop(tag_mime(named(desk, "siege")), view.viewport(), below)


def test_highlights_are_dropped_on_a_tag_and_a_tag_on_highlights(desk: MarkedDesk) -> None:
    siege = named(desk, "siege")
    marks = list(desk.library.marks.ids())
    command = desk.window.sidebar.tags.model.drop_command(highlights_mime(marks[:2]), siege)
    assert command == TagHighlights(siege, tuple(marks[:2]))
    desk.run("view.highlights")
    place = QPointF(30, desk.table.rowViewportPosition(1) + 8)
    assert drop(tag_mime(siege), desk.table.viewport(), place)
    assert len(on_marks(desk)["siege"]) == 1


def test_a_tag_dropped_on_text_marks_the_paragraph_or_the_selection(desk: MarkedDesk) -> None:
    reader = Reader(desk)
    port, siege = reader.view.viewport(), named(desk, "siege")
    inside = QPointF(reader.edge(reader.range_of("while the")[0]))
    assert drop(tag_mime(siege), port, inside)
    (paragraph,) = on_marks(desk)["siege"]
    assert paragraph.startswith("The dry dock stayed") and paragraph.endswith("bedrock.")
    assert drop(tag_mime(named(desk, "convoy")), port, inside)
    assert on_marks(desk)["convoy"] == [paragraph], "a highlight gets the tag itself"
    reader.drag_over("old quay was")
    assert drop(tag_mime(siege), port, QPointF(reader.edge(reader.range_of("quay was")[0])))
    assert "old quay was" in on_marks(desk)["siege"]
    far_below = QPointF(port.width() / 2, port.height() - 2)
    assert not drop(tag_mime(siege), port, far_below)
