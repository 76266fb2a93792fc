"""Where documents of an answer say what was asked: read where the index is kept, piece by piece."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from desktop_app.core.matches import Matches
from desktop_app.core.matching import matcher_out
from desktop_app.core.passages import Passage
from desktop_app.library.answer import Answer, Hit
from desktop_app.library.looking import CHUNK
from desktop_app.store.filters import word_counts
from desktop_app.store.store import Store

# What a word takes in a text, with the blank behind it.
_LETTERS_A_WORD = 7


class Looking(Protocol):
    """What reads texts where the index is kept."""

    def look(self, reading: str, argument: Any) -> tuple[Any, bytes]: ...


def hits(
    store: Store,
    index: Looking,
    found: Answer,
    ids: Sequence[int],
    *,
    passages_each: int = 2,
    stop: threading.Event | None = None,
) -> dict[int, Hit]:
    """The matches and the best passages of some documents of an answer.

    Documents that are gone are left out; stopped, also those that were not read yet.
    """
    made: dict[int, Hit] = {}
    for chunk in chunks(store, ids, stop):
        asked = {"matcher": matcher_out(found.matcher), "ids": chunk, "passages": passages_each}
        read, _ = index.look("hits", asked)
        for id_, (matches_, *groups) in read.items():
            best, notes, quotes = (tuple(map(_passage, group)) for group in groups)
            made[int(id_)] = Hit(matches_, best, notes, quotes)
    return made


def _passage(read: Any) -> Passage:
    start, end, text, marks = read
    return Passage(start, end, text, tuple((first, last) for first, last in marks))


def matches(index: Looking, found: Answer, document_id: int) -> list[tuple[int, int]]:
    """All matches in a document's text: code points, sorted; none where it is gone."""
    return list(matches_in(index, found, document_id).spans)


def matches_in(index: Looking, found: Answer, document_id: int) -> Matches:
    """All matches in a document's text, with the words to be marked; none where it is gone."""
    asked = {"matcher": matcher_out(found.matcher), "id": document_id}
    (spans, _), body = index.look("matches", asked)
    numbers = array("q")
    numbers.frombytes(body)
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    return Matches(tuple(pairs[:spans]), tuple(pairs[spans:]))


def chunks(
    store: Store, ids: Sequence[int], stop: threading.Event | None = None
) -> Iterator[list[int]]:
    """Documents in pieces that one reading takes on; none after the stop."""
    if len(ids) == 1:
        yield list(ids)
        return
    with store.read() as snapshot:
        lengths = word_counts(snapshot.connection, ids)
    piece: list[int] = []
    letters = 0
    for id_ in ids:
        if id_ not in lengths:
            continue
        length = lengths[id_] * _LETTERS_A_WORD
        if piece and letters + length > CHUNK:
            if stop is not None and stop.is_set():
                return
            yield piece
            piece, letters = [], 0
        piece.append(id_)
        letters += length
    if piece and not (stop is not None and stop.is_set()):
        yield piece
