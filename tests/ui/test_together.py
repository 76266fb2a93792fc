"""Tags that occur together in the window: counted, arranged, opened, chosen, saved."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import CreateCollection
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.together import TagsTogether, Unit
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.tags.together_model import TableOrder
from tests.ui.highlights_for_tests import mark
from tests.ui.window_for_tests import Desk, make_library


class TogetherDesk(Desk):
    """A desk whose table of tags is waited for as well."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.joined = self.open.joins.together
        self.pane = self.joined.pane
        self.joined.asking.soon.setInterval(1)
        self._timers = (*self._timers, self.joined.asking.soon)

    def names(self) -> list[str]:
        return [tag.name for tag in self.joined.model.tags]

    def cell(self, one: str, other: str) -> tuple[int, int]:
        return self.names().index(one), self.names().index(other)

    def count(self, one: str, other: str) -> int:
        return self.joined.model.count(*self.cell(one, other))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[TogetherDesk]:
    """Three documents: dock on all, winter on two of them, pilots on one; one highlight has two."""
    make_library(tmp_path)
    library = Library.open(tmp_path / "library", cache=tmp_path / "cache", index="inline")
    titles = {each.title[:4]: each.id for each in library.documents(sorted(library.search("").ids))}
    every = tuple(titles.values())
    library.run(CreateTag("dock", documents=every))
    library.run(CreateTag("winter", documents=(titles["How "], titles["Lett"])))
    library.run(CreateTag("pilots/say"))
    library.run(CreateTag("alone"))
    tree = library.tag_tree()
    say, dock = tree.find("pilots/say"), tree.find("dock")
    assert say is not None
    assert dock is not None
    marked = mark(library, "a say")
    library.run(TagHighlights(say.id, (marked,)))
    library.run(TagHighlights(dock.id, (marked,)))
    library.close()
    made = TogetherDesk(tmp_path)
    made.run("tags.together")
    yield made
    made.close()


def test_the_square_counts_documents_that_carry_both(desk: TogetherDesk) -> None:
    assert desk.pane.isVisible()
    assert desk.names() == ["dock", "say", "winter"]
    assert desk.count("dock", "winter") == desk.count("winter", "dock") == 2
    assert desk.count("dock", "dock") == 3
    assert desk.count("say", "winter") == 0
    assert "3 of 5 tags occur with another" in desk.pane._count.text()


def test_highlights_and_tags_below_are_counted_where_one_asks(desk: TogetherDesk) -> None:
    desk.pane.below.click()
    desk.settle()
    assert desk.names() == ["dock", "pilots", "say", "winter"]
    assert desk.count("dock", "pilots") == 1
    desk.pane.highlights.click()
    desk.settle()
    assert desk.joined.model.found.unit is Unit.HIGHLIGHTS
    assert desk.count("dock", "say") == 1
    assert "winter" not in desk.names()


def test_a_cell_opens_exactly_what_it_counts(desk: TogetherDesk) -> None:
    for unit, below in product(Unit, (False, True)):
        desk.joined.asking.want(unit=unit, below=below)
        desk.settle()
        model = desk.joined.model
        assert model.tags
        for (row, one), (column, other) in product(enumerate(model.tags), repeat=2):
            answer = desk.library.search(desk.joined.query(one.id, other.id))
            found = answer.total if answer.highlights is None else len(answer.highlights)
            assert found == model.count(row, column), (unit, below, one.name, other.name)


def test_enter_on_a_cell_shows_its_documents_in_the_list(desk: TogetherDesk, qtbot: QtBot) -> None:
    desk.pane.table.setCurrentIndex(desk.joined.model.index(*desk.cell("dock", "winter")))
    qtbot.keyClick(desk.pane.table, Qt.Key.Key_Return)
    desk.settle()
    assert desk.list.isVisible()
    assert len(desk.titles()) == 2
    desk.run("tags.together")
    assert desk.pane.isVisible()


def test_a_click_on_a_name_puts_first_what_occurs_with_it(desk: TogetherDesk) -> None:
    desk.pane.table.beside_asked.emit(desk.joined.model.tags[2].id)
    assert desk.names() == ["winter", "dock", "say"]
    desk.pane._orders[TableOrder.USED].trigger()
    assert desk.names()[0] == "dock"
    desk.pane.met_only.click()
    assert sorted(desk.names()) == ["alone", "dock", "pilots", "say", "winter"]


def test_only_chosen_tags_are_counted_where_some_are_chosen(desk: TogetherDesk) -> None:
    tree = desk.session.tag_tree
    assert tree is not None
    dock, winter = tree.find("dock"), tree.find("winter")
    assert dock is not None
    assert winter is not None
    desk.joined.chooser.tags_chosen.emit(frozenset((dock.id, winter.id)))
    desk.settle()
    assert desk.names() == ["dock", "winter"]
    assert desk.pane.which.currentText() == "Chosen tags (2)"


def test_tags_of_all_collections_are_counted_together_where_one_asks(desk: TogetherDesk) -> None:
    desk.session.do(CreateCollection("Thesis"))
    desk.settle()
    every = tuple(desk.library.search("").ids)
    other = next(each.id for each in desk.library.tag_tree().collections if each.name == "Thesis")
    desk.session.do(CreateTag("chapter", collection=other, documents=every))
    desk.settle()
    desk.pane.which.setCurrentIndex(desk.pane.which.findText("All collections"))
    desk.pane.which.activated.emit(desk.pane.which.currentIndex())
    desk.settle()
    assert desk.count("chapter", "dock") == 3
    tags = {tag.name: tag.id for tag in desk.joined.model.tags}
    found = desk.library.search(desk.joined.query(tags["chapter"], tags["winter"]))
    assert found.total == desk.count("chapter", "winter") == 2


def test_the_square_is_saved_as_it_stands(
    desk: TogetherDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "pairs.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    desk.pane._orders[TableOrder.USED].trigger()
    desk.run("together.save")
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert rows[0][1:] == ["My tags::dock", "My tags::winter", "My tags::pilots/say"]
    assert rows[1] == ["My tags::dock", "3", "2", "1"]


def test_two_hundred_tags_are_painted_only_where_they_are_seen(
    desk: TogetherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = desk.session.tag_tree
    assert tree is not None
    many = tuple(range(1, 201))
    pairs = {(one, other): one * other % 7 + 1 for one in many for other in many if one < other}
    tags = tuple(replace(tree.tags[0], id=each, name=f"tag {each}") for each in many)
    found = TagsTogether(many, Unit.DOCUMENTS, False, dict.fromkeys(many, 9), pairs)
    desk.pane.show_found(found, TagTree(tree.collections, tags))
    model = desk.joined.model
    assert model.rowCount() == model.columnCount() == 200
    painted = []
    count = model.count
    monkeypatch.setattr(model, "count", lambda *cell: painted.append(cell) or count(*cell))
    desk.pane.table.viewport().render(QPixmap(desk.pane.table.viewport().size()))
    assert 0 < len(painted) < 4_000
