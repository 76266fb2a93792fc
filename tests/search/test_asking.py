"""What the index answers is what trying every word of every text by hand answers."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from desktop_app.core.query_tree import Near, Or, Place, Said, Word, WordKind
from desktop_app.core.words import words
from desktop_app.search.manifest import read_key
from desktop_app.search.mirror import Entry, Mirror
from desktop_app.search.schema import language_number
from desktop_app.search.stems import stemmer

Part = Said | Near | Or

WRITTEN = ["dam", "dams", "Dam", "dame", "damming", "raqqa", "Raqqah", "al-Raqqa", "war", "the"]
PATTERNS = ["da*", "*am", "d?m", "*a*", "raq*h", "?aqqa", "*", "w*"]


def says_word(form: str, word: Word, language: int) -> bool:
    match word.kind:
        case WordKind.PLAIN:
            stem = stemmer(language) if language else str
            return form == word.text or (bool(language) and stem(form) == stem(word.text))
        case WordKind.WILD:
            jokers = word.text.replace("*", r"\w*").replace("?", r"\w")
            return re.fullmatch(jokers, form) is not None
        case WordKind.FUZZY:
            return OSA.distance(form, word.text) <= word.edits
        case WordKind.CASED:  # only a candidate
            return [form] == words(unicodedata.normalize("NFC", word.text))
        case _:
            return form == word.text


def runs(text: list[str | None], part: Part, language: int) -> set[tuple[int, int]]:
    match part:
        case Said(asked):
            return {
                (start, start + len(asked) - 1)
                for start in range(len(text) - len(asked) + 1)
                if all(
                    form is not None and says_word(form, word, language)
                    for form, word in zip(text[start:], asked, strict=False)
                )
            }
        case Or(parts):
            return set().union(*(runs(text, each, language) for each in parts))  # type: ignore[arg-type]
    made: set[tuple[int, int]] = set()
    for choice in product(*(runs(text, each, language) for each in part.parts)):  # type: ignore[arg-type]
        row = list(choice) if part.ordered else sorted(choice)
        if any(b[0] <= a[1] for a, b in pairwise(row)):
            continue
        if row[-1][0] - row[0][1] <= max(part.distance, len(row) - 1):
            made.add((row[0][0], row[-1][1]))
    return {
        run for run in made if not any(run != o and run[0] <= o[0] and o[1] <= run[1] for o in made)
    }


def texts_of(entry: Entry, part: Part) -> list[list[str | None]]:
    first: Part | Word = part
    while not isinstance(first, Said):
        first = first.parts[0]  # type: ignore[union-attr]
    body: list[str | None] = []
    edges = [0, *(edge for fold in entry.folds for edge in fold), len(entry.body)]
    for number, (start, end) in enumerate(pairwise(edges)):
        hidden = number % 2 and not first.folded
        body += [None if hidden else form for form in words(entry.body[start:end])]
    of_place: dict[Place, list[list[str | None]]] = {
        Place.TITLE: [[*words(entry.title)]],
        Place.TEXT: [body],
        Place.NOTE: [[*words(note)] for note in entry.notes],
        Place.QUOTE: [[*words(quote)] for quote in entry.quotes],
    }
    if first.place is Place.ANYWHERE:
        return [*of_place[Place.TITLE], *of_place[Place.TEXT], *of_place[Place.NOTE]]
    return of_place[first.place]


text = st.lists(st.sampled_from(WRITTEN), max_size=12).map(", ".join)


@st.composite
def entry(draw: st.DrawFn, id_: int) -> Entry:
    body = draw(text)
    spaces = [at for at, letter in enumerate(body) if letter == " "]
    folds: tuple[tuple[int, int], ...] = ()
    if len(spaces) > 1 and draw(st.booleans()):
        first, second = sorted(draw(st.lists(st.sampled_from(spaces), min_size=2, max_size=2)))
        folds = ((first, second),) if first < second else ()
    notes = tuple(draw(st.lists(text, max_size=2)))
    quotes = tuple(draw(st.lists(text, max_size=2)))
    language = draw(st.sampled_from(["en", "de", None]))
    return Entry(id_, draw(text), body, language, folds, notes, quotes)


form = st.sampled_from(sorted({each for written in WRITTEN for each in words(written)}))
in_row = (
    form.map(lambda each: Word(each, WordKind.EXACT))
    | st.sampled_from(PATTERNS).map(lambda each: Word(each, WordKind.WILD))
    | st.tuples(form, st.integers(1, 2)).map(lambda each: Word(each[0], WordKind.FUZZY, each[1]))
    | st.sampled_from(["Dam", "Raqqah"]).map(lambda each: Word(each, WordKind.CASED))
)


def part(place: Place, folded: bool) -> st.SearchStrategy[Part]:
    alone = (form.map(Word) | in_row).map(lambda word: Said((word,), place, folded))
    row = st.lists(in_row, min_size=2, max_size=3).map(lambda row: Said(tuple(row), place, folded))
    either = st.lists(alone | row, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
    parts = st.lists(alone | row | either, min_size=2, max_size=3).map(tuple)
    near = st.builds(
        Near,
        parts | parts.map(lambda parts: (*parts, parts[0])),
        st.integers(0, 6),
        st.booleans(),
    )
    nested = st.builds(
        lambda inner, other, distance: Near((inner, other), distance),
        near,
        alone,
        st.integers(0, 6),
    )
    return alone | row | either | near | nested


library = st.integers(1, 5).flatmap(lambda count: st.tuples(*map(entry, range(1, count + 1))))
asked = st.tuples(st.sampled_from(list(Place)), st.booleans()).flatmap(
    lambda where: st.lists(part(*where), min_size=1, max_size=4)
)


def agree(entries: tuple[Entry, ...], parts: list[Part], batches: int, gone: int) -> None:
    with TemporaryDirectory() as folder:
        key = read_key(Path(folder) / "cache")
        mirror = Mirror.create(Path(folder) / "index", key, library="uuid", generation="first")
        for number in range(batches):
            mirror.update(entries[number::batches], [], queue_id=number + 1)
        mirror.update([], [gone], queue_id=9)
        answers = mirror.ask(parts)
        mirror.close()
    for each, found in zip(parts, answers.found, strict=True):
        said = [
            one.id
            for one in entries
            if one.id != gone
            and any(runs(text, each, language_number(one.language)) for text in texts_of(one, each))
        ]
        assert list(found.ids) == said, each
        assert len(found.scores) == len(said) and all(score > 0 for score in found.scores)


@given(library, asked, st.integers(1, 3), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_documents_are_those_that_say_a_part_by_hand(
    entries: tuple[Entry, ...], parts: list[Part], batches: int, gone: int
) -> None:
    agree(entries, parts, batches, gone)


@pytest.mark.long
@given(library, asked, st.integers(1, 3), st.integers(0, 3))
@settings(max_examples=400, deadline=None)
def test_documents_are_those_that_say_a_part_by_hand_many_times(
    entries: tuple[Entry, ...], parts: list[Part], batches: int, gone: int
) -> None:
    agree(entries, parts, batches, gone)
