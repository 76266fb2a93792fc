"""The index queue fills itself, whoever changes what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle, anchor_at
from desktop_app.core.model import Facts, ReadState
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.store.store import Store, Work


def drained(store: Store) -> set[int]:
    """The documents that waited, taken from the queue."""
    with store.write() as work:
        waiting = work.queue.first(1000)
        work.queue.done([number for number, _ in waiting])
        assert work.queue.waiting() == 0
    return {document for _, document in waiting}


def sql(work: Work, statement: str) -> None:
    work.connection.exec_driver_sql(statement)


TEXT = make_text([Block(BlockKind.PARAGRAPH, "new")], "x")

CHANGES: dict[str, tuple[Callable[[Work], object], set[int]]] = {
    "facts with another title": (lambda w: w.documents.set_facts(2, Facts("New")), {2}),
    "another text": (lambda w: w.texts.put(3, TEXT, "x"), {3}),
    "removal": (lambda w: w.documents.remove([1, 3]), {1, 3}),
    "state": (lambda w: w.documents.set_state([1], ReadState.READ), set()),
    "star": (lambda w: w.documents.set_starred([1], True), set()),
    "progress": (lambda w: w.documents.set_progress(1, progress=0.5, position=3), set()),
    "bulk titles": (lambda w: sql(w, "UPDATE document SET title = 'x'"), {1, 2, 3}),
    "bulk titles that stay": (lambda w: sql(w, "UPDATE document SET title = title"), set()),
    "bulk language": (lambda w: sql(w, "UPDATE document SET language = 'de' WHERE id > 1"), {2, 3}),
    "bulk language to none": (lambda w: sql(w, "UPDATE document SET language = NULL"), set()),
    "bulk deletion": (lambda w: sql(w, "DELETE FROM document"), {1, 2, 3}),
    "deletion of texts": (lambda w: sql(w, "DELETE FROM text WHERE document = 2"), {2}),
    "change of a text": (
        lambda w: sql(w, "UPDATE text SET canonical = 'x' WHERE document = 2"),
        {2},
    ),
    "text that moves": (
        lambda w: sql(w, "UPDATE text SET document = 1 WHERE document = 2"),
        {1, 2},
    ),
    "replacement": (
        lambda w: sql(w, "INSERT OR REPLACE INTO document SELECT * FROM document WHERE id = 2"),
        {2},
    ),
    "replacement under another id": (
        lambda w: sql(
            w,
            "INSERT OR REPLACE INTO document SELECT 9, title, title_key, authors, authors_key,"
            " source, source_key, url, published, published_first, published_last, language,"
            " origins, media_type, file_name, original, text_version, words, state, progress,"
            " position, starred, added_at, changed_at, trashed_at FROM document WHERE id = 2",
        ),
        {2, 9},
    ),
    "digests of texts": (lambda w: sql(w, "UPDATE text SET digest = 'x'"), set()),
    "a note on a document": (lambda w: w.highlights.set_document_note(1, "new"), {1}),
    "the same note on a document": (
        lambda w: sql(w, "UPDATE document_note SET note = note, changed_at = 0"),
        set(),
    ),
    "another note on a document": (lambda w: w.highlights.set_document_note(2, "other"), {2}),
    "no note on a document": (lambda w: w.highlights.set_document_note(2, ""), {2}),
    "a note that moves": (
        lambda w: sql(w, "UPDATE document_note SET document = 3"),
        {2, 3},
    ),
    "a note on a highlight": (lambda w: w.highlights.set_note(1, "new"), {3}),
    "the same note on a highlight": (lambda w: w.highlights.set_note(1, "kept"), set()),
    "looks of a highlight": (
        lambda w: w.highlights.set_looks([1], "blue", MarkStyle.UNDERLINE),
        set(),
    ),
    "place of a highlight": (lambda w: sql(w, "UPDATE highlight SET place_first = 1"), set()),
    "quote of a highlight": (lambda w: sql(w, "UPDATE highlight SET quote = 'x'"), {3}),
    "a highlight that moves": (
        lambda w: sql(w, "UPDATE highlight SET document = 1"),
        {1, 3},
    ),
    "a highlight less": (lambda w: w.highlights.remove([1]), {3}),
    "bulk deletion of highlights": (lambda w: sql(w, "DELETE FROM highlight"), {3}),
}


def marked(work: Work) -> None:
    """Put a note on the second document and a highlight with a note on the third."""
    work.highlights.set_document_note(2, "kept")
    version, canonical, _ = work.texts.ground(3)
    now = datetime.now(UTC)
    anchor = anchor_at(version, canonical, 0, 2)
    work.highlights.add(
        Highlight(0, "u", 3, anchor, MARK_COLOURS[0], MarkStyle.FILL, "kept", now, now)
    )


@pytest.mark.parametrize("change", CHANGES)
def test_the_queue_holds_what_the_index_must_look_at_again(
    store: Store, bring, change: str
) -> None:
    bring("One", "Two", "Three")
    assert drained(store) == {1, 2, 3}
    with store.write() as work:
        marked(work)
    assert drained(store) == {2, 3}
    do, expected = CHANGES[change]
    with store.write() as work:
        do(work)
    assert drained(store) == expected


def test_a_change_while_the_indexer_works_is_not_taken_away(store: Store, bring) -> None:
    bring("One", "Two")
    with store.read() as snapshot:
        read = [number for number, _ in snapshot.queue.first(10)]
    with store.write() as work:
        work.documents.set_facts(1, Facts("Changed meanwhile"))
    with store.write() as work:
        work.queue.done(read)
        assert [document for _, document in work.queue.first(10)] == [1]


def test_the_longest_waiting_come_first(store: Store, bring) -> None:
    bring("One", "Two", "Three")
    with store.write() as work:
        work.documents.set_facts(1, Facts("Changed"))
        assert [document for _, document in work.queue.first(2)] == [2, 3]
        assert work.queue.waiting() == 3


def test_what_is_taken_back_leaves_nothing_in_the_queue(store: Store, bring) -> None:
    bring("One")
    drained(store)
    with pytest.raises(ZeroDivisionError), store.write() as work:
        work.documents.remove([1])
        raise ZeroDivisionError
    assert drained(store) == set()
