"""Watched folders: what is new in them comes in once, and only when it stands still."""

from __future__ import annotations

import os
import queue
import shutil
import threading
import time
from pathlib import Path

import pytest

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind
from desktop_app.library.watching import Watching


class Hand:
    """A watch whose looks are made by hand, one after the other."""

    def __init__(self, library: Library) -> None:
        self.outcomes: list[Outcome] = []
        self.troubles: list[Problem] = []
        self.watching = Watching(
            library._store, library._import_watched, self.outcomes.extend, self.troubles.append
        )

    def look(self, times: int = 1) -> list[str]:
        """Look so many times; the names of the files that came in."""
        self.outcomes.clear()
        for _ in range(times):
            self.watching.look()
        return [Path(outcome.path).name for outcome in self.outcomes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    (made / "old.txt").write_text("It was here before.\n")
    return made


@pytest.fixture
def hand(library: Library, folder: Path) -> Hand:
    library.watch(folder, "inbox/new")
    return Hand(library)


def test_only_what_is_new_is_taken_and_only_once(
    library: Library, folder: Path, hand: Hand
) -> None:
    assert hand.look(3) == []
    (folder / "deep").mkdir()
    (folder / "deep" / "new.txt").write_text("It is new.\n")
    assert hand.look() == []  # it may still be written
    assert hand.look() == ["new.txt"]
    assert hand.outcomes[0].kind is OutcomeKind.IMPORTED
    (tag,) = [t.id for t in library.tag_tree().tags if t.name == "new"]
    assert library.tag_tree().own[tag] == 1
    assert hand.look(3) == []
    assert Hand(library).look(3) == []  # as after a restart
    assert library.undo_name() == "Import 1 document"


def test_a_file_that_still_grows_is_waited_for(library: Library, folder: Path, hand: Hand) -> None:
    path = folder / "slow.txt"
    for number in range(3):
        with path.open("a") as file:
            file.write(f"Line {number}.\n")
        assert hand.look() == []
    assert hand.look() == ["slow.txt"]
    assert "Line 2." in library.text(hand.outcomes[0].document).canonical


def test_a_file_that_waits_is_not_forgotten_for_one_that_came_after_it(
    library: Library, folder: Path, hand: Hand
) -> None:
    (folder / "a.txt").write_text("First.\n")
    hand.look()
    (folder / "b.txt").write_text("Second.\n")
    assert hand.look() == ["a.txt"]
    assert Hand(library).look(2) == ["b.txt"]


def test_a_file_that_is_moved_in_with_an_old_date_is_new(
    folder: Path, hand: Hand, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("It was written long ago.\n")
    os.utime(elsewhere, (1_000_000_000, 1_000_000_000))
    elsewhere.rename(folder / "moved.txt")
    assert hand.look(2) == ["moved.txt"]


def test_a_folder_that_is_moved_in_and_a_copy_that_keeps_its_times_are_new(
    library: Library, folder: Path, hand: Hand, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "downloads"
    (elsewhere / "deep").mkdir(parents=True)
    (elsewhere / "deep" / "moved.txt").write_text("It was downloaded before.\n")
    (folder / "newer.txt").write_text("It came first, and is newer.\n")
    assert hand.look(2) == ["newer.txt"]
    elsewhere.rename(folder / "downloads")
    assert hand.look(2) == ["moved.txt"]
    source = tmp_path / "source.txt"
    source.write_text("It keeps the time it had.\n")
    os.utime(source, (1_000_000_000, 1_000_000_000))
    shutil.copy2(source, folder / "copied.txt")
    assert Hand(library).look(2) == ["copied.txt"]
    assert hand.look(3) == ["copied.txt"]  # another hand does not know of it
    assert hand.outcomes[0].kind is OutcomeKind.KNOWN
    assert Hand(library).look(3) == []


def test_a_folder_watched_again_keeps_what_came_meanwhile_for_old(
    library: Library, folder: Path, hand: Hand
) -> None:
    hand.look()
    library.unwatch(folder)
    (folder / "meanwhile.txt").write_text("It came while nobody watched.\n")
    library.watch(folder)
    assert hand.look(3) == []


def test_many_new_files_take_no_longer_each_than_few(library: Library, folder: Path) -> None:
    library.watch(folder)
    for number in range(8_000):
        (folder / f"{number}.txt").touch()
    brought: list[Path] = []
    watching = Watching(
        library._store,
        lambda paths, *_rest: brought.extend(paths),
        lambda outcomes: None,
        lambda problem: None,
    )
    begun = time.process_time()
    watching.look()
    watching.look()
    assert len(brought) == 8_000
    watching.look()
    assert len(brought) == 8_000
    assert time.process_time() - begun < 8  # with a square in it, 15 s and more


def test_what_brings_nothing_new_leaves_no_entry_in_the_history(
    library: Library, folder: Path, hand: Hand
) -> None:
    (folder / "new.txt").write_text("It is new.\n")
    hand.look(2)
    assert len(library.import_runs()) == 1
    shutil.copy2(folder / "new.txt", folder / "twin.txt")
    assert hand.look(2) == ["twin.txt"]
    assert hand.outcomes[0].kind is OutcomeKind.KNOWN
    assert len(library.import_runs()) == 1
    (folder / "empty.txt").write_bytes(b"")
    assert hand.look(2) == ["empty.txt"]
    assert len(library.import_runs()) == 2


def test_a_changed_file_is_taken_again_and_a_saved_page_with_its_folder(
    library: Library, folder: Path, hand: Hand
) -> None:
    (folder / "old.txt").write_text("It was here before, and has been changed.\n")
    (folder / "page.html").write_text("<title>Page</title><p>Some text of a page.</p>")
    (folder / "page_files").mkdir()
    (folder / "page_files" / "a.css").write_text("p {}")
    assert hand.look(2) == ["old.txt", "page.html"]
    assert "1 file of the page’s folder" in hand.outcomes[1].reason


def test_a_folder_that_is_gone_is_said_once_and_found_again(folder: Path, hand: Hand) -> None:
    away = folder.with_name("away")
    folder.rename(away)
    assert hand.look(3) == []
    assert ["is not there" in str(problem) for problem in hand.troubles] == [True]
    away.rename(folder)
    (folder / "new.txt").write_text("New.\n")
    assert hand.look(2) == ["new.txt"]


def test_a_disk_that_refuses_to_tell_is_said_and_costs_no_other_folder(
    library: Library, folder: Path, hand: Hand
) -> None:
    refused = Path("/" + "a" * 300)  # the system answers with an error, not with “no”
    with library._store.write() as work:
        work.watched.put(refused, None, seen={})
    (folder / "new.txt").write_text("It is new.\n")
    assert hand.look(2) == ["new.txt"]
    assert ["is not there" in str(problem) for problem in hand.troubles] == [True]


def test_a_mistake_in_one_look_does_not_end_the_watching(library: Library, folder: Path) -> None:
    library.watch(folder)
    (folder / "new.txt").write_text("It is new.\n")
    looked, troubles = queue.SimpleQueue[int](), list[Problem]()
    rounds = iter(range(2))

    def bring(*_arguments: object) -> None:
        raise RuntimeError("a mistake of ours")

    def pause(seconds: float) -> bool:
        number = next(rounds)
        looked.put(number)
        return number == 1

    watching = Watching(library._store, bring, lambda _: None, troubles.append, pause=pause)
    watching.start()
    assert [looked.get(timeout=10) for _ in range(2)] == [0, 1]
    watching.stop()
    assert ["the log says why" in str(problem) for problem in troubles] == [True]


def test_watching_can_be_ended_and_a_file_cannot_be_watched(
    library: Library, folder: Path, hand: Hand
) -> None:
    assert [(w.path, w.tag is not None) for w in library.watched()] == [(folder, True)]
    library.watch(folder)
    assert [w.tag for w in library.watched()] == [None]
    library.unwatch(folder)
    assert library.watched() == []
    (folder / "new.txt").write_text("New.\n")
    assert hand.look(3) == []
    with pytest.raises(BadUsage):
        library.watch(folder / "new.txt")


def test_the_thread_looks_at_every_tick_until_it_is_stopped(library: Library, folder: Path) -> None:
    library.watch(folder)
    go, looked = threading.Semaphore(0), queue.SimpleQueue[None]()
    brought: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    ended = threading.Event()

    def pause(seconds: float) -> bool:
        assert seconds >= 5
        looked.put(None)
        go.acquire()
        return ended.is_set()

    watching = Watching(
        library._store,
        library._import_watched,
        lambda outcomes: brought.put([Path(outcome.path).name for outcome in outcomes]),
        lambda problem: None,
        pause=pause,
    )
    watching.start()
    looked.get(timeout=20)
    (folder / "new.txt").write_text("New.\n")
    go.release()
    looked.get(timeout=20)
    go.release()
    assert brought.get(timeout=20) == ["new.txt"]
    looked.get(timeout=20)
    ended.set()
    go.release()
    watching.stop()


def test_closing_ends_the_watching(library: Library, folder: Path) -> None:
    library.watch(folder)
    library.start_watching()
    library.start_watching()
    library.stop_watching()
    library.start_watching()
    library.close()
    assert not [t for t in threading.enumerate() if t.name == "watching folders"]
