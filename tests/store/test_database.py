"""The connections: settings, snapshots, one writer."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from desktop_app.core.errors import DiskTrouble, LibraryDamaged
from desktop_app.store import database
from desktop_app.store.store import Store


def test_every_connection_is_set_up_as_the_design_says(store: Store) -> None:
    expected = {
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "recursive_triggers": 1,
        "journal_mode": "wal",
    }
    with store.write() as work, store.read() as snapshot:
        for connection in (work.connection, snapshot.connection):
            for name, value in expected.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name
        assert snapshot.connection.exec_driver_sql("PRAGMA query_only").scalar() == 1
        assert work.connection.exec_driver_sql("PRAGMA query_only").scalar() == 0


def test_a_setting_that_is_not_taken_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(database._SETTINGS, "synchronous", ("NORMAL", 2))
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    with pytest.raises(LibraryDamaged, match="synchronous"):
        database.set_up(connection)
    connection.close()


def test_a_reader_sees_one_moment_while_another_thread_writes(store: Store, bring) -> None:
    bring("One")
    with store.read() as before:
        assert before.documents.counts().all == 1
        thread = threading.Thread(target=bring, args=("Two",))
        thread.start()
        thread.join()
        assert before.documents.counts().all == 1
        assert len(before.documents.all_ids()) == 1
        with store.read() as after:
            assert after.documents.counts().all == 2


def test_a_snapshot_is_taken_when_it_is_asked_for_and_not_at_the_first_question(
    store: Store, bring
) -> None:
    with store.read() as before:
        bring("One")
        assert before.documents.counts().all == 0


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(DiskTrouble), store.read() as snapshot:
        snapshot.connection.exec_driver_sql("DELETE FROM meta")
    assert store.uuid


def test_what_is_raised_inside_takes_everything_back(store: Store, make) -> None:
    new = make()
    with pytest.raises(ZeroDivisionError), store.write() as work:
        work.documents.add(new)
        raise ZeroDivisionError
    with store.read() as snapshot:
        assert snapshot.documents.counts().all == 0
        assert snapshot.queue.waiting() == 0


def test_a_table_made_in_a_transaction_that_fails_is_gone(store: Store) -> None:
    with pytest.raises(OperationalError), store.write() as work:
        work.connection.exec_driver_sql("CREATE TABLE extra (x)")
        work.connection.exec_driver_sql("SELECT nothing FROM nowhere")
    with store.read() as snapshot:
        names = snapshot.connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars()
        assert "extra" not in set(names)


def test_writers_of_several_threads_wait_for_each_other(store: Store, make) -> None:
    def add(number: int) -> int:
        with store.write() as work:
            return work.documents.add(make(f"Document {number}"))

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(add, range(24)))
    assert sorted(ids) == list(range(1, 25))


def test_a_transaction_inside_a_transaction_is_a_mistake_and_no_deadlock(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError), store.write():
        pass


def test_more_readers_than_the_pool_holds_can_read_at_once(store: Store) -> None:
    together = threading.Barrier(12)

    def read(_: int) -> int:
        with store.read() as snapshot:
            together.wait(timeout=20)
            return snapshot.documents.counts().all

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(read, range(12))) == [0] * 12


def test_an_error_of_the_callers_own_files_stays_what_it_is(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), store.write():
        (tmp_path / "nowhere").read_bytes()
