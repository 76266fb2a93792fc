"""What is said of a tag: its fields changed at once, its links, putting it away, its place."""

from __future__ import annotations

import pytest

from desktop_app.core.model import LinkKind, TagLink
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.core.tag_looks import Pattern
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import CreateCollection, UseCollection
from desktop_app.library.tags.commands import CreateTag, MoveTag, SetTagKey
from desktop_app.library.tags.editing import ArchiveTag, EditTag, LinkTags, TagEdit, UnlinkTags
from tests.library.conftest import Bring
from tests.library.tags_for_tests import (
    carried,
    collection,
    everything,
    found,
    goes_back_and_forth,
    paths,
    refused,
    tag,
)

FULL = TagEdit(
    name="Siege!",
    colour="#123ABC",
    pattern=Pattern.DOTS,
    letters="Sg",
    key=7,
    aliases=(Alias("blockade"), Alias("حصار", AliasKind.LANGUAGE, "ar")),
    definition="A town\r\nthat is cut off.",
    use_when="Nobody gets out.",
    not_when="A battle.",
    examples="Madaya, 2015",
)


def test_every_field_of_a_tag_changes_in_one_step(library: Library) -> None:
    library.run(CreateTag("siege"))
    before = found(library, "siege")
    name = goes_back_and_forth(library, EditTag(before.id, FULL))
    assert name == "Change the tag “siege”"
    after = found(library, "Siege!")
    assert (after.id, after.uuid, after.parent) == (before.id, before.uuid, before.parent)
    assert (after.colour, after.pattern, after.letters) == ("#123abc", Pattern.DOTS, "Sg")
    assert after.key == 7
    assert after.definition == "A town\nthat is cut off."
    assert (after.use_when, after.not_when) == ("Nobody gets out.", "A battle.")
    assert after.examples == "Madaya, 2015"
    assert after.also_called == ("blockade", "حصار")


def test_a_field_that_is_not_named_stays(library: Library) -> None:
    library.run(CreateTag("siege"))
    library.run(EditTag(tag(library, "siege"), FULL))
    before = found(library, "Siege!")
    library.run(EditTag(before.id, TagEdit(definition="")))
    after = found(library, "Siege!")
    assert after.definition == ""
    assert after.examples == before.examples
    assert after.aliases == before.aliases
    assert after.key == 7


def test_a_digit_goes_over_from_the_tag_that_had_it_and_zero_takes_it_off(
    library: Library,
) -> None:
    library.run(CreateTag("siege"))
    library.run(CreateTag("battle"))
    assert found(library, "siege").key == 1
    goes_back_and_forth(library, EditTag(tag(library, "battle"), TagEdit(key=1)))
    assert found(library, "siege").key is None
    assert found(library, "battle").key == 1
    library.run(EditTag(tag(library, "battle"), TagEdit(key=0)))
    assert found(library, "battle").key is None


def test_aliases_are_kept_once_and_blank_ones_go(library: Library) -> None:
    library.run(CreateTag("siege"))
    given = ("Blockade", "  ", "blockáde", "SIEGE", "en\ncirclement")
    library.run(EditTag(tag(library, "siege"), TagEdit(aliases=tuple(map(Alias, given)))))
    assert found(library, "siege").also_called == ("Blockade", "en circlement")


@pytest.mark.parametrize(
    "edit",
    [
        TagEdit(name="  "),
        TagEdit(name="x" * 201),
        TagEdit(name="battle"),
        TagEdit(colour="red"),
        TagEdit(letters="abc"),
        TagEdit(key=10),
        TagEdit(aliases=(Alias("x" * 201),)),
        TagEdit(aliases=(Alias("a", AliasKind.LANGUAGE, "ar-" + "-".join(["abcd"] * 7)),)),
        TagEdit(aliases=(Alias("a", AliasKind.LANGUAGE, "Kurdish (Sorani)"),)),
        TagEdit(definition="x" * 100_001),
    ],
    ids=lambda edit: next(name for name in edit.__slots__ if getattr(edit, name) is not None),
)
def test_what_a_tag_cannot_be_is_refused_and_nothing_is_changed(
    library: Library, edit: TagEdit
) -> None:
    library.run(CreateTag("siege"))
    library.run(CreateTag("Battle"))
    refused(library, EditTag(tag(library, "siege"), edit))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\nb", "a b"),
        ("a\u202eb\u200bc\u0007", "abc"),
        ("#news", "#news"),
        ("a::b", "a::b"),
        ("“a” 'b'", "“a” 'b'"),
        ("الرقة", "الرقة"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
    ids=["newline", "unseen", "hash", "colons", "quotes", "arabic", "joiner"],
)
def test_a_name_may_be_of_any_script_but_not_of_what_nobody_sees(
    library: Library, typed: str, kept: str
) -> None:
    library.run(CreateTag("siege"))
    tag_id = tag(library, "siege")
    library.run(EditTag(tag_id, TagEdit(name=typed)))
    assert library.tag_tree(counted=False).by_id[tag_id].name == kept


def test_a_name_of_marks_alone_is_refused(library: Library) -> None:
    library.run(CreateTag("siege"))
    assert "needs a name" in refused(
        library, EditTag(tag(library, "siege"), TagEdit(name="\u0301\u200d"))
    )


def test_two_tags_are_linked_whichever_is_named_first_and_unlinked(library: Library) -> None:
    library.run(CreateTag("siege"))
    library.run(CreateTag("relief"))
    siege, relief = tag(library, "siege"), tag(library, "relief")
    goes_back_and_forth(library, LinkTags(relief, siege, LinkKind.OPPOSITE))
    assert not library.run(LinkTags(siege, relief, LinkKind.OPPOSITE))
    library.run(LinkTags(siege, relief, LinkKind.RELATED))
    links = library.tag_tree().links
    assert links[siege] == links[relief]
    assert set(links[siege]) == {
        TagLink(siege, relief, LinkKind.OPPOSITE),
        TagLink(siege, relief, LinkKind.RELATED),
    }
    library.run(UnlinkTags(relief, siege, LinkKind.RELATED))
    assert library.tag_tree().links[siege] == (TagLink(siege, relief, LinkKind.OPPOSITE),)
    goes_back_and_forth(library, UnlinkTags(siege, relief))
    assert library.tag_tree().links == {}
    assert "itself" in refused(library, LinkTags(siege, siege, LinkKind.RELATED))


def test_archiving_takes_those_below_along_and_stays_on_what_carries_them(
    library: Library, bring: Bring
) -> None:
    bring("One.\n")
    (one,) = library.search("").ids
    library.run(CreateTag("place/Syria/Raqqa", documents=(one,)))
    name = goes_back_and_forth(library, ArchiveTag(tag(library, "place")))
    assert name == "Archive the tag “place” and 2 more"
    assert all(each.archived for each in library.tag_tree().tags)
    assert carried(library, "place/Syria/Raqqa") == ({one}, set())
    assert list(library.search("tag:Raqqa").ids) == [one]


def test_what_comes_out_of_the_archive_brings_those_above_along(library: Library) -> None:
    library.run(CreateTag("place/Syria/Raqqa"))
    library.run(CreateTag("place/Iraq"))
    library.run(ArchiveTag(tag(library, "place")))
    goes_back_and_forth(library, ArchiveTag(tag(library, "place/Syria"), False))
    archived = {each.name for each in library.tag_tree().tags if each.archived}
    assert archived == {"Iraq"}


def test_a_tag_moves_to_another_collection_with_all_below_and_what_carries_them(
    library: Library, bring: Bring
) -> None:
    bring("One.\n")
    (one,) = library.search("").ids
    library.run(CreateTag("place/Syria", documents=(one,)))
    library.run(SetTagKey(tag(library, "place/Syria"), 2))
    library.run(CreateCollection("Thesis"))
    library.run(CreateTag("person"))  # gets the digit 1, as “place” has in the other
    thesis = collection(library, "Thesis")
    goes_back_and_forth(library, MoveTag(tag(library, "My tags::place"), None, thesis))
    assert paths(library) == ["Thesis::person", "Thesis::place", "Thesis::place/Syria"]
    assert found(library, "place").key is None
    assert found(library, "person").key == 1
    assert found(library, "place/Syria").key == 2
    assert carried(library, "place/Syria") == ({one}, set())


def test_a_tag_moves_under_one_of_another_collection_past_a_namesake_at_its_top(
    library: Library,
) -> None:
    library.run(CreateTag("place/Syria"))
    library.run(CreateCollection("Thesis"))
    library.run(CreateTag("place"))
    library.run(CreateTag("old"))
    goes_back_and_forth(library, MoveTag(tag(library, "My tags::place"), tag(library, "old")))
    assert "Thesis::old/place/Syria" in paths(library)
    library.run(UseCollection(collection(library, "My tags")))
    refused(library, MoveTag(tag(library, "Thesis::old"), tag(library, "Thesis::old/place/Syria")))
    refused(
        library, MoveTag(tag(library, "Thesis::old/place"), None, collection(library, "Thesis"))
    )


def test_a_command_on_a_tag_that_is_gone_says_so(library: Library) -> None:
    before = everything(library)
    for command in (
        EditTag(7, FULL),
        LinkTags(7, 8, LinkKind.RELATED),
        ArchiveTag(7),
        MoveTag(7, None),
    ):
        assert "has been deleted" in refused(library, command)
    assert everything(library) == before
