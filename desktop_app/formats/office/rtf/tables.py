"""The tables at the head of RTF: which charset each font has, and which styles are headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.formats.office.rtf.charsets import charset_of_font, charset_of_page
from desktop_app.formats.office.styles import heading_level, level_of_outline

_LONGEST = 1_000
_OF_SYSTEM = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@dataclass(slots=True)
class Fonts:
    """The font table, filled as it is read. usual_charset: where no font says otherwise."""

    usual_charset: str = "cp1252"
    _charsets: dict[int, str] = field(default_factory=dict)
    _number: int = 0
    _charset: int | None = None
    _page: int | None = None
    _name: str = ""

    def of_file(self, name: str, number: int | None) -> None:
        """Take what the file says about itself: \\ansi, \\mac, \\ansicpg."""
        if name in _OF_SYSTEM:
            self.usual_charset = _OF_SYSTEM[name]
        elif name == "ansicpg" and number:
            self.usual_charset = charset_of_page(number) or self.usual_charset

    def word(self, name: str, number: int | None) -> None:
        if name == "f":
            self._number = number or 0
            self._charset = self._page = None
            self._name = ""
        elif name == "fcharset":
            self._charset = number
        elif name == "cpg":
            self._page = number

    def name(self, text: str) -> None:
        """Take a piece of a font's name, which a semicolon ends."""
        self._name = (self._name + text)[-_LONGEST:]
        if ";" not in text:
            return
        name = self._name.partition(";")[0]
        charset = charset_of_page(self._page) if self._page else None
        if charset is None and self._charset is not None:
            charset = charset_of_font(self._charset, name, "")
        if charset:
            self._charsets[self._number] = charset
        self._name = ""

    def charset(self, number: int) -> str:
        """The codec of what is set in a font."""
        return self._charsets.get(number, self.usual_charset)


@dataclass(slots=True)
class Styles:
    """The style sheet, filled as it is read."""

    _levels: dict[int, int] = field(default_factory=dict)
    _number: int | None = 0
    _outline: int | None = None
    _name: str = ""

    def word(self, name: str, number: int | None) -> None:
        if name == "outlinelevel":
            self._outline = number
            return
        self._number = number if name == "s" else None
        self._outline = None
        self._name = ""

    def name(self, text: str) -> None:
        """Take a piece of a style's name, which a semicolon ends."""
        self._name = (self._name + text)[-_LONGEST:]
        if ";" not in text:
            return
        level = heading_level(self._name.partition(";")[0]) or level_of_outline(self._outline)
        if self._number is not None and level:
            self._levels[self._number] = level
        self._number, self._outline, self._name = 0, None, ""

    def heading(self, style: int) -> int:
        """The level of a style's headings; 0 for a style of text."""
        return self._levels.get(style, 0)
