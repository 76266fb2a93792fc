"""The kept originals."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from desktop_app import durable
from desktop_app.core.errors import DiskTrouble, Problem
from desktop_app.store.originals import Originals


def pairs(number: int) -> list[tuple[str, bytes]]:
    contents = [f"content {n}".encode() for n in range(number)]
    return [(hashlib.sha256(content).hexdigest(), content) for content in contents]


@pytest.fixture
def originals(tmp_path: Path):
    kept = Originals(tmp_path)
    yield kept
    kept.close()


def test_what_is_kept_can_be_read(originals: Originals) -> None:
    batch = pairs(40)
    originals.keep(batch)
    originals.keep(batch)
    originals.keep([])
    for sha256, content in batch:
        assert originals.read(sha256) == content
        assert originals.path(sha256).parent.name == sha256[:2]
    assert set(originals.all()) == {sha256 for sha256, _ in batch}
    assert not list(originals.folder.rglob("*.part"))


def test_the_same_bytes_twice_in_a_batch_are_kept_once(originals: Originals) -> None:
    (pair,) = pairs(1)
    originals.keep([pair, pair, pair])
    assert list(originals.all()) == [pair[0]]


def test_a_damaged_file_is_healed_by_the_same_document_coming_again(originals: Originals) -> None:
    ((sha256, content),) = pairs(1)
    originals.keep([(sha256, content)])
    originals.path(sha256).write_bytes(b"rotten!!!")
    originals.keep([(sha256, content)])
    assert originals.read(sha256) == content


def test_a_missing_original_is_a_sentence(originals: Originals) -> None:
    with pytest.raises(Problem, match="is missing"):
        originals.read("a" * 64)
    originals.remove(["a" * 64])
    assert list(originals.all()) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_is_a_name(originals: Originals, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        originals.path(name)


def test_every_file_and_every_folder_is_synced_before_it_returns(
    originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(durable, "at_point", steps.append)
    batch = pairs(5)
    originals.keep(batch)
    assert steps.count("original:synced") == steps.count("original:renamed") == 5
    assert steps.count("originals-folder:synced") == len({sha256[:2] for sha256, _ in batch})
    assert steps.index("originals-shelf-folder:synced") < steps.index("original:before-sync")
    assert steps[-1] == "originals:durable"
    assert (
        max(n for n, s in enumerate(steps) if s == "original:renamed")
        < steps.index("originals:kept")
        < steps.index("originals-folder:before-sync")
    )


def test_files_that_are_there_already_are_made_durable_too(
    originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = pairs(3)
    originals.keep(batch)
    steps: list[str] = []
    monkeypatch.setattr(durable, "at_point", steps.append)
    originals.keep(batch)
    assert "originals-folder:synced" in steps
    assert "original:synced" not in steps


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_refuses_is_said_and_nothing_half_stays(
    originals: Originals, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(descriptor: int, name: str) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(durable, "sync_file", refuse)
    with pytest.raises(DiskTrouble, match="Nothing was half written"):
        originals.keep(pairs(3))
    assert not [path for path in originals.folder.rglob("*") if path.is_file()]
