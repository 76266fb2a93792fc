"""All highlights in the window: shown, sorted, filtered, opened, changed in bulk, quoted, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.highlights import HighlightSort, MarkStyle
from desktop_app.library.highlight_commands import TagHighlights
from desktop_app.library.tags.commands import CreateTag
from desktop_app.settings import Settings
from desktop_app.ui.highlights import verbs
from desktop_app.ui.highlights.asking import Order
from desktop_app.ui.highlights.model import Column
from tests.ui.highlights_for_tests import MarkedDesk, make_marked_library, mark


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[MarkedDesk]:
    make_marked_library(tmp_path)
    made = MarkedDesk(tmp_path)
    made.run("view.highlights")
    yield made
    made.close()


def click(desk: MarkedDesk, row: int, qtbot: QtBot, *, control: bool = False) -> None:
    rect = desk.table.visualRect(desk.joined.model.index(row, 0))
    keys = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(
        desk.table.viewport(), Qt.MouseButton.LeftButton, keys, rect.topLeft() + QPoint(60, 12)
    )
    desk.settle()


def choose(desk: MarkedDesk, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    desk.table.clearSelection()
    for row in rows:
        index = desk.joined.model.index(row, 0)
        desk.table.selectionModel().select(index, flags.Select | flags.Rows)
    desk.settle()


def chips(desk: MarkedDesk) -> list[QPushButton]:
    return [each for each in desk.pane.chips.findChildren(QPushButton) if not each.isHidden()]


def test_the_table_takes_the_place_of_the_list_and_gives_it_back(desk: MarkedDesk) -> None:
    assert desk.pane.isVisible()
    assert not desk.list.isVisible()
    assert desk.window.reader.isVisible()
    wide = desk.window.middle.sizes()[0]
    desk.run("view.highlights")
    assert desk.list.isVisible()
    assert desk.window.middle.sizes()[0] < wide


def test_the_count_says_how_many_in_how_many_documents(desk: MarkedDesk) -> None:
    assert desk.pane._count.text() == "5 highlights in 3 documents"


def test_the_sidebar_leads_to_the_highlights_and_counts_them(desk: MarkedDesk) -> None:
    desk.run("view.highlights")
    rows = [
        desk.window.sidebar._library.index(row)
        for row in range(desk.window.sidebar._library.rowCount())
    ]
    spoken = [row.data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]
    assert "Highlights, 5 highlights" in spoken
    assert not any(each.startswith("To review") for each in spoken)
    entry = rows[next(i for i, each in enumerate(spoken) if each.startswith("Highlights"))]
    desk.window.sidebar._library_list.clicked.emit(entry)
    desk.settle()
    assert desk.pane.isVisible()


def test_a_search_brings_the_documents_back(desk: MarkedDesk) -> None:
    desk.search("dry")
    assert desk.list.isVisible()


def test_a_click_on_a_head_sorts_and_a_second_one_turns_the_order(desk: MarkedDesk) -> None:
    header = desk.table.horizontalHeader()
    header.sectionClicked.emit(int(Column.QUOTE))
    desk.settle()
    there = desk.quotes()
    assert there == sorted(there, key=str.casefold)
    header.sectionClicked.emit(int(Column.QUOTE))
    desk.settle()
    assert desk.quotes() == there[::-1]
    for column in Column:
        header.sectionClicked.emit(int(column))
        desk.settle()
        assert sorted(desk.quotes()) == sorted(there)
        assert header.sortIndicatorSection() == int(column)


def test_the_order_is_kept_for_the_next_start(desk: MarkedDesk, tmp_path: Path) -> None:
    desk.pane.sort_asked.emit(Order(HighlightSort.NOTE, turned=True))
    kept = desk.open.keeper.now.highlight_sort
    assert Order.read(kept) == Order(HighlightSort.NOTE, turned=True)
    assert Order.read("no such order") == Order()


def test_words_filter_over_quote_note_and_title(desk: MarkedDesk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.pane.bar.field, "dec")
    desk.settle()
    assert desk.quotes() == ["a say"]
    desk.pane.bar.field.clear()
    desk.settle()
    qtbot.keyClicks(desk.pane.bar.field, "pilots")
    desk.settle()
    assert sorted(desk.quotes()) == ["A berth beside the dry dock", "a say"]


def test_filters_in_force_are_shown_and_removed_one_by_one(desk: MarkedDesk) -> None:
    desk.pane.wanted.emit({"colours": frozenset({"green", "blue"})}, False)
    desk.pane.wanted.emit({"with_note": False}, False)
    desk.settle()
    assert len(desk.quotes()) == 2
    named = [each.accessibleName() for each in chips(desk)]
    assert named == [
        "Filter: Green; remove",
        "Filter: Blue; remove",
        "Filter: Without a note; remove",
        "Remove all filters",
    ]
    chips(desk)[0].click()
    desk.settle()
    assert desk.quotes() == ["A berth beside the dry dock"]
    chips(desk)[-1].click()
    desk.settle()
    assert len(desk.quotes()) == 5
    assert not chips(desk)


def test_a_tag_filter_lets_through_what_carries_a_tag_below_it(desk: MarkedDesk) -> None:
    desk.library.run(CreateTag("place/Halmar"))
    desk.settle()
    tree = desk.library.tag_tree()
    place, halmar = tree.find("place"), tree.find("place/Halmar")
    assert place is not None
    assert halmar is not None
    desk.library.run(TagHighlights(halmar.id, (desk.marks()[0].id,)))
    desk.settle()
    first = desk.quotes()[0]
    desk.joined.tag_filter.tags_chosen.emit(frozenset({place.id}))
    desk.settle()
    assert desk.quotes() == [first]
    assert chips(desk)[0].text() == "place ×"


def test_only_those_of_the_open_document(desk: MarkedDesk, qtbot: QtBot) -> None:
    click(desk, desk.row_of("a say"), qtbot)
    desk.run("view.highlights_here")
    assert sorted(desk.quotes()) == ["A berth beside the dry dock", "a say"]
    assert chips(desk)[0].text().startswith("Only “What do the pilots want")


def test_an_empty_filter_says_so_and_offers_all_again(desk: MarkedDesk) -> None:
    desk.pane.wanted.emit({"words": "zebra"}, False)
    desk.settle()
    assert desk.pane._empty.isVisible()
    button = next(b for b in desk.pane._empty.findChildren(QPushButton) if b.isVisible())
    button.click()
    desk.settle()
    assert desk.table.isVisible()


def test_a_click_opens_the_document_at_the_place_and_chooses_the_highlight(
    desk: MarkedDesk, qtbot: QtBot
) -> None:
    row = desk.row_of("walked the strand")
    click(desk, row, qtbot)
    assert desk.window.reader.document is not None
    assert desk.window.reader.document.title.startswith("Letters")
    assert desk.window.reader.surface.chosen == desk.joined.model.ids[row]


def test_the_reader_follows_where_the_arrow_keys_rest(desk: MarkedDesk, qtbot: QtBot) -> None:
    desk.table.choose_row(0)
    for row in range(1, 5):
        qtbot.keyClick(desk.table, Qt.Key.Key_Down)
        desk.settle()
        assert desk.window.reader.surface.chosen == desk.joined.model.ids[row]


def test_home_and_end_go_to_the_first_and_last_highlight(desk: MarkedDesk, qtbot: QtBot) -> None:
    desk.table.choose_row(2)
    qtbot.keyClick(desk.table, Qt.Key.Key_End)
    assert desk.table.currentIndex().row() == 4
    qtbot.keyClick(desk.table, Qt.Key.Key_Home)
    assert desk.table.currentIndex().row() == 0


def test_recolouring_many_is_one_step_with_their_count(desk: MarkedDesk) -> None:
    choose(desk, 0, 2, 4)
    desk.run("table.colour_pink")
    assert [m.colour == "pink" for m in desk.marks()] == [True, False, True, False, True]
    assert desk.library.undo_name() == "Change the colour of 3 highlights"
    desk.run("edit.undo")
    assert not any(m.colour == "pink" for m in desk.marks())
    desk.run("table.style_bar")
    assert sum(m.style is MarkStyle.BAR for m in desk.marks()) == 3


def test_deleting_by_key_deletes_highlights_and_no_document(desk: MarkedDesk, qtbot: QtBot) -> None:
    documents = desk.library.counts().all
    choose(desk, 1, 2)
    desk.table.setFocus()
    qtbot.keyClick(desk.table, Qt.Key.Key_Delete)
    desk.settle()
    assert len(desk.quotes()) == 3
    assert desk.library.undo_name() == "Delete 2 highlights"
    assert desk.library.counts().all == documents
    assert desk.library.counts().trash == 0


def test_while_very_many_are_changed_it_is_said(
    desk: MarkedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    desk.joined.verbs._session.busy_with.connect(said.append)
    choose(desk, 0)
    desk.run("table.colour_blue")
    desk.settle()
    assert said == []
    monkeypatch.setattr(verbs, "_LASTING", 2)
    choose(desk, 1, 2)
    desk.run("table.delete")
    desk.settle()
    assert said == ["Deleting 2 highlights", ""]
    assert len(desk.quotes()) == 3


def test_a_key_on_a_button_of_the_pane_means_highlights_too(desk: MarkedDesk, qtbot: QtBot) -> None:
    choose(desk, 0)
    desk.pane.doing.setFocus()
    qtbot.keyClick(desk.pane.doing, Qt.Key.Key_Delete)
    desk.settle()
    assert len(desk.quotes()) == 4
    assert desk.library.counts().trash == 0


def test_the_tag_key_tags_the_chosen_highlights(desk: MarkedDesk, qtbot: QtBot) -> None:
    choose(desk, 0, 1)
    desk.table.setFocus()
    qtbot.keyClick(desk.table, Qt.Key.Key_T)
    desk.settle()
    picker = desk.window.picker
    assert picker.is_open
    qtbot.keyClicks(picker.field, "claim")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    desk.settle()
    assert sum(bool(m.tags) for m in desk.marks()) == 2
    assert desk.library.undo_name() == "Tag 2 highlights “claim” (a new tag)"


def test_a_live_change_keeps_what_is_chosen(desk: MarkedDesk) -> None:
    choose(desk, 1, 3)
    before = desk.table.chosen_ids()
    mark(desk.library, "The dry dock")
    desk.settle()
    assert len(desk.quotes()) == 6
    assert sorted(desk.table.chosen_ids()) == sorted(before)


def test_what_is_chosen_stays_so_in_another_order(desk: MarkedDesk) -> None:
    choose(desk, 0, 1)
    before = desk.table.chosen_ids()
    desk.pane.sort_asked.emit(Order(HighlightSort.DOCUMENT, turned=True))
    desk.settle()
    assert sorted(desk.table.chosen_ids()) == sorted(before)


def test_quotations_are_copied_as_text_and_html(desk: MarkedDesk) -> None:
    choose(desk, desk.row_of("a say"))
    desk.run("mark.copy_quotation")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("“a say”\n— ")
    assert "<blockquote>" in data.html()
    desk.run("mark.copy_markdown")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("> a say\n>\n> — ")
    assert not data.hasHtml()


def test_what_is_selected_in_the_reader_is_quoted(desk: MarkedDesk, qtbot: QtBot) -> None:
    click(desk, desk.row_of("walked the strand"), qtbot)
    desk.run("view.highlights")
    assert desk.window.reader.document is not None
    assert desk.window.reader.document.title.startswith("Letters")
    surface = desk.window.reader.surface
    assert surface.text is not None
    start = surface.text.canonical.index("the lamps were lit")
    surface.select(start, start + len("the lamps were lit"))
    desk.run("mark.copy_quotation")
    assert QGuiApplication.clipboard().text().startswith("“the lamps were lit”")


def test_the_readers_menu_offers_to_quote_what_is_selected(desk: MarkedDesk, qtbot: QtBot) -> None:
    click(desk, desk.row_of("walked the strand"), qtbot)
    menu = QMenu()
    desk.window.reader.view.menu_asked.emit(menu, QPoint(10, 10))
    assert "Copy as quotation" in [action.text() for action in menu.actions()]


def test_nothing_to_quote_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    make_marked_library(tmp_path)
    desk = MarkedDesk(tmp_path)
    desk.joined.verbs.copy(markdown=False)
    desk.settle()
    assert desk.problems == [
        "There is nothing to quote. Select a passage in a document, or choose a highlight first."
    ]
    desk.close()


@pytest.mark.parametrize(("name", "head"), [("out.csv", b"\xef\xbb\xbfquote,"), ("out.md", b"# ")])
def test_the_table_is_saved_as_the_name_says(
    desk: MarkedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, head: bytes
) -> None:
    target = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    desk.run("mark.save_table")
    assert target.read_bytes().startswith(head)
    assert desk.problems == []


def test_what_the_filter_lets_through_is_saved_or_what_is_chosen(
    desk: MarkedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    desk.pane.wanted.emit({"with_note": True}, False)
    desk.settle()
    desk.run("mark.save_table")
    saved = tmp_path / "out.csv"
    assert len(saved.read_text("utf-8-sig").splitlines()) == 3
    desk.pane.cleared.emit()
    desk.settle()
    choose(desk, 0, 1, 2)
    desk.run("mark.save_table")
    assert len(saved.read_text("utf-8-sig").splitlines()) == 4


def test_a_place_that_cannot_be_written_is_said(
    desk: MarkedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "missing" / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    desk.run("mark.save_table")
    assert desk.problems[0].startswith("“out.csv” was not saved: there is no folder")


def test_without_highlights_the_pane_teaches(qtbot: QtBot, tmp_path: Path) -> None:
    desk = MarkedDesk(tmp_path, settings=Settings(theme="light", starter_offered=True))
    desk.run("view.highlights")
    assert desk.pane._empty._title.text() == "Nothing is highlighted yet"
    assert "press H" in desk.pane._empty._sentence.text()
    desk.close()


def test_all_is_named_for_a_screen_reader(desk: MarkedDesk) -> None:
    for widget in (desk.table, desk.pane, desk.pane.bar.field, desk.pane.bar.filters):
        assert widget.accessibleName()
    for button in (desk.pane.doing, desk.pane._close, desk.pane.bar.order):
        assert button.accessibleName()
    row = desk.row_of("stayed closed through the winter")
    spoken = desk.joined.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "stayed closed through the winter, green, filled"


def test_the_window_opens_with_its_list_as_wide_as_it_was(desk: MarkedDesk, tmp_path: Path) -> None:
    desk.window.remember_places()
    assert desk.open.keeper.now.panes[1] < desk.window.middle.sizes()[0]


def test_the_rows_of_documents_tell_how_many_highlights_they_have(desk: MarkedDesk) -> None:
    desk.run("view.highlights")
    pilots = desk.choose("What do the pilots")
    model = desk.list.model
    place = model.place(pilots)
    assert place is not None
    spoken = model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("2 highlights")
    mark(desk.library, "What do the pilots want")
    desk.settle()
    row = model.row(place)
    assert row is not None
    assert row.highlights == 3


def test_a_highlight_that_could_not_be_gone_to_is_not_jumped_to_later(
    desk: MarkedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_document: int) -> object:
        raise OSError("the disk is away")

    (strand,) = (each for each in desk.marks() if each.anchor.quote == "walked the strand")
    (quay,) = (each for each in desk.marks() if each.anchor.quote == "cut back to bedrock")
    with monkeypatch.context() as away:
        away.setattr(desk.library, "text", refuse)
        desk.joined.going.go(strand.document, strand.id)
        desk.settle()
    assert desk.problems
    desk.joined.leave()
    desk.choose("Letters")
    assert desk.window.reader.surface.chosen is None
    # Nor when one went to another document meanwhile.
    desk.joined.going.go(quay.document, quay.id)
    desk.open.reading.open(next(d for d in desk.library.search("").ids if d != quay.document))
    desk.settle()
    desk.choose("How the quay")
    assert desk.window.reader.surface.chosen is None
