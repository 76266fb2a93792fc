"""Readings that decide by the letters of a text what an index cannot: case, places, highlights."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop_app.core.matching import Matcher, fold_edges, matcher_in
from desktop_app.core.query_json import spoken_in
from desktop_app.core.query_tree import Near, Or, Place, Said, Spoken, Word, WordKind
from desktop_app.core.text import Fold
from desktop_app.core.words import fold
from desktop_app.search.schema import stemmed_as
from desktop_app.store.store import Snapshot

_IN_WORD = re.compile(r"\w")


def sure(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read which of some documents really say a part of a query.

    argument: part, matcher of it alone, and ids. Gives how many, and their ids as numbers.
    """
    part, matcher = spoken_in(argument["part"]), matcher_in(argument["matcher"])
    asked = _Part(part, matcher)
    says: list[int] = []
    for entry in snapshot.texts.for_index(argument["ids"]):
        code = stemmed_as(entry.language)
        if (
            (Place.TITLE in asked.places and asked.in_(entry.title, Place.TITLE, code))
            or (Place.TEXT in asked.places and asked.in_body(entry.canonical, code, entry.folds))
            or any(asked.in_(note, Place.NOTE, code) for note in entry.notes)
            or any(asked.in_(quote, Place.QUOTE, code) for quote in entry.quotes)
        ):
            says.append(entry.id)
    found = array("q", says)
    return len(found), found.tobytes()


def marked(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read which highlights of some documents say the parts of a query.

    argument: ids of documents, and matchers, each of a part looked for in quotes or notes. Gives
    how many for each, and their ids as numbers.
    """
    matchers = [matcher_in(written) for written in argument["matchers"]]
    found: list[set[int]] = [set() for _ in matchers]
    documents: Sequence[int] = argument["ids"]
    languages = _languages(snapshot, documents)
    for document in documents:
        for highlight in snapshot.highlights.of_document(document):
            for matcher, says in zip(matchers, found, strict=True):
                quote, note, code = highlight.anchor.quote, highlight.note, languages[document]
                if matcher.spans(quote, language=code, place=Place.QUOTE) or (
                    note and matcher.spans(note, language=code, place=Place.NOTE)
                ):
                    says.add(highlight.id)
    ids = [array("q", sorted(says)) for says in found]
    return [len(each) for each in ids], b"".join(each.tobytes() for each in ids)


def matches(snapshot: Snapshot, argument: Any) -> tuple[Any, bytes]:
    """Read all matches in the text of a document.

    argument: matcher and id. Gives how many spans and how many marks there are, and as numbers
    where each starts and ends; nothing where the document is gone.
    """
    matcher = matcher_in(argument["matcher"])
    for entry in snapshot.texts.for_index([argument["id"]]):
        hidden = () if matcher.folded else fold_edges(entry.canonical, entry.folds)
        code = stemmed_as(entry.language)
        found = matcher.found(entry.canonical, language=code, folds=hidden)
        places = array("q", [at for span in (*found.spans, *found.marks) for at in span])
        return [len(found.spans), len(found.marks)], places.tobytes()
    return [0, 0], b""


class _Part:
    """A part of a query, looked for in one text after the other."""

    def __init__(self, part: Spoken | Or, matcher: Matcher) -> None:
        self._part = part
        self._matcher = matcher
        self._only = _only_cased(part)
        self.places = frozenset(filter(matcher.looks_in, Place))

    def in_(self, text: str, place: Place, language: str) -> bool:
        """Whether a title, a note or a quote says it."""
        if not _possible(self._part, unicodedata.normalize("NFC", text)):
            return False
        return bool(self._matcher.spans(text, language=language, place=place))

    def in_body(self, text: str, language: str, folds: Iterable[Fold]) -> bool:
        """Whether a text says it."""
        if not _possible(self._part, text):  # quick, and often the end of it
            return False
        hidden = () if self._matcher.folded else fold_edges(text, folds)
        if self._only is not None:
            return any(_cased(text, self._only.text, hidden))
        return bool(self._matcher.spans(text, language=language, folds=hidden))


def _only_cased(part: Spoken | Or) -> Word | None:
    if isinstance(part, Said) and len(part.words) == 1 and part.words[0].kind is WordKind.CASED:
        return part.words[0]
    return None


def _possible(part: object, text: str) -> bool:
    match part:
        case Said(words):
            return all(word.text in text for word in words if word.kind is WordKind.CASED)
        case Near(parts):
            return all(_possible(each, text) for each in parts)
        case Or(parts):
            return any(_possible(each, text) for each in parts)
    return True


def _cased(text: str, form: str, folds: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """Look at each place of some letters whether they are a word there, outside folds."""
    starts = [start for start, _ in folds]
    at = text.find(form)
    while at >= 0:
        if _is_word(text, at, at + len(form)):
            fold_before = bisect_right(starts, at) - 1
            yield fold_before < 0 or at >= folds[fold_before][1]
        at = text.find(form, at + 1)


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether letters of a word are all of it: only its neighbours are looked at."""
    if end < len(text) and unicodedata.combining(text[end]):
        return False  # a mark on the last letter belongs to the word
    before = next((letter for at in range(start - 1, -1, -1) if (letter := fold(text[at]))), "")
    behind = next((letter for at in range(end, len(text)) if (letter := fold(text[at]))), "")
    return not (_IN_WORD.match(before[-1:]) or _IN_WORD.match(behind[:1]))


def _languages(snapshot: Snapshot, documents: Sequence[int]) -> dict[int, str]:
    return {
        document.id: stemmed_as(document.facts.language)
        for document in snapshot.documents.many(documents)
    }
