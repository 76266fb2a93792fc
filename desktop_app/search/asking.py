"""Answer the parts of a query from the index: which documents say each, and how well they fit.

A part is scored as one word (BM25 over the body's length), however many words stand for it; what
the title says weighs more. Whoosh gives words, postings and columns; its query tree is not used,
since every part's own count is wanted and parts are joined with facts elsewhere.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Sequence
from itertools import compress

from desktop_app.core.query_tree import Near, Or, Place, Said, WordKind, spoken
from desktop_app.search.found import MOST_WORDS, Answers, Found, WordForms
from desktop_app.search.meaning import Meanings
from desktop_app.search.saying import Group, Saying
from desktop_app.search.schema import BODY, FOLDED, NOTES, QUOTES, TITLE
from desktop_app.search.segment import Segment
from desktop_app.search.stems import Stems

__all__ = ["MOST_WORDS", "Answers", "Found", "WordForms", "answer"]

_TITLE_WEIGHT = 3.0
_K1, _B = 1.2, 0.75
# The fields of each place; those in one group are one text, and a row of words may go from one
# into the other.
_TEXT: dict[bool, Group] = {False: (BODY,), True: (BODY, FOLDED)}


def groups(place: Place, folded: bool) -> tuple[Group, ...]:
    """The texts of a document that a place means, by the fields of each."""
    match place:
        case Place.TITLE:
            return ((TITLE,),)
        case Place.TEXT:
            return (_TEXT[folded],)
        case Place.NOTE:
            return ((NOTES,),)
        case Place.QUOTE:
            return ((QUOTES,),)
        case Place.ANYWHERE:
            return (TITLE,), _TEXT[folded], (NOTES,)


def answer(
    parts: Sequence[Said | Near | Or],
    segments: Sequence[Segment],
    stems: Stems,
    among: Collection[int] | None = None,
) -> Answers:
    """Find the documents that say each of some parts; families are alternatives by now.

    among: ids of the only documents that are looked at; None: all.
    """
    meanings = Meanings(segments, stems)
    found = tuple(_answer_part(part, segments, meanings, among) for part in parts)
    return Answers(found, meanings.forms, frozenset(meanings.too_many))


def _answer_part(
    part: Said | Near | Or,
    segments: Sequence[Segment],
    meanings: Meanings,
    among: Collection[int] | None,
) -> Found:
    """Find the documents that say a part."""
    said = spoken(part)
    texts = groups(said[0].place, said[0].folded)
    fields = tuple(name for group in texts for name in group)
    cased = (
        word.kind is WordKind.CASED
        for each in said
        if isinstance(each, Said)
        for word in each.words
    )
    sure = not any(cased)
    ids: list[int] = []
    weights: list[float] = []
    lengths: list[int] = []
    for segment in segments:
        inside = None
        if among is not None:
            held = map(among.__contains__, segment.ids)
            inside = set(compress(range(len(segment.ids)), held))
            if not inside:
                continue
        saying = [Saying(segment, group, meanings, fields) for group in texts]
        often = _often(part, texts, saying, inside)
        documents = sorted(often.keys() - segment.deleted if segment.deleted else often)
        # No tuple for each document: so many of them would wake the collector of garbage.
        ids += map(segment.ids.__getitem__, documents)
        weights += map(often.__getitem__, documents)
        lengths += map(segment.lengths.__getitem__, documents)
    if ids != sorted(ids):  # documents that were put in again are not in their old place
        order = sorted(range(len(ids)), key=ids.__getitem__)
        ids, weights, lengths = (
            list(map(ids.__getitem__, order)),
            list(map(weights.__getitem__, order)),
            list(map(lengths.__getitem__, order)),
        )
    return Found(array("q", ids), _score(weights, lengths, segments), sure)


def _often(
    part: Said | Near | Or,
    texts: tuple[Group, ...],
    saying: Sequence[Saying],
    among: Collection[int] | None,
) -> dict[int, float]:
    """How often each document of a segment says a part, in all texts that it is looked for in."""
    found: dict[int, float] = {}
    for group, said in zip(texts, saying, strict=True):
        often = said.often(part, among)
        if among is not None:
            often = {document: often[document] for document in often.keys() & among}
        times = _TITLE_WEIGHT if group == (TITLE,) else 1.0
        if not found and times == 1.0:
            found = often
            continue
        for document, weight in often.items():
            found[document] = found.get(document, 0.0) + weight * times
    return found


def _score(
    weights: Sequence[float], lengths: Sequence[int], segments: Sequence[Segment]
) -> array[float]:
    if not weights:
        return array("d")
    total = sum(len(segment.ids) - len(segment.deleted) for segment in segments)
    entries = sum(len(segment.ids) for segment in segments) or 1
    average = sum(sum(segment.lengths) for segment in segments) / entries or 1.0
    count = len(weights)
    rarity = math.log(1 + (total - count + 0.5) / (count + 0.5)) if count else 0.0
    most = rarity * (_K1 + 1)
    flat, steep = _K1 * (1 - _B), _K1 * _B / average
    return array(
        "d",
        [
            most * weight / (weight + flat + steep * length)
            for weight, length in zip(weights, lengths, strict=True)
        ],
    )
