from __future__ import annotations

import hashlib
import itertools
import os
import random
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.core.errors import Problem
from desktop_app.core.matching import Matcher, matcher_out
from desktop_app.core.model import Facts
from desktop_app.core.query import parse
from desktop_app.core.query_tree import Near, Said
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.library.indexing import IndexProcess, IndexState, InlineIndex
from desktop_app.library.mirroring import Mirroring
from desktop_app.library.searching import answer
from desktop_app.store.documents import NewDocument
from desktop_app.store.store import Store

_originals = itertools.count()
WAIT_S = 60


def new(body: str, title: str = "Untitled") -> NewDocument:
    text = make_text([Block(BlockKind.PARAGRAPH, body)], "txt 1")
    digest = hashlib.sha256(str(next(_originals)).encode()).hexdigest()
    return NewDocument(
        Facts(title, language="en"), "text/plain", "file", digest, 1, text, "txt 1", 1
    )


def put(store: Store, *bodies: str) -> list[int]:
    with store.write() as work:
        return work.documents.add_many([new(body) for body in bodies])


def found(store: Store, index: InlineIndex | IndexProcess, query: str) -> list[int]:
    found = answer(store, index, query)
    return sorted([*found.ids, *itertools.chain(*found.copies.values())])


def queue(store: Store) -> int:
    with store.read() as snapshot:
        return snapshot.queue.waiting()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def inline(store: Store, cache: Path) -> Iterator[InlineIndex]:
    made = InlineIndex(store, cache)
    yield made
    made.close()


@pytest.fixture
def process(store: Store, cache: Path) -> Iterator[IndexProcess]:
    made = IndexProcess(store, cache)
    yield made
    made.close()


def indexes(cache: Path) -> list[str]:
    (home,) = (cache / "index").iterdir()
    return sorted(path.name for path in home.iterdir() if path.name != "lock")


def test_what_was_taken_in_leaves_the_queue(store: Store, inline: InlineIndex) -> None:
    put(store, "raqqa", "mosul")
    assert queue(store) == 2
    assert inline.wait_until_current()
    assert queue(store) == 0
    assert inline.state() == IndexState(0, 2)
    assert found(store, inline, "raqqa") == [1]


def test_an_index_that_is_deleted_comes_back_by_itself(
    store: Store, inline: InlineIndex, cache: Path
) -> None:
    put(store, "raqqa", "mosul")
    inline.wait_until_current()
    inline.close()
    for path in sorted(cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert inline.state().waiting == 2
    assert inline.wait_until_current()
    assert found(store, inline, "raqqa") == [1]


def test_a_damaged_index_is_made_anew_and_answers_partially_meanwhile(
    store: Store, inline: InlineIndex, cache: Path
) -> None:
    put(store, *("raqqa" for _ in range(5)))
    inline.wait_until_current()
    inline.close()
    (segment,) = cache.rglob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-1] + b"\0")
    given = answer(store, inline, "raqqa")
    assert (given.total, given.behind) == (0, 5)
    assert inline.state() == IndexState(5, 5, True, "Catching up, 5 of 5 to go.")
    assert inline.wait_until_current()
    assert len(found(store, inline, "raqqa")) == 5
    assert len(indexes(cache)) == 1


def test_an_index_of_a_copied_library_is_its_own(store: Store, cache: Path, tmp_path: Path) -> None:
    put(store, "raqqa")
    first = InlineIndex(store, cache)
    first.wait_until_current()
    store.backup(tmp_path / "copy.zip")
    first.close()
    assert len(list((cache / "index").iterdir())) == 1
    with Store.open(tmp_path / "other") as other:
        other.restore(tmp_path / "copy.zip")
        second = InlineIndex(other, cache)
        assert second.wait_until_current()
        assert found(other, second, "raqqa") == [1]
        second.close()
    assert len(list((cache / "index").iterdir())) == 2


def test_a_restored_library_gets_a_new_index(
    store: Store, inline: InlineIndex, cache: Path
) -> None:
    put(store, "raqqa")
    inline.wait_until_current()
    backup = store.backup()
    put(store, "mosul")
    inline.wait_until_current()
    store.restore(backup)
    inline.rebuild()
    assert inline.wait_until_current()
    assert found(store, inline, "raqqa") == [1]
    assert found(store, inline, "mosul") == []
    assert len(indexes(cache)) == 1


def test_an_index_that_is_made_anew_answers_until_the_new_one_is_whole(
    store: Store, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.library.mirroring.BATCH", 2)
    put(store, *("raqqa" for _ in range(7)))
    mirroring = Mirroring(store, cache, writing=True)
    mirroring.open()
    while mirroring.step():
        pass
    mirroring.rebuild()
    answers: list[int] = []
    put(store, "raqqa")
    while mirroring.step():
        answers.append(len(mirroring.ask(parse("raqqa").parts()).answers.found[0].ids))  # type: ignore[arg-type]
        assert mirroring.state().rebuilding == (len(indexes(cache)) == 2)
    assert len(answers) > 4
    assert set(answers) == {8}
    mirroring.close()


def test_a_rebuild_that_was_cut_short_goes_on_where_it_was(
    store: Store, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.library.mirroring.BATCH", 2)
    put(store, *("raqqa" for _ in range(7)))
    mirroring = Mirroring(store, cache, writing=True)
    mirroring.open()
    while mirroring.step():
        pass
    mirroring.rebuild()
    assert mirroring.step() and mirroring.step()
    mirroring.close()
    again = Mirroring(store, cache, writing=True)
    again.open()
    assert (again.state().waiting, again.state().rebuilding) == (0, True)
    steps = 0
    while again.step():
        steps += 1
    assert steps == 3  # three documents in two batches, and the change
    assert len(again.ask(parse("raqqa").parts()).answers.found[0].ids) == 7  # type: ignore[arg-type]
    assert len(indexes(cache)) == 1
    again.close()


def test_a_full_disk_is_said_and_tried_again(
    store: Store, inline: InlineIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "raqqa")
    inline.wait_until_current()
    put(store, "raqqa")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("desktop_app.durable.sync_file", full)
        assert not inline.wait_until_current()
    assert "No space left on device" in inline.state().note
    assert found(store, inline, "raqqa") == [1]
    assert inline.wait_until_current()
    assert inline.state().note == ""
    assert found(store, inline, "raqqa") == [1, 2]


def test_a_reader_of_a_library_that_another_process_writes_answers_from_its_index(
    store: Store, inline: InlineIndex, cache: Path
) -> None:
    put(store, "raqqa")
    inline.wait_until_current()
    put(store, "raqqa")
    peeked = Store.peek(store.folder)
    reader = InlineIndex(peeked, cache)
    given = answer(peeked, reader, "raqqa")
    assert (list(given.ids), given.behind) == ([1], 1)
    assert not reader.wait_until_current()
    assert queue(store) == 1
    reader.close()
    peeked.close()


def test_a_reader_of_a_library_without_an_index_says_that_all_is_to_come(
    store: Store, cache: Path
) -> None:
    put(store, "raqqa")
    peeked = Store.peek(store.folder)
    reader = InlineIndex(peeked, cache)
    given = answer(peeked, reader, "raqqa")
    assert (given.total, given.behind) == (0, 1)
    reader.close()
    peeked.close()


def test_a_reader_of_a_library_whose_index_is_gone_says_that_all_is_missing(
    store: Store, inline: InlineIndex, cache: Path, tmp_path: Path
) -> None:
    put(store, "raqqa", "mosul")
    inline.wait_until_current()
    put(store, "raqqa")
    peeked = Store.peek(store.folder)
    reader = InlineIndex(peeked, tmp_path / "another cache")
    given = answer(peeked, reader, "raqqa")
    assert (given.total, given.behind) == (0, 3)
    assert reader.state().waiting == 3
    reader.close()
    peeked.close()


def test_a_process_of_its_own_takes_in_what_changes_and_answers(
    store: Store, process: IndexProcess
) -> None:
    states: list[IndexState] = []
    process.on_state(states.append)
    put(store, "raqqa siege", "mosul")
    process.kick()
    assert process.wait_until_current(WAIT_S)
    assert queue(store) == 0
    assert found(store, process, "sieges -mosul") == [1]
    given = answer(store, process, "raqqa OR mosul")
    assert sorted(given.scores) == [1, 2]
    assert all(score > 0 for score in given.scores.values())
    put(store, "raqqa again")
    process.kick()
    assert process.wait_until_current(WAIT_S)
    assert found(store, process, "raqqa") == [1, 3]
    assert states[-1] == IndexState(0, 3) == process.state()


def test_a_process_takes_in_a_change_without_being_waited_for(
    store: Store, process: IndexProcess
) -> None:
    current = threading.Event()
    process.on_state(lambda state: current.set() if state == IndexState(0, 1) else None)
    put(store, "raqqa")
    process.kick()
    assert current.wait(WAIT_S)
    assert queue(store) == 0


def test_a_process_makes_the_index_anew_also_after_a_restore(
    store: Store, process: IndexProcess
) -> None:
    put(store, "raqqa")
    assert process.wait_until_current(WAIT_S)
    backup = store.backup()
    put(store, "mosul")
    assert process.wait_until_current(WAIT_S)
    store.restore(backup)
    process.rebuild()
    assert process.wait_until_current(WAIT_S)
    assert found(store, process, "raqqa") == [1]
    assert found(store, process, "mosul") == []


def test_a_process_that_is_killed_is_started_again(store: Store, process: IndexProcess) -> None:
    put(store, "raqqa")
    assert process.wait_until_current(WAIT_S)
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    put(store, "raqqa")
    process.kick()
    assert process.wait_until_current(WAIT_S)
    assert found(store, process, "raqqa") == [1, 2]
    assert process.pid != first


def test_a_closed_index_answers_nothing_and_leaves_no_process(store: Store, cache: Path) -> None:
    process = IndexProcess(store, cache)
    assert process.wait_until_current(WAIT_S)
    pid = process.pid
    process.close()
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert answer(store, process, "raqqa").total == 0
    assert not process.wait_until_current(1)


@pytest.mark.parametrize("seed", range(3))
def test_a_process_that_is_killed_at_any_moment_leaves_the_index_equal_to_the_library(
    store: Store, cache: Path, seed: int
) -> None:
    chance = random.Random(seed)
    process = IndexProcess(store, cache)
    listened = threading.Event()
    process.on_state(lambda state: listened.set())
    for _ in range(4):
        put(store, *(f"raqqa word{chance.randrange(9)} " * 30 for _ in range(60)))
        with store.write() as work:
            ids = sorted(work.documents.all_ids())
            work.documents.remove(chance.sample(ids, 5))
        listened.clear()
        process.kick()
        # From anywhere in the batch: before it begins, in the middle, or while it is reported.
        listened.wait(chance.choice([0.0, 0.02, 0.05, 0.1, 0.3]))
        pid = process.pid
        if pid is not None:
            with suppress(ProcessLookupError):  # the one before it is gone, the next not there yet
                os.kill(pid, signal.SIGKILL)
    process.close()
    with store.read() as snapshot:
        there = sorted(snapshot.documents.all_ids())
    again = IndexProcess(store, cache)
    assert again.wait_until_current(WAIT_S)
    assert found(store, again, "raqqa") == there
    for number in range(9):
        with store.read() as snapshot:
            wanted = [d for d in there if f"word{number} " in snapshot.texts.canonical(d)]
        assert found(store, again, f"word{number}") == wanted
    again.close()


def test_questions_are_answered_while_documents_are_taken_in(
    store: Store, inline: InlineIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.library.mirroring.BATCH", 1)
    put(store, "raqqa", "raqqa", "raqqa")
    answered: list[int] = []

    def ask(state: IndexState) -> None:
        asking = threading.Thread(
            target=lambda: answered.append(len(found(store, inline, "raqqa")))
        )
        asking.start()
        asking.join(WAIT_S)

    inline.on_state(ask)
    assert inline.wait_until_current()
    assert answered[:3] == [1, 2, 3]


def test_an_index_that_is_removed_while_it_rests_comes_back_by_itself(
    store: Store, process: IndexProcess, tmp_path: Path
) -> None:
    put(store, "raqqa")
    assert process.wait_until_current(WAIT_S)
    back = threading.Event()
    manifests = tmp_path / "cache" / "index"
    shutil.rmtree(tmp_path / "cache")

    def look(_: IndexState) -> None:
        if any(manifests.rglob("manifest.json")):
            back.set()

    process.on_state(look)
    assert back.wait(WAIT_S)
    assert process.wait_until_current(WAIT_S)
    assert any(manifests.rglob("manifest.json"))


@pytest.mark.parametrize("kind", ["inline", "process"])
def test_texts_are_read_where_the_index_is_kept(
    store: Store, kind: str, request: pytest.FixtureRequest
) -> None:
    index: InlineIndex | IndexProcess = request.getfixturevalue(kind)
    ids = put(store, "one raqqa, two raqqas", "mosul")
    assert index.wait_until_current(WAIT_S)
    asked = answer(store, index, "raqqa")
    argument = {"matcher": matcher_out(asked.matcher), "ids": [*ids, 99], "passages": 1}
    read, body = index.look("hits", argument)
    assert body == b""
    assert read == {
        "1": [2, [[0, 21, "one raqqa, two raqqas", [[4, 9], [15, 21]]]], [], []],
        "2": [0, [], [], []],
    }


def test_a_reading_that_fails_is_told_and_the_index_answers_on(
    store: Store, process: IndexProcess
) -> None:
    put(store, "raqqa")
    assert process.wait_until_current(WAIT_S)
    child = process.pid
    with pytest.raises(Problem, match="Documents are safe"):
        process.look("hits", {"ids": "nothing"})
    assert found(store, process, "raqqa") == [1]
    assert process.pid == child


def test_a_reading_is_done_by_the_next_process_where_one_ends(
    store: Store, process: IndexProcess
) -> None:
    put(store, "raqqa")
    assert process.wait_until_current(WAIT_S)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    read, _ = process.look("hits", {"matcher": matcher_out(Matcher()), "ids": [1], "passages": 0})
    assert read == {"1": [0, [], [], []]}


@pytest.mark.parametrize("kind", ["inline", "process"])
def test_words_of_the_library_come_from_where_the_index_is_kept(
    store: Store, kind: str, request: pytest.FixtureRequest
) -> None:
    index: InlineIndex | IndexProcess = request.getfixturevalue(kind)
    put(store, "raqqa", "raqqah", "raqqa again")
    assert index.wait_until_current(WAIT_S)
    assert index.near_spellings("raqqa", 5) == [("raqqah", 1)]
    assert index.beginning_with("raq", 5) == [("raqqa", 2), ("raqqah", 1)]


def test_a_process_of_its_own_gives_the_same_answers(
    store: Store, process: IndexProcess, tmp_path: Path
) -> None:
    inline = InlineIndex(store, tmp_path / "another cache")
    put(store, "The dam at Tabqa", "Tabqah, dams", "dim", " ".join(f"a{n}" for n in range(2_001)))
    assert process.wait_until_current(WAIT_S)
    inline.rebuild()  # the queue is empty by now
    inline.wait_until_current()
    queries = ["dam", "tabqa~", "d?m*", "dam NEAR/3 tabqa*", "=Dam", '"the dam"', "note:dam", "a*"]
    parts = [part for query in queries for part in parse(query).parts()]
    asked = [part for part in parts if isinstance(part, Said | Near)]
    assert len(asked) == len(queries)
    answers = process.ask(asked)
    assert answers.answers == inline.ask(asked).answers
    inline.close()
    assert [len(each.ids) for each in answers.answers.found] == [2, 2, 3, 2, 1, 1, 0, 0]
    assert answers.answers.too_many and answers.answers.forms
