"""The passages of a row as they are laid out: a few lines, the words marked, each passage at hand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextOption

from desktop_app.core.matching import Passage

MOST_BEFORE_MARK = 40


@dataclass(frozen=True, slots=True)
class Joined:
    """Passages as one text. marks: in it; ends: where each passage ends; in UTF-16 units, as Qt counts."""

    text: str
    marks: tuple[tuple[int, int], ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LaidPassages:
    """Passages laid out in a few lines."""

    layout: QTextLayout
    passages: tuple[Passage, ...]
    ends: tuple[int, ...]

    @property
    def height(self) -> float:
        """How high the lines are together."""
        return self.layout.boundingRect().height()

    def at(self, point: QPointF) -> Passage | None:
        """The passage at a point, counted from the top left; None where there is none."""
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if line.y() <= point.y() < line.y() + line.height():
                if not 0 <= point.x() <= line.naturalTextWidth():
                    return None
                found = line.xToCursor(point.x())
                place = found[0] if isinstance(found, tuple) else found
                return self.passages[min(bisect_right(self.ends, place), len(self.passages) - 1)]
        return None


def lay_out(
    passages: Sequence[Passage],
    font: QFont,
    mark: str,
    *,
    width: float,
    lines: int,
    spacing: float,
    before: str = "",
) -> LaidPassages:
    """Lay passages out in at most so many lines. mark: a colour; before: words to begin with."""
    joined = joined_passages(passages, before=before)
    marks = [_mark(start, end, mark) for start, end in joined.marks]
    layout = _set(QTextLayout(joined.text, font), marks, width=width, lines=lines, spacing=spacing)
    last = layout.lineAt(layout.lineCount() - 1)
    shown = last.textStart() + last.textLength()
    if shown < _units(joined.text, len(joined.text)):
        cut = _head(joined.text, shown).rstrip(" .,;:…")
        cut = cut[: max(cut.rfind(" "), len(cut) - 12)].rstrip(" .,;:…") + "…"
        layout = _set(QTextLayout(cut, font), marks, width=width, lines=lines, spacing=spacing)
    return LaidPassages(layout, tuple(passages), joined.ends)


def joined_passages(passages: Sequence[Passage], *, before: str = "") -> Joined:
    """Join passages to one text; each begins shortly before its first mark, so that it is seen."""
    text = before
    marks: list[tuple[int, int]] = []
    ends: list[int] = []
    for number, passage in enumerate(passages):
        cut = _before_first_mark(passage)
        if number:
            text += " … "
        elif cut or passage.start:
            text += "…"
        start = len(text) - cut - passage.start
        text += re.sub(r"\s", " ", passage.text[cut:])
        marks.extend((start + begin, start + end) for begin, end in passage.marks)
        ends.append(len(text))
    if not text.endswith((".", "!", "?", "…")):
        text += "…"
    return Joined(
        text,
        tuple((_units(text, begin), _units(text, end)) for begin, end in marks),
        tuple(_units(text, end) for end in ends),
    )


def _set(
    layout: QTextLayout,
    marks: list[QTextLayout.FormatRange],
    *,
    width: float,
    lines: int,
    spacing: float,
) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(marks)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    top = 0.0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += spacing
    layout.endLayout()
    return layout


def _mark(start: int, end: int, colour: str) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = start
    made.length = end - start
    form = QTextCharFormat()
    form.setBackground(QColor(colour))
    made.format = form
    return made


def _before_first_mark(passage: Passage) -> int:
    """How much of a passage to leave out so that its first mark is seen early; a whole word each."""
    first = min((begin for begin, _end in passage.marks), default=passage.start) - passage.start
    if first <= MOST_BEFORE_MARK:
        return 0
    space = passage.text.find(" ", first - MOST_BEFORE_MARK, first)
    return space + 1 if space >= 0 else first


def _units(text: str, place: int) -> int:
    head = text[:place]
    return len(head) if head.isascii() else len(head.encode("utf-16-le")) // 2


def _head(text: str, units: int) -> str:
    """The beginning of a text, so many UTF-16 units of it."""
    if text.isascii():
        return text[:units]
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
