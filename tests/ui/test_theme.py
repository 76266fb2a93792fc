"""Colours can be read, fonts and icons are there, and a change of theme reaches everything."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.look import fonts, icons, theme
from desktop_app.ui.look.theme import DARK, LIGHT, SEPIA, SYSTEM, THEMES, Appearance, Theme

GROUNDS = ("window", "sidebar", "list", "page", "box", "accent_soft", "selection")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours after WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("which", THEMES.values(), ids=lambda t: t.name)
def test_every_text_can_be_read_on_every_ground(which: Theme) -> None:
    for ground in GROUNDS:
        for text in ("ink", "muted", "accent", "problem"):
            value = contrast(getattr(which, text), getattr(which, ground))
            assert value >= 4.5, f"{text} on {ground}: {value:.2f}"


@pytest.mark.parametrize("which", THEMES.values(), ids=lambda t: t.name)
def test_marked_text_can_be_read(which: Theme) -> None:
    for ground in (which.match, which.match_now, which.text_selection, *which.marks.values()):
        assert contrast(which.ink, ground) >= 4.5
    assert contrast(which.on_accent, which.accent) >= 4.5
    assert contrast(which.problem, which.problem_soft) >= 4.5


@pytest.mark.parametrize("which", THEMES.values(), ids=lambda t: t.name)
def test_the_current_match_is_told_by_an_edge_that_can_be_seen(which: Theme) -> None:
    assert contrast(which.match_edge, which.page) >= 3
    assert contrast(which.match_edge, which.match_now) >= 3


def test_choosing_a_theme_changes_palette_and_tells(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp, "light")
    with qtbot.waitSignal(appearance.changed) as told:
        appearance.choose("dark")
    assert told.args == [DARK]
    assert appearance.theme is DARK
    assert qapp.palette().color(QPalette.ColorRole.Text) == QColor(DARK.ink)
    assert DARK.sidebar in qapp.styleSheet()
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.choose("dark")


def test_an_unknown_theme_follows_the_system(qapp: QApplication) -> None:
    assert theme.theme_named("sepia") is SEPIA
    assert theme.theme_named(SYSTEM) in (LIGHT, DARK)
    assert theme.theme_named("no such theme") in (LIGHT, DARK)


def test_both_families_are_loaded_from_their_packages(qapp: QApplication) -> None:
    assert {fonts.SANS, fonts.SERIF} <= fonts.load()
    assert {fonts.SANS, fonts.SERIF} <= set(QFontDatabase.families())
    assert QFontInfo(fonts.reading()).family() == fonts.SERIF
    assert QFontInfo(fonts.interface(strong=True)).weight() >= 600


def test_every_icon_is_drawn_and_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    def drawn(icon: QIcon) -> set[str]:
        image = icon.pixmap(64, 64).toImage()
        pixels = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return {
            image.pixelColor(x, y).name()
            for x, y in pixels
            if image.pixelColor(x, y).alpha() == 255
        }

    appearance = Appearance(qapp, "light")
    made = {name: icons.icon(name, icons.Tone.ACCENT) for name in icons.NAMES}
    for name, icon in made.items():
        assert LIGHT.accent in drawn(icon), name
    appearance.choose("dark")
    assert DARK.accent in drawn(made["star"])
