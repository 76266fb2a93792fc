"""What an entry of the index holds, and how its words and their places are written.

One entry a document: its id, its language as a number, and the exact folded forms of title, text,
notes and highlighted passages with their places. Words in parts that the reader folds away stand in
a field of their own, at the places that they have in the whole text. Notes follow each other with
so many places between them that nothing is said from one into the next, and so do passages. Nothing
is stored: texts live in the database. The names of this module's classes are part of the index
(Whoosh pickles the schema by module path), so that SCHEMA must be raised when one of them moves or
changes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, NUMERIC, FieldType, Schema
from whoosh.formats import Format

from desktop_app.core.words import words

SCHEMA = 3

ID, LANGUAGE = "id", "language"
TITLE, BODY, FOLDED, NOTES, QUOTES = "title", "body", "folded", "notes", "quotes"

# Places between two notes: more than the steps of any Near.
BETWEEN = 1 << 14

# The first places in front of a language's number; languages with a stemmer, never in another order.
STEMMED = ("", "da", "nl", "en", "fi", "fr", "de", "hu", "it", "no", "pt", "ro", "ru", "es", "sv")
_SAME = {"nb": "no", "nn": "no"}


def language_number(language: str | None) -> int:
    """The number of a language with a stemmer; 0 for none and for every other language."""
    code = (language or "").lower()
    code = _SAME.get(code, code)
    return STEMMED.index(code) if code in STEMMED else 0


def stemmed_as(language: str | None) -> str:
    """The code of the language whose stemmer is taken; "" for none."""
    return STEMMED[language_number(language)]


Places = Mapping[str, Sequence[int]]


def places_of(text: str) -> dict[str, list[int]]:
    """The folded words of a text, each with its places, counted in words from 0."""
    found: dict[str, list[int]] = {}
    for place, form in enumerate(words(text)):
        if form in found:
            found[form].append(place)
        else:
            found[form] = [place]
    return found


def places_outside(
    text: str, folds: Sequence[tuple[int, int]]
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The words outside and inside folds (core.matching.fold_edges), each with their places."""
    if not folds:
        return places_of(text), {}
    both: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    place = 0
    edges = [0, *(edge for fold in folds for edge in fold), len(text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        found = both[number % 2]
        for form in words(text[start:end]):
            if form in found:
                found[form].append(place)
            else:
                found[form] = [place]
            place += 1
    return both


def places_apart(texts: Sequence[str]) -> dict[str, list[int]]:
    """The words of several texts, each with its places, none of one text near one of another."""
    if len(texts) == 1:
        return places_of(texts[0])
    found: dict[str, list[int]] = {}
    place = 0
    between = min(BETWEEN, (_MOST_PLACES - sum(map(len, texts))) // (len(texts) + 1))
    for text in texts:
        for form in words(text):
            if form in found:
                found[form].append(place)
            else:
                found[form] = [place]
            place += 1
        place += between
    return found


_MOST_PLACES = 1 << 32
_ONE_PLACE = tuple(array("H", [place]).tobytes() for place in range(2_000))


def pack(places: Sequence[int]) -> bytes:
    """Write places, ascending: two bytes each, or a byte and then four each beyond 65,535 words."""
    if len(places) == 1 and places[0] < len(_ONE_PLACE):
        return _ONE_PLACE[places[0]]
    if places[-1] < 0x10000:
        return array("H", places).tobytes()
    return b"\0" + array("I", places).tobytes()


def unpack(written: bytes) -> array[int]:
    """Read places that pack wrote."""
    return array("I", written[1:]) if len(written) % 2 else array("H", written)


def joined(one: bytes, other: bytes) -> bytes:
    """The places of two words that stand for one; no longer ascending."""
    if len(one) % 2 or len(other) % 2:
        return pack(sorted((*unpack(one), *unpack(other))))
    return one + other


class PlacesFormat(Format):  # type: ignore[misc]
    """Keeps the places of a word in a document, without pickling each of them."""

    def __init__(self) -> None:
        super().__init__(field_boost=1.0)

    def decode_positions(self, written: bytes) -> list[int]:
        return list(unpack(written))

    def decode_frequency(self, written: bytes) -> int:
        return len(unpack(written))

    def decode_weight(self, written: bytes) -> float:
        return float(len(unpack(written)))


class WordsField(FieldType):  # type: ignore[misc]
    """A field of folded words, given as the places of each (see places_of), not as text."""

    def __init__(self) -> None:
        super().__init__(format=PlacesFormat(), analyzer=None, scorable=True)

    def index(self, value: Places, **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give each word as bytes, how often it stands there (twice), and its places packed."""
        for form, places in value.items():
            count = len(places)
            yield form.encode(), count, float(count), pack(places)


def make_schema() -> Schema:
    """Make the schema of a new index."""
    return Schema(
        id=NUMERIC(int, bits=32, signed=False, unique=True, sortable=True, shift_step=0),
        language=COLUMN(NumericColumn("B")),
        title=WordsField(),
        body=WordsField(),
        folded=WordsField(),
        notes=WordsField(),
        quotes=WordsField(),
    )
