"""Undo goes back hundreds of steps over restarts, over steps of thousands, and from two threads."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.model import ReadState
from desktop_app.library import undoing
from desktop_app.library.commands import AddTag, Command, RemoveTag, SetStarred, SetState
from desktop_app.library.step_values import ids_in, ids_out
from desktop_app.library.tags.commands import CreateTag, RecolourTag, RenameTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.library.tags.tree import TagTree
from desktop_app.store.store import Snapshot, Store
from tests.faults.library_contents import contents
from tests.store.conftest import bring, make

DOCUMENTS = 8


def drawn(snapshot: Snapshot, chance: random.Random, number: int) -> Command:
    """Something that changes the library, whatever it holds."""
    tags = [tag.id for tag in snapshot.tags.all()]
    some = tuple(chance.sample(range(1, DOCUMENTS + 1), 3))
    turn = chance.random()
    if turn < 0.3 or len(tags) < 2:
        return CreateTag(f"tag {number}", documents=some)
    one, other = chance.sample(tags, 2)
    if turn < 0.4:
        return RenameTag(one, f"renamed {number}")
    if turn < 0.5:
        return RecolourTag(one, f"#{number:06x}")
    if turn < 0.6:
        return MergeTags(one, other)
    if turn < 0.65:
        return DeleteTag(one)
    if turn < 0.8:
        return AddTag(one, some)
    if turn < 0.9:
        return RemoveTag(one, some)
    states = {document.id: document.state for document in snapshot.documents.many(some)}
    if turn < 0.95:
        return SetStarred(some, chance.random() < 0.5)
    return SetState(some, chance.choice([s for s in ReadState if s is not states[some[0]]]))


def goes_back(folder: Path, steps: int, restarts: int) -> None:
    """Change a library again and again, undo all of it and do it again, with restarts between."""
    chance = random.Random(steps)
    states = []
    number = 0
    with Store.open(folder) as store:
        bring(store, *(make(f"Document {n}") for n in range(DOCUMENTS)))
    for _ in range(restarts):
        with Store.open(folder) as store:
            for _ in range(steps // restarts):
                states.append(held(folder))
                number += 1
                with store.read() as snapshot:
                    command = drawn(snapshot, chance, number)
                undoing.do(store, command)
                if len(undoing.history(store, 2_000)) < len(states):
                    states.pop()  # there was nothing to do
    states.append(held(folder))
    for turn, way in ((undoing.undo, states[-2::-1]), (undoing.redo, states[1:])):
        each = iter(way)
        for _ in range(restarts):
            with Store.open(folder) as store:
                for _ in range(len(way) // restarts + 1):
                    report = turn(store)
                    if report is None:
                        break
                    assert report.refused is None, report.refused
                    assert held(folder) == next(each), report.name
        assert next(each, None) is None
    with Store.open(folder) as store:
        assert store.verify() == []


def held(folder: Path) -> dict[str, object]:
    found: dict[str, object] = dict(contents(folder))
    del found["undo_step"]
    found["tag_bin"] = [row[:-1] for row in contents(folder)["tag_bin"]]
    return found


def test_undo_goes_back_all_the_way_over_restarts(tmp_path: Path) -> None:
    goes_back(tmp_path / "library", 18, restarts=3)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_undo_goes_back_more_than_five_hundred_steps_over_restarts(tmp_path: Path) -> None:
    goes_back(tmp_path / "library", 600, restarts=4)


def test_as_many_steps_are_kept_as_one_takes_in_days(tmp_path: Path) -> None:
    with Store.open(tmp_path / "library") as store:
        with store.write() as work:
            for number in range(520):
                undoing.remember(work, f"Step {number}", [])
        undone = 0
        with store.write() as work:
            while kept := work.undo_steps.newest(undone=False):
                undoing.take_kept(work, kept)
                undone += 1
    assert undone == 520


def test_a_step_of_ten_thousand_is_small_and_comes_back_as_it_was() -> None:
    chance = random.Random(3)
    ids = tuple(sorted(chance.sample(range(1, 60_000), 10_000)))
    assert len(ids_out(ids)) < 20_000
    assert ids_in(ids_out(ids)) == ids
    assert ids_in(ids_out((5, 3))) == (5, 3)


def test_two_undos_at_once_are_done_one_after_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Store.open(folder) as store:
        bring(store, make("One"))
        before = held(folder)
        names = [f"tag {number}" for number in range(20)]
        for name in names:
            undoing.do(store, CreateTag(name))
        after = held(folder)
        undone = at_once(lambda: undoing.undo(store))
        assert sorted(undone) == sorted(f"Create the tag “{name}”" for name in names)
        assert held(folder) == before
        done_again = at_once(lambda: undoing.redo(store))
        assert sorted(done_again) == sorted(undone)
        assert held(folder) == after
        assert store.verify() == []


def at_once(take: Callable[[], undoing.UndoReport | None]) -> list[str]:
    """Take steps from two threads until there is none left; the names of those that were taken."""
    taken: list[str] = []
    ready = threading.Barrier(2)

    def go_on() -> None:
        ready.wait()
        while report := take():
            assert report.refused is None, report.refused
            taken.append(report.name)

    threads = [threading.Thread(target=go_on) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def test_an_undo_beside_a_change_takes_back_the_one_or_the_other_whole(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Store.open(folder) as store:
        bring(store, make("One"))
        for number in range(10):
            undoing.do(store, CreateTag(f"tag {number}"))
            other = threading.Thread(target=undoing.do, args=(store, CreateTag(f"other {number}")))
            other.start()
            report = undoing.undo(store)
            other.join()
            assert report is not None and report.refused is None
            with store.read() as snapshot:
                tree = TagTree(tuple(snapshot.collections.all()), tuple(snapshot.tags.all()))
            names = {f"tag {number}", f"other {number}"}
            assert len(names & {tag.name for tag in tree.tags}) == 1
            gone = names - {tag.name for tag in tree.tags}
            assert report.name == f"Create the tag “{gone.pop()}”"
