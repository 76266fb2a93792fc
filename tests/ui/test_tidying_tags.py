"""Splitting a tag line by line, and the tags that may be one, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.library.commands import AddTag
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.collection_commands import LockCollection
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.dialogs.split import SplitDialog
from desktop_app.ui.dialogs.twins import TwinsDialog
from desktop_app.ui.models.split_lines import Show
from tests.ui.highlights_for_tests import MarkedDesk, make_marked_library


@pytest.fixture
def desk(tmp_path: Path, qtbot) -> Iterator[MarkedDesk]:
    make_marked_library(tmp_path)
    desk = MarkedDesk(tmp_path)
    yield desk
    desk.close()


def named(desk: MarkedDesk, name: str) -> int:
    found = desk.library.tag_tree(counted=False).find(name)
    assert found is not None
    return found.id


def siege_of_all(desk: MarkedDesk) -> int:
    """A tag on all documents and highlights."""
    desk.library.run(CreateTag("siege"))
    siege = named(desk, "siege")
    desk.library.run(AddTag(siege, tuple(desk.library.search("").ids)))
    desk.library.run(TagHighlights(siege, tuple(desk.library.marks.ids())))
    desk.settle()
    return siege


def opened(desk: MarkedDesk, tag: int) -> SplitDialog:
    desk.open.joins.tagging._split(tag)
    desk.settle()
    return next(each for each in desk.window.findChildren(SplitDialog) if each.isVisible())


def test_the_ticked_lines_go_to_a_new_tag_as_one_step(desk: MarkedDesk) -> None:
    dialog = opened(desk, siege_of_all(desk))
    table = dialog._table
    assert [table.count(show) for show in Show] == [8, 5, 3, 0]
    dialog._find.setText("dock")
    dialog._filter()
    assert table.rowCount() == 1
    table.tick_shown(True)
    dialog._find.setText("")
    dialog._filter()
    assert len(table.picked[1]) == 1 and not table.picked[0], "what is not shown stays ticked"
    dialog._name.setText("berths")
    assert dialog._split.text() == "Split off 1 highlight"
    dialog._split.click()
    desk.settle()
    lines = desk.library.tag_lines(named(desk, "berths"))
    assert [line.quote for line in lines.highlights] == ["A berth beside the dry dock"]
    assert len(desk.library.tag_lines(named(desk, "siege")).highlights) == 4
    desk.run("edit.undo")
    assert desk.library.tag_tree(counted=False).find("berths") is None


def test_a_name_that_is_taken_lets_the_lines_go_to_that_tag(desk: MarkedDesk) -> None:
    siege = siege_of_all(desk)
    desk.library.run(CreateTag("convoy"))
    desk.settle()
    dialog = opened(desk, siege)
    dialog._table.tick((0, 1), True)
    dialog._name.setText("Convoy")
    assert "is there already" in dialog._said.text()
    dialog.split()
    desk.settle()
    carried = desk.library.tag_lines(named(desk, "convoy"))
    assert len(carried.documents) + len(carried.highlights) == 2


def test_a_name_that_cannot_be_is_said_and_nothing_is_split(desk: MarkedDesk) -> None:
    dialog = opened(desk, siege_of_all(desk))
    dialog._table.tick_shown(True)
    for name, said in (("SIEGE", "name of this tag itself"), ("n" * 300, "300 characters")):
        dialog._name.setText(name)
        dialog.split()
        assert said in dialog._problem.text()
    assert dialog.isVisible()
    desk.library.run(LockCollection(desk.library.tag_tree().active_collection.id, True))
    desk.settle()
    dialog._name.setText("part")
    dialog.split()
    assert "locked" in dialog._problem.text()


def test_space_ticks_the_chosen_lines(desk: MarkedDesk) -> None:
    dialog = opened(desk, siege_of_all(desk))
    dialog._view.setFocus()
    dialog._view.selectAll()
    dialog._toggle_chosen()
    assert dialog._table.count(Show.TICKED) == 8
    dialog._toggle_chosen()
    assert dialog._table.count(Show.TICKED) == 0


def test_a_double_click_opens_the_line_in_the_reader(desk: MarkedDesk) -> None:
    dialog = opened(desk, siege_of_all(desk))
    row = next(n for n in range(8) if dialog._table.line_at(n).is_highlight)
    line = dialog._table.line_at(row).line
    dialog._view.doubleClicked.emit(dialog._table.index(row, 1))
    desk.settle()
    assert desk.window.reader.surface.chosen == line.id


def twins_of(desk: MarkedDesk) -> TwinsDialog:
    desk.settle()
    desk.run("tags.twins")
    return next(each for each in desk.window.findChildren(TwinsDialog) if each.isVisible())


def test_twins_are_merged_either_way(desk: MarkedDesk) -> None:
    siege_of_all(desk)
    for name in ("sieges", "cease-fire", "ceasefire"):
        desk.library.run(CreateTag(name))
    dialog = twins_of(desk)
    assert dialog._count.text() == "2 pairs"
    pairs = [{tag.name for tag in dialog._table.tags_at(row)} for row in range(2)]
    row = pairs.index({"siege", "sieges"})
    dialog._view.selectRow(row)
    desk.settle()
    assert "Documents: 0 + 3: 3" in dialog._said.text()
    kept = [tag.name for tag in dialog._table.tags_at(row)].index("sieges")
    dialog._keep[kept].click()
    desk.settle()
    tree = desk.library.tag_tree(counted=False)
    (left,) = (tag for tag in tree.tags if tag.name in ("siege", "sieges"))
    assert (left.name, left.also_called) == ("sieges", ("siege",))
    assert dialog._count.text() == "1 pair"
    desk.run("edit.undo")
    assert dialog._count.text() == "2 pairs"


def test_two_that_are_two_are_not_named_again(desk: MarkedDesk) -> None:
    for name in ("siege", "sieges"):
        desk.library.run(CreateTag(name))
    dialog = twins_of(desk)
    dialog._two.click()
    assert not dialog._view.isVisible() and dialog._table.rowCount() == 0
    dialog.close()
    desk.settle()
    dialog = twins_of(desk)
    assert dialog._table.rowCount() == 0
    assert dialog._aside.isVisible()
    QTest.mouseClick(dialog._aside, Qt.MouseButton.LeftButton)
    assert dialog._table.rowCount() == 1
