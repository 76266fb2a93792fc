"""Answer one part of a query from the index's postings: which documents, and how well they fit.

A part is scored as one word (BM25 over the body's length), however many forms stand for it; a
match in the title weighs more. Whoosh gives terms, postings and columns; its query tree is not
used, since every part's own count is wanted and parts are joined with facts elsewhere.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from desktop_app.core.query_tree import Near, Or, Place, Said, Word, WordKind
from desktop_app.search.schema import BODY, FOLDED, ID, LANGUAGE, STEMMED, TITLE, unpack
from desktop_app.search.stems import Stems

# A beginning that more words than this share would mean nothing: more letters are asked for.
MOST_WORDS = 2_000

_TITLE_WEIGHT = 3.0
_K1, _B = 1.2, 0.75
# The fields of each place; those in one group are one text, and a phrase may go from one into the other.
_Group = tuple[str, ...]
_FIELDS: dict[tuple[Place, bool], tuple[_Group, ...]] = {
    (Place.ANYWHERE, False): ((TITLE,), (BODY,)),
    (Place.TITLE, False): ((TITLE,),),
    (Place.TEXT, False): ((BODY,),),
    (Place.ANYWHERE, True): ((TITLE,), (BODY, FOLDED)),
    (Place.TITLE, True): ((TITLE,),),
    (Place.TEXT, True): ((BODY, FOLDED),),
    (Place.NOTE, False): (),
    (Place.NOTE, True): (),
    (Place.QUOTE, False): (),
    (Place.QUOTE, True): (),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that say one part of a query.

    ids: ascending, no repeats. scores: for each id. sure: False where the letters of the text must
    decide (CASED words), so that each id is only a candidate.
    """

    ids: array[int]
    scores: array[float]
    sure: bool = True


# For words of a query: the other forms that stand for each, by language code; "" is any language.
WordForms = Mapping[Word, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the parts of a query, in their order.

    forms: of its PLAIN and FUZZY words. too_many: its words that stand for more than MOST_WORDS
    words of the library, in which case nothing was looked for.
    """

    found: tuple[Found, ...]
    forms: WordForms = field(default_factory=dict)
    too_many: frozenset[Word] = frozenset()


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of the index, with what is asked of every document kept at hand."""

    name: str
    reader: SegmentReader
    ids: array[int]
    languages: array[int]
    lengths: array[int]
    deleted: frozenset[int]

    @classmethod
    def of(cls, reader: SegmentReader, known: Segment | None) -> Segment:
        """Read a segment; known: the same one before documents were deleted from it."""
        segment = reader.segment()
        deleted = frozenset(segment.deleted_docs())
        if known:
            return cls(known.name, reader, known.ids, known.languages, known.lengths, deleted)
        count = segment.doc_count_all()
        return cls(
            segment.segment_id(),
            reader,
            array("q", _column(reader, ID, count)),
            array("B", _column(reader, LANGUAGE, count)),
            array("I", [byte_to_length(byte) for byte in _lengths(reader, count)]),
            deleted,
        )


def _column(reader: SegmentReader, name: str, count: int) -> list[int]:
    column = reader.column_reader(name, translate=False)
    return [column[document] for document in range(count)]


def _lengths(reader: SegmentReader, count: int) -> Iterable[int]:
    perdoc = reader._perdoc
    if not perdoc.has_column(f"_{BODY}_len"):
        return [0] * count
    column = perdoc.column_reader(f"_{BODY}_len", LENGTHS_COLUMN)
    return [column[document] for document in range(count)]


@dataclass(frozen=True, slots=True)
class _Row:
    forms: tuple[str, ...]
    exact: bool
    prefix: bool
    place: Place
    folded: bool

    @classmethod
    def of(cls, said: Said) -> _Row:
        last = said.words[-1]
        prefix = last.kind is WordKind.WILD
        forms = tuple(word.text.rstrip("*") for word in said.words)
        return cls(forms, last.kind is WordKind.EXACT, prefix, said.place, said.folded)


def answer(parts: Sequence[Said | Near | Or], segments: Sequence[Segment], stems: Stems) -> Answers:
    """Find the documents that say each of some parts; families are alternatives by now."""
    found: list[Found] = []
    forms: dict[Word, Mapping[str, tuple[str, ...]]] = {}
    too_many: set[Word] = set()
    for part in parts:
        assert isinstance(part, Said)
        one, others, many = answer_part(_Row.of(part), segments, stems)
        found.append(one)
        if others:
            forms[part.words[0]] = others
        if many:
            too_many.add(part.words[-1])
    return Answers(tuple(found), forms, frozenset(too_many))


def answer_part(
    said: _Row, segments: Sequence[Segment], stems: Stems
) -> tuple[Found, Mapping[str, tuple[str, ...]], bool]:
    """Find the documents that say a part."""
    languages: dict[int, tuple[str, ...]] = {}
    if not said.exact and not said.prefix:
        languages = stems.forms(said.forms[0])
    forms = {STEMMED[number]: others for number, others in languages.items()}
    groups = _FIELDS[said.place, said.folded]
    names = [name for group in groups for name in group]
    if said.prefix and _begin(said.forms[-1], names, segments) > MOST_WORDS:
        return Found(array("q"), array("d")), {}, True
    hits: list[tuple[int, float, int]] = []
    for segment in segments:
        weights: dict[int, float] = {}
        for group in groups:
            if len(said.forms) > 1:
                found = _phrase(said, segment, group)
            else:
                found = _word(said, languages, segment, group)
            times = _TITLE_WEIGHT if group == (TITLE,) else 1.0
            for document, weight in found.items():
                if document not in segment.deleted:
                    weights[document] = weights.get(document, 0.0) + weight * times
        hits.extend(
            (segment.ids[document], weight, segment.lengths[document])
            for document, weight in weights.items()
        )
    hits.sort()
    ids = array("q", [hit[0] for hit in hits])
    return Found(ids, _score(hits, segments)), forms, False


def _score(hits: Sequence[tuple[int, float, int]], segments: Sequence[Segment]) -> array[float]:
    total = sum(len(segment.ids) - len(segment.deleted) for segment in segments)
    entries = sum(len(segment.ids) for segment in segments) or 1
    average = sum(sum(segment.lengths) for segment in segments) / entries or 1.0
    rarity = math.log(1 + (total - len(hits) + 0.5) / (len(hits) + 0.5)) if hits else 0.0
    return array(
        "d",
        [
            rarity * weight * (_K1 + 1) / (weight + _K1 * (1 - _B + _B * length / average))
            for _, weight, length in hits
        ],
    )


def _matcher(segment: Segment, name: str, form: str) -> Any:
    """A word's postings in a segment, deleted documents among them; None where it does not stand."""
    word = form.encode()
    terms = segment.reader._terms
    if (name, word) not in terms:
        return None
    return terms.matcher(name, word, segment.reader.schema[name].format)


def _matchers(segment: Segment, name: str, prefix: str) -> Iterator[Any]:
    """The postings of all words that begin so; one walk through the sorted words, no look-ups."""
    terms = segment.reader._terms
    if name not in terms.indexed_field_names():
        return
    wanted = prefix.encode()
    spec = segment.reader.schema[name].format
    for (field_name, word), info in terms.items_from(name, wanted):
        if field_name != name or not word.startswith(wanted):
            return
        yield terms._codec.postings_reader(terms._postfile, info, spec)


def _blocks(matcher: Any) -> Iterator[tuple[Sequence[int], Sequence[float]]]:
    """The documents and weights of a word, a block at a time: many times quicker than one by one."""
    while matcher.is_active():
        matcher.id(), matcher.weight()  # these read the block
        yield matcher._ids, matcher._weights
        matcher._next_block()


def _begin(prefix: str, names: Iterable[str], segments: Sequence[Segment]) -> int:
    """How many words begin so; at most one more than MOST_WORDS is counted."""
    found: set[bytes] = set()
    for segment in segments:
        for name in names:
            if name not in segment.reader._terms.indexed_field_names():
                continue
            for word in segment.reader.expand_prefix(name, prefix):
                found.add(word)
                if len(found) > MOST_WORDS:
                    return len(found)
    return len(found)


def _word(
    said: _Row, languages: Mapping[int, tuple[str, ...]], segment: Segment, group: _Group
) -> dict[int, float]:
    """How often each document says a word, or a form of it that its language has."""
    found: dict[int, float] = {}
    if said.prefix:
        for name in group:
            for matcher in _matchers(segment, name, said.forms[0]):
                _add(found, matcher, None, segment)
        return found
    wanted: dict[str, set[int] | None] = {said.forms[0]: None}
    for language, others in languages.items():
        for other in others:
            held = wanted.setdefault(other, set())
            if held is not None:
                held.add(language)
    for form, only in wanted.items():
        for name in group:
            _add(found, _matcher(segment, name, form), only, segment)
    return found


def _add(found: dict[int, float], matcher: Any, only: set[int] | None, segment: Segment) -> None:
    """Add a word's weights to those of other forms; only: the languages in which it counts."""
    if matcher is None:
        return
    of = segment.languages
    get = found.get
    for documents, weights in _blocks(matcher):
        if only is not None:
            for document, weight in zip(documents, weights, strict=True):
                if of[document] in only:
                    found[document] = get(document, 0.0) + weight
        elif not found:
            found.update(zip(documents, weights, strict=True))
        else:
            for document, weight in zip(documents, weights, strict=True):
                found[document] = get(document, 0.0) + weight


def _phrase(said: _Row, segment: Segment, group: _Group) -> dict[int, float]:
    """How often each document says words one behind the other."""
    exact = said.forms[:-1] if said.prefix else said.forms
    terms = segment.reader._terms
    by_rarity: list[tuple[int, str]] = []
    for form in dict.fromkeys(exact):
        count = sum(
            terms.doc_frequency(name, form.encode())
            for name in group
            if (name, form.encode()) in terms
        )
        if not count:
            return {}
        by_rarity.append((count, form))
    places: dict[str, dict[int, tuple[bytes, ...]]] = {}
    documents: AbstractSet[int] | None = None
    for _, form in sorted(by_rarity):
        places[form] = _places_in(segment, group, form, documents)
        documents = places[form].keys()
    last: dict[int, set[int]] = {}
    if said.prefix:
        for name in group:
            for matcher in _matchers(segment, name, said.forms[-1]):
                for document, where in _places(matcher, documents).items():
                    last.setdefault(document, set()).update(unpack(where))
        documents = last.keys()
    found: dict[int, float] = {}
    for document in documents or ():
        starts = set(_unpacked(places[exact[0]][document]))
        for step, form in enumerate(exact[1:], 1):
            starts.intersection_update(
                [place - step for place in _unpacked(places[form][document])]
            )
            if not starts:
                break
        if said.prefix:
            starts.intersection_update([place - len(exact) for place in last[document]])
        if starts:
            found[document] = float(len(starts))
    return found


def _places_in(
    segment: Segment, group: _Group, form: str, documents: AbstractSet[int] | None
) -> dict[int, tuple[bytes, ...]]:
    """A word's places by document, packed, in each field of a group that has it."""
    found: dict[int, tuple[bytes, ...]] = {}
    for name in group:
        matcher = _matcher(segment, name, form)
        if matcher is not None:
            for document, where in _places(matcher, documents).items():
                found[document] = (*found.get(document, ()), where)
    return found


def _unpacked(written: tuple[bytes, ...]) -> Iterable[int]:
    return unpack(written[0]) if len(written) == 1 else chain(*map(unpack, written))


def _places(matcher: Any, documents: AbstractSet[int] | None) -> dict[int, bytes]:
    """A word's places by document, packed; documents: the only ones wanted, None for all."""
    found: dict[int, bytes] = {}
    for block, _ in _blocks(matcher):
        if documents is None:
            matcher.value()
            found.update(zip(block, matcher._values, strict=True))
        elif not documents.isdisjoint(block):
            matcher.value()
            for document, value in zip(block, matcher._values, strict=True):
                if document in documents:
                    found[document] = value
    return found
