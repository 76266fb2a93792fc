"""The two families that Postil brings along, and the faces made of them.

Source Sans Pro for the interface, Source Serif Pro for reading. A bare system has neither, so
their files are loaded from the installed font packages; nothing is installed for other programs.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

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
    """Make a font of a size in pixels; Qt draws whole ones, halves go up."""
    made = QFont(family)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setPixelSize(whole_pixels(pixels))
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
