"""What a query means, in plain code: one document at a time, every run and every choice tried.

Nothing of the product answers here but its parser, its words and its stemmers.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from whoosh.lang import stemmer_for_language

from desktop_app.core.dates import PartialDate
from desktop_app.core.fold_edges import fold_edges
from desktop_app.core.model import ReadState
from desktop_app.core.query_tree import (
    Amount,
    And,
    Choice,
    Days,
    Everything,
    Fact,
    FactField,
    Family,
    Name,
    Near,
    Node,
    Not,
    Or,
    Place,
    Recent,
    Said,
    Same,
    Special,
    Spoken,
    TagValue,
    Word,
    WordKind,
)
from desktop_app.core.text import Fold
from desktop_app.core.words import name_key, placed_words

TODAY = date(2026, 3, 5)
STEMMERS = {"en", "de"}  # the only languages of the libraries drawn here that have one
MEDIA = {"text": "text/plain", "html": "text/html"}

Run = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """A highlight as the oracle sees it."""

    quote: str
    note: str = ""
    tags: frozenset[str] = frozenset()  # paths


@dataclass(frozen=True)
class Plain:
    """A document as the oracle sees it."""

    title: str = "Untitled"
    body: str = "nothing"
    language: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None
    published: str | None = None
    guessed: bool = False
    added: date = TODAY
    media_type: str = "text/plain"
    file_name: str = "file.txt"
    state: ReadState = ReadState.UNREAD
    starred: bool = False
    trashed: bool = False
    note: str = ""
    tags: frozenset[str] = frozenset()  # paths
    edges: tuple[tuple[int, int], ...] = ()  # of folds; what lies outside the body is left out
    passages: Mapping[int, Passage] = field(default_factory=dict)

    @property
    def folds(self) -> list[Fold]:
        """The folds of the body."""
        cut = [(start, min(end, len(self.body))) for start, end in self.edges]
        return [Fold(start, end, "related", "chosen") for start, end in cut if start < end]

    @property
    def hidden(self) -> tuple[tuple[int, int], ...]:
        """The parts of the body that are folded away."""
        return fold_edges(self.body, self.folds)

    def texts(self, place: Place) -> list[tuple[str, Sequence[Run]]]:
        """The texts of a place, each with its folded parts."""
        notes = [self.note, *(passage.note for passage in self.passages.values())]
        found: dict[Place, list[tuple[str, Sequence[Run]]]] = {
            Place.TITLE: [(self.title, ())],
            Place.TEXT: [(self.body, self.hidden)],
            Place.NOTE: [(note, ()) for note in notes],
            Place.QUOTE: [(passage.quote, ()) for passage in self.passages.values()],
        }
        if place is Place.ANYWHERE:
            return [*found[Place.TITLE], *found[Place.TEXT], *found[Place.NOTE]]
        return found[place]


@dataclass(frozen=True)
class World:
    """All that is known: documents by id, tags that there are, spellings that are one name."""

    documents: Mapping[int, Plain] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    collection: str = ""
    families: tuple[frozenset[str], ...] = ()

    def put(self, id_: int, document: Plain) -> World:
        """The same world with a document in it."""
        return replace(self, documents={**self.documents, id_: document})

    # Words and runs of words.

    def runs(self, part: Spoken | Or, text: str, hidden: Sequence[Run], language: str) -> set[Run]:
        """Every run of words that a part means in a text: (first, last), counted from 0."""
        match part:
            case Said(row, _, folded):
                there = list(placed_words(text))
                return {
                    (at, at + len(row) - 1)
                    for at in range(len(there) - len(row) + 1)
                    if all(
                        fits(word, found.form, text[found.start : found.end], language)
                        and (folded or not any(a <= found.start < b for a, b in hidden))
                        for word, found in zip(row, there[at:], strict=False)
                    )
                }
            case Family(forms, place, folded):
                asked = " ".join(forms)
                names = {asked}.union(*(each for each in self.families if asked in each))
                rows = [tuple(Word(w, WordKind.EXACT) for w in name.split()) for name in names]
                each = [self.runs(Said(row, place, folded), text, hidden, language) for row in rows]
                return set().union(*each)
            case Or(parts):
                return set().union(*(self.runs(p, text, hidden, language) for p in parts))  # type: ignore[arg-type]
            case Near(parts, distance, ordered):
                found_each = [self.runs(each, text, hidden, language) for each in parts]
                made = {
                    (in_turn[0][0], in_turn[-1][1])
                    for choice in itertools.product(*found_each)
                    for in_turn in [sorted(choice)]
                    if all(a[1] < b[0] for a, b in itertools.pairwise(in_turn))
                    and in_turn[-1][0] - in_turn[0][1] <= max(distance, len(parts) - 1)
                    and (not ordered or list(choice) == in_turn)
                }
                return {
                    (a, b)
                    for a, b in made
                    if not any((c, d) != (a, b) and a <= c and d <= b for c, d in made)
                }

    def says(self, part: Spoken, texts: Iterable[tuple[str, Sequence[Run]]], language: str) -> bool:
        """Whether one of some texts says a part."""
        return any(self.runs(part, text, hidden, language) for text, hidden in texts)

    def spans(
        self, parts: Iterable[Spoken], text: str, hidden: Sequence[Run], language: str
    ) -> list[Run]:
        """All matches of some parts in a text, in code points; those that overlap are one."""
        there = list(placed_words(text))
        found = {
            (there[first].start, there[last].end)
            for part in parts
            for first, last in self.runs(part, text, hidden, language)
        }
        joined: list[Run] = []
        for start, end in sorted(found):
            if joined and start < joined[-1][1]:
                start, end = joined[-1][0], max(end, joined.pop()[1])
            joined.append((start, end))
        return joined

    # Documents and highlights.

    def matches(self, node: Node, document: Plain) -> bool:
        """Whether a document is what a query asks for."""
        match node:
            case Same(part):
                return any(self.holds(part, p, document) for p in document.passages.values())
            case Said() | Family() | Near():
                return self.says(node, document.texts(node.place), stemmed(document.language))
            case Fact():
                return self.known(node, document)
        return joins(node, lambda part: self.matches(part, document))

    def holds(self, node: Node, passage: Passage, document: Plain) -> bool:
        """Whether a highlight is what a query for passages asks for."""
        match node:
            case Same(part):
                return self.holds(part, passage, document)
            case Said() | Family() | Near():
                looked = {
                    Place.ANYWHERE: [passage.quote, passage.note],
                    Place.TEXT: [passage.quote],
                    Place.QUOTE: [passage.quote],
                    Place.NOTE: [passage.note],
                    Place.TITLE: [document.title],
                }[node.place]
                texts = [(text, ()) for text in looked]
                return self.says(node, texts, stemmed(document.language))
            case Fact(FactField.TAG | FactField.HLTAG, value):
                return self.tagged(value, passage.tags)
            case Fact():
                return self.known(node, document)
        return joins(node, lambda part: self.holds(part, passage, document))

    def known(self, fact: Fact, of: Plain) -> bool:
        """Whether a fact is so of a document."""
        on_passages = frozenset().union(*(passage.tags for passage in of.passages.values()))
        noted = bool(of.note) or any(passage.note for passage in of.passages.values())
        tags = of.tags | on_passages
        match fact.name, fact.value:
            case FactField.AUTHOR, value:
                return named(value, of.authors)
            case FactField.SOURCE, value:
                return named(value, [of.source] if of.source else [])
            case FactField.FILE, value:
                return named(value, [of.file_name])
            case FactField.TAG, value:
                return self.tagged(value, tags)
            case FactField.DOCTAG, value:
                return self.tagged(value, of.tags)
            case FactField.HLTAG, value:
                return self.tagged(value, on_passages)
            case FactField.DATE, Special.NONE:
                return of.published is None
            case FactField.DATE, Special.GUESSED:
                return of.published is not None and of.guessed
            case FactField.DATE, Days(first, last):
                day = PartialDate.parse(of.published) if of.published else None
                return day is not None and overlaps(day.first(), day.last(), first, last)
            case FactField.ADDED, Days(first, last):
                return overlaps(of.added, of.added, first, last)
            case FactField.ADDED, Recent(days):
                return of.added > TODAY - timedelta(days=days)
            case FactField.LANG, Special.NONE:
                return of.language is None
            case FactField.LANG, Choice(code):
                return of.language is not None and of.language.split("-")[0] == code
            case FactField.TYPE, Choice(kind):
                return MEDIA.get(kind) == of.media_type
            case FactField.WORDS, Amount(least, most):
                open_words = [
                    word
                    for word in placed_words(of.body)
                    if not any(fold.start <= word.start < fold.end for fold in of.folds)
                ]
                return (least or 0) <= len(open_words) <= (9e99 if most is None else most)
            case FactField.HIGHLIGHTS, Amount(least, most):
                return (least or 0) <= len(of.passages) <= (9e99 if most is None else most)
            case FactField.IS, Choice(state):
                return {
                    "unread": of.state is ReadState.UNREAD,
                    "reading": of.state is ReadState.READING,
                    "read": of.state is ReadState.READ,
                    "starred": of.starred,
                    "tagged": bool(tags),
                    "untagged": not tags,
                    "inbox": of.state is ReadState.UNREAD and not tags,
                    "trash": of.trashed,
                    "duplicate": bool(of.body.strip())
                    and sum(
                        not other.trashed and other.body == of.body
                        for other in self.documents.values()
                    )
                    > (not of.trashed),
                }[state]
            case FactField.HAS, Choice(what):
                return {
                    "date": of.published is not None,
                    "author": bool(of.authors),
                    "source": of.source is not None,
                    "url": of.url is not None,
                    "language": of.language is not None,
                    "tag": bool(tags),
                    "highlight": bool(of.passages),
                    "note": noted,
                }[what]
        raise AssertionError(fact)

    def tagged(self, value: object, tags: Iterable[str]) -> bool:
        """Whether some tags, given by their paths, are among those that a query means."""
        if value is Special.NONE:
            return not set(tags)
        assert isinstance(value, TagValue)
        if value.collection is not None and name_key(value.collection) != name_key(self.collection):
            return False
        names = [name_key(name) for name in value.names]
        all_paths = [[name_key(name) for name in path.split("/")] for path in self.tags]
        meant = [path for path in all_paths if path == names]
        meant = meant or [path for path in all_paths if path[-len(names) :] == names]
        carried = [[name_key(name) for name in path.split("/")] for path in tags]
        if value.exact:
            return any(path in meant for path in carried)
        return any(path[: len(above)] == above for path in carried for above in meant)


def joins(node: Node, holds: Callable[[Node], bool]) -> bool:
    """Whether the parts of a node hold as it joins them."""
    match node:
        case Everything():
            return True
        case Not(part):
            return not holds(part)
        case And(parts):
            return all(map(holds, parts))
        case Or(parts):
            return any(map(holds, parts))
    raise AssertionError(node)


def asks_for_trash(node: Node) -> bool:
    """Whether documents in the trash are asked for, and not only kept out."""
    match node:
        case And(parts) | Or(parts):
            return any(map(asks_for_trash, parts))
        case Fact(FactField.IS, Choice("trash")):
            return True
    return False


def fits(word: Word, form: str, written: str, language: str) -> bool:
    """Whether a word of a text is what a word of a query means."""
    match word.kind:
        case WordKind.PLAIN:
            return form == word.text or (
                language != "" and stem(language, form) == stem(language, word.text)
            )
        case WordKind.EXACT:
            return form == word.text
        case WordKind.WILD:
            joker = {"*": r"\w*", "?": r"\w"}
            pattern = "".join(joker.get(letter, re.escape(letter)) for letter in word.text)
            return re.fullmatch(pattern, form) is not None
        case WordKind.FUZZY:
            return edits(word.text, form) <= word.edits
        case WordKind.CASED:
            return unicodedata.normalize("NFC", written) == word.text


@cache
def stem(language: str, form: str) -> str:
    made: str = stemmer_for_language(language)(form)
    return made


def stemmed(language: str | None) -> str:
    """The language whose stemmer holds for a document; "" for none."""
    return language if language in STEMMERS and language else ""


@cache
def edits(one: str, other: str) -> int:
    """Letters more, fewer, another, or two neighbours swapped, none of them touched again."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        edits(one[:-1], other) + 1,
        edits(one, other[:-1]) + 1,
        edits(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    )
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[:-3:-1]:
        return min(least, edits(one[:-2], other[:-2]) + 1)
    return least


def named(value: object, names: Sequence[str]) -> bool:
    """Whether one of some names has words one behind the other."""
    if value is Special.NONE:
        return not names
    assert isinstance(value, Name)
    last = f"{value.forms[-1]}*" if value.prefix else value.forms[-1]
    kind = WordKind.WILD if value.prefix else WordKind.EXACT
    row = (*(Word(form, WordKind.EXACT) for form in value.forms[:-1]), Word(last, kind))
    return any(World().runs(Said(row), name, (), "") for name in names)


def overlaps(first: date, last: date, since: date | None, until: date | None) -> bool:
    """Whether some days overlap others, which may be open."""
    return (since is None or last >= since) and (until is None or first <= until)
