"""Back to a step of the history: over many at once, all of them or none."""

from __future__ import annotations

import threading

import pytest

from desktop_app.core.errors import BadUsage
from desktop_app.library.history import HistoryLine
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag, RenameTag
from tests.library.test_tag_page import tag


@pytest.fixture
def steps(library: Library) -> list[HistoryLine]:
    """Four steps, oldest first: made one, two, three, then two renamed."""
    for name in ("one", "two", "three"):
        library.run(CreateTag(name))
    library.run(RenameTag(tag(library, "two"), "second"))
    return list(reversed(library.history_lines()))


def names(library: Library) -> list[str]:
    return sorted(each.name for each in library.tag_tree(counted=False).tags)


def undone(library: Library) -> list[bool]:
    return [line.undone for line in reversed(library.history_lines())]


def test_the_library_becomes_what_it_was_after_a_step(
    library: Library, steps: list[HistoryLine]
) -> None:
    went = library.go_to_step(steps[0].id)
    assert (went.undone, went.redone, went.refused) == (3, 0, None)
    assert names(library) == ["one"]
    assert undone(library) == [False, True, True, True]


def test_from_there_it_goes_forward_again_to_any_step(
    library: Library, steps: list[HistoryLine]
) -> None:
    library.go_to_step(None)
    assert names(library) == []
    went = library.go_to_step(steps[2].id)
    assert (went.undone, went.redone) == (0, 3)
    assert names(library) == ["one", "three", "two"]
    library.go_to_step(steps[3].id)
    assert names(library) == ["one", "second", "three"]


def test_going_where_one_is_changes_nothing(library: Library, steps: list[HistoryLine]) -> None:
    went = library.go_to_step(steps[3].id)
    assert (went.undone, went.redone, went.refused) == (0, 0, None)
    assert not went.changes


def test_what_stands_in_the_way_is_said_and_nothing_is_half_done(
    library: Library, steps: list[HistoryLine]
) -> None:
    with library._store.write() as work:
        work.tags.remove(tag(library, "three"))
    went = library.go_to_step(steps[0].id)
    assert went.stopper == steps[2].id
    assert went.passable == 1
    assert went.refused is not None
    assert went.refused.startswith("“Create the tag “three”” cannot be undone: the tag")
    assert "Nothing has been changed. The step before it can still be undone." in went.refused
    assert names(library) == ["one", "second"]
    assert undone(library) == [False] * 4
    library.go_to_step(steps[2].id)
    assert names(library) == ["one", "two"]


def test_a_step_that_something_else_cut_off_is_refused(
    library: Library, steps: list[HistoryLine]
) -> None:
    library.go_to_step(steps[1].id)
    library.run(CreateTag("other"))
    with pytest.raises(BadUsage, match="no longer in the history"):
        library.go_to_step(steps[3].id)
    assert names(library) == ["one", "other", "two"]


def test_two_that_go_back_at_once_leave_no_half_state(
    library: Library, steps: list[HistoryLine]
) -> None:
    def go(to: int | None) -> None:
        library.go_to_step(to)

    ways = [threading.Thread(target=go, args=(to,)) for to in (steps[1].id, None)]
    for way in ways:
        way.start()
    for way in ways:
        way.join()
    assert names(library) in ([], ["one", "two"])
    done = undone(library)
    assert done == sorted(done)
    library.go_to_step(steps[3].id)
    assert names(library) == ["one", "second", "three"]
