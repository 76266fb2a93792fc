"""The passages of a text that are worth showing for what was found in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.core.matches import Matches, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text. start, end and marks are code points of the canonical text."""

    start: int
    end: int
    text: str
    marks: tuple[Span, ...]


def passages(
    text: str,
    found: Matches,
    *,
    count: int = 2,
    length: int = 220,
    folds: Sequence[Span] = (),
) -> tuple[Passage, ...]:
    """The passages that hold most of what was asked, in the order of the text.

    A passage is the better the more parts of the query it holds, then the more matches; of equal
    ones the first. length: about how many code points each may have; words that are longer are
    given whole, a match of words near each other that is longer is shown by some of its words.
    folds: parts that no passage shows or reaches over, as fold_edges gives them.
    """
    shown, of = _shown(found, length)
    fold_starts = [start for start, _ in folds]
    gaps = [bisect_right(fold_starts, start) for start, _ in shown]
    windows: list[tuple[int, int, int, int]] = []  # -parts, -matches, first, behind last
    behind = 0
    inside: Counter[int] = Counter()
    for first, (start, _) in enumerate(shown):
        while behind < len(shown) and (
            behind <= first or (shown[behind][1] - start <= length and gaps[behind] == gaps[first])
        ):
            inside.update(of[behind])
            behind += 1
        windows.append((-len(inside), first - behind, first, behind))
        for part in of[first]:
            inside[part] -= 1
            if not inside[part]:
                del inside[part]
    chosen: list[tuple[int, int]] = []
    while windows and len(chosen) < count:
        *_, first, last = min(windows)
        chosen.append((first, last))
        windows = [window for window in windows if window[3] <= first or window[2] >= last]
    made: list[Passage] = []
    for first, last in sorted(chosen):
        gap = gaps[first]
        least = folds[gap - 1][1] if gap else 0
        most = folds[gap][0] if gap < len(folds) else len(text)
        start, end = _widen(text, shown[first][0], shown[last - 1][1], length, (least, most))
        if made and start < made[-1].end:
            start = min(made[-1].end, shown[first][0])
        marks = tuple(_inside(found.marks, start, end))
        made.append(Passage(start, end, text[start:end], marks))
    return tuple(made)


def _shown(found: Matches, length: int) -> tuple[list[Span], list[tuple[int, ...]]]:
    """What passages are made of, and the parts of the query that each is of."""
    shown: list[Span] = []
    of: list[tuple[int, ...]] = []
    for span, parts in zip(found.spans, found.parts, strict=True):
        if span[1] - span[0] <= length:
            shown.append(span)
            of.append(parts)
        else:
            inside = _inside(found.marks, *span)
            shown += inside
            of += [parts] * len(inside)
    return shown, of


def _inside(marks: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those of some marks that lie between two places."""
    first = bisect_left(marks, (start, start))
    last = bisect_left(marks, (end, end), lo=first)
    while last > first and marks[last - 1][1] > end:
        last -= 1
    return marks[first:last]


def _widen(
    text: str, start: int, end: int, length: int, inside: tuple[int, int]
) -> tuple[int, int]:
    """Widen a window to about the length, to whole words, and to whole blocks where that fits."""
    least, most = inside
    least = min(least + text[least:start].startswith("\n"), start)
    most = max(most - text[end:most].endswith("\n"), end)
    room = max(length - (end - start), 0)
    left = max(start - room // 3, least)
    block = text.rfind("\n", left, start) + 1
    if block > left:
        left = block
    elif left > least:
        edge = _blank(text, left - 1, start)
        left = start if edge < 0 else edge + 1
    right = min(max(left + length, end), most)
    block = text.find("\n", end, right)
    if block >= 0 and block - left >= length // 2:
        right = block
    elif right < most:
        edge = max(text.rfind(blank, end, right + 1) for blank in " \n\t")
        right = edge if edge > end else end if right - end < 30 else right
    return left, right


def _blank(text: str, start: int, end: int) -> int:
    found = [place for blank in " \n\t" if (place := text.find(blank, start, end)) >= 0]
    return min(found, default=-1)
