"""Opening and looking into a library."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from desktop_app.core.errors import (
    LibraryBusy,
    LibraryDamaged,
    LibraryMissing,
    LibraryTooNew,
    Problem,
)
from desktop_app.store.store import Store


def state_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file below a folder with its time and hash, but for the lock."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("library.")
    }


def test_a_library_is_made_where_there_is_none(folder: Path) -> None:
    with Store.open(folder / "deep" / "down") as store:
        assert not store.read_only
        assert store.database_path.name == "postil.db"
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == 0
            assert [(c.name, c.active) for c in snapshot.collections.all()] == [("My tags", True)]
    assert stat.S_IMODE((folder / "deep" / "down").stat().st_mode) == 0o700


def test_a_library_keeps_its_uuid_and_generation(folder: Path) -> None:
    with Store.open(folder) as store:
        first = store.uuid, store.generation
    with Store.open(folder) as store:
        assert (store.uuid, store.generation) == first


def test_a_closed_library_is_one_file_without_a_log(store: Store, bring, folder: Path) -> None:
    bring("One")
    store.close()
    assert not (folder / "postil.db-wal").exists()
    assert not (folder / "library.holder.json").exists()


def test_peeking_where_there_is_nothing_says_so_and_makes_nothing(folder: Path) -> None:
    with pytest.raises(LibraryMissing):
        Store.peek(folder)
    assert not folder.exists()


def test_peeking_works_while_the_library_is_being_written(
    store: Store, bring, folder: Path
) -> None:
    with Store.peek(folder) as peek, store.write() as work:
        assert peek.read_only
        work.collections.add("Unfinished")
        with peek.read() as snapshot:
            assert len(snapshot.collections.all()) == 1
    bring("One")
    with Store.peek(folder) as peek, peek.read() as snapshot:
        assert snapshot.documents.counts().all == 1


def test_peeking_leaves_the_library_as_it_is(store: Store, bring, folder: Path) -> None:
    bring("One")
    store.close()
    before = state_of(folder)
    with Store.peek(folder) as peek:
        with peek.read() as snapshot:
            assert snapshot.documents.counts().all == 1
        with pytest.raises(Problem, match="reading only"), peek.write():
            pass
    after = state_of(folder)
    assert {name: after[name] for name in before} == before


def test_a_second_writer_is_told_who_holds_the_library(store: Store, folder: Path) -> None:
    with pytest.raises(LibraryBusy, match=rf"process {os.getpid()}, since 2026-03-01 12:00:00"):
        Store.open(folder)


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "with a log"])
def test_a_newer_library_is_refused_and_left_byte_for_byte(folder: Path, closed: bool) -> None:
    with Store.open(folder):
        pass
    other = sqlite3.connect(folder / "postil.db")
    other.execute("PRAGMA user_version = 999")
    if closed:
        other.close()
    before = state_of(folder)
    for opening in (Store.open, Store.peek):
        with pytest.raises(LibraryTooNew, match="newer version"):
            opening(folder)
        after = state_of(folder)
        if not closed:  # the log's shared index is no content
            after.pop("postil.db-shm")
            before.pop("postil.db-shm", None)
        assert after == before
    other.close()


@pytest.mark.parametrize(
    "content",
    [
        b"not a database at all, but long enough to look" * 100,
        b"SQLite format 3\0" + b"\xff" * 4096,
    ],
)
def test_a_damaged_database_is_said_and_left_as_it_is(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "postil.db").write_bytes(content)
    for opening in (Store.open, Store.peek):
        with pytest.raises(LibraryDamaged):
            opening(folder)
    assert (folder / "postil.db").read_bytes() == content
    assert not (folder / "postil.db-wal").exists()


def test_a_database_of_another_program_is_refused_untouched(folder: Path) -> None:
    folder.mkdir()
    other = sqlite3.connect(folder / "postil.db")
    other.execute("CREATE TABLE places (id)")
    other.commit()
    other.close()
    before = state_of(folder)
    with pytest.raises(LibraryDamaged, match="not a library of Postil"):
        Store.open(folder)
    assert state_of(folder) == before


def test_originals_without_their_database_are_not_taken_for_a_new_library(
    store: Store, bring, folder: Path
) -> None:
    bring("One")
    store.close()
    for emptied in (True, False):
        if emptied:
            (folder / "postil.db").write_bytes(b"")
        else:
            (folder / "postil.db").unlink()
        with pytest.raises(LibraryDamaged, match="missing or empty"):
            Store.open(folder)


def test_an_empty_file_in_an_empty_folder_becomes_a_library(folder: Path) -> None:
    folder.mkdir()
    (folder / "postil.db").touch()
    with Store.open(folder) as store:
        assert store.uuid


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_folder_may_be_a_link_but_the_database_may_not(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder):
        pass
    link = tmp_path / "link"
    link.symlink_to(folder)
    with Store.open(link) as store:
        assert store.folder == folder.resolve()
    (tmp_path / "elsewhere.db").write_bytes((folder / "postil.db").read_bytes())
    (folder / "postil.db").unlink()
    (folder / "postil.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Problem, match="is a link"):
        Store.open(folder)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_loop_of_links_and_a_file_in_the_way_are_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "file").write_text("")
    for place in ("a", "a/deeper", "file", "file/deeper"):
        with pytest.raises(Problem, match=r"cannot be used|leads nowhere"):
            Store.open(tmp_path / place)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is allowed to root")
def test_a_folder_that_may_not_be_written_is_said_plainly(folder: Path) -> None:
    folder.mkdir(mode=0o500)
    with pytest.raises(Problem, match="may not be"):
        Store.open(folder)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_folder_whose_name_is_no_text_holds_a_library(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 %41?x#y"))
    with Store.open(folder) as store:
        assert store.uuid
    with Store.peek(folder) as store:
        assert store.uuid
    assert (folder / "postil.db").stat().st_size > 0


def test_what_a_crash_left_half_written_is_swept_away(store: Store, bring, folder: Path) -> None:
    bring("One")
    (shelf,) = (folder / "originals").iterdir()
    store.close()
    half = shelf / "abc.1.part"
    half.touch()
    (folder / "library.holder.json").write_text("{}")
    with Store.open(folder):
        assert not half.exists()
