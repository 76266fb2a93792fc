"""What is told of a codebook before it is imported: each tag, what it is here, and the choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.core.tag_aliases import Alias
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.plan import NEW_COLLECTION, Choice, LineKind, Plan
from desktop_app.library.tags.collection_commands import CreateCollection, LockCollection
from desktop_app.library.tags.commands import MoveTag, RecolourTag, RenameTag, SetTagKey
from desktop_app.library.tags.tidying import MergeTags
from tests.library.shelf_for_tests import Shelf, book, tag, uuid


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path / "library")
    yield made
    made.store.close()


def lines(plan: Plan) -> list[tuple[str, LineKind, Choice]]:
    return [(line.path, line.kind, line.chosen) for line in plan.lines]


def test_in_an_empty_library_every_tag_is_new_and_nothing_is_changed_by_looking(
    shelf: Shelf,
) -> None:
    before = shelf.tree()
    plan = shelf.plan(book(tag(1, "place"), tag(2, "Syria", 1)))
    assert lines(plan) == [
        ("place", LineKind.NEW, Choice.ADD),
        ("place/Syria", LineKind.NEW, Choice.ADD),
    ]
    assert plan.before is None and plan.collection.name == "Field notes"
    assert (plan.made, plan.changed) == (2, 0)
    assert shelf.tree() == before


def test_what_was_imported_is_the_same_the_second_time(shelf: Shelf) -> None:
    codebook = book(
        tag(1, "place", colour="#123456", definition="Where", key=3, letters="PL"),
        tag(2, "Syria", 1, aliases=(Alias("SY"),), related=(uuid(1),)),
    )
    assert (
        shelf.take_in(codebook) == "Import the tag collection “Field notes” and use it (2 new tags)"
    )
    plan = shelf.plan(codebook)
    assert [line.kind for line in plan.lines] == [LineKind.SAME, LineKind.SAME]
    assert not plan.links
    before = shelf.tree()
    assert shelf.take_in(codebook) == ""
    assert shelf.tree() == before


def test_a_tag_that_is_called_otherwise_here_is_renamed_and_stays_as_it_is(shelf: Shelf) -> None:
    codebook = book(tag(1, "seige"))
    shelf.take_in(codebook)
    shelf.do(RenameTag(shelf.tag_id("seige"), "siege"))
    (line,) = shelf.plan(codebook).lines
    assert line.kind is LineKind.RENAMED and line.chosen is Choice.KEEP
    assert line.says == "“siege” here is “seige” in the file."
    assert shelf.take_in(codebook) == ""
    assert shelf.take_in(codebook, seige=Choice.TAKE).endswith("(1 changed tag)")
    assert shelf.paths() == ["Field notes::seige"]
    shelf.undo()
    assert shelf.paths() == ["Field notes::siege"]


def test_what_differs_is_named_and_taken_only_where_it_was_chosen(shelf: Shelf) -> None:
    shelf.take_in(book(tag(1, "siege", colour="#111111", definition="Mine", key=2)))
    theirs = book(
        tag(1, "siege", colour="#222222", definition="Theirs", examples="Raqqa", key=2),
    )
    (line,) = shelf.plan(theirs).lines
    assert line.kind is LineKind.CONFLICT
    assert line.says == "Not the same: colour and definition; the file adds examples."
    assert [(d.field, d.here, d.there, d.fills) for d in line.differences] == [
        ("colour", "#111111", "#222222", False),
        ("definition", "Mine", "Theirs", False),
        ("examples", "", "Raqqa", True),
    ]
    before = shelf.tree()
    assert shelf.take_in(theirs) == ""
    assert shelf.tree() == before
    shelf.take_in(theirs, siege=Choice.FILL)
    (siege,) = shelf.tree().tags
    assert (siege.colour, siege.definition, siege.examples) == ("#111111", "Mine", "Raqqa")
    shelf.take_in(theirs, siege=Choice.TAKE)
    (siege,) = shelf.tree().tags
    assert (siege.colour, siege.definition) == ("#222222", "Theirs")


def test_both_can_stay_and_the_second_gets_a_name_and_an_identity_of_its_own(
    shelf: Shelf,
) -> None:
    shelf.take_in(book(tag(1, "siege", colour="#111111")))
    shelf.take_in(book(tag(1, "siege", colour="#222222")), siege=Choice.BESIDE)
    assert shelf.paths() == ["Field notes::siege", "Field notes::siege (2)"]
    assert len({each.uuid for each in shelf.tree().tags}) == 2


def test_a_tag_that_only_gains_by_the_file_is_filled_in(shelf: Shelf) -> None:
    shelf.take_in(book(tag(1, "siege")))
    theirs = book(tag(1, "Siege".lower(), definition="Held", aliases=(Alias("blockade"),)))
    (line,) = shelf.plan(theirs).lines
    assert (line.kind, line.chosen) == (LineKind.SAME, Choice.FILL)
    assert line.says == "The same; the file adds other names and definition."
    shelf.take_in(theirs)
    (siege,) = shelf.tree().tags
    assert siege.definition == "Held" and siege.also_called == ("blockade",)


def test_a_tag_that_went_up_in_another_is_known_by_that_one(shelf: Shelf) -> None:
    codebook = book(tag(1, "seige"), tag(2, "siege"), tag(3, "Kobane", 1))
    shelf.take_in(codebook)
    shelf.do(MergeTags(shelf.tag_id("seige"), shelf.tag_id("siege")))
    plan = shelf.plan(codebook)
    assert lines(plan) == [
        ("seige", LineKind.MERGED, Choice.KEEP),
        ("siege", LineKind.SAME, Choice.KEEP),
        ("seige/Kobane", LineKind.SAME, Choice.KEEP),
    ]
    assert plan.lines[0].says == "It went up in “siege” here."
    assert shelf.take_in(codebook) == ""
    shelf.take_in(codebook, seige=Choice.BESIDE)
    assert "Field notes::seige" in shelf.paths()


def test_a_tag_that_went_up_in_one_of_the_file_is_told(shelf: Shelf) -> None:
    shelf.take_in(book(tag(1, "seige")))
    theirs = book(tag(2, "siege", formerly=(uuid(1),)))
    (line,) = shelf.plan(theirs).lines
    assert (line.kind, line.chosen) == (LineKind.MERGED, Choice.KEEP)
    assert line.says == "In the file, your “seige” went up in it."
    shelf.take_in(theirs, siege=Choice.TAKE)
    assert shelf.paths() == ["Field notes::siege"]


def test_a_uuid_that_led_to_a_tag_leads_to_it_here_as_well(shelf: Shelf) -> None:
    shelf.take_in(book(tag(2, "siege", formerly=(uuid(1),))))
    (line,) = shelf.plan(book(tag(1, "seige"))).lines
    assert line.kind is LineKind.MERGED and line.known is not None
    assert line.known.name == "siege"


def test_without_uuids_of_its_own_a_codebook_is_known_by_the_places_of_its_tags(
    shelf: Shelf,
) -> None:
    shelf.take_in(book(tag(1, "place"), tag(2, "Syria", 1, aliases=(Alias("Sham"),))))
    made_up = book(tag(7, "PLACE"), tag(8, "Sham", 7), tag(9, "Syria"), own_uuids=False)
    assert lines(shelf.plan(made_up)) == [
        ("PLACE", LineKind.RENAMED, Choice.KEEP),
        ("PLACE/Sham", LineKind.MERGED, Choice.KEEP),
        ("Syria", LineKind.NEW, Choice.ADD),
    ]


def test_a_name_that_another_tag_has_is_never_taken_from_it(shelf: Shelf) -> None:
    shelf.take_in(book(tag(1, "siege"), tag(2, "battle")))
    # In the file, the first is called otherwise, and a third has its name.
    theirs = book(tag(1, "blockade"), tag(2, "battle"), tag(3, "siege"))
    plan = shelf.plan(theirs)
    assert lines(plan)[2] == ("siege", LineKind.CONFLICT, Choice.BESIDE)
    shelf.take_in(theirs)
    assert shelf.paths() == [
        "Field notes::battle",
        "Field notes::siege",
        "Field notes::siege (2)",
    ]
    shelf.undo()
    shelf.take_in(theirs, blockade=Choice.TAKE)
    assert shelf.paths() == [
        "Field notes::battle",
        "Field notes::blockade",
        "Field notes::siege",
    ]


def test_names_that_were_exchanged_stay_where_they_are_and_that_is_said(shelf: Shelf) -> None:
    shelf.take_in(book(tag(1, "a"), tag(2, "b")))
    theirs = book(tag(1, "b"), tag(2, "a"))
    plan = shelf.plan(theirs, b=Choice.TAKE, a=Choice.TAKE)
    assert plan.notes[0].startswith("“a” keeps its name and place: “b”")
    shelf.take_in(theirs, b=Choice.TAKE, a=Choice.TAKE)
    assert shelf.paths() == ["Field notes::a", "Field notes::b"]


def test_tags_that_stand_inside_each_other_the_other_way_round_make_no_circle(
    shelf: Shelf,
) -> None:
    shelf.take_in(book(tag(1, "a"), tag(2, "b", 1)))
    theirs = book(tag(2, "b"), tag(1, "a", 2))
    plan = shelf.plan(theirs, a=Choice.TAKE)
    assert plan.notes == ("“a” stays where it is: it cannot stand inside itself.",)
    shelf.take_in(theirs, a=Choice.TAKE, b=Choice.TAKE)
    assert shelf.paths() == ["Field notes::b", "Field notes::b/a"]


def test_a_tag_that_was_moved_here_is_told_by_its_place(shelf: Shelf) -> None:
    codebook = book(tag(1, "place"), tag(2, "Syria"))
    shelf.take_in(codebook)
    shelf.do(MoveTag(shelf.tag_id("Syria"), shelf.tag_id("place")))
    line = shelf.plan(codebook).lines[1]
    assert line.kind is LineKind.CONFLICT and line.says == "Not the same: place."
    assert (line.differences[0].here, line.differences[0].there) == ("in place", "the top")


def test_what_stands_below_a_tag_that_is_left_out_is_left_out_but_for_what_is_here(
    shelf: Shelf,
) -> None:
    shelf.take_in(book(tag(3, "Raqqa")))
    codebook = book(tag(1, "place"), tag(2, "Syria", 1), tag(3, "Raqqa", 2))
    plan = shelf.plan(codebook, place=Choice.LEAVE)
    assert [(line.kind, line.chosen) for line in plan.lines] == [
        (LineKind.NEW, Choice.LEAVE),
        (LineKind.NEW, Choice.LEAVE),
        (LineKind.SAME, Choice.KEEP),
    ]
    assert shelf.take_in(codebook, place=Choice.LEAVE) == ""


def test_a_key_that_gives_another_tag_here_goes_on_giving_it(shelf: Shelf) -> None:
    shelf.take_in(book(tag(1, "siege", key=1)))
    theirs = book(tag(2, "battle", key=1), tag(1, "siege", key=1))
    assert shelf.plan(theirs).notes == ("“battle” gets no key: 1 gives another tag here.",)
    shelf.take_in(theirs)
    keys = {each.name: each.key for each in shelf.tree().tags}
    assert keys == {"siege": 1, "battle": None}
    shelf.do(SetTagKey(shelf.tag_id("siege"), None))
    shelf.take_in(theirs)
    assert {each.name: each.key for each in shelf.tree().tags} == {"siege": None, "battle": 1}


def test_nothing_goes_into_a_locked_collection(shelf: Shelf) -> None:
    codebook = book(tag(1, "siege"))
    shelf.take_in(codebook)
    collection = shelf.tree().active_collection.id
    shelf.do(LockCollection(collection, True))
    plan = shelf.plan(book(tag(2, "battle")), collection)
    assert plan.problems == ("“Field notes” is locked. Unlock it under Tag collections.",)
    with pytest.raises(BadUsage, match="is locked"):
        shelf.do(ImportCodebook(book(tag(2, "battle")), into=collection))


def test_an_import_goes_where_it_is_asked_to_or_makes_a_collection_beside(shelf: Shelf) -> None:
    mine = shelf.tree().active_collection.id
    codebook = book(tag(1, "siege"))
    shelf.take_in(codebook, mine)
    assert shelf.paths() == ["My tags::siege"]
    plan = shelf.plan(codebook, NEW_COLLECTION)
    assert plan.lines[0].says == "It is here as “My tags::siege” too; in this collection it is not."
    shelf.take_in(codebook, NEW_COLLECTION)
    shelf.take_in(codebook, NEW_COLLECTION)
    assert shelf.paths() == ["Field notes (2)::siege", "Field notes::siege", "My tags::siege"]


def test_a_table_that_names_no_collection_goes_where_most_of_its_tags_are(shelf: Shelf) -> None:
    whole = book(tag(1, "siege"), tag(2, "dam"), tag(3, "yard"))
    shelf.take_in(whole)
    table = replace(whole, uuid="", name="my table")
    plan = shelf.plan(table)
    assert plan.before is not None and plan.before.name == "Field notes"
    assert [line.kind for line in plan.lines] == [LineKind.SAME] * 3
    assert shelf.plan(replace(table, own_uuids=False)).before is None
    others = book(tag(1, "siege"), tag(4, "quay"), tag(5, "mole"))
    assert shelf.plan(replace(others, uuid="", name="other")).before is None


def test_what_is_said_of_a_collection_is_filled_in_and_never_overwritten(shelf: Shelf) -> None:
    shelf.take_in(book(author="Me", version="1"))
    plan = shelf.plan(book(author="You", version="1", licence="CC0"))
    assert plan.collection.author == "Me" and plan.collection.licence == "CC0"
    assert plan.notes == (
        "The file says what is not said of “Field notes” yet: licence.",
        "Of “Field notes” the file has another author; yours stays.",
    )
    shelf.do(CreateCollection("Other"))
    other = shelf.tree().active_collection
    assert shelf.plan(book(author="You"), other.id).collection == other


def test_an_import_whose_preview_is_of_yesterday_is_refused(shelf: Shelf) -> None:
    codebook = book(tag(1, "siege", colour="#222222"))
    plan = shelf.plan(codebook)
    assert plan.chosen == {uuid(1): Choice.ADD}
    shelf.take_in(codebook)
    shelf.do(RecolourTag(shelf.tag_id("siege"), "#333333"))
    with pytest.raises(BadUsage, match="since the preview"):
        shelf.do(ImportCodebook(codebook, plan.chosen))


def test_a_codebook_that_is_no_tree_is_refused(shelf: Shelf) -> None:
    for unsound in (book(tag(2, "a", 1), tag(1, "b")), book(tag(1, "a"), tag(1, "b"))):
        with pytest.raises(BadUsage, match="twice in the file, or before"):
            shelf.plan(unsound)
