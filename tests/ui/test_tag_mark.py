"""The mark of a tag, pixel by pixel: told apart without its colour, and seen on every ground."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.core.model import Tag
from desktop_app.core.tag_looks import SCHEMES, Pattern
from desktop_app.ui.look.tag_mark import paint_tag_mark, tag_icon
from desktop_app.ui.look.theme import THEMES, Theme

TAG = Tag(1, "1", 1, None, "siege", "#4580b5")
SIDES = (8, 9, 13, 16, 32)  # as in chips, in the sidebar, in large type, in menus, on a page


def drawn(tag: Tag, theme: Theme, side: int) -> QImage:
    """The mark of a tag on the ground of a theme, with room around it to grow into."""
    image = QImage(QSize(side + 12, side + 12), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.list))
    painter = QPainter(image)
    paint_tag_mark(painter, QRectF(6, 6, side, side), tag, theme)
    painter.end()
    return image


def differing(one: QImage, other: QImage) -> int:
    """In how many pixels two pictures differ clearly in lightness alone."""
    return sum(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 24
        for x in range(one.width())
        for y in range(one.height())
    )


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_patterns_are_told_apart_in_one_colour(qapp, side: int, theme: str) -> None:
    pictures = {
        pattern: drawn(replace(TAG, pattern=pattern), THEMES[theme], side) for pattern in Pattern
    }
    for one, other in combinations(Pattern, 2):
        alike = f"{one} and {other} at {side}"
        assert differing(pictures[one], pictures[other]) >= side * side * 0.07, alike


def test_letters_that_a_tag_was_given_are_seen_in_a_small_mark(qapp) -> None:
    plain = drawn(TAG, THEMES["light"], 9)
    lettered = drawn(replace(TAG, letters="Si"), THEMES["light"], 9)
    other = drawn(replace(TAG, letters="WX"), THEMES["light"], 9)
    assert differing(plain, lettered) > 20
    assert differing(lettered, other) > 10


def test_a_large_mark_shows_the_letters_of_the_name_and_the_pattern(qapp) -> None:
    named = drawn(TAG, THEMES["light"], 32)
    renamed = drawn(replace(TAG, name="water"), THEMES["light"], 32)
    dotted = drawn(replace(TAG, pattern=Pattern.DOTS), THEMES["light"], 32)
    assert differing(named, renamed) > 20
    assert differing(named, dotted) > 40


@pytest.mark.parametrize("theme", THEMES)
def test_a_colour_like_the_ground_gets_an_edge(qapp, theme: str) -> None:
    ground = THEMES[theme]
    hidden = drawn(replace(TAG, colour=ground.list), ground, 16)
    empty = QImage(hidden.size(), hidden.format())
    empty.fill(QColor(ground.list))
    assert differing(hidden, empty) > 20


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_of_every_scheme_is_seen(qapp, theme: str) -> None:
    ground = THEMES[theme]
    for colours in SCHEMES.values():
        for colour in colours:
            image = drawn(replace(TAG, colour=colour), ground, 9)
            middle = image.pixelColor(10, 10)
            assert middle.name() == colour


def test_an_icon_has_the_mark_in_it(qapp) -> None:
    image = tag_icon(TAG, THEMES["light"]).pixmap(16, 16).toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == TAG.colour
