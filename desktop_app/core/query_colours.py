"""What each stretch of a typed line is, for those who colour it while it is typed."""

from __future__ import annotations

from itertools import groupby

from desktop_app.core.query_reading import Reader
from desktop_app.core.query_report import Stretch, StretchKind
from desktop_app.core.query_tree import straighten

__all__ = ["Stretch", "StretchKind", "coloured"]


def coloured(text: str) -> tuple[Stretch, ...]:
    """The stretches of a line that mean something: sorted, apart, none empty.

    Words that are looked for as they stand are in none. A part that cannot be is IMPOSSIBLE whole.
    """
    reader = Reader(straighten(text))
    reader.read_any(depth=0)
    kinds: list[StretchKind | None] = [None] * len(text)
    above = sorted(reader.stretches, key=lambda each: each.kind is StretchKind.IMPOSSIBLE)
    for stretch in above:
        kinds[stretch.start : stretch.end] = [stretch.kind] * (stretch.end - stretch.start)
    found: list[Stretch] = []
    at = 0
    for kind, letters in groupby(kinds):
        end = at + sum(1 for _ in letters)
        if kind is not None:
            found.append(Stretch(at, end, kind))
        at = end
    return tuple(found)
