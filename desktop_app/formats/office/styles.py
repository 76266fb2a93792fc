"""What the names of styles mean, in the languages that office programs are most often set to."""

from __future__ import annotations

import re

from desktop_app.core.text import BlockKind

_HEADING = re.compile(
    r"(?i)(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|заголовок)"
    r"\s*([1-6])"
)
_TITLE = re.compile(r"(?i)(?:title|titel|titre principal)")
_QUOTATION = re.compile(
    r"(?i)(?:intense )?(?:block ?)?quot(?:e|ations?)|block ?text|zitat|citation"
)
_CODE = re.compile(
    r"(?i)source ?(?:code|text)|(?:html )?preformatted(?: text)?|verbatim.*|(?:plain ?text )?code"
    r"|teletype"
)
_OUTLINE = 9  # levels; what comes after them is body text


def heading_level(style_name: str) -> int:
    """The level of the headings that a style of this name makes; 0 for every other style."""
    name = style_name.strip()
    if found := _HEADING.fullmatch(name):
        return int(found[1])
    return 1 if _TITLE.fullmatch(name) else 0


def level_of_outline(written: int | str | None) -> int:
    """The level of a heading by its place in the outline, from 0; 0 for what is no heading."""
    if isinstance(written, str):
        written = int(written) if written.isdecimal() and len(written) < 3 else None
    return min(written + 1, 6) if written is not None and 0 <= written < _OUTLINE else 0


def kind_of_style(style_name: str) -> BlockKind:
    """What paragraphs of a style of this name are: a quotation, code, or plain text."""
    if _QUOTATION.fullmatch(style_name):
        return BlockKind.QUOTATION
    return BlockKind.PREFORMATTED if _CODE.fullmatch(style_name) else BlockKind.PARAGRAPH
