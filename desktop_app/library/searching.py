"""Answer a query: words from the index, facts from the database, joined as sets.

Every part is answered by itself, so that each can say how many documents it holds. All that is
given was in the database at one moment; a document that is gone or in the trash never appears,
whatever the index still says of it.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from desktop_app.core.model import Sort
from desktop_app.core.query import Query, QueryError
from desktop_app.core.query_tree import Said, Spoken, spoken
from desktop_app.library.answer import Answer, Hit, OffCount, PartCount
from desktop_app.library.closeness import nearer_first
from desktop_app.library.copies import Folding, may_fold
from desktop_app.library.hearing import Heard, Hearing, Index, Stopped, go_on
from desktop_app.library.hits import hits, matches
from desktop_app.library.matchers import matcher_of
from desktop_app.library.scope import Question, Scope
from desktop_app.library.telling import (
    copies_note,
    counted_words,
    off_words,
    part_words,
    partial_note,
    too_many_note,
)
from desktop_app.store.copies import equal_texts
from desktop_app.store.filters import queue_length
from desktop_app.store.store import Snapshot, Store

__all__ = ["Answer", "Hit", "Index", "PartCount", "answer", "hits", "matches", "this_day"]


def answer(
    store: Store,
    index: Index,
    text: str,
    *,
    sort: Sort = Sort.ADDED_NEWEST,
    within: str = "",
    today: date | None = None,
    stop: threading.Event | None = None,
    off: Sequence[str] = (),
    folding: bool = True,
) -> Answer:
    """Answer a query, inside another one that stands for a view.

    Documents in the trash are left out unless either asks for `is:trash`. today: None for the
    computer's own. stop: set by whoever does not want the answer any more. off: parts of the query
    that are switched off, to be counted only. folding: whether copies may stand under one another.
    """
    asked = Question.of(text, within, off)
    if not asked.errors:
        try:
            return _answered(
                store,
                index,
                asked,
                sort=sort,
                today=today or this_day(),
                stop=stop,
                folding=folding,
            )
        except Stopped:
            return Answer(asked.query, words=asked.query.words(), within=within, stopped=True)
    query = asked.query
    return Answer(query, words=query.words(), notes=query.notes, errors=asked.errors, within=within)


def this_day() -> date:
    """Today, by the calendar of the computer."""
    return datetime.now().astimezone().date()


def _answered(
    store: Store,
    index: Index,
    asked: Question,
    *,
    sort: Sort,
    today: date,
    stop: threading.Event | None,
    folding: bool,
) -> Answer:
    query, view = asked.query, asked.view
    hearing = Hearing(store, index, stop)
    heard = asked.hear(hearing)
    if errors := _too_many(query, heard):
        return Answer(
            query, words=query.words(), notes=query.notes, errors=errors, within=asked.within
        )
    heard_off = asked.hear_off(hearing)
    sort = query.sort or view.sort or sort
    with store.read() as snapshot:
        behind = 0
        if heard.asked:
            behind = heard.backlog + queue_length(snapshot.connection, after=heard.queue_id)
        scope = Scope(snapshot, asked, heard, today)
        go_on(stop)
        chosen = scope.holding(query.tree)
        standing_in = scope.sets.documents_with(chosen) if query.passages else chosen
        scores = _scores(query, heard, standing_in)
        if sort is Sort.RELEVANCE and not query.passages:
            scores = nearer_first(index, query.tree, scores)
        go_on(stop)
        ids = _ordered(snapshot, standing_in, scores, sort)
        go_on(stop)
        highlights = _by_document(scope.sets.standing, chosen, ids) if query.passages else None
        copies: Mapping[int, tuple[int, ...]] = {}
        if folding and not query.empty and may_fold(query, view):
            ids, copies = Folding(equal_texts(snapshot.connection)).folded(ids)
        go_on(stop)
        counts = {part: len(scope.holding(part)) for part in query.parts()}
        off = tuple(
            OffCount(off_words(tree), scope.count_off(tree, of))
            for tree, of in zip(asked.off, heard_off, strict=True)
        )
    of_view = (problem.message for problem in view.problems)
    hidden = sum(map(len, copies.values()))
    notes = (*query.notes, *of_view, *scope.sets.notes, *copies_note(hidden), *partial_note(behind))
    return Answer(
        query,
        ids,
        len(ids),
        counted_words(query, counts, heard),
        tuple(dict.fromkeys(notes)),
        (),
        behind,
        scores,
        matcher_of((heard.asked[part] for part in query.wanted()), heard.forms),
        tuple(
            PartCount(part_words(part), counts[part], part.start, part.end)
            for part in query.parts()
        ),
        copies,
        highlights,
        asked.within,
        off,
    )


def _too_many(query: Query, heard: Heard) -> tuple[QueryError, ...]:
    """Say which parts have a word that stands for too many of the library."""
    if not heard.too_many:
        return ()
    found = [
        QueryError(part.start, part.end, too_many_note(word))
        for part in query.parts()
        if isinstance(part, Spoken)
        for said in spoken(part)
        if isinstance(said, Said)
        for word in said.words
        if word in heard.too_many
    ]
    # Otherwise it is of the view, or of a same:passage.
    return tuple(found) or tuple(QueryError(0, 0, too_many_note(word)) for word in heard.too_many)


def _scores(query: Query, heard: Heard, documents: set[int]) -> dict[int, float]:
    """How well documents fit: the sum over the parts that they are found by."""
    scores: dict[int, float] = {}
    for part in dict.fromkeys(query.wanted()):
        for found in heard.fits[part]:
            if not scores:
                scores.update(zip(found.ids, found.scores, strict=True))
                continue
            for id_, score in zip(found.ids, found.scores, strict=True):
                scores[id_] = scores.get(id_, 0.0) + score
    for id_ in scores.keys() - documents:
        del scores[id_]
    return scores


def _ordered(
    snapshot: Snapshot, chosen: set[int], scores: Mapping[int, float], sort: Sort
) -> array[int]:
    if sort is not Sort.RELEVANCE or not scores:
        return snapshot.documents.ordered(chosen, sort)
    # One key a sort: much less of the lock is held for that than for pairs.
    fitting = sorted(filter(scores.__contains__, chosen), reverse=True)
    fitting.sort(key=scores.__getitem__, reverse=True)
    return array("q", [*fitting, *sorted(chosen - scores.keys(), reverse=True)])


def _by_document(
    standing: Mapping[int, int], chosen: set[int], documents: Iterable[int]
) -> array[int]:
    """Highlights in the order of their documents, then by place."""
    within: dict[int, list[int]] = {document: [] for document in documents}
    for highlight in filter(chosen.__contains__, standing):
        within[standing[highlight]].append(highlight)
    return array("q", [each for highlights in within.values() for each in highlights])
