"""Answer the parts of a query from the index: which documents say each, and how well they fit.

A part is scored as one word (BM25 over the body's length), however many words stand for it; what
the title says weighs more. Whoosh gives words, postings and columns; its query tree is not used,
since every part's own count is wanted and parts are joined with facts elsewhere.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

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


def answer(parts: Sequence[Said | Near | Or], segments: Sequence[Segment], stems: Stems) -> Answers:
    """Find the documents that say each of some parts; families are alternatives by now."""
    meanings = Meanings(segments, stems)
    found = tuple(_answer_part(part, segments, meanings) for part in parts)
    return Answers(found, meanings.forms, frozenset(meanings.too_many))


def _answer_part(part: Said | Near | Or, segments: Sequence[Segment], meanings: Meanings) -> Found:
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
    hits: list[tuple[int, float, int]] = []
    for segment in segments:
        weights: dict[int, float] = {}
        for group in texts:
            often = Saying(segment, group, meanings, fields).often(part)
            times = _TITLE_WEIGHT if group == (TITLE,) else 1.0
            if not weights and times == 1.0:
                weights = often
                continue
            for document, weight in often.items():
                weights[document] = weights.get(document, 0.0) + weight * times
        ids, lengths, deleted = segment.ids, segment.lengths, segment.deleted
        hits += [
            (ids[document], weight, lengths[document])
            for document, weight in weights.items()
            if document not in deleted
        ]
    hits.sort()
    return Found(array("q", [hit[0] for hit in hits]), _score(hits, segments), sure)


def _score(hits: Sequence[tuple[int, float, int]], segments: Sequence[Segment]) -> array[float]:
    total = sum(len(segment.ids) - len(segment.deleted) for segment in segments)
    entries = sum(len(segment.ids) for segment in segments) or 1
    average = sum(sum(segment.lengths) for segment in segments) / entries or 1.0
    rarity = math.log(1 + (total - len(hits) + 0.5) / (len(hits) + 0.5)) if hits else 0.0
    most = rarity * (_K1 + 1)
    flat, steep = _K1 * (1 - _B), _K1 * _B / average
    return array(
        "d", [most * weight / (weight + flat + steep * length) for _, weight, length in hits]
    )
