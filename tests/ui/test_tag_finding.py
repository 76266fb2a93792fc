"""Finding tags while one types."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from desktop_app.core.model import Tag, TagCollection
from desktop_app.core.tag_aliases import Alias
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.models import tag_finding
from desktop_app.ui.models.tag_finding import TagFinder

COLLECTIONS = (TagCollection(1, "a", "A", True), TagCollection(2, "b", "B", False))


def tag(
    ident: int,
    name: str,
    parent: int | None = None,
    *,
    aliases: tuple[str, ...] = (),
    collection: int = 1,
) -> Tag:
    return Tag(ident, str(ident), collection, parent, name, "#4580b5", tuple(map(Alias, aliases)))


TREE = TagTree(
    COLLECTIONS,
    (
        tag(1, "place"),
        tag(2, "Syria", 1),
        tag(3, "Assyria"),
        tag(4, "New Syria party"),
        tag(5, "Islamic State", aliases=("ISIS", "Daesh")),
        tag(6, "syria", collection=2),
        tag(7, "Système"),
        tag(8, "Symbols", 1),
    ),
    own={1: 1, 8: 40},
)


def found(typed: str, tree: TagTree = TREE) -> list[int]:
    return [tag.id for tag in TagFinder(tree).find(typed)]


def test_tags_that_are_passed_over_take_no_room_and_no_ranking(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finder = TagFinder(TREE)
    ranked: list[int] = []
    rank = tag_finding._rank

    def ranking(entry: tag_finding._Entry, wanted: str) -> tuple[int, int] | None:
        ranked.append(entry.tag.id)
        return rank(entry, wanted)

    monkeypatch.setattr(tag_finding, "_rank", ranking)
    assert [each.id for each in finder.find("syria", limit=2, but={2, 6})] == [4, 3]
    assert not {2, 6} & set(ranked)
    assert [each.id for each in finder.find("", limit=1, but={8})] == [1]


def test_the_best_fit_comes_first() -> None:
    assert found("syria") == [2, 6, 4, 3]


def test_the_start_of_a_name_comes_before_its_middle_and_much_used_tags_before_others() -> None:
    assert found("sy")[:3] == [8, 2, 7]
    assert found("sy")[-1] == 3


def test_accents_and_case_do_not_matter() -> None:
    assert found("SYSTEME") == [7]


def test_another_name_finds_the_tag() -> None:
    assert found("daesh") == [5]


def test_the_name_that_fits_is_told_where_it_is_another_one() -> None:
    (daesh,) = TagFinder(TREE).look("daesh")
    assert (daesh.tag.id, daesh.by) == (5, Alias("Daesh"))
    (islamic,) = TagFinder(TREE).look("islamic")
    assert (islamic.tag.id, islamic.by) == (5, None)


def test_only_what_is_offered_is_found_where_one_tags() -> None:
    collections = (
        COLLECTIONS[0],
        replace(COLLECTIONS[1], shown=False),
        TagCollection(3, "c", "C", False),
        TagCollection(4, "d", "D", False, archived=True),
    )
    tags = (
        tag(1, "harbour"),
        tag(2, "harbour", collection=2),
        tag(3, "harbour", collection=3),
        tag(4, "harbour", collection=4),
        replace(tag(5, "old"), archived=True),
        tag(6, "harbour", 5),
    )
    tree = TagTree(collections, tags)
    assert [each.id for each in TagFinder(tree, offered=True).find("harbour")] == [1, 3]
    assert len(TagFinder(tree).find("harbour")) == 5


def test_a_slash_divides_a_path() -> None:
    assert found("pl/sy") == [8, 2]
    assert found("x/sy") == []


def test_letters_in_order_find_a_name_when_nothing_better_does() -> None:
    assert found("ismst") == [5]


def test_nothing_typed_gives_the_most_used() -> None:
    assert found("")[:2] == [8, 1]
    assert found(" / ")[:2] == [8, 1]


def test_the_exact_tag_is_the_one_of_that_name_before_an_alias() -> None:
    assert TagFinder(TREE).exact("SYRIA") == TREE.by_id[2]
    assert TagFinder(TREE).exact("isis") == TREE.by_id[5]
    assert TagFinder(TREE).exact("Syr") is None


def test_typing_among_five_thousand_tags_keeps_up() -> None:
    tags = tuple(tag(n, f"name number {n * 7919 % 5003}") for n in range(1, 5001))
    finder = TagFinder(TagTree(COLLECTIONS, tags))
    begin = time.thread_time()
    for typed in ("n", "na", "number 4", "4999", "xyz"):
        finder.find(typed)
    assert (time.thread_time() - begin) / 5 < 0.05


@pytest.mark.parametrize(
    "typed", ["s", "sy", "y", "is", "st", "pl/s", "e", "islamic state", "new p"]
)
@pytest.mark.parametrize("limit", [1, 3, 50])
def test_what_is_looked_at_first_changes_nothing(typed: str, limit: int) -> None:
    finder = TagFinder(TREE)
    *above, wanted = [part for part in typed.split("/") if part]
    whole = sorted(finder._ranked(range(len(TREE.tags)), wanted, above))
    assert finder.look(typed, limit=limit) == [
        finder._found(place, other) for _, _, place, other in whole[:limit]
    ]
