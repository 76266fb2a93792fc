"""Counts of tags as the library gives them: what each carries itself at once, those below behind it."""

from __future__ import annotations

from math import inf

import pytest

from desktop_app.core.errors import Problem
from desktop_app.library.commands import AddTag
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag, RenameTag


@pytest.fixture
def tags(library: Library, bring) -> tuple[int, int]:
    """A tag and one below it; the lower is on two documents."""
    bring("One\n\nOf the ferry.", "Two\n\nOf the dam.", "Three\n\nOf the quay.")
    library.run(CreateTag("place/Syria", documents=(1, 2)))
    place, syria = (library.tag_tree(counted=False).find(name) for name in ("place", "place/Syria"))
    assert place and syria
    return place.id, syria.id


def test_own_counts_come_at_once_and_those_with_children_behind_them(
    library: Library, tags: tuple[int, int]
) -> None:
    place, syria = tags
    first = library.tag_tree_at_once()
    assert not first.whole
    assert (first.own, first.with_children) == ({syria: 2}, {syria: 2})
    whole = library.tag_tree()
    assert whole.whole
    assert (whole.own, whole.with_children) == ({syria: 2}, {place: 2, syria: 2})
    assert library.tag_tree_at_once() is whole


def test_until_they_are_counted_again_counts_with_children_are_those_of_before(
    library: Library, tags: tuple[int, int]
) -> None:
    place, syria = tags
    library.tag_tree()
    library._below_took_s = inf  # as in a library where it takes long
    library.run(AddTag(syria, (3,)))
    first = library.tag_tree_at_once()
    assert (first.whole, first.own, first.with_children[place]) == (False, {syria: 3}, 2)
    assert library.tag_tree().with_children == {place: 3, syria: 3}


def test_where_they_are_counted_quickly_all_counts_come_at_once(
    library: Library, tags: tuple[int, int]
) -> None:
    library.tag_tree()
    library._below_took_s = 0.0
    library.run(AddTag(tags[1], (3,)))
    assert library.tag_tree_at_once().whole


def test_tags_are_read_once_for_each_state_of_them(library: Library, tags: tuple[int, int]) -> None:
    first = library.tag_tree(counted=False)
    library.run(AddTag(tags[1], (3,)))
    assert library.tag_tree(counted=False) is first
    library.run(RenameTag(tags[0], "somewhere"))
    renamed = library.tag_tree(counted=False)
    assert renamed.path(tags[1]) == "somewhere/Syria"
    library.undo()
    assert library.tag_tree(counted=False).path(tags[1]) == "place/Syria"


def test_counts_do_not_need_the_index(
    library: Library, tags: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(reading: str, argument: object) -> None:
        raise Problem("The index is gone.")

    monkeypatch.setattr(library._index, "look", fails)
    assert library.tag_tree().with_children == dict.fromkeys(tags, 2)
