"""Steps of many tags at once: each looks first whether all of it is still as it expects."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop_app.core.model import LinkKind
from desktop_app.library.library import Library
from desktop_app.library.steps import Step, step_from_json
from desktop_app.library.tags.collection_commands import (
    DeleteCollection,
    DuplicateCollection,
)
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.editing import ArchiveTag, LinkTags
from desktop_app.library.tags.many_steps import (
    HighlightTaggingsStep,
    TaggingsStep,
    TagLinksStep,
    TagsStep,
)
from desktop_app.library.tags.steps import TaggingStep, TagLinkStep, TagStep
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.library.tags.trash import RestoreBinned
from desktop_app.store.store import Work
from tests.library.conftest import Bring
from tests.library.tags_for_tests import carried, collection, everything, found, mark, paths, tag


@pytest.fixture
def tagged(library: Library, bring: Bring) -> tuple[int, int, int]:
    """Two documents and a highlight that carry a tag, and one below it; both linked to a third."""
    bring("One text.\n", "Two texts.\n")
    one, two = sorted(library.search("").ids)
    library.run(CreateTag("place/Syria", documents=(one, two)))
    library.run(CreateTag("relief", documents=(one,)))
    library.run(LinkTags(tag(library, "relief"), tag(library, "place/Syria"), LinkKind.OPPOSITE))
    library.run(LinkTags(tag(library, "relief"), tag(library, "place"), LinkKind.RELATED))
    return one, two, mark(library, two, "Two", tag(library, "place"))


def written(library: Library) -> list[Step]:
    """The steps of what was done last."""
    with library._store.read() as snapshot:
        kept = snapshot.undo_steps.newest(undone=False)
    assert kept is not None
    return [step_from_json(raw) for raw in json.loads(kept.commands)]


def test_deleting_a_tag_is_one_step_of_each_kind(
    library: Library, tagged: tuple[int, int, int]
) -> None:
    library.run(DeleteTag(tag(library, "place")))
    steps = written(library)
    kinds = [type(step) for step in steps]
    assert kinds[:4] == [TagLinksStep, TaggingsStep, HighlightTaggingsStep, TagsStep]
    for step in steps:
        assert step_from_json(json.loads(json.dumps(step.to_json()))) == step
        assert step.reversed().reversed() == step


def test_what_an_earlier_version_put_into_the_trash_comes_back(
    library: Library, tagged: tuple[int, int, int]
) -> None:
    one, two, _ = tagged
    place, syria = found(library, "place"), found(library, "place/Syria")
    before = everything(library)
    library.run(DeleteTag(place.id))
    with library._store.read() as snapshot:
        (binned,) = snapshot.tag_bin.all()
    single: list[Step] = []
    for raw in json.loads(binned.steps):
        match step_from_json(raw):
            case TagsStep() as step:
                single += [TagStep(*change) for change in step.changes]
            case TaggingsStep() as step:
                single += [TaggingStep(each, ids, step.tagged) for each, ids in step.pairs]
            case TagLinksStep() as step:
                single += [TagLinkStep(link, step.linked) for link in step.links]
            case step:
                single.append(step)
    assert TaggingStep(syria.id, (one, two), True) in single
    with library._store.write() as work:
        work.tag_bin.remove(binned.id)
        old = work.tag_bin.add(
            name="place",
            collection="My tags",
            tags=2,
            documents=2,
            highlights=1,
            steps=json.dumps([step.to_json() for step in single]),
        )
    library.run(RestoreBinned(old.id))
    assert everything(library) == before


def take_the_tag_off(work: Work, tags: dict[str, int]) -> None:
    work.taggings.remove(tags["Syria"], [1])


def take_the_tag_off_a_highlight(work: Work, tags: dict[str, int]) -> None:
    work.highlights.untag(tags["place"], work.highlights.of_tag(tags["place"]))


def unlink(work: Work, tags: dict[str, int]) -> None:
    work.tag_links.remove(next(iter(work.tag_links.of([tags["Syria"]]))))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (take_the_tag_off, "documents have gained or lost the tag “Syria” since"),
        (take_the_tag_off_a_highlight, "highlights have gained or lost the tag “place” since"),
        (unlink, "the tags “Syria” and “relief” have been linked or unlinked since"),
    ],
)
def test_what_has_changed_since_is_said_and_nothing_done(
    library: Library,
    tagged: tuple[int, int, int],
    change: Callable[[Work, dict[str, int]], None],
    says: str,
) -> None:
    names = {each: tag(library, each) for each in ("place", "relief")}
    names["Syria"] = tag(library, "place/Syria")
    library.run(DeleteTag(names["place"]))
    library.undo()
    with library._store.write() as work:
        change(work, names)
    before = everything(library)
    report = library.redo()
    assert report is not None
    assert report.refused is not None
    assert says in report.refused
    assert everything(library) == before


def test_a_tag_that_has_changed_since_keeps_all_of_them(
    library: Library, tagged: tuple[int, int, int]
) -> None:
    library.run(ArchiveTag(tag(library, "place")))
    syria = found(library, "place/Syria")
    with library._store.write() as work:
        work.many_tags.change_looks([replace(syria, colour="#000000")])
    report = library.undo()
    assert report is not None
    assert report.refused is not None
    assert "the tag “Syria” has been changed since" in report.refused
    assert found(library, "place").archived


def test_what_was_given_a_copy_meanwhile_goes_and_comes_with_it(
    library: Library, tagged: tuple[int, int, int]
) -> None:
    library.run(DuplicateCollection(collection(library, "My tags"), "Copy"))
    with library._store.write() as work:
        work.taggings.add(tag(library, "Copy::place"), tagged[:2])
    library.undo()
    assert not any(each.startswith("Copy") for each in paths(library))
    library.redo()
    assert carried(library, "Copy::place") == (set(tagged[:2]), set())


def test_a_tag_put_under_a_copy_meanwhile_keeps_it(
    library: Library, tagged: tuple[int, int, int]
) -> None:
    library.run(DuplicateCollection(collection(library, "My tags"), "Copy"))
    with library._store.write() as work:
        work.tags.add(
            collection=collection(library, "Copy"),
            parent=tag(library, "Copy::place"),
            name="Aleppo",
            colour="#000000",
        )
    before = everything(library)
    report = library.undo()
    assert report is not None
    assert report.refused is not None
    assert "other tags have been put under “place” since" in report.refused
    assert everything(library) == before


def test_changes_of_whole_collections_are_few_steps(
    library: Library, tagged: tuple[int, int, int]
) -> None:
    library.run(DuplicateCollection(collection(library, "My tags"), "Copy", taggings=True))
    assert len(written(library)) <= 5
    assert carried(library, "Copy::place/Syria") == carried(library, "My tags::place/Syria")
    library.run(ArchiveTag(tag(library, "Copy::place")))
    assert len(written(library)) == 1
    library.run(DeleteCollection(collection(library, "Copy")))
    assert len(written(library)) <= 7
