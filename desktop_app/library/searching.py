"""Answer a query: words from the index, facts from the database, joined as sets of documents.

Every part is answered by itself, so that each can say how many documents it holds. All that is
given was in the database at one moment; a document that is gone or in the trash never appears,
whatever the index still says of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from desktop_app.core.matching import Matcher, Passage, Sought, fold_edges, passages
from desktop_app.core.model import Sort
from desktop_app.core.query import Query, QueryError, parse
from desktop_app.core.query_tree import (
    And,
    Choice,
    Everything,
    Fact,
    FactField,
    Family,
    Impossible,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Said,
    Same,
    TagValue,
    WordKind,
)
from desktop_app.core.query_words import in_words
from desktop_app.library.index_state import Asked, nothing
from desktop_app.library.tag_reading import TagReading
from desktop_app.search.asking import MOST_WORDS, Found, WordForms
from desktop_app.search.schema import STEMMED, language_number
from desktop_app.store.filters import holding, queue_length, tagged
from desktop_app.store.store import Snapshot, Store

MOST_PARTS = 400
_FORMS_SHOWN = 4


class Index(Protocol):
    """What answers the words of a query."""

    def ask(self, parts: Sequence[Said | Near | Or]) -> Asked: ...


@dataclass(frozen=True, slots=True)
class PartCount:
    """One part of a query in words, and how many documents it alone holds. start, end: its place."""

    text: str
    count: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    ids: exact and complete, in the order asked for. words: what ran, with a count for each part.
    behind: documents that the index had still to take in; 0 where it is current or was not asked.
    scores: how well documents fit, only of those found by words. With errors nothing ran.
    copies: of documents in ids, those with the very same text that stand under them and not in
    ids, ascending. highlights: what `find:passages` found, in the order of their documents and
    places; None where documents were asked for, and then ids are the documents they stand in.
    """

    query: Query
    ids: array[int] = field(default_factory=lambda: array("q"))
    total: int = 0
    words: str = ""
    notes: tuple[str, ...] = ()
    errors: tuple[QueryError, ...] = ()
    behind: int = 0
    scores: Mapping[int, float] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=Matcher)
    parts: tuple[PartCount, ...] = ()
    copies: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    highlights: array[int] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What of a document was found: how many matches its text has, and the best passages."""

    matches: int
    passages: tuple[Passage, ...]


def answer(
    store: Store,
    index: Index,
    text: str,
    *,
    sort: Sort = Sort.ADDED_NEWEST,
    within: str = "",
    today: date | None = None,
) -> Answer:
    """Answer a query, inside another one that stands for a view.

    Documents in the trash are left out unless either asks for `is:trash`. today: None for the
    computer's own.
    """
    query, view = parse(text), parse(within)
    errors = query.problems
    if len(query.parts()) > MOST_PARTS:
        message = f"This asks for {len(query.parts()):,} things at once; the most is {MOST_PARTS}."
        errors = (*errors, QueryError(0, len(text), message))
    if errors:
        return Answer(query, words=query.words(), notes=query.notes, errors=errors)
    said = list(dict.fromkeys(p for p in (*query.parts(), *view.parts()) if isinstance(p, Said)))
    asked = index.ask(said) if said else Asked(nothing(0))
    found: dict[Leaf, Found] = dict(zip(said, asked.answers.found, strict=True))
    forms = asked.answers.forms
    errors = tuple(
        QueryError(part.start, part.end, _too_many(part))
        for part in query.parts()
        if isinstance(part, Said) and asked.answers.too_many.intersection(part.words)
    )
    if errors:
        return Answer(query, words=query.words(), notes=query.notes, errors=errors)
    with store.read() as snapshot:
        behind = 0
        if said:
            behind = asked.backlog + queue_length(snapshot.connection, after=asked.queue_id)
        if query.empty and view.empty:
            ids = snapshot.documents.ordered(None, sort)
            return Answer(query, ids, len(ids), query.words(), query.notes)
        sets = _Sets(snapshot, found, today or datetime.now().astimezone().date())
        scope = snapshot.documents.all_ids()
        if _asks_for_trash(query.tree) or _asks_for_trash(view.tree):
            scope |= snapshot.documents.all_ids(trashed=True)
        scope = sets.of(view.tree, scope)
        chosen = sets.of(query.tree, scope)
        scores = _scores(query, found, chosen)
        ids = _ordered(snapshot, chosen, scores, sort)
    counts = {part: len(sets.of(part, scope)) for part in query.parts()}
    of_view = (problem.message for problem in view.problems)
    notes = (*query.notes, *of_view, *sets.notes, *_partial(behind))
    return Answer(
        query,
        ids,
        len(ids),
        in_words(query.tree, lambda part: _note(part, counts[part], forms)),
        tuple(dict.fromkeys(notes)),
        (),
        behind,
        scores,
        _matcher(query, forms),
        tuple(
            PartCount(in_words(part), counts[part], part.start, part.end) for part in query.parts()
        ),
    )


class _Sets:
    """The documents of each part of a tree, looked up once."""

    def __init__(self, snapshot: Snapshot, found: Mapping[Leaf, Found], today: date) -> None:
        self._snapshot = snapshot
        self._found = found
        self._today = today
        self._known: dict[Leaf, AbstractSet[int]] = {}
        self._tags: TagReading | None = None
        self.notes: list[str] = []

    def of(self, node: Node, scope: set[int]) -> set[int]:
        """The documents inside a scope that a tree holds for."""
        match node:
            case Everything():
                return scope
            case Not(part):
                return scope - self.of(part, scope)
            case Or(parts):
                return set().union(*(self.of(part, scope) for part in parts))
            case And(parts):
                for part in parts:
                    scope = self.of(part, scope)
                return scope
            case _:
                return scope & self._leaf(node)

    def _leaf(self, leaf: Leaf) -> AbstractSet[int]:
        if leaf not in self._known:
            self._known[leaf] = self._look_up(leaf)
        return self._known[leaf]

    def _look_up(self, leaf: Leaf) -> AbstractSet[int]:
        match leaf:
            case Said() | Family() | Near():
                return frozenset(self._found[leaf].ids)
            case Same():
                return frozenset()
            case Fact(FactField.TAG, TagValue() as value):
                if self._tags is None:
                    tags, collections = self._snapshot.tags, self._snapshot.collections
                    self._tags = TagReading(tags.all(), collections.all())
                meant = self._tags.meant(value)
                if meant.note:
                    self.notes.append(meant.note)
                return tagged(self._snapshot.connection, meant.tags)
            case Fact():
                return holding(self._snapshot.connection, leaf, today=self._today)
            case Impossible():
                return frozenset()


def _asks_for_trash(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_asks_for_trash(part) for part in parts)
        case Fact(FactField.IS, Choice("trash")):
            return True
    return False


def _scores(query: Query, found: Mapping[Leaf, Found], chosen: set[int]) -> dict[int, float]:
    scores: dict[int, float] = {}
    for part in dict.fromkeys(query.wanted()):
        for id_, score in zip(found[part].ids, found[part].scores, strict=True):
            if id_ in chosen:
                scores[id_] = scores.get(id_, 0.0) + score
    return scores


def _ordered(
    snapshot: Snapshot, chosen: set[int], scores: Mapping[int, float], sort: Sort
) -> array[int]:
    if sort is Sort.RELEVANCE and scores:
        return array("q", sorted(chosen, key=lambda id_: (-scores.get(id_, 0.0), -id_)))
    return snapshot.documents.ordered(chosen, sort)


def _matcher(query: Query, forms: WordForms) -> Matcher:
    sought: list[Sought] = []
    for part in dict.fromkeys(query.wanted()):
        if isinstance(part, Said):
            texts = tuple(word.text.rstrip("*") for word in part.words)
            prefix = part.words[-1].kind is WordKind.WILD
            others = forms.get(part.words[0], {})
            sought.append(Sought(texts, prefix, part.place, part.folded, others))
    return Matcher(tuple(sought))


def _note(part: Leaf, count: int, forms: WordForms) -> str:
    """What stands behind a part in the line that says what ran."""
    if not isinstance(part, Said):
        return f" ({count:,})"
    others = forms.get(part.words[0], {}).values() if len(part.words) == 1 else ()
    also = sorted({form for each in others for form in each})
    if not also:
        return f" ({count:,})"
    shown = ", ".join(also[:_FORMS_SHOWN])
    more = len(also) - _FORMS_SHOWN
    return f" ({count:,}; also {shown}{f' and {more:,} more forms' if more > 0 else ''})"


def _too_many(part: Said) -> str:
    beginning = part.words[-1].text.rstrip("*")
    return (
        f"More than {MOST_WORDS:,} words begin with “{beginning}”: "
        f"write more letters, as in {beginning}abc*."
    )


def _partial(behind: int) -> tuple[str, ...]:
    if not behind:
        return ()
    documents = "1 document is" if behind == 1 else f"{behind:,} documents are"
    return (f"This answer is partial: {documents} still to be taken into the search index.",)


def hits(
    store: Store, found: Answer, ids: Collection[int], *, passages_each: int = 2
) -> dict[int, Hit]:
    """The matches and the best passages of some documents of an answer; those that are gone are left out."""
    made: dict[int, Hit] = {}
    with store.read() as snapshot:
        for id_, _, text, language, folds, *_ in snapshot.texts.for_index(ids):
            hidden = () if found.matcher.folded else fold_edges(text, folds)
            spans = found.matcher.spans(text, language=_stemmed(language), folds=hidden)
            made[id_] = Hit(len(spans), passages(text, spans, count=passages_each, folds=hidden))
    return made


def matches(store: Store, found: Answer, document_id: int) -> list[tuple[int, int]]:
    """All matches in a document's text: code points, sorted; none where it is gone."""
    with store.read() as snapshot:
        for _, _, text, language, folds, *_ in snapshot.texts.for_index([document_id]):
            hidden = () if found.matcher.folded else fold_edges(text, folds)
            return found.matcher.spans(text, language=_stemmed(language), folds=hidden)
    return []


def _stemmed(language: str | None) -> str:
    """The code under which the index keeps the forms of a language."""
    return STEMMED[language_number(language)]
