"""A disk without room: said plainly, nothing half, and the library opens all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.errors import DiskTrouble
from desktop_app.store.store import Store

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=3m", "postil-test", str(disk)]
    mounted = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room at all on a disk."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def long(make, number: int):
    return make(f"Document {number}", f"Document {number}\n" + "word " * 20_000)


def test_a_full_disk_takes_an_import_back_whole(small_disk: Path, make) -> None:
    with Store.open(small_disk / "library") as store:
        done = 0
        with pytest.raises(DiskTrouble, match="full"):
            for number in range(100):
                new = long(make, number)
                store.originals.keep([(new.original, new.text.canonical.encode())])
                with store.write() as work:
                    work.documents.add_many([new])
                done += 1
        assert 0 < done < 100
        assert not list(small_disk.rglob("*.part"))
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == done
        assert store.verify() == []


def test_a_full_disk_takes_back_a_transaction_whole(small_disk: Path, make) -> None:
    with Store.open(small_disk / "library") as store:
        with store.write() as work:
            work.documents.add(make("Kept"))
        fill(small_disk)
        with pytest.raises(DiskTrouble, match="full"), store.write() as work:
            work.documents.add_many([long(make, number) for number in range(20)])
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == 1
        (small_disk / "filler").unlink()
        with store.write() as work:
            work.documents.add(make("Room again"))
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == 2


def test_a_full_disk_leaves_no_half_backup(small_disk: Path, make) -> None:
    with Store.open(small_disk / "library") as store:
        with store.write() as work:
            work.documents.add(make("Kept"))
        fill(small_disk)
        for out in (None, small_disk / "all.zip"):
            with pytest.raises(DiskTrouble, match="full"):
                store.backup(out)
        assert store.backups() == []
        assert not list(small_disk.rglob("*.part*"))


@pytest.fixture
def crowded(small_disk: Path, make) -> Path:
    """A closed library with one document and its tag, on a disk that is full."""
    with Store.open(small_disk / "library") as store, store.write() as work:
        work.documents.add(make("Kept"))
    fill(small_disk)
    return small_disk / "library"


def test_a_library_on_a_full_disk_opens_alone_and_can_be_read(crowded: Path, make) -> None:
    with Store.open(crowded) as store:
        assert store.crowded
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == 1
            with store.read() as again:
                assert again.documents.counts().all == 1
        with pytest.raises(DiskTrouble, match="full"), store.write() as work:
            work.documents.add_many([long(make, number) for number in range(5)])
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == 1
        (crowded.parent / "filler").unlink()
        with store.write() as work:
            work.documents.add(make("Room again"))
            with store.read() as snapshot:
                assert snapshot.documents.counts().all == 2
        assert store.backup().exists()
    with Store.open(crowded) as store:
        assert not store.crowded
        with store.read() as snapshot:
            assert snapshot.documents.counts().all == 2


def test_a_library_on_a_full_disk_can_be_peeked_into(crowded: Path) -> None:
    with Store.peek(crowded) as store, store.read() as snapshot:
        assert snapshot.documents.counts().all == 1


LIMITED = """
import resource, sys
from pathlib import Path
from desktop_app.core.errors import DiskTrouble
from desktop_app.store.store import Store
store = Store.open(Path(sys.argv[1]))
with store.write() as work:
    work.collections.add("Kept")
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for what in ("database", "original"):
    try:
        if what == "original":
            store.originals.keep([("a" * 64, b"x" * 1_000_000)])
        with store.write() as work:
            work.set_meta("big", "x" * 1_000_000)
    except DiskTrouble as trouble:
        print(what, "refused:", trouble.message)
with store.read() as snapshot:
    print([c.name for c in snapshot.collections.all()], snapshot.meta("big"))
print([p.name for p in Path(sys.argv[1]).rglob("*.part")], len(list(store.originals.all())))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit there")
def test_a_limit_on_the_size_of_files_is_met_like_a_full_disk(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "library")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    database, original, kept, left = run.stdout.splitlines()
    assert database.startswith("database refused:")
    assert original.startswith("original refused:")
    assert kept == "['Kept', 'My tags'] None"
    assert left == "[] 0"
