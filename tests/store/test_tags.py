"""Tags, their collections, and what carries them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Tag
from desktop_app.core.tag_aliases import Alias
from desktop_app.store.store import Store, Work


def tag(work: Work, name: str, parent: int | None = None, collection: int = 1) -> Tag:
    return work.tags.add(collection=collection, name=name, colour="#336699", parent=parent)


def test_a_tag_comes_out_as_it_went_in(store: Store) -> None:
    with store.write() as work:
        made = work.tags.add(
            collection=1, name="  al-Adnani ", colour="#336699", aliases=(Alias("Taha Falaha"),)
        )
    assert made.name == "al-Adnani"
    with store.read() as snapshot:
        assert snapshot.tags.get(made.id) == made
        assert snapshot.tags.all() == [made]
        assert snapshot.tags.by_name(1, None, "AL-ADNANÍ") == made
        assert snapshot.tags.by_name(1, None, "adnani") is None
        assert snapshot.tags.get(77) is None


def test_a_name_is_taken_among_siblings_only(store: Store) -> None:
    with store.write() as work:
        place = tag(work, "place")
        actors = tag(work, "actors")
        tag(work, "Syria", place.id)
        tag(work, "Syria", actors.id)
        tag(work, "Syria")
        for name in ("syria", "SYRIA ", "Sýria"):
            with pytest.raises(BadUsage, match="already"):
                tag(work, name, place.id)
        with pytest.raises(BadUsage, match="already"):
            work.tags.change(replace(actors, name="Place"))
        work.tags.change(replace(place, name="PLACE"))
        with pytest.raises(BadUsage, match="needs a name"):
            tag(work, "  ")
        with pytest.raises(BadUsage, match="no longer there"):
            tag(work, "x", parent=99)
        with pytest.raises(BadUsage, match="no longer there"):
            work.tags.change(replace(actors, id=99))


def test_a_tag_is_never_put_under_itself(store: Store) -> None:
    with store.write() as work:
        top = tag(work, "top")
        middle = tag(work, "middle", top.id)
        bottom = tag(work, "bottom", middle.id)
        for parent in (top.id, middle.id, bottom.id):
            with pytest.raises(BadUsage, match="under itself"):
                work.tags.change(replace(top, parent=parent))
        work.tags.change(replace(bottom, parent=None))
        assert work.tags.below(top.id) == {top.id, middle.id}


def test_a_tag_that_moves_to_another_collection_takes_those_below_along(store: Store) -> None:
    with store.write() as work:
        other = work.collections.add("Actors")
        top = tag(work, "top")
        below = tag(work, "below", top.id)
        work.tags.change(replace(top, collection=other.id))
        assert work.tags.get(below.id).collection == other.id
    assert store.verify() == []


def test_renaming_a_tag_keeps_its_documents(store: Store, bring) -> None:
    ids = bring("One", "Two")
    with store.write() as work:
        made = tag(work, "sige")
        work.taggings.add(made.id, ids)
        work.tags.change(replace(made, name="siege"))
    with store.read() as snapshot:
        assert snapshot.taggings.of_tag(made.id) == set(ids)


def test_tagging_says_what_it_really_changed(store: Store, bring) -> None:
    one, two, three = bring("One", "Two", "Three")
    with store.write() as work:
        made = tag(work, "siege").id
        assert work.taggings.add(made, [one, two]) == {one, two}
        assert work.taggings.add(made, [two, three, 99]) == {three}
        assert work.taggings.add(made, []) == set()
        assert work.taggings.remove(made, [one, 99]) == {one}
        assert work.taggings.remove(made, [one]) == set()
        assert work.taggings.of_tag(made) == {two, three}


def test_counts_take_children_in_without_counting_a_document_twice(
    store: Store, bring, clock
) -> None:
    one, two, three, four = bring("1", "2", "3", "4")
    with store.write() as work:
        top = tag(work, "place").id
        syria = tag(work, "Syria", top).id
        raqqa = tag(work, "Raqqa", syria).id
        empty = tag(work, "empty").id
        work.taggings.add(top, [one])
        work.taggings.add(syria, [one, two])
        work.taggings.add(raqqa, [two, three, four])
        work.documents.set_trashed([four], clock.now)
    with store.read() as snapshot:
        assert snapshot.tags.counts().documents == {top: 1, syria: 2, raqqa: 2}
        assert snapshot.tags.counts().documents_below == {top: 3, syria: 3, raqqa: 2}
        assert snapshot.tags.documents(syria, with_children=True) == {one, two, three, four}
        assert snapshot.tags.documents(syria, with_children=False) == {one, two}
        assert snapshot.tags.documents(empty, with_children=True) == set()


def test_removing_a_tag_takes_those_below_and_their_taggings_and_it_can_come_back(
    store: Store, bring
) -> None:
    (one,) = bring("One")
    with store.write() as work:
        top = tag(work, "place")
        below = tag(work, "Syria", top.id)
        work.taggings.add(below.id, [one])
        work.tags.remove(top.id)
        assert work.tags.all() == []
        assert work.taggings.of_tag(below.id) == set()
        work.tags.put_back(top)
        work.tags.put_back(below)
        assert work.tags.all() == [top, below]
        later = tag(work, "later")
        assert later.id > below.id


def test_one_collection_is_active_whatever_happens(store: Store) -> None:
    with store.write() as work:
        first = work.collections.active()
        second = work.collections.add("Actors")
        assert not second.active
        work.collections.activate(second.id)
        assert work.collections.active().id == second.id
        assert [c.active for c in work.collections.all()] == [True, False]
        with pytest.raises(BadUsage, match="active one"):
            work.collections.remove(second.id)
        with pytest.raises(BadUsage, match="no longer there"):
            work.collections.activate(99)
        assert first.id != second.id


def test_collections_have_names_of_their_own(store: Store) -> None:
    with store.write() as work:
        made = work.collections.add("Actors")
        for name in ("actors", " ÁCTORS "):
            with pytest.raises(BadUsage, match="already"):
                work.collections.add(name)
        with pytest.raises(BadUsage, match="already"):
            work.collections.change(replace(work.collections.get(made.id), name="my tags"))
        with pytest.raises(BadUsage, match="needs a name"):
            work.collections.change(replace(work.collections.get(made.id), name=" "))
        work.collections.change(replace(work.collections.get(made.id), name="ACTORS"))
        assert work.collections.by_name("actors").name == "ACTORS"


def test_a_removed_collection_takes_its_tags_and_can_come_back(store: Store, bring) -> None:
    ids = bring("One")
    with store.write() as work:
        made = work.collections.add("Actors")
        work.taggings.add(tag(work, "ISIS", collection=made.id).id, ids)
        work.collections.remove(made.id)
        assert work.tags.all() == []
        work.collections.put_back(made)
        assert work.collections.get(made.id) == made


def test_one_that_was_brought_back_first_does_not_keep_a_new_one_from_its_id(store: Store) -> None:
    with store.write() as work:
        work.connection.engine.clear_compiled_cache()
        other = work.collections.add("Other", id=7, uuid="u")
        new = work.collections.add("New")
        tag = work.tags.add(name="a", collection=new.id, parent=None, colour="#112233")
    assert (other.id, new.id, tag.collection) == (7, 8, 8)
