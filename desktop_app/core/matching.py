"""Where a text says what a query asks for.

A matcher is plain data: it holds the forms that the index found for each word, so that marks and
answers agree. What it finds is exact over folding: places in the text as it stands. What the
reader folds away as boilerplate is passed over, unless the query asks for it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.core.fold_edges import fold_edges
from desktop_app.core.matches import Matches, Span
from desktop_app.core.nearness import near
from desktop_app.core.passages import Passage, passages
from desktop_app.core.query_json import spoken_in, spoken_out, word_in, word_out
from desktop_app.core.query_tree import (
    Family,
    Near,
    Or,
    Place,
    Said,
    Spoken,
    Word,
    WordKind,
    spoken,
)
from desktop_app.core.word_places import (
    end_of_word,
    joined,
    places_of_forms,
    places_of_jokers,
    places_of_row,
    runs_of,
    starts_of_words,
)
from desktop_app.core.words import end_of, fold, fold_with_places, words

__all__ = [
    "Forms",
    "Matcher",
    "Matches",
    "Passage",
    "fold_edges",
    "matcher_in",
    "matcher_out",
    "passages",
]

# For words of a query: the other forms that stand for each, by language code; "" is any language.
Forms = Mapping[Word, Mapping[str, tuple[str, ...]]]


_NOTHING = Matches()


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds all that a query asks for in a text.

    parts: what is asked for and not excluded. forms: for words of it, as the index gave them.
    """

    parts: tuple[Spoken | Or, ...] = ()
    forms: Forms = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is ever found."""
        return not self.parts

    @property
    def in_text(self) -> bool:
        """Whether anything is looked for in the text, not in the title or notes alone."""
        return self.looks_in(Place.TEXT)

    @property
    def folded(self) -> bool:
        """Whether anything is looked for in folded parts too."""
        return any(said.folded for part in self.parts for said in spoken(part))

    def looks_in(self, place: Place) -> bool:
        """Whether anything is looked for in texts of a kind."""
        return any(_asks(part, place) for part in self.parts)

    def found(
        self,
        text: str,
        *,
        language: str | None = None,
        place: Place = Place.TEXT,
        folds: Sequence[Span] = (),
    ) -> Matches:
        """All matches in a text of a document in the language.

        place: what the text is, so that words asked for in the title are not found in the body.
        folds: the folded parts, as fold_edges gives them.
        """
        asked = [(n, part) for n, part in enumerate(self.parts) if _asks(part, place)]
        if not asked or not text:
            return _NOTHING
        looked = _Looked(text, language or "", folds, self.forms)
        each: list[tuple[int, list[Span]]] = []
        marks: list[list[Span]] = []
        for number, part in asked:
            here, words_here = looked.part(part)
            if here:
                each.append((number, looked.in_text(here)))
                marks.append(each[-1][1] if words_here is here else looked.in_text(words_here))
        whole = joined(*(spans for _, spans in each))
        if len(each) < 2:
            of = tuple((number,) for number, _ in each) * len(whole)
            return Matches(tuple(whole), tuple(joined(*marks)), of)
        starts = [start for start, _ in whole]
        numbers: list[set[int]] = [set() for _ in whole]
        for number, spans in each:
            for start, _ in spans:
                numbers[bisect_right(starts, start) - 1].add(number)
        return Matches(tuple(whole), tuple(joined(*marks)), tuple(map(tuple, map(sorted, numbers))))

    def spans(
        self,
        text: str,
        *,
        language: str | None = None,
        place: Place = Place.TEXT,
        folds: Sequence[Span] = (),
    ) -> list[Span]:
        """The spans of `found`."""
        return list(self.found(text, language=language, place=place, folds=folds).spans)


def _asks(part: Spoken | Or, place: Place) -> bool:
    """Whether a part is looked for in texts of a kind; all of a part is of one place."""
    asked = spoken(part)[0].place
    return asked is place or (asked is Place.ANYWHERE and place is not Place.QUOTE)


class _Looked:
    """A folded text in which each word of a query is looked up once."""

    def __init__(self, text: str, language: str, folds: Sequence[Span], forms: Forms) -> None:
        self._text = text
        self._folded, self._places = fold_with_places(text)
        self._language = language
        self._folds = folds
        self._fold_starts = [start for start, _ in folds]
        self._forms = forms
        self._known: dict[Word, list[Span]] = {}
        self._starts: list[int] | None = None

    def in_text(self, spans: list[Span]) -> list[Span]:
        """Places in the folded text as places in the text."""
        places = self._places
        if places is None:
            return spans
        return [(places[start], end_of(self._text, places[end - 1])) for start, end in spans]

    def part(self, part: Spoken | Or) -> tuple[list[Span], list[Span]]:
        """Where a part is said, and the words that say it; each sorted."""
        match part:
            case Said(words=row, folded=folded):
                spans = places_of_row(self._folded, self._row(row))
                spans = spans if folded else self._open(spans)
                return spans, spans
            case Family(forms, place, folded):
                rows = (tuple(Word(w, WordKind.EXACT) for w in words(form)) for form in forms)
                return self._any(Said(row, place, folded) for row in rows if row)
            case Or(parts):
                return self._any(parts)  # type: ignore[arg-type]  # an Or here holds what is said
            case Near(parts, distance, ordered):
                return self._near(parts, distance, ordered=ordered)

    def _any(self, parts: Iterable[Spoken | Or]) -> tuple[list[Span], list[Span]]:
        spans: set[Span] = set()
        marks: set[Span] = set()
        for part in parts:
            here, words_here = self.part(part)
            spans.update(here)
            marks.update(words_here)
        return sorted(spans), sorted(marks)

    def _near(
        self, parts: Sequence[Spoken | Or], distance: int, *, ordered: bool
    ) -> tuple[list[Span], list[Span]]:
        each: list[list[Span]] = []
        marks: set[Span] = set()
        for part in parts:
            here, words_here = self.part(part)
            if not here:
                return [], []
            each.append(here)
            marks.update(words_here)
        if self._starts is None:
            self._starts = starts_of_words(self._folded)
        starts = self._starts
        runs = near([runs_of(spans, starts) for spans in each], distance, ordered=ordered)
        found = [(starts[first], end_of_word(self._folded, starts[last])) for first, last in runs]
        inside = sorted(marks)
        firsts = [start for start, _ in inside]
        words_found = {
            mark
            for start, end in found
            for mark in inside[bisect_left(firsts, start) : bisect_left(firsts, end)]
            if mark[1] <= end
        }
        return found, sorted(words_found)

    def _row(self, row: Sequence[Word]) -> list[list[Span]]:
        """Where each word of a row stands; nothing of any where one stands nowhere."""
        for word in sorted(row, key=lambda word: -len(word.text)):
            if not self._word(word):
                return [[]]
        return [self._word(word) for word in row]

    def _word(self, word: Word) -> list[Span]:
        if word not in self._known:
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: Word) -> list[Span]:
        match word.kind:
            case WordKind.WILD:
                return places_of_jokers(self._folded, word.text)
            case WordKind.EXACT:
                return places_of_forms(self._folded, (word.text,))
            case WordKind.CASED:
                spans = places_of_forms(self._folded, (fold(word.text),))
                return [span for span in spans if self._written(span) == word.text]
            case _:
                others = self._forms.get(word, {})
                of_any, of_language = others.get("", ()), others.get(self._language, ())
                return places_of_forms(self._folded, {word.text, *of_any, *of_language})

    def _written(self, span: Span) -> str:
        """The letters of a word as the text has them."""
        ((start, end),) = self.in_text([span])
        return unicodedata.normalize("NFC", self._text[start:end])

    def _open(self, spans: list[Span]) -> list[Span]:
        """Those of some places of which no word stands in a folded part."""
        if not self._folds:
            return spans
        return [span for span in spans if not self._hidden(span)]

    def _hidden(self, span: Span) -> bool:
        ((start, end),) = self.in_text([span])
        at = bisect_right(self._fold_starts, start) - 1
        if at >= 0 and start < self._folds[at][1]:
            return True  # its first word begins there
        if at + 1 == len(self._folds) or self._fold_starts[at + 1] >= end:
            return False
        return any(map(self._in_fold, starts_of_words(self._folded, *span)))

    def _in_fold(self, place: int) -> bool:
        start = place if self._places is None else self._places[place]
        at = bisect_right(self._fold_starts, start) - 1
        return at >= 0 and start < self._folds[at][1]


def matcher_out(matcher: Matcher) -> list[object]:
    """Write a matcher as JSON values."""
    forms = [
        [word_out(word), {language: list(others) for language, others in by_language.items()}]
        for word, by_language in matcher.forms.items()
    ]
    return [[spoken_out(part) for part in matcher.parts], forms]


def matcher_in(raw: Sequence[Any]) -> Matcher:
    """Read what matcher_out wrote."""
    parts, forms = raw
    return Matcher(
        tuple(map(spoken_in, parts)),
        {
            word_in(word): {language: tuple(others) for language, others in by_language.items()}
            for word, by_language in forms
        },
    )
