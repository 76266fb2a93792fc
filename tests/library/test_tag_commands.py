"""Tags and collections: made, moved, merged, deleted, and all of it taken back."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.library.library import Library
from desktop_app.library.tags.collection_commands import (
    CreateCollection,
    DeleteCollection,
    RenameCollection,
    UseCollection,
)
from desktop_app.library.tags.commands import CreateTag, MoveTag, RecolourTag, RenameTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from tests.library.conftest import Bring


def tag(library: Library, path: str) -> int:
    found = library.tag_tree().find(path)
    assert found is not None, path
    return found.id


def paths(library: Library) -> list[str]:
    tree = library.tag_tree()
    return sorted(tree.full_path(tag.id) for tag in tree.tags)


def test_a_path_makes_the_tags_above_it_too_in_one_step(library: Library) -> None:
    library.run(CreateTag("place/Syria"))
    assert paths(library) == ["My tags::place", "My tags::place/Syria"]
    library.undo()
    assert paths(library) == []
    library.redo()
    assert paths(library) == ["My tags::place", "My tags::place/Syria"]


def test_a_name_that_differs_in_case_and_accents_only_is_the_same_tag(library: Library) -> None:
    library.run(CreateTag("Émigrés"))
    assert not library.run(CreateTag("emigres"))
    assert paths(library) == ["My tags::Émigrés"]


def test_renaming_a_tag_keeps_its_documents(library: Library, bring: Bring) -> None:
    bring("One text.\n")
    library.run(CreateTag("seige", documents=tuple(library.search("").ids)))
    library.run(RenameTag(tag(library, "seige"), "siege"))
    assert library.tag_tree().own[tag(library, "siege")] == 1


def test_a_sibling_of_the_same_name_is_refused(library: Library) -> None:
    library.run(CreateTag("siege"))
    library.run(CreateTag("battle"))
    with pytest.raises(BadUsage, match="already"):
        library.run(RenameTag(tag(library, "battle"), "SIEGE"))
    assert paths(library) == ["My tags::battle", "My tags::siege"]


def test_a_tag_cannot_be_moved_below_itself(library: Library) -> None:
    library.run(CreateTag("a/b/c"))
    for below in ("a", "a/b", "a/b/c"):
        with pytest.raises(BadUsage, match="lies below"):
            library.run(MoveTag(tag(library, "a"), tag(library, below)))


def test_merging_moves_documents_children_and_names(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n", "Three texts.\n")
    one, two, three = sorted(library.search("").ids)
    library.run(CreateTag("siege/early", documents=(three,)))
    library.run(CreateTag("siege", documents=(one, two)))
    library.run(CreateTag("seige/early", documents=(one,)))
    library.run(CreateTag("seige/late", documents=(two,)))
    library.run(CreateTag("seige", documents=(two, three)))
    before = library.tag_tree()
    library.run(MergeTags(tag(library, "seige"), tag(library, "siege")))
    tree = library.tag_tree()
    assert paths(library) == ["My tags::siege", "My tags::siege/early", "My tags::siege/late"]
    assert tree.own[tag(library, "siege")] == 3
    assert tree.own[tag(library, "siege/early")] == 2
    assert tree.by_id[tag(library, "siege")].also_called == ("seige",)
    assert tree.find("seige") == tree.find("siege")
    library.undo()
    assert library.tag_tree() == before


def test_deleting_a_tag_takes_those_below_with_it_and_undo_brings_all_back(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n")
    (one,) = library.search("").ids
    library.run(CreateTag("place/Syria/Tabqa", documents=(one,)))
    library.run(RecolourTag(tag(library, "place/Syria"), "#123456"))
    before = library.tag_tree()
    library.run(DeleteTag(tag(library, "place")))
    assert paths(library) == []
    assert library.documents([one])[0].tags == ()
    library.undo()
    assert library.tag_tree() == before
    assert library.documents([one])[0].tags == (tag(library, "place/Syria/Tabqa"),)


def test_a_parent_counts_the_documents_of_its_children_once(library: Library, bring: Bring) -> None:
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("place/Syria", documents=(one, two)))
    library.run(CreateTag("place/Iraq", documents=(one,)))
    tree = library.tag_tree()
    assert tree.own.get(tag(library, "place"), 0) == 0
    assert tree.with_children[tag(library, "place")] == 2


def test_a_new_collection_gets_the_new_tags_until_another_is_used(library: Library) -> None:
    library.run(CreateCollection("Thesis ch. 3"))
    library.run(CreateTag("siege"))
    library.run(UseCollection(library.tag_tree().collection_named("my TAGS").id))
    library.run(CreateTag("siege"))
    assert paths(library) == ["My tags::siege", "Thesis ch. 3::siege"]
    assert tag(library, "Thesis ch. 3::siege") != tag(library, "siege")


def test_collections_are_renamed_and_deleted_with_undo(library: Library) -> None:
    library.run(CreateCollection("Thesis"))
    library.run(CreateTag("a/b"))
    thesis = library.tag_tree().collection_named("Thesis")
    library.run(RenameCollection(thesis.id, "Thesis ch. 3"))
    with pytest.raises(BadUsage, match="already"):
        library.run(RenameCollection(thesis.id, "my tags"))
    before = library.tag_tree()
    library.run(DeleteCollection(thesis.id))
    assert [collection.name for collection in library.tag_tree().collections] == ["My tags"]
    with pytest.raises(BadUsage, match="only tag collection"):
        library.run(DeleteCollection(library.tag_tree().active_collection.id))
    library.undo()
    assert library.tag_tree() == before


@pytest.mark.parametrize("name", ["", "   ", "\n", "x" * 201])
def test_a_blank_or_endless_name_is_refused(library: Library, name: str) -> None:
    library.run(CreateTag("siege"))
    with pytest.raises(BadUsage):
        library.run(RenameTag(tag(library, "siege"), name))
    assert paths(library) == ["My tags::siege"]


@pytest.mark.parametrize("name", ["a::b", "thesis:", " ", "x" * 201])
def test_a_collection_is_not_given_a_name_that_no_path_could_hold(
    library: Library, name: str
) -> None:
    with pytest.raises(BadUsage):
        library.run(CreateCollection(name))
    with pytest.raises(BadUsage):
        library.run(RenameCollection(library.tag_tree().active_collection.id, name))
    assert [collection.name for collection in library.tag_tree().collections] == ["My tags"]


def test_undoing_everything_gives_an_empty_codebook_and_redoing_gives_it_back(
    library: Library, bring: Bring
) -> None:
    bring("One text.\n", "Two texts.\n")
    documents = tuple(library.search("").ids)
    empty = library.tag_tree()
    library.run(CreateTag("a/b", documents=documents))
    library.run(CreateCollection("Other"))
    library.run(CreateTag("c/d", documents=documents[:1]))
    library.run(MoveTag(tag(library, "Other::c/d"), None))
    library.run(MergeTags(tag(library, "Other::c"), tag(library, "Other::d")))
    full = library.tag_tree()
    while (report := library.undo()) and not report.name.startswith("Import"):
        assert report.refused is None
    assert library.tag_tree() == empty
    while report := library.redo():
        assert report.refused is None
    assert library.tag_tree() == full
