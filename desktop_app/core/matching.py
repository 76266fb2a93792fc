"""Where a text says what a query asks for, and the passages worth showing.

A matcher is plain data: it holds the forms that the index found for each word, so that marks and
answers agree. Marks are exact over folding: they are places in the text as it stands. What the
reader folds away as boilerplate is passed over, unless the query asks for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from desktop_app.core.query_tree import Place
from desktop_app.core.text import Fold
from desktop_app.core.words import end_of, fold, fold_with_places

Spans = list[tuple[int, int]]

# Windows are tried from each match on; a text with more matches shows passages of the first ones.
_MOST_TRIED = 5_000


@dataclass(frozen=True, slots=True)
class Sought:
    """One part of a query as marks see it: words one behind the other.

    forms: for each place in the phrase the folded words that may stand there.
    by_language: more forms for the only word, in documents of that language.
    prefix: the last form is only the beginning of a word. folded: also in folded parts.
    """

    forms: tuple[str, ...]
    prefix: bool = False
    place: Place = Place.ANYWHERE
    folded: bool = False
    by_language: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text. start, end and marks are code points of the canonical text."""

    start: int
    end: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds all that a query asks for in a text."""

    sought: tuple[Sought, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is ever found."""
        return not self.sought

    @property
    def in_text(self) -> bool:
        """Whether anything is looked for in the text, not in the title alone."""
        return any(sought.place is not Place.TITLE for sought in self.sought)

    @property
    def folded(self) -> bool:
        """Whether anything is looked for in folded parts too."""
        return any(sought.folded for sought in self.sought)

    def spans(
        self,
        text: str,
        *,
        language: str | None = None,
        place: Place = Place.TEXT,
        folds: Sequence[tuple[int, int]] = (),
    ) -> Spans:
        """All matches in a text of a document in the language: sorted, none overlapping another.

        place: what the text is, so that words asked for in the title are not marked in the body.
        folds: the folded parts, as fold_edges gives them.
        """
        wanted = [
            (
                _pattern(sought.forms, sought.by_language.get(language or "", ()), sought.prefix),
                sought.folded,
            )
            for sought in self.sought
            if sought.place in (Place.ANYWHERE, place)
        ]
        if not wanted:
            return []
        folded, places = fold_with_places(text)
        seen = _without(folded, places, folds) if folds else folded
        found = {
            match.span()
            for pattern, everywhere in wanted
            for match in pattern.finditer(folded if everywhere else seen)
        }
        spans = sorted(found)
        if places is not None:
            spans = [(places[start], end_of(text, places[end - 1])) for start, end in spans]
        return _without_overlaps(spans)


# A letter that no folded text and no folded query holds.
_NO_LETTER = "\ua640"
_IN_WORD = re.compile(r"\w")


def _without(folded: str, places: Sequence[int] | None, folds: Sequence[tuple[int, int]]) -> str:
    """A text in which the words of folded parts are none that can be found; it is as long."""
    kept: list[str] = []
    behind = 0
    for start, end in folds:
        if places is not None:
            start, end = bisect_left(places, start), bisect_left(places, end)
        kept += folded[behind:start], _IN_WORD.sub(_NO_LETTER, folded[start:end])
        behind = end
    return "".join((*kept, folded[behind:]))


def fold_edges(text: str, folds: Iterable[Fold]) -> tuple[tuple[int, int], ...]:
    """The folded parts of a text as (start, end): sorted, apart, none beginning or ending in a word."""
    edges: list[tuple[int, int]] = []
    for one in sorted(folds, key=lambda one: (one.start, one.end)):
        start, end = _out_of_word(text, one.start), _out_of_word(text, one.end)
        if edges and start <= edges[-1][1]:
            edges[-1] = (edges[-1][0], max(end, edges[-1][1]))
        elif start < end:
            edges.append((start, end))
    return tuple(edges)


def _out_of_word(text: str, place: int) -> int:
    """The place, or the end of the word that it stands in."""
    while 0 < place < len(text) and _joins(text[place - 1]) and _joins(text[place]):
        place += 1
    return place


def _joins(letter: str) -> bool:
    """Whether a letter may be in the middle of a folded word."""
    folded = fold(letter)
    return not folded or any(map(_IN_WORD.match, folded))


@lru_cache(maxsize=256)
def _pattern(forms: tuple[str, ...], others: tuple[str, ...], prefix: bool) -> re.Pattern[str]:
    if others:
        inner = "|".join(re.escape(form) for form in sorted({*forms, *others}))
    else:
        inner = r"\W+".join(re.escape(form) for form in forms)
    return re.compile(rf"(?<!\w)(?:{inner})" + (r"\w*" if prefix else r"(?!\w)"))


def _without_overlaps(spans: Spans) -> Spans:
    joined: Spans = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def passages(
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    count: int = 2,
    length: int = 220,
    folds: Sequence[tuple[int, int]] = (),
) -> tuple[Passage, ...]:
    """The passages that hold most of what was asked, in the order of the text.

    spans: sorted, none overlapping, as a matcher gives them. length: about how many code points
    each may have; a single match that is longer is given whole. folds: parts that no passage
    shows or reaches over, as fold_edges gives them.
    """
    tried = spans[:_MOST_TRIED]
    fold_starts = [start for start, _ in folds]
    gaps = [bisect_right(fold_starts, start) for start, _ in tried]
    kinds = [fold(text[start:end]) for start, end in tried]
    windows: list[tuple[int, int, int, int]] = []  # -distinct, -matches, first, behind last
    behind = 0
    inside: dict[str, int] = {}
    for first, (start, _) in enumerate(tried):
        while behind < len(tried) and (
            behind <= first or (tried[behind][1] - start <= length and gaps[behind] == gaps[first])
        ):
            inside[kinds[behind]] = inside.get(kinds[behind], 0) + 1
            behind += 1
        windows.append((-len(inside), first - behind, first, behind))
        inside[kinds[first]] -= 1
        if not inside[kinds[first]]:
            del inside[kinds[first]]
    chosen: list[tuple[int, int]] = []
    for _, _, first, last in sorted(windows):
        if len(chosen) == count:
            break
        if all(last <= other_first or first >= other_last for other_first, other_last in chosen):
            chosen.append((first, last))
    made: list[Passage] = []
    for first, last in sorted(chosen):
        gap = gaps[first]
        least = folds[gap - 1][1] if gap else 0
        most = folds[gap][0] if gap < len(folds) else len(text)
        start, end = _widen(text, tried[first][0], tried[last - 1][1], length, (least, most))
        if made and start < made[-1].end:
            start = min(made[-1].end, tried[first][0])
        marks = tuple(span for span in spans if start <= span[0] and span[1] <= end)
        made.append(Passage(start, end, text[start:end], marks))
    return tuple(made)


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


def matcher_out(matcher: Matcher) -> list[object]:
    """Write a matcher as JSON values."""
    return [
        [list(one.forms), one.prefix, one.place.value, one.folded, dict(one.by_language)]
        for one in matcher.sought
    ]


def matcher_in(raw: Sequence[Any]) -> Matcher:
    """Read what matcher_out wrote."""
    return Matcher(
        tuple(
            Sought(
                tuple(forms),
                prefix,
                Place(place),
                folded,
                {language: tuple(others) for language, others in by_language.items()},
            )
            for forms, prefix, place, folded, by_language in raw
        )
    )
