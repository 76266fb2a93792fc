"""The page keeps its place, shows what is asked for, and gives back the canonical text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Document, Facts, ReadState
from desktop_app.core.text import Block, BlockKind, Fold, Span, SpanKind, Text, clean, make_text
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.reader import tables
from desktop_app.ui.reader.margin_room import LEAST_MARGIN_PX
from desktop_app.ui.reader.rows import RowKind
from desktop_app.ui.reader.style import Family, ReadingStyle
from desktop_app.ui.reader.view import PageView

Show = Callable[..., PageView]

SENTENCE = "The dry dock stayed closed through the winter, and crews worked in shifts. "


def a_document(**changes: object) -> Document:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = Document(
        id=7,
        facts=Facts("How the quay was rebuilt", (), "Ledger", None, PartialDate(2016, 3, 25)),
        media_type="text/plain",
        file_name="quay.txt",
        original="0" * 64,
        text_version="v",
        words=1640,
        state=ReadState.UNREAD,
        progress=0.0,
        position=0,
        starred=False,
        added_at=now,
        changed_at=now,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def paragraphs(*texts: str, folds: tuple[Fold, ...] = ()) -> Text:
    return make_text([Block(BlockKind.PARAGRAPH, text) for text in texts], "test", folds=folds)


def a_long_text(count: int = 200) -> Text:
    return paragraphs(*(f"{number} " + SENTENCE * (1 + number % 5) for number in range(count)))


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Show a text in a page of 808 by 600."""

    def shown(text: Text, *, position: int = 0) -> PageView:
        view = PageView(Appearance(qapp, "light"))
        qtbot.addWidget(view)
        view.resize(808, 600)
        view.show()
        qtbot.waitExposed(view)
        view.show_text(a_document(), text, position=position)
        return view

    return shown


def spot_of(view: PageView, point: int) -> QPoint:
    """The middle of the letter at a code point, in the window."""
    column = view._column
    assert column is not None
    for _, y, laid in column.visible():
        for rect in laid.rects(point, point + 1):
            return rect.translated(view._left(), y).center().toPoint()
    raise AssertionError(f"{point} is not in view")


def covered(view: PageView) -> list[int]:
    """The code points that the rows of a page set, in order; each piece must hold its own text."""
    column, text = view._column, view.text
    assert column is not None
    assert text is not None
    points: list[int] = []
    for index in range(len(column.rows)):
        for piece in column.laid(index).pieces:
            points.extend(range(piece.start, piece.end))
            set_text = piece.layout.text().replace("\u2028", "\n")
            assert set_text == text.canonical[piece.start : piece.end]
    return points


def letters_of(text: Text) -> list[int]:
    """Every code point of a text but those that only part blocks and cells."""
    return [
        start + place
        for block, start in zip(text.blocks, text.starts, strict=True)
        for place, letter in enumerate(block.text)
        if not (letter == "\t" and block.kind == BlockKind.TABLE_ROW)
    ]


def hover(view: PageView, spot: QPoint) -> None:
    """Move the pointer over the window; QTest's own move is lost where another window is above."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(spot),
        view.viewport().mapToGlobal(QPointF(spot)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_a_text_opens_at_its_title_or_at_the_remembered_place(show: Show) -> None:
    text = a_long_text()
    assert show(text).position() == 0
    middle = text.starts[90]
    view = show(text, position=middle)
    assert view.position() == middle
    assert view.visible_text().startswith("90 The dry dock")


def test_the_place_is_kept_over_every_size_and_style(show: Show) -> None:
    text = a_long_text()
    place = text.starts[77] + 140
    view = show(text)
    view.go_to(place, place + 1, at=0)
    kept = view.position()
    assert text.starts[77] < kept <= place
    for width in range(400, 1200, 93):
        view.resize(width, 500)
        assert view.position() == kept
        assert spot_of(view, kept).y() < 40
    for style in (
        ReadingStyle(size_px=26),
        ReadingStyle(width_px=600, family=Family.SANS),
        ReadingStyle(line_height=1.85),
        ReadingStyle(justified=True),
        ReadingStyle(family=Family.CLEAR, width_px=440, line_height=2.1, justified=True),
        ReadingStyle(),
    ):
        view.set_style_of_reading(style)
        assert view.position() == kept
        assert spot_of(view, kept).y() < 60
    view.resize(808, 600)
    assert spot_of(view, kept).y() < 40


def test_the_place_is_kept_when_the_theme_changes(show: Show) -> None:
    view = show(a_long_text(), position=9000)
    kept = view.position()
    view._appearance.choose("dark")
    assert view.position() == kept


def test_going_to_a_place_puts_it_a_third_down_the_page(show: Show) -> None:
    text = a_long_text()
    view = show(text)
    for block in (60, 150, 20):
        place = text.starts[block] + 30
        view.go_to(place, place + 5)
        assert abs(spot_of(view, place).y() - 200) < 30


def test_going_to_a_place_near_the_beginning_leaves_the_title_in_view(show: Show) -> None:
    text = a_long_text()
    view = show(text)
    view.go_to(text.starts[2] + 200, text.starts[2] + 205)
    assert view.position() == 0
    assert 0 < spot_of(view, text.starts[2] + 200).y() < 420


def test_folded_text_opens_when_one_goes_to_it(show: Show, qtbot: QtBot) -> None:
    text = a_long_text(40)
    fold = Fold(text.starts[30], text.starts[31] - 1, "headline", "said before")
    view = show(make_text(text.blocks, "test", folds=[fold]))
    with qtbot.waitSignal(view.folds_changed):
        view.go_to(fold.start + 4, fold.start + 9)
    assert "30 The dry dock" in view.visible_text()
    spot_of(view, fold.start + 4)


def test_a_fold_opens_by_click_by_enter_and_by_b(show: Show, qtbot: QtBot) -> None:
    fold = Fold(4, 9, "headline", "said before")
    view = show(paragraphs("One", "Title", "Two", folds=(fold,)))

    def line() -> QPoint:
        assert view._column is not None
        for _, y, laid in view._column.visible():
            if laid.row.kind == RowKind.FOLD:
                return laid.spots[0].rect.translated(view._left(), y).center().toPoint()
        raise AssertionError

    assert "Title" not in view.visible_text()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line())
    assert "Title" in view.visible_text()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=line())
    assert "Title" not in view.visible_text()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert "Title" in view.visible_text()
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert "Title" not in view.visible_text()
    assert view.tip_at(QPointF(line())) == "Said before"


def test_keys_turn_the_page_and_come_back(show: Show, qtbot: QtBot) -> None:
    view = show(a_long_text())
    places = [view.position()]
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Space)
        places.append(view.position())
        assert 0 <= spot_of(view, view.position()).y() - view.style_of_reading.line_px / 2 < 30
    assert places == sorted(set(places))
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert view.position() == 0
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.progress() == 1.0
    assert view.verticalScrollBar().value() == view.verticalScrollBar().maximum()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.position() == 0
    assert view.verticalScrollBar().value() == 0


def test_the_scroll_bar_reaches_every_part(show: Show) -> None:
    view = show(a_long_text())
    bar = view.verticalScrollBar()
    seen = []
    for share in (0.25, 0.5, 0.75, 1.0):
        bar.setValue(round(bar.maximum() * share))
        seen.append(view.position())
    assert seen == sorted(set(seen))
    assert view.progress() == 1.0
    bar.setValue(0)
    assert view.position() == 0


def test_scrolling_down_and_up_by_pixels_comes_back_exactly(show: Show) -> None:
    view = show(a_long_text(), position=20_000)
    assert view._column is not None
    before = view._column.top_row, view._column.top_inside
    for step in (7, 333, 1200, 41, 5000):
        view.scroll_by(step)
        view.scroll_by(-step)
        assert (view._column.top_row, view._column.top_inside) == before


def test_every_letter_is_found_where_it_is_drawn(show: Show) -> None:
    text = paragraphs(
        "Plain words that run over more than one line of the page, so that lines are broken.",
        "Astral \U0001d49c\U0001d49e letters, a crossed x\u0336 and a family \U0001f469\u200d\U0001f467 too.",
        "\u05e9\u05dc\u05d5\u05dd English \u05e2\u05d5\u05dc\u05dd 2016 \u05d5\u05e2\u05d5\u05d3",
        "\u6e2f\u6e7e\u5c40\u306f\u4e5d\u65e5\u9593\u306b\u308f\u305f\u3063\u3066",
    )
    view = show(text)
    assert view._column is not None
    checked = 0
    for _, y, laid in view._column.visible():
        for piece in laid.pieces:
            for point in range(piece.start, piece.end):
                boxes = list(laid.rects(point, point + 1))
                if not boxes or boxes[0].width() < 2:
                    continue  # a mark on the letter before
                spot = boxes[0].center() + QPointF(view._left(), y)
                family = text.canonical.index("\u200d")
                most = (
                    2
                    if abs(point - family) < 3 or text.canonical[point + 1 : point + 2] == "\u0336"
                    else 1
                )
                assert abs(view.point_at(spot) - point) <= most  # within the same written letter
                checked += 1
    assert checked > 100


def test_what_is_selected_is_the_canonical_text(show: Show, qtbot: QtBot) -> None:
    text = paragraphs("One \U0001f469\u200d\U0001f467 two", "three four", "five")
    view = show(text)
    start = text.canonical.index("two")
    end = text.canonical.index("four")
    port = view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=spot_of(view, start) - QPoint(4, 0))
    move = spot_of(view, end) - QPoint(3, 0)
    view._selecting.drag(QPointF(move))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=move)
    assert view.selected_text() == "two\nthree "
    view.copy()
    assert QGuiApplication.clipboard().text() == "two\nthree "
    view.select_all()
    assert view.selected_text() == text.canonical


def test_a_double_click_takes_a_word_and_a_third_the_paragraph(show: Show, qtbot: QtBot) -> None:
    text = paragraphs("The harbour board\u2019s plan had changed.", "Nobody was asked.")
    view = show(text)
    spot = spot_of(view, text.canonical.index("arbour"))
    port = view.viewport()
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=spot)
    assert view.selected_text() == "harbour"
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=spot)
    assert view.selected_text() == text.blocks[0].text


def test_shift_and_arrows_stretch_the_selection(show: Show, qtbot: QtBot) -> None:
    view = show(paragraphs("One two three"))
    view.select(0, 3)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text() == "One t"
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_text() == "One "


def test_a_link_is_told_and_can_be_copied_but_is_not_followed(show: Show, qtbot: QtBot) -> None:
    target = "https://example.org/minutes"
    block = Block(
        BlockKind.PARAGRAPH, "See the minutes.", spans=(Span(8, 15, SpanKind.LINK, target),)
    )
    view = show(make_text([block], "test"))
    spot = spot_of(view, 10)
    with qtbot.waitSignal(view.link_hovered) as told:
        hover(view, spot)
    assert told.args == [target]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    menu = view.context_menu(spot)
    (copy,) = [action for action in menu.actions() if action.text() == "Copy link"]
    copy.trigger()
    assert QGuiApplication.clipboard().text() == target
    elsewhere = view.context_menu(spot_of(view, 0))
    assert "Copy link" not in [action.text() for action in elsewhere.actions()]
    menu.close()
    elsewhere.close()


def test_table_cells_and_list_items_are_text_too(show: Show) -> None:
    blocks = [
        Block(BlockKind.HEADING, "Ships", level=2),
        Block(BlockKind.LIST_ITEM, "a berth", level=1, number=1),
        Block(BlockKind.TABLE_ROW, "2014\t112\tquiet"),
        Block(BlockKind.TABLE_ROW, "2015\t1,204\t" + "very " * 40),
        Block(BlockKind.PREFORMATTED, "def quay():\n\treturn 1"),
        Block(BlockKind.IMAGE, ""),
        Block(BlockKind.PAGE_BREAK, ""),
        Block(BlockKind.IMAGE, "A caption"),
    ]
    text = make_text(blocks, "test")
    view = show(text)
    assert covered(view) == letters_of(text)
    for word in ("berth", "112", "quiet", "return"):
        place = text.canonical.index(word)
        view.go_to(place, place + 1)
        spot = spot_of(view, place)
        assert abs(view.point_at(QPointF(spot)) - place) <= 1
    assert re.search("caption", text.canonical)


WRITTEN = st.text(
    st.sampled_from("ab  c.\u05e9\u0627\u6e2f\U0001d49c\U0001f469\u200d\u0336\n"), max_size=60
)
KINDS = st.sampled_from([k for k in BlockKind if k != BlockKind.PAGE_BREAK])


@st.composite
def any_blocks(draw: st.DrawFn) -> Block:
    kind = draw(KINDS)
    text = clean(draw(WRITTEN).strip())
    if kind == BlockKind.TABLE_ROW:
        text = text.replace(" ", "\t")
    ends = st.integers(0, len(text))
    made = draw(st.lists(st.tuples(ends, ends, st.sampled_from(SpanKind)), max_size=3))
    spans = tuple(Span(a, b, how, "x") for a, b, how in made if a < b)
    return Block(kind, text, draw(st.integers(0, 7)), draw(st.none() | st.integers(1, 400)), spans)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(any_blocks(), max_size=6), st.integers(120, 700))
def test_any_text_is_set_letter_by_letter_at_any_width(
    page_of_any: PageView, blocks: list[Block], width: int
) -> None:
    text = make_text(blocks, "test")
    page_of_any.resize(width, 400)
    page_of_any.show_text(a_document(), text)
    most = tables.most_columns(width - 2 * LEAST_MARGIN_PX)
    if all(block.text.count("\t") < most for block in blocks):
        assert covered(page_of_any) == letters_of(text)
    else:
        assert set(covered(page_of_any)) >= set(letters_of(text))


def test_a_row_of_more_columns_than_fit_is_text_and_spoils_no_other(show: Show) -> None:
    wide = Block(BlockKind.TABLE_ROW, "\t".join(["x"] * 300))
    rows = [Block(BlockKind.TABLE_ROW, "2014\t112"), wide, Block(BlockKind.TABLE_ROW, "2015\t7")]
    view = show(make_text(rows, "test"))
    assert view._column is not None
    assert [len(view._column.laid(index).pieces) for index in (1, 2, 3)] == [2, 1, 2]
    (whole,) = view._column.laid(2).pieces
    assert whole.layout.text() == wide.text


@pytest.fixture
def page_of_any(show: Show) -> PageView:
    return show(paragraphs("first"))


def test_what_is_in_view_is_told_to_a_screen_reader(show: Show, qtbot: QtBot) -> None:
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    view = show(a_long_text(), position=10_000)
    qtbot.waitUntil(lambda: view.accessibleDescription() == view.visible_text() != "")
    QAccessible.setActive(was_active)


def test_a_word_of_half_a_million_letters_opens_and_scrolls(show: Show, qtbot: QtBot) -> None:
    view = show(paragraphs("before", "x" * 500_000, "after"))
    view.go_to(300_000, 300_001)
    assert abs(spot_of(view, 300_000).y() - 200) < 30
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert "after" in view.visible_text()


def test_an_empty_text_is_only_its_title(show: Show, qtbot: QtBot) -> None:
    view = show(make_text([], "test"))
    for key in (Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Home):
        qtbot.keyClick(view, key)
    assert view.position() == 0
    assert view.progress() == 0.0
    view.select_all()
    assert view.selected_text() == ""


def test_matches_are_painted_in_view_and_the_current_one_is_edged(show: Show) -> None:
    text = a_long_text(20)
    view = show(text)
    found = [(m.start(), m.end()) for m in re.finditer("dry dock", text.canonical)]
    view.set_matches(found)
    theme = view._appearance.theme

    def colours() -> set[str]:
        image = view.viewport().grab().toImage()
        line = spot_of(view, found[1][0]).y()
        return {
            image.pixelColor(x, y).name() for y in range(line - 14, line + 14) for x in range(300)
        }

    assert theme.match in colours()
    view.go_to_match(1)
    assert theme.match_now in colours()
    assert {theme.match_edge, theme.match_now} <= colours()
