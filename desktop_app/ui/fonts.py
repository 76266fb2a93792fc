"""The two families that Postil brings along, and the faces made of them.

Source Sans Pro for the interface, Source Serif Pro for reading. A bare system has neither, so
their files are loaded from the installed font packages; nothing is installed for other programs.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
INTERFACE_PX = 14
READING_PX = 17.5

_FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_PACKAGES = (("font_source_sans_pro", "SourceSansPro"), ("font_source_serif_pro", "SourceSerifPro"))


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
    return frozenset(families)


def font(family: str, pixels: float, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Make a font of a size in pixels, which may be a fraction."""
    made = QFont(family)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    set_pixels(made, pixels)
    return made


def set_pixels(target: QFont, pixels: float) -> None:
    """Set a font's size in pixels without losing the fraction.

    Qt keeps only whole pixels but fractions of points; QFont counts points of a screen of the
    logical resolution, which `pixels_per_point` asks for.
    """
    target.setPointSizeF(pixels / pixels_per_point())


def pixels_per_point() -> float:
    """How many pixels Qt makes of one point on the main screen."""
    screen = QGuiApplication.primaryScreen()
    return (screen.logicalDotsPerInchY() if screen is not None else 96.0) / 72.0


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
    set_pixels(made, pixels)
    return made
