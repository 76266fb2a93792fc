"""How a tag is told from others: its colour, and for eyes that do not see it a pattern and letters."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.text import one_line

MOST_LETTERS = 2


class Pattern(StrEnum):
    """What the small square of a tag is filled with."""

    PLAIN = "plain"
    STRIPES = "stripes"  # falling to the right
    RISING = "rising"  # stripes that rise to the right
    BARS = "bars"  # upright
    LINES = "lines"  # lying
    DOTS = "dots"
    CHECKS = "checks"
    RING = "ring"  # only the edge
    HALF = "half"  # the lower half
    CROSS = "cross"


# Each apart in hue and in lightness, to be seen as a small square on light and on dark paper.
# The first is what tags always had; the second is the palette of Okabe and Ito (2008), made to be
# told apart without red or green, its yellow and black made darker and lighter for paper.
SCHEMES: dict[str, tuple[str, ...]] = {
    "postil": (
        "#c77d2e",
        "#4580b5",
        "#5b964f",
        "#a94a6c",
        "#7c62a8",
        "#2f8f8b",
        "#b5533c",
        "#8a7a2f",
        "#5c6fb3",
        "#7d7d7d",
    ),
    "colour-blind": (
        "#e69f00",
        "#0072b2",
        "#009e73",
        "#d55e00",
        "#cc79a7",
        "#56b4e9",
        "#b8a51c",
        "#7d7d7d",
    ),
    "warm": ("#b5533c", "#c77d2e", "#8a7a2f", "#a94a6c", "#9c6b4e", "#c25a7a"),
    "cool": ("#4580b5", "#2f8f8b", "#5c6fb3", "#5b964f", "#7c62a8", "#4f8aa0"),
    "greys": ("#6b6b6b", "#8c8c8c", "#7a7f87", "#857d74"),
}
FIRST_SCHEME = "postil"


def scheme_of(name: str) -> tuple[str, ...]:
    """The colours of a scheme; those of the first where the name is of another version."""
    return SCHEMES.get(name, SCHEMES[FIRST_SCHEME])


def letters_of(name: str, letters: str = "") -> str:
    """The two letters that stand for a tag: those it was given, or the first of its name."""
    if letters:
        return letters
    words = [word for word in one_line(name).replace("-", " ").split() if word[0].isalnum()]
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return "".join(each for each in name if each.isalnum())[:MOST_LETTERS].capitalize()
