"""What to try where a query found nothing: which part keeps it empty, and words spelled alike."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from desktop_app.core.query import Query
from desktop_app.core.query_tree import (
    And,
    Everything,
    Leaf,
    Node,
    Not,
    Or,
    Said,
    Spoken,
    Word,
    WordKind,
    spoken,
)
from desktop_app.core.words import words
from desktop_app.library.answer import Advice, Answer
from desktop_app.library.copies import Folding, may_fold
from desktop_app.library.hearing import Hearing, Index, Stopped, go_on
from desktop_app.library.scope import Question, Scope, asks_for_trash
from desktop_app.library.searching import this_day
from desktop_app.library.telling import part_words
from desktop_app.store.copies import equal_texts
from desktop_app.store.store import Store

_MOST_WORDS = 8  # of a query that are looked up
_MOST_SPELLINGS = 5  # for each


class Vocabulary(Index, Protocol):
    """An index that also knows which words of the library are near one in spelling."""

    def near_spellings(self, form: str, limit: int) -> Sequence[tuple[str, int]]: ...


def advice(
    store: Store,
    index: Vocabulary,
    found: Answer,
    *,
    today: date | None = None,
    stop: threading.Event | None = None,
) -> Advice:
    """Say what would be found otherwise; nothing where the query cannot run, or it was stopped."""
    asked = Question.of(found.query.source, found.within)
    if asked.errors or asked.query.empty:
        return Advice()
    try:
        without = _without_each(store, index, asked, today or this_day(), stop)
        return Advice(without, _spellings(store, index, asked.query, stop))
    except Stopped:
        return Advice()


def _without_each(
    store: Store, index: Index, asked: Question, today: date, stop: threading.Event | None
) -> tuple[tuple[str, int, int, int], ...]:
    heard = asked.hear(Hearing(store, index, stop))
    if heard.too_many:
        return ()
    told: list[tuple[str, int, int, int]] = []
    with store.read() as snapshot:
        groups = equal_texts(snapshot.connection)
        scopes: dict[bool, Scope] = {}
        for part in asked.query.parts():
            go_on(stop)
            rest = _without(asked.query.tree, part)
            if isinstance(rest, Everything):
                continue
            query = replace(asked.query, tree=rest)
            foldable = may_fold(query, asked.view)
            # What it is asked among is another only without the word of the trash.
            trash = asks_for_trash(rest)
            if trash not in scopes:
                scopes[trash] = Scope(snapshot, replace(asked, query=query), heard, today)
            rows = Folding(groups if foldable else ()).rows(scopes[trash].holding(rest))
            told.append((part_words(part), part.start, part.end, rows))
    return tuple(told)


def _without(node: Node, part: Leaf) -> Node:
    """A tree without one of its parts, which is the very same object."""
    if node is part:
        return Everything()
    match node:
        case Not(inner):
            left = _without(inner, part)
            return left if isinstance(left, Everything) else Not(left)
        case And(parts) | Or(parts):
            rest = (_without(each, part) for each in parts)
            kept = tuple(each for each in rest if not isinstance(each, Everything))
            if len(kept) < 2:
                return kept[0] if kept else Everything()
            return And(kept) if isinstance(node, And) else Or(kept)
    return node


def _spellings(
    store: Store, index: Vocabulary, query: Query, stop: threading.Event | None
) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """For words that no document says, the nearest that some say, those of most documents first."""
    sought = list(
        dict.fromkeys(
            (form, said.folded)
            for part in query.wanted()
            for said in spoken(part)
            if isinstance(said, Said)
            for word in said.words
            if word.kind is not WordKind.WILD
            for form in words(word.text)
        )
    )[:_MOST_WORDS]
    counts = _counts(store, index, sought, stop)
    told: list[tuple[str, tuple[tuple[str, int], ...]]] = []
    for form, folded in sought:
        if counts[form, folded]:
            continue
        go_on(stop)
        near = [each for each, _ in index.near_spellings(form, 2 * _MOST_SPELLINGS)]
        by_form = _counts(store, index, [(each, folded) for each in near if each != form], stop)
        best = sorted(
            ((each, count) for (each, _), count in by_form.items() if count),
            key=lambda pair: -pair[1],
        )
        if best:
            told.append((form, tuple(best[:_MOST_SPELLINGS])))
    return tuple(told)


def _counts(
    store: Store,
    index: Index,
    forms: Sequence[tuple[str, bool]],
    stop: threading.Event | None,
) -> dict[tuple[str, bool], int]:
    """How many documents outside the trash say each form."""
    if not forms:
        return {}
    asked: list[Spoken] = [
        Said((Word(form, WordKind.EXACT),), folded=folded) for form, folded in forms
    ]
    heard = Hearing(store, index, stop).hear(asked, ())
    with store.read() as snapshot:
        there = snapshot.documents.all_ids()
    return {
        form: len(there.intersection(heard.documents[part].ids))
        for form, part in zip(forms, asked, strict=True)
    }
