"""What a page folds away: the stretches that one line stands for, and what that line says.

Folds that touch are one stretch with one line, so that a share bar, a newsletter line and the
comments below them are opened and closed together. A repeated headline, the number and the head of
a printed page keep a line of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.folding_rules import HEADLINE, PAGE_NUMBER, RUNNING_HEAD
from desktop_app.core.text import Fold, Text

# What is folded on nearly every page, and tells nothing that the page does not show elsewhere.
QUIET = frozenset({HEADLINE, PAGE_NUMBER, RUNNING_HEAD})
LONG_LINE = 80  # letters; from here on a folded line counts as a paragraph

_WHAT = {HEADLINE: "headline repeated"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch of folded text: code points, end exclusive.

    folds: in order, at least one. inline: it begins or ends within a line of the text, whose other
    words stay.
    """

    start: int
    end: int
    folds: tuple[Fold, ...]
    inline: bool = False

    @property
    def is_quiet(self) -> bool:
        """Whether its line is to be overlooked: the title again, the number or head of a page."""
        return all(fold.kind in QUIET for fold in self.folds)

    @property
    def rules(self) -> str:
        """Why it was folded, in words; a line for each reason."""
        return "\n".join(dict.fromkeys(_sentence(fold.rule) for fold in self.folds if fold.rule))

    @property
    def kinds(self) -> str:
        """What it is: "Share bar, newsletter line and comments"."""
        names = list(dict.fromkeys(_WHAT.get(fold.kind, fold.kind) for fold in self.folds))
        last = names.pop()
        said = f"{', '.join(names)} and {last}" if names else last
        return said[:1].upper() + said[1:]


def folded_parts(text: Text) -> tuple[Folded, ...]:
    """The folded stretches of a text, ascending, none touching another of its sort."""
    parts: list[tuple[int, int, list[Fold]]] = []
    for fold in sorted(text.folds, key=lambda fold: (fold.start, -fold.end)):
        if parts and _belongs(text.canonical, parts[-1], fold):
            start, end, folds = parts[-1]
            parts[-1] = (start, max(end, fold.end), [*folds, fold])
        else:
            parts.append((fold.start, fold.end, [fold]))
    return tuple(_part(text.canonical, start, end, tuple(folds)) for start, end, folds in parts)


def _part(canonical: str, start: int, end: int, folds: tuple[Fold, ...]) -> Folded:
    inline = _within_lines(canonical, start, end)
    while inline and canonical[end : end + 1] == " " and canonical[end + 1 : end + 2] != "":
        end += 1  # what goes on below the fold line does not begin with a blank
    return Folded(start, end, folds, inline)


def said_of(part: Folded, text: Text) -> str:
    """What a fold line says: "Comments · 14 paragraphs folded"."""
    if part.is_quiet:
        return f"{part.kinds} · folded"
    return f"{part.kinds} · {how_much(part, text)} folded"


def how_much(part: Folded, text: Text) -> str:
    """How much is folded, in words, lines or paragraphs."""
    inside = text.canonical[part.start : part.end]
    if part.inline:
        return _counted(len(inside.split()), "word")
    lines = [line for line in inside.split("\n") if line.strip()]
    long = any(len(line) > LONG_LINE for line in lines)
    return _counted(len(lines), "paragraph" if long else "line")


def line_of(text: Text, point: int) -> str:
    """The whole line of the text that a code point stands in."""
    start = text.canonical.rfind("\n", 0, point) + 1
    end = text.canonical.find("\n", point)
    return text.canonical[start : len(text.canonical) if end < 0 else end]


def touched(parts: Sequence[Folded], start: int, end: int) -> range:
    """The indexes of the folded stretches that a range touches."""
    first = bisect_right(parts, start, key=lambda part: part.end)
    return range(first, max(first, bisect_left(parts, end, key=lambda part: part.start)))


def _belongs(canonical: str, before: tuple[int, int, list[Fold]], fold: Fold) -> bool:
    """Tell whether a fold is shown by the line of the stretch before it."""
    if fold.start < before[1]:
        return True
    alike = (before[2][-1].kind in QUIET) == (fold.kind in QUIET)
    return alike and not canonical[before[1] : fold.start].strip()


def _within_lines(canonical: str, start: int, end: int) -> bool:
    first = canonical.rfind("\n", 0, start) + 1
    last = canonical.find("\n", end)
    behind = canonical[end : len(canonical) if last < 0 else last]
    return bool(canonical[first:start].strip() or behind.strip())


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _sentence(rule: str) -> str:
    return rule[:1].upper() + rule[1:]
