"""The caret that F7 shows: where keys bring it, what it selects, what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.text import Block, BlockKind, Text, clean, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import a_document, folded, paragraph

_Key = Qt.Key
_Held = Qt.KeyboardModifier
CONTROL, SHIFT = _Held.ControlModifier, _Held.ShiftModifier

ARABIC = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645"


def shown(view: PageView, text: Text) -> PageView:
    view.show_text(a_document(), text)
    view.setFocus()
    view.turn_caret(True)
    QTest.keyClick(view, _Key.Key_Home, CONTROL)
    return view


@pytest.fixture
def view(qapp: QApplication) -> Iterator[PageView]:
    made = PageView(Appearance(qapp, "light"))
    made.resize(640, 480)
    made.show()
    made.activateWindow()
    yield made
    made.close()
    made.deleteLater()


def press(view: PageView, *keys: Qt.Key, held: Qt.KeyboardModifier = _Held.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(view, key, held)


def test_arrows_go_by_letters_words_and_lines(view: PageView) -> None:
    words = "The dry dock stayed closed through the winter. " * 12
    shown(view, make_text((paragraph(words.strip()), paragraph("And more.")), "test"))
    press(view, _Key.Key_Right, _Key.Key_Right)
    assert view.caret == 2
    press(view, _Key.Key_Right, held=CONTROL)
    assert view.caret == 3
    press(view, _Key.Key_Right, held=CONTROL)
    assert view.caret == 7
    press(view, _Key.Key_Left, held=CONTROL)
    assert view.caret == 4
    press(view, _Key.Key_Home)
    press(view, _Key.Key_Down)
    first, last = view.line_around(view.caret or 0)
    assert view.caret == first > 0
    press(view, _Key.Key_End)
    assert view.caret == last
    press(view, _Key.Key_Up)
    assert view.line_around(view.caret or 0)[0] == 0
    press(view, _Key.Key_End, held=CONTROL)
    assert view.text is not None
    assert view.caret == len(view.text.canonical)
    press(view, _Key.Key_Right, _Key.Key_Down)
    assert view.caret == len(view.text.canonical)


def test_shift_selects_forward_and_back_over_where_it_began(view: PageView) -> None:
    shown(view, make_text((paragraph("The dry dock stayed closed."),), "test"))
    press(view, _Key.Key_Right, _Key.Key_Right, held=CONTROL)
    press(view, _Key.Key_Right, held=CONTROL | SHIFT)
    assert view.selected_text() == " dock"
    press(view, _Key.Key_Left, _Key.Key_Left, held=CONTROL | SHIFT)
    assert view.selected_text() == "dry"
    press(view, _Key.Key_Right)
    assert view.selection() is None


def test_it_passes_over_what_is_folded_and_goes_into_what_is_open(view: PageView) -> None:
    text = make_text((paragraph("Above."), paragraph("Share this."), paragraph("Below.")), "test")
    text = folded(text, ("Share this.", "share bar"))
    shown(view, text)
    press(view, _Key.Key_End, _Key.Key_Right)
    assert view.caret == text.canonical.index("Below")
    press(view, _Key.Key_Left)
    assert view.caret == len("Above.")
    press(view, _Key.Key_Home, _Key.Key_Down)
    assert text.canonical[view.caret or 0 :].startswith("Below")
    press(view, _Key.Key_B)
    press(view, _Key.Key_Up)
    assert text.canonical[view.caret or 0 :].startswith("Share")


def test_keys_go_right_where_it_is_seen_in_letters_that_run_left(view: PageView) -> None:
    shown(view, make_text((paragraph(ARABIC), paragraph("Below.")), "test"))
    press(view, _Key.Key_Left)
    assert view.caret == 1
    press(view, _Key.Key_Right)
    assert view.caret == 0
    press(view, _Key.Key_Left, held=CONTROL)
    assert view.caret == ARABIC.index(" ")
    press(view, _Key.Key_End, _Key.Key_Left)
    assert view.caret == len(ARABIC) + 1


def test_no_letter_of_several_code_points_is_entered(view: PageView) -> None:
    text = make_text((paragraph(clean("a👩\u200d👩\u200d👧q\u0323\u0302b")),), "test")
    shown(view, text)
    places = [view.caret]
    for _ in range(4):
        press(view, _Key.Key_Right)
        places.append(view.caret)
    family = 1 + len("👩\u200d👩\u200d👧")
    assert places == [0, 1, family, len(text.canonical) - 1, len(text.canonical)]


def test_it_goes_through_the_cells_of_a_table_and_down_its_columns(view: PageView) -> None:
    rows = [Block(BlockKind.TABLE_ROW, line) for line in ("Name\tYear", "Quay\t2015", "Dock\t2016")]
    text = make_text((*rows, paragraph("Below.")), "test")
    shown(view, text)
    press(view, *[_Key.Key_Right] * 5)
    assert text.canonical[view.caret or 0 :].startswith("Year")
    press(view, _Key.Key_Down)
    assert text.canonical[view.caret or 0 :].startswith("2015")
    press(view, _Key.Key_Down, _Key.Key_Home)
    assert text.canonical[view.caret or 0 :].startswith("2016")


def test_the_page_scrolls_with_it_and_page_keys_keep_its_height(view: PageView) -> None:
    text = make_text([paragraph(f"Paragraph {number} of many.") for number in range(200)], "test")
    shown(view, text)
    for _ in range(60):
        press(view, _Key.Key_Down)
        assert view.in_view(view.caret or 0)
    before = view.caret or 0
    press(view, _Key.Key_PageDown)
    assert view.in_view(view.caret or 0)
    assert (view.caret or 0) > before
    press(view, _Key.Key_End, held=CONTROL)
    assert view.caret == len(text.canonical)
    press(view, _Key.Key_PageUp)
    assert (view.caret or 0) < len(text.canonical)


def test_an_image_without_words_is_stepped_over(view: PageView) -> None:
    blocks = (paragraph("Above."), Block(BlockKind.IMAGE, ""), paragraph("Below."))
    text = make_text((*blocks, Block(BlockKind.IMAGE, "")), "test")
    shown(view, text)
    press(view, _Key.Key_Down)
    assert text.canonical[view.caret or 0 :].startswith("Below")
    press(view, _Key.Key_End, _Key.Key_Right)
    assert view.caret == len(text.canonical)


def test_what_it_comes_to_is_told_by_letter_word_and_line(view: PageView) -> None:
    shown(view, make_text((paragraph("The dry dock."), paragraph("Below.")), "test"))
    telling = view._telling
    assert telling.caret_in_words(0, "letter") == "T"
    assert telling.caret_in_words(4, "word") == "dry"
    assert telling.caret_in_words(4, "line") == "The dry dock."
    assert telling.caret_in_words(13, "letter") == "end of line"


def test_keys_scroll_again_once_it_is_off(view: PageView) -> None:
    text = make_text([paragraph(f"Paragraph {number} of many.") for number in range(200)], "test")
    shown(view, text)
    view.turn_caret(False)
    assert view.caret is None
    press(view, _Key.Key_PageDown)
    assert view.position() > 0
