"""What is folded stands as one line that says what it is, opens and closes, and can be spoken of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.text import Block, BlockKind, Fold, Text, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader.folded import folded_parts, said_of
from desktop_app.ui.reader.laid import SpotKind
from desktop_app.ui.reader.rows import RowKind
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import SENTENCE, a_document, folded, paragraph, place_of, spots

Show = Callable[..., PageView]

ARTICLE = make_text(
    [
        paragraph("Share on Facebook"),
        paragraph("Sign up for our newsletter"),
        paragraph("The quay was cut back. [Continue reading below] Nobody had been asked."),
        paragraph(SENTENCE),
        paragraph("2 comments"),
        paragraph("Anna, 3 hours ago: " + SENTENCE * 2),
        paragraph("Ben: no."),
    ],
    "test",
)
FOLDED = folded(
    ARTICLE,
    ("Share on Facebook", "share bar"),
    ("Sign up for our newsletter", "newsletter"),
    ("[Continue reading below]", "continue reading"),
    (ARTICLE.canonical[ARTICLE.starts[4] :], "comments"),
)


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Show a text in a page of 808 by 600."""

    def shown(text: Text, *, source: str | None = "Ledger") -> PageView:
        view = PageView(Appearance(qapp, "light"))
        qtbot.addWidget(view)
        view.resize(808, 600)
        view.show()
        qtbot.waitExposed(view)
        view.show_text(a_document(source=source), text)
        return view

    return shown


def menu_of(view: PageView, place: QPointF) -> dict[str, bool]:
    """What the menu of a place offers, and whether it can be chosen."""
    menu = view.context_menu(place.toPoint())
    found = {each.text(): each.isEnabled() for each in menu.actions() if each.text()}
    menu.close()
    return found


def choose(view: PageView, place: QPointF, words: str) -> None:
    menu = view.context_menu(place.toPoint())
    next(each for each in menu.actions() if each.text() == words).trigger()
    menu.close()


def test_a_fold_line_says_what_and_how_much_and_folds_that_touch_share_one() -> None:
    said = [said_of(part, FOLDED) for part in folded_parts(FOLDED)]
    assert said == [
        "Share bar and newsletter · 2 lines folded",
        "Continue reading · 3 words folded",
        "Comments · 3 paragraphs folded",
    ]


def test_a_headline_and_the_numbers_of_pages_keep_a_line_of_their_own() -> None:
    text = folded(ARTICLE, ("Share on Facebook", "headline"), ("Sign up for our newsletter", "ad"))
    assert [said_of(part, text) for part in folded_parts(text)] == [
        "Headline repeated · folded",
        "Ad · 1 line folded",
    ]


def test_words_folded_out_of_a_paragraph_leave_what_is_before_and_after_in_place(
    show: Show, qtbot: QtBot
) -> None:
    view = show(FOLDED)
    said = view.visible_text().splitlines()
    assert said[1:4] == [
        "The quay was cut back. ",
        "Continue reading · 3 words folded",
        "Nobody had been asked.",
    ]
    tops = [place_of(view, FOLDED.canonical.index(word)).y() for word in ("The quay", "Nobody")]
    assert tops[1] - tops[0] <= 2 * view.style_of_reading.line_px
    line = spots(view, SpotKind.FOLD)[1]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert "[Continue reading below] Nobody had been asked." in view.visible_text()


def test_what_is_open_has_a_rule_at_its_side_that_closes_it(show: Show, qtbot: QtBot) -> None:
    view = show(FOLDED)
    assert not spots(view, SpotKind.RULE)
    view.toggle_fold(1)
    (rule,) = spots(view, SpotKind.RULE)
    place = place_of(view, FOLDED.canonical.index("[Continue") + 1)
    assert rule.x() < place.x()
    assert abs(rule.y() - place.y()) < 20
    assert view.tip_at(QPointF(rule)) == "Click to fold this again"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rule)
    assert "[Continue" not in view.visible_text()


def test_tab_goes_through_fold_lines_and_enter_opens_the_one_that_has_the_keys(
    show: Show, qtbot: QtBot
) -> None:
    view = show(FOLDED)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "[Continue" in view.visible_text()
    assert "Share on" not in view.visible_text()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "[Continue" not in view.visible_text()
    qtbot.keyClick(view, Qt.Key.Key_Backtab)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "Share on" in view.visible_text()


def test_the_reason_is_in_the_tooltip_and_in_the_menu(show: Show, qtbot: QtBot) -> None:
    view = show(FOLDED)
    line = QPointF(spots(view, SpotKind.FOLD)[0])
    assert view.tip_at(line) == "Because of share bar\nBecause of newsletter"
    choose(view, line, "Why is this folded?")
    assert view._hovering.card.isVisible()
    assert view._hovering.card.words.text() == view.tip_at(line)
    choose(view, line, "Show what is folded")
    assert "Share on Facebook" in view.visible_text()


def test_a_fold_is_never_wanted_again_for_its_source(show: Show, qtbot: QtBot) -> None:
    view = show(FOLDED)
    line = QPointF(spots(view, SpotKind.FOLD)[2])
    with qtbot.waitSignal(view.never_fold_asked) as asked:
        choose(view, line, "Never fold this at Ledger")
    assert [fold.kind for fold in asked.args[0]] == ["comments"]


def test_a_short_line_can_always_be_folded_and_prose_cannot(show: Show, qtbot: QtBot) -> None:
    text = make_text([paragraph("Support our work"), paragraph(SENTENCE * 4)], "test")
    view = show(text)
    with qtbot.waitSignal(view.always_fold_asked) as asked:
        choose(view, place_of(view, 3), "Always fold this line at Ledger")
    assert asked.args == ["Support our work"]
    assert not any("Always" in each for each in menu_of(view, place_of(view, 40)))


def test_without_a_source_a_fold_can_be_kept_open_in_all_texts_that_name_none(
    show: Show, qtbot: QtBot
) -> None:
    view = show(FOLDED, source=None)
    line = QPointF(spots(view, SpotKind.FOLD)[2])
    with qtbot.waitSignal(view.never_fold_asked) as asked:
        choose(view, line, "Never fold this in texts without a source")
    assert [fold.kind for fold in asked.args[0]] == ["comments"]


def test_a_page_ends_in_one_line_with_what_is_folded_around_it(show: Show) -> None:
    blocks = [
        Block(BlockKind.PARAGRAPH, SENTENCE, page=1),
        Block(BlockKind.PARAGRAPH, "12", page=1),
        Block(BlockKind.PAGE_BREAK, "", page=13),
        Block(BlockKind.PARAGRAPH, "ANNUAL REPORT", page=13),
        Block(BlockKind.PARAGRAPH, SENTENCE, page=13),
    ]
    plain = make_text(blocks, "test")
    folds = [
        Fold(plain.starts[1], plain.starts[1] + 2, "page number", ""),
        Fold(plain.starts[3], plain.starts[3] + 13, "running head", ""),
    ]
    text = make_text(blocks, "test", folds=folds)
    view = show(text)
    assert (
        view.visible_text().splitlines()[1:3]
        == [
            "Page number and running head · folded",
            "Page 13",
        ]
        or "Page number and running head · folded" in view.visible_text()
    )
    view.toggle_folds()
    shown = [view._column.rows.all[i] for i, _, _ in view.rows_in_view()] if view._column else []
    words = [text.canonical[row.start : row.end] for row in shown if row.kind == RowKind.TEXT]
    assert words == [SENTENCE, "12", "", "ANNUAL REPORT", SENTENCE]


def test_folding_anew_keeps_the_place_what_is_open_and_what_is_selected(
    show: Show, qtbot: QtBot
) -> None:
    blocks = [paragraph(f"{number} " + SENTENCE * 3) for number in range(60)]
    plain = make_text(blocks, "test")

    def with_folds(*numbers: int) -> Text:
        folds = [
            Fold(plain.starts[n], plain.starts[n] + len(blocks[n].text), "comments", "why")
            for n in numbers
        ]
        return make_text(blocks, "test", folds=folds)

    view = show(with_folds(3, 30))
    view.toggle_fold(1)
    view.go_to(plain.starts[29], plain.starts[29] + 1, at=0.2)
    view.select(plain.starts[29], plain.starts[29] + 10)
    before = place_of(view, plain.starts[29] + 4), view.position()
    folds_changed = QSignalSpy(view.folds_changed)
    view.change_text(a_document(), with_folds(3, 5, 30))
    assert (place_of(view, plain.starts[29] + 4), view.position()) == before
    assert "30 The dry dock" in view.visible_text()
    assert not view.is_folded(plain.starts[30], plain.starts[30] + 1)
    assert view.is_folded(plain.starts[5], plain.starts[5] + 1)
    assert view.selection() == (plain.starts[29], plain.starts[29] + 10)
    assert folds_changed.count() == 0


def test_a_screen_reader_is_told_what_has_the_keys_and_what_enter_does(show: Show) -> None:
    view = show(FOLDED)
    said: list[str] = []
    for _ in range(3):
        view._keys.step(1)
        spot = view._keys.spot
        assert spot is not None
        said.append(view._telling.spot_in_words(spot))
    assert said == [
        "Share bar and newsletter, folded. Enter opens it.",
        "Continue reading, folded. Enter opens it.",
        "Comments, folded. Enter opens it.",
    ]
