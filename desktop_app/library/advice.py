"""What to try where a query found nothing: which part keeps it empty, and what to ask instead."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

from desktop_app.core.query_tree import And, Everything, Leaf, Node, Not, Or
from desktop_app.library.answer import Advice, Answer
from desktop_app.library.copies import Folding, may_fold
from desktop_app.library.hearing import Hearing, Index, Stopped, go_on
from desktop_app.library.instead import Vocabulary, instead
from desktop_app.library.scope import Question, Scope, asks_for_trash
from desktop_app.library.searching import this_day
from desktop_app.library.telling import part_words
from desktop_app.store.copies import equal_texts
from desktop_app.store.store import Store


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
        today = today or this_day()
        without = _without_each(store, index, asked, today, stop)
        return Advice(without, instead(store, index, asked, today=today, stop=stop))
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
