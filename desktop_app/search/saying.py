"""Where the documents of a segment say something: how often, and from which word to which.

All fields of a group are one text, so that a row of words may go from one into the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from desktop_app.core.nearness import Run, near, near_words
from desktop_app.core.query_tree import Near, Or, Said, Spoken
from desktop_app.search.meaning import Meaning, Meanings
from desktop_app.search.schema import BETWEEN, NOTES, QUOTES, joined, unpack
from desktop_app.search.segment import Postings, Segment

Part = Said | Near | Or
Group = tuple[str, ...]

# A word's postings, the languages in which it counts (None: in all), and how much each time weighs.
_Source = tuple[Postings, set[int] | None, float]
# As typed counts in full; Whoosh's and Lucene's guides give forms of a stem half of it or less.
_AS_TYPED, _OTHER_FORM = 1.0, 0.4
_Packed = dict[int, bytes]


class Saying:
    """One segment's documents, and what they say in one text of theirs.

    fields: of all texts together that are looked in, which decides what jokers stand for.
    """

    def __init__(self, segment: Segment, group: Group, meanings: Meanings, fields: Group) -> None:
        self._segment = segment
        self._group = group
        self._meanings = meanings
        self._fields = fields

    def often(self, part: Part, among: Collection[int] | None = None) -> dict[int, float]:
        """How often each document says a part; those that do not are left out.

        among: the only documents looked at by parts that are near each other; None: all.
        """
        match part:
            case Said():
                row = self._row(part)
                if len(row) == 1:
                    return self._word(row[0])
                return {
                    each: float(len(starts)) for each, starts in self._starts(row, None).items()
                }
            case Near():
                return {each: float(len(runs)) for each, runs in self._near(part, among).items()}
            case Or(parts):
                found: dict[int, float] = {}
                for each in parts:
                    for document, times in self.often(cast("Part", each)).items():
                        found[document] = found.get(document, 0.0) + times
                return found

    def _runs(self, part: Part, wanted: Collection[int] | None) -> dict[int, list[Run]]:
        """From which word to which each document says a part, ascending and without repeats."""
        match part:
            case Said():
                row = self._row(part)
                more = len(row) - 1
                return {
                    document: [(start, start + more) for start in sorted(starts)]
                    for document, starts in self._starts(row, wanted).items()
                }
            case Near():
                return self._near(part, wanted)
            case Or(parts):
                found: dict[int, set[Run]] = {}
                for each in parts:
                    for document, runs in self._runs(cast("Part", each), wanted).items():
                        found.setdefault(document, set()).update(runs)
                return {document: sorted(runs) for document, runs in found.items()}

    def _near(self, part: Near, wanted: Collection[int] | None) -> dict[int, list[Run]]:
        distance = part.distance
        if self._group in ((NOTES,), (QUOTES,)):  # not from one note into the next
            distance = min(distance, BETWEEN - 1)
        words = [self._only_word(each) for each in part.parts]
        if len(words) == 2 and words[0] is not None and words[1] is not None:
            return self._near_words((words[0], words[1]), distance, part.ordered, wanted)
        runs: dict[int, dict[int, list[Run]]] = {}
        for _, number in sorted((self._rarity(each), at) for at, each in enumerate(part.parts)):
            known = [other for other in runs if part.parts[other] == part.parts[number]]
            found = runs[known[0]] if known else self._runs(_part(part.parts[number]), wanted)
            if not found:
                return {}
            runs[number] = found
            # What is known already was not yet narrowed to what was found since.
            wanted = found.keys() if wanted is None else found.keys() & wanted
        said: dict[int, list[Run]] = {}
        for document in wanted or ():
            made = near(
                [runs[number][document] for number in range(len(part.parts))],
                distance,
                ordered=part.ordered,
            )
            if made:
                said[document] = made
        return said

    def _only_word(self, part: Spoken | Or) -> list[_Source] | None:
        """The postings of a part that is one word."""
        row = self._row(part) if isinstance(part, Said) else ()
        return row[0] if len(row) == 1 else None

    def _near_words(
        self,
        words: tuple[list[_Source], list[_Source]],
        distance: int,
        ordered: bool,
        wanted: Collection[int] | None,
    ) -> dict[int, list[Run]]:
        """Two words near each other: by far the most that is asked, and many times quicker."""
        one, other = words
        if sum(found[0].count for found in one) <= sum(found[0].count for found in other):
            of_one = self._places(one, wanted)
            of_other = self._places(other, of_one.keys()) if of_one else {}
        else:
            of_other = self._places(other, wanted)
            of_one = self._places(one, of_other.keys()) if of_other else {}
        said: dict[int, list[Run]] = {}
        for document in of_one.keys() & of_other.keys():
            first, second = unpack(of_one[document]), unpack(of_other[document])
            if made := near_words(first, second, distance, ordered=ordered):
                said[document] = made
        return said

    def _rarity(self, part: Spoken | Or) -> int:
        """At most how many documents say a part."""
        match part:
            case Said():
                return min(sum(found[0].count for found in word) for word in self._row(part))
            case Near(parts):
                return min(self._rarity(each) for each in parts)
            case Or(parts):
                return sum(self._rarity(cast("Part", each)) for each in parts)
            case _:
                return 0

    def _row(self, said: Said) -> list[list[_Source]]:
        return [self._sources(meaning) for meaning in self._meanings.row(said, self._fields)]

    def _sources(self, meaning: Meaning) -> list[_Source]:
        """The postings of all words that a word stands for."""
        segment = self._segment
        if meaning.beginning:
            return [
                (postings, None, _AS_TYPED)
                for name in self._group
                for _, postings in segment.beginning_with(name, meaning.beginning)
            ]
        only: dict[str, set[int] | None] = dict.fromkeys(meaning.always)
        for language, forms in meaning.by_language.items():
            if language not in segment.spoken:
                continue
            for form in forms:
                held = only.setdefault(form, set())
                if held is not None:
                    held.add(language)
        return [
            (
                postings,
                None if languages is None or languages >= segment.spoken else languages,
                _AS_TYPED if languages is None else _OTHER_FORM,
            )
            for form, languages in only.items()
            for name in self._group
            if (postings := segment.postings(name, form)) is not None
        ]

    def _word(self, word: Sequence[_Source]) -> dict[int, float]:
        found: dict[int, float] = {}
        get = found.get
        for postings, only, counts in word:
            for documents, weights, _ in postings.blocks():
                if counts != _AS_TYPED:
                    weights = [weight * counts for weight in weights]
                if only is not None:
                    of = self._segment.languages
                    for document, weight in zip(documents, weights, strict=True):
                        if of[document] in only:
                            found[document] = get(document, 0.0) + weight
                elif not found:
                    found.update(zip(documents, weights, strict=True))
                else:
                    for document, weight in zip(documents, weights, strict=True):
                        found[document] = get(document, 0.0) + weight
        return found

    def _starts(
        self, row: Sequence[Sequence[_Source]], wanted: Collection[int] | None
    ) -> dict[int, Collection[int]]:
        """Where in each document words stand one behind the other: the places of the first."""
        by_rarity = sorted(
            (sum(found[0].count for found in word), at) for at, word in enumerate(row)
        )
        if not by_rarity[0][0]:
            return {}
        places: dict[int, _Packed] = {}
        for _, at in by_rarity:
            places[at] = self._places(row[at], wanted)
            wanted = places[at].keys()
            if not wanted:
                return {}
        if len(row) == 1:
            return {document: set(unpack(where)) for document, where in places[0].items()}
        found: dict[int, Collection[int]] = {}
        rarest = by_rarity[0][1]
        for document in wanted or ():
            starts = {place - rarest for place in unpack(places[rarest][document])}
            for _, at in by_rarity[1:]:
                starts.intersection_update([place - at for place in unpack(places[at][document])])
                if not starts:
                    break
            if starts:
                found[document] = starts
        return found

    def _places(self, word: Sequence[_Source], wanted: Collection[int] | None) -> _Packed:
        """The places of a word by document, packed."""
        found: _Packed = {}
        among = None if wanted is None else sorted(wanted)
        of = self._segment.languages
        for postings, only, _ in word:
            places = postings.places(among)
            if only is not None:
                places = {each: where for each, where in places.items() if of[each] in only}
            if not found:
                found = places
                continue
            for document, where in places.items():
                known = found.get(document)
                found[document] = where if known is None else joined(known, where)
        return found


def _part(part: Spoken | Or) -> Part:
    return cast("Part", part)
