"""The families that Postil brings along, and the faces made of them.

Source Sans Pro for the interface, Source Serif Pro for reading, Atkinson Hyperlegible Next for
those who mistake letters for each other. A bare system has none of them, so their files are loaded
from the installed font packages and from resources; nothing is installed for other programs.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from desktop_app import paths

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
CLEAR = "Atkinson Hyperlegible Next"
INTERFACE_PX = 14
READING_PX = 17.5

_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_PACKAGES = (("font_source_sans_pro", "SourceSansPro"), ("font_source_serif_pro", "SourceSerifPro"))

_SAMPLE = (
    "For nine days the harbour board met behind closed doors. When it came out, the plan had "
    "changed: the yard would move, and the old quay would be cut back to bedrock. By spring the "
    "difference was a fifth of the whole cost, and two engineers said so to this paper."
)


@cache
def load() -> frozenset[str]:
    """Load the families once and return the names of those that are there.

    The packages' own modules list their folder when imported, so only their place is asked for.
    """
    families: set[str] = set()
    for package, stem in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            continue
        folder = Path(spec.origin).parent / "files"
        for face in _FACES:
            number = QFontDatabase.addApplicationFont(str(folder / f"{stem}-{face}.otf"))
            if number >= 0:
                families.update(QFontDatabase.applicationFontFamilies(number))
    for file in sorted((paths.resources() / "fonts").glob("*/*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        if number >= 0:
            families.update(QFontDatabase.applicationFontFamilies(number))
    return frozenset(families)


@cache
def letter_width(family: str) -> float:
    """How wide a letter of a family is in running text, in sizes; blanks count as letters."""
    load()  # or else the letters of another family would be measured, and remembered
    measured = QFontMetricsF(font(family, 100)).horizontalAdvance(_SAMPLE)
    return measured / len(_SAMPLE) / 100


def font(
    family: str,
    pixels: float,
    *,
    weight: QFont.Weight = QFont.Weight.Normal,
    joined: bool = True,
) -> QFont:
    """Make a font of a size in pixels; Qt draws whole ones, halves go up.

    joined: neighbours such as f and i may be drawn as one sign.
    """
    made = QFont(family)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setPixelSize(whole_pixels(pixels))
    if not joined:
        made.setFeature(QFont.Tag("liga"), 0)
    return made


def whole_pixels(pixels: float) -> int:
    """The size at which Qt draws a font of a size that may be a fraction."""
    return max(1, int(pixels + 0.5))


def interface(pixels: float = INTERFACE_PX, *, strong: bool = False) -> QFont:
    """The face of menus, lists and labels; strong is the semibold of titles."""
    return font(SANS, pixels, weight=QFont.Weight.DemiBold if strong else QFont.Weight.Normal)


def reading(pixels: float = READING_PX, *, family: str = SERIF) -> QFont:
    """The face of a page of text."""
    return font(family, pixels)


def mono(pixels: float) -> QFont:
    """The system's own face of one width."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setStyleHint(QFont.StyleHint.Monospace)
    made.setPixelSize(whole_pixels(pixels))
    return made
