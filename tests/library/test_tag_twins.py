"""Tags that may be one and the same are found by what their names differ in."""

from __future__ import annotations

import pytest

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_aliases import Alias
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.library.tags.twins import TwinKind, tag_twins, why_twins

COLLECTIONS = (TagCollection(1, "a", "A", True), TagCollection(2, "b", "B", False))


def tag(ident: int, name: str, *aliases: str, collection: int = 1, archived: bool = False) -> Tag:
    given = tuple(map(Alias, aliases))
    return Tag(ident, str(ident), collection, None, name, "#4580b5", given, archived=archived)


def found(*tags: Tag, collection: int | None = None) -> list[tuple[int, int, TwinKind]]:
    twins = tag_twins(TagTree(COLLECTIONS, tags), collection)
    return [(*each.tags, each.why) for each in twins]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Siege", "siege", TwinKind.SAME_LETTERS),
        ("Siège", "siege", TwinKind.ACCENT),
        ("field work", "field-work", TwinKind.SPACING),
        ("fieldwork", "field work", TwinKind.SPACING),
        ("siege", "sieges", TwinKind.PLURAL),
        ("city", "cities", TwinKind.PLURAL),
        ("siege", "seige", TwinKind.SPELLING),
        ("interview", "intervew", TwinKind.SPELLING),
        ("displacement", "dispalcment", TwinKind.SPELLING),
        ("siege", "battle", None),
        ("chapter 1", "chapter 2", None),
        ("UN", "US", None),
    ],
)
def test_two_names_are_told_apart(one: str, other: str, why: TwinKind | None) -> None:
    assert why_twins(one, other) is why
    assert found(tag(1, one), tag(2, other)) == ([] if why is None else [(1, 2, why)])


def test_the_surest_come_first_and_aliases_count() -> None:
    tags = (tag(1, "siege"), tag(2, "seige"), tag(3, "blockade", "Siège"), tag(4, "battle"))
    assert found(*tags) == [
        (1, 3, TwinKind.ACCENT),
        (2, 3, TwinKind.SPELLING),
        (1, 2, TwinKind.SPELLING),
    ]
    twins = tag_twins(TagTree(COLLECTIONS, tags))
    assert twins[0].names == ("siege", "Siège")


def test_archived_tags_and_those_of_other_collections_are_no_twins() -> None:
    tags = (
        tag(1, "siege"),
        tag(2, "seige", archived=True),
        tag(3, "sieges", collection=2),
        tag(4, "Sieges", collection=2),
    )
    assert found(*tags) == [(3, 4, TwinKind.SAME_LETTERS)]
    assert found(*tags, collection=1) == []


def test_thousands_of_numbered_names_are_not_compared_with_each_other() -> None:
    tags = [tag(number, f"chapter {number}") for number in range(1_000)]
    assert found(*tags, tag(9_000, "chaptr 7")) == [(7, 9_000, TwinKind.SPELLING)]


def test_compared_a_length_at_a_time_they_are_the_same(library: Library) -> None:
    for name in ("siege", "sieges", "Siège front", "siege-front", "cities", "city", "displacement"):
        library.run(CreateTag(name))
    for name in ("place/dispalcment", "place/siege", "???", "militia/milita", "UN", "U.N."):
        library.run(CreateTag(name))
    whole = tag_twins(library.tag_tree(counted=False))
    assert len(whole) >= 6
    assert library.tag_twins() == whole
