"""What is said beside a field about a name, and how a tag's view is asked for."""

from __future__ import annotations

import pytest

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.query import parse
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models.tag_names import (
    collection_problem,
    path_problem,
    rename_problem,
    tag_at_path,
    tag_query,
)

ONE = TagCollection(1, "a", "Field notes", True)
TWO = TagCollection(2, "b", 'Say "so"', False)


def tree_of(*tags: Tag, both: bool = False) -> TagTree:
    return TagTree((ONE, TWO) if both else (ONE,), tags)


PLACE = Tag(1, "1", 1, None, "place", "#4580b5")
SYRIA = Tag(2, "2", 1, 1, "Syria", "#4580b5")
TREE = tree_of(PLACE, SYRIA, both=True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "A tag needs a name."),
        (" \u00a0 ", "A tag needs a name."),
        ("x" * 300, "300 characters long"),
        ("two\nlines", "one line"),
        ("tab\tbed", "one line"),
        ("PLACE", "already a tag “place” at the top"),
        ("plÁce", "already"),
    ],
)
def test_a_bad_name_gets_a_sentence(name: str, said: str) -> None:
    other = Tag(3, "3", 1, None, "other", "#4580b5")
    assert said in rename_problem(tree_of(PLACE, SYRIA, other), other, name)


def test_a_good_name_gets_none() -> None:
    assert rename_problem(TREE, SYRIA, "Sham / Levant") == ""
    assert rename_problem(TREE, SYRIA, "SYRIA") == "", "its own name in other letters is free"


@pytest.mark.parametrize(
    ("path", "parent", "said"),
    [
        ("place", None, "already a tag “place” at the top"),
        ("place/syria", None, "already a tag “Syria” in “place”"),
        ("Syria", 1, "already a tag “Syria” in “place”"),
        ("Syria", None, ""),
        ("place/Iraq/Mosul", None, ""),
        (r"place\/Syria", None, ""),
        ("/", None, "A tag needs a name."),
        ("Nowhere::a", None, "no tag collection “Nowhere”"),
        ('Say "so"::place', None, ""),
        ("Field notes::place", None, "already"),
        ("a/" + "b" * 201, None, "201 characters"),
    ],
)
def test_a_path_is_looked_at_where_it_would_lead(path: str, parent: int | None, said: str) -> None:
    problem = path_problem(TREE, path, parent=parent)
    assert said in problem
    assert bool(said) == bool(problem)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("field NOTES", "already"),
        ("", "needs a name"),
        ("a::b", "::"),
        ("a:", "end in"),
        ("Fresh", ""),
    ],
)
def test_a_collections_name_is_looked_at_too(name: str, said: str) -> None:
    problem = collection_problem(TREE, name)
    assert said in problem
    assert bool(said) == bool(problem)


@pytest.mark.parametrize(
    "name", ["Syria", "a/b", 'say "so"', "a::b", "a:b", "back\\slash", "-x", "OR"]
)
@pytest.mark.parametrize("both", [False, True])
def test_the_query_of_any_tag_is_sound(name: str, both: bool) -> None:
    odd = Tag(3, "3", 1, 1, name, "#4580b5")
    query = parse(tag_query(tree_of(PLACE, odd, both=both), 3))
    assert query.problems == ()
    assert len(list(query.parts())) == 1


def test_the_collection_is_named_where_there_are_several() -> None:
    assert "Field notes" in tag_query(TREE, 2)
    assert tag_query(tree_of(PLACE, SYRIA), 2) == 'tag:"place/Syria"'


def test_a_tag_is_found_where_it_was_asked_for_even_below_an_odd_name() -> None:
    odd = Tag(3, "3", 1, None, "a::b", "#4580b5")
    below = Tag(4, "4", 1, 3, "new", "#4580b5")
    tree = tree_of(PLACE, SYRIA, odd, below, both=True)
    assert tag_at_path(tree, "new", parent=3) == below
    assert tag_at_path(tree, "PLACE/syria", parent=None) == SYRIA
    assert tag_at_path(tree, "Field notes::place", parent=None) == PLACE
    assert tag_at_path(tree, "Nowhere::place", parent=None) is None
    assert tag_at_path(tree, "new", parent=77) is None
    assert tag_at_path(tree, "", parent=None) is None


def test_before_the_tags_are_read_none_is_made() -> None:
    assert "not read yet" in path_problem(TagTree(), "new", parent=None)
    assert tag_at_path(TagTree(), "new", parent=None) is None
