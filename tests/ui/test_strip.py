"""The strip shows where matches and highlights are, and a click goes to what is nearest."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.look.theme import THEMES, Appearance, Theme
from desktop_app.ui.reader.strip import WIDTH_PX, MatchStrip
from tests.ui.test_theme import contrast

LEFT, RIGHT = 3, WIDTH_PX - 3


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> MatchStrip:
    made = MatchStrip(Appearance(qapp, "light"))
    qtbot.addWidget(made)
    made.resize(WIDTH_PX, 503)
    made.show()
    return made


def column(strip: MatchStrip, x: int) -> list[str]:
    image = strip.grab().toImage()
    return [image.pixelColor(x, y).name() for y in range(strip.height())]


def test_matches_stand_at_the_left_and_highlights_at_the_right(
    strip: MatchStrip, qapp: QApplication
) -> None:
    theme = Appearance(qapp, "light").theme
    strip.set_match_places([0.1, 0.5], 1, 1)
    strip.set_marks([0.1, 0.9], 1, ["blue", "pink"].__getitem__)
    left, right = column(strip, LEFT), column(strip, RIGHT)
    assert left[strip.y_of(0.1) + 1] == theme.strip
    assert left[strip.y_of(0.5) + 1] == theme.match_edge
    assert right[strip.y_of(0.1) + 1] == theme.mark_lines["blue"]
    assert right[strip.y_of(0.9) + 1] == theme.mark_lines["pink"]
    assert set(left) == {theme.page, theme.strip, theme.match_edge}
    assert theme.strip not in right


def test_a_click_goes_to_the_nearest_of_both(strip: MatchStrip, qtbot: QtBot) -> None:
    strip.set_match_places([0.1, 0.5], 1, None)
    strip.set_marks([0.1, 0.3, 0.9], 1, ["blue", "pink", "green"].__getitem__)
    matches, marks = QSignalSpy(strip.chosen), QSignalSpy(strip.mark_chosen)

    def click(x: int, y: float) -> None:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, strip.y_of(y)))

    click(LEFT, 0.11)
    assert (matches.count(), matches.at(0)) == (1, [0])
    click(RIGHT, 0.11)
    assert (marks.count(), marks.at(0)) == (1, [0])
    click(LEFT, 0.31)  # far from any match
    assert marks.at(1) == [1]
    click(RIGHT, 0.52)
    assert matches.at(1) == [1]
    click(LEFT, 1.0)
    assert marks.at(2) == [2]


def test_an_empty_strip_answers_nothing(strip: MatchStrip, qtbot: QtBot) -> None:
    told = QSignalSpy(strip.chosen)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(LEFT, 40))
    assert told.count() == 0
    assert strip.said_at(40) == ""


def test_the_tooltip_counts_both_and_what_is_here(strip: MatchStrip) -> None:
    strip.set_match_places([0.1, 0.101, 0.5], 1, None)
    strip.set_marks([0.1], 1, ["blue"].__getitem__)
    assert (
        strip.said_at(strip.y_of(0.1)) == "3 matches · 1 highlight\nhere: 2 matches · 1 highlight"
    )
    assert strip.said_at(strip.y_of(0.7)) == "3 matches · 1 highlight"
    assert strip.accessibleDescription() == "3 matches · 1 highlight"


def test_what_stands_at_one_height_is_shown_in_up_to_three_colours(
    strip: MatchStrip, qapp: QApplication
) -> None:
    lines = Appearance(qapp, "light").theme.mark_lines
    strip.set_marks([0.5, 0.5, 0.5, 0.5], 1, ["blue", "pink", "green", "blue"].__getitem__)
    image = strip.grab().toImage()
    row = strip.y_of(0.5) + 1
    seen = {image.pixelColor(x, row).name() for x in range(WIDTH_PX)}
    assert {lines["blue"], lines["pink"], lines["green"]} <= seen


def test_tens_of_thousands_are_drawn_once_for_each_height(strip: MatchStrip) -> None:
    shares = [number / 50_000 for number in range(50_000)]
    strip.set_match_places(shares, 1, None)
    rows = strip._rows(strip._matches)
    assert len(rows) <= strip.height()
    assert [first for _, first, _ in rows] == [0, *(behind for _, _, behind in rows[:-1])]
    assert rows[-1][2] == len(shares)


@pytest.mark.parametrize("which", THEMES.values(), ids=lambda t: t.name)
def test_what_the_strip_draws_can_be_seen(which: Theme) -> None:
    assert contrast(which.match_edge, which.page) >= 3
    assert contrast(which.strip, which.page) >= 3
