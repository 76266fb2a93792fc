"""The pane steps through matches, finds, tells progress, and stands in when nothing is open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Document, Facts, ReadState
from desktop_app.core.text import Block, BlockKind, Fold, Text, make_text
from desktop_app.core.words import fold
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.bylines import byline, date_in_words, time_left
from desktop_app.ui.reader.finding import STRETCH, places_of
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.reader.style import ReadingStyle

SENTENCE = "The dry dock stayed closed through the winter, and crews worked in shifts. "


def a_document(number: int = 7, *, position: int = 0, words: int = 1640) -> Document:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(
        id=number,
        facts=Facts("How the quay was rebuilt", (), "Ledger", None, PartialDate(2016, 3, 25)),
        media_type="text/plain",
        file_name="quay.txt",
        original="0" * 64,
        text_version="v",
        words=words,
        state=ReadState.UNREAD,
        progress=0.0,
        position=position,
        starred=False,
        added_at=now,
        changed_at=now,
    )


def paragraphs(*texts: str, folds: tuple[Fold, ...] = ()) -> Text:
    return make_text([Block(BlockKind.PARAGRAPH, text) for text in texts], "test", folds=folds)


TEXT = paragraphs(*(f"{number} " + SENTENCE * 3 for number in range(60)))
PLACES = [(m.start(), m.end()) for m in re.finditer("dry dock", TEXT.canonical)]


@pytest.fixture
def pane(qtbot: QtBot, qapp: QApplication) -> ReaderPane:
    made = ReaderPane(Appearance(qapp, "light"))
    qtbot.addWidget(made)
    made.resize(808, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_stepping_counts_and_ends_tell_the_way(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT, PLACES[:3])
    assert pane.header.count.text() == "3 matches"
    for number in (1, 2, 3):
        pane.next_match()
        assert pane.header.count.text() == f"{number} of 3 matches"
    with qtbot.waitSignal(pane.matches_ended) as ended:
        pane.next_match()
    assert ended.args == [1]
    pane.previous_match()
    assert pane.header.count.text() == "2 of 3 matches"
    qtbot.mouseClick(pane.header.previous, Qt.MouseButton.LeftButton)
    assert pane.header.count.text() == "1 of 3 matches"
    with qtbot.waitSignal(pane.matches_ended) as ended:
        pane.previous_match()
    assert ended.args == [-1]


def test_the_first_step_goes_to_the_match_below_the_top_of_the_page(pane: ReaderPane) -> None:
    pane.show_document(a_document(), TEXT, PLACES, position=TEXT.starts[30])
    pane.next_match()
    current = pane.view.matches.current
    assert current is not None
    assert PLACES[current][0] == TEXT.starts[30] + 7


def test_a_step_after_reading_on_starts_from_the_page_in_view(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_document(a_document(), TEXT, PLACES, at_match=True)
    for _ in range(4):
        qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    at = pane.position()
    pane.next_match()
    current = pane.view.matches.current
    assert current is not None
    assert PLACES[current][0] >= at > PLACES[current - 1][0]


def test_opening_at_the_match_leaves_a_folded_headline_closed(pane: ReaderPane) -> None:
    fold_ = Fold(0, 8, "headline", "again")
    text = paragraphs("dry dock", "A dry dock.", "Another.", folds=(fold_,))
    pane.show_document(a_document(), text, [(0, 8), (11, 19)], at_match=True)
    assert pane.header.count.text() == "2 of 2 matches"
    assert "B folded text" in pane.footer.keys.text()
    pane.previous_match()
    assert pane.view.visible_text().startswith("Headline repeated\ndry dock")
    only = paragraphs("dry dock", "Another.", folds=(fold_,))
    pane.show_document(a_document(), only, [(0, 8)], at_match=True)
    assert pane.view.visible_text().startswith("Headline repeated\ndry dock")


def test_opening_at_the_match_goes_past_the_remembered_place(pane: ReaderPane) -> None:
    pane.show_document(a_document(position=500), TEXT, PLACES[40:], at_match=True)
    assert pane.header.count.text() == "1 of 140 matches"
    assert pane.position() < PLACES[40][0]
    assert pane.position() > 500


def test_going_to_a_match_makes_it_the_current_one(pane: ReaderPane) -> None:
    pane.show_document(a_document(), TEXT, PLACES)
    pane.go_to(*PLACES[25])
    assert pane.header.count.text() == f"26 of {len(PLACES)} matches"
    pane.go_to(0, 1)
    assert pane.position() == 0


def test_nothing_is_said_of_matches_where_there_are_none(pane: ReaderPane) -> None:
    pane.show_document(a_document(), TEXT)
    assert not pane.header.next.isVisible()
    pane.next_match()
    assert pane.position() == 0


def test_a_click_on_the_strip_goes_to_the_nearest_match(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT, PLACES)
    strip = pane.strip
    y = strip.y_of(PLACES[90][0] / len(TEXT.canonical)) + 1
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPointF(4, y).toPoint())
    current = pane.view.matches.current
    assert current is not None
    assert abs(current - 90) <= 1


def test_find_counts_steps_and_gives_the_search_back(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT, PLACES[:4])
    pane.open_find()
    qtbot.keyClicks(pane.find_bar.field, "WÍNTER")
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "1 of 180")
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    assert pane.find_bar.count.text() == "2 of 180"
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pane.find_bar.count.text() == "180 of 180"
    pane.find_bar.field.setText("no such words")
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "Not in this document")
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()
    assert pane.header.count.text() == "4 matches"


def test_f3_steps_through_what_the_find_bar_found_and_comes_round(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_document(a_document(), TEXT, PLACES[:4], position=TEXT.starts[30])
    pane.open_find()
    pane.find_bar.field.setText("wint")
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "91 of 180")
    pane.find_bar.field.setText("winter")  # from where one stood, not from the last place on
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "91 of 180")
    pane.next_match()
    assert pane.find_bar.count.text() == "92 of 180"
    for _ in range(92):
        pane.previous_match()
    assert pane.find_bar.count.text() == "180 of 180"


def test_another_document_closes_the_find_bar_and_leaves_the_keys_where_they_are(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    elsewhere = QLineEdit(pane)
    elsewhere.show()
    pane.show_document(a_document(7), TEXT)
    pane.activateWindow()
    pane.open_find()
    elsewhere.setFocus()
    pane.show_document(a_document(8), TEXT)
    assert pane.find_bar.isHidden()
    assert elsewhere.hasFocus()


def test_escape_closes_the_find_bar_wherever_the_keys_are(pane: ReaderPane, qtbot: QtBot) -> None:
    window_has_it = QSignalSpy(QShortcut("Esc", pane).activated)
    pane.show_document(a_document(), TEXT)
    pane.activateWindow()
    for widget in (pane.find_bar.field, pane.view):
        pane.open_find()
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Escape)
        assert pane.find_bar.isHidden()
    assert window_has_it.count() == 0
    qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert window_has_it.count() == 1


def test_find_takes_up_what_is_selected(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT)
    pane.view.select(*PLACES[0])
    pane.open_find()
    assert pane.find_bar.field.text() == "dry dock"
    qtbot.waitUntil(lambda: pane.find_bar.count.text() == "1 of 180")


@given(
    st.text("aA \n\u00e9\u00df\ufb01\u0301\U0001d400x", max_size=40),
    st.text("a\u00e9sfx ", max_size=3),
)
def test_find_agrees_with_folding_the_whole_text(raw: str, wanted: str) -> None:
    text = paragraphs(*(Block(BlockKind.PARAGRAPH, p).text for p in _clean(raw).split("\n")))
    found = [place for place in places_of(text, wanted) if place is not None]
    key = fold(wanted).split()
    if not key:
        assert found == []
        return
    pattern = re.compile(r"\s+".join(map(re.escape, key)))
    # A letter that folds to several, as the sharp s does, is one place however often it is hit.
    assert bool(found) == bool(pattern.search(fold(text.canonical)))
    assert found == sorted(set(found))
    for start, end in found:
        assert pattern.search(fold(text.canonical[start:end]))


def _clean(raw: str) -> str:
    from desktop_app.core.text import clean

    return clean(raw)


def test_find_sees_past_the_end_of_a_stretch() -> None:
    text = paragraphs("x" * (STRETCH - 4) + " dry dock " + "y" * 100)
    found = [place for place in places_of(text, "dry  dock") if place is not None]
    assert found == [(STRETCH - 3, STRETCH + 5)]


def test_progress_is_told_after_scrolling_and_before_the_next_document(
    pane: ReaderPane, qtbot: QtBot
) -> None:
    pane.show_document(a_document(7), TEXT)
    with qtbot.waitSignal(pane.progressed, timeout=3000) as told:
        qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    assert told.args is not None
    number, progress, position = told.args
    assert number == 7
    assert 0 < progress < 1
    assert position == pane.position() > 0
    spy = QSignalSpy(pane.progressed)
    qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    at = pane.position()
    pane.show_document(a_document(8), TEXT)
    assert spy.count() == 1
    assert spy.at(0)[0] == 7
    assert spy.at(0)[2] == at


def test_looking_up_a_match_moves_no_bookmark(pane: ReaderPane, qtbot: QtBot) -> None:
    spy = QSignalSpy(pane.progressed)
    pane.show_document(a_document(position=9000), TEXT, PLACES, at_match=True)
    pane.next_match()
    pane.go_to(*PLACES[100])
    assert not pane._bookmark._linger.isActive()
    pane.tell_now()
    assert spy.count() == 0
    qtbot.keyClick(pane.view, Qt.Key.Key_Space)
    pane.tell_now()
    assert spy.count() == 1


def test_a_document_that_one_stays_with_is_told(pane: ReaderPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.progressed, timeout=4000) as told:
        pane.show_document(a_document(position=TEXT.starts[9]), TEXT)
    assert told.args is not None
    assert told.args[2] == TEXT.starts[9]


def test_a_document_that_is_only_passed_by_tells_nothing(pane: ReaderPane) -> None:
    spy = QSignalSpy(pane.progressed)
    for number in range(5):
        pane.show_document(a_document(number), TEXT)
    pane.clear()
    assert spy.count() == 0


def test_the_end_is_told_once(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT)
    with qtbot.waitSignal(pane.read_to_end, timeout=3000):
        qtbot.keyClick(pane.view, Qt.Key.Key_End)
    assert pane.footer.share.text() == "100%"
    assert pane.footer.left.text() == "at the end"
    with qtbot.assertNotEmitted(pane.read_to_end):
        qtbot.keyClick(pane.view, Qt.Key.Key_Up)
        pane.tell_now()
        qtbot.keyClick(pane.view, Qt.Key.Key_End)
        pane.tell_now()


def test_changed_facts_are_shown_without_losing_the_place(pane: ReaderPane) -> None:
    document = a_document()
    pane.show_document(document, TEXT, position=TEXT.starts[20])
    at = pane.position()
    pane.set_document(replace(document, facts=replace(document.facts, title="Another")))
    assert pane.position() == at
    assert pane.document is not None
    assert pane.document.title == "Another"
    assert pane.view.accessibleName() == "Text of Another"


def test_the_size_can_be_changed_and_is_told(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT)
    with qtbot.waitSignal(pane.reading_changed) as told:
        pane.change_size(1)
    assert told.args == [ReadingStyle(size_px=19.0)]
    for _ in range(20):
        pane.change_size(1)
    assert pane.reading.size_px == 36.0


def test_the_panel_changes_looks_and_theme(pane: ReaderPane, qtbot: QtBot) -> None:
    pane.show_document(a_document(), TEXT)
    panel = pane._looks
    panel.show_style(pane.reading)
    buttons = {b.accessibleName(): b for b in panel.findChildren(QAbstractButton)}
    with qtbot.waitSignal(pane.theme_chosen) as told:
        buttons["Paper: Sepia"].click()
    assert told.args == ["sepia"]
    with qtbot.waitSignal(pane.reading_changed):
        buttons["Letters a line: 75"].click()
    assert pane.reading.width_px == 590


def test_an_empty_pane_says_what_to_do(pane: ReaderPane) -> None:
    pane.show_document(a_document(), TEXT)
    pane.clear()
    assert "Choose a document" in pane.sheets.empty.text()
    assert pane.document is None
    assert not pane.footer.isVisible()
    pane.open_find()
    assert not pane.find_bar.isVisible()


def test_every_control_has_a_name_for_screen_readers(pane: ReaderPane) -> None:
    pane.show_document(a_document(), TEXT, PLACES)
    pane.open_find()
    for kind in (QAbstractButton, QLineEdit):
        for widget in pane.findChildren(kind):
            found = QAccessible.queryAccessibleInterface(widget)
            assert found.text(QAccessible.Text.Name), widget
    assert pane.view.accessibleName() == "Text of How the quay was rebuilt"


def test_dates_bylines_and_times_are_said_as_people_say_them() -> None:
    assert date_in_words(PartialDate(2016, 3, 25)) == "25 March 2016"
    assert date_in_words(PartialDate(2016, 3)) == "March 2016"
    assert date_in_words(PartialDate(2016)) == "2016"
    document = a_document()
    assert byline(document) == "Ledger · 25 March 2016 · 1,640 words"
    many = replace(document.facts, authors=("A", "B", "C", "D"), published=None)
    assert byline(replace(document, facts=many)) == "A, B, C and others · Ledger · 1,640 words"
    assert time_left(1_017, 230) == "5 min left"
    assert time_left(1_017, 400) == "3 min left"
    assert time_left(10, 230) == "1 min left"
    assert time_left(100_000, 230) == "7 h left"
    assert time_left(0, 230) == "at the end"


def test_a_narrow_footer_leaves_out_whole_keys_and_cuts_nothing_else(pane: ReaderPane) -> None:
    pane.show_document(a_document(), TEXT)
    footer = pane.footer
    pane.resize(900, 700)
    QApplication.processEvents()
    assert footer.keys.fitting == footer.keys.text()
    pane.resize(240, 700)
    QApplication.processEvents()
    shown = footer.keys.fitting
    assert shown != footer.keys.text()
    assert all(part in footer.keys.text().split(" · ") for part in shown.split(" · ") if part)
    footer.notice.show()
    footer.notice.setText("1 highlight cannot be shown on the page; it is in the text")
    QApplication.processEvents()
    assert footer.keys.fitting == ""
    assert footer.notice.fitting.endswith("…")
    assert footer.notice.toolTip() == footer.notice.text()
    assert footer.notice.geometry().right() < footer.width()
    assert footer.left.geometry().right() < footer.notice.geometry().left()
