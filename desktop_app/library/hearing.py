"""What a query asks of texts, answered by the index: the half of a search that needs no database.

Names become alternatives of their spellings before the index is asked. Where only the letters of a
text decide (case, or which highlight says it), the index gives candidates and the texts are read
where the index is kept, piece by piece, so that a search can be stopped between two of them.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, cast

from desktop_app.core.matching import matcher_out
from desktop_app.core.query_json import spoken_out
from desktop_app.core.query_tree import (
    And,
    Family,
    Near,
    Node,
    Not,
    Or,
    Place,
    Said,
    Same,
    Spoken,
    Word,
    WordKind,
    spoken,
)
from desktop_app.library.hits import chunks
from desktop_app.library.index_state import Asked
from desktop_app.library.matchers import matcher_of
from desktop_app.search.asking import Found, WordForms
from desktop_app.store.store import Store

# What the index is asked for: names are alternatives of their spellings by then.
Part = Said | Near | Or

_MOST_HIGHLIGHTS = 2_000  # that one reading looks through
_ON_HIGHLIGHTS: Mapping[Place, tuple[Place, ...]] = {
    Place.ANYWHERE: (Place.QUOTE, Place.NOTE),
    Place.TEXT: (Place.QUOTE,),
    Place.QUOTE: (Place.QUOTE,),
    Place.NOTE: (Place.NOTE,),
    Place.TITLE: (Place.TITLE,),
}


class Index(Protocol):
    """What answers the words of a query."""

    def ask(self, parts: Sequence[Part], among: Collection[int] | None = None) -> Asked: ...

    def look(self, reading: str, argument: Any) -> tuple[Any, bytes]: ...


class Stopped(Exception):
    """Whoever asked does not want the answer any more."""


def go_on(stop: threading.Event | None) -> None:
    """Raise Stopped where the stop is set."""
    if stop is not None and stop.is_set():
        raise Stopped


@dataclass(frozen=True, slots=True)
class Heard:
    """What the index answered to the parts of some trees.

    asked: each part as the index was asked for it. documents: which say a part, and how well.
    highlights: which say it in quote or note; titled: documents that say it in the title, for
    parts that ask so of highlights. too_many: words that stand for too many words of the library,
    in which case nothing else is known. fits: what the index gave for each part.
    """

    asked: Mapping[Spoken, Part] = field(default_factory=dict)
    documents: Mapping[Spoken, Found] = field(default_factory=dict)
    highlights: Mapping[Spoken, frozenset[int]] = field(default_factory=dict)
    titled: Mapping[Spoken, frozenset[int]] = field(default_factory=dict)
    fits: Mapping[Spoken, tuple[Found, ...]] = field(default_factory=dict)
    forms: WordForms = field(default_factory=dict)
    too_many: frozenset[Word] = frozenset()
    queue_id: int = 0
    backlog: int = 0


class Hearing:
    """Asks the index for parts of queries. stop: ends it between two readings, with Stopped."""

    def __init__(self, store: Store, index: Index, stop: threading.Event | None = None) -> None:
        self._store = store
        self._index = index
        self._stop = stop

    def hear(self, documents: Iterable[Node], highlights: Iterable[Node]) -> Heard:
        """Ask for the parts of trees: of those that documents are asked for, and highlights.

        What a `same:passage` holds is asked of highlights in either.
        """
        of_documents: dict[Spoken, None] = {}
        of_highlights: dict[Spoken, None] = {}
        for tree in documents:
            _gather(tree, of_documents, of_highlights)
        for tree in highlights:
            _gather(tree, of_highlights, of_highlights)
        if not of_documents and not of_highlights:
            return Heard()
        asked = self._with_spellings((*of_documents, *of_highlights))
        placed = {leaf: _on_highlights(asked[leaf]) for leaf in of_highlights}
        wanted = list(dict.fromkeys(asked[leaf] for leaf in of_documents))
        wanted += [part for parts in placed.values() for part in parts if part not in wanted]
        # Whoever opens a document of a highlight sees there what else is as near in spelling.
        wanted += [
            part for leaf in of_highlights if _fuzzy(part := asked[leaf]) and part not in wanted
        ]
        go_on(self._stop)
        answered = self._index.ask(wanted)
        go_on(self._stop)
        answers = answered.answers
        heard = Heard(
            asked=asked,
            forms=answers.forms,
            too_many=answers.too_many,
            queue_id=answered.queue_id,
            backlog=answered.backlog,
        )
        if answers.too_many:
            return heard
        found = dict(zip(wanted, answers.found, strict=True))
        titled = {leaf: parts[0] for leaf, parts in placed.items() if leaf.place is Place.TITLE}
        for part in dict.fromkeys((*(asked[leaf] for leaf in of_documents), *titled.values())):
            if not found[part].sure:
                found[part] = self._made_sure(part, found[part], answers.forms)
        in_passages = {leaf: parts for leaf, parts in placed.items() if leaf not in titled}
        return replace(
            heard,
            documents={leaf: found[asked[leaf]] for leaf in of_documents},
            titled={leaf: frozenset(found[part].ids) for leaf, part in titled.items()},
            highlights=self._marked(in_passages, found, answers.forms),
            fits={leaf: (found[asked[leaf]],) for leaf in of_documents}
            | {leaf: tuple(map(found.__getitem__, parts)) for leaf, parts in placed.items()},
        )

    def _with_spellings(self, leaves: Iterable[Spoken]) -> dict[Spoken, Part]:
        known: dict[Family, tuple[tuple[str, ...], ...]] = {}
        families = {each for leaf in leaves for each in spoken(leaf) if isinstance(each, Family)}
        if families:
            with self._store.read() as snapshot:
                for family in families:
                    joined = snapshot.name_families.of(" ".join(family.forms))
                    others = joined.spellings if joined else ()
                    written = dict.fromkeys((" ".join(family.forms), *others))
                    known[family] = tuple(tuple(each.split()) for each in written)
        return {leaf: cast("Part", _spelled(leaf, known)) for leaf in leaves}

    def _made_sure(self, part: Part, candidates: Found, forms: WordForms) -> Found:
        """Keep of the documents that may say a part those that do."""
        written = {"part": spoken_out(part), "matcher": matcher_out(matcher_of((part,), forms))}
        says: set[int] = set()
        for piece in chunks(self._store, candidates.ids):
            go_on(self._stop)
            _, body = self._index.look("sure", {**written, "ids": piece})
            says.update(_numbers(body))
        kept = [
            (id_, score)
            for id_, score in zip(candidates.ids, candidates.scores, strict=True)
            if id_ in says
        ]
        return Found(array("q", [id_ for id_, _ in kept]), array("d", [s for _, s in kept]))

    def _marked(
        self,
        placed: Mapping[Spoken, Sequence[Part]],
        found: Mapping[Part, Found],
        forms: WordForms,
    ) -> dict[Spoken, frozenset[int]]:
        """Which highlights say parts in quote or note; the index names their documents."""
        if not placed:
            return {}
        matchers = [matcher_out(matcher_of(parts, forms)) for parts in placed.values()]
        candidates = {id_ for parts in placed.values() for part in parts for id_ in found[part].ids}
        says: list[set[int]] = [set() for _ in placed]
        for piece in self._by_highlights(sorted(candidates)):
            go_on(self._stop)
            counts, body = self._index.look("marked", {"matchers": matchers, "ids": piece})
            numbers, at = _numbers(body), 0
            for each, count in zip(says, counts, strict=True):
                each.update(numbers[at : at + count])
                at += count
        return {leaf: frozenset(each) for leaf, each in zip(placed, says, strict=True)}

    def _by_highlights(self, documents: Sequence[int]) -> Iterator[list[int]]:
        """Documents in pieces that have only so many highlights; those without are left out."""
        with self._store.read() as snapshot:
            counts = snapshot.highlights.counts_of(documents)
        piece: list[int] = []
        held = 0
        for document in filter(counts.__contains__, documents):
            if piece and held + counts[document] > _MOST_HIGHLIGHTS:
                yield piece
                piece, held = [], 0
            piece.append(document)
            held += counts[document]
        if piece:
            yield piece


def _gather(tree: Node, outside: dict[Spoken, None], inside: dict[Spoken, None]) -> None:
    """Note the parts of a tree that are said; inside: those of `same:passage`."""
    match tree:
        case Said() | Family() | Near():
            outside[tree] = None
        case Same(part):
            _gather(part, inside, inside)
        case Not(part):
            _gather(part, outside, inside)
        case And(parts) | Or(parts):
            for each in parts:
                _gather(each, outside, inside)


def _spelled(part: Spoken | Or, known: Mapping[Family, tuple[tuple[str, ...], ...]]) -> Spoken | Or:
    """A part with the spellings in the place of names."""
    match part:
        case Family(_, place, folded):
            said = [
                Said(tuple(Word(form, WordKind.EXACT) for form in forms), place, folded)
                for forms in known[part]
            ]
            return Or(tuple(said)) if len(said) > 1 else said[0]
        case Near(parts):
            return replace(part, parts=tuple(_spelled(each, known) for each in parts))
        case Or(parts):
            inner = [_spelled(cast("Spoken | Or", each), known) for each in parts]
            return Or(tuple(x for each in inner for x in _alternatives(each)))
    return part


def _alternatives(part: Spoken | Or) -> Iterable[Node]:
    return part.parts if isinstance(part, Or) else (part,)


def _on_highlights(part: Part) -> list[Part]:
    """A part as it is looked for on highlights: once for each of their places."""
    places = _ON_HIGHLIGHTS[spoken(part)[0].place]
    return [cast("Part", _placed(part, place)) for place in places]


def _placed(part: Spoken | Or, place: Place) -> Spoken | Or:
    match part:
        case Near(parts):
            return replace(part, parts=tuple(_placed(each, place) for each in parts))
        case Or(parts):
            return Or(tuple(_placed(cast("Spoken | Or", each), place) for each in parts))
        case Said() | Family():
            return replace(part, place=place)


def _fuzzy(part: Part) -> bool:
    """Whether only the index knows which words of a text fit a part."""
    return any(
        word.kind is WordKind.FUZZY
        for said in spoken(part)
        if isinstance(said, Said)
        for word in said.words
    )


def _numbers(body: bytes) -> array[int]:
    read = array("q")
    read.frombytes(body)
    return read
