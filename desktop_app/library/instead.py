"""What else to ask for where a query found nothing: words spelled alike, tags, days.

Each is counted by asking for it: what is said of it is what one gets, and what finds nothing is
never offered.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import Protocol

from desktop_app.core.query_days import slashed_days
from desktop_app.core.query_edit import replaced
from desktop_app.core.query_tree import (
    And,
    Everything,
    Fact,
    FactField,
    Leaf,
    Node,
    Not,
    Or,
    Said,
    Spoken,
    TagValue,
    Word,
    WordKind,
    spoken,
    tag_text,
)
from desktop_app.core.words import fold, words
from desktop_app.library.answer import Instead
from desktop_app.library.hearing import Hearing, Index, Stopped, go_on
from desktop_app.library.scope import Question
from desktop_app.library.searching import answer
from desktop_app.library.tags.reading import reading_of
from desktop_app.search.vocabulary import edits
from desktop_app.store.store import Store

_MOST_WORDS = 8  # of a query that are looked up
_MOST_OFFERED = 5  # for each
_MOST_TRIED = 20  # for each
_TRIED_TOGETHER = 9
_RUN = re.compile(r"\w+")
_TAGS = (FactField.TAG, FactField.DOCTAG, FactField.HLTAG)


class Vocabulary(Index, Protocol):
    """An index that also knows which words of the library are near one in spelling."""

    def near_spellings(self, form: str, limit: int) -> Sequence[tuple[str, int]]: ...


def instead(
    store: Store,
    index: Vocabulary,
    asked: Question,
    *,
    today: date,
    stop: threading.Event | None = None,
) -> tuple[Instead, ...]:
    """Find what else to ask for. Raises Stopped."""
    offering = _Offering(store, index, asked, today, stop)
    return (*offering.days(), *offering.tags(), *offering.spellings())


@dataclass(frozen=True, slots=True)
class _Misspelled:
    """A word that no document says, where it stands, and those that some say, the nearest first."""

    start: int
    end: int
    near: tuple[str, ...]


class _Offering:
    """What could stand in the place of parts of one query."""

    def __init__(
        self,
        store: Store,
        index: Vocabulary,
        asked: Question,
        today: date,
        stop: threading.Event | None,
    ) -> None:
        self._store = store
        self._index = index
        self._asked = asked
        self._source = asked.query.source
        self._today = today
        self._stop = stop

    def days(self) -> Iterator[Instead]:
        """The days that figures with slashes between them can mean."""
        for part in _wanted(self._asked.query.tree):
            typed = self._source[part.start : part.end]
            for day in slashed_days(typed) if isinstance(part, Said) and "/" in typed else ():
                other = f"date:{day}"
                yield from self._counted(typed, other, replaced(self._source, part, other))

    def tags(self) -> Iterator[Instead]:
        """The tags that come closest to one that is not there."""
        asked = [
            (part, part.value)
            for part in _wanted(self._asked.query.tree)
            if isinstance(part, Fact) and part.name in _TAGS and isinstance(part.value, TagValue)
        ]
        if not asked:
            return
        with self._store.read() as snapshot:
            reading = reading_of(snapshot)
        for part, value in asked:
            if reading.meant(value).tags:
                continue
            for tag in reading.closest(value):
                close = reading.asks_for(tag)
                text = tag_text(close.names, collection=close.collection, exact=value.exact)
                other = part.name.value + text.removeprefix(FactField.TAG.value)
                typed = self._source[part.start : part.end]
                yield from self._counted(typed, other, replaced(self._source, part, other))

    def spellings(self) -> Iterator[Instead]:
        """Words of the library in the place of words that it does not have."""
        missing = self._misspelled()
        alone = [each for word in missing for each in self._nearest(word)]
        yield from alone
        if not alone and len(missing) > 1:
            # Each by itself finds nothing as long as the others stay as they are.
            together = (
                offer
                for forms in islice(product(*(word.near[:3] for word in missing)), _TRIED_TOGETHER)
                for offer in self._spelled(missing, forms)
            )
            yield from islice(together, 1)

    def _nearest(self, word: _Misspelled) -> list[Instead]:
        typed = fold(self._source[word.start : word.end])
        offers = islice(
            (offer for form in word.near for offer in self._spelled([word], [form])),
            _MOST_OFFERED,
        )
        return sorted(offers, key=lambda offer: (edits(typed, offer.other), -offer.count))

    def _spelled(self, missing: Sequence[_Misspelled], forms: Sequence[str]) -> Iterator[Instead]:
        text = self._source
        for word, form in sorted(zip(missing, forms, strict=True), key=lambda pair: -pair[0].start):
            text = text[: word.start] + form + text[word.end :]
        typed = " ".join(self._source[word.start : word.end] for word in missing)
        yield from self._counted(typed, " ".join(forms), text)

    def _counted(self, typed: str, other: str, text: str) -> Iterator[Instead]:
        """An offer, where it finds anything."""
        go_on(self._stop)
        found = answer(
            self._store,
            self._index,
            text,
            within=self._asked.within,
            today=self._today,
            stop=self._stop,
        )
        if found.stopped:
            raise Stopped
        rows = len(found.ids if found.highlights is None else found.highlights)
        if rows and not found.errors:
            yield Instead(typed, other, text, rows)

    def _misspelled(self) -> list[_Misspelled]:
        """The words of the query that no document says, from left to right."""
        places = self._places()
        known = self._said(list(places))
        missing: list[_Misspelled] = []
        for word, (start, end) in places.items():
            if word in known:
                continue
            go_on(self._stop)
            form = fold(self._source[start:end])
            found = [each for each, _ in self._index.near_spellings(form, _MOST_TRIED)]
            near = [Word(each, WordKind.EXACT) for each in found if each != form]
            said = self._said(near)
            likely = [each.text for each in near if each in said]
            likely.sort(key=lambda each: edits(form, each))
            if likely:
                missing.append(_Misspelled(start, end, tuple(likely)))
        return sorted(missing, key=lambda each: each.start)

    def _places(self) -> dict[Word, tuple[int, int]]:
        """Where words stand that are wanted, without jokers in them."""
        places: dict[Word, tuple[int, int]] = {}
        for part in self._asked.query.wanted():
            forms = {
                form: Word(form, word.kind if word.kind is WordKind.PLAIN else WordKind.EXACT)
                for said in spoken(part)
                if isinstance(said, Said)
                for word in said.words
                if word.kind is not WordKind.WILD
                for form in words(word.text)
            }
            for run in _RUN.finditer(self._source, part.start, part.end):
                if (form := fold(run[0])) in forms and len(places) < _MOST_WORDS:
                    places.setdefault(forms[form], run.span())
        return places

    def _said(self, asked: Sequence[Word]) -> set[Word]:
        """Those of some words that any document outside the trash says."""
        if not asked:
            return set()
        folded = self._asked.query.folded
        parts: list[Spoken] = [Said((word,), folded=folded) for word in asked]
        heard = Hearing(self._store, self._index, self._stop).hear(parts, ())
        with self._store.read() as snapshot:
            there = snapshot.documents.all_ids()
        return {
            word
            for word, part in zip(asked, parts, strict=True)
            if not there.isdisjoint(heard.documents[part].ids)
        }


def _wanted(node: Node) -> Iterable[Leaf]:
    """The parts of a tree that no minus stands before."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part)
        case Not() | Everything():
            return
        case _:
            yield node
