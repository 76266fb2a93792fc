"""Backups beside the library."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_app import durable
from desktop_app.core.errors import LibraryDamaged
from desktop_app.store import backups
from desktop_app.store.backups import Backup, superfluous
from desktop_app.store.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_backup_is_one_whole_database(store: Store, bring, clock) -> None:
    bring("One", "Two")
    path = store.backup()
    assert [(b.path, b.made_at) for b in store.backups()] == [(path, clock.now)]
    assert path.name == "postil-2026-03-01-120000.db"
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    connection = sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (2,)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_backups_of_one_second_do_not_replace_each_other(store: Store) -> None:
    made = [store.backup() for _ in range(4)]
    assert len(set(made)) == 4
    assert [backup.path for backup in store.backups()] == made[::-1]


def test_a_backup_holds_one_moment_while_another_thread_writes(
    store: Store, bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("One")

    def write_too(name: str) -> None:
        if name == "backup:before-sync":
            bring("Two")

    monkeypatch.setattr(durable, "at_point", write_too)
    path = store.backup()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (1,)
    connection.close()


def test_a_copy_that_is_damaged_never_becomes_a_backup(
    store: Store, bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("One")

    def refuse(connection: sqlite3.Connection, path: Path) -> None:
        raise LibraryDamaged(f"{path} is damaged.")

    monkeypatch.setattr(backups, "check", refuse)
    with pytest.raises(LibraryDamaged):
        store.backup()
    assert store.backups() == []
    assert not list((store.folder / "backups").iterdir())


def test_damage_in_the_library_is_met_when_it_is_backed_up(store: Store, bring) -> None:
    bring(*(f"Document {number}" for number in range(40)))
    store.close()
    path = store.database_path
    content = bytearray(path.read_bytes())
    content[4096 * 20 : 4096 * 24] = b"\xff" * 4096 * 4
    path.write_bytes(content)
    with Store.open(path.parent) as damaged:
        with pytest.raises(LibraryDamaged):
            damaged.backup()
        assert damaged.backups() == []
        assert any("damaged" in finding.what for finding in damaged.verify())


def test_the_days_backup_is_made_once_and_not_of_nothing(store: Store, bring) -> None:
    today, tomorrow = date(2026, 3, 1), date(2026, 3, 2)
    assert store.start_backup_if_due(today) is None
    bring("One")
    made = store.start_backup_if_due(today)
    assert made is not None
    assert made.result(20).exists()
    assert store.start_backup_if_due(today) is None
    again = store.start_backup_if_due(tomorrow)
    assert again is not None
    assert again.result(20).exists()
    assert len(store.backups()) == 2


def test_the_days_backup_holds_what_was_there_before_the_change_that_did_not_wait_for_it(
    store: Store, bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("One")
    changed = threading.Event()

    def wait(name: str) -> None:
        if name == "backup:before-copy":
            assert changed.wait(20)

    monkeypatch.setattr(durable, "at_point", wait)
    started = store.start_backup_if_due(date(2026, 3, 1))
    assert started is not None
    bring("Two")
    changed.set()
    connection = sqlite3.connect(started.result(20))
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (1,)
    connection.close()
    assert store.start_backup_if_due(date(2026, 3, 1)) is None


def test_closing_waits_for_the_days_backup(store: Store, bring) -> None:
    bring("One")
    started = store.start_backup_if_due(date(2026, 3, 1))
    store.close()
    assert started is not None
    assert started.done()
    assert started.result().exists()


def made_every(step: timedelta, number: int) -> list[Backup]:
    return [Backup(Path(f"{n}"), NOW - n * step, 1) for n in range(number)]


def test_three_backups_are_kept_however_old() -> None:
    assert superfluous(made_every(timedelta(days=4000), 3), NOW) == []
    assert len(superfluous(made_every(timedelta(days=4000), 20), NOW)) <= 20 - 3


def test_all_of_the_last_two_days_are_kept() -> None:
    assert superfluous(made_every(timedelta(minutes=30), 96), NOW) == []


def test_old_backups_grow_sparse_by_day_week_and_month() -> None:
    made = made_every(timedelta(days=1), 400)
    gone = set(superfluous(made, NOW))
    kept = [(NOW - backup.made_at).days for backup in made if backup not in gone]
    assert kept[:12] == list(range(12))
    assert len(kept) < 12 + 10 + 9
    assert max(kept) > 200
    assert max(b - a for a, b in pairwise(kept)) <= 31


def test_thinning_day_by_day_keeps_what_thinning_at_once_would(store: Store, bring, clock) -> None:
    bring("One")
    for _ in range(60):
        store.backup()
        clock.on(days=1)
    ages = [(clock.now - backup.made_at).days for backup in store.backups()]
    assert ages[:12] == list(range(1, 13))
    assert 14 <= len(ages) <= 22
    assert max(ages) >= 30
