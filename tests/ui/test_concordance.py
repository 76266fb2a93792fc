"""The concordance in the window: gathered, sorted, gone through, opened, saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.library.concordances import LineSort, LineState
from desktop_app.ui.concordance.model import Column
from tests.ui.window_for_tests import Desk, make_library


class LinesDesk(Desk):
    """A desk whose concordance is waited for as well."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.joined = self.open.joins.concordance
        self.pane = self.joined.pane
        self.table = self.pane.table
        self.asking = self.joined.asking
        asking = self.asking
        waits = (asking.soon, asking.again, asking.checking, asking.telling, self.table.rest)
        for timer in waits:
            timer.setInterval(1)
        self._timers = (*self._timers, *waits, self.joined.model.paged.soon)
        self.settle()

    def settle(self) -> None:
        super().settle()
        if hasattr(self, "table"):
            self.table.viewport().repaint()
            super().settle()

    def shown(self) -> list[tuple[str, str, str]]:
        """What the lines show: left, match and right; a heading as (title, "", "")."""
        self.settle()
        rows = [self.joined.model.row(place) for place in range(len(self.joined.model.numbers))]
        self.settle()
        rows = [self.joined.model.row(place) for place in range(len(self.joined.model.numbers))]
        found = []
        for row in rows:
            assert row is not None
            if row.line is None:
                found.append((row.document.title, "", ""))
            else:
                found.append((row.line.left, row.line.match, row.line.right))
        return found

    def lefts(self) -> list[str]:
        """The last word before each match."""
        return [(left.split() or [""])[-1] for left, _, _ in self.shown()]

    def states(self) -> list[LineState | None]:
        """What was said of each line."""
        self.shown()
        rows = [self.joined.model.row(place) for place in range(len(self.joined.model.numbers))]
        return [row.line.state for row in rows if row is not None and row.line is not None]

    def key(self, key: Qt.Key) -> None:
        """Press a key in the table."""
        self.table.setFocus()
        QTest.keyClick(self.table, key)
        self.settle()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[LinesDesk]:
    make_library(tmp_path)
    made = LinesDesk(tmp_path)
    assert made.library.wait_until_searchable(30)
    yield made
    made.close()


def test_the_concordance_shows_every_match_on_a_line_of_its_own(desk: LinesDesk) -> None:
    desk.search("the")
    desk.run("search.concordance")
    assert desk.joined.shown
    expected = sum(len(desk.library.matches(desk.question.answer, d)) for d in desk.open.model.ids)
    assert len(desk.shown()) == expected > 4
    assert {match.lower() for _, match, _ in desk.shown()} == {"the"}
    assert desk.pane._count.text().startswith(f"{expected} lines in 3 documents")


def test_the_button_at_the_top_shows_it_and_takes_it_away(desk: LinesDesk) -> None:
    desk.search("dock")
    button = desk.window.header.concordance
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.joined.shown and button.isChecked()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.window.shows_list and not button.isChecked()


def test_other_words_in_the_box_give_other_lines(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    assert len(desk.shown()) == 2
    desk.search("lamps")
    assert desk.joined.shown
    assert [match for _, match, _ in desk.shown()] == ["lamps"]
    desk.search("")
    assert len(desk.joined.model.numbers) == 0
    assert desk.pane._pages.currentWidget() is desk.pane._empty


def test_lines_are_sorted_by_the_words_around_them(desk: LinesDesk) -> None:
    desk.search("the")
    desk.run("search.concordance")
    desk.asking.want(sort=LineSort.LEFT_1)
    assert desk.lefts() == sorted(desk.lefts())
    desk.asking.want(sort=LineSort.RIGHT_2)
    rights = [right.split()[:2] for _, _, right in desk.shown()]
    assert rights == sorted(rights)
    header = desk.table.horizontalHeader()
    header.sectionClicked.emit(Column.LEFT)
    desk.settle()
    assert desk.asking.wanted.sort is LineSort.LEFT_1
    header.sectionClicked.emit(Column.LEFT)
    desk.settle()
    assert desk.asking.wanted.sort is LineSort.LEFT_2


def test_grouped_lines_stand_under_their_document(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.bar.grouped.trigger()
    desk.settle()
    shown = desk.shown()
    assert [title for title, match, _ in shown if not match] == [
        "How the quay at Halmar was rebuilt",
        "What do the pilots want now?",
    ]
    assert [bool(match) for _, match, _ in shown] == [False, True, False, True]


def test_the_filter_lets_only_lines_with_its_words_through(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.bar.field.setText("WINTER")
    desk.settle()
    assert len(desk.shown()) == 1
    assert desk.pane._count.text().startswith("1 of 2 lines")
    desk.pane.bar.field.setText("zzz")
    desk.settle()
    assert desk.pane._pages.currentWidget() is desk.pane._empty
    desk.pane._empty.action_asked.emit("lines.unfilter")
    assert len(desk.shown()) == 2


def test_space_says_that_a_line_was_seen_and_goes_on(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.focus_table()
    assert desk.table.currentIndex().row() == 0
    desk.key(Qt.Key.Key_Space)
    assert desk.table.currentIndex().row() == 1
    assert desk.states()[0] is LineState.SEEN
    assert "1 of 2 dealt with" in desk.pane._progress.text()
    desk.key(Qt.Key.Key_X)
    assert desk.states() == [LineState.SEEN, LineState.IRRELEVANT]
    assert "2 of 2 dealt with" in desk.pane._progress.text()
    desk.run("edit.undo")
    assert desk.states()[1] is LineState.KNOWN
    assert "1 of 2 dealt with" in desk.pane._progress.text()


def test_what_was_said_of_lines_is_there_after_a_restart_and_new_ones_are_told(
    desk: LinesDesk, tmp_path: Path
) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.focus_table()
    desk.key(Qt.Key.Key_Space)
    desk.run("search.concordance")  # and back to the list
    more = tmp_path / "more"
    more.mkdir()
    (more / "late.txt").write_text("A late report\n\nThe dry dock opened again.\n", "utf-8")
    desk.import_all(more)
    desk.close()
    again = LinesDesk(tmp_path)
    try:
        again.search("dock")
        again.run("search.concordance")
        states = again.states()
        assert sorted(str(state) for state in states) == ["0", "1", "None"]
        assert again.pane._progress.text() == "1 of 3 dealt with · 1 new"
    finally:
        again.close()
        desk.close = lambda: None  # type: ignore[method-assign]


def test_enter_opens_the_reader_at_the_match(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.focus_table()
    desk.table.choose_row(1)
    desk.settle()
    desk.key(Qt.Key.Key_Return)
    row = desk.joined.model.row(1)
    assert row is not None and row.line is not None
    assert desk.open.reading.wanted == row.line.document
    assert desk.window.reader.current_match() == (row.line.start, row.line.end)


def test_a_digit_highlights_the_match_with_its_tag(desk: LinesDesk) -> None:
    from desktop_app.library.tags.commands import CreateTag, SetTagKey

    desk.library.run(CreateTag("ports"))
    tag = desk.library.tag_tree().find("ports")
    assert tag is not None
    desk.library.run(SetTagKey(tag.id, 3))
    desk.settle()
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.focus_table()
    desk.key(Qt.Key.Key_3)
    marks = desk.library.marks.many(list(desk.library.marks.ids()))
    assert [(mark.anchor.quote, mark.tags) for mark in marks] == [("dock", (tag.id,))]
    assert desk.states()[0] is LineState.TAGGED
    desk.run("edit.undo")
    assert not len(desk.library.marks.ids())
    assert desk.states()[0] is LineState.KNOWN


def test_choosing_a_tag_in_the_card_tags_all_chosen_lines(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.table.selectAll()
    desk.key(Qt.Key.Key_T)
    assert desk.joined.card.is_open
    desk.joined.card.field.setText("harbour")
    desk.joined.card.field.textEdited.emit("harbour")
    QTest.keyClick(desk.joined.card.field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.states() == [LineState.TAGGED, LineState.TAGGED]
    tag = desk.library.tag_tree().find("harbour")
    assert tag is not None
    marks = desk.library.marks.many(list(desk.library.marks.ids()))
    assert [mark.tags for mark in marks] == [(tag.id,), (tag.id,)]
    assert desk.window.focusWidget() is desk.table


def test_the_lines_are_saved_as_a_table(
    desk: LinesDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "lines.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.search("dock")
    desk.run("search.concordance")
    desk.run("lines.export")
    rows = target.read_text("utf-8-sig").splitlines()
    assert rows[0] == "left,match,right,document,source,date,state,id,start,end"
    assert len(rows) == 3 and all(',"dock",' in row for row in rows[1:])


def test_escape_goes_back_to_the_documents(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.pane.focus_table()
    desk.key(Qt.Key.Key_Escape)
    assert desk.window.shows_list


def test_a_document_that_is_removed_takes_its_lines_with_it(desk: LinesDesk) -> None:
    from desktop_app.library.commands import SetTrashed

    desk.search("dock")
    desk.run("search.concordance")
    assert len(desk.shown()) == 2
    document = next(iter(desk.open.model.ids))
    desk.session.do(SetTrashed((document,), trashed=True))
    desk.settle()
    assert len(desk.shown()) == 1


def test_a_search_that_cannot_run_says_why_in_the_place_of_lines(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.search("dock date:2016-13")
    assert desk.pane._pages.currentWidget() is desk.pane._empty
    assert "2016" in desk.pane._empty._sentence.text()
    desk.search("dock")
    assert len(desk.shown()) == 2


def test_what_is_said_about_the_search_stands_above_the_lines(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    lines = desk.list.lines
    assert all(desk.pane.isAncestorOf(line) for line in lines)
    desk.run("search.concordance")
    assert all(desk.list.isAncestorOf(line) for line in lines)


def test_enter_in_the_search_box_leads_to_the_lines(desk: LinesDesk) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    desk.window.header.search.focus()
    desk.window.header.search.entered.emit()
    desk.settle()
    assert desk.window.focusWidget() is desk.table


def test_a_file_from_a_second_start_leaves_the_search_and_the_lines_alone(
    desk: LinesDesk, tmp_path: Path
) -> None:
    desk.search("dock")
    desk.run("search.concordance")
    lines = desk.shown()
    desk.table.choose_row(1)
    desk.key(Qt.Key.Key_Space)
    states = desk.states()
    assert LineState.SEEN in states
    file = tmp_path / "apart.txt"
    file.write_text("Nothing is said here of what is searched for.\n\nNothing at all.\n", "utf-8")
    desk.open.import_and_open([file])
    desk.settle()
    shown = desk.open.reading.document
    assert shown is not None
    assert shown.facts.title == "Nothing is said here of what is searched for."
    assert desk.window.header.search.text == "dock"
    assert desk.joined.shown
    assert desk.shown() == lines and desk.states() == states
