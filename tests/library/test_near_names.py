"""Names of tags that are nearly the same."""

from __future__ import annotations

import pytest

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_aliases import Alias
from desktop_app.library.tags.near_names import NearNames, Why
from desktop_app.library.tags.tree import TagTree

COLLECTIONS = (TagCollection(1, "a", "A", True), TagCollection(2, "b", "B", False))


def tag(ident: int, name: str, *aliases: str, collection: int = 1, archived: bool = False) -> Tag:
    return Tag(
        ident,
        str(ident),
        collection,
        None,
        name,
        "#4580b5",
        tuple(map(Alias, aliases)),
        archived=archived,
    )


TREE = TagTree(
    COLLECTIONS,
    (
        tag(1, "siege"),
        tag(2, "cease-fire"),
        tag(3, "Raqqa", "Rakka"),
        tag(4, "Évacuation"),
        tag(5, "chapter 1"),
        tag(6, "militia"),
        tag(7, "convoy", collection=2),
        tag(8, "shelling", archived=True),
        tag(9, "enemy"),
    ),
)


@pytest.mark.parametrize(
    ("typed", "known", "why"),
    [
        ("seige", 1, Why.SPELLING),
        ("Sieges", 1, Why.PLURAL),
        ("ceasefire", 2, Why.SPACING),
        ("rakkas", 3, Why.PLURAL),
        ("evacuation", 4, Why.PLACE),
        ("milita", 6, Why.SPELLING),
        ("enemies", 9, Why.PLURAL),
    ],
)
def test_a_name_that_is_nearly_a_tags_finds_it(typed: str, known: int, why: Why) -> None:
    (found,) = NearNames(TREE).find(typed, 1)
    assert (found.tag.id, found.why) == (known, why)


@pytest.mark.parametrize("typed", ["chapter 2", "war", "si", "", "///", "convoi", "shellings"])
def test_a_name_of_its_own_finds_none(typed: str) -> None:
    assert NearNames(TREE).find(typed, 1) == []


def test_the_name_that_is_meant_is_told() -> None:
    (found,) = NearNames(TREE).find("rakka", 1)
    assert (found.tag.name, found.name) == ("Raqqa", "Rakka")
