"""The colours of highlights keep apart in every theme, also for eyes that lack one kind of cone."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from desktop_app.core.highlights import MARK_COLOURS
from desktop_app.ui.look.theme import THEMES, Theme
from tests.ui.test_theme import contrast

# What a colour looks like with a kind of cone missing, in linear RGB: Machado, Oliveira and
# Fernandes, “A Physiologically-based Model for Simulation of Color Vision Deficiency” (2009).
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# In hundredths of Oklab: one or two can just be told side by side.
APART_FILLS = 6.0
APART_LINES = 8.0

each_theme = pytest.mark.parametrize("which", THEMES.values(), ids=lambda t: t.name)


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def oklab(rgb: list[float]) -> tuple[float, float, float]:
    """Björn Ottosson, “A perceptual color space for image processing” (2020)."""
    r, g, b = rgb
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def seen(colour: str, eye: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    simulated = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in EYES[eye]]
    return oklab([min(max(part, 0.0), 1.0) for part in simulated])


def closest(colours: dict[str, str], eye: str) -> tuple[float, str]:
    """The least distance between two of some colours for an eye, and which two they are."""
    return min(
        (100 * math.dist(seen(colours[a], eye), seen(colours[b], eye)), f"{a} and {b}")
        for a, b in combinations(colours, 2)
    )


@each_theme
def test_every_theme_has_a_shade_and_a_line_of_every_colour(which: Theme) -> None:
    assert tuple(which.marks) == tuple(which.mark_lines) == MARK_COLOURS


@pytest.mark.parametrize("eye", EYES)
@each_theme
def test_fills_keep_apart_from_each_other_and_from_the_page(which: Theme, eye: str) -> None:
    distance, pair = closest({**which.marks, "the page": which.page}, eye)
    assert distance >= APART_FILLS, f"{pair}: {distance:.1f}"


@pytest.mark.parametrize("eye", EYES)
@each_theme
def test_lines_keep_apart_from_each_other(which: Theme, eye: str) -> None:
    distance, pair = closest(dict(which.mark_lines), eye)
    assert distance >= APART_LINES, f"{pair}: {distance:.1f}"


@each_theme
def test_lines_can_be_seen_on_the_page_and_edges_on_their_fill(which: Theme) -> None:
    for name, line in which.mark_lines.items():
        assert contrast(line, which.page) >= 3, name
        assert contrast(line, which.marks[name]) >= 3, name


@each_theme
def test_text_and_links_can_be_read_on_every_fill(which: Theme) -> None:
    for name, fill in which.marks.items():
        assert contrast(which.ink, fill) >= 4.5, name
        assert contrast(which.accent, fill) >= 4.5, name


def test_high_contrast_is_more_than_contrast_enough() -> None:
    which = THEMES["contrast"]
    for ground in ("window", "sidebar", "list", "page", "box", "selection", "accent_soft"):
        for text in ("ink", "muted", "accent", "problem"):
            assert contrast(getattr(which, text), getattr(which, ground)) >= 7, (text, ground)
    for fill in (*which.marks.values(), which.match, which.match_now, which.text_selection):
        assert contrast(which.ink, fill) >= 7, fill
    assert contrast(which.line, which.page) >= 7
