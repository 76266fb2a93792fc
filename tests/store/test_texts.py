"""Texts: what goes in comes out, stored once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import BadUsage
from desktop_app.core.text import (
    Block,
    BlockKind,
    Fold,
    Span,
    SpanKind,
    Text,
    clean,
    make_text,
)
from desktop_app.store.store import Store
from desktop_app.store.texts import row_of, text_of


class Row:
    """A row as the database would give it."""

    def __init__(self, columns: dict[str, object]) -> None:
        self.__dict__.update(columns)


def there_and_back(text: Text) -> Text:
    return text_of(Row(row_of(text, 1, "x 1", 0)))


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    kind = draw(st.sampled_from(BlockKind))
    written = clean(draw(st.text(max_size=12)))
    spans = []
    if written:
        for _ in range(draw(st.integers(0, 2))):
            start = draw(st.integers(0, len(written) - 1))
            end = draw(st.integers(start + 1, len(written)))
            span_kind = draw(st.sampled_from(SpanKind))
            target = draw(st.none() | st.text(max_size=5)) if span_kind is SpanKind.LINK else None
            spans.append(Span(start, end, span_kind, target))
    number = draw(st.none() | st.integers(0, 3))
    return Block(kind, written, draw(st.integers(0, 6)), number, tuple(spans))


@given(st.lists(blocks(), max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_text_comes_out_as_it_went_in(made: list[Block]) -> None:
    text = make_text(made, "x 1")
    assert there_and_back(text) == text


def test_folds_come_out_as_they_went_in(store: Store, bring) -> None:
    (number,) = bring("One")
    text = make_text(
        [Block(BlockKind.PARAGRAPH, "Headline"), Block(BlockKind.PARAGRAPH, "Body")],
        "x 1",
        folds=[Fold(0, 8, "headline", "repeats the title")],
    )
    with store.write() as work:
        work.texts.put(number, text, "x 1")
    with store.read() as snapshot:
        assert snapshot.texts.get(number) == text


def test_a_new_text_takes_the_place_of_the_old_one(store: Store, bring, make) -> None:
    (number,) = bring("One")
    text = make_text([Block(BlockKind.PARAGRAPH, "Another text now")], "txt 2")
    with store.write() as work:
        work.texts.put(number, text, "txt 2")
        work.texts.put(number, text, "txt 2")
    with store.read() as snapshot:
        assert snapshot.texts.canonical(number) == "Another text now"
        found = snapshot.documents.get(number)
        assert (found.text_version, found.words) == (text.version, 3)
        assert snapshot.connection.exec_driver_sql("SELECT count(*) FROM text").scalar() == 1
    assert store.verify() == []


def test_the_words_are_stored_once(store: Store, make) -> None:
    body = "\n".join(f"Paragraph {n} with some words in it" for n in range(200))
    with store.write() as work:
        number = work.documents.add(make("Long", body))
    with store.read() as snapshot:
        sizes = "SELECT length(canonical), length(blocks) FROM text WHERE document = ?"
        text, structure = snapshot.connection.exec_driver_sql(sizes, (number,)).one()
        assert structure < text * 0.75
        assert (
            b"words" not in snapshot.connection.exec_driver_sql("SELECT blocks FROM text").scalar()
        )


def test_a_document_that_is_gone_is_said(store: Store) -> None:
    with store.read() as snapshot:
        for asked in (snapshot.texts.get, snapshot.texts.canonical):
            with pytest.raises(BadUsage, match="no longer in the library"):
                asked(5)


def test_the_index_gets_what_is_there(store: Store, bring, clock) -> None:
    first, second, third = bring("One", "Two", "Three")
    with store.write() as work:
        work.documents.remove([second])
        work.documents.set_trashed([third], clock.now)
    with store.read() as snapshot:
        found = sorted(snapshot.texts.for_index([first, second, third]))
    assert [(one.id, one.title, one.language) for one in found] == [
        (first, "One", None),
        (third, "Three", None),
    ]
    assert found[0].canonical == "One\nThe dam at Tabqa."
    assert (found[0].notes, found[0].quotes) == ((), ())
