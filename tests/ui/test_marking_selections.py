"""What is selected over folds, pictures, cells and letters of many kinds, and marked there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit

from desktop_app.core.highlights import LONGEST_QUOTE, MarkStyle
from desktop_app.library.commands import UseText
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.ui.reader.laid import SpotKind
from tests.ui.marking_for_tests import Reader
from tests.ui.reader_for_tests import place_of, spots
from tests.ui.window_for_tests import Desk
from tests.worker_for_tests import one_worker

_Key = Qt.Key
_Held = Qt.KeyboardModifier

MIXED = """# Letters of many kinds

Before the fold stands a line.

Share this: Facebook Twitter WhatsApp

Behind the fold stands another.

A family 👩‍👩‍👧 stood by the flag 🇩🇪 at the cafe\u0301 door.

\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645 with English inside \u062b\u0645 \u0639\u0631\u0628\u064a

| Name | Year |
|------|------|
| Halmar quay | 2015 |
| Oster Sound | 2016 |

![](picture.png)

The last line stands below a picture.
"""
PAGE = (
    "<html><head><title>The gates</title></head><body><nav>Home and more</nav><article><h1>The"
    " gates</h1>" + "<p>The committee met in the old customs house and heard about the gates of"
    " the dry dock, which nobody had seen closed since the winter.</p>" * 6 + "</article><footer>"
    "Contact us</footer></body></html>"
)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "mixed.md").write_text(MIXED, "utf-8")
    (saved / "gates.html").write_text(PAGE, "utf-8")
    (saved / "long.txt").write_text("A long tale\n\n" + "The tide came in again.\n\n" * 6_000)
    library = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=one_worker()
    )
    library.import_files([saved])
    library.run(CreateTag("ports"))
    library.close()
    made = Desk(tmp_path)
    made.window.resize(1366, 1150)  # all of the short text is in view
    made.settle()
    yield made
    made.close()


@pytest.fixture
def reader(desk: Desk) -> Reader:
    return Reader(desk, "Letters of many")


def test_what_is_folded_in_a_selection_is_marked_too_and_said(reader: Reader) -> None:
    assert reader.view.has_folds()
    start, _ = reader.range_of("fold stands a line")
    _, end = reader.range_of("Behind the fold")
    reader.drag(reader.edge(start), reader.edge(end - 1, right=True))
    reader.press(_Key.Key_H)
    (made,) = reader.marks()
    assert "Share this" in made.anchor.quote
    assert reader.said().endswith("done, with 1 folded line")


def test_what_is_wholly_folded_away_is_not_marked_and_said(reader: Reader) -> None:
    start, end = reader.range_of("Share this: Facebook")
    reader.view.select(start, end)
    reader.press(_Key.Key_H)
    assert "folded away" in reader.said()
    assert reader.marks() == []


def test_a_fold_line_or_a_picture_alone_is_no_passage(reader: Reader) -> None:
    for spot in (*spots(reader.view, SpotKind.PICTURE), QPoint(3, 3)):
        QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.keyClick(reader.view, _Key.Key_Escape)
        reader.pane.focus_text()
        reader.press(_Key.Key_H)
        assert "A picture without words cannot be marked" in reader.said()
    assert reader.marks() == []


def test_no_written_letter_is_cut_in_two(reader: Reader) -> None:
    for cut, whole in (("👩\u200d👩", "👩\u200d👩\u200d👧"), ("🇩", "🇩🇪"), ("caf", "caf")):
        reader.view.select(*reader.range_of(cut))
        reader.press(_Key.Key_H)
        assert reader.shown()[-1] == whole or whole in reader.shown()
        reader.desk.settle()
    reader.drag_over("café")
    reader.press(_Key.Key_H)
    assert "café" in [each.anchor.quote for each in reader.marks()]


def test_cells_and_both_directions_are_marked_where_they_stand(reader: Reader) -> None:
    reader.drag_over("Halmar quay")
    reader.press(_Key.Key_1)
    reader.desk.settle()
    start, _ = reader.range_of("Oster")
    _, end = reader.range_of("2016")
    reader.drag(reader.edge(start), reader.edge(end - 1, right=True))
    reader.press(_Key.Key_H)
    reader.desk.settle()
    reader.view.select(*reader.range_of("\u0628\u0627\u0644\u0639\u0627\u0644\u0645 with"))
    reader.press(_Key.Key_H)
    quotes = {each.anchor.quote for each in reader.marks()}
    assert quotes == {
        "Halmar quay",
        "Oster Sound\t2016",
        "\u0628\u0627\u0644\u0639\u0627\u0644\u0645 with",
    }
    for each in reader.view.marks.placed:
        assert each.place is not None
        assert reader.view.place_of(each.place.start, each.place.end).width() > 20


def test_right_is_where_it_is_seen_for_letters_that_run_left(reader: Reader) -> None:
    word = "\u0628\u0627\u0644\u0639\u0627\u0644\u0645"
    reader.view.select(*reader.range_of(word))
    reader.press(_Key.Key_H)
    reader.desk.settle()
    reader.press(_Key.Key_Right, _Held.ShiftModifier)
    reader.desk.open.joins.marking.verbs.resizing.finish()
    assert reader.marks()[0].anchor.quote == word[:-1]


def test_a_third_press_takes_the_block_and_a_sticky_tag_marks_it_once(reader: Reader) -> None:
    reader.press(_Key.Key_1, _Held.ShiftModifier)
    place = place_of(reader.view, reader.range_of("below")[0]).toPoint()
    port, left = reader.view.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(port, left, pos=place)
    QTest.mouseDClick(port, left, pos=place)
    QTest.mousePress(port, left, pos=place)
    QTest.mouseRelease(port, left, pos=place)
    QTest.qWait(QApplication.doubleClickInterval() + 60)
    (made,) = reader.marks()
    assert made.anchor.quote == "The last line stands below a picture."
    assert reader.pane.footer.mode.isVisible()
    assert "“ports” · Esc ends" in reader.pane.footer.mode.text()


def test_all_of_a_huge_text_is_refused_with_a_sentence(desk: Desk) -> None:
    reader = Reader(desk, "A long tale")
    reader.press(_Key.Key_A, _Held.ControlModifier)
    assert reader.view.selection() == (0, len(reader.text))
    reader.press(_Key.Key_H)
    desk.settle()
    assert reader.shown() == []
    assert f"A highlight can hold {LONGEST_QUOTE:,}" in desk.problems[0]


def test_a_mark_on_a_text_that_has_just_changed_is_refused_and_goes_away(desk: Desk) -> None:
    reader = Reader(desk, "The gates")
    start, end = reader.range_of("old customs house")
    reader.view.select(start, end)
    # The whole page comes into use, and the window has not heard of it yet.
    desk.library.run(UseText((reader.document,), True))
    reader.press(_Key.Key_H)
    assert reader.shown() == ["old customs house"]
    desk.settle()
    assert reader.shown() == []
    assert "read again meanwhile" in desk.problems[0]
    reader.drag_over("old customs house")
    reader.press(_Key.Key_H)
    assert len(reader.marks()) == 1


def test_a_mark_stays_chosen_while_the_page_and_the_article_change(desk: Desk) -> None:
    reader = Reader(desk, "The gates")
    reader.drag_over("old customs house")
    reader.press(_Key.Key_H)
    desk.settle()
    desk.run("document.whole")
    assert reader.shown() == ["old customs house"]
    place = reader.view.marks.placed[0].place
    assert place is not None
    assert reader.text[place.start : place.end] == "old customs house"


def test_the_menu_of_a_place_lists_the_highlights_there_and_what_can_be_done(
    reader: Reader,
) -> None:
    for words in ("stands below a picture", "below"):
        reader.drag_over(words)
        reader.press(_Key.Key_H)
        reader.desk.settle()
        reader.press(_Key.Key_Escape)
    place = place_of(reader.view, reader.range_of("below")[0] + 1).toPoint()
    menu = reader.view.context_menu(place)
    texts = [action.text() for action in menu.actions()]
    assert texts[:2] == ["Note on the passage…", "Tag"]
    assert "Delete the highlight" in texts
    inner = {action.text(): action.menu() for action in menu.actions() if action.menu()}
    here = inner["Highlights here"].actions()  # type: ignore[union-attr]
    assert [entry.text() for entry in here] == ["“below”", "“stands below a picture”"]
    here[1].trigger()
    assert reader.view.chosen_mark is not None
    assert reader.view.chosen_mark.anchor.quote == "stands below a picture"
    inner["Tag"].actions()[0].trigger()  # type: ignore[union-attr]
    tagged = [each.anchor.quote for each in reader.marks() if each.tags]
    assert tagged == ["stands below a picture"]
    menu.close()


def test_what_lies_over_a_highlight_says_its_note_and_tags(reader: Reader) -> None:
    reader.drag_over("Before the")
    reader.press(_Key.Key_1)
    reader.desk.settle()
    place = place_of(reader.view, reader.range_of("Before")[0])
    assert reader.view.tip_at(QPointF(place)) == "ports"
    mark = reader.view.chosen_mark
    assert mark is not None
    words = reader.view._telling.mark_in_words(mark)
    assert words == "Highlight in yellow: “Before the”. Tags: ports"


def test_a_screen_reader_is_told_of_the_highlight_that_is_chosen(reader: Reader) -> None:
    QAccessible.setActive(True)
    try:
        reader.drag_over("Before the")
        reader.press(_Key.Key_2)
        reader.press(_Key.Key_H)
        reader.press(_Key.Key_Escape)
        reader.press(_Key.Key_BracketRight)
        assert "Highlight in yellow: “Before the”" in reader.view.accessibleDescription()
        reader.press(_Key.Key_F7)
        reader.press(_Key.Key_Right)
        reader.press(_Key.Key_Down)
    finally:
        QAccessible.setActive(False)


def test_enter_on_a_chosen_highlight_writes_its_note(reader: Reader) -> None:
    reader.drag_over("Before the")
    reader.press(_Key.Key_H)
    reader.desk.settle()
    reader.press(_Key.Key_Return)
    reader.desk.settle()
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    QTest.keyClicks(field, "H 1 N are letters here")
    reader.press(_Key.Key_Return, _Held.ControlModifier)
    assert reader.marks()[0].note == "H 1 N are letters here"
    assert len(reader.marks()) == 1


def test_the_card_beside_a_selection_marks_and_never_takes_the_keys(reader: Reader) -> None:
    card = reader.desk.open.joins.marking.showing.card
    reader.drag_over("Before the")
    QTest.qWait(30)
    assert card.isVisible()
    assert reader.view.hasFocus()
    assert not card.delete.isVisible()
    swatch = card.swatches._swatches["pink"]
    assert swatch.accessibleName() == "Highlight in pink"
    QTest.mouseClick(swatch, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    assert reader.view.hasFocus()
    assert reader.marks()[0].colour == "pink"
    reader.press(_Key.Key_Escape)
    reader.click_on("Before")
    assert card.isVisible()
    QTest.mouseClick(card.delete, Qt.MouseButton.LeftButton)
    assert reader.marks() == []


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_the_panel_of_the_header_sets_colour_style_and_sticky_tag(reader: Reader) -> None:
    showing = reader.desk.open.joins.marking.showing
    QTest.mouseClick(reader.pane.header.marks, Qt.MouseButton.LeftButton)
    panel = showing.panel
    assert panel.isVisible()
    QTest.mouseClick(panel.swatches._swatches["green"], Qt.MouseButton.LeftButton)
    bar = next(made for made in panel._styles.buttons() if made.text() == "Bar beside")
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    chip = panel._flow.itemAt(0)
    assert chip is not None
    QTest.mouseClick(chip.widget(), Qt.MouseButton.LeftButton)
    panel.hide()
    reader.drag_over("Before the")
    QTest.qWait(30)
    (made,) = reader.marks()
    assert (made.colour, made.style) == ("green", MarkStyle.BAR)
    assert made.tags == (reader.tag("ports"),)
    settings = reader.desk.session.settings.now
    assert (settings.mark_colour, settings.mark_style) == ("green", "bar")


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_the_menu_key_is_about_the_highlight_that_keys_chose(reader: Reader) -> None:
    for words in ("Before the fold", "stands below"):
        reader.drag_over(words)
        reader.press(_Key.Key_H)
        reader.desk.settle()
    port = reader.view.viewport()
    middle = port.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, port.mapToGlobal(middle))
    QApplication.sendEvent(port, event)
    menu = next(each for each in reader.view.findChildren(QMenu) if each.isVisible())
    assert "Delete the highlight" in [action.text() for action in menu.actions()]
    box = place_of(reader.view, reader.range_of("stands below")[0])
    assert abs(reader.view._place_of_keys().y() - box.y()) < 4
    menu.close()
    assert reader.view.chosen_mark is not None
    assert reader.view.chosen_mark.anchor.quote == "stands below"
