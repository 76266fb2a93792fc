"""The trash of tags: what was deleted comes back as far as it still fits, or is forgotten."""

from __future__ import annotations

import pytest

from desktop_app.core.model import Binned, LinkKind
from desktop_app.library.commands import SetTrashed
from desktop_app.library.highlight_commands import DeleteHighlights
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import (
    CreateCollection,
    DeleteCollection,
    LockCollection,
    UseCollection,
)
from desktop_app.library.tags.commands import CreateTag, MoveTag, RenameTag, SetTagKey
from desktop_app.library.tags.editing import LinkTags
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.trash import ForgetBinned, RestoreBinned
from desktop_app.store.work import Work
from tests.library.conftest import Bring
from tests.library.tags_for_tests import (
    carried,
    collection,
    everything,
    found,
    goes_back_and_forth,
    mark,
    paths,
    refused,
    tag,
)


def test_a_deleted_tag_comes_back_with_all_that_hung_on_it(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("place/Syria", documents=(one, two)))
    library.run(CreateTag("seige", documents=(one,)))
    library.run(CreateTag("siege"))
    library.run(MergeTags(tag(library, "seige"), tag(library, "siege")))
    library.run(MoveTag(tag(library, "siege"), tag(library, "place")))
    library.run(CreateTag("relief"))
    library.run(LinkTags(tag(library, "relief"), tag(library, "place/siege"), LinkKind.OPPOSITE))
    mark(library, two, "Two", tag(library, "place"))
    before = everything(library)
    name = goes_back_and_forth(library, DeleteTag(tag(library, "place")))
    assert name == "Delete the tag “place” and 2 below it (2 documents, 1 highlight)"
    (binned,) = library.tag_bin()
    assert (binned.name, binned.collection, binned.tags) == ("place", "My tags", 3)
    assert (binned.documents, binned.highlights) == (2, 1)
    assert binned.steps == ""  # what brings it back may be long, and no list of them needs it
    assert paths(library) == ["My tags::relief"]
    name = goes_back_and_forth(library, RestoreBinned(binned.id))
    assert name == "Restore “place” (3 tags, 2 documents, 1 highlight)"
    assert everything(library) == before


def test_what_is_gone_since_is_passed_over_and_said(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("siege", documents=(one, two)))
    library.run(CreateTag("relief"))
    library.run(LinkTags(tag(library, "relief"), tag(library, "siege"), LinkKind.RELATED))
    highlight = mark(library, one, "One", tag(library, "siege"))
    library.run(DeleteTag(tag(library, "siege")))
    library.run(DeleteHighlights((highlight,)))
    library.run(DeleteTag(tag(library, "relief")))
    library.run(SetTrashed((two,), True))
    library.empty_trash()
    newest, oldest = library.tag_bin()
    assert (newest.name, oldest.name) == ("relief", "siege")
    name = goes_back_and_forth(library, RestoreBinned(oldest.id))
    assert name == (
        "Restore “siege” (1 document; without 1 document, 1 highlight, 1 link gone since)"
    )
    assert carried(library, "siege") == ({one}, set())


def test_a_tag_whose_parent_is_gone_comes_to_the_top(library: Library) -> None:
    library.run(CreateTag("place/Syria/Raqqa"))
    library.run(DeleteTag(tag(library, "place/Syria")))
    library.run(DeleteTag(tag(library, "place")))
    library.run(RestoreBinned(library.tag_bin()[1].id))
    assert paths(library) == ["My tags::Syria", "My tags::Syria/Raqqa"]
    library.run(RestoreBinned(library.tag_bin()[0].id))
    assert "My tags::place" in paths(library)
    assert library.tag_bin() == []


def test_a_tag_whose_collection_is_gone_comes_into_the_one_in_use(library: Library) -> None:
    library.run(CreateCollection("Thesis"))
    library.run(CreateTag("siege"))
    library.run(DeleteTag(tag(library, "siege")))
    library.run(DeleteCollection(collection(library, "Thesis")))
    library.run(RestoreBinned(library.tag_bin()[1].id))
    assert paths(library) == ["My tags::siege"]


def test_a_name_that_is_taken_since_is_refused_until_it_is_free(library: Library) -> None:
    library.run(CreateTag("siege"))
    library.run(DeleteTag(tag(library, "siege")))
    library.run(CreateTag("Siège"))
    (binned,) = library.tag_bin()
    assert "Rename that one first" in refused(library, RestoreBinned(binned.id))
    library.run(RenameTag(tag(library, "siege"), "other"))
    library.run(RestoreBinned(binned.id))
    assert paths(library) == ["My tags::other", "My tags::siege"]


def test_a_digit_that_is_taken_since_stays_where_it_is(library: Library) -> None:
    library.run(CreateTag("siege"))
    library.run(DeleteTag(tag(library, "siege")))
    library.run(CreateTag("battle"))
    library.run(SetTagKey(tag(library, "battle"), 1))
    library.run(RestoreBinned(library.tag_bin()[0].id))
    assert found(library, "siege").key is None
    assert found(library, "battle").key == 1


def test_a_collection_comes_back_with_its_tags_and_is_not_put_in_use(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n")
    (one,) = library.search("").ids
    library.run(CreateCollection("Thesis"))
    library.run(CreateTag("siege/early", documents=(one,)))
    library.run(UseCollection(collection(library, "My tags")))
    before = everything(library)
    library.run(UseCollection(collection(library, "Thesis")))
    name = goes_back_and_forth(library, DeleteCollection(collection(library, "Thesis")))
    assert name == "Delete the tag collection “Thesis” (2 tags, 1 document)"
    (binned,) = library.tag_bin()
    assert (binned.name, binned.collection, binned.tags) == ("Thesis", "", 2)
    goes_back_and_forth(library, RestoreBinned(binned.id))
    assert everything(library) == before


def test_a_collection_whose_name_is_taken_since_is_refused(library: Library) -> None:
    library.run(CreateCollection("Thesis"))
    library.run(DeleteCollection(collection(library, "Thesis")))
    library.run(CreateCollection("thésis"))
    assert "already" in refused(library, RestoreBinned(library.tag_bin()[0].id))


def test_nothing_is_restored_into_a_locked_collection(library: Library) -> None:
    library.run(CreateTag("siege"))
    library.run(DeleteTag(tag(library, "siege")))
    library.run(LockCollection(collection(library, "My tags")))
    assert "is locked" in refused(library, RestoreBinned(library.tag_bin()[0].id))


def test_the_trash_is_emptied_in_one_step_that_can_be_undone(library: Library) -> None:
    for name in ("a", "b", "c"):
        library.run(CreateTag(name))
        library.run(DeleteTag(tag(library, name)))
    ids = tuple(each.id for each in library.tag_bin())
    assert goes_back_and_forth(library, ForgetBinned(ids[:1])) == (
        "Delete “c” from the trash of tags"
    )
    assert goes_back_and_forth(library, ForgetBinned(ids[1:])) == (
        "Delete 2 entries from the trash of tags"
    )
    assert library.tag_bin() == []
    assert "no longer in the trash" in refused(library, RestoreBinned(ids[0]))
    assert "no longer in the trash" in refused(library, ForgetBinned(ids))


def kept(work: Work, steps: str) -> Binned:
    return work.tag_bin.add(
        name="siege", collection="My tags", tags=1, documents=0, highlights=0, steps=steps
    )


@pytest.mark.parametrize(
    "steps",
    [
        "{",
        "[7]",
        '"x"',
        "[[]]",
        '[["unheard of"]]',
        '[["tag", null, [1]]]',
        '[["taggings", [["one", [1]]], true]]',
        '[["redirect", "uuid", null, 100000000000000000000]]',
        '[["tag link", 1, 2, "strange", true]]',
    ],
)
def test_a_damaged_entry_is_said_by_restoring_and_by_verifying_and_stays(
    library: Library, steps: str
) -> None:
    with library._store.write() as work:
        entry = kept(work, steps)
    assert refused(library, RestoreBinned(entry.id)) == (
        "“siege” cannot be restored: what was kept of it is damaged. Everything else is safe. "
        "Restore a backup to get it back, or delete it from the trash of tags."
    )
    (finding,) = library.verify(repair=True)
    assert finding.what == "The trash of tags cannot bring back “siege”: it is damaged."
    assert "delete it from the trash of tags" in finding.hint
    assert [each.id for each in library.tag_bin()] == [entry.id]
    library.run(ForgetBinned((entry.id,)))
    assert library.verify() == []


def test_an_entry_that_names_a_tag_that_is_nowhere_is_damaged(library: Library) -> None:
    with library._store.write() as work:
        lost = '[["redirect", "former", null, 99]]'
        entry = kept(work, lost)
    assert "is damaged" in refused(library, RestoreBinned(entry.id))
