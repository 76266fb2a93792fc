"""Lines have as many letters as were chosen in every family and size, and may be justified."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.core.text import Block, BlockKind, Text, make_text
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import LIGHT, Appearance
from desktop_app.ui.reader.laid import Piece
from desktop_app.ui.reader.lines import Lines, settings
from desktop_app.ui.reader.looks import LooksPanel
from desktop_app.ui.reader.style import (
    LINE_HEIGHTS,
    SIZES_PX,
    WIDTHS_PX,
    Family,
    ReadingStyle,
    letters_in,
)
from desktop_app.ui.reader.view import PageView
from tests.ui.reader_for_tests import SENTENCE, a_document, paragraph

PROSE = (
    "The survey took nine days, and nobody had asked the pilots. What the board gave the press "
    "were the figures of another year; the ministry had the others, and said nothing. By spring "
    "the difference was a fifth of the whole cost, which the town would pay for twenty years. "
) * 12

Show = Callable[[Text, ReadingStyle], PageView]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    view = PageView(Appearance(qapp, "light"))
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    qtbot.waitExposed(view)

    def shown(text: Text, style: ReadingStyle) -> PageView:
        view.set_style_of_reading(style)
        view.show_text(a_document(), text)
        return view

    return shown


def letters_a_line(style: ReadingStyle) -> float:
    """How many letters the lines of prose hold on average; the last one does not count."""
    made = settings(style, LIGHT)
    layout = Lines(made).piece(PROSE, made.body, style.column_px).layout
    counts = [layout.lineAt(number).textLength() for number in range(layout.lineCount() - 1)]
    return sum(counts) / len(counts)


@pytest.mark.parametrize("family", Family)
def test_lines_hold_60_to_75_letters_in_every_family_and_size(
    qapp: QApplication, family: Family
) -> None:
    fonts.load()
    for size in SIZES_PX:
        for width in WIDTHS_PX:
            style = ReadingStyle(size_px=size, width_px=width, family=family)
            assert abs(letters_a_line(style) - letters_in(width)) < 2.5, (size, width)
    offered = [letters_in(width) for width in WIDTHS_PX]
    assert sum(60 <= letters <= 75 for letters in offered) >= 4
    assert 60 <= ReadingStyle(family=family).letters <= 75


def test_the_clear_family_comes_with_postil_and_with_its_licence(qapp: QApplication) -> None:
    assert fonts.CLEAR in fonts.load()
    assert QFontInfo(fonts.font(fonts.CLEAR, 18)).family() == fonts.CLEAR
    folder = paths.resources() / "fonts" / "atkinson-hyperlegible-next"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")
    assert ReadingStyle(family=Family.CLEAR).face == fonts.CLEAR


def pieces(view: PageView) -> list[Piece]:
    return [piece for _, _, laid in view.rows_in_view() for piece in laid.pieces]


def right_edges(piece: Piece) -> list[float]:
    """Where the last letter of each line ends."""
    return [
        next(piece.rects(first, last)).right()
        for number in range(piece.layout.lineCount())
        for first, last in [line_ends(piece, number)]
    ]


def line_ends(piece: Piece, number: int) -> tuple[int, int]:
    """The code points of the last letter of a line that is not blank."""
    line = piece.layout.lineAt(number)
    text = piece.layout.text()[line.textStart() : line.textStart() + line.textLength()].rstrip()
    end = piece.start + piece.units.to_points(line.textStart() + len(text))
    return end - 1, end


def test_justified_lines_end_at_the_edge_all_but_the_last(show: Show) -> None:
    view = show(make_text([paragraph(SENTENCE * 5)], "test"), ReadingStyle(justified=True))
    edges = right_edges(pieces(view)[0])
    width = ReadingStyle().column_px
    assert len(edges) > 4
    assert all(abs(edge - width) < 2 for edge in edges[:-1])
    assert edges[-1] < width - 5
    ragged = show(make_text([paragraph(SENTENCE * 5)], "test"), ReadingStyle())
    assert any(width - edge > 3 for edge in right_edges(pieces(ragged)[0])[:-1])


def test_what_is_not_running_text_is_never_stretched(show: Show) -> None:
    arabic = "قال المهندسون إن المسح أظهر أن الرصيف القديم لا يمكن إصلاحه قبل الشتاء وكان يعرف " * 2
    chinese = "港务局在闭门会议上讨论了九天。 会议结束时，计划已经改变 " * 5
    blocks = [
        Block(BlockKind.HEADING, SENTENCE * 2, 2),
        Block(BlockKind.PREFORMATTED, SENTENCE * 2),
        Block(BlockKind.TABLE_ROW, f"{SENTENCE}\t{SENTENCE}"),
        paragraph(arabic),
        paragraph(chinese),
    ]
    text = make_text(blocks, "test")

    def places(style: ReadingStyle) -> list[list[float]]:
        made = pieces(show(text, style))
        return [
            [box.left() for point in range(piece.start, piece.end) for box in piece.rects(point, point + 1)]
            for piece in made
        ]  # fmt: skip

    assert places(ReadingStyle(justified=True)) == places(ReadingStyle())


def test_a_line_before_a_very_long_word_is_not_torn_apart(show: Show) -> None:
    text = make_text([paragraph("See also " + "x" * 60 + " and more. " + SENTENCE * 2)], "test")
    view = show(text, ReadingStyle(justified=True))
    piece = pieces(view)[0]
    assert right_edges(piece)[0] < 150
    view.resize(500, 700)
    assert right_edges(pieces(view)[0])[0] < 150


def test_places_in_justified_lines_are_exact(show: Show) -> None:
    text = make_text([paragraph(SENTENCE * 5)], "test")
    view = show(text, ReadingStyle(justified=True))
    for _, origin, laid in view.rows_in_view():
        for point in range(laid.row.start, laid.row.end):
            for box in laid.rects(point, point + 1):
                inside = box.translated(origin).center()
                inside.setX(inside.x() - box.width() / 4)
                assert view.point_at(inside) == point


def test_the_panel_offers_letters_heights_and_edges(qtbot: QtBot, qapp: QApplication) -> None:
    panel = LooksPanel(Appearance(qapp, "light"))
    qtbot.addWidget(panel)
    panel.show_style(ReadingStyle())
    assert [made.text() for made in panel._widths.buttons()] == ["56", "61", "67", "72", "75"]
    assert [made.text() for made in panel._heights.buttons()] == [f"{h:g}" for h in LINE_HEIGHTS]
    chosen: list[ReadingStyle] = []
    panel.chosen.connect(chosen.append)
    panel._edges.buttons()[1].click()
    panel._families.buttons()[2].click()
    assert chosen[0] == replace(ReadingStyle(), justified=True)
    assert chosen[1].family == Family.CLEAR
