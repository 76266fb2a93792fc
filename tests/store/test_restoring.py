"""Putting a backup in the library's place."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.core.errors import LibraryDamaged, LibraryTooNew, Problem
from desktop_app.store.store import Store


def titles(store: Store) -> list[str]:
    with store.read() as snapshot:
        return sorted(snapshot.documents.titles(snapshot.documents.all_ids()).values())


@pytest.fixture(params=["database", "zip"])
def backup(request: pytest.FixtureRequest, store: Store, bring, tmp_path: Path) -> Path:
    """A backup that holds One and Two, while the library holds only Three."""
    bring("One", "Two")
    with store.write() as work:
        tag = work.tags.add(collection=1, name="siege", colour="#336699")
        work.taggings.add(tag.id, [1, 2])
        work.queue.done([number for number, _ in work.queue.first(10)])
    made = store.backup(tmp_path / "all.zip" if request.param == "zip" else None)
    with store.write() as work:
        gone = work.documents.remove([1, 2])
    if request.param == "zip":
        store.originals.remove(gone)
    bring("Three")
    return made


def test_everything_is_as_it_was(store: Store, backup: Path) -> None:
    before = store.uuid, store.generation
    restored = store.restore(backup)
    assert titles(store) == ["One", "Two"]
    assert restored.missing == ()
    assert store.uuid == before[0]
    assert store.generation != before[1]
    with store.read() as snapshot:
        assert snapshot.taggings.of_tag(1) == {1, 2}
        assert {document for _, document in snapshot.queue.first(10)} == {1, 2}
    assert store.verify() == []
    assert not list((store.folder / "backups").glob("restore*"))


def test_what_was_there_before_is_backed_up_and_can_be_restored_in_turn(
    store: Store, backup: Path
) -> None:
    saved = store.restore(backup).saved
    store.restore(saved)
    assert titles(store) == ["Three"]
    assert store.verify() == []


def test_it_outlasts_a_restart(store: Store, backup: Path, folder: Path) -> None:
    store.restore(backup)
    generation = store.generation
    store.close()
    with Store.open(folder) as again:
        assert titles(again) == ["One", "Two"]
        assert again.generation == generation


def test_another_process_that_reads_sees_it_change_as_a_whole(
    store: Store, backup: Path, folder: Path
) -> None:
    with Store.peek(folder) as peek, peek.read() as before:
        assert len(before.documents.all_ids()) == 1
        store.restore(backup)
        assert len(before.documents.all_ids()) == 1
        assert titles(peek) == ["One", "Two"]
        assert peek.generation == store.generation


def test_new_ids_after_a_restore_do_not_collide(store: Store, backup: Path, bring) -> None:
    store.restore(backup)
    assert bring("Four") == [3]


def test_a_library_elsewhere_takes_the_archive_in_whole(
    store: Store, bring, tmp_path: Path
) -> None:
    bring("One", "Two")
    archive = store.backup(tmp_path / "all.zip")
    with Store.open(tmp_path / "other") as other:
        assert other.restore(archive).missing == ()
        assert other.uuid == store.uuid
        assert titles(other) == ["One", "Two"]
        assert other.verify() == []


def test_originals_that_are_nowhere_are_named(store: Store, bring, make, tmp_path: Path) -> None:
    bring("One", "Two")
    copy = store.backup()
    with Store.open(tmp_path / "other") as other:
        missing = other.restore(copy).missing
        assert set(missing) == {make("One").original, make("Two").original}
        assert titles(other) == ["One", "Two"]
        assert len(other.verify()) == 2


def newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()


SPOILT = {
    "newer": (newer, LibraryTooNew),
    "damaged": (lambda p: p.write_bytes(p.read_bytes()[:5000] + b"\xff" * 9000), LibraryDamaged),
    "text": (lambda p: p.write_text("not a backup" * 1000), LibraryDamaged),
    "empty": (lambda p: p.write_bytes(b""), Problem),
    "missing": (lambda p: p.unlink(), Problem),
    "cut zip": (lambda p: p.write_bytes(b"PK\x03\x04" + b"x" * 200), LibraryDamaged),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_backup_that_cannot_be_used_changes_nothing(
    store: Store, bring, tmp_path: Path, how: str
) -> None:
    bring("One")
    spoil, raised = SPOILT[how]
    copy = tmp_path / "copy.db"
    copy.write_bytes(store.backup().read_bytes())
    spoil(copy)
    before = store.generation, len(store.backups())
    with pytest.raises(raised):
        store.restore(copy)
    assert (store.generation, len(store.backups())) == before
    assert titles(store) == ["One"]
    assert not list((store.folder / "backups").glob("restore*"))


def test_a_folder_is_no_backup(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        store.restore(tmp_path)


def test_a_damaged_library_is_rescued_by_a_backup(store: Store, bring, folder: Path) -> None:
    bring("One", "Two")
    backup = store.backup()
    store.close()
    damaged = b"\xff" * 40_000
    (folder / "postil.db").write_bytes(damaged)
    with pytest.raises(LibraryDamaged):
        Store.open(folder)
    with Store.rescue(folder, backup) as rescued:
        assert titles(rescued) == ["One", "Two"]
        assert rescued.verify() == []
    (aside,) = (folder / "backups").glob("damaged-*.db")
    assert aside.read_bytes() == damaged


def test_a_library_whose_database_is_gone_is_rescued_by_a_backup(
    store: Store, bring, folder: Path
) -> None:
    bring("One")
    backup = store.backup()
    store.close()
    (folder / "postil.db").unlink()
    with Store.rescue(folder, backup) as rescued:
        assert titles(rescued) == ["One"]
        assert rescued.verify() == []


def test_a_rescue_with_a_bad_backup_leaves_the_damaged_library_as_it_is(
    store: Store, bring, folder: Path, tmp_path: Path
) -> None:
    bring("One")
    store.close()
    (folder / "postil.db").write_bytes(b"\xff" * 40_000)
    (tmp_path / "bad.db").write_bytes(b"bad" * 4000)
    with pytest.raises(LibraryDamaged):
        Store.rescue(folder, tmp_path / "bad.db")
    assert (folder / "postil.db").read_bytes() == b"\xff" * 40_000
