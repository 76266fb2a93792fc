"""The page of a tag in the window: shown, sorted, opened, gone through, and the tag taken off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.model import Tag
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.page import TaggedSort
from desktop_app.library.tags.tidying import DeleteTag
from tests.ui.highlights_for_tests import mark
from tests.ui.window_for_tests import Desk, make_library


class PageDesk(Desk):
    """A desk whose page of a tag is waited for as well."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.joined = self.open.joins.tag_page
        self.pane = self.joined.pane
        waits = (self.joined.asking.soon, self.pane.marks.rest, self.pane.documents.rest)
        for timer in waits:
            timer.setInterval(1)
        self._timers = (
            *self._timers,
            *waits,
            self.joined.marks.paged.soon,
            self.joined.documents.paged.soon,
        )

    def tag(self, path: str) -> Tag:
        found = self.library.tag_tree(counted=False).find(path)
        assert found is not None, path
        return found

    def show(self, path: str) -> None:
        self.settle()
        self.joined.show(self.tag(path).id)
        self.settle()

    def settle(self) -> None:
        super().settle()
        if hasattr(self, "pane"):
            self.pane.table.viewport().repaint()
            super().settle()

    def listed(self) -> list[str]:
        """What stands in the first column of the list that is seen."""
        model = self.pane.table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def chips(self) -> list[QPushButton]:
        shown = self.pane.about.findChildren(QPushButton)
        return [each for each in shown if not each.isHidden()]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[PageDesk]:
    make_library(tmp_path)
    library = Library.open(tmp_path / "library", cache=tmp_path / "cache", index="inline")
    titles = {each.title: each.id for each in library.documents(sorted(library.search("").ids))}
    letters = next(number for title, number in titles.items() if title.startswith("Letters"))
    library.run(CreateTag("work", documents=(letters,)))
    library.run(CreateTag("work/winter"))
    tree = library.tag_tree()
    work, winter = tree.find("work"), tree.find("work/winter")
    assert work is not None
    assert winter is not None
    library.run(TagHighlights(work.id, (mark(library, "a say"),)))
    library.run(TagHighlights(winter.id, (mark(library, "cut back to bedrock"),)))
    with library._store.write() as writing:
        said = replace(work, definition="What hands do.", not_when="Of machines.")
        writing.tags.change(said)
    library.close()
    made = PageDesk(tmp_path)
    yield made
    made.close()


def test_the_page_lists_what_carries_the_tag_or_one_below_it(desk: PageDesk) -> None:
    desk.show("work")
    assert desk.pane.isVisible()
    assert not desk.list.isVisible()
    assert desk.pane.show_marks.text() == "Highlights 2"
    assert desk.pane.show_documents.text() == "Documents 3"
    assert sorted(desk.listed()) == ["a say", "cut back to bedrock"]
    desk.pane.below.click()
    desk.settle()
    assert desk.listed() == ["a say"]
    assert desk.pane.show_documents.text() == "Documents 2"


def test_documents_say_why_they_are_there_and_sort_by_that(desk: PageDesk) -> None:
    desk.show("work")
    desk.pane.show_documents.click()
    desk.settle()
    assert [each[:7] for each in desk.listed()] == ["How the", "Letters", "What do"]
    model = desk.pane.documents.model()
    assert [model.index(row, 3).data() for row in range(3)] == [
        "1 highlight",
        "as a whole",
        "1 highlight",
    ]
    desk.pane.documents.sort_asked.emit(TaggedSort.TITLE, True)
    desk.settle()
    assert [each[:7] for each in desk.listed()] == ["What do", "Letters", "How the"]


def test_a_highlight_opens_at_its_place_and_a_document_in_the_reader(
    desk: PageDesk, qtbot: QtBot
) -> None:
    desk.show("work")
    desk.pane.focus_table()
    qtbot.keyClick(desk.pane.marks, Qt.Key.Key_Return)
    desk.settle()
    reader = desk.window.reader
    assert reader.view.chosen is not None
    desk.pane.show_documents.click()
    desk.settle()
    desk.pane.documents.choose_row(1)
    qtbot.keyClick(desk.pane.documents, Qt.Key.Key_Return)
    desk.settle()
    assert desk.open.reading.document is not None
    assert desk.open.reading.document.title.startswith("Letters")


def test_a_tag_below_leads_to_its_page_and_back_leads_up_again(desk: PageDesk) -> None:
    desk.show("work")
    assert [each.text() for each in desk.chips() if each.property("kind") == "chip"] == ["winter"]
    assert not desk.pane.back.isVisible()
    desk.chips()[0].click()
    desk.settle()
    assert desk.pane.accessibleName() == "Page of the tag winter"
    assert desk.listed() == ["cut back to bedrock"]
    desk.pane.back.click()
    desk.settle()
    assert desk.pane.accessibleName() == "Page of the tag work"


def test_taking_the_tag_off_is_one_step_and_the_row_goes(desk: PageDesk, qtbot: QtBot) -> None:
    desk.show("work/winter")
    desk.pane.focus_table()
    qtbot.keyClick(desk.pane.marks, Qt.Key.Key_Delete)
    desk.settle()
    assert desk.session.undo_name == "Take the tag “winter” off 1 highlight"
    assert desk.listed() == []
    assert len(desk.library.marks.ids()) == 2  # the highlight itself stays
    desk.run("edit.undo")
    assert desk.listed() == ["cut back to bedrock"]


def test_a_tag_that_is_deleted_takes_its_page_along(desk: PageDesk) -> None:
    desk.show("work/winter")
    desk.session.do(DeleteTag(desk.tag("work/winter").id))
    desk.settle()
    assert desk.list.isVisible()


def test_a_search_brings_the_documents_back(desk: PageDesk) -> None:
    desk.show("work")
    desk.search("dock")
    assert desk.list.isVisible()
    assert not desk.pane.isVisible()


def test_what_is_said_of_the_tag_stands_at_its_head(desk: PageDesk) -> None:
    desk.show("work")
    words = [each.text() for each in desk.pane.about.findChildren(QLabel) if not each.isHidden()]
    assert "What hands do." in words
    assert "Of machines." in words
    assert "Use when" not in words


def test_a_double_click_on_a_tag_opens_its_page_and_the_sidebar_shows_which(
    desk: PageDesk, qtbot: QtBot
) -> None:
    tags = desk.window.sidebar.tags
    index = tags.model.index_of(desk.tag("work").id)
    tags.tree.expand(index)
    place = tags.tree.visualRect(index).center()
    for press in (qtbot.mouseClick, qtbot.mouseDClick):
        press(tags.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    assert desk.pane.isVisible()
    assert desk.pane.accessibleName() == "Page of the tag work"
    assert desk.window.sidebar.tag_at_hand() == desk.tag("work").id
    assert tags.tree.isExpanded(tags.model.index_of(desk.tag("work").id))


def test_a_document_leads_to_the_pages_of_its_tags(desk: PageDesk, qtbot: QtBot) -> None:
    menu = QMenu()
    desk.joined.add_ways(menu, [desk.tag("work").id, desk.tag("work/winter").id, 999])
    ways = menu.actions()[-1].menu()
    assert isinstance(ways, QMenu)
    assert [each.text() for each in ways.actions()] == ["work", "work/winter"]
    ways.actions()[1].trigger()
    desk.settle()
    assert desk.pane.accessibleName() == "Page of the tag winter"


def test_the_page_offers_all_that_can_be_done_with_its_tag(desk: PageDesk) -> None:
    desk.show("work")
    menu = desk.pane.doing.menu()
    menu.aboutToShow.emit()
    of_tag = menu.actions()[-1].menu()
    assert isinstance(of_tag, QMenu)
    assert of_tag.title() == "The tag “work”"
    assert "Rename" in [each.text() for each in of_tag.actions()]
    menu.aboutToShow.emit()
    assert [each.text() for each in menu.actions()].count("The tag “work”") == 1


def test_counts_on_the_page_are_those_of_its_lists_also_while_the_tree_is_counted(
    desk: PageDesk,
) -> None:
    desk.show("work")
    tree = desk.session.tag_tree
    assert tree is not None
    half = tree.counted(tree.own, tree.highlights, {}, {}, whole=False)
    desk.session.tag_tree = half
    desk.session.tags_changed.emit(half)
    assert desk.pane.show_marks.text() == "Highlights 2"
    desk.joined.show(desk.tag("work/winter").id)
    assert desk.pane.show_marks.text() == "Highlights …"
    desk.settle()
    assert desk.pane.show_marks.text() == "Highlights 1"
