"""Several tags at once, on as many documents as there are, and what they carry."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.library.commands import AddTag
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.giving import GiveTags
from tests.library.conftest import Bring


def named(library: Library, name: str) -> int:
    found = library.tag_tree(counted=False).find(name)
    assert found is not None
    return found.id


@pytest.fixture
def ids(library: Library, bring: Bring) -> list[int]:
    bring("One text of the sea.", "Another text, of the land.", "A third text.")
    found = list(library.search("").ids)
    for name in ("siege", "convoy"):
        library.run(CreateTag(name))
    return found


def test_several_tags_are_one_step_of_undo(library: Library, ids: list[int]) -> None:
    siege, convoy = named(library, "siege"), named(library, "convoy")
    library.run(AddTag(siege, (ids[0],)))
    library.run(GiveTags((siege, convoy), tuple(ids[:2])))
    assert library.undo_name() == "Tag 2 documents “siege”, “convoy”"
    assert dict(library.carriers(ids).tags) == {siege: 2, convoy: 2}
    library.undo()
    assert dict(library.carriers(ids).tags) == {siege: 1}, "what was there before stays"


def test_documents_that_carry_all_of_them_are_no_step(library: Library, ids: list[int]) -> None:
    siege = named(library, "siege")
    library.run(AddTag(siege, tuple(ids)))
    before = library.undo_name()
    assert not library.run(GiveTags((siege,), tuple(ids)))
    assert library.undo_name() == before


def test_highlights_get_them_as_well(library: Library, ids: list[int]) -> None:
    siege = named(library, "siege")
    version = library.text(ids[0]).version
    library.run(AddHighlight(ids[0], version, 0, 5))
    (mark,) = library.marks.ids()
    library.run(GiveTags((siege,), highlights=(mark,)))
    assert library.undo_name() == "Tag 1 highlight “siege”"
    carriers = library.carriers([mark], highlights=True)
    assert dict(carriers.tags) == {siege: 1}
    assert carriers.title


def test_a_tag_that_is_gone_gives_nothing(library: Library, ids: list[int]) -> None:
    siege = named(library, "siege")
    with pytest.raises(BadUsage, match="deleted"):
        library.run(GiveTags((siege, 9_999), tuple(ids)))
    assert not library.carriers(ids).tags


def test_what_is_no_longer_there_is_left_out(library: Library, ids: list[int]) -> None:
    assert library.carriers([*ids[:1], 777_777]).ids == (ids[0],)
    assert library.carriers([]).ids == ()
