"""Notes stand in the margin beside their lines, as cards or as small marks."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QEnterEvent, QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.highlights import Place
from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.text import Block, BlockKind, Span, SpanKind, Text, make_text
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.look.theme import THEMES, Appearance
from desktop_app.ui.reader.margin import KEPT_CARDS
from desktop_app.ui.reader.margin_popup import MarginPopup
from desktop_app.ui.reader.note_card import NoteCard
from tests.ui.notes_for_tests import Sheet, a_sheet, marked, numbered, show
from tests.ui.reader_for_tests import SENTENCE, folded, paragraph, place_of

LONG = "\n\n".join(f"Paragraph {n} of a long note that goes on." for n in range(40))


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp, "light")


@pytest.fixture
def sheet(qtbot: QtBot, appearance: Appearance) -> Sheet:
    made = a_sheet(appearance)
    qtbot.addWidget(made.view)
    made.view.resize(820, 700)
    made.view.show()
    qtbot.waitExposed(made.view)
    return made


def tagged(*names: str) -> TagTree:
    collection = TagCollection(1, "c", "Notes", True)
    tags = [Tag(n + 1, f"t{n}", 1, None, name, "#a8456b") for n, name in enumerate(names)]
    return TagTree((collection,), tuple(tags))


def place_again(sheet: Sheet) -> None:
    sheet.margin._place()


def test_a_card_stands_beside_the_first_line_of_its_highlight(sheet: Sheet) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3: The dry dock", "Compare the minutes."))
    (card,) = sheet.margin.cards
    line = place_of(sheet.view, text.canonical.index("Number 3:"))
    assert abs(card.y() + 11 - line.y()) < 6
    assert card.x() > sheet.view.column_place()[1]
    assert card.geometry().right() < sheet.view.viewport().width()


def test_a_highlight_with_neither_note_nor_tag_has_no_card(sheet: Sheet) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3:"))
    assert sheet.margin.cards == []


def test_the_page_does_not_move_when_the_first_note_comes(sheet: Sheet) -> None:
    text = numbered(60)
    show(sheet, text)
    sheet.view.scroll_by(900)
    before = (sheet.view.column_place(), sheet.view.position())
    sheet.view.set_marks([marked(text, "Number 8:", "A note.")])
    place_again(sheet)
    assert (sheet.view.column_place(), sheet.view.position()) == before


def test_the_card_goes_with_its_line(sheet: Sheet) -> None:
    text = numbered(60)
    show(sheet, text, marked(text, "Number 3:", "A note."))
    before = sheet.margin.cards[0].y()
    sheet.view.scroll_by(90)
    assert sheet.margin.cards[0].y() == before - 90
    sheet.view.scroll_by(4_000)
    assert sheet.margin.cards == []


def test_a_card_whose_line_has_just_left_is_still_seen(sheet: Sheet) -> None:
    text = numbered(60)
    show(sheet, text, marked(text, "Number 3:", LONG))
    card = sheet.margin.cards[0]
    sheet.view.scroll_by(card.y() + card.height() // 2)
    assert sheet.margin.cards == [card]
    assert card.y() < 0 < card.geometry().bottom()


def test_cards_of_one_line_stand_one_below_the_other(sheet: Sheet) -> None:
    text = numbered(12)
    show(
        sheet,
        text,
        marked(text, "Number 2:", "One.", number=1),
        marked(text, "The dry", "Two words that are more.", number=2),
        marked(text, "Number 3:", "Three.", number=3),
    )
    cards = sheet.margin.cards
    assert len(cards) == 3
    for upper, lower in itertools.pairwise(cards):
        assert upper.geometry().bottom() < lower.y()


def test_the_card_of_the_chosen_highlight_keeps_its_line(sheet: Sheet) -> None:
    text = numbered(12)
    many = [marked(text, f"Number {n}:", "A note. " * 60, number=n) for n in range(2, 6)]
    show(sheet, text, *many)
    slid = sheet.margin.cards[1].y()
    sheet.view.choose(3)
    line = place_of(sheet.view, text.canonical.index("Number 3:"))
    card = next(each for each in sheet.margin.cards if each.noted and each.noted.highlight == 3)
    assert card.y() < slid
    assert abs(card.y() + 11 - line.y()) < 6


def test_a_click_on_a_card_picks_its_highlight(sheet: Sheet, qtbot: QtBot) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3:", "A note.", number=5))
    picked = QSignalSpy(sheet.margin.picked)
    qtbot.mouseClick(sheet.margin.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert picked.at(0) == [5]


def test_a_long_note_is_cut_and_more_shows_all_of_it_in_place(sheet: Sheet, qtbot: QtBot) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 1:", LONG), marked(text, "Number 3:", "b", number=2))
    card = sheet.margin.cards[0]
    short, top = card.height(), card.y()
    assert card.is_cut
    assert short < 200
    click_foot(card, qtbot, "more")
    assert card.height() > 450
    assert card.height() < sheet.view.viewport().height()
    assert card.y() == top
    assert len(sheet.margin.marks) == 1  # the other has no room beside it now
    click_foot(card, qtbot, "all of it")
    assert sheet.margin.popup.isVisible()
    assert not sheet.margin.popup.cards[0].is_cut
    sheet.margin.popup.close_popup()
    click_foot(card, qtbot, "less")
    assert card.height() == short


def click_foot(card: NoteCard, qtbot: QtBot, words: str) -> None:
    place = next(rect.center() for word, rect, _ in card._foot() if word == words)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=place)


def test_an_expanded_card_is_seen_for_as_long_as_any_of_it_is_in_the_window(
    sheet: Sheet, qtbot: QtBot
) -> None:
    text = numbered(60)
    show(sheet, text, marked(text, "Number 1:", LONG))
    card = sheet.margin.cards[0]
    click_foot(card, qtbot, "more")
    sheet.view.scroll_by(card.geometry().bottom() - 20)
    assert sheet.margin.cards == [card]
    sheet.view.scroll_by(60)
    assert sheet.margin.cards == []


def test_tags_stand_below_the_note_and_are_read_out(sheet: Sheet) -> None:
    text = numbered(12)
    sheet.notes.set_tags(tagged("contested", "ports"))
    show(sheet, text, marked(text, "Number 3:", "A note.", tags=(1, 2, 99)))
    card = sheet.margin.cards[0]
    assert card.accessibleName() == "Note on “Number 3:”: A note.. Tags: contested, ports"
    show(sheet, text, marked(text, "Number 3:", tags=(2,)))
    assert sheet.margin.cards[0].accessibleName() == "Tags on “Number 3:”. Tags: ports"


def test_a_note_on_the_document_stands_beside_the_title(sheet: Sheet) -> None:
    text = numbered(40)
    show(sheet, text)
    sheet.notes.set_document_note(7, "Central source.")
    place_again(sheet)
    (card,) = sheet.margin.cards
    assert card.accessibleName() == "Note on the document: Central source."
    assert card.y() < 60
    sheet.notes.set_document_note(8, "Of another document.")
    place_again(sheet)
    assert sheet.margin.cards[0].noted is not None
    assert sheet.margin.cards[0].noted.note == "Central source."
    sheet.view.scroll_by(2_000)
    assert sheet.margin.cards == []


def test_a_note_inside_a_closed_fold_stands_beside_the_fold(sheet: Sheet) -> None:
    text = folded(numbered(12), ("Number 3: The dry dock stayed", "share"))
    show(sheet, text, marked(text, "Number 3:", "A note."))
    assert len(sheet.margin.cards) == 1


def test_ten_thousand_notes_build_only_what_is_in_view(sheet: Sheet) -> None:
    text = numbered(10_000)
    model = marked(text, "Number 0:", "Note 1")
    places = []
    for number, start in enumerate(text.starts, 1):
        place = Place(start, start + 8)
        anchor = replace(model.anchor, start=place.start, end=place.end)
        changed = replace(model, id=number, uuid=f"u{number}", anchor=anchor, place=place)
        places.append(changed)
    show(sheet, text, *places)
    for _ in range(60):
        sheet.view.turn(1)
    built = sheet.view.viewport().findChildren(NoteCard)
    assert len(built) <= KEPT_CARDS
    assert 0 < len(sheet.margin.cards) < 30


def test_where_it_is_narrow_marks_stand_at_the_edge_of_the_column(
    sheet: Sheet, qtbot: QtBot
) -> None:
    text = numbered(12)
    sheet.view.resize(430, 700)
    show(
        sheet,
        text,
        marked(text, "Number 2:", "One.", number=1),
        marked(text, "The dry dock", "Three.", number=3),
        marked(text, "Number 0", "Two.", number=2),
    )
    assert sheet.margin.cards == []
    both, single = sheet.margin.marks
    assert [len(mark.noted) for mark in (both, single)] == [2, 1]
    assert both.accessibleName() == "2 notes beside this line"
    assert single.accessibleName() == "Note: One."
    assert both.geometry().right() <= sheet.view.viewport().width()
    qtbot.mouseClick(both, Qt.MouseButton.LeftButton)
    popup = sheet.margin.popup
    assert popup.isVisible()
    assert [card.noted.note for card in popup.cards if card.noted] == ["Two.", "Three."]
    assert sheet.view.viewport().rect().contains(popup.geometry())
    sheet.view.scroll_by(10)
    assert not popup.isVisible()


def test_a_mark_opens_with_enter_and_escape_gives_the_keys_back(sheet: Sheet, qtbot: QtBot) -> None:
    text = numbered(12)
    sheet.view.resize(430, 700)
    show(sheet, text, marked(text, "Number 2:", "One.", number=1))
    (mark,) = sheet.margin.marks
    sheet.view.activateWindow()
    mark.setFocus()
    qtbot.keyClick(mark, Qt.Key.Key_Space)
    popup = sheet.margin.popup
    assert popup.isVisible()
    card = popup.cards[0]
    assert card.hasFocus()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert sheet.view.hasFocus()


def test_a_click_elsewhere_closes_the_popup(sheet: Sheet, qtbot: QtBot) -> None:
    text = numbered(12)
    sheet.view.resize(430, 700)
    show(sheet, text, marked(text, "Number 2:", "One.", number=1))
    qtbot.mouseClick(sheet.margin.marks[0], Qt.MouseButton.LeftButton)
    assert sheet.margin.popup.isVisible()
    qtbot.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 650))
    assert not sheet.margin.popup.isVisible()


def test_tab_goes_from_the_page_through_the_cards(sheet: Sheet, qtbot: QtBot) -> None:
    text = numbered(12)
    show(
        sheet,
        text,
        marked(text, "Number 1:", "One.", number=1),
        marked(text, "Number 4:", "Two.", number=2),
    )
    sheet.view.activateWindow()
    sheet.view.setFocus()
    first, second = sheet.margin.cards
    qtbot.keyClick(sheet.view, Qt.Key.Key_Tab)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Backtab)
    assert first.hasFocus()
    picked = QSignalSpy(sheet.margin.picked)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert picked.at(0) == [1]


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_cards_are_painted_in_every_theme(sheet: Sheet, appearance: Appearance, theme: str) -> None:
    text = numbered(12)
    sheet.notes.set_tags(tagged("contested"))
    show(sheet, text, marked(text, "Number 3:", "A **note**.", tags=(1,), colour="pink"))
    appearance.choose(theme)
    place_again(sheet)
    card = sheet.margin.cards[0]
    image = card.grab().toImage()
    rule = image.pixelColor(0, image.height() // 2)
    assert rule.name() == appearance.theme.mark_lines["pink"]


def test_a_popup_that_is_open_takes_on_another_theme(sheet: Sheet, appearance: Appearance) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3:", "A **note**.", colour="pink"))
    popup = MarginPopup(appearance, sheet.view.viewport())  # as over the pages of a PDF
    popup.open_beside(QPoint(200, 100), [sheet.notes.of(sheet.notes.marked[0])], keys=False)
    (card,) = popup.cards
    before = card.grab().toImage()
    appearance.choose("dark")
    image = card.grab().toImage()
    assert image != before
    rule = image.pixelColor(0, image.height() // 2)
    assert rule.name() == appearance.theme.mark_lines["pink"]
    popup.close_popup()


def test_a_card_that_was_put_away_below_the_pointer_comes_back_calm(sheet: Sheet) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3:", "A **note**."))
    card = sheet.margin.cards[0]
    calm = card.grab().toImage()
    place = QPointF(5, 5)
    QApplication.sendEvent(card, QEnterEvent(place, place, place))
    assert card.grab().toImage() != calm
    card.hide()
    card.show()
    assert card.grab().toImage() == calm


def test_a_link_in_a_note_is_offered_and_not_followed(
    sheet: Sheet, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> bool:
        raise AssertionError("a link was followed")

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3:", "[minutes](https://example.org/minutes)"))
    card = sheet.margin.cards[0]
    place = QPointF(20, 10)
    assert card.link_at(place) == "https://example.org/minutes"
    menu = card._link_menu(card.link_at(place))
    copy = next(action for action in menu.actions() if action.text() == "Copy link")
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "https://example.org/minutes"


def test_another_document_shows_nothing_of_the_last_one(sheet: Sheet) -> None:
    text = numbered(12)
    show(sheet, text, marked(text, "Number 3:", "A note."))
    sheet.view.clear()
    place_again(sheet)
    assert sheet.margin.cards == []
    assert not any(card.isVisible() for card in sheet.view.viewport().findChildren(NoteCard))


def with_footnotes() -> Text:
    called = "Nobody had been asked.1"
    mark = Span(len(called) - 1, len(called), SpanKind.NOTE, "a")
    blocks = [paragraph(f"Number {n}: {SENTENCE}") for n in range(4)]
    blocks.append(Block(BlockKind.PARAGRAPH, called, spans=(mark,)))
    blocks += [paragraph(SENTENCE * 3) for _ in range(40)]
    blocks.append(Block(BlockKind.PARAGRAPH, "The harbour master’s *log*.", note="a"))
    return make_text(blocks, "test")


def test_a_footnote_stands_beside_its_mark_where_there_is_room(sheet: Sheet) -> None:
    text = with_footnotes()
    show(sheet, text)
    (card,) = sheet.margin.footnotes.cards
    assert card.accessibleName() == "Footnote: 1 The harbour master’s *log*."
    line = place_of(sheet.view, text.canonical.index("Nobody"))
    assert abs(card.y() + 9 - line.y()) < 12
    sheet.view.scroll_by(1_500)
    assert sheet.margin.footnotes.cards == []
    sheet.view.scroll_to_edge(end=False)
    sheet.view.resize(430, 700)
    assert sheet.margin.footnotes.cards == []


def test_a_footnote_gives_way_to_a_note(sheet: Sheet) -> None:
    text = with_footnotes()
    show(sheet, text, marked(text, "Nobody had been", "Who says so?"))
    (note,) = sheet.margin.cards
    (footnote,) = sheet.margin.footnotes.cards
    line = place_of(sheet.view, text.canonical.index("Nobody"))
    assert abs(note.y() + 11 - line.y()) < 6
    assert footnote.y() > note.geometry().bottom()
