"""Breaks text into lines: the faces, colours and spans that a page is set in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from desktop_app.core.text import Span, SpanKind
from desktop_app.ui.look import fonts
from desktop_app.ui.look.theme import LIGHT, Theme
from desktop_app.ui.reader.laid import RIGHT_TO_LEFT, Piece
from desktop_app.ui.reader.offsets import Units
from desktop_app.ui.reader.style import ReadingStyle

LEAST_WIDTH_PX = 20.0

# What a layout must not meet in plain text: it breaks lines at U+2028 and draws objects at U+FFFC.
_DRAWN = {ord("\n"): "\u2028", 0xFFFC: "\ufffd"}

# Scripts that part words by no blanks, or stretch letters rather than blanks: never justified here.
_WITHOUT_BLANKS = re.compile(
    "[\u0590-\u08ff\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufdff\ufe70-\ufefc\uff00-\uffef\U00020000-\U0003ffff]"
)
_STRETCHED = 0.7  # of the width that a line has to fill by itself to be stretched


@dataclass(frozen=True, slots=True)
class Setting:
    """How a run of text is set. line_px: the least distance from line to line."""

    face: QFont
    line_px: int
    colour: QColor


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a page in one style and theme."""

    body: Setting
    small: Setting  # captions
    note: Setting  # footnotes and endnotes
    label: Setting  # byline and fold lines
    mono: Setting
    cell: Setting
    title: Setting
    ink: QColor
    muted: QColor
    line: QColor
    dashes: QColor  # around what is folded
    accent: QColor
    box: QColor  # the ground of code and of places for pictures
    mat: QColor | None  # the ground of pictures that one can see through; None: the page will do


def settings(style: ReadingStyle, theme: Theme) -> Settings:
    """Make the settings of a style and a theme."""
    size = style.drawn_px

    def face(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        return fonts.font(style.face, pixels, weight=weight, joined=style.joined)

    ink, muted = QColor(theme.ink), QColor(theme.muted)
    title_px = fonts.whole_pixels(size * 30 / 18)
    return Settings(
        body=Setting(face(size), style.line_px, ink),
        small=Setting(fonts.interface(max(13, size - 4)), 22, muted),
        note=Setting(face(size * 0.88), round(size * 1.38), ink),
        label=Setting(fonts.interface(), 20, muted),
        mono=Setting(fonts.mono(size * 0.86), round(size * 1.35), ink),
        cell=Setting(face(size * 0.9), round(size * 1.26), ink),
        title=Setting(
            face(title_px, QFont.Weight.DemiBold),
            round(title_px * 1.27),
            ink,
        ),
        ink=ink,
        muted=muted,
        line=QColor(theme.line),
        dashes=_between(QColor(theme.line), muted),
        accent=QColor(theme.accent),
        box=QColor(theme.box),
        mat=QColor(LIGHT.page) if theme.dark else None,
    )


class Lines:
    """Sets runs of text in lines."""

    def __init__(self, made: Settings) -> None:
        self._formats = {kind: _format(kind, made) for kind in SpanKind}
        self._upright = QTextCharFormat()
        self._upright.setFontWeight(QFont.Weight.DemiBold)

    def piece(
        self,
        text: str,
        setting: Setting,
        width: float,
        *,
        start: int = 0,
        spans: tuple[Span, ...] = (),
        to_left: bool | None = None,
        justified: bool = False,
    ) -> Piece:
        """Break a text into lines of a width; the piece stands at the row's top left.

        start: the text's first code point in the canonical text. to_left: whether its paragraph
        runs from right to left; None to see from the text. justified: lines but the last are
        stretched to the width, where the text is of a script that is set so by blanks alone.
        """
        units = Units(text)
        layout = QTextLayout(text.translate(_DRAWN), setting.face)
        layout.setCacheEnabled(True)
        to_left = runs_to_left(text) if to_left is None else to_left
        justified = justified and not to_left and not _WITHOUT_BLANKS.search(text)
        layout.setTextOption(_option(setting, to_left, justified=justified))
        if spans:
            layout.setFormats([self._range(span, text, units) for span in spans])
        tops = [0.0]
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, LEAST_WIDTH_PX))
            if justified and line.naturalTextWidth() < width * _STRETCHED:
                # Before a very long word; blanks as wide as words would tear the line apart.
                line.setLineWidth(max(line.naturalTextWidth() + 1, LEAST_WIDTH_PX))
            height = max(float(setting.line_px), line.height())
            line.setPosition(QPointF(0, tops[-1] + (height - line.height()) / 2))
            tops.append(tops[-1] + height)
        layout.endLayout()
        return Piece(
            layout=layout,
            x=0.0,
            y=0.0,
            start=start,
            units=units,
            tops=tops,
            # Also a stretch without such letters of a paragraph that runs from right to left: its
            # blanks at the ends do.
            two_ways=to_left or bool(RIGHT_TO_LEFT.search(text)),
            colour=setting.colour,
        )

    def _range(self, span: Span, text: str, units: Units) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start = units.to_units(span.start)
        made.length = units.to_units(span.end) - made.start
        made.format = self._formats[span.kind]
        if span.kind == SpanKind.ITALIC and RIGHT_TO_LEFT.search(text[span.start : span.end]):
            # These scripts have no leaning letters, and no font to draw them with is found.
            made.format = self._upright
        return made


def spans_within(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """The spans of a stretch of a block, counted from the stretch's start."""
    return tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start, span.kind, span.target)
        for span in spans
        if span.start < end and start < span.end
    )


def runs_to_left(text: str) -> bool:
    """Tell whether a text's first letter with a direction runs from right to left."""
    if text.isascii() or not RIGHT_TO_LEFT.search(text):
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _between(one: QColor, other: QColor) -> QColor:
    """The colour half way between two."""
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )


def _option(setting: Setting, to_left: bool, *, justified: bool) -> QTextOption:
    align, direction = Qt.AlignmentFlag.AlignLeft, Qt.LayoutDirection.LeftToRight
    if to_left:
        align, direction = Qt.AlignmentFlag.AlignRight, Qt.LayoutDirection.RightToLeft
    elif justified:
        align = Qt.AlignmentFlag.AlignJustify
    option = QTextOption(align)
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(QFontMetricsF(setting.face).horizontalAdvance("0") * 4)
    return option


def _format(kind: SpanKind, made: Settings) -> QTextCharFormat:
    """How a span is set. Two that overlap are both applied."""
    how = QTextCharFormat()
    if kind == SpanKind.BOLD:
        how.setFontWeight(QFont.Weight.Bold)
    elif kind == SpanKind.ITALIC:
        how.setFontItalic(True)
    elif kind == SpanKind.CODE:
        how.setFontFamilies([made.mono.face.family()])
        how.setProperty(QTextCharFormat.Property.FontPixelSize, made.mono.face.pixelSize())
    elif kind == SpanKind.LINK:
        how.setForeground(made.accent)
        how.setFontUnderline(True)
    elif kind == SpanKind.STRUCK:
        how.setFontStrikeOut(True)
    elif kind == SpanKind.SUBSCRIPT:
        how.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
    else:
        how.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if kind == SpanKind.NOTE:
            how.setForeground(made.accent)
    return how
