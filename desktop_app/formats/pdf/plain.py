"""Pages of a PDF read the plain way: in pdfium's own order, by their letters alone.

It takes a fraction of the time, as no place on the page is asked for; so neither headings nor
columns, tables or italics are found. Every letter knows where it stands as in other pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.formats.pdf.letters import Letters
from desktop_app.formats.pdf.lines import Line, plain_of
from desktop_app.formats.pdf.page import Style
from desktop_app.formats.pdf.paragraphs import Edges, Form, Group, begins

_INK = re.compile(r"[^\s\x00](?:.*[^\s\x00])?", re.DOTALL)
_STYLE = Style(0.0)
_USUAL = 0.75  # of the lines are no longer than a usual full one
_FULL = 0.9  # of its letters a full line may be short of, as letters are not equally wide


def plain_lines(letters: Letters) -> list[Line]:
    """The lines of a page where pdfium ends them; what stands for their height is their order."""
    text = letters.text
    made: list[Line] = []
    start = 0
    for end in (*sorted(letters.breaks.union(letters.cuts)), len(text)):
        if found := _INK.search(text, start, end):
            made.append(_line(text, found.start(), found.end(), len(made)))
        start = end
    return made


def _line(text: str, start: int, end: int, place: int) -> Line:
    part = text[start:end]
    plain = plain_of(part)
    return Line(
        start,
        part,
        left=0.0,
        right=float(len(plain)),
        base=-float(place),
        size=0.0,
        bold=False,
        first=float(len(plain.split(" ", 1)[0])),
        gaps=(),
        styles=((start, _STYLE),),
        raised=(),
        turned=False,
        spaced=text[end : end + 1] == " ",
        plain=plain,
    )


def plain_paragraphs(lines: Sequence[Line], apart: frozenset[int]) -> list[Group]:
    """Group the lines of a page by how many letters they have and how they begin and end.

    apart: places of those that stand for themselves.
    """
    edges = [Edges(0.0, line.right, 1.0, line.plain, line.first) for line in lines]
    lengths = sorted(edge.end for edge in edges)
    margin = _FULL * lengths[int(_USUAL * (len(lengths) - 1))] if lengths else 0.0
    groups: list[Group] = []
    first = 0
    for number in range(1, len(lines) + 1):
        last = number == len(lines)
        if last or {number - 1, number} & apart or begins(edges, first, number, margin):
            form = Form.APART if first in apart else Form.PLAIN
            groups.append(Group(form, tuple(lines[first:number]), tuple(range(first, number))))
            first = number
    return groups
