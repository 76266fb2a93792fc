"""Documents: coming in, changing, their order, going."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_app.core.dates import PartialDate
from desktop_app.core.model import Counts, FactName, Facts, Origin, OriginKind, ReadState, Sort
from desktop_app.store.store import Store


def test_a_document_comes_out_as_it_went_in(store: Store, make, clock) -> None:
    new = make(
        "Ċafé in Raqqa",
        "One line\nof text",
        authors=("Martin Chulov", "N. N."),
        source="The Guardian",
        url="https://example.org/a",
        published="2016-03",
        language="en",
    )
    with store.write() as work:
        number = work.documents.add(new)
    with store.read() as snapshot:
        found = snapshot.documents.get(number)
    assert found is not None
    assert found.facts == new.facts
    assert found.facts.published == PartialDate(2016, 3)
    assert found.facts.origins[FactName.TITLE] == Origin(OriginKind.GUESSED, "first lines", 0.8)
    assert (found.original, found.text_version) == (new.original, new.text.version)
    assert (found.state, found.progress, found.starred) == (ReadState.UNREAD, 0.0, False)
    assert found.added_at == found.changed_at == clock.now
    assert found.trashed_at is None
    assert found.tags == ()


def test_many_come_in_the_order_asked_and_those_that_are_gone_are_left_out(
    store: Store, bring
) -> None:
    first, second, third = bring("One", "Two", "Three")
    with store.write() as work:
        work.documents.remove([second])
    with store.read() as snapshot:
        found = snapshot.documents.many([third, second, 999, first])
        assert [document.id for document in found] == [third, first]
        assert snapshot.documents.many([]) == []
        assert snapshot.documents.get(second) is None
        assert snapshot.documents.titles([third, second]) == {third: "Three"}


def test_there_is_no_limit_on_how_many_documents_are_asked_for(store: Store, bring) -> None:
    bring(*(f"Document {number}" for number in range(50)))
    with store.read() as snapshot:
        asked = list(range(100_000, 0, -1))
        assert [d.id for d in snapshot.documents.many(asked)] == list(range(50, 0, -1))
        assert list(snapshot.documents.ordered(set(asked), Sort.ADDED_NEWEST)) == list(
            range(50, 0, -1)
        )


def test_documents_are_known_by_their_original(store: Store, bring, make) -> None:
    (number,) = bring("One")
    sha256 = make("One").original
    with store.read() as snapshot:
        found = snapshot.documents.by_originals([sha256, "f" * 64])
        assert {key: document.id for key, document in found.items()} == {sha256: number}
        assert snapshot.documents.by_originals([]) == {}


def test_an_id_is_never_given_twice(store: Store, bring) -> None:
    first, second = bring("One", "Two")
    with store.write() as work:
        work.documents.remove([second])
    assert bring("Three") == [second + 1]
    assert first == 1


def test_changes_are_noted_with_their_time(store: Store, bring, clock) -> None:
    (number,) = bring("One")
    came = clock.now
    clock.on(hours=1)
    with store.write() as work:
        work.documents.set_state([number], ReadState.READING)
        work.documents.set_starred([number], True)
        work.documents.set_trashed([number], clock.now)
    with store.read() as snapshot:
        found = snapshot.documents.get(number)
    assert (found.state, found.starred, found.trashed_at) == (ReadState.READING, True, clock.now)
    assert (found.added_at, found.changed_at) == (came, clock.now)


def test_reading_on_is_no_change_of_the_document(store: Store, bring, clock) -> None:
    (number,) = bring("One")
    came = clock.now
    clock.on(hours=1)
    with store.write() as work:
        work.documents.set_progress(number, progress=1.5, position=12)
    with store.read() as snapshot:
        found = snapshot.documents.get(number)
    assert (found.progress, found.position, found.changed_at) == (1.0, 12, came)


def test_facts_set_by_hand_replace_all_and_are_found_by_their_words(store: Store, bring) -> None:
    (number,) = bring("One")
    facts = Facts(
        "Ordre du Jour",
        ("Zoë Müller", "al-Adnani"),
        "L’Orient",
        None,
        PartialDate(2015),
        "fr",
        {FactName.SOURCE: Origin(OriginKind.YOU)},
    )
    with store.write() as work:
        work.documents.set_facts(number, facts)
    with store.read() as snapshot:
        assert snapshot.documents.get(number).facts == facts
        row = snapshot.connection.exec_driver_sql(
            "SELECT title_key, authors_key, source_key, published_first, published_last"
            " FROM document"
        ).one()
    assert tuple(row) == (
        " ordre du jour ",
        " zoe muller | al adnani ",
        " l orient ",
        "2015-01-01",
        "2015-12-31",
    )


def test_removing_frees_the_originals_that_nobody_needs_any_more(store: Store, bring, make) -> None:
    first, second = bring("One", "Two")
    with store.write() as work:
        assert work.documents.remove([first, 999]) == [make("One").original]
    with store.read() as snapshot:
        counted = snapshot.connection.exec_driver_sql("SELECT count(*) FROM original").scalar()
        assert counted == 1
        assert snapshot.connection.exec_driver_sql("SELECT count(*) FROM text").scalar() == 1
    assert second == 2


ORDERS = {
    Sort.TITLE: [3, 5, 4, 1, 2],  # "apple", "apple", "Éclair", "pear", "zoo"
    Sort.ADDED_NEWEST: [5, 4, 3, 2, 1],
    Sort.RELEVANCE: [5, 4, 3, 2, 1],
    Sort.ADDED_OLDEST: [1, 2, 3, 4, 5],
    Sort.DATE_NEWEST: [2, 4, 1, 5, 3],  # 2017, 2016-02, 2016-01-01, none, none
    Sort.DATE_OLDEST: [1, 4, 2, 5, 3],
}


@pytest.mark.parametrize("big", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_of_the_list(store: Store, make, clock, sort: Sort, big: bool) -> None:
    facts = [
        ("Pear", "2016-01-01"),
        ("Zoo", "2017"),
        ("apple b", None),
        ("Éclair", "2016-02"),
        ("Apple c", None),
    ]
    for title, published in facts:
        with store.write() as work:
            work.documents.add(make(title, title, published=published))
        clock.on(seconds=1)
    with store.write() as work:
        trashed = work.documents.add(make("Trashed"))
        work.documents.set_trashed([trashed], clock.now)
    more = range(1000, 3000) if big else ()
    with store.read() as snapshot:
        order = snapshot.documents.ordered
        assert list(order(None, sort)) == ORDERS[sort]
        assert list(order({4, 1, 5, *more}, sort)) == [n for n in ORDERS[sort] if n in {4, 1, 5}]
        assert set(order([trashed, 1, *more], sort)) == {trashed, 1}
        assert list(order([], sort)) == []


def test_ties_go_by_the_newest_first(store: Store, bring) -> None:
    bring("Same", "Same ", "Same  ")
    with store.read() as snapshot:
        for sort in Sort:
            assert list(snapshot.documents.ordered(None, sort)) == [3, 2, 1]


def test_the_orders_are_read_from_indexes_alone(store: Store) -> None:
    with store.read() as snapshot:
        for by in ("title_key, id DESC", "added_at DESC, id DESC"):
            plan = snapshot.connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN SELECT id FROM document WHERE trashed_at IS NULL ORDER BY {by}"
            ).all()
            assert "COVERING INDEX" in plan[0].detail
            assert len(plan) == 1


def test_the_sidebar_counts_every_part(store: Store, bring) -> None:
    one, two, three, four, five = bring("1", "2", "3", "4", "5")
    with store.write() as work:
        tag = work.tags.add(collection=1, name="siege", colour="#aa0000").id
        other = work.tags.add(collection=1, name="dam", colour="#aa0000").id
        work.documents.set_state([two], ReadState.READING)
        work.documents.set_state([three], ReadState.READ)
        work.documents.set_starred([three, five], True)
        work.taggings.add(tag, [three, four, five])
        work.taggings.add(other, [four])
        work.documents.set_trashed([five], datetime(2026, 1, 1, tzinfo=UTC))
    with store.read() as snapshot:
        assert snapshot.documents.counts() == Counts(
            all=4, inbox=1, reading=1, read=1, starred=1, untagged=2, trash=1
        )
        assert snapshot.documents.all_ids() == {one, two, three, four}
        assert snapshot.documents.all_ids(trashed=True) == {five}
        assert snapshot.documents.get(four).tags == (tag, other)


def test_the_same_original_cannot_come_in_twice(store: Store, bring, make) -> None:
    bring("One")
    with pytest.raises(Exception, match="UNIQUE"), store.write() as work:
        work.documents.add(replace(make("One"), file_name="again.txt"))
    with store.read() as snapshot:
        assert snapshot.documents.counts().all == 1
