"""Tag collections: described, shown, locked, archived, duplicated, recoloured."""

from __future__ import annotations

import pytest

from desktop_app.core.model import LinkKind
from desktop_app.core.tag_aliases import Alias
from desktop_app.core.tag_looks import SCHEMES, Pattern
from desktop_app.library.commands import AddTag, Command, RemoveTag
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import (
    ArchiveCollection,
    CollectionEdit,
    CreateCollection,
    DeleteCollection,
    DuplicateCollection,
    EditCollection,
    LockCollection,
    RecolourCollection,
    RenameCollection,
    ShowCollection,
    UseCollection,
)
from desktop_app.library.tags.commands import (
    CreateTag,
    MoveTag,
    RecolourTag,
    RenameTag,
    SetTagKey,
)
from desktop_app.library.tags.editing import ArchiveTag, EditTag, LinkTags, TagEdit, UnlinkTags
from desktop_app.library.tags.splitting import SplitTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from tests.library.conftest import Bring
from tests.library.tags_for_tests import (
    carried,
    collection,
    found,
    goes_back_and_forth,
    mark,
    paths,
    refused,
    tag,
)


def test_a_collection_is_described_in_one_step(library: Library) -> None:
    mine = collection(library, "My tags")
    edit = CollectionEdit(
        name="Sieges",
        description="What is said of sieges.\n\nSince 2011.",
        author="R. Reader",
        licence="CC BY 4.0",
        version="1.2",
        scheme="colour-blind",
    )
    name = goes_back_and_forth(library, EditCollection(mine, edit))
    assert name == "Change the tag collection “My tags”"
    (now,) = library.tag_tree().collections
    assert (now.name, now.description, now.author, now.licence, now.version, now.scheme) == (
        edit.name,
        edit.description,
        edit.author,
        edit.licence,
        edit.version,
        edit.scheme,
    )
    library.run(EditCollection(mine, CollectionEdit(author="")))
    (now,) = library.tag_tree().collections
    assert (now.author, now.licence) == ("", "CC BY 4.0")
    library.run(CreateTag("first"))
    assert found(library, "first").colour == SCHEMES["colour-blind"][0]


@pytest.mark.parametrize(
    "edit",
    [
        CollectionEdit(name="a::b"),
        CollectionEdit(name="thesis"),
        CollectionEdit(scheme="loud"),
        CollectionEdit(author="x" * 2_001),
        CollectionEdit(description="x" * 100_001),
    ],
    ids=["name", "taken", "scheme", "author", "description"],
)
def test_what_a_collection_cannot_be_is_refused(library: Library, edit: CollectionEdit) -> None:
    library.run(CreateCollection("Thesis"))
    refused(library, EditCollection(collection(library, "My tags"), edit))


def test_a_locked_collection_gives_and_takes_its_tags_and_changes_in_nothing(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("siege/early", documents=(one,)))
    library.run(CreateTag("battle"))
    library.run(CreateCollection("Open"))
    library.run(CreateTag("open"))
    mine = collection(library, "My tags")
    goes_back_and_forth(library, LockCollection(mine))
    siege, battle = tag(library, "My tags::siege"), tag(library, "My tags::battle")
    early, free = tag(library, "My tags::siege/early"), tag(library, "Open::open")
    changes: tuple[Command, ...] = (
        CreateTag("My tags::new"),
        CreateTag("My tags::siege/new", documents=(two,)),
        CreateTag("new", parent=siege),
        RenameTag(siege, "x"),
        RecolourTag(siege, "#123456"),
        SetTagKey(siege, 9),
        EditTag(siege, TagEdit(definition="x")),
        MoveTag(early, None),
        MoveTag(early, free),
        MoveTag(free, siege),
        MoveTag(free, None, mine),
        MergeTags(siege, battle),
        SplitTag(early, "x", (one,)),
        ArchiveTag(siege),
        DeleteTag(battle),
        LinkTags(siege, battle, LinkKind.RELATED),
        LinkTags(free, battle, LinkKind.RELATED),
        UnlinkTags(siege, battle),
        RenameCollection(mine, "x"),
        EditCollection(mine, CollectionEdit(author="x")),
        ArchiveCollection(mine),
        RecolourCollection(mine),
        DeleteCollection(mine),
    )
    for command in changes:
        said = refused(library, command)
        assert "“My tags” is locked" in said, command
        assert "Unlock it under Tag collections" in said
    library.run(AddTag(battle, (two,)))
    library.run(CreateTag("My tags::battle", documents=(one,)))
    library.run(RemoveTag(early, (one,)))
    assert carried(library, "battle") == ({one, two}, set())
    library.run(ShowCollection(mine, False))
    library.run(UseCollection(mine))
    library.run(LockCollection(mine, False))
    library.run(RenameTag(siege, "x"))


def test_a_collection_that_is_archived_leaves_its_place_in_use_to_another(
    library: Library,
) -> None:
    mine = collection(library, "My tags")
    assert "only tag collection that is not archived" in refused(library, ArchiveCollection(mine))
    library.run(CreateCollection("Thesis"))
    thesis = collection(library, "Thesis")
    goes_back_and_forth(library, ArchiveCollection(thesis))
    tree = library.tag_tree()
    assert tree.active_collection.id == mine
    assert not tree.collection_named("Thesis").offered
    assert "is archived" in refused(library, UseCollection(thesis))
    refused(library, ArchiveCollection(mine))
    goes_back_and_forth(library, ArchiveCollection(thesis, False))
    library.run(UseCollection(thesis))


def test_the_last_collection_that_is_left_comes_out_of_the_archive(library: Library) -> None:
    library.run(CreateCollection("Thesis"))
    library.run(ArchiveCollection(collection(library, "My tags")))
    goes_back_and_forth(library, DeleteCollection(collection(library, "Thesis")))
    (left,) = library.tag_tree().collections
    assert left.active
    assert not left.archived


def test_hiding_keeps_a_collection_offered_only_while_it_is_in_use(library: Library) -> None:
    library.run(CreateCollection("Thesis"))
    mine, thesis = collection(library, "My tags"), collection(library, "Thesis")
    goes_back_and_forth(library, ShowCollection(thesis, False))
    assert library.tag_tree().collection_named("Thesis").offered
    library.run(UseCollection(mine))
    assert not library.tag_tree().collection_named("Thesis").offered


def test_a_collection_is_duplicated_with_all_that_is_said_of_its_tags(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n")
    (one,) = library.search("").ids
    library.run(CreateTag("siege/early", documents=(one,)))
    library.run(CreateTag("relief"))
    siege, relief = tag(library, "siege"), tag(library, "relief")
    library.run(LinkTags(siege, relief, LinkKind.OPPOSITE))
    library.run(
        EditTag(
            siege,
            TagEdit(definition="Cut off.", pattern=Pattern.RING, aliases=(Alias("sg"),), key=8),
        )
    )
    highlight = mark(library, one, "One", relief)
    mine = collection(library, "My tags")
    library.run(EditCollection(mine, CollectionEdit(author="R. Reader")))
    library.run(LockCollection(mine))
    name = goes_back_and_forth(library, DuplicateCollection(mine, "Copy"))
    assert name == "Duplicate the tag collection “My tags” as “Copy” (3 tags)"
    copy = library.tag_tree().collection_named("Copy")
    assert (copy.author, copy.locked, copy.active) == ("R. Reader", False, False)
    assert carried(library, "Copy::siege/early") == (set(), set())
    name = goes_back_and_forth(library, DuplicateCollection(mine, "Used", taggings=True))
    assert name.endswith("as “Used” (3 tags, 1 document, 1 highlight)")
    assert carried(library, "Used::siege/early") == ({one}, set())
    assert carried(library, "Used::relief") == (set(), {highlight})
    for place in ("Copy", "Used"):
        twin, model = found(library, f"{place}::siege"), found(library, "My tags::siege")
        assert twin.uuid != model.uuid
        assert (twin.definition, twin.pattern, twin.aliases, twin.key) == (
            model.definition,
            model.pattern,
            model.aliases,
            model.key,
        )
        (link,) = library.tag_tree().links[twin.id]
        assert {link.one, link.other} == {twin.id, tag(library, f"{place}::relief")}
    assert "already" in refused(library, DuplicateCollection(mine, "used"))


def test_a_collection_gets_the_colours_of_its_scheme(library: Library) -> None:
    for name in ("b/below", "a", "c"):
        library.run(CreateTag(name))
    mine = collection(library, "My tags")
    library.run(EditCollection(mine, CollectionEdit(scheme="greys")))
    name = goes_back_and_forth(library, RecolourCollection(mine))
    assert name == "Recolour the tag collection “My tags” (4 tags)"
    greys = SCHEMES["greys"]
    assert [found(library, path).colour for path in ("a", "b", "b/below", "c")] == [
        greys[0],
        greys[1],
        greys[1],
        greys[2],
    ]
    assert not library.run(RecolourCollection(mine))
    assert len(paths(library)) == 4
